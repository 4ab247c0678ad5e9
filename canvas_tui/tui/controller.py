"""The one place that decides: holds the workspace as it is, carries edits to disk, remembers how to take them back.

No textual here. Screens ask it questions and hand it commands; it answers with what changed. The graph and the
findings are made on first asking, after the first paint, and again after edits, when somebody looks.
A read-only session has no store: there is nothing to write with.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from canvas_tui.core.places import Conflict, EditError
from canvas_tui.core.session import History, Step
from canvas_tui.core.workspace import UnknownElement, Workspace
from canvas_tui.tui.aside import going_on
from canvas_tui.tui.last_good import LastGood
from canvas_tui.tui.lost_edits import LostEdits

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.graph.build import StrategyGraph
    from canvas_tui.rules import Report
    from canvas_tui.tui.keeping import Waits
    from canvas_tui.tui.store_like import DoneLike, OfferLike, PendingLike, RetriedLike, StoreLike


class ReadOnlyError(EditError):
    """Nothing can be changed in this session."""


class StepOutdated(EditError):
    """What an edit made is not there any more as it left it. Nothing was changed, and the step is forgotten."""


class Controller:
    """The state that all screens share."""

    def __init__(
        self,
        workspace: Workspace,
        today: date,
        store: StoreLike | None = None,
        refresh: Callable[[], tuple[Workspace, frozenset[str]]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace = workspace
        self._store = store
        self._refresh = refresh  # a read-only session follows the disk through the reader
        self._graph: StrategyGraph | None = None
        self._report: Report | None = None
        self._report_of: Workspace | None = None
        self.today = today
        self.history = History()
        self.was_merged = False  # the last edit met a file that somebody else had changed, and went in beside it
        self.is_durable = True  # the disk confirmed the last edit
        self.why_unsaved = ""  # why edits wait, in a few words
        self.has_to_wait = False  # the last edit is not on disk yet
        self.left_canvas = ""  # the one whose board is shown, or was last; to begin with, that of the last session
        self._last_good = LastGood()
        self.lost = LostEdits(clock)

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is now: with the edits that wait, and what a file held that cannot be read just now."""
        return self._last_good.shown(self._store.workspace if self._store is not None else self._workspace)

    @property
    def is_read_only(self) -> bool:
        """Whether this session cannot write."""
        return self._store is None

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

    def marks_maker(self, is_wanted: Callable[[], bool] = lambda: True) -> Callable[[], tuple[StrategyGraph, Report]]:
        """Something that makes graph and findings of the workspace as it is now. It may be called in another thread:
        what it looks at never changes, and nothing here changes by it. Raises GivenUp where it is wanted no more."""
        workspace, known, today, go_on = self.workspace, self._graph, self.today, going_on(is_wanted)

        def make() -> tuple[StrategyGraph, Report]:
            from canvas_tui.graph.build import StrategyGraph
            from canvas_tui.rules import check
            from canvas_tui.tui.views.ahead import look_ahead

            graph = StrategyGraph.of(workspace) if known is None else known.updated(workspace)
            go_on()
            graph.look_ahead()
            report = check(workspace, graph, today, before_each=go_on)
            go_on()
            look_ahead(workspace, report)
            return graph, report

        return make

    def take_marks(self, marks: tuple[StrategyGraph, Report]) -> None:
        """Graph and findings to know from now on, though the workspace may be another one already."""
        self._graph, self._report = marks
        self._report_of = self._graph.workspace

    def do(self, command: Command, title: str, began: str = "") -> str:
        """Carry out an edit; the address of what it made or changed. It is on disk, or waits (`pending`) and is shown.

        `title` names it for undo ("Deleted “Word of mouth”"), `began` is where the person stood. Raises EditError,
        UnknownElement or SaveError.
        """
        done = self._apply(command, title=title)
        self.history.did(Step(done.inverse, title, done.hint, began))
        return done.made

    def undo(self) -> tuple[Step, str] | None:
        """Take the last edit back: the step, and the address it touched. None where there is nothing to take back."""
        step = self.history.next_undo
        if step is None:
            return None
        if self.lost.has_lost(step.command):
            self.history.forget_undo()
            raise StepOutdated(f"not there any more, and offered back already: {step.title}")
        try:
            done = self._apply(step.command, step.hint, title=f"Undone: {step.title}")
        except (Conflict, UnknownElement) as error:
            self.history.forget_undo()
            why = "not taken back, somebody changed it since - undo goes on with the edit before"
            raise StepOutdated(f"{why}: {step.title}") from error
        self.history.undid(Step(done.inverse, step.title, done.hint, step.began))
        return step, touched(done)

    def redo(self) -> tuple[Step, str] | None:
        """Do the last edit again that was taken back. None where there is nothing."""
        step = self.history.next_redo
        if step is None:
            return None
        try:
            done = self._apply(step.command, step.hint, title=step.title)
        except (Conflict, UnknownElement) as error:
            self.history.forget_redo()
            why = "not done again, somebody changed it since - write it anew"
            raise StepOutdated(f"{why}: {step.title}") from error
        self.history.redid(Step(done.inverse, step.title, done.hint, step.began))
        return step, touched(done)

    def refresh(self) -> frozenset[str]:
        """Follow the disk: the paths of files that changed there since they were read."""
        if self._store is not None:
            changed = self._store.refresh()
            self.lost.look(changed, self._store)
            return changed
        if self._refresh is None:
            return frozenset()
        self._workspace, changed = self._refresh()
        return changed

    def _apply(self, command: Command, hint: object | None = None, *, title: str = "") -> DoneLike | Waits:
        if self._store is None:
            raise ReadOnlyError("this session is read-only - open the workspace with `canvas-tui open` to edit")
        from canvas_tui.tui.keeping import Kept, Waits

        done: DoneLike | Waits | None = self._store.take_back(hint) if isinstance(hint, Kept) else None
        if done is None:
            try:
                done = self._store.apply(command, None if isinstance(hint, Kept) else hint, title=title)
            except (Conflict, UnknownElement) as error:
                raise self._last_good.explained(error, self.workspace) from error
        self.has_to_wait = isinstance(done, Waits) and done.hint is not None
        if isinstance(done, Waits) and done.reason:
            self.why_unsaved = done.reason
        self.was_merged, self.is_durable = done.merged, done.durable
        if not isinstance(done, Waits):
            self.lost.made(command, title, done, self._store)
        return done

    # edits that wait

    @property
    def pending(self) -> Sequence[PendingLike]:
        """The edits that could not be saved yet. They are shown, and kept."""
        return self._store.pending if self._store is not None else ()

    @property
    def offered(self) -> Sequence[PendingLike]:
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

    def offers(self) -> Sequence[OfferLike]:
        """All that waits or is offered, as a diff against what is on disk."""
        return self._store.offers() if self._store is not None else ()

    def accept(self) -> None:
        """What earlier sessions left shall be saved; `retry` tries it."""
        if self._store is not None:
            self._store.accept()

    def retry(self, *, is_quiet: bool = False) -> Sequence[RetriedLike]:
        """Try to save what waits; one result each. Undo takes back what was saved as it would have at once.

        `is_quiet`: nobody asked, and no key is to wait for it.
        """
        if self._store is None:
            return ()
        from canvas_tui.tui.keeping import Kept, reason_of

        results = self._store.retry(is_quiet=is_quiet)
        for result in results:
            if result.done is not None:
                self.lost.made(result.pending.command, result.pending.title, result.done, self._store)
                step = Step(result.done.inverse, result.pending.title, result.done.hint)
                if not self.history.replace(Kept(result.pending.id), step):  # an earlier session's
                    self.history.did(step)
            elif result.problem is not None:
                self.why_unsaved = "somebody changed it too" if result.is_conflict else reason_of(result.problem)
        return results

    def drop(self, identity: str) -> None:
        """Give up an edit that waits, or forget it once it was settled in another way."""
        if self._store is not None:
            from canvas_tui.tui.keeping import Kept

            self._store.drop(identity)
            self.history.forget(Kept(identity))


def touched(done: DoneLike | Waits) -> str:
    """The address to look at after an edit was taken back or done again: what came back, or stands where one went."""
    from canvas_tui.core.changes import ElementAdded, EntryAdded, EntryMoved, EntryRemoved

    for change in done.changes:
        if isinstance(change, ElementAdded):
            return change.element.id
        if isinstance(change, (EntryAdded, EntryMoved)):
            cell, index = (
                (change.to_cell, change.to_index) if isinstance(change, EntryMoved) else (change.cell, change.index)
            )
            return change.entry.id or f"{change.canvas}/{cell}/{index + 1}"
        if isinstance(change, EntryRemoved):
            cell_address = f"{change.canvas}/{change.cell}"
            for number in (change.index + 1, change.index):
                found = done.workspace.find(f"{cell_address}/{number}")
                if found is not None:
                    return found.address
            return cell_address
    return done.made
