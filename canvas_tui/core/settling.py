"""Commands that keep the version which lost a conflict, and that settle it later: use this one, the kept one, or both.

`versions` says how a version is kept. Each function here builds one command, which undo takes back as one.
"""

from __future__ import annotations

from typing import Any

from canvas_tui.core.commands import NEEDED, Batch, Command, SetField, is_usable_text
from canvas_tui.core.edits import add_entry, change_text, move, remove
from canvas_tui.core.elements import Cell, Kind
from canvas_tui.core.field_paths import get_field
from canvas_tui.core.places import Place, ref_to
from canvas_tui.core.schema import complaint_about, field_spec
from canvas_tui.core.versions import CELL, ENTRY, Version, kept_key, same_words
from canvas_tui.core.workspace import Located, Workspace


def keep(item: Located, version: Version) -> Command | None:
    """Write a version at its element; None if it is there already, or if the element has no such field."""
    if field_spec(item.kind, version.field) is None or version.field in ("id", kept_key(item.kind)):
        return None
    key = kept_key(item.kind)
    old = item.element.fields.get(key)
    before = old if isinstance(old, list) else []
    if version.table in before or (old is not None and old is not before):
        return None  # a person wrote something else under that key: it is left alone
    return SetField(ref_to(item), key, [*before, version.table], old)


def choices(workspace: Workspace, item: Located, version: Version) -> tuple[str, ...]:
    """How a kept version may be settled: always "this" (drop the kept one), and "kept" or "both" if its value is valid
    for the field."""
    if twin_of(workspace, item, version) is not None:
        return ("this", "kept", "both")
    if version.field == CELL:
        return ("this", "kept") if _other_cell(workspace, item, version) is not None else ("this",)
    name, other = _field(version), version.other
    spec = field_spec(item.kind, name)
    if spec is None or name in ("id", kept_key(item.kind)):
        return ("this",)
    if other is None or complaint_about(spec, other) is not None or (name in NEEDED and not is_usable_text(other)):
        return ("this", "kept") if other is None and name not in NEEDED else ("this",)
    is_text = spec.type == "text" and isinstance(get_field(item.element.fields, name), str)
    return ("this", "kept", "both") if is_text and is_usable_text(other) else ("this", "kept")


def settle(workspace: Workspace, item: Located, version: Version, choice: str) -> Command:
    """The command that settles a kept version by one of its `choices`. Raises what the edits it is made of raise."""
    drop, twin = _without(item, version), twin_of(workspace, item, version)
    there = _as_it_is(item)
    if twin is not None:
        if choice == "kept":
            return remove(workspace, item)
        return drop if choice == "both" else Batch((there, drop, remove(workspace, twin)))
    name, other = _field(version), version.other
    if choice == "this":
        return drop
    if choice == "kept" and (cell := _other_cell(workspace, item, version)) is not None:
        return Batch((there, drop, move(item, cell)))
    if choice == "kept":
        return Batch((there, drop, _set(item, name, other)))
    if item.kind is Kind.ENTRY and name == "text" and item.canvas is not None:
        return Batch((there, drop, add_entry(f"{item.canvas.id}/{item.cell}", other, Place(after=ref_to(item)))))
    return Batch((there, drop, _set(item, name, f"{get_field(item.element.fields, name)}\n{other}")))


def twin_of(workspace: Workspace, item: Located, version: Version) -> Located | None:
    """The entry of the same cell that holds the other version, if both were kept as entries; None if it is gone."""
    if version.field != ENTRY or item.canvas is None or item.cell is None:
        return None
    address = f"{item.canvas.id}/{item.cell}"
    cell = workspace.find(address)
    assert cell is not None
    assert isinstance(cell.element, Cell)
    for number, entry in enumerate(cell.element.entries):
        if number != item.index and same_words(entry.text, version.other):
            return workspace.find(f"{address}/{number + 1}")
    return None


def _other_cell(workspace: Workspace, item: Located, version: Version) -> str | None:
    """The address of the cell where an entry stood in the other version; None if the version names no such cell."""
    if version.field != CELL or item.kind is not Kind.ENTRY or item.canvas is None or item.cell == version.other:
        return None
    address = f"{item.canvas.id}/{version.other}"
    found = workspace.find(address)
    return address if found is not None and found.kind is Kind.CELL else None


def _field(version: Version) -> str:
    return "text" if version.field == ENTRY else version.field


def _without(item: Located, version: Version) -> Command:
    key = kept_key(item.kind)
    old = item.element.fields.get(key)
    left = [each for each in old if each != version.table] if isinstance(old, list) else []
    return SetField(ref_to(item), key, left or None, old)


def _as_it_is(item: Located) -> Command:
    """A command that changes nothing, and raises Conflict if somebody else settled the version meanwhile: without it, a
    late answer would overwrite theirs."""
    key = kept_key(item.kind)
    old = item.element.fields.get(key)
    return SetField(ref_to(item), key, old, old)


def _set(item: Located, name: str, value: Any) -> Command:
    if name == "text" and item.kind is Kind.ENTRY:
        return change_text(item, value)
    return SetField(ref_to(item), name, value, get_field(item.element.fields, name))
