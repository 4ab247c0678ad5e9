"""A store that loses no edit: an edit that cannot be saved now is queued in the journal, and is tried again when asked.

It has the same `apply` as the store, and calls it. `workspace` is what to show, with the queued edits; `saved` is what
is on disk, and `unsaved` says where they differ. It decides nothing for a person: a conflict is reported, and the edit
stays queued.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from canvas_tui.core.commands import Command
from canvas_tui.core.places import EditError
from canvas_tui.core.workspace import UnknownElement, Workspace
from canvas_tui.storage.read.folder import ReadError
from canvas_tui.storage.write.errors import ErrorKind, SaveError, explain, save_error
from canvas_tui.storage.write.journal import Journal, Pending
from canvas_tui.storage.write.offer import Offer, is_done, offers
from canvas_tui.storage.write.titles import title_of
from canvas_tui.storage.write.verify import WriteMismatch

_CANNOT_SAVE = (SaveError, OSError, ReadError)
_OF_THE_DISK = ("full", "io", "busy")  # if one edit fails for such a reason, the next will most likely fail too

DoneT = TypeVar("DoneT")
DoneT_co = TypeVar("DoneT_co", covariant=True)


class Writer(Protocol[DoneT_co]):
    """What is needed of a store."""

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is on disk."""

    @property
    def root(self) -> Path:
        """The workspace's folder, or its one file."""

    def refresh(self) -> frozenset[str]:
        """Read again what changed on disk. Gives the paths of the files that did."""

    def apply(self, command: Command, hint: object | None = None) -> DoneT_co:
        """Carry out a command; on disk when this returns."""


class NotSavedYet(SaveError):
    """The edit is not on disk, but not lost: `pending` is queued in the journal; `reason` is why it could not be saved.

    `pending.is_durable` is False if not even the journal could be written: then the edit ends with the session.
    """

    def __init__(self, pending: Pending, reason: SaveError) -> None:
        kept = "kept, not saved yet" if pending.is_durable else "kept in memory only, not saved yet"
        super().__init__(reason.path, f"{reason.message}; your edit is {kept}", reason.hint, reason.kind)
        self.pending, self.reason = pending, reason


@dataclass(frozen=True)
class Retried(Generic[DoneT]):
    """What became of one queued edit: saved (`done`), there already (neither field), or still queued (`problem`)."""

    pending: Pending
    done: DoneT | None = None
    problem: SaveError | EditError | UnknownElement | WriteMismatch | None = None

    @property
    def is_saved(self) -> bool:
        """Whether it is queued no longer."""
        return self.problem is None

    @property
    def is_conflict(self) -> bool:
        """Whether it can never be saved as it is: the person must choose a version, and then drop it."""
        return isinstance(self.problem, (EditError, UnknownElement, WriteMismatch))


