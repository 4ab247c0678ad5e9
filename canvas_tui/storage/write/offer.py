"""Shows queued edits as a diff: what is there now, and what each edit would make of it.

Pure: it applies commands to a workspace in memory. The lines are clean text, without line breaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from canvas_tui.core.changes import (
    CanvasAdded,
    CanvasRemoved,
    Change,
    ElementAdded,
    ElementRemoved,
    EntryAdded,
    EntryMoved,
    EntryRemoved,
    FieldSet,
    WaiverAdded,
    WaiverRemoved,
)
from canvas_tui.core.commands import AddEntry, Command
from canvas_tui.core.elements import Cell
from canvas_tui.core.places import Conflict, EditError
from canvas_tui.core.structure import AddCanvas, AddGoal, AddInitiative
from canvas_tui.core.text import clean
from canvas_tui.core.toml_words import as_read
from canvas_tui.core.workspace import UnknownElement, Workspace
from canvas_tui.storage.write.journal import Pending


@dataclass(frozen=True)
class Offer:
    """One queued edit, compared with the workspace as it is now.

    A line begins with "- " for what is there and "+ " for what would be there; other lines say where. `problem` is why
    the edit can no longer be made (a Conflict: somebody changed the same). `is_done`: the workspace has it already.
    """

    pending: Pending
    lines: tuple[str, ...]
    problem: EditError | UnknownElement | None = None
    is_done: bool = False


def offers(workspace: Workspace, waiting: Sequence[Pending]) -> tuple[Offer, ...]:
    """An offer for each edit, in order. Each edit is applied on top of the earlier ones that can be made."""
    found = []
    for pending in waiting:
        offer, workspace = _offer(workspace, pending)
        found.append(offer)
    return tuple(found)


def describe(workspace: Workspace, pending: Pending) -> list[str]:
    """The diff lines of one edit against the workspace as it is."""
    return list(_offer(workspace, pending)[0].lines)


def is_done(workspace: Workspace, command: Command) -> bool:
    """Whether the workspace already holds exactly what the command would add."""
    if isinstance(command, AddEntry):
        cell = workspace.find(command.cell)
        wanted = dict(command.fields)
        return (
            cell is not None
            and isinstance(cell.element, Cell)
            and any(dict(entry.fields) == wanted for entry in cell.element.entries)
        )
    if isinstance(command, (AddGoal, AddInitiative, AddCanvas)):
        found = workspace.find(str(command.fields.get("id")))
        return found is not None and found.file == command.file and dict(found.element.fields) == dict(command.fields)
    return False


def _offer(workspace: Workspace, pending: Pending) -> tuple[Offer, Workspace]:
    if is_done(workspace, pending.command):
        return Offer(pending, ("it is there already",), is_done=True), workspace
    try:
        applied = pending.command.apply(workspace)
    except Conflict as conflict:
        return Offer(pending, tuple(_conflict_lines(conflict)), conflict), workspace
    except (EditError, UnknownElement) as problem:
        return Offer(pending, (clean(str(problem)),), problem), workspace
    if not applied.changes:
        return Offer(pending, ("it is there already",), is_done=True), workspace
    lines = [line for change in applied.changes for line in _change_lines(change)]
    return Offer(pending, tuple(lines)), applied.workspace


def _conflict_lines(conflict: Conflict) -> Iterator[str]:
    what = "was removed" if conflict.theirs is None else "was changed"
    yield clean(f"{conflict.address}: {conflict.field} {what} by somebody else")
    yield from _value_lines("- ", conflict.theirs)
    yield from _value_lines("+ ", conflict.mine)


def _change_lines(change: Change) -> Iterator[str]:
    match change:
        case EntryAdded():
            yield clean(f"{change.canvas}/{change.cell}: new entry")
            yield from _table_lines("+ ", change.entry.fields)
        case EntryRemoved():
            yield clean(f"{change.canvas}/{change.cell}: entry taken out")
            yield from _table_lines("- ", change.entry.fields)
        case EntryMoved():
            yield clean(f"{change.canvas}/{change.cell}: moved to {change.to_cell}, place {change.to_index + 1}")
            yield from _value_lines("  ", change.entry.text)
        case FieldSet():
            yield clean(f"{change.address}: {change.field}")
            yield from _value_lines("- ", change.old)
            yield from _value_lines("+ ", change.new)
        case ElementAdded():
            yield clean(f"{change.file}: new {change.kind}")
            yield from _table_lines("+ ", change.element.fields)
        case ElementRemoved():
            yield clean(f"{change.file}: {change.kind} taken out")
            yield from _table_lines("- ", change.element.fields)
        case CanvasAdded():
            yield clean(f"{change.file}: new canvas")
            yield from _table_lines("+ ", change.canvas.fields)
        case CanvasRemoved():
            yield clean(f"{change.file}: canvas taken out")
            yield from _table_lines("- ", change.canvas.fields)
        case WaiverAdded():
            yield clean(f"{change.file}: new waiver")
            yield from _table_lines("+ ", change.waiver.fields)
        case WaiverRemoved():
            yield clean(f"{change.file}: waiver taken out")
            yield from _table_lines("- ", change.waiver.fields)


def _table_lines(mark: str, fields: Mapping[str, Any]) -> Iterator[str]:
    """Lines for the fields of a table: the text or title alone, every other field with its name."""
    for key, value in fields.items():
        if key in ("text", "title"):
            yield from _value_lines(mark, value)
    for key, value in fields.items():
        if key not in ("text", "title"):
            yield from _value_lines(mark, value, f"{key}: ")


def _value_lines(mark: str, value: Any, name: str = "") -> Iterator[str]:
    if value is None:
        return
    for line in f"{name}{as_read(value)}".splitlines() or [name]:
        yield clean(f"{mark}{line}")
