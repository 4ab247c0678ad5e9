"""Sorts texts by the words they share with another text, most alike first. Pure; fast for thousands of texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from canvas_tui.core.search import fold

_WORD = re.compile(r"[^\W_]+")
_STEM = 5  # words whose first letters are the same have one stem: "remind", "reminders"
_SHORTEST = 3  # shorter words say too little


def most_alike(text: str, others: Sequence[str]) -> list[int]:
    """The indexes of `others`: those that share the rarest words with `text` come first, the rest keep their order."""
    wanted = stems(text)
    each = [stems(other) for other in others]
    shared = Counter(stem for own in each for stem in own & wanted)
    scores = [sum(1 / shared[stem] for stem in sorted(own & wanted)) for own in each]
    return sorted(range(len(others)), key=lambda place: (-scores[place], place))


def stems(text: str) -> frozenset[str]:
    """The stems of the words in a text: their first letters. Numbers are kept whole."""
    return frozenset(_stemmed(_WORD.findall(fold(text))))


def _stemmed(words: Iterable[str]) -> Iterable[str]:
    return (word if word.isdigit() else word[:_STEM] for word in words if len(word) >= _SHORTEST or word.isdigit())
