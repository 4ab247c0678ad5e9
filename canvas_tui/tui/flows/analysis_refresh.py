"""When graph and findings are made again: before the repaint if that is quick, else a moment after it, in a thread.

Owns only the timing: the session makes them, screens show what is known. While they are made, keys
are answered and edits carried out. If the workspace has changed by then, they are shown, and made again.
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
_AT_ONCE = 0.012  # seconds; an analysis that takes no longer is made before the repaint
_PATIENCE = 3  # analyses in a row that are given up for newer ones; then one is finished, as files may change forever
_UNFELT = 0.025  # seconds; an analysis that takes longer is made in a thread, so that no key waits for it


@runtime_checkable
class FollowsWorkspace(Protocol):
    """A dialog that says what became of the element it is about when the workspace changes."""

    def workspace_changed(self) -> None:
        """The workspace changed: show what that means for this dialog."""


@runtime_checkable
class FollowsAnalysis(Protocol):
    """A dialog that shows what graph and findings say."""

    def analysis_changed(self) -> None:
        """New graph and findings are known: show them."""


class Stoppable(Protocol):
    """A call that comes later, unless it is stopped."""

    def stop(self) -> None:
        """Do not make the call."""


class _Asked(NamedTuple):
    """A request that waits for the findings: what to do with them, and which screen or dialog was on top then."""

    then: Callable[[Stops, Report], None]
    top: Screen[Any] | None


class AnalysisRefresh:
    """Keeps graph and findings up to date with the workspace.

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
        """Whether graph and findings are made so fast that one repaint can show an edit together with them."""
        return self.cost < _AT_ONCE

    @property
    def graph(self) -> StrategyGraph | None:
        """The graph to show: up to date where that is quick, else the last one made, or None."""
        return self._session.graph if self.is_quick else self._session.known_graph

    @property
    def report(self) -> Report | None:
        """The findings to show, as `graph`."""
        return self._session.report if self.is_quick else self._session.known_report

    def workspace_changed(self) -> None:
        """The workspace changed: repaint, and make graph and findings again.

        Where that is quick, they are made before the repaint, so the screen is painted once.
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
        """Make them in a thread. Work on an earlier workspace is given up, but only a few times in a row."""
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
        """Make graph and findings of the workspace as it is now. False where they were up to date."""
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
            return  # another request made them meanwhile
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