class PendingStore(Generic[DoneT]):
    """A store with a journal behind it. Used from one thread, as the store is."""

    def __init__(self, store: Writer[DoneT], journal: Journal) -> None:
        self._store, self._journal = store, journal
        self._all = journal.pending()
        self._offered = {pending.id for pending in self._all}
        self._kind: ErrorKind = "busy"  # why the last queued edit could not be saved
        self._shown: tuple[Workspace, tuple[Pending, ...], Workspace, frozenset[str]] | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace to show: as it is on disk, with the queued edits. The same object until something changes."""
        return self._show()[2]

    @property
    def saved(self) -> Workspace:
        """The workspace as it was last read from disk, or written."""
        return self._store.workspace

    @property
    def unsaved(self) -> frozenset[str]:
        """The addresses of elements that are shown otherwise than they are on disk."""
        return self._show()[3]

    @property
    def root(self) -> Path:
        """The workspace's folder, or its one file."""
        return self._store.root

    @property
    def pending(self) -> tuple[Pending, ...]:
        """The queued edits of this session, and accepted ones of earlier sessions, oldest first."""
        return tuple(pending for pending in self._all if pending.id not in self._offered)

    @property
    def offered(self) -> tuple[Pending, ...]:
        """The queued edits of earlier sessions, until they are accepted or dropped. Before that they are neither shown
        in the workspace nor tried."""
        return tuple(pending for pending in self._all if pending.id in self._offered)

    @property
    def is_durable(self) -> bool:
        """Whether all queued edits would survive the end of this session."""
        return self._journal.is_durable

    def prepare(self) -> None:
        """Set room aside for the time when the disk is full. Called some time after the first paint."""
        self._journal.prepare()

    def accept(self) -> None:
        """Accept the edits of earlier sessions: they are queued from now on, as if made in this session."""
        self._offered.clear()
        self._shown = None

    def offers(self) -> tuple[Offer, ...]:
        """Every queued or offered edit as a diff against the disk, or why it can no longer be made."""
        return offers(self._store.workspace, self._all)

    def refresh(self) -> frozenset[str]:
        """Read again what changed on disk. Gives the paths of the files that did."""
        return self._store.refresh()

    def apply(self, command: Command, hint: object | None = None, *, title: str = "") -> DoneT:
        """As `Store.apply`. If that cannot write now, keeps the edit and raises NotSavedYet.

        `title` names the edit for the person. EditError and UnknownElement pass through and nothing is kept, unless
        the edit needs one that is queued: then it is queued behind that. A SaveError "changed" passes through too: the
        person has to choose.
        """
        try:
            return self._store.apply(command, hint)
        except _CANNOT_SAVE as problem:
            reason = self._reason(problem)
            if reason.kind == "changed":
                raise
            raise self._kept(command, title, reason) from problem
        except (EditError, UnknownElement) as problem:
            if not self.pending or not _can_apply(self.workspace, command):
                raise
            raise self._kept(command, title, _behind(save_error(self._store.root, self._kind))) from problem

    def offer_back(self, command: Command, title: str, reason: str) -> None:
        """Keep an edit that was saved and is not in the files any more. It is offered to the person, and tried only
        once they accept it."""
        self._offered.add(self._journal.keep(command, title or title_of(command), reason).id)
        self._look_again()

    def retry(self) -> list[Retried[DoneT]]:
        """Try to save the queued edits, in order. Gives one result for each that was tried.

        Stops if the disk fails (full, error, busy), but goes on if one file cannot be written. An edit that meets a
        conflict is reported, and stays queued until it is dropped.
        """
        results: list[Retried[DoneT]] = []
        left: list[tuple[Pending, SaveError]] = []
        for pending in self.pending:
            result = self._retry(pending, left)
            results.append(result)
            if isinstance(result.problem, SaveError):
                left.append((result.pending, result.problem))
                if result.problem.kind in _OF_THE_DISK:
                    break
        self._look_again()
        return results

    def drop(self, identity: str) -> None:
        """Forget a queued edit that was given up, or settled in another way."""
        self._journal.drop(identity)
        self._look_again()

    def close(self) -> None:
        """End the session. Edits that are still queued are offered at the next start."""
        self._journal.close()

    def _look_again(self) -> None:
        before = {pending.id for pending in self._all}
        self._all = self._journal.pending()
        self._offered |= {each.id for each in self._all if each.id not in before and not self._journal.is_ours(each.id)}

    def _show(self) -> tuple[Workspace, tuple[Pending, ...], Workspace, frozenset[str]]:
        space, waiting = self._store.workspace, self.pending
        if self._shown is None or self._shown[0] is not space or self._shown[1] != waiting:
            self._shown = (space, waiting, *_with_all(space, waiting))
        return self._shown

    def _kept(self, command: Command, title: str, reason: SaveError) -> NotSavedYet:
        self._kind = reason.kind
        pending = self._journal.keep(command, title or title_of(command), f"{reason.message} - {reason.hint}")
        self._look_again()
        return NotSavedYet(pending, reason)

    def _retry(self, pending: Pending, left: list[tuple[Pending, SaveError]]) -> Retried[DoneT]:
        # A session that was killed between the save and the drop left an edit that is done: never make it twice.
        if not self._journal.is_ours(pending.id) and is_done(self._store.workspace, pending.command):
            self._journal.drop(pending.id)
            return Retried(pending)
        try:
            done = self._store.apply(pending.command)
        except _CANNOT_SAVE as problem:
            return self._still(pending, self._reason(problem))
        except WriteMismatch as problem:
            return Retried(pending, problem=problem)
        except (EditError, UnknownElement) as problem:
            before, _ = _with_all(self._store.workspace, [each for each, _ in left])
            if left and _can_apply(before, pending.command):
                return self._still(pending, _behind(left[-1][1]))
            return Retried(pending, problem=problem)
        self._journal.drop(pending.id)
        return Retried(pending, done)

    def _reason(self, problem: SaveError | OSError | ReadError) -> SaveError:
        if isinstance(problem, SaveError):
            return problem
        if isinstance(problem, OSError):
            return explain(self._store.root, problem)
        return save_error(self._store.root, "gone")

    def _still(self, pending: Pending, problem: SaveError) -> Retried[DoneT]:
        self._kind = problem.kind
        again = self._journal.again(pending.id, f"{problem.message} - {problem.hint}")
        return Retried(again, problem=problem)


def _behind(earlier: SaveError) -> SaveError:
    """The reason for an edit that is queued because it needs an earlier queued one."""
    return SaveError(
        earlier.path, "waits for an earlier edit that is not saved yet", "save that one first", earlier.kind
    )


def _can_apply(workspace: Workspace, command: Command) -> bool:
    try:
        command.apply(workspace)
    except (EditError, UnknownElement):
        return False
    return True


def _with_all(workspace: Workspace, waiting: Sequence[Pending]) -> tuple[Workspace, frozenset[str]]:
    """(the workspace with all of these edits that can be made in it, the addresses that they made or changed)."""
    unsaved: set[str] = set()
    for pending in waiting:
        try:
            applied = pending.command.apply(workspace)
        except (EditError, UnknownElement):
            continue
        if applied.changes:
            workspace = applied.workspace
            unsaved.add(applied.made)
    return workspace, frozenset(unsaved)
