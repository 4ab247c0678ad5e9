"""Files beside the data that look like leftovers of saves: which are whose, and what is to be said of them.

A name proves nothing: it may have come with a repository. What a receipt of this account vouches for is ours; what is
locked is of a save that goes on; any other is told, and left alone. Reads only, and knows the names that the writer
half gives (its `leftovers.py`).
"""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_tui.core.workspace import Problem
from canvas_tui.storage.read.fingerprint import digest_of
from canvas_tui.storage.read.mounts import is_network
from canvas_tui.storage.read.origin import Origin

if TYPE_CHECKING:
    from canvas_tui.storage.read.receipts import Receipt

MARK = ".canvas-tui-"
FOREIGN = "foreign-leftover"  # the rules that tell of them
UNFINISHED = "half-saved"
_LEFTOVER = r"\.(?P<name>.+)\.canvas-tui-(?P<token>[0-9a-f]{16})(?P<rest>\..+)?"
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_MOST = 200  # so many are told of a folder; more are a flood
_YOUNG = 60.0  # seconds; what cannot be looked into, or is another host's, may be of a save that goes on
_INSTANT = 0.02  # seconds between the making of a file and its lock


def stem(name: str) -> str:
    """`.NAME.canvas-tui-`, NAME shortened to its digest where the whole would be too long for a file name."""
    return f".{name if len(os.fsencode(name)) <= 150 else digest_of(os.fsencode(name))}{MARK}"


def is_leftover(name: str) -> bool:
    """Whether a name in a folder looks like one that a save gives."""
    return name.startswith(".") and MARK in name


def is_about_leftovers(problem: Problem) -> bool:
    """Whether the problem is about a leftover, and not about what could be read."""
    return problem.rule in (FOREIGN, UNFINISHED)


def problems_of(root: Path, folder: str, names: Iterable[str]) -> Iterator[Problem]:
    """What is to be said of these names in a folder of the workspace ("" or with a slash at its end)."""
    names = sorted(name for name in names if is_leftover(name))[:_MOST]
    if not names:
        return
    from canvas_tui.storage.read.receipts import receipts  # few folders have anything to ask them of

    try:
        fd = os.open(root / folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        ours = {each.token: each for each in receipts() if each.folder.is_same(Origin.of(fd))}
        for name in _not_at_work(fd, names):
            match = re.fullmatch(_LEFTOVER, name)
            receipt = ours.get(match["token"]) if match is not None else None
            if (problem := _problem(folder, name, receipt, fd)) is not None:
                yield problem
    except OSError:
        return
    finally:
        os.close(fd)


def beside(path: Path) -> tuple[Problem, ...]:
    """The same for one file that is a workspace by itself."""
    folder, name = os.path.split(os.path.abspath(path))
    try:
        names = [each for each in os.listdir(folder) if each.startswith(stem(name))]
    except OSError:
        return ()
    return tuple(problems_of(Path(folder), "", names))


def vouches(receipt: Receipt, leftover: int, data: int | None) -> bool:
    """Whether a receipt vouches for an open leftover: it is the file that was replaced or the one that was made.

    `data` is the open file that was saved, None where there is none. Once what was made stands in its place, whatever
    came out of it is what somebody wrote in between.
    """
    found = Origin.of(leftover)
    if receipt.made is None:  # killed before it was noted: nothing had been written into it
        return os.fstat(leftover).st_size == 0 or found.is_same(receipt.file)
    if receipt.kind == "image":
        return found.is_same(receipt.made)
    if found.is_same(receipt.made) or found.is_same(receipt.file):
        return True
    return data is not None and receipt.made.is_same(Origin.of(data))


def _problem(folder: str, name: str, receipt: Receipt | None, fd: int) -> Problem | None:
    match = re.fullmatch(_LEFTOVER, name)
    of = match["name"] if match is not None else "a file"
    if receipt is not None and name.startswith(stem(receipt.name) + receipt.token):
        of = receipt.name
    else:
        receipt = None
    path = folder + name
    if receipt is None or match is None:
        what = f"this looks like something that a save of {of} left, but you did not make it on this machine"
        hint = "it is left alone; if it came with the repository take it out there, else ask whoever saved it"
        return Problem(path, 0, what, hint, FOREIGN)
    if match["rest"] == ".rescued":
        what = f"this is what somebody wrote to {of} while a save was cut off"
        return Problem(path, 0, what, f"take over from it what {of} lacks, then delete it", UNFINISHED)
    if receipt.kind == "image" and _is_vouched(receipt, name, fd):
        what = f"a save of {of} was cut off, and the file may be half written"
        return Problem(folder + of, 0, what, "open the workspace to finish it, as with `canvas-tui open`", UNFINISHED)
    return None


def _is_vouched(receipt: Receipt, name: str, folder: int) -> bool:
    leftover = os.open(name, _FLAGS, dir_fd=folder)
    try:
        return vouches(receipt, leftover, None)
    finally:
        os.close(leftover)


def _not_at_work(folder: int, names: list[str]) -> list[str]:
    """Those that no living save holds. One that is just being made is looked at a second time."""
    idle = [name for name in names if not _is_at_work(folder, name)]
    if any(_age(folder, name) < 1.0 for name in idle):
        time.sleep(_INSTANT)
        idle = [name for name in idle if not _is_at_work(folder, name)]
    return idle


def _is_at_work(folder: int, name: str) -> bool:
    """Whether a save that lives holds it, or it is gone again."""
    try:
        fd = os.open(name, _FLAGS, dir_fd=folder)
    except PermissionError:
        return _age(folder, name) < _YOUNG
    except FileNotFoundError:
        return True
    except OSError:
        return False  # a link, a FIFO without a reader: none of ours
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # a file system without locks
    finally:
        os.close(fd)
    return is_network(folder) and _age(folder, name) < _YOUNG


def _age(folder: int, name: str) -> float:
    """Seconds since somebody last changed it."""
    try:
        return abs(time.time() - os.stat(name, dir_fd=folder, follow_symlinks=False).st_ctime)
    except OSError:
        return _YOUNG
