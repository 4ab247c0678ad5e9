"""A fix: one thing that can be done about a finding, and the edit command for it. Pure: answers are passed in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from canvas_tui.core import edits
from canvas_tui.core.commands import Batch, Command, RemoveLink, SetField
from canvas_tui.core.elements import Kind, split_link
from canvas_tui.core.placeholder import is_placeholder
from canvas_tui.core.places import EditError, ref_to
from canvas_tui.core.workspace import Located, Workspace


class Act(StrEnum):
    """What a fix does."""

    LINK = "link"  # with one of the elements that `wants` lets through, in place of the link `value` where there is one
    WRITE = "write"  # an entry in the cell `value`, linked with the element where `is_linked`
    MAKE = "make"  # a goal or an initiative (`wants.kinds`), linked with the element where `is_linked`
    STATUS = "status"  # becomes `value`
    CLEAR = "clear"  # the field `value` is taken out
    FILL = (
        "fill"  # the element's fields are asked for, from `key` on, which is filled in with `value` where there is one
    )
    TEXT = "text"  # the entry's text is asked for
    NOTE = "note"  # a note is asked for
    RELINK = "relink"  # the link `value` is written anew, to what `wants_id` names
    UNLINK = "unlink"  # the link `value` is taken out
    SETTLE = "settle"  # one of two versions is chosen
    WAIVE = "waive"  # the finding is accepted, with a reason


class Wants(NamedTuple):
    """What a link may lead to: elements of these kinds, and entries in cells with these roles."""

    kinds: tuple[Kind, ...] = ()
    roles: tuple[str, ...] = ()

    def has(self, item: Located, workspace: Workspace) -> bool:
        """Whether an element has one of the kinds or roles."""
        if item.kind is Kind.ENTRY and self.roles and item.canvas is not None and item.cell is not None:
            spec = workspace.cell_spec(item.canvas, item.cell)
            return spec is not None and spec.role in self.roles
        return item.kind in self.kinds


ANY_ELEMENT = Wants()


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to do about a finding, in a few words; `element` is the address it is done to."""

    act: Act
    words: str
    element: str = ""
    wants: Wants = ANY_ELEMENT
    value: str = ""
    key: str = "links"  # the field that a link is written under, or that a form opens on
    wants_id: str = ""
    is_linked: bool = True


# What a person is asked for before the fix can be made.
ASKS_WORDS = frozenset({Act.WRITE, Act.MAKE})
IS_PLAIN = frozenset({Act.STATUS, Act.CLEAR, Act.RELINK, Act.UNLINK})


def command_for(fix: Fix, workspace: Workspace, *, words: str = "", target: str = "") -> Command:
    """The edit command of a fix. `words` is the text that the person wrote, `target` the address that they chose.

    Raises EditError or UnknownElement if the workspace has changed; ValueError for a fix that opens an editor.
    """
    if fix.act in ASKS_WORDS:
        return _written(fix, workspace, words)
    item = workspace.get(fix.element)
    match fix.act:
        case Act.LINK if fix.value:
            return _relinked(fix, item, workspace, workspace.get(target))
        case Act.LINK:
            return edits.link(workspace, item, workspace.get(target))
        case Act.STATUS:
            return SetField(ref_to(item), "status", fix.value, item.element.fields.get("status"))
        case Act.CLEAR:
            return SetField(ref_to(item), fix.value, None, item.element.fields.get(fix.value))
        case Act.RELINK | Act.UNLINK:
            return _relinked(fix, item, workspace, workspace.get(fix.wants_id) if fix.wants_id else None)
    raise ValueError(f"{fix.act} is no edit by itself")


_PLANNED = {"status": "planned"}


def _written(fix: Fix, workspace: Workspace, words: str) -> Command:
    """What is written stands in the place of a placeholder, where one waits for it; else it is a new element."""
    if (blank := _blank(fix, workspace)) is not None:
        return _with_link(fix, workspace, edits.change_text(blank, words))
    if fix.act is Act.WRITE:
        made: Command = edits.add_entry(fix.value, words)
    elif Kind.GOAL in fix.wants.kinds:
        made = edits.add_goal(workspace, words)
    else:
        made = edits.add_initiative(workspace, words, _PLANNED)
    return _with_link(fix, workspace, made)


def _blank(fix: Fix, workspace: Workspace) -> Located | None:
    """The placeholder that is to be written in: of the cell, or of the kind; none that is there for something else."""
    home = workspace.find(fix.value) if fix.act is Act.WRITE else None
    for item in workspace.elements():
        if not is_placeholder(item.text):
            continue
        if fix.act is Act.WRITE:
            is_meant = home is not None and item.kind is Kind.ENTRY and _cell_of(item) == _cell_of(home)
        else:
            is_meant = item.kind in fix.wants.kinds
        if is_meant and (not fix.is_linked or _links(workspace, item) <= {fix.element}):
            return item
    return None


def _cell_of(item: Located) -> tuple[str, str | None]:
    return item.canvas.id if item.canvas is not None else "", item.cell


def _links(workspace: Workspace, item: Located) -> set[str]:
    """What an element is linked with, placeholders left out; whichever end has the link."""
    found = (workspace.find(split_link(link)[0]) for link in item.element.links)
    others = (*found, *(each.source for each in workspace.links_to(item.address)))
    return {other.address for other in others if other is not None and not is_placeholder(other.text)}


def _with_link(fix: Fix, workspace: Workspace, made: Command) -> Command:
    """Something new, and the link between it and the element; a goal is what is linked to, all else links."""
    if not fix.is_linked:
        return made
    after = made.apply(workspace)
    new, item = after.workspace.get(after.made), after.workspace.get(fix.element)
    if fix.element in _links(after.workspace, new):
        return made
    if new.kind is Kind.GOAL:
        return Batch((made, edits.link(after.workspace, item, new)))
    return Batch((made, edits.link(after.workspace, new, item)))


def _relinked(fix: Fix, item: Located, workspace: Workspace, target: Located | None) -> Command:
    """The link `fix.value` taken out, and one to the target in its place."""
    if fix.key == "parent":
        return SetField(ref_to(item), "parent", target.address if target is not None else None, fix.value)
    if fix.value not in item.element.list_field(fix.key):
        raise EditError("the link is not there any more - somebody mended it already")
    out = RemoveLink(ref_to(item), fix.value, fix.key)
    return Batch((out, edits.link(workspace, item, target, fix.key))) if target is not None else out
