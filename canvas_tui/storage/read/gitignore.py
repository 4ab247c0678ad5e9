"""Decides which names the patterns of a .gitignore file match. Pure; tests compare it with `git check-ignore`.

No library is used, because libraries match by backtracking: a line of thirty `*a` in a stranger's repository would take
hours. Here the time is at most the length of the line times that of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_MAX_LINES = 2_000
_MAX_LENGTH = 500  # characters; a longer line is skipped
_NEVER = "(?!)"
_ANY = None  # `**`: any number of folders


class _Rule(NamedTuple):
    """One line: its segments (None is `**`), and whether it has `!` in front or `/` at its end."""

    segments: tuple[re.Pattern[str] | None, ...]
    is_negated: bool
    is_folder_only: bool

    def matches(self, path: Sequence[str], *, is_folder: bool) -> bool:
        if self.is_folder_only and not is_folder:
            return False
        return _matches(self.segments, path)


class Patterns:
    """The patterns of one .gitignore file, or of another list that is written in the same way."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rules: list[_Rule] = []
        for _, line in zip(range(_MAX_LINES), lines, strict=False):
            rule = _rule(line)
            if rule is not None:
                self._rules.append(rule)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def verdict(self, path: Sequence[str], *, is_folder: bool) -> bool | None:
        """Whether a path below the list's folder is ignored (True), un-ignored by `!` (False), or not matched (None).

        The last line that matches decides. An ignored folder is never entered, so nobody asks about files in it.
        """
        for rule in reversed(self._rules):
            if rule.matches(path, is_folder=is_folder):
                return not rule.is_negated
        return None


def _rule(line: str) -> _Rule | None:
    line = line.rstrip("\r\n")
    while line.endswith(" ") and not line.endswith("\\ "):
        line = line[:-1]
    if not line or line.startswith("#") or len(line) > _MAX_LENGTH:
        return None
    is_negated = line.startswith("!")
    line = line[1:] if is_negated else line
    is_folder_only = line.endswith("/")
    line = line.rstrip("/") if is_folder_only else line
    if not line:
        return None
    parts = line.lstrip("/").split("/") if line.startswith("/") else line.split("/")
    segments = [_ANY if part == "**" else _segment(part) for part in parts]
    if len(parts) == 1 and not line.startswith("/"):
        segments = [_ANY, *segments]  # a name alone matches in any folder
    return _Rule(tuple(segments), is_negated, is_folder_only)


@lru_cache(maxsize=2048)
def _segment(glob: str) -> re.Pattern[str]:
    """One part of a path as a regular expression without backtracking: the group behind each `*` is atomic.

    It takes the first match of what stands behind a `*`. That is enough: only the last piece is tied to the end.
    """
    parts: list[list[str]] = [[]]
    position = 0
    while position < len(glob):
        character = glob[position]
        position += 1
        if character == "*":
            parts.append([])
        elif character == "?":
            parts[-1].append(".")
        elif character == "[":
            matched, position = _class(glob, position)
            parts[-1].append(matched)
        else:
            if character == "\\" and position < len(glob):
                character = glob[position]
                position += 1
            parts[-1].append(re.escape(character))
    fixed = ["".join(part) for part in parts]
    if len(fixed) == 1:
        return re.compile(f"(?s:{fixed[0]})")
    between = "".join(f"(?>.*?{part})" for part in fixed[1:-1] if part)
    return re.compile(f"(?s:{fixed[0]}{between}.*{fixed[-1]})")


def _class(glob: str, position: int) -> tuple[str, int]:
    """The characters in the brackets that begin at `position` as a regular expression, and where they end."""
    is_negated = glob[position : position + 1] in ("!", "^")
    at = start = position + is_negated
    inside = ""
    while at < len(glob) and (glob[at] != "]" or at == start):
        if glob[at] == "\\":
            at += 1
        if glob[at : at + 1] == "-" and glob[at - 1] != "\\":
            inside += "-"
        else:
            inside += re.escape(glob[at : at + 1])
        at += 1
    if at >= len(glob):
        return _NEVER, len(glob)
    expression = f"[{'^' if is_negated else ''}{inside}]"
    try:
        re.compile(expression)
    except re.error:  # [z-a]
        return _NEVER, at + 1
    return expression, at + 1


def _matches(segments: Sequence[re.Pattern[str] | None], path: Sequence[str]) -> bool:
    """Whether all segments match the whole path. `reached` holds how many parts the segments so far may cover."""
    reached = {0}
    for number, segment in enumerate(segments):
        if segment is _ANY:
            least = min(reached)
            is_last = number == len(segments) - 1
            reached = set(range(least + 1 if is_last else least, len(path) + 1))  # a/** matches what is in a, not a
        else:
            reached = {at + 1 for at in reached if at < len(path) and segment.fullmatch(path[at])}
        if not reached:
            return False
    return len(path) in reached
