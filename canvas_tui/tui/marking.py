"""When graph and findings are made anew: at once where nobody feels it, else a moment after the repaint, in a thread.

Owns the clock of that and nothing else: the session makes them, screens show what is known. While they are being
made, keys are answered and edits carried out; marks of a workspace that is another one by now are shown and made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.screen import Screen
from textual.timer import Timer

from canvas_tui.core.workspace import Workspace
from canvas_tui.session.session import Session
from canvas_tui.tui.aside import GoOn, Waited
from canvas_tui.tui.navigation import Navigator
from canvas_tui.tui.worked_out import Recipe, WorkedOut

if TYPE_CHECKING:
    from canvas_tui.graph.build import StrategyGraph
    from canvas_tui.rules import Report
    from canvas_tui.tui.finding_stops import Stops

SOONEST, _LATEST = 0.05, 0.4  # seconds after the last edit was painted
_AT_ONCE = 0.012  # seconds that nobody feels: they are made before the repaint
_PATIENCE = 3  # marks given up in a row for newer ones, before some are waited for: a file may change without end
_UNFELT = 0.025  # seconds that no key waits for: what takes longer is made in a thread


@runtime_checkable
class FollowsMarks(Protocol):
    """A dialog that shows what graph and findings say."""

    def marks_changed(self) -> None: ...


class MarkingApp(Navigator):
    """An app whose graph and findings follow its workspace."""

    def __init__(self, controller: Session, *, environ: Mapping[str, str] | None = None) -> None:
        super().__init__(controller, environ=environ)
        self._marks_timer: Timer | None = None
        self._marks_cost = 1.0  # seconds that graph and findings took last time
        self._waited: Waited[tuple[StrategyGraph, Report]] = Waited(controller.analysis_maker)
        self._given_up = 0  # times in a row
        self._made_of: Workspace | None = None  # the workspace whose marks are being made
        self._stops: WorkedOut[Stops] = WorkedOut(self.run_worker, self._look_for_stops)
        self._then: tuple[Callable[[Stops, Report], None], Screen[Any]] | None = None  # what waits for them, and where

    @property
    def marks_are_quick(self) -> bool:
        """Whether graph and findings are made so soon that one repaint is enough for an edit and for them."""
        return self._marks_cost < _AT_ONCE

    @property
    def graph_to_show(self) -> StrategyGraph | None:
        """The graph, of the workspace as it is now where that is made in no time, else as last made; or None."""
        return self.controller.graph if self.marks_are_quick else self.controller.known_graph

    @property
    def report_to_show(self) -> Report | None:
        """The findings, as `graph_to_show`."""
        return self.controller.report if self.marks_are_quick else self.controller.known_report

    def with_stops(self, then: Callable[[Stops, Report], None]) -> None:
        """Do something with the findings as stops to go through: now where they are known, else when they are, unless
        another screen or dialog has been opened by then."""
        self._then = then, self.screen
        self._look_for_stops()

    def _look_for_stops(self) -> None:
        if (report := self.report_to_show) is None:
            return
        workspace = self.controller.workspace
        size = len(report.findings) + workspace.size

        def make(go_on: GoOn) -> Stops:
            from canvas_tui.tui.finding_stops import Stops

            return Stops(workspace, report)

        stops = self._stops.of(Recipe((workspace, report), None, size, make))
        if stops is not None and not self._stops.is_waiting and self._then is not None:
            (then, asked_on), self._then = self._then, None
            if self.screen is asked_on:
                then(stops, report)

    def update_marks(self) -> None:
        """Make graph and findings of the workspace as it is now, and show them."""
        if self.make_marks() and (here := self.here) is not None:
            here.refresh_all()

    def make_marks(self) -> bool:
        """Make graph and findings of the workspace as it is now; whether they were not."""
        if self.controller.is_up_to_date:
            return False
        began = perf_counter()
        _ = self.controller.report
        self._marks_cost = perf_counter() - began
        return True

    def marks_soon(self) -> None:
        """Make them a moment from now, when the last of several edits is painted."""
        if self._marks_timer is not None:
            self._marks_timer.stop()
        self._marks_timer = self.set_timer(min(_LATEST, max(SOONEST, self._marks_cost)), self._marks_now)

    def _marks_now(self) -> None:
        if self._marks_cost < _UNFELT:
            self.update_marks()
        else:
            self.make_marks_aside()

    def make_marks_aside(self) -> None:
        """Make them in a thread. What is being made of an earlier workspace is given up, but not for ever."""
        if self.controller.is_up_to_date or self._made_of is self.controller.workspace:
            return
        if self._made_of is not None:
            if self._given_up == _PATIENCE:
                self.marks_soon()
                return
            self._given_up += 1
            self._waited.cancel()
        self._made_of = self.controller.workspace
        self._waited = Waited(self.controller.analysis_maker)
        self.run_worker(self._take_marks(self._waited), group="marks")

    async def _take_marks(self, waited: Waited[tuple[StrategyGraph, Report]]) -> None:
        began = perf_counter()
        marks = await waited.result()
        if marks is None or waited is not self._waited:
            return  # given up
        self._made_of, self._given_up = None, 0
        self._marks_cost = perf_counter() - began
        if self.controller.is_up_to_date:
            return  # somebody could not wait for them
        self.controller.take_analysis(marks)
        self._look_for_stops()
        if (here := self.here) is not None:
            here.refresh_all()
        if isinstance(self.screen, FollowsMarks):
            self.screen.marks_changed()
        if not self.controller.is_up_to_date:
            self.marks_soon()
