"""Finds canvases that replaced an older one of the same model, by the years in their names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from canvas_tui.core.elements import Canvas

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def replacements(canvases: Sequence[Canvas], this_year: int) -> Iterator[tuple[Canvas, Canvas]]:
    """Pairs (older canvas, the one that replaced it). The older has an earlier year in its name.

    Apart from the year their names are alike: all words of one title are in the other.
    """
    named = [(canvas, *_dated_name(canvas)) for canvas in canvases]
    for old, year, words in named:
        if year is None or year >= this_year:
            continue
        for new, other_year, other_words in named:
            is_later = old is not new and (other_year is None or other_year > year)
            if is_later and (words <= other_words or other_words <= words):
                yield old, new
                break


def _dated_name(canvas: Canvas) -> tuple[int | None, frozenset[str]]:
    """The last year that a canvas has in its title or id, and the other words of its title."""
    years = [int(year) for year in _YEAR.findall(f"{canvas.title} {canvas.id}")]
    words = re.findall(r"[^\W\d]+", canvas.title.casefold())
    return (max(years) if years else None), frozenset(words)
