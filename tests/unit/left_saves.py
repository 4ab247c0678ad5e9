"""What a killed save leaves, made as a save makes it: with a receipt in this account's own state folder.

`planted` makes the same without one, as a repository or another account brings it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from canvas_tui.storage.read.fingerprint import digest_of
from canvas_tui.storage.read.receipts import SaveKind
from canvas_tui.storage.read.safe_open import place_of
from canvas_tui.storage.write import leftovers, receipts


@contextmanager
def _receipt(plan: Path, kind: SaveKind) -> Iterator[receipts.Held]:
    with (
        place_of(plan, plan.parent) as place,
        plan.open("rb") as file,
        receipts.held(kind, place, place.folder, file.fileno()) as held,
    ):
        held.keep = True
        yield held


def _made(held: receipts.Held, path: Path) -> None:
    with path.open("rb") as file:
        held.made(file.fileno())


def left_temporary(plan: Path, data: bytes) -> Path:
    """A save that was killed while it wrote its new version."""
    with _receipt(plan, "swap") as held:
        path = plan.with_name(leftovers.temporary_name(plan.name, held.token))
        path.write_bytes(data)
        _made(held, path)
    return path


def left_swap(plan: Path, data: bytes, base: bytes, new: bytes, *, is_swapped: bool = True) -> Path:
    """A save that was killed about its swap, with `data` under the name that is swapped.

    `is_swapped`: what is in the file now is what that save made; else that is what lies beside it.
    """
    with _receipt(plan, "swap") as held:
        temporary = leftovers.temporary_name(plan.name, held.token)
        path = plan.with_name(leftovers.swap_name(temporary, digest_of(base), digest_of(new)))
        path.write_bytes(data)
        _made(held, plan if is_swapped else path)
    return path


def left_image(plan: Path, image: bytes) -> Path:
    """A save in place that was killed, with this image beside the file."""
    with _receipt(plan, "image") as held:
        path = plan.with_name(leftovers.image_name(leftovers.temporary_name(plan.name, held.token)))
        path.write_bytes(image)
        _made(held, path)
    return path


def left_rescued(plan: Path, data: bytes) -> Path:
    """What somebody wrote while a save of ours was cut off, kept beside the file."""
    path = left_swap(plan, data, b"", b"")
    return path.rename(path.with_name(leftovers.rescued_name(path.name)))


def planted(plan: Path, data: bytes, kind: str = "", token: str = "") -> Path:
    """A file with the name of a leftover, and no receipt. kind: "", ".image", ".rescued" or ".BASE-NEW"."""
    path = plan.with_name(leftovers.temporary_name(plan.name, token or secrets.token_hex(8)) + kind)
    path.write_bytes(data)
    return path
