"""An open edit: a field that somebody writes in, what it held when typing began, its draft, and what others did since.

The field on the board, the editor of long texts and every form are open edits. What was seen when typing began goes
with the edit, so that nobody's change is overwritten unseen. How it looks, and what is said of it, is the screen's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import Conflict, EditError, Ref, locate, ref_to
from canvas_tui.core.workspace import Located, UnknownElement, Workspace
from canvas_tui.session.drafts import Shelf, fields_of, form_text

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command

FORM, NEW = "fields", "new"  # what stands for a field in the key of a draft: all of them, and the text of a new entry


class Meanwhile(NamedTuple):
    """What became of an element since an edit of it was opened.

    `now` is the element as it is, wherever it stands; None where it is gone, or another may have been taken for it.
    `changed` are those of the fields asked about that hold something else. `text` is what it says; None: it is gone.
    """

    now: Located | None
    changed: tuple[str, ...] = ()
    text: str | None = None

    @property
    def is_gone(self) -> bool:
        """Whether somebody removed it."""
        return self.text is None


class OpenEdit(NamedTuple):
    """One field of one element (`item` as it was when the field was opened), or of one to be made (`item` None).

    `key` is that of its draft. `base` is what the field held when typing began: of a draft, when that was begun. `was`
    is what it said when it was opened: a text that says the same is no edit.
    """

    shelf: Shelf
    key: str
    base: str = ""
    was: str = ""
    item: Located | None = None

    @classmethod
    def of(cls, shelf: Shelf, item: Located, field: str, there: str = "") -> OpenEdit:
        """Begin to write in a field ("text", "note", or FORM) of an element; `there` is what it holds now."""
        key = f"{item.address}:{field}"
        return cls(shelf, key, shelf.base_of(key, there), there, item)

    @classmethod
    def new(cls, shelf: Shelf, where: str) -> OpenEdit:
        """Begin to write a new entry of a cell (its address), or a new element ("new goal") in a form."""
        return cls(shelf, f"{where}:{FORM if where.startswith('new ') else NEW}")

    @property
    def field(self) -> str:
        """The field that is written in."""
        return self.key.rpartition(":")[2]

    # the draft

    @property
    def draft(self) -> str | None:
        """What was typed before and not saved; None where that is nothing else than what is there."""
        text = self.shelf.text_of(self.key)
        return None if text == self.was else text

    def keep(self, text: str) -> bool:
        """Keep what is typed as a draft; whether there is anything to keep. A note may be emptied, a text may not."""
        is_worth_it = text.strip() != self.was.strip() and (bool(text.strip()) or self.field == "note")
        if is_worth_it:
            self.shelf.keep(self.key, text, self.base)
        else:
            self.shelf.drop(self.key)
        return is_worth_it

    def drop(self) -> None:
        """There is nothing to go on with: it says what is there, or was given up."""
        self.shelf.drop(self.key)

    @property
    def typed_fields(self) -> dict[str, str]:
        """Of a form: the fields that were typed before and not saved."""
        return fields_of(self.shelf.text_of(self.key) or "")

    @property
    def base_fields(self) -> dict[str, str]:
        """Of a form: what the fields of its draft held when that was begun."""
        return fields_of(self.base)

    def keep_fields(self, fields: Mapping[str, str], bases: Mapping[str, str] | None = None) -> None:
        """Keep what a form holds; `bases` are what its fields held when typing began."""
        if fields:
            began = {name: bases[name] for name in fields if name in bases} if bases else {}
            self.shelf.keep(self.key, form_text(fields), form_text(began))
        else:
            self.shelf.drop(self.key)

    # others

    def meanwhile(self, workspace: Workspace, fields: Collection[str] = ()) -> Meanwhile:
        """What became of the element; of one that is to be made, nothing can. `fields` are asked about besides its
        own."""
        if self.item is None:
            return Meanwhile(None, text="")
        names = {self.field, *(name.partition(".")[0] for name in fields)} - {FORM}
        return _meanwhile(workspace, self.item, names)

    def become(self, other: OpenEdit, text: str) -> None:
        """What is typed is for another element from now on: its draft goes there."""
        self.shelf.drop(self.key)
        if text.strip():
            self.shelf.keep(other.key, text, other.base)

    def as_new_entry(self, workspace: Workspace) -> OpenEdit | None:
        """The same text as a new entry of the cell that the entry stood in; None where that canvas is gone as well."""
        item = self.item
        if item is None or item.canvas is None or workspace.find(item.canvas.id) is None:
            return None
        return OpenEdit.new(self.shelf, f"{item.canvas.id}/{item.cell}")

    # the edit

    def command(self, text: str) -> Command:
        """What saving the text does to the element: a conflict where the field holds no more what was seen."""
        from canvas_tui.core import edits
        from canvas_tui.core.commands import ChangeEntry, SetField

        item = self.item
        assert item is not None
        if self.field == "text" and item.kind is Kind.ENTRY:
            return ChangeEntry(Ref(item.address, self.base), edits.tidy(text))
        if self.field == "text":
            command = edits.change_text(item, text)
            assert isinstance(command, SetField)
            return command if self.base == self.was else replace(command, expected=self.base or None)
        value, seen = edits.tidy(text), item.element.fields.get(self.field)
        expected = seen if self.base == self.was else self.base or None
        return SetField(ref_to(item), self.field, f"{value}\n" if "\n" in value else value or None, expected)


def moved_to(item: Located, now: Located) -> bool:
    """Whether an entry stands in another cell now."""
    return (now.canvas.id if now.canvas else None, now.cell) != (item.canvas.id if item.canvas else None, item.cell)


def _meanwhile(workspace: Workspace, item: Located, fields: Collection[str]) -> Meanwhile:
    try:
        now = locate(workspace, ref_to(item))
    except Conflict as conflict:  # it has no id, and no entry of its cell says what it said
        theirs = conflict.theirs if isinstance(conflict.theirs, str) else None
        return Meanwhile(None, ("text",) if theirs is not None else (), theirs)
    except UnknownElement:
        return Meanwhile(None)
    except EditError:  # two could be meant; saving says so
        return Meanwhile(None, text=item.text)
    if now.kind is not item.kind:
        return Meanwhile(None)
    changed = sorted(name for name in fields if _value(now, name) != _value(item, name))
    return Meanwhile(now, tuple(changed), now.text)


def _value(item: Located, field: str) -> Any:
    return item.text if field == "text" else item.element.fields.get(field)
