"""Every row of the strategy tree as a line. The program makes only those that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from canvas_tui.graph.build import StrategyGraph
from canvas_tui.tui.paint.style import Line, Marks
from canvas_tui.tui.strategy.nodes import TreeRow
from canvas_tui.tui.strategy.view import Findings, tree_line


def tree_rows(
    rows: Sequence[TreeRow], columns: int, graph: StrategyGraph, findings: Findings, today: date, marks: Marks
) -> list[Line]:
    """Every row of the tree."""
    return [tree_line(row, columns, graph, findings, today, marks) for row in rows]
