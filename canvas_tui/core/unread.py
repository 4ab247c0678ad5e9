"""What may stand in a file that could not be read, guessed from its text: what follows from that is no other fault.

Guesses widely: a name taken for an id too many holds a finding back until the file is mended; one too few tells a
person to mend what is not broken. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from canvas_tui.core.elements import VISION, as_id, split_link
from canvas_tui.core.text import slug

_QUOTED = re.compile(r"""["']([^\s"'=,\[\]{}]{1,200})["']""")
_TITLE = re.compile(r"""^[ \t]*title[ \t]*=[ \t]*["']([^"'\n]{1,300})""", re.MULTILINE)
_GOALS = re.compile(r"\bgoals\b")
_VISION = re.compile(r"^[ \t]*vision[ \t]*=", re.MULTILINE)


@dataclass(frozen=True)
class Unread:
    """What a file may hold. `words` are the names in it; None where not even its text is known."""

    words: frozenset[str] | None = None
    may_hold_goals: bool = True

    def names(self, address: str) -> bool:
        """Whether the text names this address, or the canvas it is a place of."""
        return self.words is not None and (address in self.words or address.partition("/")[0] in self.words)


def unread_text(text: str, name: str) -> Unread:
    """The guess from a file's text; `name` is its own name without `.toml`, which is a canvas's id by default."""
    quoted = _QUOTED.findall(text)
    words = {name, slug(name), *quoted, *(split_link(word)[0] for word in quoted)}
    words = {as_id(word) for word in words} | {slug(title) for title in _TITLE.findall(text)}
    if _VISION.search(text):
        words.add(VISION)
    return Unread(frozenset(words), _GOALS.search(text) is not None)
