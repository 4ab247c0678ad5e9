"""Another program keeps a file locked as long as it likes: keys go on, and the edit is saved by itself after."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.plan_files import locked
from tests.promises.app import COMMAND, copy_of_sample, opened, texts_in
from tests.promises.pty_session import PtySession

TYPED = "Nobody reads our reminders"
WAITS = "1 edit not saved yet: another program holds it"
PATIENT = (
    sys.executable,
    "-c",
    "import runpy, canvas_tui.session.saving as saving\n"
    "saving.EDIT_PATIENCE = saving.NEXT_PATIENCE = saving.QUIET_PATIENCE = 600.0\n"
    "runpy.run_module('canvas_tui', run_name='__main__')",
)


def write_and_move_on(screen: PtySession) -> None:
    """Write an entry, and press one key more: whoever waits for the lock does not see it."""
    screen.send("a")
    screen.until("enter save")
    screen.send(TYPED)
    screen.until(lambda: TYPED[-8:] in screen.text)
    screen.send("enter", "?")


def test_an_edit_of_a_locked_file_holds_up_no_key_and_is_saved_by_itself(tmp_path: Path) -> None:
    plan = copy_of_sample(tmp_path / "plan")
    with opened("open", str(plan), state=tmp_path / "state") as screen:
        with locked(plan / "lean-canvas.toml"):
            write_and_move_on(screen)
            screen.until("Keys")
            screen.send("esc")
            screen.until(WAITS)
            assert TYPED not in texts_in(plan / "lean-canvas.toml")
        screen.until("Saved now")
        assert TYPED in texts_in(plan / "lean-canvas.toml")


def test_who_waits_for_the_lock_sees_no_key(tmp_path: Path) -> None:
    assert PATIENT[0] == COMMAND[0]
    plan = copy_of_sample(tmp_path / "plan")
    with (
        opened("open", str(plan), state=tmp_path / "state", command=PATIENT) as screen,
        locked(plan / "lean-canvas.toml"),
    ):
        write_and_move_on(screen)
        for _ in range(40):
            screen.read()
        assert WAITS not in screen.text
        assert "Keys" not in screen.text
