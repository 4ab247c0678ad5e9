"""Writes into the file itself if its inode must stay: it has hard links, another owner, or an unwritable folder.

Such a write can be interrupted in the middle. So an image of both versions is put on the disk first, with a receipt.
The next save (or `recover`) then sees that the file is a mixture of the two, and finishes the write. A file that is
neither version, nor a mixture, was changed by somebody since: it stays as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from canvas_tui.storage.read.leftovers import vouches
from canvas_tui.storage.read.limits import MAX_BYTES
from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.receipts import Receipt, image_key
from canvas_tui.storage.read.safe_open import FilePlace, close_quietly, place_of, read_all
from canvas_tui.storage.read.state_folder import state_folder
from canvas_tui.storage.write import leftovers, receipts
from canvas_tui.storage.write.attributes import copy_attributes, let_in, only_takes_new
from canvas_tui.storage.write.errors import SaveError
from canvas_tui.storage.write.locking import Deadline, leads_to, locked_file, locked_folder, try_lock
from canvas_tui.storage.write.own_folder import make_own

_HEAD = struct.Struct(">16sQQ32s")  # magic, length of the old version, of the new one, digest of both
_MAGIC = b"canvas-tui image"
_BLOCK = 512  # bytes; disks write at least this much at once
_LONGEST_WRITE = 30.0  # seconds between the image and the last byte of the write it is for
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True)
class Image:
    """The two versions between which a write in place may have been cut."""

    old: bytes
    new: bytes

    def encode(self) -> bytes:
        """The image as the bytes of a file."""
        body = self.old + self.new
        digest = hashlib.blake2b(body, digest_size=32).digest()
        return _HEAD.pack(_MAGIC, len(self.old), len(self.new), digest) + body

    @classmethod
    def decode(cls, raw: bytes) -> Image | None:
        """The image in these bytes; None if the image itself is incomplete: then the write had not begun."""
        if len(raw) < _HEAD.size:
            return None
        magic, old, new, digest = _HEAD.unpack_from(raw)
        body = raw[_HEAD.size :]
        whole = magic == _MAGIC and len(body) == old + new
        if not whole or hashlib.blake2b(body, digest_size=32).digest() != digest:
            return None
        return cls(body[:old], body[old:])

    def is_torn(self, current: bytes) -> bool:
        """Whether `current` is neither version, but every block of it is from one of them or was never written."""
        shorter, longer = sorted((len(self.old), len(self.new)))
        if current in (self.old, self.new) or not shorter <= len(current) <= longer:
            return False
        # The file once the longer end is written, and the file just before it is cut to its new length.
        first, last = self.old + self.new[len(self.old) :], self.new + self.old[len(self.new) :]
        return all(
            _was_reached(*(version[at : at + _BLOCK] for version in (current, first, last)))
            for at in range(0, len(current), _BLOCK)
        )


def _was_reached(block: bytes, first: bytes, last: bytes) -> bool:
    """Whether an interrupted write from `first` to `last` may have left `block`: new bytes up to some point, then old
    ones, then perhaps zeros that were never written."""
    differs = (at for at, (one, other) in enumerate(zip(block, last, strict=False)) if one != other)
    written = next(differs, min(len(block), len(last)))
    rest = block[written:]
    return first[written:].startswith(rest) or first[written:].startswith(rest.rstrip(b"\0"))


def overwrite(fd: int, old: bytes, new: bytes) -> None:
    """Replace the bytes of a file that holds `old`. Raises OSError with the file back as it was.

    A longer end is written first: if the disk is full, that fails before any old byte is touched.
    """
    try:
        if len(new) > len(old):
            _write_at(fd, new[len(old) :], len(old))
        _write_at(fd, new[: len(old)], 0)
        os.ftruncate(fd, len(new))
    except OSError:
        _write_at(fd, old, 0)
        os.ftruncate(fd, len(old))
        raise


def _write_at(fd: int, data: bytes, at: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(fd, view, at)
        view, at = view[written:], at + written


def write_in_place(place: FilePlace, fd: int, image: Image) -> bool | None:
    """Write `image.new` into the locked file `fd`, which holds `image.old`; the image is made durable first.

    Gives True if the disk confirmed, False if it did not, and None if the file no longer held the old version and
    nothing was written. Raises OSError with the file as it was, or SaveError if even putting the old bytes back failed:
    the image then stays, and the next save finishes the write from it.
    """
    folder, own = _image_folder(place)
    try:
        with receipts.held("image", place, folder, fd) as held:
            return _write_with_image(place, fd, image, folder, own, held)
    finally:
        close_quietly(folder)


def _write_with_image(
    place: FilePlace, fd: int, image: Image, folder: int, own: bool, held: receipts.Held
) -> bool | None:
    temporary = at = leftovers.temporary_name(place.name, held.token)
    keep = False
    image_fd = -1
    try:
        image_fd = os.open(temporary, _CREATE, 0o600, dir_fd=folder)
        try_lock(image_fd)
        held.made(image_fd)
        if not own and not copy_attributes(fd, image_fd):  # everybody else must be able to finish it
            let_in(fd, image_fd)
        _write_at(image_fd, image.encode(), 0)
        os.fsync(image_fd)
        held.sync()
        name = leftovers.image_name(temporary)
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        at = name
        os.fsync(folder)
        os.utime(image_fd)
        if not leads_to(place, fd) or read_all(fd) != image.old:
            return None
        keep = True  # from here until the file is known to be whole
        keep = not _overwrite_durably(fd, image)
        return not keep
    except OSError as problem:
        if not keep:
            raise
        with contextlib.suppress(OSError):
            keep = read_all(fd) != image.old
        if not keep:
            raise
        wrong = f"is half written, the disk failed in the middle ({(problem.strerror or 'no reason').lower()})"
        raise SaveError(
            place.path, wrong, "save again to finish it; a whole copy is kept until then", "io"
        ) from problem
    finally:
        held.keep = keep
        if not keep and image_fd >= 0:
            with contextlib.suppress(OSError):
                os.unlink(at, dir_fd=folder)
        if image_fd >= 0:
            close_quietly(image_fd)


def _overwrite_durably(fd: int, image: Image) -> bool:
    """Write the new version. Gives True if it was synced; once every byte is written, a failing sync raises nothing."""
    overwrite(fd, image.old, image.new)
    try:
        os.fsync(fd)
    except OSError:
        return False
    return True


def _image_folder(place: FilePlace) -> tuple[int, bool]:
    """(an open folder for the image, whether it is the person's own folder): beside the file if possible."""
    if _has_room_beside(place):
        return os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=place.folder), False
    folder = own_images()
    try:
        make_own(folder)
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC), True
    except OSError as problem:
        wrong = f"cannot be saved safely, {folder} is not there and cannot be made"
        raise SaveError(place.path, wrong, "make your state folder writable", "refused") from problem


