"""Saves a file so that nothing is lost: not by a crash, nor a full disk, nor another program that writes it.

`commit` locks the file, reads it, lets the caller make the new bytes from what is there *now*, and swaps them in. It
then looks at the version that was swapped out: if somebody wrote in between, that version goes back and all starts
over. Bytes in, bytes out: nothing here knows TOML. Until the commit point (the swap) a failure leaves the file
untouched; after it there are no failures, only `durable=False`.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from canvas_tui.storage.read.fingerprint import Fingerprint, digest_of
from canvas_tui.storage.read.safe_open import FilePlace, place_of, read_all
from canvas_tui.storage.write import inplace, leftovers, netfs, swap
from canvas_tui.storage.write.errors import SaveError, explain, save_error
from canvas_tui.storage.write.locking import Deadline, locked_file, locked_folder

__all__ = ["Committed", "SaveError", "commit", "create"]

SaveMethod = Literal["exchange", "rename", "in-place", "unchanged", "created"]
LOCK_TIMEOUT = 5.0  # seconds
_KEEP_TRYING = 3  # times the lock timeout: how long we try again while others keep writing
_FRESH = 0.03  # seconds; content this new may be half of what another program is still writing
_FILLING = 0.25  # seconds that an empty file may take to get its content


@dataclass(frozen=True)
class Committed:
    """What the file holds after a save. `durable` is False if the disk did not confirm it; it is saved all the same.

    `merged`: the edit was applied to other bytes than those of `known`, because somebody wrote meanwhile.
    """

    data: bytes
    fingerprint: Fingerprint
    durable: bool
    how: SaveMethod
    merged: bool


class _AbortedByCaller(Exception):
    """Carries an exception of `produce` past our own handlers."""

    def __init__(self, reason: BaseException) -> None:
        super().__init__()
        self.reason = reason


def commit(
    path: Path,
    root: Path,
    produce: Callable[[bytes], bytes],
    *,
    known: Fingerprint | None = None,
    timeout: float = LOCK_TIMEOUT,
) -> Committed:
    """Replace the content of `path` (inside `root`) by `produce(content)`; returns when it is on disk.

    `produce` is called under the lock with the bytes that are in the file now, and again with newer bytes if somebody
    wrote in between. `known` is the version that the caller last read, `timeout` in seconds. Raises SaveError, or what
    `produce` raises; the file is then untouched.
    """
    try:
        with place_of(path, root) as place, _across_hosts(place, timeout):
            return _until_settled(place, produce, known, timeout)
    except OSError as problem:
        raise explain(path, problem) from problem
    except _AbortedByCaller as aborted:
        reason = aborted.reason
    raise reason  # raised outside the handler, so that it keeps its own cause and context


def _until_settled(
    place: FilePlace, produce: Callable[[bytes], bytes], known: Fingerprint | None, timeout: float
) -> Committed:
    give_up = Deadline.after(timeout * _KEEP_TRYING)
    overtaken = False
    while True:
        done = _round(place, produce, known, timeout)
        if done is not None:
            return replace(done, merged=done.merged or overtaken)
        overtaken = True
        if give_up.passed:
            raise save_error(place.path, "busy", "another program writes it all the time")


def _round(
    place: FilePlace, produce: Callable[[bytes], bytes], known: Fingerprint | None, timeout: float
) -> Committed | None:
    """One try. None: somebody wrote in between, their version is in the file, and ours is not."""
    deadline = Deadline.after(timeout)
    with locked_file(place, deadline) as fd:
        inplace.finish(place, fd)
        base = _settled_content(fd)
        if leftovers.any_of(place):
            with locked_folder(place, deadline):
                if leftovers.sweep(place, fd):
                    return None
        before = Fingerprint.of(os.fstat(fd), base)
        merged = known is not None and not before.same_content(known)
        try:
            new = produce(base)
        except BaseException as reason:  # noqa: BLE001 - raised again by commit()
            raise _AbortedByCaller(reason) from None
        if new == base:
            return Committed(base, before, True, "unchanged", merged)
        if not _keeps_inode(place, fd):
            with contextlib.suppress(swap.NotPossible):
                done = swap.swap_in(place, fd, swap.OldAndNew(base, before.digest, new, digest_of(new)), deadline)
                return Committed(new, done.fingerprint, done.durable, done.how, merged) if done else None
        durable = inplace.write_in_place(place, fd, inplace.Image(base, new))
        if durable is None:
            return None
        return Committed(new, _fingerprint(fd, before, new), durable, "in-place", merged)


def _fingerprint(fd: int, before: Fingerprint, new: bytes) -> Fingerprint:
    """The fingerprint of the file that was just written. After the commit point not even a failing `fstat` may fail."""
    try:
        return Fingerprint.of(os.fstat(fd), new)
    except OSError:
        return Fingerprint(before.dev, before.inode, len(new), 0, 0, digest_of(new), is_racy=True)


def _settled_content(fd: int) -> bytes:
    """Read the file. If another program seems to be writing it just now, wait a moment first.

    A file that was written and then moved here has a later ctime than mtime; a file that is being written in place has
    not. This is only a guess: a write that it misses is found when the swapped-out version is compared.
    """
    data = read_all(fd)
    for _ in range(int(_FILLING / 0.005)):
        info = os.fstat(fd)
        age = time.time() - info.st_mtime
        writing = 0 <= age < _FRESH and info.st_mtime_ns == info.st_ctime_ns
        if not writing and not (info.st_size == 0 and 0 <= age < _FILLING):
            break
        time.sleep(0.005)
        data, earlier = read_all(fd), data
        if data and data == earlier:
            break
    return data


def _keeps_inode(place: FilePlace, fd: int) -> bool:
    """Whether the file must keep its inode: it has a second name, or we may not rename in its folder."""
    info = os.fstat(fd)
    folder = os.fstat(place.folder)
    sticky = folder.st_mode & stat.S_ISVTX and os.geteuid() not in (0, info.st_uid, folder.st_uid)
    return info.st_nlink > 1 or bool(sticky) or not inplace.may_write_folder(place)


@contextlib.contextmanager
def _across_hosts(place: FilePlace, timeout: float) -> Iterator[None]:
    """On a network file system, also hold a lock file beside the file, if the folder lets us make one."""
    if netfs.is_network(place.folder) and inplace.may_write_folder(place):
        with netfs.lock_beside(place, leftovers.lock_name(place.name), Deadline.after(timeout)):
            yield
    else:
        yield


def create(path: Path, root: Path, data: bytes) -> Committed:
    """Make a new file, whole and durable, never over an existing one. Its folder must exist.

    Raises SaveError ("refused" if something of that name exists).
    """
    if os.path.lexists(path):
        raise _exists(path)
    try:
        with place_of(path, root) as place, _across_hosts(place, LOCK_TIMEOUT):
            done = swap.put_new(place, data)
    except FileExistsError as problem:
        raise _exists(path) from problem
    except OSError as problem:
        raise explain(path, problem) from problem
    return Committed(data, done.fingerprint, done.durable, "created", merged=False)


def _exists(path: Path) -> SaveError:
    return SaveError(path, "exists already", "choose another name", "refused")
