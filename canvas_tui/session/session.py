"""The one place that decides: holds the workspace as it is, carries edits to disk, remembers how to take them back.

Screens ask it questions and hand it commands; it answers with what changed. The graph and the
findings are made on first asking, after the first paint, and again after edits, when somebody looks.
A read-only session has nothing to write with.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from canvas_tui.core.places import Conflict, EditError
from canvas_tui.core.workspace import UnknownElement, Workspace
from canvas_tui.session.error_text import CHANGED, reason_of
from canvas_tui.session.history import History, Step
from canvas_tui.session.last_good import LastGood
from canvas_tui.session.lost_edits import LostEdits
from canvas_tui.session.outcome import Kept, Outcome, Queued, Refused, Saved

if TYPE_CHECKING:  # what can write is handed in, once the first screen is painted
    from canvas_tui.core.commands import Command
    from canvas_tui.graph.build import StrategyGraph
    from canvas_tui.rules import Report
    from canvas_tui.session.saving import Done, Offer, Pending, PendingStore, Retried, Saving


class ReadOnlyError(EditError):
    """Nothing can be changed in this session."""


class StepOutdated(EditError):
    """What an edit made is not there any more as it left it. Nothing was changed, and the step is forgotten."""


class Session:
    """The state that all screens share."""

    def __init__(
        self,
        workspace: Workspace,
        today: date,
        opening: Callable[[], Saving] | None = None,
        follow: Callable[[], tuple[Workspace, frozenset[str]]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`workspace` is what was read. `opening` makes what carries out edits, and is called with the first of them or
        by `prepare`; without it the session is read-only. Such a one follows the disk by `follow`, which gives the
        workspace and the paths of the files that changed.
        """
        self._workspace = workspace
        self._opening, self._follow = opening, follow
        self._saving: Saving | None = None
        self._graph: StrategyGraph | None = None
        self._report: Report | None = None
        self._report_of: Workspace | None = None
        self.today = today
        self.history = History()
        self.why_unsaved = ""  # why edits wait, in a few words
        self.left_canvas = ""  # the one whose board is shown, or was last; to begin with, that of the last session
        self._last_good = LastGood()
        self.lost = LostEdits(clock)

    def prepare(self) -> None:
        """Load what the first edit needs, and set room aside for a full disk; some time after the first paint."""
        if self._opening is not None:
            self._open(self._opening).store.prepare()

    def close(self) -> None:
        """The session ends; what waits is offered to the next one."""
        if self._store is not None:
            self._store.close()

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is now: with the edits that wait, and what a file held that cannot be read just now."""
        return self._last_good.shown(self._store.workspace if self._store is not None else self._workspace)

    @property
    def is_read_only(self) -> bool:
        """Whether this session cannot write."""
        return self._opening is None

    @property
    def graph(self) -> StrategyGraph:
        """The graph of the workspace as it is now."""
        from canvas_tui.graph.build import StrategyGraph

        workspace = self.workspace
        if self._graph is None:
            self._graph = StrategyGraph.of(workspace)
        elif self._graph.workspace is not workspace:
            self._graph = self._graph.updated(workspace)
        return self._graph

    @property
    def report(self) -> Report:
        """The findings of the workspace as it is now."""
        from canvas_tui.rules import check

        workspace = self.workspace
        if self._report is None or self._report_of is not workspace:
            self._report, self._report_of = check(workspace, self.graph, self.today), workspace
        return self._report

    @property
    def known_graph(self) -> StrategyGraph | None:
        """The graph as last made, perhaps of an earlier workspace; None before the first. Costs nothing."""
        return self._graph

    @property
    def known_report(self) -> Report | None:
        """The findings as last made, perhaps of an earlier workspace; None before the first. Costs nothing."""
        return self._report

    @property
    def is_up_to_date(self) -> bool:
        """Whether known_graph and known_report are of the workspace as it is now."""
        return self._report_of is self.workspace

    def analysis_maker(self, go_on: Callable[[], None] = lambda: None) -> Callable[[], tuple[StrategyGraph, Report]]:
        """Something that makes graph and findings of the workspace as it is now. It may be called in another thread:
        what it looks at never changes, and nothing here changes by it. `go_on` is called between its steps; what that
        raises ends the work.
        """
        workspace, known, today = self.workspace, self._graph, self.today

        def make() -> tuple[StrategyGraph, Report]:
            from canvas_tui.graph.build import StrategyGraph
            from canvas_tui.rules import check
            from canvas_tui.session.ahead import look_ahead

            graph = StrategyGraph.of(workspace) if known is None else known.updated(workspace)
            go_on()
            graph.look_ahead()
            report = check(workspace, graph, today, before_each=go_on)
            go_on()
            look_ahead(workspace, report)
            return graph, report

        return make

    def take_analysis(self, made: tuple[StrategyGraph, Report]) -> None:
        """Graph and findings to know from now on, though the workspace may be another one already."""
        self._graph, self._report = made
        self._report_of = self._graph.workspace

    def do(self, command: Command, title: str, began: str = "") -> Outcome:
        """Carry out an edit. It is on disk, or waits (`pending`) and is shown, or nothing was changed.

        `title` names it for undo ("Deleted “Word of mouth”"), `began` is the address where the person stood.
        """
        outcome = self._carry_out(command, title=title)
        if not isinstance(outcome, Refused):
            self.history.did(Step(outcome.applied.inverse, title, outcome.hint, began))
        return outcome

    def undo(self) -> Outcome | None:
        """Take the last edit back. None where there is nothing to take back.

        Refused with StepOutdated where what it made is another by now: the step is forgotten, the one before is next.
        """
        step = self.history.next_undo
        if step is None:
            return None
        if self.lost.has_lost(step.command):
            self.history.forget_undo()
            return Refused(StepOutdated(f"not there any more, and offered back already: {step.title}"))
        outcome = self._carry_out(step.command, step.hint, title=f"Undone: {step.title}")
        if not isinstance(outcome, Refused):
            self.history.undid(Step(outcome.applied.inverse, step.title, outcome.hint, step.began))
        elif _is_outdated(outcome):
            self.history.forget_undo()
            why = "not taken back, somebody changed it since - undo goes on with the edit before"
            return Refused(StepOutdated(f"{why}: {step.title}"))
        return outcome

    def redo(self) -> Outcome | None:
        """Do the last edit again that was taken back. None where there is nothing. Refused as by `undo`."""
        step = self.history.next_redo
        if step is None:
            return None
        outcome = self._carry_out(step.command, step.hint, title=step.title)
        if not isinstance(outcome, Refused):
            self.history.redid(Step(outcome.applied.inverse, step.title, outcome.hint, step.began))
        elif _is_outdated(outcome):
            self.history.forget_redo()
            why = "not done again, somebody changed it since - write it anew"
            return Refused(StepOutdated(f"{why}: {step.title}"))
        return outcome

    def refresh(self) -> frozenset[str]:
        """Follow the disk: the paths of files that changed there since they were read. Raises ReadError where the
        whole workspace is gone."""
        if self._opening is not None:
            store = self._open(self._opening).store
            changed = store.refresh()
            self.lost.look(store.workspace, changed, store.offer_back)
            return changed
        if self._follow is None:
            return frozenset()
        self._workspace, changed = self._follow()
        return changed

    def _open(self, opening: Callable[[], Saving]) -> Saving:
        """What carries out edits; the writing half of storage is loaded now."""
        if self._saving is None:
            self._saving = opening()
        return self._saving

    @property
    def _store(self) -> PendingStore[Done] | None:
        """What waits, and all that is saved; None in a read-only session, and before the first edit."""
        return self._saving.store if self._saving is not None else None

    def _carry_out(self, command: Command, hint: object | None = None, *, title: str) -> Outcome:
        if self._opening is None:
            return Refused(
                ReadOnlyError("this session is read-only - open the workspace with `canvas-tui open` to edit")
            )
        saving = self._open(self._opening)
        if isinstance(hint, Kept):
            if (taken_back := saving.take_back(hint)) is not None:
                return taken_back
            hint = None
        outcome = saving.carry_out(command, hint, title=title)
        if isinstance(outcome, Queued):
            self.why_unsaved = outcome.reason
        elif isinstance(outcome, Saved):
            self.lost.saved(command, title, outcome, saving.store.offer_back)
        elif isinstance(outcome.problem, (Conflict, UnknownElement)):
            return Refused(self._last_good.explained(outcome.problem, self.workspace))
        return outcome

    # edits that wait

    @property
    def pending(self) -> Sequence[Pending]:
        """The edits that could not be saved yet. They are shown, and kept."""
        return self._store.pending if self._store is not None else ()

    @property
    def offered(self) -> Sequence[Pending]:
        """What earlier sessions could not save; not shown until it is accepted."""
        return self._store.offered if self._store is not None else ()

    @property
    def unsaved(self) -> frozenset[str]:
        """The addresses of what is shown and not on disk."""
        return self._store.unsaved if self._store is not None else frozenset()

    @property
    def is_safe(self) -> bool:
        """Whether all that waits would survive the end of this session."""
        return self._store is None or self._store.is_durable

    def offers(self) -> Sequence[Offer]:
        """All that waits or is offered, as a diff against what is on disk."""
        return self._store.offers() if self._store is not None else ()

    def accept(self) -> None:
        """What earlier sessions left shall be saved; `retry` tries it."""
        if self._store is not None:
            self._store.accept()

    def retry(self, *, is_quiet: bool = False) -> Sequence[Retried[Saved]]:
        """Try to save what waits; one result each. Undo takes back what was saved as it would have at once.

        `is_quiet`: nobody asked, and no key is to wait for it.
        """
        if self._saving is None:
            return ()
        results = self._saving.retry(is_quiet=is_quiet)
        for result in results:
            pending, outcome = result.pending, result.done
            if outcome is not None:
                self.lost.saved(pending.command, pending.title, outcome, self._saving.store.offer_back)
                step = Step(outcome.applied.inverse, pending.title, outcome.hint)
                if not self.history.replace(Kept(pending.id), step):  # an earlier session's
                    self.history.did(step)
            elif result.problem is not None:
                self.why_unsaved = CHANGED if result.is_conflict else reason_of(result.problem)
        return results

    def drop(self, identity: str) -> None:
        """Give up an edit that waits, or forget it once it was settled in another way."""
        if self._store is not None:
            self._store.drop(identity)
            self.history.forget(Kept(identity))


def _is_outdated(outcome: Refused) -> bool:
    return isinstance(outcome.problem, (Conflict, UnknownElement))
