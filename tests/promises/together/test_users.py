"""Two Unix users in a setgid folder see each other, whatever their umask; strangers and readers change nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.storage.read.presence_reader import FOLDER, People
from canvas_tui.storage.write.presence.presence import Presence
from tests.promises.together.users import ANA, BEA, EVE, GROUP, run, shared_folder, start

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be two other users")


def here(folder: Path, name: str, where: str) -> tuple[Callable[[], list[str]], Callable[[], None]]:
    """A session's work and end: it says where it is, and returns whom it sees."""
    made: list[Presence] = []

    def work() -> list[str]:
        made.append(Presence(folder, name))
        made[0].at(where)
        made[0].look()
        return seen(made[0])

    return work, lambda: made[0].stop()


def seen(people: People) -> list[str]:
    return [f"{person.name} in {person.where}" for person in people.others()]


def test_colleagues_see_each_other_whatever_their_umask() -> None:
    with shared_folder() as folder:
        work, ending = here(folder, "ana", "lean/problem")
        ana = start(ANA, work, ending=ending, umask=0o077)
        work, ending = here(folder, "bea", "lean/solution")
        bea = start(BEA, work, ending=ending, umask=0o077)
        assert bea.first == ["ana in lean/problem"]
        names = sorted((folder / FOLDER).iterdir())
        assert all(path.stat().st_gid == GROUP for path in names)
        assert stat.S_IMODE((folder / FOLDER).stat().st_mode) == 0o2770
        watching = People(folder)
        watching.look()
        assert sorted(seen(watching)) == ["ana in lean/problem", "bea in lean/solution"]
        assert (ana.end(), bea.end()) == (0, 0)
        assert os.listdir(folder) == ["strategy.toml"], "the last one leaves nothing behind"


def test_with_the_umask_alone_colleagues_would_not_see_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fchmod", lambda *_: None)
    with shared_folder() as folder:
        work, ending = here(folder, "ana", "lean/problem")
        ana = start(ANA, work, ending=ending, umask=0o077)
        work, ending = here(folder, "bea", "lean/solution")
        bea = start(BEA, work, ending=ending, umask=0o077)
        assert bea.first == []
        assert (ana.end(), bea.end()) == (0, 0)


def test_a_killed_session_is_not_shown_and_a_colleague_tidies_up() -> None:
    with shared_folder() as folder:
        work, _ = here(folder, "ana", "lean/problem")
        start(ANA, work).kill()
        assert len(list((folder / FOLDER).glob("session-*"))) == 1
        work, ending = here(folder, "bea", "lean/solution")
        bea = start(BEA, work, ending=ending)
        assert bea.first == []
        assert len(list((folder / FOLDER).glob("session-*"))) == 1
        assert bea.end() == 0
        assert os.listdir(folder) == ["strategy.toml"]


def test_a_colleague_who_may_only_read_sees_the_others_and_leaves_no_trace() -> None:
    with shared_folder(0o2750) as folder:
        work, ending = here(folder, "ana", "lean/problem")
        ana = start(ANA, work, ending=ending)
        before = sorted(os.listdir(folder / FOLDER))

        def look() -> list[str]:
            people = People(folder)
            people.look()
            return seen(people)

        assert run(BEA, look) == ["ana in lean/problem"]
        work, ending = here(folder, "bea", "lean/solution")
        bea = start(BEA, work, ending=ending)
        assert bea.first == ["ana in lean/problem"]
        assert bea.end() == 0
        assert sorted(os.listdir(folder / FOLDER)) == before
        assert ana.end() == 0


def test_a_stranger_cannot_make_us_write_or_read_elsewhere() -> None:
    with shared_folder(0o3777) as folder:
        goal = folder.parent / "goal"
        goal.write_text("untouched")

        def plant() -> bool:
            (folder / FOLDER).mkdir()
            os.chmod(folder / FOLDER, 0o777)
            for name in ("session-1-00000000.json", ".gitignore"):
                (folder / FOLDER / name).symlink_to(goal)
            os.mkfifo(folder / FOLDER / "session-2-00000000.json")
            return True

        assert run(EVE, plant)
        work, ending = here(folder, "ana", "lean/problem")
        ana = start(ANA, work, ending=ending)
        assert ana.first == []
        assert ana.end() == 0
        assert goal.read_text() == "untouched"


def test_a_presence_folder_that_is_a_link_is_left_alone() -> None:
    with shared_folder(0o2777) as folder:
        goal = folder.parent / "goal"
        goal.mkdir()
        goal.chmod(0o777)

        def plant() -> Any:
            (folder / FOLDER).symlink_to(goal)
            return True

        assert run(EVE, plant)
        work, ending = here(folder, "ana", "lean/problem")
        assert start(ANA, work, ending=ending).end() == 0
        assert os.listdir(goal) == []


def test_a_private_folder_that_somebody_gave_our_name_stays_private() -> None:
    with shared_folder() as folder:
        private = folder / "private"
        private.mkdir()
        (private / "salaries.txt").write_text("secret")
        os.chown(private, ANA, GROUP)
        private.chmod(0o700)
        run(BEA, lambda: os.rename(private, folder / FOLDER))
        work, ending = here(folder, "ana", "lean/problem")
        ana = start(ANA, work, ending=ending)
        assert stat.S_IMODE((folder / FOLDER).stat().st_mode) == 0o700
        assert ana.end() == 0


def test_control_a_folder_that_is_only_ours_is_opened_to_the_others() -> None:
    with shared_folder() as folder:
        (folder / FOLDER).mkdir(mode=0o700)
        os.chown(folder / FOLDER, ANA, GROUP)
        work, ending = here(folder, "ana", "lean/problem")
        ana = start(ANA, work, ending=ending)
        assert stat.S_IMODE((folder / FOLDER).stat().st_mode) == 0o2770
        assert ana.end() == 0
