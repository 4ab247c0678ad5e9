"""The store as the screen needs it: opened late, and an edit that has to wait is an answer and not an error.

Owns the moment when the writer half of storage is loaded (after the first paint: until then nobody can have edited
anything). What waits, and why, is the pending store's to know. Never made in a read-only session.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from canvas_tui.core.places import EditError
from canvas_tui.core.workspace import UnknownElement, Workspace

if TYPE_CHECKING:
    from canvas_tui.core.changes import Change
    from canvas_tui.core.commands import Command
    from canvas_tui.storage.write.errors import SaveError
    from canvas_tui.storage.write.journal import Pending
    from canvas_tui.storage.write.offer import Offer
    from canvas_tui.storage.write.pending import PendingStore, Retried
    from canvas_tui.storage.write.store import Done

# How long the keys may wait for a file that another program has locked: for an edit of the person's, for one more of
# them while the first waits already, and for a try that nobody asked for. In seconds; an edit that waits is kept.
EDIT_PATIENCE, NEXT_PATIENCE, QUIET_PATIENCE = 1.0, 0.2, 0.05

# Why an edit waits, by the kind of error, short enough for a status line.
_WORDS = {
    "read-only": "you may not write there",
    "full": "the disk is full",
    "gone": "the file is gone",
    "busy": "another program holds it",
    "refused": "that is no regular file",
    "io": "the disk gave an error",
    "changed": "somebody changed it too",
}
LOCKED = _WORDS["busy"]


class Kept(NamedTuple):
    """What a step of the history remembers of an edit that waits: taking it back takes it out of the journal."""

    identity: str


class Waits(NamedTuple):
    """An edit that is shown and kept, and not on disk yet. Stands where a store's Done would.

    `reason` is a few words; `is_safe` says whether the edit would outlive this session.
    """

    workspace: Workspace
    inverse: Command
    changes: tuple[Change, ...]
    made: str
    hint: Kept | None
    reason: str
    is_safe: bool
    merged: bool = False
    durable: bool = True


class KeepingStore:
    """A pending store behind a door. `opening` makes it; `workspace` is what was read, until then."""

    def __init__(self, workspace: Workspace, opening: Callable[[], PendingStore[Done]]) -> None:
        self._workspace, self._opening = workspace, opening
        self._store: PendingStore[Done] | None = None

    def open(self) -> PendingStore[Done]:
        """The store itself; the writer half of storage is loaded now."""
        if self._store is None:
            self._store = self._opening()
        return self._store

    def prepare(self) -> None:
        """Load what the first edit needs, and set room aside for a full disk."""
        self.open().prepare()

    def close(self) -> None:
        """The session ends; what waits is offered to the next one."""
        if self._store is not None:
            self._store.close()

    @property
    def workspace(self) -> Workspace:
        """What to show: what is on disk, with the edits that wait."""
        return self._store.workspace if self._store is not None else self._workspace

    @property
    def unsaved(self) -> frozenset[str]:
        """The addresses of what is shown and not on disk."""
        return self._store.unsaved if self._store is not None else frozenset()

    @property
    def pending(self) -> Sequence[Pending]:
        """The edits that wait to be saved."""
        return self._store.pending if self._store is not None else ()

    @property
    def offered(self) -> Sequence[Pending]:
        """What earlier sessions left, until it is accepted or dropped."""
        return self._store.offered if self._store is not None else ()

    @property
    def is_durable(self) -> bool:
        """Whether all that waits would survive the end of this session."""
        return self._store is None or self._store.is_durable

    def offers(self) -> Sequence[Offer]:
        """Everything that waits or is offered, as a diff against the disk."""
        return self.open().offers()

    def accept(self) -> None:
        """What earlier sessions left waits from now on as if made in this one."""
        self.open().accept()

    def retry(self, *, is_quiet: bool = False) -> Sequence[Retried[Done]]:
        """Try to save what waits; one result each. `is_quiet`: nobody asked, and no key is to wait for it."""
        store = self.open()
        from canvas_tui.storage.write.locking import patience

        with patience(QUIET_PATIENCE if is_quiet else NEXT_PATIENCE):
            return store.retry()

    def offer_back(self, command: Command, title: str, reason: str) -> None:
        """Keep an edit that was saved and that the files hold no more, and offer it."""
        self.open().offer_back(command, title, reason)

    def drop(self, identity: str) -> None:
        """Give up an edit that waits."""
        self.open().drop(identity)

    def refresh(self) -> frozenset[str]:
        """Read again what changed on disk; the paths of those files."""
        return self.open().refresh()

    def apply(self, command: Command, hint: object | None = None, *, title: str = "") -> Done | Waits:
        """Carry out a command: on disk, or kept until it can be. Raises as the pending store, but for NotSavedYet."""
        store = self.open()
        from canvas_tui.storage.write.locking import patience
        from canvas_tui.storage.write.pending import NotSavedYet

        before = store.workspace
        try:
            with patience(NEXT_PATIENCE if store.pending else EDIT_PATIENCE):
                return store.apply(command, hint, title=title)
        except NotSavedYet as problem:
            pending, reason = problem.pending, reason_of(problem.reason)
            try:
                applied = command.apply(before)
            except (EditError, UnknownElement):
                raise problem from None  # the files changed in the same moment: it waits, and its way back is not known
            return Waits(
                store.workspace, applied.inverse, applied.changes, applied.made, Kept(pending.id), reason,
                pending.is_durable,
            )  # fmt: skip

    def take_back(self, kept: Kept) -> Waits | None:
        """Take an edit that waits out of the journal; None where it waits no longer."""
        store = self.open()
        pending = next((each for each in store.pending if each.id == kept.identity), None)
        if pending is None:
            return None
        before = store.workspace
        store.drop(pending.id)
        try:  # only to know what is to be looked at now
            undone = pending.command.apply(store.workspace).inverse.apply(before)
            changes, made = undone.changes, undone.made
        except (EditError, UnknownElement):
            changes, made = (), ""
        return Waits(store.workspace, pending.command, changes, made, None, "", True)


def reason_of(problem: SaveError | Exception) -> str:
    """Why a save did not happen, in a few words."""
    kind = getattr(problem, "kind", "")
    return _WORDS.get(kind) or str(problem).partition(" - ")[0]
