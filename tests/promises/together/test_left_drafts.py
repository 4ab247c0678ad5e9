"""What was being typed when a session was killed is announced at the next start, and the key that is named goes on."""

from __future__ import annotations

import signal
import tomllib
from pathlib import Path

import pytest

from tests.promises.app import drafts_on_disk, opened
from tests.promises.pty_session import PtySession

TYPED = "Half a thought"


def type_and_kill(screen: PtySession, state: Path, keys: tuple[str, ...], ready: str) -> None:
    """Type a text into the field that the keys open, and kill the session when the text is on disk."""
    screen.send(*keys)
    screen.until(ready)
    screen.send(TYPED)
    screen.until(TYPED)
    screen.until(lambda: any(TYPED in text for text in drafts_on_disk(state)))
    screen.signal(signal.SIGKILL)
    screen.wait()


@pytest.mark.parametrize(
    ("keys", "ready", "told", "again", "save"),
    [
        (("a",), "enter save", "kept in Problem · a to go on", "a", "enter"),
        (("enter",), "enter save", "is kept on “Clients pay on", "enter", "enter"),
        (("n",), "F2 save", "n to go on", "n", "f2"),
        (("i",), "enter save", "i to go on", "i", "enter"),
    ],
    ids=["new entry", "entry", "note", "form"],
)
def test_a_killed_session_leaves_a_draft_that_one_key_brings_back(
    keys: tuple[str, ...], ready: str, told: str, again: str, save: str, plan: Path, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in plan.glob("*.toml")}
    with opened("open", str(plan), state=tmp_path) as screen:
        type_and_kill(screen, tmp_path, keys, ready)
    assert {path.name: path.read_bytes() for path in plan.glob("*.toml")} == before
    with opened("open", str(plan), state=tmp_path) as screen:
        screen.until(told)
        screen.send(again)
        screen.until(TYPED)
        screen.send(save)
        screen.until(lambda: TYPED in (plan / "lean-canvas.toml").read_text(encoding="utf-8"))
        tomllib.loads((plan / "lean-canvas.toml").read_text(encoding="utf-8"))
        screen.until(lambda: ready not in screen.text)  # the field is closed: q is no letter any more
        screen.send("q")
        assert screen.wait() == 0
    assert drafts_on_disk(tmp_path) == []


def test_a_draft_does_not_overwrite_what_somebody_wrote_in_between(plan: Path, tmp_path: Path) -> None:
    with opened("open", str(plan), state=tmp_path) as screen:
        type_and_kill(screen, tmp_path, ("enter",), "enter save")
    path = plan / "lean-canvas.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("34 days late", "35 days late"), encoding="utf-8")
    with opened("open", str(plan), state=tmp_path) as screen:
        screen.send("enter")
        screen.until(TYPED)
        screen.send("enter")
        screen.until("Two versions")
        assert "35 days late" in path.read_text(encoding="utf-8")
        screen.send("b")
        screen.until(lambda: TYPED in path.read_text(encoding="utf-8"))
        assert "35 days late" in path.read_text(encoding="utf-8")
