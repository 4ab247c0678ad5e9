"""Decides which files beside the data are leftovers of our saves, and reports them as problems.

A name proves nothing: such a file may have come with a repository. A file that a receipt of this account names is ours;
a locked file belongs to a save that is running; any other is reported and left alone. Reads only. The writer half's
`leftovers.py` gives the names.
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
FOREIGN = "foreign-leftover"  # the rules that report them
UNFINISHED = "half-saved"
_LEFTOVER = r"\.(?P<name>.+)\.canvas-tui-(?P<token>[0-9a-f]{16})(?P<rest>\..+)?"
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_MOST = 200  # leftovers that are reported of one folder
_YOUNG = 60.0  # seconds; a younger file that we cannot lock or read may belong to a save that is running
_INSTANT = 0.02  # seconds in which a new file gets its lock


def stem(name: str) -> str:
    """`.NAME.canvas-tui-`, with a digest in place of NAME if the file name would be too long."""
    return f".{name if len(os.fsencode(name)) <= 150 else digest_of(os.fsencode(name))}{MARK}"


def is_leftover(name: str) -> bool:
    """Whether a name in a folder looks like one that a save gives."""
    return name.startswith(".") and MARK in name


def is_about_leftovers(problem: Problem) -> bool:
    """Whether the problem is about a leftover, and not about what could be read."""
    return problem.rule in (FOREIGN, UNFINISHED)


def problems_of(root: Path, folder: str, names: Iterable[str]) -> Iterator[Problem]:
    """The problems to report about these names in a folder of the workspace ("" or with a slash at its end)."""
    names = sorted(name for name in names if is_leftover(name))[:_MOST]
    if not names:
        return
    from canvas_tui.storage.read.receipts import receipts  # few folders have leftovers

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
    """The problems about leftovers beside one file that is a workspace by itself."""
    folder, name = os.path.split(os.path.abspath(path))
    try:
        names = [each for each in os.listdir(folder) if each.startswith(stem(name))]
    except OSError:
        return ()
    return tuple(problems_of(Path(folder), "", names))


def vouches(receipt: Receipt, leftover: int, data: int | None) -> bool:
    """Whether a receipt names this open leftover: it is the file that was replaced, or the new one that was made.

    `data` is the file that was saved, open; None if it is gone. Once the new file stands in its place, a file that was
    swapped out is what somebody else wrote in between.
    """
    found = Origin.of(leftover)
    if receipt.made is None:  # killed before the receipt named it: nothing was written into it yet
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
    """The names that no running save holds. A file that is just being made is looked at twice."""
    idle = [name for name in names if not _is_at_work(folder, name)]
    if any(_age(folder, name) < 1.0 for name in idle):
        time.sleep(_INSTANT)
        idle = [name for name in idle if not _is_at_work(folder, name)]
    return idle


def _is_at_work(folder: int, name: str) -> bool:
    """Whether a running save holds the lock of this file, or the file is gone again."""
    try:
        fd = os.open(name, _FLAGS, dir_fd=folder)
    except PermissionError:
        return _age(folder, name) < _YOUNG
    except FileNotFoundError:
        return True
    except OSError:
        return False  # a link, or a FIFO without a reader: not ours
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
    """The seconds since the file was last changed."""
    try:
        return abs(time.time() - os.stat(name, dir_fd=folder, follow_symlinks=False).st_ctime)
    except OSError:
        return _YOUNG
