"""Decides which edits of this session another program has overwritten by accident, so that the files lack them now.

Pure: the time is passed in. vim, git and sync clients do not look before they write: if they read a file before an
edit, their write undoes the edit. Somebody who takes an edit out on purpose has read it, and then usually keeps the
later edits of the same file. In doubt an edit counts as lost, because one report too many costs little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

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
from canvas_tui.core.commands import Batch, Command
from canvas_tui.core.elements import Cell, Entry, Kind
from canvas_tui.core.field_paths import get_field
from canvas_tui.core.places import EditError
from canvas_tui.core.workspace import UnknownElement, Workspace

REMEMBERED = 600.0  # seconds; a program that takes an edit out later than this has most likely read it
AT_ONCE = 10.0  # seconds; another text in the same place, so soon, was most likely written without reading ours

ChangeState = Literal["stands", "gone", "other", "unknown"]  # "other": neither as the edit made it nor as before


@dataclass(frozen=True, slots=True)
class OwnEdit:
    """One edit that was shown as saved. `when` is in seconds, by the clock of the session."""

    command: Command
    inverse: Command
    title: str
    changes: tuple[Change, ...]
    when: float

    @property
    def files(self) -> frozenset[str]:
        """The files that it changed."""
        return frozenset(change.file for change in self.changes)


class OwnEdits:
    """The session's edits of the last minutes, oldest first."""

    def __init__(self) -> None:
        self._edits: list[OwnEdit] = []

    def made(self, edit: OwnEdit, workspace: Workspace) -> None:
        """Remember an edit that is on disk; `workspace` is the result. Earlier edits that it undid are forgotten."""
        stands = [change for change in edit.changes if found(workspace, change) == "stands"]
        self._edits = [each for each in self._edits if _stands(workspace, each)]
        if stands:
            self._edits.append(OwnEdit(edit.command, edit.inverse, edit.title, tuple(stands), edit.when))

    def lost(
        self, workspace: Workspace, changed: Collection[str], now: float, beside: Collection[Change] = ()
    ) -> tuple[OwnEdit, ...]:
        """The edits that the changed files have lost by accident. Each is given once. `now` is in seconds.

        `beside` are changes that the session itself has just made: those are no losses.
        """
        own = {_about(change) for change in beside}
        self._edits = [each for each in self._edits if now - each.when <= REMEMBERED]
        lost: list[OwnEdit] = []
        seen_by_writer: set[str] = set()  # files whose new version has a later edit: whoever wrote it has read this one
        for edit in reversed(self._edits):
            if edit.files.isdisjoint(changed) or not own.isdisjoint(map(_about, edit.changes)):
                continue
            states = {found(workspace, change) for change in edit.changes}
            if states <= {"stands"}:
                seen_by_writer |= edit.files
            elif not edit.files <= seen_by_writer and _is_lost(states, now - edit.when):
                lost.append(edit)
        self._edits = [each for each in self._edits if each not in lost and _may_stand(workspace, each)]
        return tuple(reversed(lost))


def remaining(workspace: Workspace, command: Command) -> Command:
    """The steps of a command that are still to be done: of an edit of several files, only one may have lost its part.

    Gives the whole command if no step can be done as it is: then a person has to look.
    """
    left: list[Command] = []
    for each in _single(command):
        try:
            applied = each.apply(workspace)
        except (EditError, UnknownElement):
            continue
        if applied.changes:
            left.append(each)
            workspace = applied.workspace
    return Batch(tuple(left)) if len(left) > 1 else left[0] if left else command


def _single(command: Command) -> Iterator[Command]:
    """The single commands of a batch, in order; a batch may hold batches."""
    front = [command]
    while front:
        each = front.pop()
        if isinstance(each, Batch):
            front.extend(reversed(each.commands))
        else:
            yield each


def _is_lost(states: set[ChangeState], age: float) -> bool:
    return "gone" in states or ("other" in states and age <= AT_ONCE)


def _stands(workspace: Workspace, edit: OwnEdit) -> bool:
    return all(found(workspace, change) == "stands" for change in edit.changes)


def _may_stand(workspace: Workspace, edit: OwnEdit) -> bool:
    """Whether an edit is still there, or may be in a file that cannot be read just now."""
    return all(found(workspace, change) in ("stands", "unknown") for change in edit.changes)


def found(workspace: Workspace, change: Change) -> ChangeState:
    """Whether the workspace still has the result of a change, or what was there before it."""
    document = workspace.document(change.file)
    if document is None or not document.is_readable:
        return "stands" if isinstance(change, CanvasRemoved) and document is None else "unknown"
    match change:
        case FieldSet():
            return _field_found(workspace, change)
        case EntryAdded() | EntryRemoved():
            is_there = _has_entry(workspace, change.canvas, change.cell, change.entry)
            return "stands" if is_there == isinstance(change, EntryAdded) else "gone"
        case EntryMoved():
            if _has_entry(workspace, change.canvas, change.to_cell, change.entry):
                return "stands"
            return "gone" if _has_entry(workspace, change.canvas, change.cell, change.entry) else "other"
        case ElementAdded() | ElementRemoved():
            is_there = workspace.find(change.element.id) is not None
            return "stands" if is_there == isinstance(change, ElementAdded) else "gone"
        case CanvasAdded() | CanvasRemoved():
            is_there = workspace.find(change.canvas.id) is not None
            return "stands" if is_there == isinstance(change, CanvasAdded) else "gone"
        case WaiverAdded() | WaiverRemoved():
            waivers = document.header.waivers if document.header is not None else ()
            is_there = any(dict(each.fields) == dict(change.waiver.fields) for each in waivers)
            return "stands" if is_there == isinstance(change, WaiverAdded) else "gone"


def _field_found(workspace: Workspace, change: FieldSet) -> ChangeState:
    if change.kind is Kind.ENTRY and "/" in change.address:  # an entry without an id can only be found by its text
        canvas = change.address.partition("/")[0]
        texts = [entry.text for entry in _entries(workspace, canvas, change.cell or "")]
        if change.field != "text":
            return "unknown"
        return "stands" if change.new in texts else "gone" if change.old in texts else "other"
    item = workspace.find(change.address)
    if item is None:
        return "other"
    now = _plain(get_field(item.element.fields, change.field))
    return "stands" if now == _plain(change.new) else "gone" if now == _plain(change.old) else "other"


def _entries(workspace: Workspace, canvas: str, cell: str) -> tuple[Entry, ...]:
    item = workspace.find(f"{canvas}/{cell}")
    return item.element.entries if item is not None and isinstance(item.element, Cell) else ()


def _about(change: Change) -> str:
    """A key for what a change is about: the id of an element, or the place and text of an entry without one."""
    match change:
        case FieldSet():
            return change.address
        case EntryAdded() | EntryRemoved() | EntryMoved():
            return change.entry.id or f"{change.canvas}/{change.cell}: {change.entry.text}"
        case ElementAdded() | ElementRemoved():
            return change.element.id
        case CanvasAdded() | CanvasRemoved():
            return change.canvas.id
        case WaiverAdded() | WaiverRemoved():
            return f"waiver {dict(change.waiver.fields)}"


def _has_entry(workspace: Workspace, canvas: str, cell: str, entry: Entry) -> bool:
    """Whether the cell holds the entry: by its id, or else one that says the same."""
    entries = _entries(workspace, canvas, cell)
    if entry.id is not None:
        return any(each.id == entry.id for each in entries)
    return any(each.text == entry.text for each in entries)


def _plain(value: object) -> object:
    """A TOML value for comparing: a tuple becomes a list, and an empty list equals an absent one."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else value
