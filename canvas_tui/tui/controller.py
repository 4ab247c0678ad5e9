"""The one place that decides: holds the workspace as it is, carries edits to disk, remembers how to take them back.

No textual here. Screens ask it questions and hand it commands; it answers with what changed. The graph and the
findings are made on first asking, after the first paint, and again after edits, when somebody looks.
A read-only session has no store: there is nothing to write with.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from canvas_tui.core.places import EditError
from canvas_tui.core.session import History, Step
from canvas_tui.core.workspace import Workspace

if TYPE_CHECKING:
    from canvas_tui.core.changes import Change
    from canvas_tui.core.commands import Command
    from canvas_tui.graph.build import StrategyGraph
    from canvas_tui.rules import Report


class DoneLike(Protocol):
    """What a store tells of an edit that is on disk."""

    @property
    def workspace(self) -> Workspace: ...

    @property
    def inverse(self) -> Command: ...

    @property
    def hint(self) -> object | None: ...

    @property
    def changes(self) -> tuple[Change, ...]: ...

    @property
    def made(self) -> str: ...

    @property
    def merged(self) -> bool: ...

    @property
    def durable(self) -> bool: ...


class StoreLike(Protocol):
    """Writes commands through to files; the controller knows no more of storage than this."""

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is on disk, as far as known."""

    def apply(self, command: Command, hint: object | None = None) -> DoneLike:
        """Carry out a command, on disk. Raises EditError, UnknownElement or a SaveError; then nothing changed."""

    def refresh(self) -> frozenset[str]:
        """Read again what changed on disk; the paths of those files."""


class ReadOnlyError(EditError):
    """Nothing can be changed in this session."""


class Controller:
    """The state that all screens share."""

    def __init__(
        self,
        workspace: Workspace,
        today: date,
        store: StoreLike | None = None,
        refresh: Callable[[], tuple[Workspace, frozenset[str]]] | None = None,
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

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is now."""
        return self._store.workspace if self._store is not None else self._workspace

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

    def do(self, command: Command, title: str) -> str:
        """Carry out an edit; the address of what it made or changed, once it is on disk.

        `title` names it for undo ("Deleted “Word of mouth”"). Raises EditError, UnknownElement or SaveError.
        """
        done = self._apply(command)
        self.history.did(Step(done.inverse, title, done.hint))
        return done.made

    def undo(self) -> tuple[Step, str] | None:
        """Take the last edit back: the step, and the address it touched. None where there is nothing to take back."""
        step = self.history.next_undo
        if step is None:
            return None
        done = self._apply(step.command, step.hint)
        self.history.undid(Step(done.inverse, step.title, done.hint))
        return step, touched(done)

    def redo(self) -> tuple[Step, str] | None:
        """Do the last edit again that was taken back. None where there is nothing."""
        step = self.history.next_redo
        if step is None:
            return None
        done = self._apply(step.command, step.hint)
        self.history.redid(Step(done.inverse, step.title, done.hint))
        return step, touched(done)

    def refresh(self) -> frozenset[str]:
        """Follow the disk: the paths of files that changed there since they were read."""
        if self._store is not None:
            return self._store.refresh()
        if self._refresh is None:
            return frozenset()
        self._workspace, changed = self._refresh()
        return changed

    def _apply(self, command: Command, hint: object | None = None) -> DoneLike:
        if self._store is None:
            raise ReadOnlyError("this session is read-only - open the workspace with `canvas-tui open` to edit")
        done = self._store.apply(command, hint)
        self.was_merged, self.is_durable = done.merged, done.durable
        return done


def touched(done: DoneLike) -> str:
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
