"""Writes into the file itself where it must stay the same inode: hard links, an unwritable folder, its owner.

Such a write can be cut in the middle, so an image of both versions is made durable first. Whoever saves next
(or calls `recover`) finds a file that is a mixture of the two and finishes the write. A file that is neither
of them, nor a mixture, was changed by a person since: it stays as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from canvas_tui.storage.read.limits import MAX_BYTES
from canvas_tui.storage.read.safe_open import Place, close_quietly, place_of, read_all
from canvas_tui.storage.write import leftovers
from canvas_tui.storage.write.attributes import copy_attributes, let_in, may_write, only_takes_new
from canvas_tui.storage.write.errors import SaveError
from canvas_tui.storage.write.locking import Deadline, leads_to, locked_file, try_lock
from canvas_tui.storage.write.own_folder import make_own

_HEAD = struct.Struct(">16sQQ32s")  # magic, length of the old version, of the new one, digest of both
_MAGIC = b"canvas-tui image"
_BLOCK = 512  # bytes; disks write no less at once
_LONGEST_WRITE = 30.0  # seconds between the image and the last byte of the write it is for
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True)
class Image:
    """The two versions between which a write in place may have been cut."""

    old: bytes
    new: bytes

    def encode(self) -> bytes:
        body = self.old + self.new
        digest = hashlib.blake2b(body, digest_size=32).digest()
        return _HEAD.pack(_MAGIC, len(self.old), len(self.new), digest) + body

    @classmethod
    def decode(cls, raw: bytes) -> Image | None:
        """None for an image that was itself cut: then the write had not begun."""
        if len(raw) < _HEAD.size:
            return None
        magic, old, new, digest = _HEAD.unpack_from(raw)
        body = raw[_HEAD.size :]
        whole = magic == _MAGIC and len(body) == old + new
        if not whole or hashlib.blake2b(body, digest_size=32).digest() != digest:
            return None
        return cls(body[:old], body[old:])

    def is_torn(self, current: bytes) -> bool:
        """Whether `current` is neither version, and every block of it is one of theirs or was never written."""
        shorter, longer = sorted((len(self.old), len(self.new)))
        if current in (self.old, self.new) or not shorter <= len(current) <= longer:
            return False
        # What the file holds once the longer end is written, and just before it is cut to its new length.
        first, last = self.old + self.new[len(self.old) :], self.new + self.old[len(self.new) :]
        return all(
            _was_reached(*(version[at : at + _BLOCK] for version in (current, first, last)))
            for at in range(0, len(current), _BLOCK)
        )


def _was_reached(block: bytes, first: bytes, last: bytes) -> bool:
    """Whether a write that turns `first` into `last` may have left `block`: up to some byte the new one, then
    the old one, then perhaps zeros that nothing has reached."""
    differs = (at for at, (one, other) in enumerate(zip(block, last, strict=False)) if one != other)
    written = next(differs, min(len(block), len(last)))
    rest = block[written:]
    return first[written:].startswith(rest) or first[written:].startswith(rest.rstrip(b"\0"))


def overwrite(fd: int, old: bytes, new: bytes) -> None:
    """Replace the bytes of a file that holds `old`. Raises OSError with the file back as it was.

    What is longer is written first: when the disk is full that fails while nothing old is touched.
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


def write_in_place(place: Place, fd: int, image: Image) -> bool | None:
    """Write `image.new` into the locked file `fd`, which holds `image.old`; the image is made durable first.

    True when durable, False when that could not be confirmed, None when the file no longer held the old
    version and nothing was written. Raises OSError with the file as it was, or SaveError where even putting
    the old bytes back failed: the image then stays, and the next save finishes from it.
    """
    folder, name, own = _image_place(place, fd)
    temporary = at = leftovers.temporary_name(place.name)
    keep = False
    image_fd = -1
    try:
        image_fd = os.open(temporary, _CREATE, 0o600, dir_fd=folder)
        try_lock(image_fd)
        if not own and not copy_attributes(fd, image_fd):  # everyone who may write the file can finish the write
            let_in(fd, image_fd)
        _write_at(image_fd, image.encode(), 0)
        os.fsync(image_fd)
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
        if not keep and image_fd >= 0:
            with contextlib.suppress(OSError):
                os.unlink(at, dir_fd=folder)
        if image_fd >= 0:
            close_quietly(image_fd)
        close_quietly(folder)


