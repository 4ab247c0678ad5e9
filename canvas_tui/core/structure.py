"""Commands that add and remove goals, initiatives and canvases: whole tables and whole files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from canvas_tui.core.changes import CanvasAdded, CanvasRemoved, ElementAdded, ElementRemoved
from canvas_tui.core.commands import ANYTHING, Anything, Applied, is_usable_text
from canvas_tui.core.elements import Canvas, Goal, Initiative, Kind, as_id
from canvas_tui.core.places import END, Conflict, EditError, Place, Ref, index_at, locate, place_of
from canvas_tui.core.values import same
from canvas_tui.core.workspace import Document, Located, Workspace


@dataclass(frozen=True, slots=True)
class _AddListed:
    """What AddGoal and AddInitiative share. `fields` is the table, with "id" and "title"; `file` is relative.

    `may_be_empty` is set when this undoes a removal: a file written by hand may lack the title.
    """

    kind: ClassVar[Kind]

    fields: Mapping[str, Any]
    file: str
    place: Place = END
    may_be_empty: bool = False

    def apply(self, workspace: Workspace) -> Applied:
        """Raises EditError for a missing title, an id that is missing or taken, or a file that cannot be read."""
        identity, title = self.fields.get("id"), self.fields.get("title")
        if not is_usable_text(title) and not self.may_be_empty:
            raise EditError(f"{self.kind.named} needs a title - write one")
        if not isinstance(identity, str) or not identity:
            raise EditError(f"{self.kind.named} needs an id - give one")
        if workspace.find(identity) is not None:
            raise EditError(f"the id '{identity}' is taken - choose another")
        _check_free(workspace, self.file)
        document = workspace.document(self.file)
        is_new_file = document is None
        document = document or Document(self.file)
        if not document.is_readable:
            raise EditError(f"{self.file} cannot be read, so nothing is written to it - mend it first")
        element: Goal | Initiative
        if self.kind is Kind.GOAL:
            element, listed = Goal(as_id(identity), dict(self.fields)), len(document.goals)
        else:
            element, listed = Initiative(as_id(identity), dict(self.fields)), len(document.initiatives)
        index = index_at(workspace, self.place, self.file, None, listed)
        after = workspace.with_document(_with_listed(document, index, element))
        change = ElementAdded(self.file, self.kind, index, element, is_new_file)
        inverse = RemoveElement(Ref(identity), dict(self.fields), drops_file=is_new_file)
        return Applied(after, inverse, (change,), identity)


@dataclass(frozen=True, slots=True)
class AddGoal(_AddListed):
    """Write a new goal into a file, which is made where it is not there."""

    kind: ClassVar[Kind] = Kind.GOAL


@dataclass(frozen=True, slots=True)
class AddInitiative(_AddListed):
    """Write a new initiative into a file, which is made where it is not there."""

    kind: ClassVar[Kind] = Kind.INITIATIVE


@dataclass(frozen=True, slots=True)
class RemoveElement:
    """Take out a goal or an initiative, or a canvas that is empty and alone in its file.

    With `drops_file` a file that is left with nothing goes too: the inverse of an addition that made it.
    """

    element: Ref
    expected: Mapping[str, Any] | Anything = ANYTHING
    drops_file: bool = False

    def apply(self, workspace: Workspace) -> Applied:
        """Raises Conflict if the table is not the one expected, EditError for an element of another kind."""
        item = locate(workspace, self.element)
        if not isinstance(self.expected, Anything) and not _is_same_table(item, self.expected):
            raise Conflict(item.address, str(item.kind), self.expected.get("title"), item.text)
        match item.element:
            case Goal() | Initiative():
                return self._remove_listed(workspace, item, item.element)
            case Canvas() as canvas:
                return _remove_canvas(workspace, item, canvas)
        raise EditError(
            f"'{item.address}' is {item.kind.named} - only goals, initiatives and empty canvases go this way"
        )

    def _remove_listed(self, workspace: Workspace, item: Located, element: Goal | Initiative) -> Applied:
        document = workspace.document(item.file)
        assert document is not None
        if isinstance(element, Goal):
            document = replace(document, goals=tuple(goal for goal in document.goals if goal is not element))
        else:
            kept = tuple(each for each in document.initiatives if each is not element)
            document = replace(document, initiatives=kept)
        drops = self.drops_file and is_bare(document)
        after = workspace.without_document(item.file) if drops else workspace.with_document(document)
        add = AddGoal if isinstance(element, Goal) else AddInitiative
        fields, is_untitled = {"id": item.address, **element.fields}, not is_usable_text(element.fields.get("title"))
        inverse = add(fields, item.file, place_of(workspace, item), is_untitled)
        change = ElementRemoved(item.file, item.kind, item.index or 0, element, drops)
        return Applied(after, inverse, (change,), item.address)


@dataclass(frozen=True, slots=True)
class AddCanvas:
    """Start a canvas in a new file. `fields` is its own table: "model" and "id" at least."""

    fields: Mapping[str, Any]
    file: str

    def apply(self, workspace: Workspace) -> Applied:
        """Raises EditError for an unknown model, a taken id or file, or a workspace that is one file."""
        identity, model = self.fields.get("id"), self.fields.get("model")
        if not workspace.is_folder:
            raise EditError("this workspace is one file, which holds one canvas - start a folder with `canvas-tui new`")
        if model not in workspace.templates:
            raise EditError(f"no model is called '{model}' - `canvas-tui models` lists them")
        if not isinstance(identity, str) or not identity or workspace.find(identity) is not None:
            raise EditError(f"the id '{identity}' is taken - choose another")
        _check_free(workspace, self.file)
        if workspace.document(self.file) is not None:
            raise EditError(f"{self.file} is there already - choose another file name")
        canvas = Canvas(as_id(identity), str(model), {}, dict(self.fields))
        after = workspace.with_document(Document(self.file, canvas=canvas))
        inverse = RemoveElement(Ref(identity), dict(self.fields), drops_file=True)
        return Applied(after, inverse, (CanvasAdded(self.file, canvas),), identity)


def _check_free(workspace: Workspace, file: str) -> None:
    """Raises EditError if the file exists and is left out of the workspace: we do not write into such a file."""
    if file in workspace.left_out:
        raise EditError(f"{file} is there and no part of the strategy - rename it, or choose another file")


def is_bare(document: Document) -> bool:
    """Whether a document holds nothing at all: no header, canvas, goal, initiative or other key."""
    parts = (document.header, document.canvas, document.goals, document.initiatives, document.extra)
    return not any(parts)


def _is_same_table(item: Located, expected: Mapping[str, Any]) -> bool:
    """Whether an element still has that table; an id that is written and one made of the title count alike."""
    implied = {"id": item.address}
    return same(implied | dict(item.element.fields), implied | dict(expected))


def _remove_canvas(workspace: Workspace, item: Located, canvas: Canvas) -> Applied:
    document = workspace.document(item.file)
    assert document is not None
    if canvas.cells or not is_bare(replace(document, canvas=None)):
        raise EditError(f"'{canvas.id}' is not empty - set its status to archived, or delete {item.file} yourself")
    inverse = AddCanvas({"id": canvas.id, **canvas.fields}, item.file)
    return Applied(
        workspace.without_document(item.file), inverse, (CanvasRemoved(item.file, canvas),), canvas.id
    )  # fmt: skip


def _with_listed(document: Document, index: int, element: Goal | Initiative) -> Document:
    if isinstance(element, Goal):
        goals = document.goals
        return replace(document, goals=(*goals[:index], element, *goals[index:]))
    initiatives = document.initiatives
    return replace(document, initiatives=(*initiatives[:index], element, *initiatives[index:]))
