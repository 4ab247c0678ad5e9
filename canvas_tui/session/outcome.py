"""What became of an edit: saved on disk, queued, or refused with nothing changed. Values only.

Carrying out an edit gives exactly one of the three. This module loads nothing that can write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from canvas_tui.core.places import Conflict

if TYPE_CHECKING:  # a session that only looks never loads the commands
    from canvas_tui.core.commands import Applied


class Kept(NamedTuple):
    """The hint of a queued edit: undo takes the edit out of the journal, where `identity` is its name."""

    identity: str


class Saved(NamedTuple):
    """The edit is on disk. `hint` with the inverse of `applied` takes it back byte for byte.

    `was_merged`: somebody had changed a file meanwhile, and the edit was applied to that. `is_confirmed` is False if
    the disk did not confirm the write.
    """

    applied: Applied
    hint: object | None = None
    was_merged: bool = False
    is_confirmed: bool = True


class Queued(NamedTuple):
    """The edit is shown and kept, but not on disk yet. `reason` says why, in a few words.

    `is_safe` is False if not even the journal could be written: the edit then ends with the session.
    """

    applied: Applied
    hint: Kept
    reason: str
    is_safe: bool = True


class Refused(NamedTuple):
    """Nothing was changed. `problem` says why, and what to do about it.

    `can_try_again`: the edit is valid, but the disk or another program prevented it.
    """

    problem: Exception
    can_try_again: bool = False

    @property
    def conflict(self) -> Conflict | None:
        """The conflict, if somebody else changed the same thing and the person has to choose; else None."""
        return self.problem if isinstance(self.problem, Conflict) else None


Outcome = Saved | Queued | Refused


def touched(applied: Applied) -> str:
    """The address to show after undo or redo: the element that came back, or what stands where one was removed."""
    from canvas_tui.core.changes import ElementAdded, EntryAdded, EntryMoved, EntryRemoved

    for change in applied.changes:
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
                found = applied.workspace.find(f"{cell_address}/{number}")
                if found is not None:
                    return found.address
            return cell_address
    return applied.made
