"""Checks that a new text says exactly what core has computed. A text that does not is never saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from canvas_tui.core.elements import Canvas, Cell, Entry, Goal, Header, Initiative
from canvas_tui.core.values import same_values
from canvas_tui.core.workspace import Document

_TEXTS = frozenset((str,))
_EXACT = frozenset((str, int, bool, date))


class WriteMismatch(Exception):
    """The patched text would not say exactly what the edit means. Nothing was written."""

    def __init__(self, file: str, reason: str = "the result would not say what was meant", text: str = "") -> None:
        super().__init__(f"{file}: {reason}, so nothing was written - make this edit in an editor")
        self.file = file
        self.text = text  # the text that would have been written


def says_same(one: Document, other: Document, *, ids_may_be_implied: bool = False) -> bool:
    """Whether two documents hold the same, types of values included. The order of keys and of cells does not count.

    With `ids_may_be_implied` an id that is written equals the same id that the reader made from the title.
    """
    if one.is_readable is not other.is_readable:
        return False
    if ids_may_be_implied:
        one, other = _with_ids(one), _with_ids(other)
    return (
        _same_header(one.header, other.header)
        and _same_canvas(one.canvas, other.canvas)
        and _same_listed(one.goals, other.goals)
        and _same_listed(one.initiatives, other.initiatives)
        and same_values(dict(one.extra), dict(other.extra))
    )


def _with_ids(document: Document) -> Document:
    goals = tuple(replace(goal, fields={"id": goal.id, **goal.fields}) for goal in document.goals)
    initiatives = tuple(replace(each, fields={"id": each.id, **each.fields}) for each in document.initiatives)
    canvas = document.canvas
    if canvas is not None:
        canvas = replace(canvas, fields={"id": canvas.id, **canvas.fields})
    return replace(document, goals=goals, initiatives=initiatives, canvas=canvas)


def _same_header(one: Header | None, other: Header | None) -> bool:
    if one is None or other is None:
        return one is other
    return (
        same_values(one.fields, other.fields)
        and len(one.waivers) == len(other.waivers)
        and all(same_values(a.fields, b.fields) for a, b in zip(one.waivers, other.waivers, strict=True))
    )


def _same_canvas(one: Canvas | None, other: Canvas | None) -> bool:
    if one is None or other is None:
        return one is other
    return (
        one.id == other.id
        and one.model == other.model
        and same_values(one.fields, other.fields)
        and one.cells.keys() == other.cells.keys()
        and all(_same_cell(cell, other.cells[name]) for name, cell in one.cells.items())
    )


def _same_cell(one: Cell, other: Cell) -> bool:
    return same_values(one.fields, other.fields) and _same_entries(one.entries, other.entries)


def _same_entries(one: tuple[Entry, ...], other: tuple[Entry, ...]) -> bool:
    if len(one) != len(other):
        return False
    for a, b in zip(one, other, strict=True):
        if not _are_plainly_same(a.fields, b.fields) and not same_values(a.fields, b.fields):
            return False
    return True


def _are_plainly_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """A quick test whether two tables are the same, which is enough for most tables. False proves nothing.

    Values that are equal and of one type are the same; floats are left out, because 0.0 equals -0.0.
    """
    if one != other:
        return False
    for key, value in one.items():
        kind = type(value)
        if kind is list:
            if not _TEXTS.issuperset(map(type, value)):
                return False
        elif kind not in _EXACT or type(other[key]) is not kind:
            return False
    return True


def _same_listed(one: tuple[Goal | Initiative, ...], other: tuple[Goal | Initiative, ...]) -> bool:
    if len(one) != len(other):
        return False
    return all(a.id == b.id and same_values(a.fields, b.fields) for a, b in zip(one, other, strict=True))
