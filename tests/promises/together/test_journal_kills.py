"""Sessions killed while they keep edits lose none that was acknowledged, and a full disk loses none either."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from canvas_tui.core.commands import AddEntry
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.journal import Journal
from canvas_tui.storage.write.pending import NotSavedYet, PendingStore
from canvas_tui.storage.write.store import Store

ROOT = Path("/nowhere/plan")
KILLS = 60
Keep = Callable[[Path, str], None]


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="canvas-tui-journal-"))
    yield made
    shutil.rmtree(made)


def entry(text: str) -> AddEntry:
    return AddEntry("lean/problem", {"text": text * 200})


def keeping(folder: Path, name: str, out: int) -> None:
    """Keep edits and drop every third, telling each only when it is done, until killed."""
    journal = Journal(folder, ROOT)
    journal.prepare()
    for number in range(10_000):
        pending = journal.keep(entry(f"{name}{number} "), f"{name}{number}", "full")
        os.write(out, f"+{pending.title}\n".encode())
        if number % 3 == 0:
            os.write(out, f"?{pending.title}\n".encode())
            journal.drop(pending.id)
            os.write(out, f"-{pending.title}\n".encode())


def keeping_naively(folder: Path, name: str, out: int) -> None:
    """One file for all, written anew each time: how it must not be done."""
    titles: list[str] = []
    for number in range(10_000):
        titles.append(f"{name}{number}")
        with (folder / f"{name}.json").open("w") as file:
            for title in titles:
                json.dump([title, "x" * 20_000], file)
                file.flush()
        os.write(out, f"+{name}{number}\n".encode())


def killed_after(seconds: float, work: Callable[[int], None]) -> dict[str, set[str]]:
    """Run in a process of its own, kill -9 it; what it said it kept (+), was about to drop (?), and dropped (-)."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            signal.alarm(60)
            os.close(reading)
            work(writing)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(reading, "rb") as stream:
        lines = stream.read().decode().split("\n")[:-1]
    return {mark: {line[1:] for line in lines if line[0] == mark} for mark in "+?-"}


def test_killed_sessions_lose_no_edit_they_acknowledged(folder: Path) -> None:
    chance = random.Random(7)
    told: dict[str, set[str]] = {mark: set() for mark in "+?-"}
    for kill in range(KILLS):
        more = killed_after(chance.uniform(0.0, 0.15), lambda out, kill=kill: keeping(folder, f"s{kill}-", out))  # type: ignore[misc]
        told = {mark: told[mark] | more[mark] for mark in told}
    assert len(told["+"]) > KILLS, "the processes were killed before they kept anything"
    journal = Journal(folder, ROOT)
    pending = journal.pending()
    found = {each.title for each in pending}
    assert told["+"] - told["?"] <= found
    assert not told["-"] & found
    assert journal.unreadable == ()
    assert all(each.command == entry(f"{each.title} ") for each in pending)
    for each in pending:
        journal.drop(each.id)
    journal.close()
    assert list(folder.iterdir()) == []


def test_the_same_kills_tear_a_journal_written_naively(folder: Path) -> None:
    chance = random.Random(7)
    torn = 0
    for kill in range(KILLS):
        name = f"s{kill}-"
        told = killed_after(chance.uniform(0.01, 0.03), lambda out, name=name: keeping_naively(folder, name, out))  # type: ignore[misc]
        with contextlib.suppress(FileNotFoundError):
            text = (folder / f"{name}.json").read_text()
            torn += any(f'"{title}"' not in text for title in told["+"])
    assert torn > 0


def test_sessions_that_start_at_once_share_what_was_left_and_take_nothing_twice(folder: Path) -> None:
    first = Journal(folder, ROOT)
    for number in range(20):
        first.keep(entry(str(number)), str(number), "full")
    first.close()
    code = (
        "import sys\nfrom pathlib import Path\nfrom canvas_tui.storage.write.journal import Journal\n"
        f"journal = Journal(Path(sys.argv[1]), Path({str(ROOT)!r}))\nsys.stdin.readline()\n"
        "print(*[each.title for each in journal.pending()], flush=True)\nsys.stdin.readline()"
    )
    pipe = subprocess.PIPE
    sessions = [
        subprocess.Popen([sys.executable, "-c", code, folder], stdin=pipe, stdout=pipe, text=True) for _ in range(4)
    ]
    for session in sessions:
        assert session.stdin is not None
        session.stdin.write("go\n")
        session.stdin.flush()
    taken = [session.stdout.readline().split() for session in sessions if session.stdout is not None]
    for session in sessions:
        session.communicate("end\n")
    assert sorted(map(len, taken)) == [0, 0, 0, 20]


@contextlib.contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A tmpfs of that size; the test is skipped where none can be mounted."""
    point = Path(tempfile.mkdtemp(prefix="canvas-tui-tmpfs-"))
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", point], capture_output=True)
        if done.returncode != 0:
            pytest.skip("no tmpfs can be mounted here")
        try:
            yield point
        finally:
            subprocess.run(["umount", "-l", point], check=True)
    finally:
        point.rmdir()


def fill(disk: Path) -> Path:
    """Leave no room at all."""
    path = disk / "filling"
    with path.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return path


@pytest.mark.parametrize("prepared", [True, False], ids=["room set aside", "no room set aside"])
def test_a_disk_that_is_full_for_workspace_and_journal_alike_loses_no_edit(prepared: bool) -> None:
    with small_disk("1m") as disk:
        root = disk / "plan"
        root.mkdir()
        (root / "strategy.toml").write_text('format = 1\nname = "Test"\nvision = "All is well."\n')
        (root / "lean.toml").write_text('model = "lean-canvas"\nid = "lean"\n')
        journal = Journal(disk / "state", root)
        if prepared:
            journal.prepare()
        else:
            (disk / "state").mkdir()
        store = PendingStore(Store(read_workspace(root)), journal)
        filling = fill(disk)
        for number in range(5):
            with pytest.raises(NotSavedYet) as caught:
                store.apply(AddEntry("lean/problem", {"text": f"Edit {number}"}))
            assert caught.value.kind == "full"
            assert caught.value.pending.is_durable is prepared
        assert (root / "lean.toml").read_text() == 'model = "lean-canvas"\nid = "lean"\n'
        if prepared:
            store.close()
            fill(disk)
            store = PendingStore(Store(read_workspace(root)), Journal(disk / "state", root))
            store.accept()
        assert len(store.pending) == 5
        assert [result.is_saved for result in store.retry()] == [False]
        filling.unlink()
        assert [result.is_saved for result in store.retry()] == [True] * 5
        texts = (root / "lean.toml").read_text()
        assert [f"Edit {number}" in texts for number in range(5)] == [True] * 5
        assert texts.index("Edit 0") < texts.index("Edit 4")
        store.close()
