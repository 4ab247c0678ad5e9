"""Texts that stand where somebody is still to write or to decide something: they are there, and say nothing yet.

A placeholder is a text wholly in angle brackets, as `new` writes them: "<Who has the problem?>". An undecided text only
says that it is to be decided: "TBD", "to be defined with Bea", "???". Both count as empty. Pure.
"""

from __future__ import annotations

import re
from functools import cache

_LONGEST = 80  # characters; a longer text says something
_SHORT = r"tbd|tba|tbc|todo|fixme"
_VERBS = "defined|decided|determined|confirmed|announced|agreed|discussed|clarified|done|found|written|filled in|named"
_LATER = r"with|by|after|until|till|before|when|once|in|on|at|from|later|soon|next|asap|this|still"
_BEGINNINGS = frozenset("tfsunox?.…")  # the first letters of all undecided texts: a quick test before the slow pattern


@cache  # compiled on first use, which keeps the start of a run quick
def _undecided() -> re.Pattern[str]:
    words = rf"""(?:still\s+)?
    (?: (?:{_SHORT}) | to[\s-]do | to\s+be\s+(?:{_VERBS}) | undecided | n/?a\s+yet
      | (?:not|nothing)\s+(?:yet\s+)?(?:{_VERBS})(?:\s+yet)? | not\s+yet | open\s+question )
    (?: \s*[:,(–—-]?\s*\b(?:{_LATER})\b(?:\s+[^\s.;]+){{0,4}} )?
    [\s.…!?)]*"""
    only_signs = r"[\s?…]+|[\s.?]*\.{3}[\s.?]*|x{3,}"
    return re.compile(rf"(?:{words})|{only_signs}", re.VERBOSE | re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Whether a text is wholly in angle brackets, as `new` writes it."""
    return "<" in text and bool(hint_of(text))


def hint_of(text: str) -> str:
    """The words of a placeholder without their brackets; "" for any other text."""
    text = text.strip()
    if not (text.startswith("<") and text.endswith(">")):
        return ""
    inner = text[1:-1]
    words = inner.split()
    is_address = len(words) == 1 and ("://" in inner or "@" in inner)  # <ana@example.org>
    if "<" in inner or ">" in inner or is_address or not any(map(str.isalpha, inner)):
        return ""
    return " ".join(words)


def is_undecided(text: str) -> bool:
    """Whether a text says nothing but that it is to be decided, or ends in "???"."""
    text = text.strip()
    if text.endswith("???"):
        return True
    if not text or len(text) > _LONGEST or text[0].lower() not in _BEGINNINGS:
        return False
    return _undecided().fullmatch(text) is not None


def says_something(text: str) -> bool:
    """Whether a text is somebody's own words: neither blank, nor a placeholder, nor undecided."""
    return bool(text) and not text.isspace() and not is_placeholder(text) and not is_undecided(text)
