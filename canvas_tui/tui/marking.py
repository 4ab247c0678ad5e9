"""When graph and findings are made anew: at once where nobody feels it, else a moment after the repaint, in a thread.

Owns the clock of that and nothing else: the controller makes them, screens show what is known. While they are being
made, keys are answered and edits carried out; marks of a workspace that is another one by now are shown and made again.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Mapping
from time import perf_counter

from textual.timer import Timer

from canvas_tui.tui.controller import Controller
from canvas_tui.tui.navigation import Navigator

_SOONEST, _LATEST = 0.05, 0.4  # seconds after the last edit was painted
_AT_ONCE = 0.012  # seconds that nobody feels: they are made before the repaint
_UNFELT = 0.025  # seconds that no key waits for: what takes longer is made in a thread


class MarkingApp(Navigator):
    """An app whose graph and findings follow its workspace."""

    def __init__(self, controller: Controller, *, environ: Mapping[str, str] | None = None) -> None:
        super().__init__(controller, environ=environ)
        self._marks_timer: Timer | None = None
        self._marks_cost = 1.0  # seconds that graph and findings took last time
        self._is_making_marks = False

    @property
    def marks_are_quick(self) -> bool:
        """Whether graph and findings are made so soon that one repaint is enough for an edit and for them."""
        return self._marks_cost < _AT_ONCE

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
        self._marks_timer = self.set_timer(min(_LATEST, max(_SOONEST, self._marks_cost)), self._marks_now)

    def _marks_now(self) -> None:
        if self._marks_cost < _UNFELT:
            self.update_marks()
        elif self._is_making_marks:
            self.marks_soon()
        elif not self.controller.is_up_to_date:
            self._is_making_marks = True
            self.run_worker(self._make_aside(), group="marks")

    async def _make_aside(self) -> None:
        began = perf_counter()
        marks = await to_thread(self.controller.marks_maker())
        self._is_making_marks = False
        self._marks_cost = perf_counter() - began
        if self.controller.is_up_to_date:
            return  # somebody could not wait for them
        self.controller.take_marks(marks)
        if (here := self.here) is not None:
            here.refresh_all()
        if not self.controller.is_up_to_date:
            self.marks_soon()
