"""One folder of a revision as the reader asks for it: names, files, links, and what its lists of ignored names say."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable
from pathlib import Path

from canvas_tui.core.workspace import Problem
from canvas_tui.git.objects import Named, Objects, TooLarge
from canvas_tui.storage.read.folder import ReadError
from canvas_tui.storage.read.gitignore import Patterns
from canvas_tui.storage.read.limits import MAX_BYTES
from canvas_tui.storage.read.passed import HEADER_FILE, IGNORE_FILE, Passed, own_patterns_of, passed_by, patterns_of
from canvas_tui.storage.read.safe_open import FileProblem
from canvas_tui.storage.read.source import FolderItem

_MAX_FOLDERS = 20_000  # a few objects can name each other as folders again and again
_MAX_LINKS = 8  # steps from link to link
_MAX_TARGET = 4096  # bytes of what a link names


class Tree:
    """A workspace's folder in a revision, from the root of its repository down; a Source of the reader.

    `inside` is where the workspace lies in the tree, "" or with a slash at its end.
    """

    def __init__(self, objects: Objects, tree: str, inside: str, label: str) -> None:
        self.label = label
        self._objects, self._inside = objects, inside
        self._folders: dict[str, dict[str, Named]] = {}  # by path from the root of the repository
        self._folders[""] = self._held(tree)

    def has(self, path: str) -> bool:
        """Whether there is a file at this path from the workspace's root."""
        found = self._named(self._inside + path)
        return found is not None and found.kind in ("file", "link")

    def listed(self, folder: str) -> list[FolderItem]:
        """Everything in a folder. A submodule is another repository: what stands in it is not part of the revision."""
        return [self._listed(name, each) for name, each in self._folder(self._inside + folder).items()]

    def read(self, path: str) -> bytes:
        """A file, or what a link leads to. Raises FileProblem."""
        where = self.real(path)
        if not where or not where.startswith(self._inside):
            raise FileProblem(Path(path), "leads out of the workspace", "put the file itself into the workspace")
        found = self._named(where)
        if found is None:
            raise FileProblem(Path(path), "does not exist", "check the name, or bring the file back")
        if found.kind == "link":
            raise FileProblem(Path(path), "is a link that cannot be followed", "replace it by the file it should be")
        if found.kind != "file":
            raise FileProblem(Path(path), "is not a regular file", "replace it by a text file, or remove it")
        try:
            return self._objects.read(self._objects.get(found.id), MAX_BYTES)
        except TooLarge:
            much = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB"
            raise FileProblem(Path(path), much, "split it into several") from None

    def passed(self, folder: str, names: Collection[str], above: Passed | None) -> Passed:
        """By the lists that the revision itself holds, those above the workspace among them."""
        if above is not None:
            return above.inside(self._inside + folder, folder.split("/")[-2], names, self._patterns)
        parts = tuple(self._inside.split("/")[:-1])
        down = ["".join(f"{part}/" for part in parts[:depth]) for depth in range(len(parts) + 1)]
        own = own_patterns_of(self._small(self._inside + HEADER_FILE))
        return passed_by(parts, [self._patterns(each) for each in down], own, names)

    def problems(self, folder: str, names: Iterable[str]) -> tuple[Problem, ...]:
        """None: what saves leave beside the data is told of the disk alone."""
        return ()

    def real(self, path: str) -> str:
        """Which file a path leads to, from the root of the repository; "" for one that leads out of it."""
        where = self._inside + path
        for _ in range(_MAX_LINKS):
            found = self._named(where)
            if found is None or found.kind != "link":
                break
            linked = self._objects.get(found.id)
            target = os.fsdecode(self._objects.read(linked, _MAX_TARGET)) if linked.size <= _MAX_TARGET else "/"
            where = posixpath.normpath(posixpath.join(posixpath.dirname(where), target))
            if where.startswith(("/", "../")) or where == "..":
                return ""
        return where

    def is_folder(self, link: str) -> bool:
        """Whether a link leads to a folder."""
        found = self._named(self.real(link))
        return found is not None and found.kind in ("folder", "repository")

    def _listed(self, name: str, each: Named) -> FolderItem:
        if each.kind == "file" and name.endswith(".toml"):
            return FolderItem(name, "file", self._objects.get(each.id).size)
        return FolderItem(name, "file" if each.kind == "repository" else each.kind)

    def _folder(self, folder: str) -> dict[str, Named]:
        """The names in a folder, by its path from the root of the repository; none in one that is not there."""
        path, held = "", self._folders[""]
        for part in folder.split("/")[:-1]:
            path += f"{part}/"
            if path not in self._folders:
                found = held.get(part)
                is_folder = found is not None and found.kind == "folder"
                self._folders[path] = self._held(found.id) if found is not None and is_folder else {}
            held = self._folders[path]
        return held

    def _held(self, tree: str) -> dict[str, Named]:
        if len(self._folders) >= _MAX_FOLDERS:
            raise ReadError(f"{self.label} holds more than {_MAX_FOLDERS} folders - name the one of the strategy")
        return {os.fsdecode(each.name): each for each in self._objects.folder(tree)}

    def _named(self, path: str) -> Named | None:
        folder, _, name = path.rpartition("/")
        return self._folder(f"{folder}/" if folder else "").get(name)

    def _patterns(self, folder: str) -> Patterns | None:
        return patterns_of(self._small(folder + IGNORE_FILE))

    def _small(self, path: str) -> bytes:
        """A file with patterns, by its path from the root of the repository; nothing for what is none."""
        found = self._named(path)
        if found is None or found.kind != "file":
            return b""
        blob = self._objects.get(found.id)
        return self._objects.read(blob, MAX_BYTES) if blob.size <= MAX_BYTES else b""
