"""From an edit to the disk: how long a key may wait for it, and what became of it as one of three values.

The one module of the session that loads the writing half of storage. It is loaded after the first paint, and never in a
read-only session. What waits, and why, is the pending store's to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from canvas_tui.core.commands import Applied, Command
from canvas_tui.core.places import EditError
from canvas_tui.core.workspace import UnknownElement, Workspace
from canvas_tui.session.error_text import reason_of
from canvas_tui.session.outcome import Kept, Outcome, Queued, Refused, Saved
from canvas_tui.storage.write.errors import SaveError
from canvas_tui.storage.write.journal import Pending
from canvas_tui.storage.write.locking import patience
from canvas_tui.storage.write.offer import Offer
from canvas_tui.storage.write.pending import NotSavedYet, PendingStore, Retried
from canvas_tui.storage.write.store import Done
from canvas_tui.storage.write.verify import WriteMismatch

__all__ = ["Done", "Offer", "Pending", "PendingStore", "Retried", "Saving"]

# How long the keys may wait for a file that another program has locked: for an edit of the person's, for one more of
# them while the first waits already, and for a try that nobody asked for. In seconds; an edit that waits is kept.
EDIT_PATIENCE, NEXT_PATIENCE, QUIET_PATIENCE = 1.0, 0.2, 0.05


class Saving:
    """The files and the journal of a session that edits. `store` has what waits; ask it for that."""

    def __init__(self, store: PendingStore[Done]) -> None:
        self.store = store

    def carry_out(self, command: Command, hint: object | None = None, *, title: str = "") -> Outcome:
        """Carry out a command. `hint` is what its Saved gave, where it is an inverse; `title` names it for a person."""
        before = self.store.workspace
        try:
            with patience(NEXT_PATIENCE if self.store.pending else EDIT_PATIENCE):
                return _saved(self.store.apply(command, hint, title=title))
        except NotSavedYet as problem:
            return self._queued(command, before, problem)
        except (EditError, UnknownElement) as problem:
            return Refused(problem)
        except (SaveError, WriteMismatch) as problem:
            return Refused(problem, can_try_again=True)

    def take_back(self, kept: Kept) -> Saved | None:
        """Take an edit that waits out of the journal; None where it waits no longer. No file was ever touched by it."""
        pending = next((each for each in self.store.pending if each.id == kept.identity), None)
        if pending is None:
            return None
        before = self.store.workspace
        self.store.drop(pending.id)
        now = self.store.workspace
        try:  # only to know what is to be looked at now
            undone = pending.command.apply(now).inverse.apply(before)
        except (EditError, UnknownElement):
            return Saved(Applied(now, pending.command, (), ""))
        return Saved(Applied(now, pending.command, undone.changes, undone.made))

    def retry(self, *, is_quiet: bool = False) -> Sequence[Retried[Saved]]:
        """Try to save what waits; one result each. `is_quiet`: nobody asked, and no key is to wait for it."""
        with patience(QUIET_PATIENCE if is_quiet else NEXT_PATIENCE):
            results = self.store.retry()
        return [Retried(each.pending, _saved(each.done) if each.done else None, each.problem) for each in results]

    def _queued(self, command: Command, before: Workspace, problem: NotSavedYet) -> Queued | Refused:
        try:
            applied = command.apply(before)
        except (EditError, UnknownElement):  # the files changed in the same moment: it waits, its way back is unknown
            return Refused(problem, can_try_again=True)
        pending = problem.pending
        shown = replace(applied, workspace=self.store.workspace)
        return Queued(shown, Kept(pending.id), reason_of(problem.reason), pending.is_durable)


def _saved(done: Done) -> Saved:
    """What the store tells of an edit that is on disk, as an outcome."""
    applied = Applied(done.workspace, done.inverse, done.changes, done.made)
    return Saved(applied, done.hint, was_merged=done.merged, is_confirmed=done.durable)
