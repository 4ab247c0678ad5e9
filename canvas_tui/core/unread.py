"""Guesses from its text what may stand in a file that could not be read. Rules then hold back what may follow from it.

Guesses widely: a name too many only holds a finding back until the file is mended, but a name too few tells a person to
mend what is not broken. Pure.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from canvas_tui.core.elements import VISION, as_id, split_link
from canvas_tui.core.text import slug

# Compiled when a file cannot be read; `re` keeps them.
_QUOTED = r"""["']([^\s"'=,\[\]{}]{1,200})["']"""
_TITLE = r"""(?m)^[ \t]*title[ \t]*=[ \t]*["']([^"'\n]{1,300})"""
_GOALS = r"\bgoals\b"
_VISION = r"(?m)^[ \t]*vision[ \t]*="


class Unread(NamedTuple):
    """What a file may hold. `words` are the names in it; None if not even its text is known."""

    words: frozenset[str] | None = None
    may_hold_goals: bool = True

    def names(self, address: str) -> bool:
        """Whether the text names this address, or the canvas it is a place of."""
        return self.words is not None and (address in self.words or address.partition("/")[0] in self.words)


def unread_text(text: str, name: str) -> Unread:
    """The guess from a file's text; `name` is its own name without `.toml`, which is a canvas's id by default."""
    quoted = re.findall(_QUOTED, text)
    words = {name, slug(name), *quoted, *(split_link(word)[0] for word in quoted)}
    words = {as_id(word) for word in words} | {slug(title) for title in re.findall(_TITLE, text)}
    if re.search(_VISION, text):
        words.add(VISION)
    return Unread(frozenset(words), re.search(_GOALS, text) is not None)
