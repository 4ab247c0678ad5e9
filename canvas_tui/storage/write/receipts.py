"""Makes the receipt of a save before the save makes any file, and removes it once nothing of the save is left.

The receipt is locked as long as the save runs: an unlocked receipt was left by a save that was killed. If a receipt
cannot be made, the save goes on without; what it may leave is then reported like a file from elsewhere.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.receipts import (
    Receipt,
    SaveKind,
    image_key,
    names_in,
    open_receipt,
    receipt_in,
    receipts_folder,
    swap_key,
)
from canvas_tui.storage.read.safe_open import FilePlace, close_quietly
from canvas_tui.storage.write.own_folder import make_own

_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_EMPTY_FOR = 60.0  # seconds that a receipt may be empty: a save writes it right after making it
_ROOM = 1024  # the least bytes of a receipt, so that a new text replaces it in one write


@dataclass
class Held:
    """The receipt of a running save. `token` is in the names of the files that the save makes."""

    token: str
    receipt: Receipt | None = None
    path: Path | None = None
    fd: int = -1
    keep: bool = False  # a file of the save stays, so the receipt must stay too

    def made(self, fd: int) -> None:
        """Note the identity of the file that was made, before anything is written into it."""
        if self.receipt is not None:
            with contextlib.suppress(OSError):
                self.receipt = self.receipt._replace(made=Origin.of(fd))
                _write(self.fd, self.receipt)

    def sync(self) -> None:
        """Put the receipt on the disk, so that it outlasts a loss of power. Best effort."""
        if self.receipt is not None and self.path is not None:
            with contextlib.suppress(OSError):
                os.fsync(self.fd)
                _sync(self.path.parent)

    def end(self) -> None:
        """End the save: the receipt is removed, unless `keep` is set."""
        if self.path is not None and not self.keep:
            with contextlib.suppress(OSError):
                os.unlink(self.path)
        if self.fd >= 0:
            close_quietly(self.fd)
            self.fd = -1


@contextlib.contextmanager
def held(kind: SaveKind, place: FilePlace, folder: int, file: int | None) -> Iterator[Held]:
    """A receipt for a save of the file at `place`, which is open as `file` (None: new). The save makes its files in the
    open `folder`."""
    one = Held(secrets.token_hex(8))
    try:
        with contextlib.suppress(OSError):
            _begin(one, kind, place, folder, file)
        yield one
    finally:
        one.end()


def _begin(one: Held, kind: SaveKind, place: FilePlace, folder: int, file: int | None) -> None:
    there, own = receipts_folder(), Origin.of(folder)
    saved = None if file is None else Origin.of(file)
    where = os.fspath(place.path.parent.absolute()) if folder == place.folder else ""
    receipt = Receipt(one.token, kind, place.name, where or _path_of(folder), own, saved, None)
    make_own(there)
    key = image_key(saved.inode) if kind == "image" and saved is not None else swap_key(own.inode, place.name)
    path = there / f"{key}{one.token}"
    one.fd = os.open(path, _CREATE, 0o600)
    one.path = path
    fcntl.flock(one.fd, fcntl.LOCK_EX)
    _write(one.fd, receipt)
    one.receipt = receipt


def _path_of(folder: int) -> str:
    """The path of an open folder, "" if unknown. It is a hint; the folder's inode counts."""
    try:
        return os.readlink(f"/proc/self/fd/{folder}")
    except OSError:
        return "?"


def _write(fd: int, receipt: Receipt) -> None:
    data = json.dumps(receipt.as_data(Origin.of(fd))).encode("ascii")
    os.pwrite(fd, data.ljust(_ROOM), 0)


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def left(is_wanted: Callable[[str], bool]) -> Iterator[Receipt]:
    """The receipts of saves that have ended, of names that `is_wanted` accepts. Each is locked by us while it is given.

    If nothing of a save is left, the caller removes its receipt with `drop`.
    """
    folder = receipts_folder()
    for name in names_in(folder):
        if not is_wanted(name):
            continue
        with contextlib.suppress(OSError), contextlib.closing(_Opened(open_receipt(folder, name))) as opened:
            fcntl.flock(opened.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            receipt = receipt_in(opened.fd)
            if receipt is not None and name.endswith(f"-{receipt.token}"):
                yield receipt
            elif not os.fstat(opened.fd).st_size and time.time() - os.fstat(opened.fd).st_ctime > _EMPTY_FOR:
                os.unlink(folder / name)


def drop(receipt: Receipt) -> None:
    """Remove the receipt of a save of which nothing is left."""
    folder = receipts_folder()
    for name in names_in(folder):
        if name.endswith(f"-{receipt.token}"):
            with contextlib.suppress(OSError):
                os.unlink(folder / name)


@dataclass
class _Opened:
    fd: int

    def close(self) -> None:
        close_quietly(self.fd)
