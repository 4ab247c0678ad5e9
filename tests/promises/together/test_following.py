"""An open session sees every change of the others, one by one and in a storm, and ends with what is on disk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from canvas_tui.core.commands import AddEntry, ChangeEntry
from canvas_tui.core.elements import Cell
from canvas_tui.core.places import Ref
from canvas_tui.core.workspace import Workspace
from canvas_tui.storage.read.watch import Watcher
from canvas_tui.storage.read.workspace import Loaded, read_workspace, refresh
from canvas_tui.storage.write.store import Store

PATIENCE = 10.0
HOWS = ["inotify", "polling"] if sys.platform == "linux" else ["polling"]
How = Literal["auto", "inotify", "polling"]


class Observer:
    """A session that only looks: it reads again whenever the watcher calls."""

    def __init__(self, root: Path, prefer: How = "auto") -> None:
        self._loaded: Loaded = read_workspace(root)
        self._changed = threading.Condition()
        self.watcher = Watcher(root, self._look, prefer=prefer, seconds=0.1)
        self.watcher.start()
        assert self.watcher.wait_until_watching(PATIENCE)

    def _look(self) -> None:
        with self._changed:
            self._loaded, _ = refresh(self._loaded)
            self._changed.notify_all()

    def sees(self, wanted: Callable[[Workspace], bool], patience: float = PATIENCE) -> bool:
        """Whether the workspace becomes as wanted."""
        with self._changed:
            return self._changed.wait_for(lambda: wanted(self._loaded.workspace), patience)


@pytest.fixture
def root() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="canvas-tui-follow-"))
    (folder / "strategy.toml").write_text('format = 1\nname = "Test"\nvision = "All is well."\n')
    (folder / "lean.toml").write_text('model = "lean-canvas"\nid = "lean"\n\n[[problem]]\nid = "late"\ntext = "0"\n')
    (folder / "swot.toml").write_text('model = "swot"\nid = "swot"\n')
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def observe(root: Path) -> Iterator[Callable[..., Observer]]:
    made: list[Observer] = []

    def begin(prefer: How = "auto") -> Observer:
        made.append(Observer(root, prefer))
        return made[-1]

    yield begin
    for observer in made:
        observer.watcher.stop()


def in_another_process(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            signal.alarm(60)
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


def ended_well(pid: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@pytest.mark.parametrize("how", HOWS)
def test_each_edit_of_a_colleague_is_seen_by_itself(root: Path, observe: Callable[..., Observer], how: How) -> None:
    observer = observe(how)
    colleague = Store(read_workspace(root))
    for number in range(15):
        colleague.apply(ChangeEntry(Ref("late", str(number)), str(number + 1)))
        assert observer.sees(lambda space, number=number: space.get("late").text == str(number + 1))  # type: ignore[misc]
    assert observer.watcher.how == how


def test_without_the_watcher_nothing_would_be_seen(root: Path, observe: Callable[..., Observer]) -> None:
    observer = observe()
    observer.watcher.stop()
    Store(read_workspace(root)).apply(ChangeEntry(Ref("late", "0"), "1"))
    assert not observer.sees(lambda space: space.get("late").text == "1", patience=0.5)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_after_a_storm_of_edits_and_checkouts_the_session_shows_what_is_there(
    root: Path, observe: Callable[..., Observer], how: How
) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.fsync=none")
        subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", ".", ":!lean.toml")  # what is not tracked stays where it is when a branch is switched
    git("commit", "-q", "-m", "one")
    git("switch", "-q", "-c", "other")
    (root / "deep" / "er").mkdir(parents=True)
    (root / "deep" / "er" / "value.toml").write_text('model = "swot"\nid = "deeper"\n')
    (root / "swot.toml").unlink()
    git("add", "-A", ":!lean.toml")
    git("commit", "-q", "-m", "two")
    git("switch", "-q", "main")

    def edit() -> None:
        store = Store(read_workspace(root))
        for number in range(60):
            store.apply(AddEntry("lean/problem", {"text": f"entry {number}"}))

    def switch() -> None:
        for number in range(21):
            git("switch", "-q", "main" if number % 2 else "other")
            time.sleep(0.02)

    observer = observe(how)
    people = [in_another_process(edit), in_another_process(switch)]
    assert [ended_well(pid) for pid in people] == [True, True]
    there = read_workspace(root).workspace
    cell = there.get("lean/problem").element
    assert isinstance(cell, Cell)
    assert len(cell.entries) == 61
    assert "deeper" in there
    assert "swot" not in there
    assert observer.sees(lambda space: space == there)
    assert observer.watcher.how == how
