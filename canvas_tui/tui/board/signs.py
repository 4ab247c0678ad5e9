"""From graph and findings to the signs on a board and the figures in its header.

The only part of the board that knows how graph and rules name things; everything else is told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from canvas_tui.core.workspace import Workspace
from canvas_tui.tui.board.contents import Contents, Signs, written_links

if TYPE_CHECKING:
    from canvas_tui.graph import StrategyGraph
    from canvas_tui.rules import Report

# Findings that say that something is wrong, not that something is missing.
_NO_GAP = frozenset({"duplicate-id", "dangling-link", "cycle", "unknown-cell", "invalid-value", "unsafe-text"})


class Figures(NamedTuple):
    """What the header counts on one canvas; None while graph and findings are not made yet."""

    linked: int | None = None
    filled: int = 0
    total: int = 0
    gaps: int = 0
    wrong: int = 0
    orphans: int = 0


@dataclass(frozen=True)
class Known:
    """Signs of the whole workspace, and what the header needs besides them."""

    signs: Signs
    linked: dict[str, tuple[int, int, int]] = field(default_factory=dict)  # by canvas: linked, filled, total
    wrong: frozenset[str] = frozenset()


def known_of(workspace: Workspace, graph: StrategyGraph | None, report: Report | None) -> Known:
    """The signs of every element; before graph and findings are made, only the links as they are written."""
    if graph is None or report is None:
        return Known(Signs(written_links(workspace)))
    from canvas_tui.graph import coverage, orphans

    counts: Counter[str] = Counter()
    for edge in graph.counts:
        counts[edge.lower] += 1
        counts[edge.upper] += 1
    hanging = frozenset(orphans(graph))
    errors, warnings, wrong = set(), set(), set()
    for finding in report.findings:
        address = finding.about.id
        if finding.severity == "error":
            errors.add(address)
        elif finding.severity == "warning" and finding.rule != "orphan-entry":
            warnings.add(address)
        if finding.rule in _NO_GAP:
            wrong.add(address)
    linked = {name: (count.linked, count.filled, count.total) for name, count in coverage(graph).canvases.items()}
    signs = Signs(counts, hanging, frozenset(errors), frozenset(warnings), is_known=True)
    return Known(signs, linked, frozenset(wrong))


def figures_of(contents: Contents, known: Known) -> Figures:
    """The figures of one canvas."""
    signs = known.signs
    if not signs.is_known:
        return Figures()
    linked, filled, total = known.linked.get(contents.canvas.id, (0, 0, 0))
    gaps = wrong = hanging = 0
    for address in _addresses(contents):
        hanging += address in signs.orphans
        if address in signs.errors or address in signs.warnings:
            wrong += address in known.wrong
            gaps += address not in known.wrong
    return Figures(linked, filled, total, gaps, wrong, hanging)


def _addresses(contents: Contents) -> list[str]:
    found = [contents.canvas.id]
    for cell in contents.canvas.cells.values():
        base = f"{contents.canvas.id}/{cell.id}"
        found += [entry.id or f"{base}/{index + 1}" for index, entry in enumerate(cell.entries)]
    return [*found, *(view.address for view in contents.cells.values())]
