"""Splits a small part of a TOML text: a block into statements, an array into items, `{}` into pairs.

It needs text that tomli has accepted. It is used only where needed: to patch an element, or to report a line.
All positions are offsets into the whole text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from canvas_tui.storage.read.blocks import Path, key_path

_TOKEN = re.compile(
    r'"""(?>[^"\\]++|\\[\s\S]|"(?!""))*+"""(?:"(?!""")){0,2}'
    r"|'''(?>[^']++|'(?!''))*+'''(?:'(?!''')){0,2}"
    r"""|"(?>[^"\\\n]++|\\.)*+"|'[^'\n]*+'|#[^\n]*+|[\[\]{}]|[^"'#\[\]{}]++"""
)
_SCALAR = re.compile(r"""[^\n"'\[\]{}#=,]*+""")
_FILLER = re.compile(r"(?>[ \t\r\n]++|#[^\n]*+)*+")  # what may stand between the parts of an array
_SEGMENT = r"""(?:[A-Za-z0-9_-]++|"(?>[^"\\\n]++|\\.)*+"|'[^'\n]*+')"""
_ASSIGNMENT = re.compile(rf"({_SEGMENT}(?>[ \t]*+\.[ \t]*+{_SEGMENT})*+)[ \t]*+=[ \t]*+")
_BLANK_OR_COMMENT = re.compile(r"(?>[ \t]*+(?>#[^\n]*+)?+\r?\n)*+[ \t]*+")
_LINE_REST = re.compile(r"[ \t]*+(?>#[^\n]*+)?+\r?(?:\n|\Z)")


class Statement(NamedTuple):
    """`key = value`. `start` is where its line (or, within `{}`, its key) begins; `end` is behind its newline."""

    key: Path
    start: int
    key_start: int
    key_end: int
    value_start: int
    value_end: int
    end: int


class Item(NamedTuple):
    """One item of an array: where its value begins and ends, and where the comma behind it is (-1: none)."""

    start: int
    end: int
    comma: int


class Array(NamedTuple):
    """An array: the offset of its `[`, its items, and the offset of its `]`."""

    start: int
    items: tuple[Item, ...]
    close: int


def end_of_value(text: str, start: int) -> int:
    """Where the value that begins here ends."""
    first = text[start]
    if first in "\"'[{":
        depth, position = 0, start
        while True:
            found = _TOKEN.match(text, position)
            if found is None:
                raise ValueError(f"no TOML value at offset {start}")
            position = found.end()
            token = text[found.start()]
            if token in "[{":
                depth += 1
            elif token in "]}":
                depth -= 1
            if depth == 0:
                return position
    found = _SCALAR.match(text, start)
    assert found is not None  # it matches the empty text
    return start + len(found.group().rstrip())


def statements(text: str, start: int, end: int) -> list[Statement]:
    """Every `key = value` between two offsets: the body of a block, or the root."""
    found: list[Statement] = []
    position = start
    while position < end:
        skipped = _BLANK_OR_COMMENT.match(text, position, end)
        assert skipped is not None
        key_start = skipped.end()
        assignment = _ASSIGNMENT.match(text, key_start)
        if assignment is None or key_start >= end:
            break
        value_end = end_of_value(text, assignment.end())
        rest = _LINE_REST.match(text, value_end)
        line_end = rest.end() if rest else value_end
        line_start = text.rfind("\n", 0, key_start) + 1
        key = assignment[1]
        found.append(
            Statement(key_path(key), line_start, key_start, key_start + len(key), assignment.end(), value_end, line_end)
        )
        position = line_end
    return found


def array_at(text: str, start: int) -> Array:
    """The array whose `[` is here."""
    items: list[Item] = []
    position = _skip(text, start + 1)
    while text[position] != "]":
        end = end_of_value(text, position)
        behind = _skip(text, end)
        comma = behind if text[behind] == "," else -1
        items.append(Item(position, end, comma))
        position = _skip(text, behind + 1) if comma >= 0 else behind
    return Array(start, tuple(items), position)


def pairs_at(text: str, start: int) -> tuple[list[Statement], int]:
    """The `key = value` pairs of the inline table whose `{` is here, and the offset of its `}`."""
    found: list[Statement] = []
    position = _skip(text, start + 1)
    while text[position] != "}":
        assignment = _ASSIGNMENT.match(text, position)
        if assignment is None:
            raise ValueError(f"no pair at offset {position}")
        value_end = end_of_value(text, assignment.end())
        key = assignment[1]
        end = _skip(text, value_end)
        found.append(
            Statement(key_path(key), position, position, position + len(key), assignment.end(), value_end, end)
        )
        position = _skip(text, end + 1) if text[end] == "," else end
    return found, position


def comments_in(text: str) -> list[str]:
    """Every comment of a text, from its `#` to the end of its line, without space behind it."""
    if "#" not in text:
        return []
    return [each.group().rstrip() for each in _TOKEN.finditer(text) if each.group().startswith("#")]


def _skip(text: str, position: int) -> int:
    found = _FILLER.match(text, position)
    assert found is not None
    return found.end()
