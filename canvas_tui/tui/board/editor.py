"""A text being typed where it stands on the board: how it is broken into lines, and where its cursor is drawn.

Pure. No widget: the board paints the field itself, so opening and closing an editor repaints a line and not the screen.
"""

from __future__ import annotations

from canvas_tui.core.cells import clusters
from canvas_tui.core.text import clean, width, wrap
from canvas_tui.tui.paint.style import Line, Span


def spliced(line: Line, x: int, columns: int, piece: Line) -> Line:
    """The line with `piece`, cut or filled to `columns` cells, in place of what stood at `x`."""
    piece = _cut(piece, 0, columns)  # a space may hang over the end of a line of text
    taken = sum(width(text) for text, _ in piece)
    filler: Line = ((" " * max(0, columns - taken), ""),)
    return (*_cut(line, 0, x), *piece, *filler, *_cut(line, x + columns, 1_000_000))


def _cut(line: Line, first: int, past: int) -> Line:
    """The cells `first` to `past` of a line; a wide sign that is cut in two becomes spaces."""
    found: list[Span] = []
    at = 0
    for text, style in line:
        kept = ""
        for cluster, cells in clusters(text):
            if at >= first and at + cells <= past:
                kept += cluster
            elif at < past and at + cells > first:
                kept += " " * (min(past, at + cells) - max(first, at))
            at += cells
        if kept:
            found.append((kept, style))
    return tuple(found)


def field_lines(text: str, cursor: int, columns: int, rows: int, placeholder: str = "") -> list[Line]:
    """A text being typed, wrapped; of more lines than `rows`, those around the cursor. `cursor` counts characters."""
    if not text:
        first_words, *rest = wrap(clean(placeholder), max(1, columns - 1))[: max(1, rows)] or [""]
        return [((" ", "cursor"), (first_words, "prompt")), *(((f" {words}", "prompt"),) for words in rest)]
    breaks = line_breaks(text, columns)
    current = max(index for index, (start, _) in enumerate(breaks) if start <= cursor)
    first = max(0, min(current - rows + 1, len(breaks) - rows)) if current >= rows else 0
    lines: list[Line] = []
    for index in range(first, min(len(breaks), first + rows)):
        start, end = breaks[index]
        if index != current:
            lines.append(((text[start:end], "chosen"),))
            continue
        under = next((cluster for cluster, _ in clusters(text[cursor:end])), "")
        spans: tuple[Span, ...] = (
            (text[start:cursor], "chosen"), (under or " ", "cursor"), (text[cursor + len(under) : end], "chosen"),
        )  # fmt: skip
        lines.append(tuple(span for span in spans if span[0]))
    return lines


def line_breaks(text: str, columns: int) -> list[tuple[int, int]]:
    """The lines of a text as (start, end): broken after spaces, inside words that no line holds.

    Room for the cursor behind the last character is part of the text.
    """
    found: list[tuple[int, int]] = []
    start = used = index = 0
    at: int | None = None  # where the line may be broken
    for cluster, cells in [*clusters(text), (" ", 1)]:
        is_end = index >= len(text)
        while index > start and used + cells > columns and (cluster != " " or is_end):
            cut = at if at is not None and at > start else index
            found.append((start, cut))
            used = sum(size for _, size in clusters(text[cut:index]))
            start, at = cut, None
        index += 0 if is_end else len(cluster)
        used += cells
        if cluster == " ":
            at = index
    found.append((start, len(text)))
    return found
