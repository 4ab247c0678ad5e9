"""The state of one session: its workspace, graph, findings and undo. It carries edits to disk.

Screens ask it questions and give it commands; it answers with the outcome. The graph and the findings are made when
they are first asked for, after the first paint, and made again when they are asked for after an edit. A read-only
session has nothing that could write.
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

if TYPE_CHECKING:  # what can write is passed in, after the first paint
    from canvas_tui.core.commands import Command
    from canvas_tui.graph.build import StrategyGraph
    from canvas_tui.rules import Report
    from canvas_tui.session.saving import Done, Offer, Pending, PendingStore, Retried, Saving


class ReadOnlyError(EditError):
    """An edit was tried in a read-only session."""


class StepOutdated(EditError):
    """Undo or redo does not fit the workspace any more. Nothing was changed, and the step is forgotten."""


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
        """`workspace` is what was read. `opening` makes the Saving; it is called at the first edit, or by `prepare`.
        Without it the session is read-only, and follows the disk by `follow`, which gives (workspace, paths of the
        files that changed). `clock` is in seconds.
        """
        self._workspace = workspace
        self._opening, self._follow = opening, follow
        self._saving: Saving | None = None
        self._graph: StrategyGraph | None = None
        self._report: Report | None = None
        self._report_of: Workspace | None = None
        self.today = today
        self.history = History()
        self.why_unsaved = ""  # why edits are queued, in a few words
        self.left_canvas = ""  # the canvas on the board, or last there; at first that of the last session
        self._last_good = LastGood()
        self.lost = LostEdits(clock)

    def prepare(self) -> None:
        """Load what the first edit needs, and set room aside for a full disk. Called after the first paint."""
        if self._opening is not None:
            self._open(self._opening).store.prepare()

    def close(self) -> None:
        """End the session. Queued edits are offered to the next one."""
        if self._store is not None:
            self._store.close()

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is now: with queued edits, and with the last good contents of unreadable files."""
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
        """A function that makes graph and findings of the workspace as it is now, without changing the session.

        It may be called in another thread, because all it uses is frozen. It calls `go_on` between its steps, which may
        raise to end the work.
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
        """Remember this graph and these findings, even if the workspace has changed since they were begun."""
        self._graph, self._report = made
        self._report_of = self._graph.workspace

    def do(self, command: Command, title: str, began: str = "") -> Outcome:
        """Carry out an edit, and remember how to take it back.

        `title` names it for undo ("Deleted “Word of mouth”"). `began` is the address where the cursor was.
        """
        outcome = self._carry_out(command, title=title)
        if not isinstance(outcome, Refused):
            self.history.did(Step(outcome.applied.inverse, title, outcome.hint, began))
        return outcome

    def undo(self) -> Outcome | None:
        """Take the last edit back. None if there is none.

        Refused with StepOutdated if what it made has changed since: the step is forgotten, and the one before is next.
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
        """Do the last edit again that was taken back. None if there is none. Refused as by `undo`."""
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
        """Read again what changed on disk. Gives the paths of those files. Raises ReadError if the whole workspace is
        gone."""
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
        """Make the Saving, which loads the writing half of storage."""
        if self._saving is None:
            self._saving = opening()
        return self._saving

    @property
    def _store(self) -> PendingStore[Done] | None:
        """The store with the queued edits; None in a read-only session, and before the first edit."""
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
        """The queued edits: not saved yet, but shown and kept."""
        return self._store.pending if self._store is not None else ()

    @property
    def offered(self) -> Sequence[Pending]:
        """The queued edits of earlier sessions. They are not shown in the workspace until they are accepted."""
        return self._store.offered if self._store is not None else ()

    @property
    def unsaved(self) -> frozenset[str]:
        """The addresses of elements that are shown otherwise than they are on disk."""
        return self._store.unsaved if self._store is not None else frozenset()

    @property
    def is_safe(self) -> bool:
        """Whether all queued edits would survive the end of this session."""
        return self._store is None or self._store.is_durable

    def offers(self) -> Sequence[Offer]:
        """Every queued or offered edit, as a diff against what is on disk."""
        return self._store.offers() if self._store is not None else ()

    def accept(self) -> None:
        """Accept the edits of earlier sessions; `retry` then tries to save them."""
        if self._store is not None:
            self._store.accept()

    def retry(self, *, is_quiet: bool = False) -> Sequence[Retried[Saved]]:
        """Try to save the queued edits. Gives one result for each that was tried. Undo works for them as for any other.

        `is_quiet`: the person did not ask for it, so it waits only very briefly for locked files.
        """
        if self._saving is None:
            return ()
        results = self._saving.retry(is_quiet=is_quiet)
        for result in results:
            pending, outcome = result.pending, result.done
            if outcome is not None:
                self.lost.saved(pending.command, pending.title, outcome, self._saving.store.offer_back)
                step = Step(outcome.applied.inverse, pending.title, outcome.hint)
                if not self.history.replace(Kept(pending.id), step):  # it was made in an earlier session
                    self.history.did(step)
            elif result.problem is not None:
                self.why_unsaved = CHANGED if result.is_conflict else reason_of(result.problem)
        return results

    def drop(self, identity: str) -> None:
        """Forget a queued edit that was given up, or settled in another way."""
        if self._store is not None:
            self._store.drop(identity)
            self.history.forget(Kept(identity))


def _is_outdated(outcome: Refused) -> bool:
    return isinstance(outcome.problem, (Conflict, UnknownElement))
