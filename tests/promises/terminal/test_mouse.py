"""The mouse costs nothing while it only moves: a terminal is asked for clicks and the wheel."""

from __future__ import annotations

from pathlib import Path

from tests.promises.app import copy_of_sample, opened
from tests.promises.pty_session import modes_left_set


def test_clicks_and_the_wheel_are_asked_for_and_no_movement(tmp_path: Path) -> None:
    with opened("view", str(copy_of_sample(tmp_path / "plan")), state=tmp_path) as session:
        session.until(lambda: b"\x1b[?1000h" in session.raw and b"\x1b[?1006h" in session.raw)
        for movement in (b"?1002h", b"?1003h", b"?1015h"):
            assert movement not in session.raw
        before = session.text
        session.send("\x1b[<0;60;5M", "\x1b[<0;60;5m")
        session.until(lambda: session.text != before)
        session.send("q")
        assert session.wait() == 0
        assert modes_left_set(bytes(session.raw)) == set()
