"""Which folders and files below a workspace are passed over (skipped): hidden ones, what git ignores, what tools make,
and what `ignore` in strategy.toml names.

Everything that walks a workspace, to read or to watch it, asks here. Only names and the ignore lists decide. A file
that a person names on the command line is read in any case.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from canvas_tui.storage.read.gitignore import Patterns
from canvas_tui.storage.read.safe_open import FileProblem, read_file
from canvas_tui.storage.read.syntax import NotToml, parse_toml

HEADER_FILE = "strategy.toml"
IGNORE_FILE = ".gitignore"

_MAX_BYTES = 256 * 1024  # of a file with patterns
_NEVER = frozenset(("node_modules", "bower_components", "__pycache__", "site-packages"))
# People use these names too. Such a folder is skipped only beside a file of a tool that makes it (_MAKERS).
_MADE = frozenset(("vendor", "venv", "env", "target", "dist", "build", "out", "third_party"))
_MAKERS = frozenset(
    """Cargo.toml pyproject.toml setup.py setup.cfg requirements.txt package.json go.mod composer.json Gemfile pom.xml
    build.gradle build.gradle.kts build.sbt CMakeLists.txt Makefile meson.build mix.exs tox.ini""".split()
)
_MARK = "pyvenv.cfg"  # a file that every virtual environment has, whatever its name


PatternsAt = Callable[[str], Patterns | None]


class _List(NamedTuple):
    """The patterns of one ignore list. `depth` is the number of folders from the outermost list down to this one."""

    patterns: Patterns
    depth: int


class Passed(NamedTuple):
    """Decides what is passed over in one folder. `path` are its parts below the outermost folder with a list."""

    path: tuple[str, ...]
    lists: tuple[_List, ...]
    has_maker: bool
    is_root: bool = False

    def inside(
        self, where: str, folder: str, names: Collection[str], patterns_at: PatternsAt | None = None
    ) -> Passed:  # fmt: skip
        """The Passed of a folder in this one, which is called `folder`, lies at `where` and holds `names`.

        `patterns_at` gives the patterns of the .gitignore in a folder; without it the one on disk is read.
        """
        path = (*self.path, folder)
        lists = self.lists
        if IGNORE_FILE in names and (patterns := (patterns_at or _patterns_in)(where)):
            lists = (*lists, _List(patterns, len(path)))
        return Passed(path, lists, not _MAKERS.isdisjoint(names))

    def passes_folder(self, name: str) -> bool:
        """Whether a folder of this name in it is passed over."""
        if name.startswith(".") or name in _NEVER or (name in _MADE and self.has_maker):
            return True
        return bool(self.lists) and self._is_ignored(name, is_folder=True)

    def passes_file(self, name: str) -> bool:
        """Whether a file of this name in it is passed over."""
        if name.startswith("."):
            return True
        if not self.lists or (self.is_root and name == HEADER_FILE):
            return False
        return self._is_ignored(name, is_folder=False)

    def _is_ignored(self, name: str, *, is_folder: bool) -> bool:
        """The innermost list that matches the name decides, and in that list the last line that does."""
        path = (*self.path, name)
        for each in reversed(self.lists):
            verdict = each.patterns.verdict(path[each.depth :], is_folder=is_folder)
            if verdict is not None:
                return verdict
        return False


def is_environment(names: Collection[str]) -> bool:
    """Whether a folder that holds these names is an installed Python, such as a virtual environment."""
    return _MARK in names


def passed_in_root(root: str) -> Passed:
    """What is passed over in the root of a workspace. Reads its lists, and those of the git repository around it."""
    names = _names_in(root)
    above = _above(root)
    path = tuple(os.path.relpath(root, above[0]).split(os.sep)) if above else ()
    at_root = _patterns_in(root) if IGNORE_FILE in names else None
    return passed_by(path, [*map(_patterns_in, above), at_root], _own_patterns(root), names)


def passed_by(
    path: tuple[str, ...], lists_down: Sequence[Patterns | None], own: Patterns | None, names: Collection[str]
) -> Passed:
    """What is passed over in the root of a workspace, by lists that were read already.

    `path` are the parts of the root below the repository around it, `lists_down` the patterns of each folder from the
    repository down to the root, `own` those of `ignore` in strategy.toml, `names` the names in the root.
    """
    lists = [_List(patterns, depth) for depth, patterns in enumerate(lists_down) if patterns]
    has_maker = not _MAKERS.isdisjoint(names)
    if lists and _is_all_ignored(Passed(path, tuple(lists), has_maker)):
        lists = []  # git ignores the strategy as a whole: then its lists mean nothing here
    if own:
        lists.append(_List(own, len(path)))
    return Passed(path, tuple(lists), has_maker, is_root=True)


def patterns_of(text: bytes) -> Patterns | None:
    """The patterns in the text of a .gitignore; None if it is too large."""
    return Patterns(_decoded(text).splitlines()) if len(text) <= _MAX_BYTES else None


def own_patterns_of(header: bytes) -> Patterns | None:
    """The patterns that a workspace's header lists under `ignore`."""
    text = _decoded(header)
    return Patterns(_ignored_by(text)) if "ignore" in text and len(header) <= _MAX_BYTES else None


