"""Carries an edit to the disk, limits how long a key may wait for that, and gives the outcome.

The one module of the session that loads the writing half of storage. It is loaded after the first paint, and never in a
read-only session. The pending store knows which edits are queued.
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

# Seconds that the keys may wait for a file that another program has locked: for an edit, for an edit while others are
# queued already, and for a try that the person did not ask for. After that an edit is queued.
EDIT_PATIENCE, NEXT_PATIENCE, QUIET_PATIENCE = 1.0, 0.2, 0.05


class Saving:
    """Carries out the edits of a session. `store` knows which edits are queued."""

    def __init__(self, store: PendingStore[Done]) -> None:
        self.store = store

    def carry_out(self, command: Command, hint: object | None = None, *, title: str = "") -> Outcome:
        """Carry out a command. `title` names it for people. For an inverse, `hint` is that of its Saved."""
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
        """Take a queued edit back, out of the journal; no file was touched by it. None if it is queued no longer."""
        pending = next((each for each in self.store.pending if each.id == kept.identity), None)
        if pending is None:
            return None
        before = self.store.workspace
        self.store.drop(pending.id)
        now = self.store.workspace
        try:  # only to know which element to show
            undone = pending.command.apply(now).inverse.apply(before)
        except (EditError, UnknownElement):
            return Saved(Applied(now, pending.command, (), ""))
        return Saved(Applied(now, pending.command, undone.changes, undone.made))

    def retry(self, *, is_quiet: bool = False) -> Sequence[Retried[Saved]]:
        """Try to save the queued edits. Gives one result for each that was tried. `is_quiet`: hardly wait."""
        with patience(QUIET_PATIENCE if is_quiet else NEXT_PATIENCE):
            results = self.store.retry()
        return [Retried(each.pending, _saved(each.done) if each.done else None, each.problem) for each in results]

    def _queued(self, command: Command, before: Workspace, problem: NotSavedYet) -> Queued | Refused:
        try:
            applied = command.apply(before)
        except (
            EditError,
            UnknownElement,
        ):  # the files changed just now: it is queued, but its inverse is unknown
            return Refused(problem, can_try_again=True)
        pending = problem.pending
        shown = replace(applied, workspace=self.store.workspace)
        return Queued(shown, Kept(pending.id), reason_of(problem.reason), pending.is_durable)


def _saved(done: Done) -> Saved:
    """The outcome for an edit that the store has put on disk."""
    applied = Applied(done.workspace, done.inverse, done.changes, done.made)
    return Saved(applied, done.hint, was_merged=done.merged, is_confirmed=done.durable)
