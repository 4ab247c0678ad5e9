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
from canvas_tui.storage.write.queue.journal import Journal
from canvas_tui.storage.write.queue.pending import NotSavedYet, PendingStore
from canvas_tui.storage.write.store import Store
from tests.lanes import few_or_many
from tests.promises.save import disks
from tests.promises.save.disks import fill

ROOT = Path("/nowhere/plan")
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


@few_or_many("kills", 12, 60)
def test_killed_sessions_lose_no_edit_they_acknowledged(folder: Path, kills: int) -> None:
    chance = random.Random(7)
    told: dict[str, set[str]] = {mark: set() for mark in "+?-"}
    for kill in range(kills):
        more = killed_after(chance.uniform(0.0, 0.15), lambda out, kill=kill: keeping(folder, f"s{kill}-", out))  # type: ignore[misc]
        told = {mark: told[mark] | more[mark] for mark in told}
    assert len(told["+"]) > kills, "the processes were killed before they kept anything"
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
    for kill in range(30):
        name = f"s{kill}-"
        told = killed_after(chance.uniform(0.01, 0.03), lambda out, name=name: keeping_naively(folder, name, out))  # type: ignore[misc]
        with contextlib.suppress(FileNotFoundError):
            text = (folder / f"{name}.json").read_text()
            torn += any(f'"{title}"' not in text for title in told["+"])
    assert torn > 0


RACER = """
import sys
from pathlib import Path
from canvas_tui.storage.write.presence import sessions
from canvas_tui.storage.write.queue.journal import Journal
if sys.argv[3] == "no lock":
    sessions.fcntl.flock = lambda *_: None
journal = Journal(Path(sys.argv[1]), Path(sys.argv[2]))
sys.stdin.readline()
print(*[each.title for each in journal.pending()], flush=True)
sys.stdin.readline()
"""


def taken_by_four(folder: Path, how: str) -> list[list[str]]:
    """The edits that each of four sessions takes over from a gone one, when they start at once."""
    first = Journal(folder, ROOT)
    for number in range(20):
        first.keep(entry(str(number)), str(number), "full")
    first.close()
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", RACER, str(folder), str(ROOT), how]
    sessions = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    for session in sessions:
        assert session.stdin is not None
        session.stdin.write("go\n")
        session.stdin.flush()
    taken = [session.stdout.readline().split() for session in sessions if session.stdout is not None]
    for session in sessions:
        session.communicate("end\n")
    return taken


def test_sessions_that_start_at_once_share_what_was_left_and_take_nothing_twice(folder: Path) -> None:
    assert sorted(map(len, taken_by_four(folder, "locked"))) == [0, 0, 0, 20]


def test_control_without_a_lock_sessions_that_start_at_once_take_the_same_edits(folder: Path) -> None:
    taken = taken_by_four(folder, "no lock")
    assert sum(map(len, taken)) > len(set().union(*taken))


EACH = 40  # edits of one of four sessions at a time


def racing(keep: Callable[[str], None]) -> None:
    """Four processes that each keep edits of their own as fast as they can."""
    pids = []
    for name in "abcd":
        pids.append(os.fork())
        if pids[-1] == 0:
            try:
                signal.alarm(60)
                for number in range(EACH):
                    keep(f"{name}{number}")
                os._exit(0)
            finally:
                os._exit(1)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * 4


def test_four_sessions_that_keep_edits_at_once_lose_none(folder: Path) -> None:
    journals: list[Journal] = []

    def keep(title: str) -> None:
        if not journals:
            journals.append(Journal(folder, ROOT))
        assert journals[0].keep(entry(title), title, "full").is_durable

    racing(keep)
    found = {each.title for each in Journal(folder, ROOT).pending()}
    assert found == {f"{name}{number}" for name in "abcd" for number in range(EACH)}


def test_control_four_sessions_that_rewrite_one_journal_lose_edits(folder: Path) -> None:
    def keep(title: str) -> None:
        path = folder / "journal.json"
        titles = json.loads(path.read_text()) if path.exists() else []
        new = path.with_name(f"{os.getpid()}.new")
        new.write_text(json.dumps([*titles, title]))
        time.sleep(0.001)  # a busy machine, or a slow disk
        os.replace(new, path)

    racing(keep)
    assert len(json.loads((folder / "journal.json").read_text())) < 4 * EACH


@contextlib.contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A tmpfs of that size; the test is skipped where none can be mounted."""
    with contextlib.ExitStack() as stack:
        try:
            disk = stack.enter_context(disks.small_disk(size))
        except disks.CannotMount as reason:
            pytest.skip(str(reason))
        yield disk


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
