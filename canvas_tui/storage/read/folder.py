"""Which files a workspace's folder holds: every *.toml below it, save what `passed` passes over and nested workspaces.

Folders are never entered through links; a link to a file counts unless the file itself is there already. Only names
and kinds are looked at: what cannot be opened is found out by whoever opens it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from canvas_tui.core.workspace import Problem
from canvas_tui.storage.read.leftovers import problems_of
from canvas_tui.storage.read.limits import MAX_BYTES, MAX_BYTES_TOGETHER, MAX_FILES, MAX_FOLDERS_DEEP
from canvas_tui.storage.read.passed import HEADER_FILE, Passed, is_environment, passed_in_root
from canvas_tui.storage.read.templates import MODELS_FOLDER


class ReadError(Exception):
    """A workspace that cannot be read at all; the message says what is wrong and what to do."""


class Listing(NamedTuple):
    """The files of a workspace, relative to its root, and its own models as (name, size, mtime)."""

    files: tuple[str, ...]
    models: tuple[tuple[str, int, int], ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()  # folders that cannot be listed
    passed: tuple[str, ...] = ()  # files that git ignores, or that the workspace does


def list_folder(root: Path) -> Listing:
    """Everything that belongs to the workspace in this folder. Raises ReadError where that is beyond all measure."""
    walk = _Walk(root)
    walk.enter("", 0, None)
    files = walk.files
    if walk.links:
        real = os.path.realpath(root)
        there = {os.path.join(real, *file.split("/")) for file in files}
        files += [link for link in walk.links if os.path.realpath(root / link) not in there]
    if HEADER_FILE not in files:
        files.append(HEADER_FILE)  # told as missing when it is read
    return Listing(
        tuple(sorted(files)), tuple(sorted(walk.models)), tuple(walk.problems), tuple(walk.unread), tuple(walk.passed)
    )


class _Walk:
    def __init__(self, root: Path) -> None:
        self._root = root
        self.files: list[str] = []
        self.links: list[str] = []
        self.models: list[tuple[str, int, int]] = []
        self.problems: list[Problem] = []
        self.unread: list[str] = []
        self.passed: list[str] = []
        self._bytes = 0

    def enter(self, folder: str, depth: int, above: Passed | None) -> None:
        """Collect from one folder ("" is the root, else with a slash at its end). `above` is of the one it is in."""
        try:
            with os.scandir(self._root / folder) as entries:
                names = list(entries)
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            self.problems.append(Problem(folder, 0, f"the folder cannot be read ({reason})", "ask its owner"))
            self.unread.append(folder)
            return
        known = {entry.name for entry in names}
        if folder and (HEADER_FILE in known or is_environment(known)):
            return  # a workspace of its own, or no part of anything
        passed = above.inside(str(self._root / folder), folder.split("/")[-2], known) if above else self._at_root()
        self.problems += problems_of(self._root, folder, known)
        for entry in names:
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                if path == MODELS_FOLDER:
                    self._collect_models()
                elif depth < MAX_FOLDERS_DEEP and not passed.passes_folder(entry.name):
                    self.enter(f"{path}/", depth + 1, passed)
            elif entry.name.endswith(".toml"):
                if not passed.passes_file(entry.name):
                    self._collect(path, entry)
                elif not entry.name.startswith("."):
                    self.passed.append(path)

    def _at_root(self) -> Passed:
        return passed_in_root(os.path.realpath(self._root))

    def _collect(self, path: str, entry: os.DirEntry[str]) -> None:
        if not entry.is_symlink():
            self.files.append(path)
            self._bytes += _size_of(entry)
        elif not _leads_to_folder(entry):
            self.links.append(path)
        if len(self.files) + len(self.links) > MAX_FILES:
            raise ReadError(f"{self._root} holds more than {MAX_FILES} TOML files - name the folder of the strategy")
        if self._bytes > MAX_BYTES_TOGETHER:
            raise ReadError(
                f"{self._root} holds more than {MAX_BYTES_TOGETHER // 1024 // 1024} MiB of TOML files - "
                "name the folder of the strategy"
            )

    def _collect_models(self) -> None:
        try:
            with os.scandir(self._root / MODELS_FOLDER) as entries:
                for entry in entries:
                    if entry.name.endswith(".toml") and not entry.name.startswith("."):
                        info = entry.stat(follow_symlinks=False)
                        self.models.append((entry.name, info.st_size, info.st_mtime_ns))
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            self.problems.append(Problem(MODELS_FOLDER, 0, f"the folder cannot be read ({reason})", "ask its owner"))


def _size_of(entry: os.DirEntry[str]) -> int:
    """How much of a file will be read; nothing of one that is too large."""
    try:
        size = entry.stat(follow_symlinks=False).st_size
    except OSError:  # gone meanwhile
        return 0
    return size if size <= MAX_BYTES else 0


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    """Whether a link leads to a folder; one that goes in circles, or where we may not look, is told when it is read."""
    try:
        return link.is_dir()
    except OSError:
        return False
