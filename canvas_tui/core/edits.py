"""The commands behind what a person does: each function looks at the workspace and builds one command.

Screens and the command line both use these, so that an edit means the same wherever it is made: text is cleaned,
ids are made where a link needs one, links to what is removed go with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canvas_tui.core.commands import (
    AddEntry,
    AddLink,
    Batch,
    ChangeEntry,
    Command,
    MoveEntry,
    RemoveEntry,
    RemoveLink,
    SetField,
)
from canvas_tui.core.elements import Canvas, Kind, split_link
from canvas_tui.core.gone_through import LinkFrom
from canvas_tui.core.places import END, EditError, Place, Ref, ref_to, sure
from canvas_tui.core.structure import AddCanvas, AddGoal, AddInitiative, RemoveElement
from canvas_tui.core.text import clean_input, slug
from canvas_tui.core.twins import doubt_about
from canvas_tui.core.workspace import Located, Workspace


def add_entry(cell: str, text: str, place: Place = END, group: str = "") -> Command:
    """A new entry in `canvas/cell`, perhaps under the heading of a group."""
    return AddEntry(cell, {"text": tidy(text)} | ({"group": group} if group else {}), place)


def change_text(item: Located, text: str) -> Command:
    """Another text for an entry, title for a goal, initiative or canvas, or vision for the vision."""
    if item.kind is Kind.ENTRY:
        return ChangeEntry(ref_to(item), tidy(text))
    name = "vision" if item.kind is Kind.VISION else "title"
    return SetField(ref_to(item), name, tidy(text), item.element.fields.get(name))


def link(workspace: Workspace, source: Located, target: Located, key: str = "links") -> Command:
    """A link from one element to another; a target that has no id gets one first. Raises EditError if both are the same
    element, or if an id could mean another element too."""
    if source.address == target.address:
        raise EditError("an element cannot be linked with itself - choose another")
    for each in (source, target):
        sure(doubt_about(workspace, each))
    if source.kind is Kind.VISION:
        source, target = target, source
    if target.kind is not Kind.ENTRY or target.entry.id:
        return AddLink(ref_to(source), target.address, key)
    identity = slug(target.text, workspace)
    give_id = SetField(ref_to(target), "id", identity, target.element.fields.get("id"))  # it may be there, empty
    return Batch((give_id, AddLink(ref_to(source), identity, key)))


def unlink(workspace: Workspace, source: Located, target: Located) -> Command:
    """Take out every link between the two, whichever of them it is written in. Raises EditError if there is none."""
    found: list[Command] = []
    for one, other in ((source, target), (target, source)):
        found += [_without_link(item, other.address, key) for item, key in _links_between(workspace, one, other)]
    if not found:
        raise EditError(f"'{source.address}' and '{target.address}' are not linked - nothing to take out")
    return found[0] if len(found) == 1 else Batch(tuple(found))


def remove(workspace: Workspace, item: Located) -> Command:
    """Take an element out, and with it every link to it, as one step."""
    gone = {item.address}
    links = [_without_link(each, item.address, key) for each, key in workspace.links_to(item.address)
             if each.address not in gone]  # fmt: skip
    last: Command
    if item.kind is Kind.ENTRY:
        last = RemoveEntry(ref_to(item), dict(item.element.fields))
    else:
        last = RemoveElement(ref_to(item), dict(item.element.fields))
    return Batch((*links, last)) if links else last


def move(item: Located, cell: str, place: Place = END) -> Command:
    """Put an entry elsewhere. Raises EditError for anything but an entry."""
    if item.kind is not Kind.ENTRY:
        raise EditError(f"'{item.address}' is {item.kind.named} - only entries move")
    return MoveEntry(ref_to(item), cell, place)


def shift(item: Located, by: int) -> Command | None:
    """Move an entry `by` places within its cell; None at the end of the cell."""
    assert item.canvas is not None
    assert item.cell is not None
    assert item.index is not None
    entries = item.canvas.cell(item.cell).entries
    wanted = item.index + by
    if not 0 <= wanted < len(entries):
        return None
    address = f"{item.canvas.id}/{item.cell}"
    # the neighbour's number once the entry itself has been lifted out of its cell
    number = wanted if wanted > item.index else wanted + 1
    anchor = Ref(entries[wanted].id or f"{address}/{number}", entries[wanted].text)
    # a neighbour whose id another element has too cannot be found by it: then the index decides
    place = Place(after=anchor, index=wanted) if by > 0 else Place(before=anchor, index=wanted)
    return MoveEntry(ref_to(item), address, place)


def add_goal(workspace: Workspace, title: str, fields: Mapping[str, Any] | None = None) -> AddGoal:
    """A new goal, with an id made of its title, in the file where goals are kept."""
    return AddGoal(_titled(workspace, title, fields, "goal"), home_of(workspace, Kind.GOAL))


def add_initiative(workspace: Workspace, title: str, fields: Mapping[str, Any] | None = None) -> AddInitiative:
    """A new initiative, with an id made of its title, in the file where initiatives of its team are kept."""
    table = _titled(workspace, title, fields, "initiative")
    return AddInitiative(table, home_of(workspace, Kind.INITIATIVE, str(table.get("team", ""))))


def add_canvas(workspace: Workspace, model: str, title: str = "", team: str = "") -> AddCanvas:
    """A new canvas of a model, in a file of its own that is named after its id. It begins as a draft."""
    template = workspace.templates.get(model)
    if template is None:
        raise EditError(f"no model is called '{model}' - `canvas-tui models` lists them")
    taken = {item.address for item in workspace.elements()}
    taken.update(document.path.removesuffix(".toml") for document in workspace.documents)
    taken.update(path.removesuffix(".toml") for path in workspace.left_out)
    identity = slug(title or model, taken)
    fields = {"model": model, "id": identity, "title": tidy(title) or template.title}
    fields |= ({"team": tidy(team)} if team else {}) | {"status": "draft"}
    return AddCanvas(fields, f"{identity}.toml")


def make_active(canvas: Canvas) -> Command:
    """Make a draft canvas active: from then on rules report what is missing in it."""
    return SetField(Ref(canvas.id), "status", "active", canvas.fields.get("status"))


def home_of(workspace: Workspace, kind: Kind, team: str = "") -> str:
    """The file a new goal or initiative belongs in: where the last of its kind (and team) stands."""
    readable = [document for document in workspace.documents if document.is_readable]
    candidates = [each for each in readable if (each.goals if kind is Kind.GOAL else each.initiatives)]
    if team:
        same = [each for each in candidates if any(one.team == team for one in (*each.initiatives, *each.goals))]
        candidates = same or candidates
    if candidates:
        return candidates[-1].path
    if not workspace.is_folder and readable:
        return readable[0].path
    return "goals.toml" if kind is Kind.GOAL else "initiatives.toml"


def tidy(text: str) -> str:
    """Text from a person as it goes into a file: cleaned, without space around it."""
    return clean_input(text, multiline=True).strip()


def _titled(workspace: Workspace, title: str, fields: Mapping[str, Any] | None, fallback: str) -> dict[str, Any]:
    title = tidy(title)
    return {"id": slug(title, workspace, fallback=fallback), "title": title, **(fields or {})}


def _links_between(workspace: Workspace, source: Located, target: Located) -> list[LinkFrom]:
    return [each for each in workspace.links_to(target.address) if each.source.address == source.address]


def _without_link(item: Located, target: str, key: str) -> Command:
    if key == "parent":
        return SetField(ref_to(item), "parent", None, item.element.fields.get("parent"))
    written = next(link for link in item.element.list_field(key) if split_link(link)[0] == target)
    return RemoveLink(ref_to(item), written, key)
