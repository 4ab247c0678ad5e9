"""Whatever changes a *.toml file below the workspace, the watcher calls back; for nothing else it does."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from canvas_tui.storage.read import inotify
from canvas_tui.storage.read.inotify import FolderWatches, News, NotWatchable
from canvas_tui.storage.read.watch import Watcher

HOWS = [
    pytest.param("inotify", marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify")),
    "polling",
]
PATIENCE = 10.0


class Calls:
    """Counts callbacks, and waits for one more."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = threading.Condition()

    def __call__(self) -> None:
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def wait_beyond(self, count: int, patience: float = PATIENCE) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.count > count, patience)

    def settle(self) -> int:
        """The count once nothing came for a while."""
        before = -1
        while before != self.count:
            before = self.count
            time.sleep(0.15)
        return before


Watching = Callable[..., tuple[Watcher, Calls]]


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    started: list[Watcher] = []

    def begin(root: Path, how: str = "auto", *, doubt: float = 60.0) -> tuple[Watcher, Calls]:
        calls = Calls()
        prefer: Literal["auto", "inotify", "polling"] = how  # type: ignore[assignment]
        watcher = Watcher(root, calls, prefer=prefer, seconds=0.05, doubt=doubt)
        started.append(watcher)
        watcher.start()
        assert watcher.wait_until_watching(PATIENCE)
        calls.settle()
        return watcher, calls

    yield begin
    for watcher in started:
        watcher.stop()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    (folder / "sub").mkdir(parents=True)
    (folder / "strategy.toml").write_text('name = "Test"\n')
    (folder / "sub" / "goals.toml").write_text("# goals\n")
    return folder


def replaced(path: Path) -> None:
    """As editors save: a new file renamed over the old."""
    new = path.with_name(path.name + "~new")
    new.write_text("# by an editor\n")
    os.replace(new, path)


def checked_out(path: Path) -> None:
    """As git does: unlinked, and made anew."""
    path.unlink()
    path.write_text("# by git\n")


def renamed_folder(root: Path) -> None:
    (root / "sub").rename(root / "other")


def new_folders(root: Path) -> None:
    (root / "a" / "b").mkdir(parents=True)
    (root / "a" / "b" / "deep.toml").write_text("# deep\n")


CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda root: (root / "strategy.toml").write_text("# longer than before, by far\n"),
    "appended": lambda root: (root / "sub" / "goals.toml").open("a").write("# more\n"),
    "made": lambda root: (root / "new.toml").write_text("# new\n"),
    "deleted": lambda root: (root / "sub" / "goals.toml").unlink(),
    "renamed": lambda root: (root / "strategy.toml").rename(root / "sub" / "moved.toml"),
    "renamed from another name": lambda root: (root / "sub" / "goals.toml").rename(root / "goals.txt"),
    "saved by an editor": lambda root: replaced(root / "strategy.toml"),
    "checked out by git": lambda root: checked_out(root / "sub" / "goals.toml"),
    "a folder renamed": renamed_folder,
    "a folder removed": lambda root: shutil.rmtree(root / "sub"),
    "new folders": new_folders,
    "made unreadable": lambda root: (root / "strategy.toml").chmod(0),
}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_of_a_file_is_told(
    root: Path, watching: Watching, how: str, change: Callable[[Path], None]
) -> None:
    watcher, calls = watching(root, how)
    assert watcher.how == how
    before = calls.count
    change(root)
    assert calls.wait_beyond(before)
    assert watcher.how == how


@pytest.mark.parametrize("how", HOWS)
def test_a_folder_that_came_or_was_renamed_is_followed_too(root: Path, watching: Watching, how: str) -> None:
    _, calls = watching(root, how)
    (root / "later" / "deep").mkdir(parents=True)
    renamed_folder(root)
    for path in (root / "later" / "deep" / "new.toml", root / "other" / "goals.toml"):
        before = calls.settle()
        path.write_text("# written later\n")
        assert calls.wait_beyond(before), path


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify")
def test_without_following_new_folders_a_file_in_one_would_be_missed(
    root: Path, watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderWatches, "_folder_event", lambda *_: True)
    _, calls = watching(root, "inotify")
    (root / "later").mkdir()
    before = calls.settle()
    (root / "later" / "new.toml").write_text("# missed\n")
    assert not calls.wait_beyond(before, patience=0.5)


@pytest.mark.parametrize("how", HOWS)
def test_what_is_no_file_of_the_workspace_is_not_told(root: Path, watching: Watching, how: str) -> None:
    (root / ".git").mkdir()
    _, calls = watching(root, how)
    before = calls.count
    (root / "notes.txt").write_text("not ours")
    (root / ".strategy.toml.canvas-tui-0a1b2c3d").write_text("half of a save")
    (root / ".git" / "config.toml").write_text("hidden")
    (root / "strategy.toml").read_text()
    assert calls.settle() == before


@pytest.mark.parametrize("how", HOWS)
def test_a_workspace_of_one_file_is_followed_and_its_neighbours_are_not(
    root: Path, watching: Watching, how: str
) -> None:
    _, calls = watching(root / "strategy.toml", how)
    before = calls.count
    (root / "other.toml").write_text("# a neighbour\n")
    assert calls.settle() == before
    checked_out(root / "strategy.toml")
    assert calls.wait_beyond(before)


