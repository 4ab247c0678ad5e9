"""A disk that is full while somebody edits: the edit is shown, outlives kill -9, and is offered when there is room."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_tui.storage.read.presence_reader import FOLDER
from tests.promises.app import copy_of_sample, opened, session, texts_in, until_shown, write_entry
from tests.promises.pty_session import PtySession
from tests.promises.save.disks import fill
from tests.promises.together.test_journal_kills import small_disk

TYPED = "Nobody reads our reminders"
WAITS = "1 edit not saved yet: the disk is full"


@pytest.fixture
def disk() -> Iterator[Path]:
    """A disk of one megabyte that holds the workspace, with room left."""
    with small_disk("1m") as point:
        copy_of_sample(point / "plan")
        yield point


def begun(disk: Path, state: Path) -> PtySession:
    """A session that has set room aside: it does so right after its first screen."""
    screen = opened("open", str(disk / "plan"), state=state)
    screen.until(lambda: any((state / "canvas-tui" / "pending").glob("*.reserve")))
    return screen


def write_without_room(screen: PtySession, disk: Path, text: str = TYPED) -> Path:
    """Write an entry on a disk without room; the file that takes the room."""
    screen.send("a")
    screen.until("enter save")
    screen.send(text)
    screen.until(lambda: text[-8:] in screen.text)
    # Telling others that one is editing writes into a file: not later, when that could make or take room.
    screen.until(lambda: any(b'"editing": true' in each.read_bytes() for each in _presence(disk)))
    filling = fill(disk)
    screen.send("enter")
    screen.until("R retries")
    return filling


def _presence(disk: Path) -> list[Path]:
    return list((disk / "plan" / FOLDER).glob("session-*.json"))


def entries(disk: Path) -> list[str]:
    return texts_in(disk / "plan" / "lean-canvas.toml")


def kill(screen: PtySession) -> None:
    screen.signal(signal.SIGKILL)
    assert screen.wait() == -signal.SIGKILL


def offered(disk: Path, state: Path) -> PtySession:
    """The next session, which asks about what was left."""
    screen = session("open", str(disk / "plan"), state=state)
    until_shown(screen)
    screen.until("1 edit from before is not saved")
    return screen


@pytest.mark.parametrize("where", ["elsewhere", "on the same disk"])
def test_an_edit_on_a_full_disk_outlives_kill_9_and_is_offered_as_a_diff(
    where: str, disk: Path, tmp_path: Path
) -> None:
    state = tmp_path / "state" if where == "elsewhere" else disk / "state"
    before = (disk / "plan" / "lean-canvas.toml").read_bytes()
    with begun(disk, state) as screen:
        filling = write_without_room(screen, disk)
        screen.until(WAITS)
        screen.until(lambda: any(TYPED[:14] in line and "*" in line for line in screen.text.splitlines()))
        kill(screen)
    assert (disk / "plan" / "lean-canvas.toml").read_bytes() == before
    filling.unlink()
    with offered(disk, state) as screen:
        screen.until(f"+ {TYPED}")
        assert TYPED not in entries(disk), "nothing is saved before somebody said so"
        screen.send("s")
        screen.until("Saved now")
        assert TYPED in entries(disk)
        screen.send("q")
        assert screen.wait() == 0
    assert not list((state / "canvas-tui" / "pending").iterdir())


def test_without_a_journal_the_same_edit_is_gone_and_the_screen_had_said_so(disk: Path) -> None:
    with opened("open", str(disk / "plan"), state=Path(os.devnull)) as screen:
        filling = write_without_room(screen, disk)
        screen.until("in memory only")
        kill(screen)
    filling.unlink()
    with opened("open", str(disk / "plan"), state=Path(os.devnull)) as screen:
        screen.settle(30)
        assert "from before" not in screen.text
        assert TYPED not in entries(disk)


def test_r_saves_what_waited_once_there_is_room_and_undo_takes_it_back(disk: Path, tmp_path: Path) -> None:
    before = (disk / "plan" / "lean-canvas.toml").read_bytes()
    with begun(disk, tmp_path) as screen:
        filling = write_without_room(screen, disk)
        screen.send("R", "?")  # one key more, which shows that the first was dealt with
        screen.until("Keys")
        screen.send("esc")
        screen.until(lambda: WAITS in screen.text and "Keys" not in screen.text)
        assert TYPED not in entries(disk)
        filling.unlink()
        screen.send("R")
        screen.until("Saved now")
        assert TYPED in entries(disk)
        screen.send("u")
        screen.until("Undone")
        assert (disk / "plan" / "lean-canvas.toml").read_bytes() == before


def test_leaving_with_an_edit_that_waits_says_so_on_the_screen_and_in_the_shell(disk: Path, tmp_path: Path) -> None:
    with begun(disk, tmp_path) as screen:
        filling = write_without_room(screen, disk)
        screen.send("q")
        screen.until("offered when this workspace is opened again")
        screen.send("q")
        assert screen.wait() == 0
        assert b"canvas-tui: 1 edit is not saved, it is kept" in screen.raw
    filling.unlink()
    with offered(disk, tmp_path) as screen:
        screen.send("esc")
        screen.until("R shows it")
        write_entry(screen, "And on it goes")
        assert TYPED not in entries(disk)
        screen.send("R")
        screen.until(f"+ {TYPED}")


def test_a_session_killed_again_and_again_offers_the_edit_every_time(disk: Path, tmp_path: Path) -> None:
    with begun(disk, tmp_path) as screen:
        write_without_room(screen, disk)
        kill(screen)
    for _ in range(2):
        with offered(disk, tmp_path) as screen:
            screen.settle(10)
            fill(disk)  # tidying up after the killed session made room
            screen.send("s")
            screen.until("R retries")
            kill(screen)
    with offered(disk, tmp_path) as screen:
        screen.until(f"+ {TYPED}")
