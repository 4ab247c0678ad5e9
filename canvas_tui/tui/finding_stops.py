"""The findings as stops to go through: canvas after canvas, cell after cell, then goals and the rest. Pure."""

from __future__ import annotations

from dataclasses import dataclass
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


def stop_after(workspace: Workspace, report: Report, address: str | None, by: int) -> Stop | None:
    """The next (1) or previous (-1) element with a finding, round and round; None where there is none."""
    told: dict[str, list[str]] = {}
    for finding in report.findings:
        found = workspace.find(finding.about.id)
        if found is not None:
            told.setdefault(found.address, []).append(clean(finding.message))
    order = reading_order(workspace)
    stops = sorted(told, key=lambda each: order.get(each, len(order)))
    if not stops:
        return None
    here = order.get(address or "", -1)
    if by > 0:
        at = next((i for i, stop in enumerate(stops) if order.get(stop, len(order)) > here), 0)
    else:
        before = [i for i, stop in enumerate(stops) if order.get(stop, len(order)) < here]
        at = before[-1] if before else len(stops) - 1
    before_it = sum(len(told[stop]) for stop in stops[:at])
    here_too, placed, count = told[stops[at]], sum(map(len, told.values())), len(report.findings)
    return Stop(stops[at], here_too[0], before_it + 1, before_it + len(here_too), count, count - placed)


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
