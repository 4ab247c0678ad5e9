"""How much of something long is shown, and how what is left out is told: "and 3,988 more".

Owns the limits of trees, paths and lists that people read. Whoever reads by program gets all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

LEVELS = 12  # of a tree, one below the other
STEPS = 12  # of a path, one behind the other
LISTED = 100  # of a list
LINE_SIGNS = 4_000  # of one text, where a line or two of it are shown
SIGNS = 20_000  # of one text, where it is shown whole: a small book's chapter

T = TypeVar("T")


def and_more(count: int) -> str:
    """ "and 3,988 more"."""
    return f"and {count:,} more"


def ends_of(steps: Sequence[T], most: int = STEPS) -> tuple[Sequence[T], int, Sequence[T]]:
    """The beginning of a way, how many steps of it are left out, and its end: all, 0 and nothing where it is short."""
    if len(steps) <= most + 1:  # "and 1 more" takes the room of the one
        return steps, 0, ()
    return steps[: most - 1], len(steps) - most, steps[-1:]


def beginning(text: str, most: int = LINE_SIGNS) -> str:
    """What can be seen of a text at most: the rest is neither cleaned nor measured, however long it is."""
    return text if len(text) <= most else f"{text[:most]}…"


def has_long_text(fields: Mapping[str, object], most: int = SIGNS) -> bool:
    """Whether any of these values is a text, or a list of texts, too long for a field that is laid out at every key."""
    for value in fields.values():
        parts = value if isinstance(value, (list, tuple)) else (value,)
        if sum(len(part) for part in parts if isinstance(part, str)) > most:
            return True
    return False


def shortened(text: str, most: int = SIGNS) -> str:
    """The beginning of a text too long to be laid out, and how much more there is of it."""
    if len(text) <= most:
        return text
    return f"{text[:most]}… {and_more(len(text) - most)} characters"
