"""The findings as stops to go through: canvas after canvas, cell after cell, then goals and the rest. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Workspace

if TYPE_CHECKING:
    from canvas_tui.rules import Report


@dataclass(frozen=True, slots=True)
class Stop:
    """An element with findings: from the `first`-th to the `last`-th of `count`, and what the gravest says.

    `unplaced` of the `count` are about a file, and so no stop.
    """

    address: str
    sentence: str
    first: int
    last: int
    count: int
    unplaced: int = 0

    @property
    def words(self) -> str:
        """ "Finding 2 of 6: ...", "Findings 2 to 4 of 6: ...": as many as the list of findings has."""
        to = f" {'and' if self.last == self.first + 1 else 'to'} {self.last}" if self.last > self.first else ""
        numbers = f"Finding{'s' if to else ''} {self.first}{to} of {self.count}"
        is_end = self.unplaced and self.last + self.unplaced == self.count
        return f"{numbers}{f' ({self.unplaced} more of files)' if is_end else ''}: {self.sentence}"


class Stops:
    """All stops of a plan in reading order. Made once for a report; the next one is then found at once."""

    def __init__(self, workspace: Workspace, report: Report) -> None:
        told: dict[str, list[str]] = {}
        for finding in report.findings:
            found = workspace.find(finding.about.id)
            if found is not None:
                told.setdefault(found.address, []).append(finding.message)
        self._order = reading_order(workspace)
        last = len(self._order)
        self._stops = sorted(told, key=lambda each: self._order.get(each, last))
        self._turns = [self._order.get(each, last) for each in self._stops]
        self._told = told
        self._before = [0, *accumulate(len(told[each]) for each in self._stops)]
        self._count = len(report.findings)

    def after(self, address: str | None, by: int) -> Stop | None:
        """The next (1) or previous (-1) element with a finding, round and round; None where there is none."""
        if not self._stops:
            return None
        here = self._order.get(address or "", -1)
        at = bisect_right(self._turns, here) if by > 0 else bisect_left(self._turns, here) - 1
        at %= len(self._stops)
        stop, (before, last) = self._stops[at], self._before[at : at + 2]
        sentence = clean(self._told[stop][0])
        return Stop(stop, sentence, before + 1, last, self._count, self._count - self._before[-1])


def reading_order(workspace: Workspace) -> dict[str, int]:
    """Every address with its turn: canvases in file order, their cells in fill order, then goals and initiatives."""
    listed: list[str] = []
    for canvas in workspace.canvases:
        listed.append(canvas.id)
        cells = dict.fromkeys((*workspace.template(canvas).cell_ids, *canvas.cells))
        for cell in cells:
            base = f"{canvas.id}/{cell}"
            listed.append(base)
            listed += [entry.id or f"{base}/{n}" for n, entry in enumerate(canvas.cell(cell).entries, 1)]
    listed += [goal.id for goal in workspace.goals]
    listed += [initiative.id for initiative in workspace.initiatives]
    order: dict[str, int] = {}
    for number, address in enumerate(listed):
        order.setdefault(address, number)
    return order