def _overwrite_durably(fd: int, image: Image) -> bool:
    """True when synced. Once every byte is written there is no failure any more, only doubt."""
    overwrite(fd, image.old, image.new)
    try:
        os.fsync(fd)
    except OSError:
        return False
    return True


def _image_place(place: Place, source: int) -> tuple[int, str, bool]:
    """An open folder for the image, its name, and whether it is the user's own: beside the file if possible."""
    if _has_room_beside(place):
        name = leftovers.image_name(leftovers.temporary_name(place.name))
        return os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=place.folder), name, False
    folder = own_images()
    try:
        make_own(folder)
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC), _own_name(source), True
    except OSError as problem:
        wrong = f"cannot be saved safely, {folder} is not there and cannot be made"
        raise SaveError(place.path, wrong, "make your state folder writable", "refused") from problem


def _has_room_beside(place: Place) -> bool:
    """Whether images stand beside the file (where others find them), and not in the user's own folder."""
    return place.listable and may_write_folder(place)


def may_write_folder(place: Place) -> bool:
    """Whether the user may, by the permissions, make and remove names in the file's folder."""
    effective = os.access in os.supports_effective_ids
    may = os.access(".", os.W_OK | os.X_OK, dir_fd=place.folder, effective_ids=effective)
    return may and not only_takes_new(place.folder)


def own_images() -> Path:
    """Where images are kept of files whose folder may not be written."""
    from platformdirs import user_state_path

    return user_state_path("canvas-tui") / "images"


def _own_name(fd: int) -> str:
    info = os.fstat(fd)
    return f"{info.st_dev:x}-{info.st_ino:x}.image"


def recover(path: Path, root: Path, *, timeout: float = 5.0) -> bool:
    """Finish what a killed save of this file left half done. True when the file was changed by it.

    For a workspace that is opened for writing; every save does the same first. Raises OSError or SaveError.
    """
    deadline = Deadline.after(timeout)
    with place_of(path, root) as place, locked_file(place, deadline) as fd:
        return finish(place, fd) or leftovers.sweep(place, read_all(fd))


def finish(place: Place, fd: int) -> bool:
    """Finish a write in place of the locked file `fd` that was cut. True when there was one.

    Raises OSError where the file cannot be written; the image then stays.
    """
    finished = False
    for name in leftovers.images(place):
        with leftovers.abandoned(place, name) as image:
            if image is not None and _may_finish(place, image, fd):
                finished |= _finish_from(image, fd)
                os.unlink(name, dir_fd=place.folder)
    with contextlib.suppress(FileNotFoundError):
        if _has_room_beside(place):
            return finished
        own = own_images() / _own_name(fd)
        finished |= _finish_from_path(own, fd)
        os.unlink(own)
    return finished


def _may_finish(place: Place, image: int, fd: int) -> bool:
    """Whether the image is of one who may write the file, or at least replace it: anybody could plant another.

    A file with a second name cannot be replaced: the other name may be outside the folder, even at a person's home.
    """
    if os.fstat(fd).st_nlink == 1 and leftovers.may_trust(place, image):
        return True
    return may_write(fd, os.fstat(image).st_uid)


def _finish_from_path(path: Path, fd: int) -> bool:
    image = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        return may_write(fd, os.fstat(image).st_uid) and _finish_from(image, fd)
    finally:
        close_quietly(image)


def _finish_from(image_fd: int, fd: int) -> bool:
    if os.fstat(image_fd).st_size > 2 * MAX_BYTES + _HEAD.size:
        return False  # none of ours
    image = Image.decode(read_all(image_fd))
    # Later than a cut write can be: a person has worked on the file since, and it is theirs now.
    edited_since = os.fstat(fd).st_mtime - os.fstat(image_fd).st_mtime > _LONGEST_WRITE
    if image is None or edited_since or not image.is_torn(read_all(fd)):
        return False
    _write_at(fd, image.new, 0)
    os.ftruncate(fd, len(image.new))
    os.fsync(fd)
    return True
