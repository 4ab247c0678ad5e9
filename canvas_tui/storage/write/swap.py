"""Replaces a file by a new version in one step, or makes a new file in one step.

`swap_in` looks at the version that was swapped out. If it is not the one that we started from, somebody wrote without
our lock: their version is put back, ours is thrown away, and the caller starts again from theirs.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from canvas_tui.storage.read.fingerprint import Fingerprint, digest_of
from canvas_tui.storage.read.safe_open import FilePlace, read_all
from canvas_tui.storage.write import exchange, leftovers, receipts
from canvas_tui.storage.write.attributes import copy_attributes, only_takes_new
from canvas_tui.storage.write.locking import Deadline, leads_to, locked_folder, try_lock, unlock_and_close

_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# Errors that mean: this name cannot be swapped here, but the file itself can still be written.
_NOT_HERE = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV, errno.EROFS})


class NotPossible(Exception):
    """The file cannot be replaced without losing something; write it in place. Nothing has changed."""


@dataclass(frozen=True)
class Swapped:
    """A file that was replaced: its fingerprint, whether the disk confirmed, and which system call did it."""

    fingerprint: Fingerprint
    durable: bool
    how: Literal["exchange", "rename"]


@dataclass(frozen=True)
class OldAndNew:
    """The bytes to replace and the ones to put there, each with its digest."""

    base: bytes
    base_digest: str
    new: bytes
    new_digest: str


@dataclass
class _Temporary:
    """Our new version beside the file. It is locked while we run, so that nobody takes it for a leftover."""

    place: FilePlace
    fd: int
    name: str
    receipt: receipts.Held

    def rename(self, name: str) -> None:
        folder = self.place.folder
        os.rename(self.name, name, src_dir_fd=folder, dst_dir_fd=folder)
        self.name = name

    def fill(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self.fd, view) :]
        os.fsync(self.fd)

    def is_at(self, name: str) -> bool:
        return leads_to(FilePlace(self.place.path, self.place.folder, name, self.place.listable), self.fd)

    def fingerprint(self, digest: str, fallback: os.stat_result) -> Fingerprint:
        with contextlib.suppress(OSError):
            fallback = os.fstat(self.fd)
        return Fingerprint.with_digest(fallback, digest)


@contextlib.contextmanager
def _temporary(place: FilePlace, fd: int | None, mode: int) -> Iterator[_Temporary]:
    """A new, empty, locked file beside the data, with a receipt. It is removed at the end unless it was swapped in."""
    with receipts.held("swap", place, place.folder, fd) as receipt:
        name = leftovers.temporary_name(place.name, receipt.token)
        temporary = _Temporary(place, os.open(name, _CREATE, mode, dir_fd=place.folder), name, receipt)
        try:
            try_lock(temporary.fd)
            receipt.made(temporary.fd)
            yield temporary
        finally:
            with contextlib.suppress(OSError):
                if temporary.is_at(temporary.name):
                    os.unlink(temporary.name, dir_fd=place.folder)
            unlock_and_close(temporary.fd)


def swap_in(place: FilePlace, fd: int, versions: OldAndNew, deadline: Deadline) -> Swapped | None:
    """Replace the locked file `fd`, which held the base when read, by a file with the new version.

    Gives None if somebody wrote in between; the file then holds what they wrote. Raises NotPossible, SaveError or
    OSError, all with the file untouched.
    """
    with contextlib.ExitStack() as stack:
        try:
            temporary = stack.enter_context(_temporary(place, fd, 0o600))
        except OSError as problem:
            if problem.errno in _NOT_HERE:
                raise NotPossible from problem
            raise
        if not copy_attributes(fd, temporary.fd):
            raise NotPossible
        temporary.fill(versions.new)
        before = os.fstat(temporary.fd)
        temporary.rename(leftovers.swap_name(temporary.name, versions.base_digest, versions.new_digest))
        with locked_folder(place, deadline):
            how = _swap(place, fd, versions.base, temporary)
        if how is None:
            return None
        durable = _sync_folder(place)
        if how == "exchange":
            _drop(place, temporary.name, fd)
        return Swapped(temporary.fingerprint(versions.new_digest, before), durable, how)


def _swap(place: FilePlace, fd: int, base: bytes, temporary: _Temporary) -> Literal["exchange", "rename"] | None:
    """The commit point. Returns how it was done, or None if somebody else's version is in the file."""
    if not leads_to(place, fd) or read_all(fd) != base:
        return None
    try:
        exchange.exchange(place.folder, temporary.name, place.name)
    except exchange.NotSupported:
        os.rename(temporary.name, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
        return "rename"
    except FileNotFoundError:
        return None  # just removed, as git does before it writes a file again
    except OSError as problem:
        if problem.errno in _NOT_HERE:
            raise NotPossible from problem
        raise
    came_out = FilePlace(place.path, place.folder, temporary.name, place.listable)
    try:
        if leads_to(came_out, fd) and read_all(fd) == base:
            return "exchange"
    except OSError:
        _keep(temporary)  # we cannot read it, so we cannot tell whose it is: it is not thrown away
        return "exchange"
    return _give_back(place, temporary)


def _give_back(place: FilePlace, temporary: _Temporary) -> Literal["exchange"] | None:
    """Put the swapped-out version back into the file immediately: its writer must find what they wrote."""
    try:
        exchange.exchange(place.folder, temporary.name, place.name)
        if temporary.is_at(temporary.name):
            return None
        # Between the two swaps somebody wrote over ours. Theirs is the latest: it stays, the first is kept aside.
        exchange.exchange(place.folder, temporary.name, place.name)
    except FileNotFoundError:
        pass  # somebody removed ours, to write the file again
    except OSError:
        _keep(temporary)
        return "exchange"  # ours stays in the file; theirs is kept beside it
    _keep(temporary)
    return None


def _keep(temporary: _Temporary) -> None:
    """Keep somebody's version beside the file, under a name that is never tidied away (see `leftovers.rescued`)."""
    temporary.receipt.keep = True
    with contextlib.suppress(OSError):
        folder, kept = temporary.place.folder, leftovers.rescued_name(temporary.name)
        os.rename(temporary.name, kept, src_dir_fd=folder, dst_dir_fd=folder)


def _drop(place: FilePlace, name: str, fd: int) -> None:
    """Remove the replaced version, unless the name now means another file."""
    with contextlib.suppress(OSError):
        if leads_to(FilePlace(place.path, place.folder, name, place.listable), fd):
            os.unlink(name, dir_fd=place.folder)


def _sync_folder(place: FilePlace) -> bool:
    try:
        os.fsync(place.folder)
    except OSError:
        return False
    return True


@dataclass(frozen=True)
class Created:
    """A file that was made: its fingerprint, and whether the disk confirmed."""

    fingerprint: Fingerprint
    durable: bool


def put_new(place: FilePlace, data: bytes) -> Created:
    """Write a new file under another name, then give it its own. Raises FileExistsError if that name is taken."""
    if only_takes_new(place.folder):  # nothing can be renamed or removed there
        raise PermissionError(errno.EPERM, "its folder takes new names but lets none be changed, chattr +a")
    with _temporary(place, None, 0o666) as temporary:
        folder = os.fstat(place.folder)
        if folder.st_mode & stat.S_ISGID:  # a team's folder: everybody who may write in it may write this file too
            os.fchmod(temporary.fd, stat.S_IMODE(os.fstat(temporary.fd).st_mode) | folder.st_mode & 0o060)
        temporary.fill(data)
        before = os.fstat(temporary.fd)
        try:
            exchange.rename_new(place.folder, temporary.name, place.name)
        except exchange.NotSupported:
            os.link(
                temporary.name,
                place.name,
                src_dir_fd=place.folder,
                dst_dir_fd=place.folder,
                follow_symlinks=False,
            )
            with contextlib.suppress(OSError):
                os.unlink(temporary.name, dir_fd=place.folder)
        return Created(temporary.fingerprint(digest_of(data), before), _sync_folder(place))
