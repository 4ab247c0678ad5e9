"""The files that a save makes beside the data: their names, and what is done with those that a killed save left.

Only files that a receipt of this account names are touched (receipts.py). The name says how far the save had come, and
so whether the file may be thrown away. TOKEN is the receipt's:
- `.plan.toml.canvas-tui-TOKEN`: still being written. It is ours, and never the only copy of anything.
- `.plan.toml.canvas-tui-TOKEN.BASE-NEW`: about to be swapped in, or swapped out. If its digest is BASE it is the
version that was replaced; if NEW, the version that was never swapped in. With any other digest it is what somebody
wrote in between, perhaps the only copy: it is put back, or kept as `.rescued` and reported. -
`.plan.toml.canvas-tui-TOKEN.image`: both versions of a file that is being written in place (inplace.py).
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from canvas_tui.storage.read.fingerprint import digest_of
from canvas_tui.storage.read.leftovers import MARK, is_leftover, stem, vouches
from canvas_tui.storage.read.limits import MAX_BYTES
from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.receipts import Receipt, names_in, receipts_folder, swap_key
from canvas_tui.storage.read.safe_open import FilePlace, close_quietly, open_regular, read_all
from canvas_tui.storage.write import receipts
from canvas_tui.storage.write.locking import try_lock

_DIGITS = 16
_SWAP = re.compile(r"\.(?P<base>[0-9a-f]{16})-(?P<new>[0-9a-f]{16})")


def temporary_name(name: str, token: str) -> str:
    """The name of the new version of the file `name` while it is being written."""
    return f"{stem(name)}{token}"


def swap_name(temporary: str, base: str, new: str) -> str:
    """The name under which `temporary` is swapped in; `base` and `new` are digests."""
    return f"{temporary}.{base[:_DIGITS]}-{new[:_DIGITS]}"


def image_name(temporary: str) -> str:
    """The name of the image of a write in place."""
    return f"{temporary}.image"


def rescued_name(leftover: str) -> str:
    """The name under which a leftover is kept for a person; the receipt's token stays in it."""
    head, mark, rest = leftover.rpartition(MARK)
    return f"{head}{mark}{rest.partition('.')[0]}.rescued"


def lock_name(name: str) -> str:
    """The name of the lock file beside the file `name`, on a network file system."""
    return f"{stem(name)}lock"


def rescued(folder: Path) -> list[Path]:
    """The `.rescued` files in a folder: versions that somebody wrote during a save of ours that was killed."""
    try:
        return sorted(folder / name for name in os.listdir(folder) if is_leftover(name) and name.endswith(".rescued"))
    except OSError:
        return []


def names_of(folder: int, receipt: Receipt) -> list[str] | None:
    """The names of that save's files in the open folder; None if it cannot be listed, or is another folder."""
    start = temporary_name(receipt.name, receipt.token)
    try:
        if not receipt.folder.is_same(Origin.of(folder)):
            return None
        return sorted(name for name in os.listdir(folder) if name.startswith(start))
    except OSError:
        return None


@contextlib.contextmanager
def abandoned(folder: int, name: str) -> Iterator[int | None]:
    """The leftover, open and locked, if it is a regular file that no running process holds; else None."""
    fd: int | None = None
    try:
        with contextlib.suppress(OSError):
            fd = open_regular(FilePlace(Path(name), folder, name, True), os.O_RDONLY)
            if not try_lock(fd):
                close_quietly(fd)
                fd = None
        yield fd
    finally:
        if fd is not None:
            close_quietly(fd)


def any_of(place: FilePlace) -> bool:
    """Whether a save of this file began and has not ended: then `sweep` should look."""
    start = swap_key(os.fstat(place.folder).st_ino, place.name)
    return any(name.startswith(start) for name in names_in(receipts_folder()))


def sweep(place: FilePlace, data: int | None) -> bool:
    """Tidy what killed saves of this file left. The caller holds the locks of the file (`data`) and of its folder.

    `data` is None if the file does not exist. Gives True if a version was put back in its place: then read the file
    again. Never raises OSError: a failure to tidy must not prevent a save.
    """
    start = swap_key(os.fstat(place.folder).st_ino, place.name)
    for receipt in receipts.left(lambda name: name.startswith(start)):
        names = names_of(place.folder, receipt)
        if receipt.name != place.name or names is None:
            continue
        for name in names:
            with contextlib.suppress(OSError), abandoned(place.folder, name) as fd:
                if fd is not None and vouches(receipt, fd, data) and _settle(place, name, fd, receipt, data):
                    return True
        if not names_of(place.folder, receipt):
            receipts.drop(receipt)
    return False


def _settle(place: FilePlace, name: str, fd: int, receipt: Receipt, data: int | None) -> bool:
    """Throw away a version that is ours; put back or keep one that somebody else wrote."""
    rest = name.removeprefix(temporary_name(place.name, receipt.token))
    match = _SWAP.fullmatch(rest)
    if not rest or match is None:
        if not rest:
            os.unlink(name, dir_fd=place.folder)
        return False  # only a person may throw a rescued version away
    if data is None:
        return False  # the file was removed since, and this may be its last copy
    is_small = os.fstat(fd).st_size <= MAX_BYTES  # every file that we write is
    if is_small and digest_of(read_all(fd))[:_DIGITS] in (match["base"], match["new"]):
        os.unlink(name, dir_fd=place.folder)
        return False
    if digest_of(read_all(data))[:_DIGITS] == match["new"]:
        # Killed between the swap and the look at what came out: our edit was never acknowledged, theirs was.
        os.rename(name, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
        return True
    os.rename(name, rescued_name(name), src_dir_fd=place.folder, dst_dir_fd=place.folder)
    return False
