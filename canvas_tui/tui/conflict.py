"""What becomes of an edit that met somebody else's: the command that carries out what the person chose. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from canvas_tui.core import edits
from canvas_tui.core.commands import Batch, ChangeEntry, Command, RemoveEntry, SetField
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import Conflict, Place, ref_to
from canvas_tui.core.structure import RemoveElement
from canvas_tui.core.workspace import Located, Workspace


def settled(workspace: Workspace, conflict: Conflict, command: Command | None, choice: str) -> Command | None:
    """The edit after the choice "mine", "theirs" or "both"; None where nothing is to be done.

    Both: of two texts of an entry, theirs stays and mine becomes an entry below it; of two other texts, mine goes
    below theirs in the same field. Of an edit in several steps the others are carried out whatever was chosen.
    """
    if isinstance(command, Batch):
        return _settled_batch(workspace, conflict, command, choice)
    item = workspace.find(conflict.address)
    if choice == "theirs" or item is None:
        return None
    if isinstance(command, (RemoveEntry, RemoveElement)):
        return edits.remove(workspace, item) if choice == "mine" else None
    mine = _wanted(command, conflict)
    if not isinstance(mine, str) or choice == "mine":
        return _field_set(item, conflict.field, mine, conflict.theirs)
    if item.kind is Kind.ENTRY and conflict.field == "text" and item.canvas is not None:
        return edits.add_entry(f"{item.canvas.id}/{item.cell}", mine, Place(after=ref_to(item)))
    return _field_set(item, conflict.field, f"{conflict.theirs}\n{mine}", conflict.theirs)


def _settled_batch(workspace: Workspace, conflict: Conflict, batch: Batch, choice: str) -> Command | None:
    """The batch with the step in dispute as chosen, or without it."""
    steps: list[Command] = []
    for step in batch.commands:
        if _is_disputed(step, conflict):
            chosen = settled(workspace, conflict, step, choice)
            steps += [chosen] if chosen is not None else []
        else:
            steps.append(step)
    if tuple(steps) == batch.commands:
        return settled(workspace, conflict, None, choice)  # no step of its own is in dispute: the whole is
    return Batch(tuple(steps)) if steps else None


def _is_disputed(step: Command, conflict: Conflict) -> bool:
    if isinstance(step, SetField):
        return step.element.address == conflict.address and step.field == conflict.field
    return isinstance(step, ChangeEntry) and step.entry.address == conflict.address and conflict.field == "text"


def _wanted(command: Command | None, conflict: Conflict) -> Any:
    if isinstance(command, ChangeEntry):
        return command.text
    return command.value if isinstance(command, SetField) else conflict.mine


def _field_set(item: Located, field: str, value: Any, theirs: Any) -> Command:
    if field == "text" and item.kind is Kind.ENTRY:
        return edits.change_text(item, str(value))
    return replace(SetField(ref_to(item), field, value), expected=theirs)
