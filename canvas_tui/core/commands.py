"""Edits as values: what to do, to which element, and what the person saw there when they decided.

`command.apply(workspace)` gives the new workspace, the command that takes it back, and the changes; it raises
EditError (Conflict where somebody else changed the same thing, UnknownElement where it is gone) and then nothing
has changed. The commands that add and remove goals, initiatives and canvases are in `structure.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from canvas_tui.core.changes import Change, EntryAdded, EntryMoved, EntryRemoved, FieldSet
from canvas_tui.core.elements import Cell, Entry, Kind, split_link
from canvas_tui.core.field_paths import get_field, put_field
from canvas_tui.core.places import (
    END,
    Conflict,
    EditError,
    Place,
    Ref,
    cell_of,
    index_at,
    locate,
    place_of,
    stays_put,
    with_entries,
    with_fields,
)
from canvas_tui.core.schema import LINK_KEYS
from canvas_tui.core.values import same
from canvas_tui.core.workspace import Document, Located, Workspace


class Anything:
    """Stands for an expected value that may be anything."""

    def __repr__(self) -> str:
        return "ANYTHING"


ANYTHING = Anything()
NEEDED = ("text", "title")  # no edit may take these out, though a file written by hand may lack them


@dataclass(frozen=True, slots=True)
class Applied:
    """What a command did. `made` is the address of the element it made or changed."""

    workspace: Workspace
    inverse: Command
    changes: tuple[Change, ...]
    made: str


class Command(Protocol):
    """An edit that can be applied to any workspace which still holds what it expects."""

    def apply(self, workspace: Workspace) -> Applied:
        """The edit's result. Raises EditError or UnknownElement; the workspace given never changes."""


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Write a new entry into a cell (`canvas/cell`). `fields` is its table; "text" must be in it.

    `makes_cell` is set when this undoes a removal. The cell may then be unknown to the model (such a cell goes with its
    last entry), and the entry may have no text.
    """

    cell: str
    fields: Mapping[str, Any]
    place: Place = END
    makes_cell: bool = False

    def apply(self, workspace: Workspace) -> Applied:
        """Raises EditError for an empty text or an id that is taken."""
        where = cell_of(workspace, self.cell, may_be_gone=self.makes_cell)
        _check_new_entry(workspace, self.fields, may_be_empty=self.makes_cell)
        assert isinstance(where.element, Cell)
        assert where.cell is not None
        document, entries, entry = _document(workspace, where), where.element.entries, Entry(dict(self.fields))
        index = index_at(workspace, self.place, where.file, where.cell, len(entries))
        after = workspace.with_document(
            with_entries(document, where.cell, (*entries[:index], entry, *entries[index:])),
        )
        made = entry.id or f"{self.cell}/{index + 1}"
        change = EntryAdded(where.file, self.cell.split("/")[0], where.cell, index, entry)
        return Applied(after, RemoveEntry(Ref(made, entry.text), dict(self.fields)), (change,), made)


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    """Take an entry out. `expected` is its whole table as the person saw it, or ANYTHING."""

    entry: Ref
    expected: Mapping[str, Any] | Anything = ANYTHING

    def apply(self, workspace: Workspace) -> Applied:
        """Raises Conflict where the entry's table is not the one expected. Links to it are left: see edits.remove."""
        item = _entry_to_lift(workspace, self.entry)
        entry, entries, cell = _whole(item)
        if not isinstance(self.expected, Anything) and not same(entry.fields, self.expected):
            raise Conflict(item.address, "entry", self.expected.get("text"), entry.text)
        after = workspace.with_document(
            with_entries(_document(workspace, item), cell, entries[: item.index] + entries[_next(item) :])
        )
        address = f"{_canvas_id(item)}/{cell}"
        inverse = AddEntry(address, dict(entry.fields), place_of(workspace, item), makes_cell=True)
        return Applied(after, inverse, (EntryRemoved(item.file, _canvas_id(item), cell, _index(item), entry),), address)


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Put an entry elsewhere: within its cell, to another cell, or to a cell of another canvas.

    `makes_cell` is set when this undoes a move, as in AddEntry.
    """

    entry: Ref
    cell: str
    place: Place = END
    makes_cell: bool = False

    def apply(self, workspace: Workspace) -> Applied:
        """Raises UnknownElement for a cell that is not there."""
        item = _entry_to_lift(workspace, self.entry)
        goal = cell_of(workspace, self.cell, may_be_gone=self.makes_cell)
        entry, entries, cell = _whole(item)
        back = place_of(workspace, item)
        without = with_entries(_document(workspace, item), cell, entries[: item.index] + entries[_next(item) :])
        between = workspace.with_document(without)
        assert goal.cell is not None
        target = cell_of(between, self.cell, may_be_gone=True)  # it may have held this entry only
        assert isinstance(target.element, Cell)
        others = target.element.entries
        index = index_at(between, self.place, goal.file, goal.cell, len(others))
        after = between.with_document(
            with_entries(_document(between, target), goal.cell, (*others[:index], entry, *others[index:]))
        )
        made = entry.id or f"{self.cell}/{index + 1}"
        inverse = MoveEntry(Ref(made, entry.text), f"{_canvas_id(item)}/{cell}", back, makes_cell=True)
        changes: tuple[Change, ...]
        if goal.file == item.file:
            changes = (EntryMoved(item.file, _canvas_id(item), cell, _index(item), goal.cell, index, entry),)
        else:
            # added before removed: a crash between the two files leaves the entry twice rather than not at all
            changes = (
                EntryAdded(goal.file, self.cell.split("/")[0], goal.cell, index, entry),
                EntryRemoved(item.file, _canvas_id(item), cell, _index(item), entry),
            )
        return Applied(after, inverse, changes, made)


@dataclass(frozen=True, slots=True)
class SetField:
    """Give a field of any element another value; None takes it out. `field` may be dotted ("metric.target").

    `expected` is the value the person saw (None: absent), or ANYTHING. `may_be_empty` is set when this undoes an
    edit: a file written by hand may lack the text or title that other edits must not take out.
    """

    element: Ref
    field: str
    value: Any
    expected: Any = ANYTHING
    may_be_empty: bool = False

    def apply(self, workspace: Workspace) -> Applied:
        """Raises Conflict where the field holds another value than expected."""
        item = locate(workspace, self.element)
        old = get_field(item.element.fields, self.field)
        if not isinstance(self.expected, Anything) and not same(old, self.expected):
            if same(old, self.value):
                return Applied(workspace, Batch(()), (), item.address)  # somebody already did just this
            raise Conflict(item.address, self.field, self.value, old)
        if not (self.may_be_empty and self.field in NEEDED):
            _check_field(workspace, item, self.field, self.value)
        fields = put_field(item.element.fields, self.field, self.value)
        after = workspace.with_document(with_fields(_document(workspace, item), item, fields))
        made = item.address
        if self.field == "id" and item.kind is Kind.ENTRY:
            made = self.value or f"{_canvas_id(item)}/{item.cell}/{_index(item) + 1}"
        text = Entry(fields).text if item.kind is Kind.ENTRY else None
        inverse = SetField(
            Ref(made, text), self.field, old, self.value, self.field in NEEDED and not is_usable_text(old)
        )
        change = FieldSet(
            item.file, item.kind, item.address, self.field, old, self.value, item.cell, item.index
        )  # fmt: skip
        return Applied(after, inverse, (change,), made)


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """Give an entry another text. `entry.text` is the text the person saw; Conflict where it is another one."""

    entry: Ref
    text: str

    def apply(self, workspace: Workspace) -> Applied:
        """Raises EditError for an empty text, Conflict where somebody else changed it."""
        item = _entry(workspace, self.entry)
        written = item.element.fields.get("text")
        expected = ANYTHING if self.entry.text is None else self.entry.text or ("" if written is not None else None)
        done = SetField(self.entry, "text", self.text, expected).apply(workspace)
        inverse = ChangeEntry(Ref(done.made, self.text), item.text)
        is_plain = done.changes and is_usable_text(written)
        return Applied(done.workspace, inverse if is_plain else done.inverse, done.changes, done.made)


@dataclass(frozen=True, slots=True)
class AddLink:
    """Link an element to another. `key` is "links", "depends-on" or "promotes"; `index` is the place in
    that list, None for its end."""

    source: Ref
    target: str
    key: str = "links"
    index: int | None = None

    def apply(self, workspace: Workspace) -> Applied:
        """Raises EditError if the link is there already, or if the source is of a kind that has no such links."""
        item = locate(workspace, self.source)
        if item.kind is Kind.VISION:
            raise EditError("the vision has no links of its own - link the other way round")
        old = item.element.list_field(self.key)
        if any(split_link(link)[0] == split_link(self.target)[0] for link in old):
            raise EditError(f"'{item.address}' is linked with '{self.target}' already - nothing to do")
        index = len(old) if self.index is None else min(self.index, len(old))
        new = [*old[:index], self.target, *old[index:]]
        done = SetField(self.source, self.key, new).apply(workspace)
        inverse = RemoveLink(Ref(done.made, self.source.text), self.target, self.key, self.key in item.element.fields)
        return Applied(done.workspace, inverse, done.changes, done.made)


@dataclass(frozen=True, slots=True)
class RemoveLink:
    """Take a link out. With `keeps_empty` an empty list stays where the last link was."""

    source: Ref
    target: str
    key: str = "links"
    keeps_empty: bool = False

    def apply(self, workspace: Workspace) -> Applied:
        """Raises EditError if there is no such link."""
        item = locate(workspace, self.source)
        old = item.element.list_field(self.key)
        index = next((i for i, link in enumerate(old) if split_link(link)[0] == split_link(self.target)[0]), None)
        if index is None:
            raise EditError(f"'{item.address}' has no link to '{self.target}' - nothing to take out")
        new = [*old[:index], *old[index + 1 :]]
        done = SetField(self.source, self.key, new if new or self.keeps_empty else None).apply(workspace)
        return Applied(
            done.workspace,
            AddLink(Ref(done.made, self.source.text), old[index], self.key, index),
            done.changes,
            done.made,
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Several commands as one step: all of them, or none."""

    commands: tuple[Command, ...] = field(default=())

    def apply(self, workspace: Workspace) -> Applied:
        """Applies them in order; the inverse takes them back in reverse. Raises what the first to fail raises."""
        changes: list[Change] = []
        inverses: list[Command] = []
        made = ""
        for command in self.commands:
            done = command.apply(workspace)
            workspace = done.workspace
            changes += done.changes
            inverses.append(done.inverse)
            made = done.made
        return Applied(workspace, Batch(tuple(reversed(inverses))), tuple(changes), made)


