"""Whether two values that people wrote say the same: "19,99 €" and "EUR 19.99", "8.4 million" and 8400000. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

_NUMBER = re.compile(r"\d+(?:[.,'’ ]\d+)*")
_WORD = re.compile(r"[^\W\d_]+|[€$£¥%]")
_TIMES = {
    "k": 1_000, "thousand": 1_000, "mio": 1_000_000, "mn": 1_000_000, "million": 1_000_000, "millions": 1_000_000,
    "bn": 1_000_000_000, "billion": 1_000_000_000, "billions": 1_000_000_000,
}  # fmt: skip
_SAME = {
    "€": "eur", "euro": "eur", "euros": "eur", "$": "usd", "dollar": "usd", "dollars": "usd", "£": "gbp",
    "pound": "gbp", "pounds": "gbp", "¥": "jpy", "yen": "jpy", "percent": "%", "ct": "cent", "cents": "cent",
    "mo": "month", "monthly": "month", "months": "month", "yr": "year", "yearly": "year", "years": "year",
    "annum": "year", "annually": "year", "days": "day", "daily": "day", "weeks": "week", "weekly": "week",
    "users": "user", "seats": "seat",
}  # fmt: skip
_FILLERS = frozenset("a an the per pro each every of for in at from to about only cost costs is price".split())
_NOTHING = frozenset({"free", "none", "nothing", "gratis", "zero"})
_COMPARED = 60  # readings of one subject that are compared with one another


class Reading(NamedTuple):
    """What a value says: its numbers in order, and its other words."""

    numbers: tuple[float, ...]
    words: frozenset[str]

    def agrees_with(self, other: Reading) -> bool:
        """Whether both say the same, or one only adds words for what the number counts."""
        return self.numbers == other.numbers and (self.words <= other.words or other.words <= self.words)


def reading_of(value: object) -> Reading | None:
    """The Reading of a field's value; None if it says nothing."""
    if isinstance(value, date):
        value = str(value)[:10]
    text = str(value).casefold() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
    if not text.strip():
        return None
    numbers, rest, last = list[float](), list[str](), 0
    for match in _NUMBER.finditer(text):
        rest.append(text[last : match.start()])
        numbers.append(_number(match.group()))
        last = match.end()
    rest.append(text[last:])
    words = list[str]()
    for place, part in enumerate(rest):
        found = _WORD.findall(part)
        if place and found and found[0] in _TIMES:
            numbers[place - 1] *= _TIMES[found.pop(0)]
        words += (_SAME.get(word, word) for word in found)
    if not numbers and not _NOTHING.isdisjoint(words):
        return Reading((0.0,), frozenset())
    return Reading(tuple(round(number, 6) for number in numbers), frozenset(words) - _FILLERS)


def _number(digits: str) -> float:
    """The number that digits with points, commas and spaces stand for, in the ways they are written in."""
    parts = re.split(r"[.,'’ ]", digits)
    marks = re.findall(r"[.,'’ ]", digits)
    if not marks:
        return float(digits)
    is_grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3 and parts[0] != "0"
    if marks[-1] in ".," and (marks.count(marks[-1]) == 1) and not (is_grouped and len(set(marks)) == 1):
        return float("".join(parts[:-1]) + "." + parts[-1])
    return float("".join(parts))


def disagreement(readings: Sequence[Reading]) -> tuple[int, int] | None:
    """The indexes of the first two readings that do not agree, or None."""
    distinct = {reading: place for place, reading in reversed(list(enumerate(readings)))}
    ordered = sorted(distinct.values())[:_COMPARED]
    return next(_pairs(readings, ordered), None)


def _pairs(readings: Sequence[Reading], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at, first in enumerate(places):
        for second in places[at + 1 :]:
            if not readings[first].agrees_with(readings[second]):
                yield first, second
