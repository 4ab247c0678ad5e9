"""Finds where the tables of a TOML text begin, in one pass and without parsing: for line numbers, limits and patches.

Understands strings of all four kinds, arrays and inline tables over several lines, and comments, so that a header
within a string is never taken for one. One regular expression skips runs of plain lines; only headers and values over
several lines cost Python work. Every step moves forward, so the time is linear in the length of the text.
The scan does not check that the text is valid TOML: after nonsense it goes on at the next line.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import tomli

from canvas_tui.storage.read.limits import check_key, check_nesting, check_text

_WS = r"[ \t]*+"
_BASIC = r'"(?!"")(?>[^"\\\n]++|\\.)*+"'
_LITERAL = r"'(?!'')[^'\n]*+'"
_STRING = rf"(?:{_BASIC}|{_LITERAL})"
_SEGMENT = r"""(?:[A-Za-z0-9_-]++|"(?>[^"\\\n]++|\\.)*+"|'[^'\n]*+')"""
_KEY = rf"{_SEGMENT}(?>{_WS}\.{_WS}{_SEGMENT}){{0,7}}+"
_REST = r"[ \t]*+(?>#[^\n]*+)?+\r?(?:\n|\Z)"
_SCALAR = r"""[^\s"'\[\]{}#=,][^\n"'\[\]{}#=,]*+"""
_FLAT = rf"""\[(?>[^\[\]{{}}"'#\n]++|{_STRING})*+\]"""
# Tables on one line: keys of more than two parts need a closer look, and are left to the slow way.
_INLINE = rf"""\{{(?>[^\[\]{{}}"'#\n.]++|\.[\w+-]++{_WS}(?=[,=}}])|{_STRING}|{_FLAT})*+\}}"""
_TABLES = rf"""\[(?>[^\[\]{{}}"'#\n]++|{_STRING}|{_FLAT}|{_INLINE})*+\]"""
_VALUE = rf"(?:{_STRING}|{_SCALAR}|{_FLAT}|{_INLINE}|{_TABLES})"

_PLAIN_LINES = re.compile(rf"(?>{_WS}(?:(?>#[^\n]*+)?+\r?\n|{_KEY}{_WS}={_WS}{_VALUE}{_REST}))*+")
_HEADER = re.compile(rf"{_WS}(\[\[?+){_WS}({_KEY}){_WS}\]\]?+{_REST}")
_LONE_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
_SEGMENTS = re.compile(rf"{_SEGMENT}{_WS}\.?{_WS}")
_TOKEN = re.compile(
    r'"""(?>[^"\\]++|\\[\s\S]|"(?!""))*+"""(?:"(?!""")){0,2}'
    r"|'''(?>[^']++|'(?!''))*+'''(?:'(?!''')){0,2}"
    rf"|{_STRING}|#[^\n]*+|\n|[\[\]{{}}]|\.|[=,]|[^\"'#\n\[\]{{}}.=,]++"
)
_LONG_QUOTES = ('"""', "'''")

Path = tuple[str, ...]


class Head(NamedTuple):
    """A table header: its path, `[[x]]` or not, the offsets of its line, and its line number (1-based)."""

    path: Path
    is_array: bool
    start: int
    end: int  # behind its newline
    line: int


class Scan(NamedTuple):
    """All headers of a text, in order. What stands before the first one is the root."""

    text: str
    heads: tuple[Head, ...]

    @property
    def root_end(self) -> int:
        """Where the root ends: the start of the first header's line."""
        return self.heads[0].start if self.heads else len(self.text)

    def end_of(self, index: int) -> int:
        """Where the block of a header ends: the start of the next header's line."""
        return self.heads[index + 1].start if index + 1 < len(self.heads) else len(self.text)

    def line_at(self, offset: int) -> int:
        """The line number (1-based) of an offset."""
        return self.text.count("\n", 0, offset) + 1