def _check_field(workspace: Workspace, item: Located, name: str, value: Any) -> None:
    if name == "id" and item.kind is not Kind.ENTRY:
        raise EditError(f"the id of {item.kind.named} never changes - others link to it")
    if name == "id":
        stays_put(workspace, item)  # without its id it is addressed by its place
    if name == "id" and value is not None and workspace.find(value) is not None:
        raise EditError(f"the id '{value}' is taken - choose another")
    if name == "text" and item.kind is Kind.ENTRY and (not isinstance(value, str) or not value.strip()):
        raise EditError("an entry needs a text - write one, or delete the entry")
    if name == "title" and item.kind in (Kind.GOAL, Kind.INITIATIVE) and not value:
        raise EditError(f"{item.kind.named} needs a title - write one")
    if name == "title" and "id" not in item.element.fields and item.kind is not Kind.CANVAS:
        raise EditError(f'this {item.kind} has no id of its own - add id = "{item.address}" to it in {item.file} first')
    if name == "model" and item.kind is Kind.CANVAS and not (isinstance(value, str) and value):
        raise EditError("a canvas needs a model - `canvas-tui models` lists them")
    if name in LINK_KEYS and name != "parent" and value is not None and not isinstance(value, (list, tuple)):
        raise EditError(f"{name} is a list - give ids")


