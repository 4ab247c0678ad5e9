"""What became of an edit: it is on disk, it waits to be, or nothing was changed. Values only.

Whoever carries out an edit gets exactly one of the three. Loads nothing that can write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from canvas_tui.core.places import Conflict

if TYPE_CHECKING:  # a session that only looks never loads the commands
    from canvas_tui.core.commands import Applied


class Kept(NamedTuple):
    """What a step of the history remembers of an edit that waits: taking it back takes it out of the journal."""

    identity: str


class Saved(NamedTuple):
    """The edit is on disk. `hint` with the inverse of `applied` takes it back byte for byte.

    `was_merged`: a file had changed underneath, and the edit went in beside that. `is_confirmed` is False where the
    disk did not say that it has it.
    """

    applied: Applied
    hint: object | None = None
    was_merged: bool = False
    is_confirmed: bool = True


class Queued(NamedTuple):
    """The edit is shown and kept, and not on disk yet. `reason` is a few words.

    `is_safe` is False where not even the journal could be written: the edit then lives as long as the session.
    """

    applied: Applied
    hint: Kept
    reason: str
    is_safe: bool = True


class Refused(NamedTuple):
    """Nothing was changed. `problem` says why, and what to do about it.

    `can_try_again`: the edit is right, and the disk or another program stood in its way.
    """

    problem: Exception
    can_try_again: bool = False

    @property
    def conflict(self) -> Conflict | None:
        """Both versions, where somebody else changed the same; the person chooses."""
        return self.problem if isinstance(self.problem, Conflict) else None


Outcome = Saved | Queued | Refused


def touched(applied: Applied) -> str:
    """The address to look at after an edit was taken back or done again: what came back, or stands where one went."""
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