def _is_all_ignored(root: Passed) -> bool:
    """Whether git ignores the root's header, by its name or with a folder around it."""
    for depth, name in enumerate(root.path):
        lists = tuple(each for each in root.lists if each.depth <= depth)
        if Passed(root.path[:depth], lists, False)._is_ignored(name, is_folder=True):
            return True
    return root._is_ignored(HEADER_FILE, is_folder=False)


def _above(root: str) -> list[str]:
    """The folders of a git repository that lie around `root`, outermost first; none if it is in no repository."""
    folders: list[str] = []
    here = os.path.realpath(root)
    while not os.path.lexists(os.path.join(here, ".git")):
        parent = os.path.dirname(here)
        if parent == here:
            return []
        folders.append(parent)
        here = parent
    return folders[::-1]


def _names_in(folder: str) -> Collection[str]:
    try:
        return frozenset(os.listdir(folder))
    except OSError:
        return ()


def _patterns_in(folder: str) -> Patterns | None:
    """The patterns of the .gitignore in this folder; None if there is none, or it cannot be read."""
    path = os.path.join(folder, IGNORE_FILE)
    if (stamp := _stamp(path)) is None:
        return None
    return _patterns_of(path, stamp) or None


def _own_patterns(root: str) -> Patterns | None:
    path = os.path.join(root, HEADER_FILE)
    if (stamp := _stamp(path)) is None:
        return None
    return _patterns_of_header(path, stamp) or None


_Stamp = tuple[int, int, int, int]


def _stamp(path: str) -> _Stamp | None:
    """The `stat` numbers that tell versions of a file apart; None if it is missing, or too large."""
    try:
        info = os.stat(path)
    except OSError:
        return None
    return (info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns) if info.st_size <= _MAX_BYTES else None


@lru_cache(maxsize=512)
def _patterns_of(path: str, _: _Stamp) -> Patterns:
    return patterns_of(_bytes_of(path)) or Patterns(())


@lru_cache(maxsize=16)
def _patterns_of_header(path: str, _: _Stamp) -> Patterns:
    return own_patterns_of(_bytes_of(path)) or Patterns(())


def _bytes_of(path: str) -> bytes:
    try:
        return read_file(Path(path), Path(path).parent).data
    except FileProblem:
        return b""


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", errors="replace").removeprefix("\ufeff")


_IGNORE = r"""(?m)^ignore[ \t]*=[ \t]*(\[(?>[^\]"'#]++|"[^"\n]*+"|'[^'\n]*+'|#[^\n]*+)*+\])"""


def _ignored_by(text: str) -> list[str]:
    """What `ignore` in the header's text lists. It is found in the text, so it counts even if the header is invalid."""
    try:
        lines = parse_toml(HEADER_FILE, text.encode()).data.get("ignore")
    except NotToml:
        match = re.search(_IGNORE, text)
        try:
            lines = parse_toml(HEADER_FILE, f"ignore = {match[1]}".encode()).data["ignore"] if match else []
        except NotToml:
            lines = []
    return [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []
