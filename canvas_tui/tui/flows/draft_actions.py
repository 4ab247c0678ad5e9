"""Which action opens a draft again: the one that edits its field, on the screen of its element. Pure."""

from __future__ import annotations

from canvas_tui.core.elements import Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.tui.input.actions import BOARD, TREE


def action_of(key: str) -> str:
    """The action that opens the field of a draft again, where the cursor is on its element."""
    address, _, field = key.rpartition(":")
    if address.startswith("new "):
        return "add"
    return {"new": "add", "note": "note", "fields": "details"}.get(field, "edit")


def action_at(workspace: Workspace, key: str, screen: str, selected: str | None) -> str:
    """The action that opens the field of a draft from a screen with the cursor on `selected`; "" where none does."""
    address, _, field = key.rpartition(":")
    item, there = workspace.find(address), workspace.find(selected) if selected else None
    if address.startswith("new "):
        return "add" if screen == TREE else ""
    if item is None or there is None:
        return ""
    if item.kind is Kind.CANVAS:
        is_there = screen == BOARD and there.canvas is not None and there.canvas.id == address
        return "canvas-details" if is_there else ""
    if field == "new":
        is_there = screen == BOARD and _cell(there) == _cell(item)
        return "add" if is_there else ""
    if there.address != item.address:
        return ""
    if screen == TREE:
        return "note" if field == "note" else "edit"
    return action_of(key) if screen == BOARD else ""


def _cell(item: Located) -> tuple[str, str | None]:
    return item.canvas.id if item.canvas is not None else "", item.cell
