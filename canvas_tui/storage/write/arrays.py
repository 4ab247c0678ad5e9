"""Edits single items of an array in a TOML text: the other items keep their lines, commas and comments.

An array stands on one line, or has each item on lines of its own. Items are given as TOML text. The comment lines
directly above an item, and the comment behind it on its line, belong to the item and go with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import tomli

from canvas_tui.storage.read.values import Array, array_at
from canvas_tui.storage.write.values import FileStyle, format_value

_BLANKS = re.compile(r"[ \t]*")
_BEHIND = re.compile(r"[ \t]*(#[^\n]*?)?\r?\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """One item as text, with the comments that belong to it: the lines above it, and the one behind its comma."""

    value: str
    comments: tuple[str, ...] = ()  # each from its `#` on
    behind: str = ""  # with the space before its `#`

    @property
    def all_comments(self) -> tuple[str, ...]:
        """The comments above the item and the one behind it, each to be written on a line of its own."""
        return (*self.comments, self.behind.strip()) if self.behind else self.comments


def insert(text: str, start: int, index: int, piece: Piece, style: FileStyle) -> str:
    """The text with one more item, at `index` of the array whose `[` is at `start`."""
    array = array_at(text, start)
    if piece.all_comments and not _is_tall(text, array):
        text = _made_tall(text, array, style)
        array = array_at(text, start)
    indent = _indent(text, array, style)
    value = _within_line(piece, indent, style)
    if not array.items:
        return _insert_first(text, array, value, _as_lines(piece, indent, style, ","))
    if index == 0:
        first = array.items[0]
        begin = _line_start(text, first.start)
        if begin <= array.start:
            return f"{text[: first.start]}{value}, {text[first.start :]}"
        begin = _above(text, begin, array.start)
        return f"{text[:begin]}{_as_lines(piece, indent, style, ',')}{text[begin:]}"
    last = array.items[index - 1]
    following = array.items[index].start if index < len(array.items) else array.close
    if "\n" not in text[last.end : following] or (index < len(array.items) and not _begins_line(text, following)):
        if last.comma >= 0:
            if index == len(array.items):
                return f"{text[: last.end]}, {value}{text[last.end :]}"
            return f"{text[: last.comma + 1]} {value},{text[last.comma + 1 :]}"
        return f"{text[: last.end]}, {value}{text[last.end :]}"
    if last.comma < 0:
        text = f"{text[: last.end]},{text[last.end :]}"
        at, comma = _line_end(text, last.end + 1), ""
    else:
        at, comma = _line_end(text, last.comma + 1), ","
    return f"{text[:at]}{_as_lines(piece, indent, style, comma)}{text[at:]}"


def _insert_first(text: str, array: Array, value: str, lines: str) -> str:
    inside = text[array.start + 1 : array.close]
    if "\n" not in inside:
        return f"{text[: array.start + 1]}{value}{text[array.close :]}"
    at = _line_start(text, array.close)
    if text[at : array.close].strip():
        return f"{text[: array.close]}{value}{text[array.close :]}"
    return f"{text[:at]}{lines}{text[at:]}"


def pieces(text: str, start: int) -> list[Piece]:
    """The items of the array whose `[` is at `start`, each with its comments."""
    array = array_at(text, start)
    return [_piece(text, array, index)[0] for index in range(len(array.items))]


def written_anew(text: str, start: int, items: Sequence[Piece], style: FileStyle) -> str:
    """The text with other items in the array whose `[` is at `start`, each on lines of its own."""
    array = array_at(text, start)
    indent = _indent(text, array, style)
    lines = "".join(_as_lines(piece, indent, style, ",") for piece in items)
    return f"{text[: array.start]}[{style.newline}{lines}{_margin(text, array)}{text[array.close :]}"


def _piece(text: str, array: Array, index: int) -> tuple[Piece, tuple[int, int] | None]:
    """An item, and the stretch of text that its lines take; None if it shares a line with other items."""
    item = array.items[index]
    value = text[item.start : item.end]
    begin = _line_start(text, item.start)
    after = item.comma + 1 if item.comma >= 0 else item.end
    behind = _BEHIND.match(text, after)
    if not (begin > array.start and not text[begin : item.start].strip() and behind and behind.end() <= array.close):
        return Piece(value), None
    above = _above(text, begin, array.start)
    comments = [line.strip() for line in text[above:begin].splitlines()]
    own = text[after : behind.end(1)] if behind[1] else ""
    return Piece(value, tuple(comments), own), (above, behind.end())


def take(text: str, start: int, index: int) -> tuple[str, Piece]:
    """(the text without the item at `index` of the array whose `[` is at `start`, the item)."""
    array = array_at(text, start)
    item = array.items[index]
    after = item.comma + 1 if item.comma >= 0 else item.end
    is_last = index == len(array.items) - 1
    piece, lines = _piece(text, array, index)
    if lines is not None:
        text = text[: lines[0]] + text[lines[1] :]
        if is_last and index and item.comma < 0:
            comma = array.items[index - 1].comma
            text = text[:comma] + text[comma + 1 :]
        return text, piece
    if not is_last:
        end = array.items[index + 1].start
        between = text[after:end]
        # between the items is only space, or a comment that stays
        return text[: item.start] + (between.lstrip(" \t") if between.strip() else "") + text[end:], piece
    if index:
        previous = array.items[index - 1]
        cut = previous.end if item.comma < 0 else previous.comma + 1
        between = text[previous.comma + 1 : item.start]
        kept = between.rstrip(" \t") if "#" in between else ""
        tail = text[after:]
        return text[:cut] + kept + tail, piece
    return text[: item.start] + text[after:], piece


def replace_list(text: str, start: int, new: Sequence[object], style: FileStyle) -> str:
    """The text with the values `new` in the array at `start`; only items that differ are written."""
    old = [tomli.loads(f"x = {text[item.start : item.end]}")["x"] for item in array_at(text, start).items]
    kept = 0
    while kept < min(len(old), len(new)) and _same(old[kept], new[kept]):
        kept += 1
    tail = 0
    while tail < min(len(old), len(new)) - kept and _same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    swaps = min(len(old), len(new)) - kept - tail
    for index in range(kept, kept + swaps):
        item = array_at(text, start).items[index]
        text = text[: item.start] + format_value(new[index], style) + text[item.end :]
    for index in range(len(old) - tail - 1, kept + swaps - 1, -1):
        text, _ = take(text, start, index)
    for index in range(kept + swaps, len(new) - tail):
        text = insert(text, start, index, Piece(format_value(new[index], style)), style)
    return text


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _is_tall(text: str, array: Array) -> bool:
    """Whether each item has a line of its own, so that it can have a comment."""
    if not array.items:
        return (
            "\n" in text[array.start : array.close] and not text[_line_start(text, array.close) : array.close].strip()
        )
    starts = all(_begins_line(text, item.start) for item in array.items)
    return starts and "\n" in text[array.items[-1].end : array.close]


def _made_tall(text: str, array: Array, style: FileStyle) -> str:
    """The array with each item on a line of its own. Comments within it stay where they are."""
    if "#" in text[array.start : array.close] and "\n" in text[array.start : array.close]:
        return text
    margin = _margin(text, array)
    lines = [f"{margin}{style.indent}{text[item.start : item.end]},{style.newline}" for item in array.items]
    return f"{text[: array.start]}[{style.newline}{''.join(lines)}{margin}{text[array.close :]}"


def _margin(text: str, array: Array) -> str:
    found = _BLANKS.match(text, _line_start(text, array.start))
    return found.group() if found else ""


def _indent(text: str, array: Array, style: FileStyle) -> str:
    for item in array.items:
        begin = _line_start(text, item.start)
        if begin > array.start and not text[begin : item.start].strip():
            return text[begin : item.start]
    return _margin(text, array) + style.indent


def _as_lines(piece: Piece, indent: str, style: FileStyle, comma: str) -> str:
    """The item on lines of its own, with its comments and the newline at the end."""
    lines = (*piece.comments, f"{piece.value}{comma}{piece.behind}")
    return "".join(f"{indent}{line}{style.newline}" for line in lines)


def _within_line(piece: Piece, indent: str, style: FileStyle) -> str:
    """The item as text within a line. Comments take lines of their own even there."""
    if not piece.all_comments:
        return piece.value
    return style.newline + style.newline.join(indent + line for line in (*piece.all_comments, piece.value))


def _begins_line(text: str, offset: int) -> bool:
    return not text[_line_start(text, offset) : offset].strip()


def _above(text: str, begin: int, floor: int) -> int:
    """The start of the comment lines directly above the line that begins here."""
    while True:
        above = _line_start(text, begin - 1)
        if above <= floor or not text[above:begin].lstrip().startswith("#"):
            return begin
        begin = above


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_end(text: str, offset: int) -> int:
    """The offset behind the newline of the line in which `offset` is."""
    return text.index("\n", offset) + 1
