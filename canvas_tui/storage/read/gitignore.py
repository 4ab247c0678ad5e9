"""The patterns of a .gitignore file, and which names they mean. Pure; `git check-ignore` is what it is compared with.

A library would do, were its patterns not matched by backtracking: a line of thirty `*a` from a stranger's repository
would keep us busy for hours. Here every step is bounded by the length of the line times that of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_MAX_LINES = 2_000
_MAX_LENGTH = 500  # characters of a line; a longer one is passed over
_NEVER = "(?!)"
_ANY = None  # `**`: any number of folders


class _Rule(NamedTuple):
    """One line: its segments (None is `**`), and what stands around them."""

    segments: tuple[re.Pattern[str] | None, ...]
    is_negated: bool
    is_folder_only: bool

    def matches(self, path: Sequence[str], *, is_folder: bool) -> bool:
        if self.is_folder_only and not is_folder:
            return False
        return _matches(self.segments, path)


class Patterns:
    """The lines of one .gitignore, or of any list in its language."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rules: list[_Rule] = []
        for _, line in zip(range(_MAX_LINES), lines, strict=False):
            rule = _rule(line)
            if rule is not None:
                self._rules.append(rule)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def verdict(self, path: Sequence[str], *, is_folder: bool) -> bool | None:
        """Whether a path below the file's folder is ignored (True), taken back in (False), or not spoken of (None).

        The last line that matches decides. A folder that is ignored is never entered, so nothing asks about its files.
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
        segments = [_ANY, *segments]  # a name alone means it in any folder
    return _Rule(tuple(segments), is_negated, is_folder_only)


@lru_cache(maxsize=2048)
def _segment(glob: str) -> re.Pattern[str]:
    """One part of a path as a regular expression. What stands behind a `*` is looked for once, where it comes first.

    That is right (the last part alone is tied to the end), and never goes back: the group behind each `*` is atomic.
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
    """The characters in brackets from here on, as an expression, and where they end; if they do."""
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
    """Whether all segments fit all parts of the path. `reached` are the numbers of parts that may be used up so far."""
    reached = {0}
    for number, segment in enumerate(segments):
        if segment is _ANY:
            least = min(reached)
            is_last = number == len(segments) - 1
            reached = set(range(least + 1 if is_last else least, len(path) + 1))  # a/** is what is in a, and not a
        else:
            reached = {at + 1 for at in reached if at < len(path) and segment.fullmatch(path[at])}
        if not reached:
            return False
    return len(path) in reached
