"""How like two texts are by their words, to put first what is most likely meant. Pure, and made for thousands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from canvas_tui.core.search import fold

_WORD = re.compile(r"[^\W_]+")
_STEM = 5  # letters that words of one stem have in common: "remind", "reminders"
_SHORTEST = 3  # shorter words say too little


def most_alike(text: str, others: Sequence[str]) -> list[int]:
    """The places of `others`, those that share the rarest words with the text first; the rest in their own order."""
    wanted = stems(text)
    each = [stems(other) for other in others]
    shared = Counter(stem for own in each for stem in own & wanted)
    scores = [sum(1 / shared[stem] for stem in sorted(own & wanted)) for own in each]
    return sorted(range(len(others)), key=lambda place: (-scores[place], place))


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words in a text, numbers whole."""
    return frozenset(_stemmed(_WORD.findall(fold(text))))


def _stemmed(words: Iterable[str]) -> Iterable[str]:
    return (word if word.isdigit() else word[:_STEM] for word in words if len(word) >= _SHORTEST or word.isdigit())