def _has_room_beside(place: FilePlace) -> bool:
    """Whether the image can be made beside the file, where other people find it; else it goes into our own folder."""
    return place.listable and may_write_folder(place)


def may_write_folder(place: FilePlace) -> bool:
    """Whether the user may, by the permissions, make and remove names in the file's folder."""
    effective = os.access in os.supports_effective_ids
    may = os.access(".", os.W_OK | os.X_OK, dir_fd=place.folder, effective_ids=effective)
    return may and not only_takes_new(place.folder)


def own_images() -> Path:
    """The person's own folder for images of files in folders that we may not write to."""
    return state_folder() / "images"


def recover(path: Path, root: Path, *, timeout: float = 5.0) -> bool:
    """Finish a save of this file that was interrupted. Gives whether that changed the file.

    For a workspace that is opened for writing; every save does this first too. Raises OSError or SaveError.
    """
    deadline = Deadline.after(timeout)
    with place_of(path, root) as place, locked_file(place, deadline) as fd:
        finished = finish(place, fd)
        if not leftovers.any_of(place):
            return finished
        with locked_folder(place, deadline):
            return leftovers.sweep(place, fd) or finished


def finish(place: FilePlace, fd: int) -> bool:
    """Finish an interrupted write in place of the locked file `fd`. Gives whether there was one.

    Raises OSError if the file cannot be written; the image then stays.
    """
    finished = False
    start = image_key(os.fstat(fd).st_ino)
    for receipt in receipts.left(lambda name: name.startswith(start)):
        if receipt.file is None or not receipt.file.is_same(Origin.of(fd)):
            continue
        with _folder_of(place, receipt) as folder:
            for name in leftovers.names_of(folder, receipt) or ():
                with leftovers.abandoned(folder, name) as image:
                    if image is not None and vouches(receipt, image, fd):
                        finished |= name.endswith(".image") and _finish_from(image, fd)
                        os.unlink(name, dir_fd=folder)
            if leftovers.names_of(folder, receipt) == []:
                receipts.drop(receipt)
    return finished


@contextlib.contextmanager
def _folder_of(place: FilePlace, receipt: Receipt) -> Iterator[int]:
    """The open folders in which the image may be: beside the file, our own, or where the file had another name. The
    receipt tells which is the right one."""
    if receipt.folder.is_same(Origin.of(place.folder)):
        folder = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=place.folder)
    else:
        folder = os.open(receipt.where, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield folder
    finally:
        close_quietly(folder)


def _finish_from(image_fd: int, fd: int) -> bool:
    if os.fstat(image_fd).st_size > 2 * MAX_BYTES + _HEAD.size:
        return False  # not an image of ours
    image = Image.decode(read_all(image_fd))
    # Later than an interrupted write can be: somebody has changed the file since, so it stays as it is.
    edited_since = os.fstat(fd).st_mtime - os.fstat(image_fd).st_mtime > _LONGEST_WRITE
    if image is None or edited_since or not image.is_torn(read_all(fd)):
        return False
    _write_at(fd, image.new, 0)
    os.ftruncate(fd, len(image.new))
    os.fsync(fd)
    return True
