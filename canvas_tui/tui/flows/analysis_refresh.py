"""When graph and findings are made again: before the repaint if that is quick, else a moment after it, in a thread.

Owns the clock of that and nothing else: the session makes them, screens show what is known. While they are made, keys
are answered and edits carried out. If the workspace is another one by then, they are shown, and made again.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from canvas_tui.tui.aside import GoOn, Waited
from canvas_tui.tui.worked_out import Recipe, WorkedOut

if TYPE_CHECKING:
    from textual.screen import Screen

    from canvas_tui.core.workspace import Workspace
    from canvas_tui.graph.build import StrategyGraph
    from canvas_tui.rules import Report
    from canvas_tui.session.session import Session
    from canvas_tui.tui.flows.finding_stops import Stops
    from canvas_tui.tui.navigator import Navigator

SOONEST, _LATEST = 0.05, 0.4  # seconds after the last edit was painted
_AT_ONCE = 0.012  # seconds that nobody feels: they are made before the repaint
_PATIENCE = 3  # analyses given up in a row for newer ones, before one is waited for: a file may change without end
_UNFELT = 0.025  # seconds that no key waits for: what takes longer is made in a thread


@runtime_checkable
class FollowsWorkspace(Protocol):
    """A dialog that says what became of the element it is about when the workspace changes."""

    def workspace_changed(self) -> None: ...


@runtime_checkable
class FollowsAnalysis(Protocol):
    """A dialog that shows what graph and findings say."""

    def analysis_changed(self) -> None: ...


class Stoppable(Protocol):
    """A call that comes later, unless it is stopped."""

    def stop(self) -> None: ...


class _Asked(NamedTuple):
    """What is to be done with the findings once they are known, and what was on top when that was asked."""

    then: Callable[[Stops, Report], None]
    top: Screen[Any] | None


class AnalysisRefresh:
    """Keeps graph and findings after the workspace.

    `after` calls something so many seconds later; `begin` starts a coroutine on the loop.
    """

    def __init__(
        self,
        session: Session,
        navigator: Navigator,
        *,
        after: Callable[[float, Callable[[], object]], Stoppable],
        begin: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        self._session, self._navigator = session, navigator
        self._after, self._begin = after, begin
        self._timer: Stoppable | None = None
        self.cost = 1.0  # seconds that graph and findings took last time
        self._waited: Waited[tuple[StrategyGraph, Report]] = Waited(session.analysis_maker)
        self._given_up = 0  # times in a row
        self._made_of: Workspace | None = None  # the workspace whose graph and findings are being made
        self._stops: WorkedOut[Stops] = WorkedOut(begin, self._look_for_stops)
        self._asked: _Asked | None = None

    @property
    def is_quick(self) -> bool:
        """Whether graph and findings are made so soon that one repaint is enough for an edit and for them."""
        return self.cost < _AT_ONCE

    @property
    def graph(self) -> StrategyGraph | None:
        """The graph to show: of the workspace as it is now where that is quick, else as last made; or None."""
        return self._session.graph if self.is_quick else self._session.known_graph

    @property
    def report(self) -> Report | None:
        """The findings to show, as `graph`."""
        return self._session.report if self.is_quick else self._session.known_report

    def workspace_changed(self) -> None:
        """The workspace is another one now: repaint, and make graph and findings again.

        If that is quick they are made first, so that one picture is painted and not two.
        """
        if self.is_quick:
            self._make()
        if (here := self._navigator.here) is not None:
            here.refresh_all()
        if isinstance(top := self._navigator.top, FollowsWorkspace):
            top.workspace_changed()
        if not self._session.is_up_to_date:
            self._make_soon()

    def with_stops(self, then: Callable[[Stops, Report], None]) -> None:
        """Do something with the findings as stops to go through: now where they are known, else when they are, unless
        another screen or dialog has been opened by then."""
        self._asked = _Asked(then, self._navigator.top)
        self._look_for_stops()

    def update(self) -> None:
        """Make graph and findings of the workspace as it is now, and show them."""
        if self._make() and (here := self._navigator.here) is not None:
            here.refresh_all()

    def make_aside(self) -> None:
        """Make them in a thread. What is being made of an earlier workspace is given up, but not for ever."""
        workspace = self._session.workspace
        if self._session.is_up_to_date or self._made_of is workspace:
            return
        if self._made_of is not None:
            if self._given_up == _PATIENCE:
                self._make_soon()
                return
            self._given_up += 1
            self._waited.cancel()
        self._made_of = workspace
        self._waited = Waited(self._session.analysis_maker)
        self._begin(self._take(self._waited))

    def _make(self) -> bool:
        """Make graph and findings of the workspace as it is now; whether they were not."""
        if self._session.is_up_to_date:
            return False
        began = perf_counter()
        _ = self._session.report
        self.cost = perf_counter() - began
        return True

    def _make_soon(self) -> None:
        """Make them a moment from now, when the last of several edits is painted."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._after(min(_LATEST, max(SOONEST, self.cost)), self._make_now)

    def _make_now(self) -> None:
        if self.cost < _UNFELT:
            self.update()
        else:
            self.make_aside()

    async def _take(self, waited: Waited[tuple[StrategyGraph, Report]]) -> None:
        began = perf_counter()
        made = await waited.result()
        if made is None or waited is not self._waited:
            return  # given up
        self._made_of, self._given_up = None, 0
        self.cost = perf_counter() - began
        if self._session.is_up_to_date:
            return  # somebody could not wait for them
        self._session.take_analysis(made)
        self._look_for_stops()
        if (here := self._navigator.here) is not None:
            here.refresh_all()
        if isinstance(top := self._navigator.top, FollowsAnalysis):
            top.analysis_changed()
        if not self._session.is_up_to_date:
            self._make_soon()

    def _look_for_stops(self) -> None:
        if (report := self.report) is None:
            return
        workspace = self._session.workspace
        size = len(report.findings) + workspace.size

        def make(go_on: GoOn) -> Stops:
            from canvas_tui.tui.flows.finding_stops import Stops

            return Stops(workspace, report)

        stops = self._stops.of(Recipe((workspace, report), None, size, make))
        if stops is not None and not self._stops.is_waiting and self._asked is not None:
            asked, self._asked = self._asked, None
            if self._navigator.top is asked.top:
                asked.then(stops, report)
