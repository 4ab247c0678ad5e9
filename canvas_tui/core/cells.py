"""Measuring, cutting and wrapping text by terminal cells.

Gives the widths that Textual paints with: CJK and emoji take two cells, combining marks none. This runs on every paint,
so plain text has a fast path. It does not make text safe: give it text from `clean`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import dropwhile

from canvas_tui.core.cell_table import EMOJI_BASES, CellTable

TAB = 4

_CELLS = CellTable()
_ZWJ, _EMOJI_SELECTOR = "\u200d", "\ufe0f"


def width(text: str) -> int:
    """Terminal cells the text takes on one line; controls take none."""
    if text.isascii():
        return len(text) if text.isprintable() else sum(map(_CELLS.__getitem__, text))
    if _ZWJ not in text and _EMOJI_SELECTOR not in text:
        return sum(map(_CELLS.__getitem__, text))
    return sum(cells for _, cells in clusters(text))


def clip(text: str, limit: int, *, ellipsis: str = "…") -> str:
    """The text if it fits into `limit` cells, else its beginning with the ellipsis; never wider than `limit`."""
    if limit <= 0:
        return ""
    if len(text) <= limit and text.isascii():
        return text
    room = limit - width(ellipsis)
    if room < 0:
        return clip(text, limit, ellipsis="")
    if text.isascii() and text.isprintable():
        return text[:room] + ellipsis
    used = kept = index = 0
    for cluster, cells in clusters(text):
        used += cells
        index += len(cluster)
        if used <= room:
            kept = index
        if used > limit:
            return text[:kept] + ellipsis
    return text


def wrap(text: str, limit: int) -> list[str]:
    """The text as lines of at most `limit` cells, at least one line.

    Breaks at spaces, between wide characters, and inside a word that no line holds. Newlines are kept, tabs become
    spaces, spaces at a break go. Where `limit` is 1 a wide character still takes its two cells.
    """
    return list(_wrapped(text, max(1, limit)))


@lru_cache(maxsize=512)
def _wrapped(text: str, limit: int) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = paragraph.expandtabs(TAB) if "\t" in paragraph else paragraph
        lines.extend(_plain_lines(line, limit) if line.isascii() and line.isprintable() else _lines(line, limit))
    return tuple(lines)


def _plain_lines(text: str, limit: int) -> Iterator[str]:
    """Wrap text in which every character is one cell."""
    start, end = 0, len(text.rstrip(" "))
    while end - start > limit:
        cut = text.rfind(" ", start, start + limit + 1)
        if cut <= start or text[start:cut].isspace():
            cut = start + limit
        yield text[start:cut].rstrip(" ")
        start = cut
        while start < end and text[start] == " ":
            start += 1
    yield text[start:end]


def _lines(text: str, limit: int) -> Iterator[str]:
    """Wrap any text, cluster by cluster; `at` is the last place in the line where it may be broken."""
    line: list[str] = []
    used = at = 0
    is_first = True
    for cluster, cells in clusters(text.rstrip(" ")):
        if line and used + cells > limit:
            if cluster == " " or cells == 2 or not at:
                at = len(line)
            yield "".join(line[:at]).rstrip(" ")
            line = list(dropwhile(lambda sign: sign == " ", line[at:]))  # one with a mark on it is a sign
            used, at, is_first = width("".join(line)), 0, False
        if cluster == " " and not line and not is_first:
            continue
        line.append(cluster)
        used += cells
        if cells == 2 or (cluster == " " and any(part != " " for part in line)):
            at = len(line)
    yield "".join(line)


def takes_none(text: str) -> int:
    """The number of characters in the text that take no cell: marks, joiners, selectors."""
    return [*map(_CELLS.__getitem__, text)].count(0)


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Split text into what is drawn as one sign, as (characters, cells): a base character with its marks, its emoji
    selector and all that ZWJ joins to it."""
    start = cells = 0
    measured = ""
    index, end = 0, len(text)
    while index < end:
        character = text[index]
        if character == _ZWJ:
            index += 2
            continue
        if character == _EMOJI_SELECTOR:
            cells += measured in EMOJI_BASES and measured != ""
            measured = ""
        elif own := _CELLS[character]:
            if index > start:
                yield text[start:index], cells
            start, cells, measured = index, own, character
        index += 1
    if start < end:
        yield text[start:], cells
