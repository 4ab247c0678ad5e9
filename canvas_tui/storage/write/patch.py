"""Turns a list of changes into a file's new text; only the lines of what changed are touched.

It works on text alone. Whoever saves the text checks that it says what it should.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from canvas_tui.core.changes import (
    CanvasAdded,
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
from canvas_tui.core.elements import Entry, Kind
from canvas_tui.core.schema import SCHEMA
from canvas_tui.storage.read.blocks import Path
from canvas_tui.storage.write.elements import Lifted, ListPlace, item_span, lift, put, scopes_of
from canvas_tui.storage.write.fields import Field, Scope, set_field
from canvas_tui.storage.write.layout import layout_of
from canvas_tui.storage.write.splice import put_block
from canvas_tui.storage.write.values import FileStyle, format_key, format_text, format_value, style_of

_ORDER = {kind: ("id", *(spec.name for spec in specs if spec.name != "id")) for kind, specs in SCHEMA.items()}
_ORDER[Kind.CANVAS] = ("model", "id", "title", "team", "status", "owner", "note", "links", "canvas-conflict")
_ORDER[Kind.VISION] = ("format", "name", "vision", "vision-conflict")
_LISTS = {Kind.GOAL: "goals", Kind.INITIATIVE: "initiatives"}
_KIND_OF = {name: kind for kind, name in _LISTS.items()}

Carried = Mapping[int, Lifted]
"""Entries that come from another file, with their text there, by the identity of the Entry."""


def patch(text: str, changes: Sequence[Change], cells: Sequence[str], carried: Carried | None = None) -> str:
    """The text after the changes. `cells` are the cells of the file's model in order.

    Raises ValueError for a value that TOML cannot hold.
    """
    for change in changes:
        text = _patched(text, change, cells, carried or {})
    return text


def lifted(text: str, cell: str, index: int, entry: Entry) -> Lifted:
    """An entry with its text and comments, to be put into another file."""
    return lift(text, cell, index, entry.fields)[1]


def _patched(text: str, change: Change, cells: Sequence[str], carried: Carried) -> str:
    match change:
        case EntryAdded():
            element = carried.get(id(change.entry)) or Lifted(change.entry.fields)
            return put(text, ListPlace(change.cell, cells), change.index, element)
        case EntryRemoved():
            return lift(text, change.cell, change.index, change.entry.fields)[0]
        case EntryMoved():
            text, element = lift(text, change.cell, change.index, change.entry.fields)
            return put(text, ListPlace(change.to_cell, cells), change.to_index, element)
        case ElementAdded():
            return put(text, ListPlace(_LISTS[change.kind]), change.index, Lifted(change.element.fields))
        case ElementRemoved():
            return lift(text, _LISTS[change.kind], change.index, change.element.fields)[0]
        case WaiverAdded():
            return put(text, ListPlace("waivers"), change.index, Lifted(change.waiver.fields))
        case WaiverRemoved():
            return lift(text, "waivers", change.index, change.waiver.fields)[0]
        case CanvasAdded():
            return _new_canvas(change.canvas.fields)
        case FieldSet():
            return _with_field(text, change)
    raise ValueError(f"{type(change).__name__} is no change of a text")


def _new_canvas(fields: Mapping[str, Any]) -> str:
    order = _ORDER[Kind.CANVAS]
    keys = sorted(fields, key=lambda key: order.index(key) if key in order else len(order))
    lines = [f"{format_key(key)} = {format_value(fields[key], FileStyle(), is_inline=False)}\n" for key in keys]
    return "".join(lines)


def _with_field(text: str, change: FieldSet) -> str:
    path = tuple(change.field.split("."))
    match change.kind:
        case Kind.VISION | Kind.CANVAS:
            return with_root_field(text, path, change.new, change.kind)
        case Kind.CELL:
            assert change.cell is not None
            return with_cell_field(text, change.cell, path, change.new)
        case Kind.ENTRY:
            assert change.cell is not None
            name = change.cell
        case _:
            name = _LISTS[change.kind]
    return with_item_field(text, name, change.index or 0, path, change.new)


def with_item_field(text: str, name: str, index: int, path: Path, value: Any) -> str:
    """The text with a field of element `index` of list `name` set to `value`; None takes it out."""
    order = _ORDER[_KIND_OF.get(name, Kind.ENTRY)]
    if not scopes_of(text, name, index):
        start, end = item_span(text, name, index)
        style = style_of(text, text[start:end])
        if path == ("text",):
            literal = text[start] == "'"
            new = format_text(value, FileStyle(style.newline, literal, style.brace))
            return text[:start] + new + text[end:]
        if value is None:
            return text
        inside = f"text = {text[start:end]}"
        text = f"{text[:start]}{{{style.brace}{inside}{style.brace}}}{text[end:]}"
    return set_field(text, Field(_tables_of_item(name, index), path, order), value)


def with_root_field(text: str, path: Path, value: Any, kind: Kind) -> str:
    """The text with a field of the root, or of a table that is no list, set to `value`; None takes it out."""
    return set_field(text, Field(_tables_of_root, path, _ORDER[kind]), value)


def _tables_of_item(name: str, index: int) -> Callable[[str], list[Scope]]:
    return lambda text: scopes_of(text, name, index)


def _tables_of_root(text: str) -> list[Scope]:
    """The root, and every table that is no list: `[rules]`, `[cell.problem]`."""
    layout = layout_of(text)
    found = [Scope((), 0, layout.scan.root_end)]
    lists = {head.path for head in layout.scan.heads if head.is_array}
    for index, head in enumerate(layout.scan.heads):
        if not any(head.path[: len(name)] == name for name in lists):
            found.append(Scope(head.path, head.end, layout.scan.end_of(index), block=index))
    return found


def with_cell_field(text: str, cell: str, path: Path, value: Any) -> str:
    """The text with a field of `[cell.<id>]` set to `value`; None takes it out."""
    whole = ("cell", cell, *path)
    order = _ORDER[Kind.CELL]
    scopes = _tables_of_root(text)
    in_root = any(each.key[0] == "cell" for each in scopes[0].statements(text))
    is_there = any(scope.path in (("cell",), ("cell", cell)) for scope in scopes)
    if value is None or in_root or is_there:
        locate = _tables_of_cells if in_root else _tables_of_root
        return set_field(text, Field(locate, whole, order), value)
    style = style_of(text)
    written = format_value(_nested(path[1:], value), style, is_inline=False)
    block = f"[cell.{format_key(cell)}]{style.newline}{format_key(path[0])}{style.equals}{written}{style.newline}"
    layout = layout_of(text)
    heads = layout.scan.heads
    tables = [index for index, head in enumerate(heads) if head.path[0] == "cell"]
    at = layout.end(tables[-1]) if tables else layout.content_end()
    return put_block(text, at, block, style.newline, layout.blank_lines if len(layout) else 1)


def _tables_of_cells(text: str) -> list[Scope]:
    return _tables_of_root(text)


def _nested(path: Path, value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value
