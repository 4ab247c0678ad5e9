"""Two people with one workspace open on their screens: each sees the other's edits, and neither loses one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.app import drafts_on_disk, opened, texts_in, write_entry
from tests.promises.pty_session import PtySession

SIZE = (100, 30)
FIRST = "Clients pay on average 34 days late"


@pytest.fixture
def ana_and_bea(plan: Path, tmp_path: Path) -> Iterator[tuple[PtySession, PtySession]]:
    with (
        opened("open", str(plan), state=tmp_path / "ana", size=SIZE) as ana,
        opened("open", str(plan), state=tmp_path / "bea", size=SIZE) as bea,
    ):
        yield ana, bea


def on_disk(plan: Path) -> list[str]:
    return texts_in(plan / "lean-canvas.toml")


def test_each_sees_what_the_other_wrote_and_both_survive(
    ana_and_bea: tuple[PtySession, PtySession], plan: Path
) -> None:
    ana, bea = ana_and_bea
    write_entry(ana, "From ana")
    bea.until("From ana")
    write_entry(bea, "From bea")
    ana.until("From bea")
    assert {"From ana", "From bea"} <= set(on_disk(plan))
    for session in (ana, bea):
        session.send("q")
        assert session.wait() == 0


def test_undo_takes_back_ones_own_edit_beside_the_others(
    ana_and_bea: tuple[PtySession, PtySession], plan: Path
) -> None:
    ana, bea = ana_and_bea
    write_entry(ana, "From ana")
    bea.until("From ana")
    write_entry(bea, "From bea")
    ana.until("From bea")
    ana.send("u")
    ana.until(lambda: "From ana" not in on_disk(plan))
    bea.until(lambda: "From ana" not in bea.text)
    assert "From bea" in on_disk(plan)


def versions(plan: Path) -> set[str]:
    return {text for text in on_disk(plan) if text.startswith(FIRST)}


def both_change_the_first_entry(ana: PtySession, bea: PtySession, plan: Path) -> None:
    """Both have it open; ana saves first."""
    for session in (ana, bea):
        session.send("enter")
        session.until("enter save")
    ana.send(" by ana")
    bea.send(" by bea")
    ana.until("by ana")
    bea.until("by bea")
    ana.send("enter")
    ana.until(lambda: f"{FIRST} by ana" in on_disk(plan))
    bea.until("changed this entry")
    assert "by bea" in bea.text, "a field that is typed in is never overwritten"
    bea.send("enter")
    bea.until(lambda: all(each in bea.text for each in ("Two versions", f"{FIRST} by ana", f"{FIRST} by bea")))


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("m", {f"{FIRST} by bea"}),
        ("t", {f"{FIRST} by ana"}),
        ("b", {f"{FIRST} by ana", f"{FIRST} by bea"}),
    ],
)
def test_who_saves_second_is_told_and_chooses(
    answer: str, left: set[str], ana_and_bea: tuple[PtySession, PtySession], plan: Path
) -> None:
    ana, bea = ana_and_bea
    both_change_the_first_entry(ana, bea, plan)
    assert f"{FIRST} by ana" in on_disk(plan), "nothing is dropped before somebody chose"
    bea.send(answer)
    bea.until(lambda: "Two versions" not in bea.text)
    bea.until(lambda: versions(plan) == left)
    bea.settle()
    assert versions(plan) == left


def test_who_leaves_the_question_open_loses_neither_version(
    ana_and_bea: tuple[PtySession, PtySession], plan: Path, tmp_path: Path
) -> None:
    ana, bea = ana_and_bea
    both_change_the_first_entry(ana, bea, plan)
    bea.send("esc")
    bea.until(lambda: "Two versions" not in bea.text)
    bea.until(lambda: f"{FIRST} by bea" in drafts_on_disk(tmp_path / "bea"))
    assert versions(plan) == {f"{FIRST} by ana"}
