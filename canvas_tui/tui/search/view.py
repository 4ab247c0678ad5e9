"""What a search found, as lines: where the words stand, underlined, and what it is.

Pure, no textual.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from canvas_tui.core.search import Hit, fold
from canvas_tui.core.text import clip, counted, width
from canvas_tui.core.workspace import Workspace
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.dialogs.matching import with_matches
from canvas_tui.tui.paint.field import field_line
from canvas_tui.tui.paint.parts import line_width, padded, place_of, said, title_of
from canvas_tui.tui.paint.style import Line, Marks, Span

SHOWN = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A line with the address found; None where there is nothing to go to. The line is made when it is looked at."""

    make: Callable[[], Line]
    address: str | None = None

    @property
    def line(self) -> Line:
        """The line itself, made now."""
        return self.make()


def search_rows(hits: Sequence[Hit], query: str, workspace: Workspace, columns: int, marks: Marks) -> list[Row]:
    """One row a hit, best first; a second one where the words stand in a note or another field."""
    rows: list[Row] = []
    for hit in hits[:SHOWN]:
        rows.append(Row(partial(_hit_line, hit, query, workspace, columns), hit.item.address))
        if hit.field != "text":
            rows.append(Row(partial(_field_line, hit, query, columns, marks)))
    if len(hits) > SHOWN:
        rows.append(_told(f"{len(hits) - SHOWN} more - type another word"))
    if not hits:
        words = (
            "Nothing has all these words."
            if query.strip()
            else "Type a word: texts, notes, owners and ids are looked at."
        )
        rows.append(_told(words))
    return rows


def _told(words: str) -> Row:
    return Row(lambda: ((f"   {words}", "dim"),))


def _hit_line(hit: Hit, query: str, workspace: Workspace, columns: int) -> Line:
    place = clip(place_of(hit.item, workspace), max(12, columns * 2 // 5))
    room = columns - width(place) - 4
    text = clip(title_of(hit.item, workspace), room)
    spans: list[Span] = [(" ", ""), *(_underlined(text, query) if hit.field == "text" else [(text, "")])]
    return (*padded(tuple(spans), columns - width(place) - 1), (place, "dim"), (" ", ""))


def _field_line(hit: Hit, query: str, columns: int, marks: Marks) -> Line:
    """The part of the note or field where the first word stands."""
    text = said(hit.text)
    first = query.split()[0]
    at = max(0, fold(text).find(fold(first)))
    head = f"   {hit.field}: "
    start = max(0, at - 20) if width(text) > columns - width(head) - 1 else 0
    shown = (marks.ellipsis if start else "") + text[start : start + 2 * columns]
    return ((head, "dim"), *_underlined(clip(shown, columns - width(head) - 1), query, "dim"))


def _underlined(text: str, query: str, style: str = "") -> list[Span]:
    """The text with every word of the query underlined where it stands."""
    spans: list[Span] = [(text, style)]
    for word in sorted(query.split(), key=len, reverse=True):
        parts: list[Span] = []
        for part, kind in spans:
            whole = kind != "match" and fold(word) in fold(part)
            parts += with_matches(part, word, kind) if whole else [(part, kind)]
        spans = parts
    return spans


def search_header(buffer: Buffer, start: int, found: int | None, columns: int, marks: Marks) -> tuple[Line, int]:
    """The field one types in, with the number of hits (None: still looking); and where its window starts."""
    told = counted(found, "hit") if found is not None else f"looking {marks.ellipsis}"
    count = f" {told} " if buffer.text.strip() else " "
    head: tuple[Span, ...] = ((f" Search {marks.why} ", "bar"),)
    room = columns - line_width(head) - width(count)
    spans, start = field_line(buffer, room, start, "any word in the workspace")
    return (*padded((*head, *spans), columns - width(count)), (count, "dim")), start
