"""How much of a long tree, path, list or text is shown to people, and the words for the rest: "and 3,988 more".

Output for programs (`--json`) is never cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

LEVELS = 12  # levels of a tree
STEPS = 12  # steps of a path
LISTED = 100  # items of a list
LINE_SIGNS = 4_000  # characters of a text of which only a line or two are shown
SIGNS = 20_000  # characters of a text that is shown whole: as long as a chapter of a small book

T = TypeVar("T")


def and_more(count: int) -> str:
    """The words for `count` things that are left out: "and 3,988 more"."""
    return f"and {count:,} more"


def ends_of(steps: Sequence[T], most: int = STEPS) -> tuple[Sequence[T], int, Sequence[T]]:
    """Shorten a path to about `most` steps: (its beginning, the number of steps left out, its end).

    A short path gives (all steps, 0, nothing).
    """
    if len(steps) <= most + 1:  # "and 1 more" takes the room of the one
        return steps, 0, ()
    return steps[: most - 1], len(steps) - most, steps[-1:]


def beginning(text: str, most: int = LINE_SIGNS) -> str:
    """The first `most` characters of a text: more cannot be seen, so the rest need not be cleaned and measured."""
    return text if len(text) <= most else f"{text[:most]}…"


def has_long_text(fields: Mapping[str, object], most: int = SIGNS) -> bool:
    """Whether a value is a text, or a list of texts, of more than `most` characters. A field that holds one is too slow
    to edit, because it is laid out again at every key."""
    for value in fields.values():
        parts = value if isinstance(value, (list, tuple)) else (value,)
        if sum(len(part) for part in parts if isinstance(part, str)) > most:
            return True
    return False


def shortened(text: str, most: int = SIGNS) -> str:
    """The text; if it is longer than `most` characters, its beginning and how much more there is."""
    if len(text) <= most:
        return text
    return f"{text[:most]}… {and_more(len(text) - most)} characters"
