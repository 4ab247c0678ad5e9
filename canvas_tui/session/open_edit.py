"""An open edit: a field that somebody writes in, what it held when typing began, its draft, and what others did since.

The field on the board, the editor of long texts and every form are open edits. The edit remembers what the person saw
when typing began, so that nobody's change is overwritten unseen. The screen decides how it looks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import Conflict, EditError, Ref, locate, ref_to
from canvas_tui.core.workspace import Located, UnknownElement, Workspace
from canvas_tui.session.drafts import Shelf, form_fields, form_text

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command

FORM, NEW = "fields", "new"  # in a draft's key, in place of a field: all fields, and the text of a new entry


class Meanwhile(NamedTuple):
    """What happened to an element since an edit of it was opened.

    `now` is the element as it is, wherever it is now; None if it is gone, or cannot be told from another one. `changed`
    are the fields, of those asked about, whose values changed. `text` is what the element says; None if it is gone.
    """

    now: Located | None
    changed: tuple[str, ...] = ()
    text: str | None = None

    @property
    def is_gone(self) -> bool:
        """Whether somebody removed it."""
        return self.text is None


class OpenEdit(NamedTuple):
    """One field of an element (`item`, as it was when the field was opened), or of a new element (`item` None).

    `key` is the key of its draft. `base` is what the field held when typing began; if there is a draft, when the draft
    was begun. `was` is the text when the field was opened: if that is typed again, there is no edit.
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
        """What was typed before and not saved; None if there is nothing, or if it equals what the field holds."""
        text = self.shelf.text_of(self.key)
        return None if text == self.was else text

    def keep(self, text: str) -> bool:
        """Keep what is typed as a draft. Gives whether there is anything to keep; an empty text is not."""
        is_worth_it = text.strip() != self.was.strip() and (bool(text.strip()) or self.field == "note")
        if is_worth_it:
            self.shelf.keep(self.key, text, self.base)
        else:
            self.shelf.drop(self.key)
        return is_worth_it

    def drop(self) -> None:
        """Forget the draft: it equals what the field holds, or was given up."""
        self.shelf.drop(self.key)

    @property
    def typed_fields(self) -> dict[str, str]:
        """For a form: the fields that were typed before and not saved."""
        return form_fields(self.shelf.text_of(self.key) or "")

    @property
    def base_fields(self) -> dict[str, str]:
        """For a form: what the fields held when its draft was begun."""
        return form_fields(self.base)

    def keep_fields(self, fields: Mapping[str, str], bases: Mapping[str, str] | None = None) -> None:
        """Keep the fields of a form as a draft. `bases` are what they held when typing began."""
        if fields:
            began = {name: bases[name] for name in fields if name in bases} if bases else {}
            self.shelf.keep(self.key, form_text(fields), form_text(began))
        else:
            self.shelf.drop(self.key)

    # others

    def meanwhile(self, workspace: Workspace, fields: Collection[str] = ()) -> Meanwhile:
        """What happened to the element since the field was opened; nothing, for a new one. `fields` are asked about
        besides the edit's own."""
        if self.item is None:
            return Meanwhile(None, text="")
        names = {self.field, *(name.partition(".")[0] for name in fields)} - {FORM}
        return _meanwhile(workspace, self.item, names)

    def become(self, other: OpenEdit, text: str) -> None:
        """Move the draft to another open edit, with this text."""
        self.shelf.drop(self.key)
        if text.strip():
            self.shelf.keep(other.key, text, other.base)

    def as_new_entry(self, workspace: Workspace) -> OpenEdit | None:
        """An open edit of a new entry in the cell that the entry was in; None if that canvas is gone too."""
        item = self.item
        if item is None or item.canvas is None or workspace.find(item.canvas.id) is None:
            return None
        return OpenEdit.new(self.shelf, f"{item.canvas.id}/{item.cell}")

    # the edit

    def command(self, text: str) -> Command:
        """The command that saves the text. Applying it raises Conflict if the field no longer holds what was seen."""
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
    """Whether an entry is in another cell now."""
    return (now.canvas.id if now.canvas else None, now.cell) != (item.canvas.id if item.canvas else None, item.cell)


def _meanwhile(workspace: Workspace, item: Located, fields: Collection[str]) -> Meanwhile:
    try:
        now = locate(workspace, ref_to(item))
    except Conflict as conflict:  # an entry without an id, whose text no entry of the cell has any more
        theirs = conflict.theirs if isinstance(conflict.theirs, str) else None
        return Meanwhile(None, ("text",) if theirs is not None else (), theirs)
    except UnknownElement:
        return Meanwhile(None)
    except EditError:  # two elements could be meant: saving will say so
        return Meanwhile(None, text=item.text)
    if now.kind is not item.kind:
        return Meanwhile(None)
    changed = sorted(name for name in fields if _value(now, name) != _value(item, name))
    return Meanwhile(now, tuple(changed), now.text)


def _value(item: Located, field: str) -> Any:
    return item.text if field == "text" else item.element.fields.get(field)
