"""The name most like a misspelt one, found among thousands without comparing it to each."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable

from canvas_tui.core.closest import closest_of

_CANDIDATES = 12  # names that share the most letters in a row are compared closely
_LOOKED_AT = 1000  # names taken from the index for one question: those that share the rarest letters
_CUTOFF = 0.6


class Names:
    """Names to suggest from. The index is made when the first question comes."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names
        self._index: dict[str, list[str]] | None = None

    def closest(self, name: str, *, but: str = "") -> str | None:
        """The name most like this one, or None where none is near; never `but`."""
        if self._index is None:
            self._index = {}
            for known in sorted(set(self._names)):
                for part in _parts(known):
                    self._index.setdefault(part, []).append(known)
        shared: Counter[str] = Counter()
        for alike in sorted((self._index.get(part, []) for part in _parts(name)), key=len):
            if shared and shared.total() + len(alike) > _LOOKED_AT:
                break
            shared.update(alike[:_LOOKED_AT])
        near = heapq.nsmallest(
            _CANDIDATES, shared.keys() - {but}, key=lambda known: (-shared[known], abs(len(known) - len(name)), known)
        )
        return closest_of(name, near, _CUTOFF)


def _parts(name: str) -> set[str]:
    padded = f"  {name.lower()[:100]} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
