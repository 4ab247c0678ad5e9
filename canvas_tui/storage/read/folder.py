"""Lists the files of a workspace: every *.toml below its folder, without what `passed` skips and nested workspaces.

Links to folders are not followed. A link to a file counts, unless the file itself is listed already. This looks at
names and kinds only: whether a file can be opened is found out when it is read.
"""

from __future__ import annotations

from typing import NamedTuple

from canvas_tui.core.workspace import Problem
from canvas_tui.storage.read.limits import MAX_BYTES, MAX_BYTES_TOGETHER, MAX_FILES, MAX_FOLDERS_DEEP
from canvas_tui.storage.read.passed import HEADER_FILE, Passed, is_environment
from canvas_tui.storage.read.source import FolderItem, Source
from canvas_tui.storage.read.templates import MODELS_FOLDER


class ReadError(Exception):
    """A workspace that cannot be read at all; the message says what is wrong and what to do."""


class ModelFile(NamedTuple):
    """A file of the workspace's own `models/` folder: its name, its size in bytes, and a time that changes with it."""

    name: str
    size: int
    stamp: int


class Listing(NamedTuple):
    """The files of a workspace, relative to its root, and its own models."""

    files: tuple[str, ...]
    models: tuple[ModelFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()  # folders that cannot be listed
    passed: tuple[str, ...] = ()  # files that git ignores, or that the workspace does


def list_folder(source: Source) -> Listing:
    """Everything that belongs to the workspace. Raises ReadError if it has too many files or too many bytes."""
    walk = _Walk(source)
    walk.enter("", 0, None)
    files = walk.files
    if walk.links:
        there = set(map(source.real, files))
        files += [link for link in walk.links if source.real(link) not in there]
    if HEADER_FILE not in files:
        files.append(HEADER_FILE)  # it is missing, and is reported as missing when it is read
    return Listing(
        tuple(sorted(files)), tuple(sorted(walk.models)), tuple(walk.problems), tuple(walk.unread), tuple(walk.passed)
    )


class _Walk:
    def __init__(self, source: Source) -> None:
        self._source = source
        self.files: list[str] = []
        self.links: list[str] = []
        self.models: list[ModelFile] = []
        self.problems: list[Problem] = []
        self.unread: list[str] = []
        self.passed: list[str] = []
        self._bytes = 0

    def enter(self, folder: str, depth: int, above: Passed | None) -> None:
        """Collect from one folder ("" is the root, else with a slash at its end). `above` is its parent's Passed."""
        names = self._listed(folder, folder)
        if names is None:
            self.unread.append(folder)
            return
        known = {each.name for each in names}
        if folder and (HEADER_FILE in known or is_environment(known)):
            return  # a workspace of its own, or an installed Python
        passed = self._source.passed(folder, known, above)
        self.problems += self._source.problems(folder, known)
        for each in names:
            path = folder + each.name
            if each.kind == "folder":
                if path == MODELS_FOLDER:
                    self._collect_models()
                elif depth < MAX_FOLDERS_DEEP and not passed.passes_folder(each.name):
                    self.enter(f"{path}/", depth + 1, passed)
            elif each.name.endswith(".toml"):
                if not passed.passes_file(each.name):
                    self._collect(path, each)
                elif not each.name.startswith("."):
                    self.passed.append(path)

    def _listed(self, folder: str, told: str) -> list[FolderItem] | None:
        """What a folder holds. If it cannot be read: None, and a problem that calls the folder `told`."""
        try:
            return list(self._source.listed(folder))
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            self.problems.append(Problem(told, 0, f"the folder cannot be read ({reason})", "ask its owner"))
            return None

    def _collect(self, path: str, each: FolderItem) -> None:
        if each.kind == "file":
            self.files.append(path)
            self._bytes += each.size if each.size <= MAX_BYTES else 0  # one that is too large is not read
        elif not self._source.is_folder(path):
            self.links.append(path)
        label = self._source.label
        if len(self.files) + len(self.links) > MAX_FILES:
            raise ReadError(f"{label} holds more than {MAX_FILES} TOML files - name the folder of the strategy")
        if self._bytes > MAX_BYTES_TOGETHER:
            much = f"{MAX_BYTES_TOGETHER // 1024 // 1024} MiB"
            raise ReadError(f"{label} holds more than {much} of TOML files - name the folder of the strategy")

    def _collect_models(self) -> None:
        for each in self._listed(f"{MODELS_FOLDER}/", MODELS_FOLDER) or ():
            if each.name.endswith(".toml") and not each.name.startswith("."):
                self.models.append(ModelFile(each.name, each.size, each.stamp))
