"""How a command names what it is about, and finds it again when the workspace has changed underneath.

A command never holds an index. It holds an address and the text expected there, so that an entry without an id
is found again after another person's edit moved it, and is never mistaken for a neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from canvas_tui.core.elements import Canvas, Cell, Entry, Kind, as_id
from canvas_tui.core.twins import Doubt, doubt_about, doubt_about_address, doubt_about_canvas
from canvas_tui.core.workspace import Document, Located, Workspace, place_number


class EditError(ValueError):
    """An edit that cannot be made; the message says why and what to do."""


class Conflict(EditError):
    """The element is not what the command expected: somebody else changed it. The command changed nothing.

    `mine` and `theirs` are the values in dispute (None: gone).
    """

    def __init__(self, address: str, field: str, mine: Any, theirs: Any) -> None:
        what = "was removed" if theirs is None else "was changed"
        super().__init__(f"{address}: {field} {what} by somebody else - look at both and choose")
        self.address = address
        self.field = field
        self.mine = mine
        self.theirs = theirs


class Ambiguous(EditError):
    """The address of an edit could mean either of two elements. An edit never guesses, so nothing was changed."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(f"{doubt.why} - {doubt.cure} first")
        self.doubt = doubt


@dataclass(frozen=True, slots=True)
class Ref:
    """An element by its address, with the text expected there (None: any text will do)."""

    address: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a cell or list: after one element, else before another, else at the index it had, else at the end."""

    after: Ref | None = None
    before: Ref | None = None
    index: int | None = None


END = Place()


def ref_to(item: Located) -> Ref:
    """A Ref that finds this element again."""
    return Ref(item.address, item.text if item.kind is Kind.ENTRY else None)


def locate(workspace: Workspace, ref: Ref) -> Located:
    """The element a Ref means. Raises UnknownElement, Conflict where a different entry stands there now, and Ambiguous
    where its address could mean either of two."""
    found = workspace.find(ref.address)
    parts = ref.address.split("/")
    sure(doubt_about_address(workspace, ref.address, found))
    is_position = len(parts) == 3
    if found is not None and (ref.text is None or not is_position or found.text == ref.text):
        return found
    if is_position and ref.text is not None:
        again = _same_text(workspace, parts, ref.text)
        if again is not None:
            sure(doubt_about(workspace, again))
            return again
        raise Conflict(ref.address, "text", ref.text, found.text if found is not None else None)
    return workspace.get(ref.address)


def sure(doubt: Doubt | None) -> None:
    """Raises Ambiguous if there is a doubt (None: there is none)."""
    if doubt is not None:
        raise Ambiguous(doubt)


def _same_text(workspace: Workspace, parts: list[str], text: str) -> Located | None:
    """The entry of the same cell with this text, nearest to where it was; None where there is none."""
    cell = workspace.find("/".join(parts[:2]))
    if cell is None or not isinstance(cell.element, Cell):
        return None
    wanted = place_number(parts[2]) or 1
    same = [number for number, entry in enumerate(cell.element.entries, 1) if entry.text == text]
    if not same:
        return None
    nearest = min(same, key=lambda number: abs(number - wanted))
    return workspace.find("/".join((*parts[:2], str(nearest))))


def cell_of(workspace: Workspace, address: str, *, may_be_gone: bool = False) -> Located:
    """The cell at `canvas/cell`. Raises UnknownElement, or EditError where the address is of something else.

    With `may_be_gone` a cell is found too that its model does not know and that lost its last entry.
    """
    found = (_gone_cell(workspace, address) if may_be_gone else None) or workspace.get(address)
    if found.kind is not Kind.CELL:
        raise EditError(f"'{address}' is {found.kind.named}, not a cell - name a cell like canvas/cell")
    sure(doubt_about(workspace, found))
    return found


def stays_put(workspace: Workspace, item: Located) -> None:
    """Raises Ambiguous if another canvas has the id of the canvas that an element stands in. Nothing may be added,
    removed or moved there, because undo could not tell the two canvases apart."""
    sure(doubt_about_canvas(workspace, item))


def _gone_cell(workspace: Workspace, address: str) -> Located | None:
    canvas_id, _, cell_id = address.partition("/")
    if not cell_id or workspace.find(address) is not None:
        return None
    for document in workspace.documents:  # by its canvas, though a goal may have the canvas's id
        if document.canvas is not None and document.canvas.id == as_id(canvas_id):
            canvas = document.canvas
            return Located(Kind.CELL, address, document.path, Cell(cell_id), canvas.line, canvas, cell_id)
    return None


def index_at(workspace: Workspace, place: Place, file: str, cell: str | None, length: int) -> int:
    """The index a Place means in a cell (or, with cell None, in a file's list) of `length` elements."""
    for anchor, step in ((place.after, 1), (place.before, 0)):
        if anchor is None:
            continue
        try:
            found = locate(workspace, anchor)
        except (LookupError, EditError):
            continue
        if found.file == file and found.cell == cell and found.index is not None:
            return found.index + step
    return length if place.index is None else min(place.index, length)


def place_of(workspace: Workspace, item: Located) -> Place:
    """The Place where an element stands now: beside its neighbours, or at its index if their ids are not unique."""
    document = workspace.document(item.file)
    if document is None or item.index is None:
        return END
    return Place(
        after=_neighbour(document, item, -1),
        before=_neighbour(document, item, +1),
        index=item.index,
    )


def _neighbour(document: Document, item: Located, step: int) -> Ref | None:
    assert item.index is not None
    index = item.index + step
    if item.kind is Kind.ENTRY and item.canvas is not None and item.cell is not None:
        entries = item.canvas.cell(item.cell).entries
        if 0 <= index < len(entries):
            entry = entries[index]
            # counted as it will be once the element itself is gone
            number = index + 1 if step < 0 else index
            return Ref(entry.id or f"{item.canvas.id}/{item.cell}/{number}", entry.text)
        return None
    listed = document.goals if item.kind is Kind.GOAL else document.initiatives
    return Ref(listed[index].id) if 0 <= index < len(listed) else None


def with_entries(document: Document, cell_id: str, entries: tuple[Entry, ...]) -> Document:
    """The document with other entries in one cell."""
    assert document.canvas is not None
    cell = replace(document.canvas.cell(cell_id), entries=entries)
    return with_cell(document, cell)


def with_cell(document: Document, cell: Cell) -> Document:
    """The document with this cell in place of the one with its id. A cell without entries and fields is dropped."""
    canvas = document.canvas
    assert canvas is not None
    cells: dict[str, Cell] = dict(canvas.cells)
    if cell.entries or cell.fields:
        cells[cell.id] = cell
    else:
        cells.pop(cell.id, None)
    return replace(document, canvas=replace(canvas, cells=cells))


def with_fields(document: Document, item: Located, fields: Mapping[str, Any]) -> Document:
    """The document with other fields for one of its elements."""
    match item.kind:
        case Kind.ENTRY:
            assert item.canvas is not None
            assert item.cell is not None
            assert item.index is not None
            entries = list(item.canvas.cell(item.cell).entries)
            entries[item.index] = replace(entries[item.index], fields=fields)
            return with_entries(document, item.cell, tuple(entries))
        case Kind.CELL:
            assert isinstance(item.element, Cell)
            return with_cell(document, replace(item.element, fields=fields))
        case Kind.CANVAS:
            assert isinstance(item.element, Canvas)
            model = fields.get("model", item.element.model)
            return replace(document, canvas=replace(item.element, model=model, fields=fields))
        case Kind.GOAL:
            goals = list(document.goals)
            goals[item.index or 0] = replace(goals[item.index or 0], fields=fields)
            return replace(document, goals=tuple(goals))
        case Kind.INITIATIVE:
            initiatives = list(document.initiatives)
            initiatives[item.index or 0] = replace(initiatives[item.index or 0], fields=fields)
            return replace(document, initiatives=tuple(initiatives))
        case Kind.VISION:
            assert document.header is not None
            return replace(document, header=replace(document.header, fields=fields))
