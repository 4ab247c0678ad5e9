"""Finds the name that a misspelt one most likely means. A name that differs only in upper and lower case is nearest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from canvas_tui.core.elements import as_id


def closest_of(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name most like this one, or None if none is near. `cutoff` is the least likeness, 0.0 to 1.0."""
    names = list(known)
    return same_but_for_case(name, names) or next(iter(difflib.get_close_matches(name, names, 1, cutoff)), None)


def same_but_for_case(name: str, known: Iterable[str]) -> str | None:
    """The first known name that is equal, or equal but for upper and lower case; None if there is none."""
    folded = as_id(name).casefold()
    return next((each for each in known if as_id(each).casefold() == folded), None)
