"""Elements that cannot be told apart by their address: an id written twice, two canvases of one id.

An edit and its undo both find their element by its address. If the address could mean either of two elements, one of
them might change the wrong file. So nothing there is edited until one of the two has another id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from canvas_tui.core.elements import VISION, Kind, as_id
from canvas_tui.core.text import slug

if TYPE_CHECKING:
    from canvas_tui.core.workspace import Document, Located, Workspace


class Doubt(NamedTuple):
    """Why an address could mean either of two elements, and what to do before anything is edited by it."""

    why: str
    cure: str


def doubt_about(workspace: Workspace, item: Located) -> Doubt | None:
    """Why the address of an element could mean another one too; None if it could not."""
    if item.kind is Kind.CELL or (item.kind is Kind.ENTRY and not item.entry.id):
        return doubt_about_canvas(workspace, item) or _taken(workspace, item.address)
    if item.kind is Kind.VISION or (item.address == VISION and workspace.header is not None):
        return _not_the_vision(workspace)
    if workspace.uses_of(item.address) > 1:
        return _twice(workspace, item.address)
    cell = "/".join(item.address.split("/")[:2])
    if "/" in cell and workspace.find_by_position(cell) is not None:
        return _taken(workspace, item.address)  # it is read as a place in a cell as well
    return None


def doubt_about_address(workspace: Workspace, address: str, found: Located | None) -> Doubt | None:
    """Why an address could mean more than one element; None if it could not. `found` is the element at that address, or
    None: it may have been found by its place in a cell though it has an id."""
    doubt = doubt_about(workspace, found) if found is not None else None
    if doubt is None and (found is None or as_id(address) != found.address):
        doubt = doubt_about_id(workspace, address.partition("/")[0])
    return doubt


def doubt_about_canvas(workspace: Workspace, item: Located) -> Doubt | None:
    """Why the id of the canvas that an element stands in could mean another canvas; None if it could not. Places in a
    cell are named by that id, in edits and in undo."""
    return doubt_about_id(workspace, item.canvas.id) if item.canvas is not None else None


def doubt_about_id(workspace: Workspace, canvas_id: str) -> Doubt | None:
    """Why a canvas's id could mean another element; None if it could not. The canvas need not exist."""
    return _twice(workspace, canvas_id) if len(twins_of_canvas(workspace, canvas_id)) > 1 else None


def twins_of_canvas(workspace: Workspace, identity: str) -> tuple[Document, ...]:
    """The documents whose canvas has this id if there are several (a mistake in the files); else none."""
    if workspace.uses_of(identity) < 2:
        return ()
    identity = as_id(identity)
    found = tuple(each for each in workspace.documents if each.canvas is not None and each.canvas.id == identity)
    return found if len(found) > 1 else ()


def _twice(workspace: Workspace, identity: str) -> Doubt:
    identity = as_id(identity)
    holders = [each for each in workspace.documents if each.ids[identity]]
    count = workspace.uses_of(identity)
    often = "twice" if count == 2 else f"{count} times"
    files = " and ".join(each.path for each in holders[:2]) + (" and more" if len(holders) > 2 else "")
    return Doubt(f"the id '{identity}' is used {often}, in {files}", _cure(workspace, identity, holders))


def _cure(workspace: Workspace, identity: str, holders: list[Document]) -> str:
    """Says where to write another id: in a file that has its id only from its name, else in the last file."""
    unnamed = [each for each in holders if _is_unnamed(each, identity)]
    if unnamed:
        free = slug(unnamed[-1].path.removesuffix(".toml").replace("/", " "), workspace, fallback="canvas")
        return f'write id = "{free}" at the top of {unnamed[-1].path}'
    where = f"in {holders[-1].path}" if len(holders) > 1 else "there"
    return f"give one of them another id {where}"


def _is_unnamed(document: Document, identity: str) -> bool:
    canvas = document.canvas
    return canvas is not None and canvas.id == identity and "id" not in canvas.fields


def _taken(workspace: Workspace, address: str) -> Doubt | None:
    """The doubt about a place such as `canvas/cell/3` if somebody uses that very text as an id."""
    holder = next((each for each in workspace.documents if each.ids[address]), None)
    if holder is None:
        return None
    return Doubt(f"{holder.path} has '{address}' as an id, which is how a place in a canvas is called",
                 f"write an id without / in {holder.path}")  # fmt: skip


def _not_the_vision(workspace: Workspace) -> Doubt | None:
    holder = next((each for each in workspace.documents if each.ids[VISION]), None)
    if holder is None:
        return None
    return Doubt(f"'{VISION}' is what links call the vision, and {holder.path} has it as an id",
                 f"write another id in {holder.path}")  # fmt: skip
