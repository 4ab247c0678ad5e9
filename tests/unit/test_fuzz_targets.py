"""The fuzzer's targets and its reporting, without the fuzzer: seeds pass, and the same seeds fail without cleaning."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.promises import figures
from tests.promises.hostile import fuzz
from tests.promises.hostile.fuzz_child import TARGETS, Finder
from tests.promises.hostile.fuzz_painting import ForeignText, assert_clean
from tests.promises.hostile.fuzz_seeds import seeds


@pytest.mark.parametrize("target", TARGETS)
def test_some_seeds_of_every_target_find_nothing(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))  # which the finder sets for its own process
    finder = Finder(target, tmp_path)
    for data in list(seeds(target))[::40]:
        finder.one(data)
    finder.tell()
    assert [path.read_text() for path in tmp_path.glob("*.txt")] == []


@pytest.mark.parametrize(("away", "finds"), [("none", False), ("cleaning", True)])
def test_the_same_input_is_a_finding_only_where_nothing_is_cleaned(away: str, finds: bool, tmp_path: Path) -> None:
    given = tmp_path / "text-input"
    given.write_bytes(b"\x00a\x1b]0;t\x07b")  # written by hand, in every field
    outcome = fuzz.Outcome("text")
    fuzz.confirm(outcome, tmp_path, away)
    assert bool(outcome.findings) is finds
    assert not finds or "ForeignText" in given.with_suffix(".txt").read_text()


@pytest.mark.parametrize("text", ["\x1b", "\x9b", "\u202e", "\U000e0041", "\x7f", "\n", "\ud800"])
def test_what_no_line_may_hold_is_seen(text: str) -> None:
    with pytest.raises(ForeignText):
        assert_clean(f"a{text}b", "a screen")
    assert_clean("Grüße, 日本語 👩‍👩‍👧 ␛", "a screen")


def test_without_atheris_the_row_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    (row,) = figures.of_fuzz(True)
    assert "pip install canvas-tui[fuzz]" in row.found
    assert row.holds is None
