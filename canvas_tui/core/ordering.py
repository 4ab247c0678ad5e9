"""Merges the order of a list that two people changed. Moves of both count; additions of both come one after the other.

Pure. A key is anything hashable, and is in a list at most once. Takes n log n time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Sequence
from itertools import pairwise
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def merge_order(base: Sequence[K], ours: Sequence[K], theirs: Sequence[K], stays: Collection[K]) -> list[K]:
    """The keys of `stays` in the merged order: our order, with their moves and additions.

    A key that both moved stands where we put it. Where both added keys at one place, ours come first. A key of `stays`
    that is in neither list is left out.
    """
    elsewhere = moved_keys(base, ours)  # their keys keep no place beside a key that we moved
    moved = moved_keys(base, theirs) - elsewhere
    wanted, known = set(stays), set(theirs)
    runs: list[list[K]] = [[]]  # each begins with a key that they have too; our own additions follow it
    for key in ours:
        if key in wanted and key not in moved:
            if key in known:
                runs.append([key])
            else:
                runs[-1].append(key)
    at = {run[0]: number for number, run in enumerate(runs) if number}
    following: list[int | None] = [*range(1, len(runs)), None]
    before = 0
    for key in theirs:
        if key not in wanted:
            continue
        if key not in at:
            at[key] = len(runs)
            runs.append([key])
            following.append(following[before])
            following[before] = at[key]
        before = before if key in elsewhere else at[key]
    found: list[K] = []
    number: int | None = 0
    while number is not None:
        found += runs[number]
        number = following[number]
    return found


def moved_keys(before: Sequence[K], after: Sequence[K]) -> set[K]:
    """The keys in both lists that were moved: the fewest that turn the order `before` into the order `after`."""
    place = {key: number for number, key in enumerate(before)}
    common = [key for key in after if key in place]
    stay = _longest_rise([place[key] for key in common])
    return set(common) - {common[index] for index in stay}


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The indexes of the longest rising run that can be picked out of some numbers."""
    if all(one < other for one, other in pairwise(numbers)):
        return list(range(len(numbers)))
    ends: list[int] = []  # the smallest number at which a run of each length ends
    at: list[int] = []  # and its index
    back: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        back.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [index]
    found: list[int] = []
    index = at[-1] if at else -1
    while index >= 0:
        found.append(index)
        index = back[index]
    return found[::-1]
