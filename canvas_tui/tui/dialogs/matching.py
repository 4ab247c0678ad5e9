"""Choosing one of many by typing a few letters: which fit, in what order, and which letters fitted.

Pure. Made for ten thousand items: texts are folded once, and each letter typed looks only at what fitted before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from canvas_tui.core.search import fold, fuzzy_score
from canvas_tui.tui.paint.style import Span

SHOWN = 300
_STRIDE = 256  # items matched between two checks whether the result is still wanted


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to choose. `value` is what the choice gives; `also` is searched too, for whole words typed."""

    value: str
    text: str
    group: str = ""
    detail: str = ""
    also: str = ""
    is_ticked: bool = False
    mark: str = ""  # one sign before the text
    hint: str = ""  # more words, dimmed, where there is room
    is_creator: bool = False  # creates a new element from what is typed; always last, fits every query


class Matcher:
    """The items that fit a query, best first, grouped. Ask with each new query; narrowing is remembered.

    Several threads may ask at the same time. So what is remembered is replaced in one step.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        every = tuple(items)
        self._items = tuple(item for item in every if not item.is_creator)
        self.creators = tuple(item for item in every if item.is_creator)
        self._folded = [fold(item.text) for item in self._items]
        self._also = [fold(item.also) if item.also else "" for item in self._items]
        self._fitting: dict[str, list[int]] = {"": list(range(len(self._items)))}

    def __len__(self) -> int:
        return len(self._items)

    def fitting(self, query: str, go_on: Callable[[], None] = lambda: None) -> list[Item]:
        """The items that fit, best first; all of them in their own order for an empty query.

        `go_on` is called now and then. It raises an error to stop the matching.
        """
        wanted = fold(query).strip()
        if not wanted:
            return list(self._items)
        fitting = {each: found for each, found in self._fitting.items() if wanted.startswith(each)}
        known = max(fitting, key=len)
        scored: list[tuple[int, int]] = []
        folded, also = self._folded, self._also
        for number, index in enumerate(fitting[known]):
            if not number % _STRIDE:
                go_on()
            score = fuzzy_score(wanted, folded[index])
            if also[index] and wanted in also[index]:
                second = (fuzzy_score(wanted, also[index]) or 0) - 100
                score = second if score is None else max(score, second)
            if score is not None:
                scored.append((score, index))
        self._fitting = {**fitting, wanted: [index for _, index in scored]}
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return [self._items[index] for _, index in scored]


def grouped(items: Sequence[Item], limit: int = SHOWN) -> list[tuple[str, list[Item]]]:
    """The first `limit` items by group, the group of the best item first, in each the best first."""
    groups: dict[str, list[Item]] = {}
    for item in items[:limit]:
        groups.setdefault(item.group, []).append(item)
    return list(groups.items())


def matched_positions(query: str, text: str) -> set[int]:
    """The indexes of the characters of `text` that the query's letters fitted; empty where they do not."""
    folded, origin = _folded_with_origin(text)
    wanted = fold(query).strip()
    if not wanted:
        return set()
    whole = folded.find(wanted)
    if whole >= 0:
        return set(origin[whole : whole + len(wanted)])
    found, position = set(), 0
    for letter in wanted.replace(" ", ""):
        position = folded.find(letter, position)
        if position < 0:
            return set()
        found.add(origin[position])
        position += 1
    return found


def with_matches(text: str, query: str, style: str = "") -> list[Span]:
    """The text as spans, the letters that fitted the query underlined."""
    positions = matched_positions(query, text) if query.strip() else set()
    if not positions:
        return [(text, style)] if text else []
    spans: list[Span] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (at in positions) != (start in positions):
            spans.append((text[start:at], "match" if start in positions else style))
            start = at
    return spans


def _folded_with_origin(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the index of the one it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        part = fold(character)
        folded.append(part)
        origin += [index] * len(part)
    return "".join(folded), origin