@pytest.mark.parametrize("how", HOWS)
def test_a_workspace_that_goes_away_and_comes_back_is_followed_again(root: Path, watching: Watching, how: str) -> None:
    watcher, calls = watching(root, how)
    shutil.move(root, root.with_name("away"))
    assert calls.wait_beyond(calls.count - 1)
    calls.settle()
    shutil.move(root.with_name("away"), root)
    before = calls.settle()
    (root / "strategy.toml").write_text("# back, and changed once more\n")
    assert calls.wait_beyond(before)
    assert watcher.how == how


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify")
def test_a_burst_of_changes_is_told_in_few_calls(root: Path, watching: Watching) -> None:
    _, calls = watching(root)
    before = calls.count
    for number in range(500):
        (root / f"{number % 20}.toml").write_text(f"# {number}\n")
    assert calls.wait_beyond(before)
    assert calls.settle() - before < 100


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify")
def test_events_lost_by_the_kernel_are_made_up_for(root: Path, watching: Watching) -> None:
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if limit > 50_000:
        pytest.skip("the queue is too long to overflow in a test")
    watches = FolderWatches(os.path.realpath(root))
    try:
        for number in range(limit // 2 + 50):
            os.rename(root / "strategy.toml", root / "x.txt") if number % 2 == 0 else os.rename(
                root / "x.txt", root / "strategy.toml"
            )
            (root / "sub" / "goals.toml").touch()
        (root / "unseen").mkdir()
        assert watches.read().changed
        (root / "unseen" / "new.toml").write_text("# told, though the folder's coming was not\n")
        assert watches.read().changed
        assert not watches.read().changed
    finally:
        watches.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify")
def test_an_inotify_that_stops_telling_is_found_out(
    root: Path, watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = FolderWatches.read
    monkeypatch.setattr(FolderWatches, "read", lambda self: (real(self), News(False, False))[1])
    watcher, calls = watching(root, "inotify", doubt=0.2)
    before = calls.count
    (root / "strategy.toml").write_text("# never told\n")
    assert calls.wait_beyond(before)
    assert watcher.how == "polling"
    before = calls.settle()
    (root / "strategy.toml").write_text("# and once more, a little longer\n")
    assert calls.wait_beyond(before)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify")
def test_an_inotify_that_tells_everything_stays_in_use(root: Path, watching: Watching) -> None:
    watcher, calls = watching(root, "inotify", doubt=0.02)
    for number in range(60):
        (root / "strategy.toml").write_text("#" * number)
        time.sleep(0.01)
    calls.settle()
    os.link(root / "strategy.toml", root.parent / "second name")
    calls.settle()
    assert watcher.how == "inotify"


def _too_many(*_: object) -> int:
    ctypes.set_errno(28)
    return -1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify")
@pytest.mark.parametrize("call", ["inotify_init1", "inotify_add_watch"])
def test_where_the_limit_of_watches_is_reached_it_polls(
    root: Path, watching: Watching, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    library = inotify._library()
    setattr(library, call, _too_many)
    monkeypatch.setattr(inotify, "_library", lambda: library)
    watcher, calls = watching(root)
    assert (watcher.how, watcher.why) == ("polling", os.strerror(28))
    before = calls.count
    (root / "strategy.toml").write_text("# seen all the same\n")
    assert calls.wait_beyond(before)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify")
def test_where_inotify_is_silent_or_other_hosts_write_it_polls(
    root: Path, watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as silent:
        silent.setattr(FolderWatches, "_events", lambda _: iter(()))
        assert watching(root)[0].how == "polling"
    monkeypatch.setattr(inotify, "is_network", lambda _: True)
    assert watching(root)[0].how == "polling"
    with pytest.raises(NotWatchable):
        FolderWatches(str(root))


@pytest.mark.parametrize("how", HOWS)
def test_nothing_is_told_after_the_end_and_no_thread_is_left(root: Path, watching: Watching, how: str) -> None:
    watcher, calls = watching(root, how)
    thread = watcher._thread
    assert thread is not None
    watcher.stop()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    before = calls.count
    (root / "strategy.toml").write_text("# nobody looks\n")
    assert calls.settle() == before


def test_a_callback_that_fails_does_not_end_the_watch(root: Path) -> None:
    calls = Calls()

    def failing() -> None:
        calls()
        raise RuntimeError("the screen is closing")

    watcher = Watcher(root, failing, seconds=0.05)
    watcher.start()
    assert calls.wait_beyond(0)
    before = calls.settle()
    (root / "strategy.toml").write_text("# changed after an error\n")
    assert calls.wait_beyond(before)
    assert isinstance(watcher.problem, RuntimeError)
    watcher.stop()


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_branch_switched_by_git_is_told(root: Path, watching: Watching) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments], cwd=root, check=True, capture_output=True
        )

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("switch", "-q", "-c", "other")
    (root / "strategy.toml").write_text('name = "Other"\n')
    git("commit", "-q", "-a", "-m", "two")
    _, calls = watching(root)
    before = calls.count
    git("switch", "-q", "main")
    assert calls.wait_beyond(before)


def test_watching_writes_nothing_and_imports_no_writer(root: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from canvas_tui.storage.read.watch import Watcher
bad = []
def hook(event, arguments):
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        bad.append(arguments[0])
    elif event.startswith(("os.mkdir", "os.rename", "os.remove", "os.utime", "os.chmod", "subprocess", "socket")):
        bad.append(event)
sys.addaudithook(hook)
watcher = Watcher(Path(sys.argv[1]), lambda: None)
watcher.start()
assert watcher.wait_until_watching(10)
watcher.stop()
print(watcher.how, bad, [name for name in sys.modules if "storage.write" in name or name == "tomlkit"])
"""
    done = subprocess.run([sys.executable, "-c", code, root], capture_output=True, text=True, check=True)
    assert done.stdout.split(maxsplit=1)[1].strip() == "[] []"
