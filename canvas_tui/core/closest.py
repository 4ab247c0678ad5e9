"""The name that a slip of the pen most likely means. A name in other letters' case is the nearest there is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from canvas_tui.core.elements import as_id


def closest_of(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name most like this one, or None where none is near."""
    names = list(known)
    return same_but_for_case(name, names) or next(iter(difflib.get_close_matches(name, names, 1, cutoff)), None)


def same_but_for_case(name: str, known: Iterable[str]) -> str | None:
    """The first known name that differs in the case of its letters at most."""
    folded = as_id(name).casefold()
    return next((each for each in known if as_id(each).casefold() == folded), None)
