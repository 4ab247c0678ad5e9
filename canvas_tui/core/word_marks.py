"""Which words of a text changed between two versions. Pure.

Quick for any text: what both begin and end with is cut off, and if the rest is long, all of it counts as changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MOST = 400  # tokens of either side that are compared one by one; the time grows with their square


class MarkedPiece(NamedTuple):
    """A stretch of text that both versions have ("same"), that was taken out ("was") or that was put in ("now")."""

    kind: Literal["same", "was", "now"]
    text: str


def marked(before: str, after: str) -> list[MarkedPiece]:
    """Both texts as one row of pieces: `same` and `was` together are the text before, `same` and `now` that after."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    middle = _between(old[start : len(old) - end], new[start : len(new) - end])
    pieces = [MarkedPiece("same", "".join(old[:start])), *middle, MarkedPiece("same", "".join(old[len(old) - end :]))]
    return [piece for piece in pieces if piece.text]


def _shared(old: list[str], new: list[str]) -> int:
    """How many tokens both begin with."""
    for at, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return at
    return min(len(old), len(new))


def _between(old: list[str], new: list[str]) -> Iterator[MarkedPiece]:
    if len(old) > _MOST or len(new) > _MOST:
        yield from (MarkedPiece("was", "".join(old)), MarkedPiece("now", "".join(new)))
        return
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    was = now = ""
    for tag, i, j, k, m in steps:
        same = "".join(old[i:j])
        if tag == "equal" and same.strip():  # a space alone between two changes counts as part of them
            yield from (MarkedPiece("was", was), MarkedPiece("now", now), MarkedPiece("same", same))
            was = now = ""
        else:
            was, now = was + same, now + "".join(new[k:m])
    yield from (MarkedPiece("was", was), MarkedPiece("now", now))
