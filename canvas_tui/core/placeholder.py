"""Texts that stand where somebody is still to write or to decide something: they are there, and say nothing yet.

A placeholder is a text wholly in angle brackets, as `new` writes them: "<Who has the problem?>". An undecided text only
says that it is to be decided: "TBD", "to be defined with Bea", "???". Both count as empty wherever is asked what is
written. Pure: a text in, an answer out.
"""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\s*<\s*([^<>]*[^\W\d_][^<>]*?)\s*>\s*")
_ADDRESS = re.compile(r"\S*(?:://|@)\S*")  # <https://...> and <ana@example.org> are what people write, not gaps
_LONGEST = 80  # characters; who writes more says something
_SHORT = r"tbd|tba|tbc|todo|fixme"
_VERBS = "defined|decided|determined|confirmed|announced|agreed|discussed|clarified|done|found|written|filled in|named"
_LATER = r"with|by|after|until|till|before|when|once|in|on|at|from|later|soon|next|asap|this|still"
_UNDECIDED = re.compile(
    rf"""(?:still\s+)?
    (?: (?:{_SHORT}) | to[\s-]do | to\s+be\s+(?:{_VERBS}) | undecided | n/?a\s+yet
      | (?:not|nothing)\s+(?:yet\s+)?(?:{_VERBS})(?:\s+yet)? | not\s+yet | open\s+question )
    (?: \s*[:,(–—-]?\s*\b(?:{_LATER})\b(?:\s+[^\s.;]+){{0,4}} )?
    [\s.…!?)]*""",
    re.VERBOSE | re.IGNORECASE,
)
_ONLY_SIGNS = re.compile(r"[\s?…]+|[\s.?]*\.{3}[\s.?]*|x{3,}", re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Whether a text is wholly in angle brackets: what `new` wrote, and nobody has changed."""
    found = _BRACKETS.fullmatch(text) if "<" in text else None
    return found is not None and not _ADDRESS.fullmatch(found[1])


def hint_of(text: str) -> str:
    """The words of a placeholder without their brackets; "" for any other text."""
    found = _BRACKETS.fullmatch(text) if is_placeholder(text) else None
    return " ".join(found[1].split()) if found else ""


def is_undecided(text: str) -> bool:
    """Whether a text says nothing but that it is to be decided, or ends in "???"."""
    text = text.strip()
    if text.endswith("???"):
        return True
    return 0 < len(text) <= _LONGEST and bool(_UNDECIDED.fullmatch(text) or _ONLY_SIGNS.fullmatch(text))


def says_something(text: str) -> bool:
    """Whether a text is somebody's own words: neither blank, nor a placeholder, nor undecided."""
    return bool(text) and not text.isspace() and not is_placeholder(text) and not is_undecided(text)
