"""Counts how much of a strategy is filled and linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from canvas_tui.core.elements import Cell, Kind
from canvas_tui.core.placeholder import says_something
from canvas_tui.graph.build import StrategyGraph
from canvas_tui.graph.nodes import Node


@dataclass(frozen=True, slots=True)
class Count:
    """`total` elements, of which `filled` are filled and `linked` are linked too. `linked` is None if it is unknown."""

    linked: int | None = 0
    filled: int = 0
    total: int = 0

    def as_dict(self) -> dict[str, int | None]:
        """The shape `check --json` has."""
        return {"linked": self.linked, "filled": self.filled, "total": self.total}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts for the whole workspace, and for the cells of each canvas by the canvas's id (by its file if two canvases
    share the id; then only cells that the id stands for are counted). Archived canvases do not count.

    A cell is filled if an entry in it says something (a placeholder does not). It is linked if such an entry, or the
    cell itself, reaches a goal. A goal is linked if an initiative that is not cancelled reaches it, an initiative if it
    reaches a goal; both are filled if their title is not a placeholder. While a file cannot be read, `linked` is
    unknown: the links, or their other ends, may be in that file.
    """

    cells: Count
    goals: Count
    initiatives: Count
    canvases: Mapping[str, Count] = field(default_factory=dict)

    def as_dict(self) -> dict[str, dict[str, int | None]]:
        """The shape `check --json` has."""
        return {
            "cells": self.cells.as_dict(),
            "goals": self.goals.as_dict(),
            "initiatives": self.initiatives.as_dict(),
        }


def coverage(graph: StrategyGraph) -> Coverage:
    """The counts of a graph, in one pass over its nodes."""
    cells: dict[str, list[tuple[bool, bool]]] = {}
    goals: list[tuple[bool, bool]] = []
    initiatives: list[tuple[bool, bool]] = []
    keys = graph.workspace.canvas_keys
    for node in graph.in_order:
        if node.kind is Kind.CELL and node.canvas is not None and not node.is_archived:
            cells.setdefault(keys[node.file], []).append(_cell(graph, node))
        elif node.kind is Kind.GOAL:
            goals.append((node.address in graph.worked_on, says_something(node.text)))
        elif node.kind is Kind.INITIATIVE:
            initiatives.append((node.address in graph.with_goal, says_something(node.text)))
    is_known = not graph.workspace.unread
    canvases = {canvas: _count(counted, is_known=is_known) for canvas, counted in cells.items()}
    every = [one for counted in cells.values() for one in counted]
    return Coverage(
        _count(every, is_known=is_known),
        _count(goals, is_known=is_known),
        _count(initiatives, is_known=is_known),
        canvases,
    )


def _cell(graph: StrategyGraph, node: Node) -> tuple[bool, bool]:
    """(whether a cell is linked, whether it is filled)."""
    cell = node.element
    assert isinstance(cell, Cell)
    filled = [index for index, entry in enumerate(cell.entries) if entry.is_written]
    linked = node.address in graph.with_goal or any(
        graph.has_goal(cell.entries[index].id or f"{node.address}/{index + 1}") for index in filled
    )
    return linked, bool(filled)


def _count(each: Iterable[tuple[bool, bool]], *, is_known: bool) -> Count:
    each = list(each)
    return Count(
        linked=sum(linked and filled for linked, filled in each) if is_known else None,
        filled=sum(filled for _, filled in each),
        total=len(each),
    )
