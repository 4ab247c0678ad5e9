"""The files that a save makes beside the data: their names, and what becomes of those a killed process left.

Only what a receipt of this account vouches for is touched (receipts.py). Its name says how far the save had come, and
that decides who may be thrown away; TOKEN is the receipt's:
- `.plan.toml.canvas-tui-TOKEN`: still being written. Ours alone, never the only copy of anything.
- `.plan.toml.canvas-tui-TOKEN.BASE-NEW`: about to be swapped, or swapped out. With the digest BASE it is the
  version that was replaced, with NEW the one that never got in. With any other it is what somebody wrote in
  between, perhaps its only copy: put back, or kept as `.rescued` and told.
- `.plan.toml.canvas-tui-TOKEN.image`: both versions of a file being written in place (inplace.py).
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
from canvas_tui.storage.read.safe_open import Place, close_quietly, open_regular, read_all
from canvas_tui.storage.write import receipts
from canvas_tui.storage.write.locking import try_lock

_DIGITS = 16
_SWAP = re.compile(r"\.(?P<base>[0-9a-f]{16})-(?P<new>[0-9a-f]{16})")


def temporary_name(name: str, token: str) -> str:
    return f"{stem(name)}{token}"


def swap_name(temporary: str, base: str, new: str) -> str:
    """The name under which `temporary` is swapped in; `base` and `new` are digests."""
    return f"{temporary}.{base[:_DIGITS]}-{new[:_DIGITS]}"


def image_name(temporary: str) -> str:
    return f"{temporary}.image"


def rescued_name(leftover: str) -> str:
    """The name under which it is kept for a person; the receipt's token stays in it."""
    head, mark, rest = leftover.rpartition(MARK)
    return f"{head}{mark}{rest.partition('.')[0]}.rescued"


def lock_name(name: str) -> str:
    return f"{stem(name)}lock"


def rescued(folder: Path) -> list[Path]:
    """Versions that somebody wrote during a save of ours that was killed, each perhaps the only copy."""
    try:
        return sorted(folder / name for name in os.listdir(folder) if is_leftover(name) and name.endswith(".rescued"))
    except OSError:
        return []


def names_of(folder: int, receipt: Receipt) -> list[str] | None:
    """What there is of that save in the open folder; None where that cannot be told, or it is another folder."""
    start = temporary_name(receipt.name, receipt.token)
    try:
        if not receipt.folder.is_same(Origin.of(folder)):
            return None
        return sorted(name for name in os.listdir(folder) if name.startswith(start))
    except OSError:
        return None


@contextlib.contextmanager
def abandoned(folder: int, name: str) -> Iterator[int | None]:
    """The leftover, open and locked, if it is a regular file that no living process holds; else None."""
    fd: int | None = None
    try:
        with contextlib.suppress(OSError):
            fd = open_regular(Place(Path(name), folder, name, True), os.O_RDONLY)
            if not try_lock(fd):
                close_quietly(fd)
                fd = None
        yield fd
    finally:
        if fd is not None:
            close_quietly(fd)


def any_of(place: Place) -> bool:
    """Whether a save of this file began and has not ended: then `sweep` should look."""
    start = swap_key(os.fstat(place.folder).st_ino, place.name)
    return any(name.startswith(start) for name in names_in(receipts_folder()))


def sweep(place: Place, data: int | None) -> bool:
    """Tidy what killed saves of this file left. The caller holds the locks of the file (`data`) and of its folder.

    `data` is None where the file is not there. True when a version was put back in its place: read it again. Never
    raises OSError: tidying must not keep anyone from saving.
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


def _settle(place: Place, name: str, fd: int, receipt: Receipt, data: int | None) -> bool:
    """Throw away a version that is ours; put back or keep one that is somebody else's."""
    rest = name.removeprefix(temporary_name(place.name, receipt.token))
    match = _SWAP.fullmatch(rest)
    if not rest or match is None:
        if not rest:
            os.unlink(name, dir_fd=place.folder)
        return False  # a rescued version is for a person to throw away
    if data is None:
        return False  # the file was taken away since, and this may be the last of it
    is_small = os.fstat(fd).st_size <= MAX_BYTES  # what we write is
    if is_small and digest_of(read_all(fd))[:_DIGITS] in (match["base"], match["new"]):
        os.unlink(name, dir_fd=place.folder)
        return False
    if digest_of(read_all(data))[:_DIGITS] == match["new"]:
        # Killed between the swap and the look at what came out: our edit was never acknowledged, theirs was.
        os.rename(name, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
        return True
    os.rename(name, rescued_name(name), src_dir_fd=place.folder, dst_dir_fd=place.folder)
    return False
