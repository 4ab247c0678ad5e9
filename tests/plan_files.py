"""The files of a plan beside an open session: what they hold, and what another program or person does to them.

The file is the sample's lean canvas unless another one is named. Owns no session.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEAN = "lean-canvas.toml"


def lean_file(plan: Path) -> Path:
    """The file of the sample's lean canvas."""
    return plan / LEAN


def lean(plan: Path) -> str:
    """What the file of the sample's lean canvas holds."""
    return lean_file(plan).read_text(encoding="utf-8")


def change(plan: Path, old: str, new: str, file: str = LEAN) -> None:
    """Somebody else saves the file with other words in it; they must have been there."""
    path = plan / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def take_out(plan: Path, identity: str, file: str = LEAN) -> None:
    """Somebody else takes the element with this id out; it must have been there."""
    parts = (plan / file).read_text(encoding="utf-8").split("\n\n")
    left = [part for part in parts if f'id = "{identity}"' not in part]
    assert len(left) < len(parts)
    (plan / file).write_text("\n\n".join(left), encoding="utf-8")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program keeps the file locked for as long as it likes."""
    fd = os.open(path, os.O_RDWR)
    fcntl.flock(fd, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(fd)
