"""Puts the elements of a list among the stretches of text of a merge's result. Text only."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

NEW = "\0"  # the gap of what had none of its own in ours: as many blank lines as are usual

Anchors = dict[Hashable, tuple[list[Hashable], str]]
"""For every stretch of theirs: what stands above it, the nearest first, and its gap."""


@dataclass(slots=True, eq=False)
class Slot:
    """One stretch of the result; `key` is what it is known by in all three versions."""

    key: Hashable
    gap: str
    text: str


def place(slots: list[Slot], order: list[tuple[int, str]], anchors: Anchors) -> None:
    """Put the elements of one list into their slots, in order; those that have none go behind the one before."""
    wanted = dict(order)
    at = [index for index, slot in enumerate(slots) if slot.key in wanted]
    have = {slots[index].key for index in at}
    for index, number in zip(at, [number for number, _ in order if number in have], strict=True):
        slots[index].key, slots[index].text = number, wanted[number]
    if len(have) == len(order):
        return
    before: Hashable = None
    following: dict[Hashable, list[Slot]] = {}
    for number, text in order:
        if number in have:
            before = number
        else:
            gap = anchors[number][1] if number in anchors else NEW
            following.setdefault(before, []).append(Slot(number, gap if gap.strip() else NEW, text))
    first = following.pop(None, [])
    if first and at:
        first[0].gap, slots[at[0]].gap = slots[at[0]].gap, NEW
    index = at[0] if at else _place_of_new(slots, anchors.get(order[0][0]))
    placed = [*slots[:index], *first]
    for slot in slots[index:]:
        placed += (slot, *following.get(slot.key, ()))
    slots[:] = placed


def _place_of_new(slots: list[Slot], anchor: tuple[list[Hashable], str] | None) -> int:
    """Where a list begins that ours does not have: behind what stands above it in theirs."""
    above = anchor[0] if anchor else [None]
    if not above:
        return 0
    where = {slot.key: index for index, slot in enumerate(slots)}
    return next((where[key] + 1 for key in above if key in where), len(slots))
