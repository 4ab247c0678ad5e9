"""Writes that bring less than they were given: cut by a signal, by a limit on the size of files, by a nearly full disk.

Three ways to cut one: `os.write` and `os.pwrite` write a part only, at each call in turn, and the save goes on, or the
next write fails, or the process is killed there; RLIMIT_FSIZE allows so many bytes a file; a tmpfs has so many pages
left. The judge is that of `injections`: the old version or the new one, and what the save says of itself is true.
"""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal, get_args

from tests.promises.save import disks, writers
from tests.promises.save.injections import NEW, OLD, How, Outcome, attempt, judge, scene, warm_up

Then = Literal["goes on", "fails", "is killed"]  # what becomes of the save after the cut write: `fails` at the next one
PARTS: dict[str, Callable[[int], int]] = {
    "1 byte": lambda size: 1,
    "half": lambda size: size // 2,
    "all but 1 byte": lambda size: size - 1,
}
LARGEST = len(OLD) + len(NEW) + 2 * disks.PAGE  # bytes; no file that a save makes is larger
FEW_SIZES = range(0, LARGEST, 4_000)
ALL_SIZES = sorted({*range(0, LARGEST, 250), *(size + by for size in (len(OLD), len(NEW)) for by in (-1, 0, 1))})
PAGES = LARGEST // disks.PAGE + 3
FEW_PAGES = range(0, PAGES, 2)


def careless(path: Path, edit: writers.Edit) -> None:
    """What a program does that takes every write for whole."""
    data = edit(path.read_bytes())
    fd = os.open(path, os.O_WRONLY | os.O_TRUNC)
    os.write(fd, data)
    os.fsync(fd)
    os.close(fd)


def run(how: How, thens: Iterable[Then] = get_args(Then)) -> Outcome:
    """One save for each of its writes and each part of it that is written."""
    outcome = Outcome()
    for then in thens:
        for part, size_of in PARTS.items():
            number = 1
            while _cut_was_reached(how, number, size_of, then, f"{part} of write {number}, then it {then}", outcome):
                number += 1
    return outcome


def _cut_was_reached(
    how: How, number: int, size_of: Callable[[int], int], then: Then, where: str, outcome: Outcome
) -> bool:
    reached, reaching = os.pipe()
    with scene(how) as path:
        said = _saved_under(lambda: _cut(number, size_of, then, reaching), path, how)
        os.close(reaching)
        with open(reached, "rb") as stream:
            if not stream.read():
                return False  # the save has fewer writes
        _judge(path, said, where, how, outcome)
    return True


def under_limits(how: How, sizes: Iterable[int] = ALL_SIZES) -> Outcome:
    """One save for each size that no file may exceed, in bytes."""
    outcome = Outcome()
    for size in sizes:
        with scene(how) as path:
            said = _saved_under(lambda size=size: _limit(size), path, how)  # type: ignore[misc]
            _judge(path, said, f"no file above {size} bytes", how, outcome)
    return outcome


def on_a_full_disk(how: How, pages: Iterable[int] = range(PAGES)) -> Outcome:
    """One save for each number of pages left on the disk. Raises disks.CannotMount."""
    outcome = Outcome()
    with disks.small_disk("256k") as disk:
        for left in pages:
            with scene(how, disk) as path:
                filling = disks.fill(disk, leaving=left)
                said = _saved_under(lambda: None, path, how)
                _judge(path, said, f"{left} pages left", how, outcome)
                filling.unlink()
    return outcome


def _judge(path: Path, said: bytes, where: str, how: How, outcome: Outcome) -> None:
    outcome.trials += 1
    beside = set(os.listdir(path.parent)) - {path.name, "other-name.toml"}
    if beside and said and how != "naive":
        outcome.wrong.append(f"{where}: left {', '.join(beside)}")
    judge(path, said, where, how, outcome)


def _saved_under(spoil: Callable[[], None], path: Path, how: How) -> bytes:
    """What a save in a process of its own said, spoiled there; nothing where it was killed."""
    warm_up()
    reading, writing = os.pipe()
    tell = os.write

    def work() -> None:
        with writers.without_exchange() if how == "rename" else contextlib.nullcontext():
            spoil()
            said = attempt(path, careless if how == "naive" else writers.ours)
        tell(writing, said)

    pid = writers.child(work)
    os.close(writing)
    with open(reading, "rb") as stream:
        said = stream.read()
    os.waitpid(pid, 0)
    return said


def _limit(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _cut(number: int, size_of: Callable[[int], int], then: Then, reaching: int) -> None:
    """From now on the write of that number brings only a part of its bytes; it is told through the pipe."""
    count = 0
    tell = os.write

    def cutting(real: Callable[..., int]) -> Callable[..., int]:
        def call(fd: int, data: Any, *at: int) -> int:
            nonlocal count
            count += 1
            if count == number + 1 and then == "fails":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if count != number:
                return real(fd, data, *at)
            written = real(fd, bytes(data)[: max(1, size_of(len(data)))], *at)
            tell(reaching, b".")
            if then == "is killed":
                os.kill(os.getpid(), signal.SIGKILL)
            return written

        return call

    os.write, os.pwrite = cutting(os.write), cutting(os.pwrite)
