"""Receipts: notes in the person's own state folder that a save has begun, each written before the save.

Only a file that a receipt names is a leftover of ours. Names, owners and contents of files can come with a repository,
but a receipt cannot: it notes inodes, its own among them. Reads only; the writer half makes receipts.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from canvas_tui.storage.read.origin import Origin, says_its_own
from canvas_tui.storage.read.state_folder import state_folder

SaveKind = Literal["swap", "image"]
_MOST_BYTES = 16 * 1024
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def receipts_folder() -> Path:
    """The folder of the receipts. It may not exist."""
    return state_folder() / "saves"


class Receipt(NamedTuple):
    """A save of the file `name`. Its leftovers are in `folder`, whose path was `where`, with `token` in their names.

    `file` is the file to be saved, None if it was new. `made` is the new file that the save made, None if it had not
    made one yet.
    """

    token: str
    kind: SaveKind
    name: str
    where: str
    folder: Origin
    file: Origin | None
    made: Origin | None

    @classmethod
    def told(cls, data: object) -> Receipt | None:
        """The receipt in parsed JSON; None if that is not a valid receipt."""
        if not isinstance(data, dict):
            return None
        words = [data.get(key) for key in ("token", "name", "where")]
        folder, kind = Origin.told(data.get("folder")), data.get("kind")
        if folder is None or kind not in ("swap", "image") or not all(isinstance(word, str) and word for word in words):
            return None
        token, name, where = map(str, words)
        return cls(token, kind, name, where, folder, Origin.told(data.get("file")), Origin.told(data.get("made")))

    def as_data(self, own: Origin) -> dict[str, Any]:
        """The data to write as JSON into the receipt's own file, whose identity is `own`."""
        return self._asdict() | {"own": own}


def swap_key(folder: int, name: str) -> str:
    """How the names of receipts for swapping the file `name` begin. `folder` is the inode of its folder."""
    return f"s{folder:x}-{os.fsencode(name).hex()[:64]}-"


def image_key(file: int) -> str:
    """How the names of receipts for writing in place begin. `file` is the inode of the file."""
    return f"i{file:x}-"


def names_in(folder: Path) -> list[str]:
    """The names of all receipts; none if the folder is missing, or belongs to somebody else."""
    try:
        if os.stat(folder, follow_symlinks=False).st_uid != os.geteuid():
            return []
        return sorted(os.listdir(folder))
    except OSError:
        return []


def receipt_in(fd: int) -> Receipt | None:
    """The receipt in this open file; None if it is not valid, or was not written here. Raises OSError."""
    info = os.fstat(fd)
    if not stat.S_ISREG(info.st_mode) or info.st_uid != os.geteuid() or info.st_size > _MOST_BYTES:
        return None
    try:
        data = json.loads(os.pread(fd, _MOST_BYTES, 0))
    except (ValueError, RecursionError):
        return None
    return Receipt.told(data) if isinstance(data, dict) and says_its_own(data.get("own"), fd) else None


def open_receipt(folder: Path, name: str) -> int:
    """Open a receipt to read it. Raises OSError."""
    return os.open(folder / name, _FLAGS)


def receipts() -> Iterator[Receipt]:
    """Every receipt of this account."""
    folder = receipts_folder()
    for name in names_in(folder):
        try:
            fd = open_receipt(folder, name)
        except OSError:
            continue
        try:
            if (found := receipt_in(fd)) is not None:
                yield found
        except OSError:
            continue
        finally:
            os.close(fd)