# An edit asks for the scan of the old text several times, and that text is the new text of the edit before.
_recent: deque[Scan] = deque(maxlen=4)


def scan(text: str) -> Scan:
    """Find every table header. Raises LimitExceeded for a text that is too large or too deep to be parsed."""
    for known in tuple(_recent):
        if known.text == text:
            return known
    check_text(text)
    return _kept(Scan(text, tuple(_heads(text, 0, 1))))


def _kept(found: Scan) -> Scan:
    _recent.append(found)
    return found


def scan_like(text: str, near: Scan) -> Scan:
    """As `scan`, but quicker for a text that differs in one stretch from that of `near`: only it is scanned again."""
    check_text(text)
    old = near.heads
    alike = common_start(near.text, text)
    first = bisect_right(old, alike, key=lambda head: head.end) - 1  # the last header before the difference
    if first < 0:
        return scan(text)
    tail = len(text) - common_start(near.text[alike:][::-1], text[alike:][::-1])
    grown, more = len(text) - len(near.text), text.count("\n") - near.text.count("\n")
    heads = list(old[:first])
    for head in _heads(text, old[first].start, old[first].line):
        if head.start >= tail:
            again = bisect_left(old, head.start - grown, key=lambda each: each.start)
            if again < len(old) and old[again].start == head.start - grown:
                heads += [
                    Head(each.path, each.is_array, each.start + grown, each.end + grown, each.line + more)
                    for each in old[again:]
                ]
                break
        heads.append(head)
    return _kept(Scan(text, tuple(heads)))


def common_start(one: Sequence[Any], other: Sequence[Any]) -> int:
    """The number of items or characters with which both begin. It compares halves, so it is quick for long texts."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _heads(text: str, position: int, line: int) -> Iterator[Head]:
    """The headers from an offset on. A statement must begin at that offset, which is in line number `line`."""
    counted, size = position, len(text)
    plain, header = _PLAIN_LINES.match, _HEADER.match
    while position < size:
        found = plain(text, position)
        assert found is not None  # it matches the empty text
        position = found.end()
        if position >= size:
            break
        head = header(text, position)
        if head is None:
            position = _end_of_statement(text, position)
            continue
        line += text.count("\n", counted, position)
        counted = position
        path = key_path(head[2])
        yield Head(path, head[1] == "[[", position, head.end(), line)
        position = head.end()


def key_path(key: str) -> Path:
    """The parts of a key as written: `a."b.c"` -> ("a", "b.c")."""
    if _LONE_KEY.match(key):
        return (key,)
    parts: list[str] = []
    for match in _SEGMENTS.finditer(key):
        segment = match.group().rstrip(" \t").removesuffix(".").rstrip(" \t")
        if segment.startswith('"') and "\\" in segment:
            try:
                segment = str(tomli.loads(f"x = {segment}")["x"])
            except ValueError:
                segment = segment[1:-1]
        elif segment[:1] in "\"'":
            segment = segment[1:-1]
        parts.append(segment)
    return tuple(parts)


def _end_of_statement(text: str, start: int) -> int:
    """The offset behind the statement that begins here, over as many lines as its brackets and strings take."""
    depth = dots = 0
    position, size = start, len(text)
    token = _TOKEN.match
    while position < size:
        found = token(text, position)
        if found is None:  # a quote that is never closed: the rest of the line, or of the text, is not TOML
            if text.startswith(_LONG_QUOTES, position):
                return size
            end = text.find("\n", position)
            return size if end < 0 else end + 1
        position = found.end()
        match text[found.start()]:
            case "\n":
                if depth <= 0:
                    return position
            case "[" | "{":
                depth += 1
                dots = 0
                if depth > 8:
                    check_nesting(_line(text, position), depth)
            case "]" | "}":
                depth -= 1
            case ".":
                dots += 1
                if dots > 8:
                    check_key(_line(text, position), dots + 1)
            case "=" | ",":
                dots = 0
    return size


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
