"""A source of the files of a workspace: a folder on disk, or a revision in git.

Paths are relative to the root of the workspace, with forward slashes. The path of a folder ends with a slash, and "" is
the root.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from canvas_tui.core.workspace import Problem
from canvas_tui.storage.read.leftovers import problems_of
from canvas_tui.storage.read.passed import Passed, passed_in_root
from canvas_tui.storage.read.safe_open import read_file


class FolderItem(NamedTuple):
    """One name in a folder. `size` (bytes) and `stamp` (a time) are set for TOML files only."""

    name: str
    kind: Literal["file", "folder", "link"]
    size: int = 0
    stamp: int = 0


class Source(Protocol):
    """What the reader needs to know of the files of a workspace, wherever they are."""

    @property
    def label(self) -> str:
        """What the source is called in messages."""

    def listed(self, folder: str) -> Sequence[FolderItem]:
        """Everything in a folder. Raises OSError."""

    def read(self, path: str) -> bytes:
        """The bytes of a file, or of the file that a link leads to. Raises FileProblem."""

    def passed(self, folder: str, names: Collection[str], above: Passed | None) -> Passed:
        """What is passed over in a folder that holds `names`. `above` is its parent's Passed, None for the root."""

    def problems(self, folder: str, names: Iterable[str]) -> Iterable[Problem]:
        """The problems to report about names in a folder that are not files of the workspace."""

    def real(self, path: str) -> str:
        """A unique name for the file that a path leads to: two paths with the same name are one file."""

    def is_folder(self, link: str) -> bool:
        """Whether a link leads to a folder."""


class Disk:
    """A Source that is a folder on disk."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.label = str(root)

    def listed(self, folder: str) -> list[FolderItem]:
        """Everything in a folder. Raises OSError."""
        with os.scandir(self._root / folder) as entries:
            return [_listed(entry) for entry in entries]

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileProblem."""
        return read_file(self._root / path, self._root).data

    def passed(self, folder: str, names: Collection[str], above: Passed | None) -> Passed:
        """What is passed over, by the ignore lists on disk, also those of a git repository around the root."""
        if above is None:
            return passed_in_root(os.path.realpath(self._root))
        return above.inside(str(self._root / folder), folder.split("/")[-2], names)

    def problems(self, folder: str, names: Iterable[str]) -> Iterable[Problem]:
        """Problems about what interrupted saves left beside the data."""
        return problems_of(self._root, folder, names)

    def real(self, path: str) -> str:
        """The path with all links resolved."""
        return os.path.realpath(self._root / path)

    def is_folder(self, link: str) -> bool:
        """Whether a link leads to a folder. False for a broken link: that is reported when it is read."""
        return os.path.isdir(self._root / link)


def _listed(entry: os.DirEntry[str]) -> FolderItem:
    if entry.is_dir(follow_symlinks=False):
        return FolderItem(entry.name, "folder")
    if not entry.name.endswith(".toml"):
        return FolderItem(entry.name, "file")
    kind: Literal["file", "link"] = "link" if entry.is_symlink() else "file"
    try:
        info = entry.stat(follow_symlinks=False)
    except OSError:  # gone meanwhile
        return FolderItem(entry.name, kind)
    return FolderItem(entry.name, kind, info.st_size, info.st_mtime_ns)