def is_usable_text(text: Any) -> bool:
    """Whether this is a text or title that an element may be given."""
    return isinstance(text, str) and bool(text.strip())


def _check_new_entry(workspace: Workspace, fields: Mapping[str, Any], *, may_be_empty: bool) -> None:
    text, identity = fields.get("text"), fields.get("id")
    if not is_usable_text(text) and not may_be_empty:
        raise EditError("an entry needs a text - write one")
    if identity is not None and workspace.find(identity) is not None:
        raise EditError(f"the id '{identity}' is taken - choose another")


def _entry(workspace: Workspace, ref: Ref) -> Located:
    item = locate(workspace, ref)
    if item.kind is not Kind.ENTRY:
        raise EditError(f"'{item.address}' is {item.kind.named}, not an entry - name an entry")
    return item


def _entry_to_lift(workspace: Workspace, ref: Ref) -> Located:
    """An entry that may be taken out of its cell: the way back must lead to the same canvas."""
    item = _entry(workspace, ref)
    stays_put(workspace, item)
    return item


def _document(workspace: Workspace, item: Located) -> Document:
    document = workspace.document(item.file)
    assert document is not None  # it was located in this workspace
    return document


def _whole(item: Located) -> tuple[Entry, tuple[Entry, ...], str]:
    assert item.canvas is not None
    assert item.cell is not None
    return item.entry, item.canvas.cell(item.cell).entries, item.cell


def _canvas_id(item: Located) -> str:
    assert item.canvas is not None
    return item.canvas.id


def _index(item: Located) -> int:
    assert item.index is not None
    return item.index


def _next(item: Located) -> int:
    return _index(item) + 1
