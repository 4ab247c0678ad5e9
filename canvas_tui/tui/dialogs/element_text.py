"""The long texts of an element, written in an editor of their own: its note, and a text of several lines.

Owns the way from the element to the editor and back, and the draft that is left; the field is in `note_editor`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_tui.core import edits
from canvas_tui.core.commands import ChangeEntry, Command, SetField
from canvas_tui.core.cutting import SIGNS, has_long_text
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import Ref, ref_to
from canvas_tui.tui.dialogs.note_editor import NoteEditor
from canvas_tui.tui.views.parts import quoted, said, title_of

if TYPE_CHECKING:
    from canvas_tui.core.workspace import Located
    from canvas_tui.tui.shell import Shell


def is_too_long(shell: Shell, item: Located) -> bool:
    """Whether a text of the element is too long for a field, which is told; every key would wait for its layout."""
    if not has_long_text(item.element.fields):
        return False
    place = f"{said(item.file)}:{item.line}" if item.line else said(item.file)
    shell.say(f"A text here is longer than {SIGNS:,} characters · edit it in {place}", "warning")
    return True


def edit_note(shell: Shell, item: Located) -> None:
    """Edit the note of an element, over as many lines as it needs."""
    _write(shell, item, "note", item.element.note, f"Note on {quoted(title_of(item, shell.session.workspace), 36)}")


def edit_long_text(shell: Shell, item: Located) -> None:
    """Edit a text of several lines where there is room for them."""
    _write(shell, item, "text", item.text, "Text")


def _write(shell: Shell, item: Located, field: str, base: str, title: str) -> None:
    key, shelf = f"{item.address}:{field}", shell.shelf
    draft = shelf.text_of(key)
    began = shelf.base_of(key, base)  # a draft of an earlier session may have begun with another text

    def finish(text: str | None) -> None:
        if text is None:
            if shelf.text_of(key) is not None:
                shell.say(f"Draft kept · {shell.key_again(key)} to go on", "draft")
        elif text.strip() == base.strip():
            shelf.drop(key)
        else:
            shell.edit(_command(item, field, text, base, began), f"{title} changed", draft=key)

    def keep(text: str) -> None:
        if text.strip() == base.strip():
            shelf.drop(key)
        else:
            shelf.keep(key, text, began)

    was = base if draft is not None and draft != base else None
    editor = NoteEditor(draft if draft is not None else base, title, was=was, on_draft=keep)
    editor.meanwhile = lambda: _meanwhile(shell, item, field)
    shell.ask(editor, finish)


def _command(item: Located, field: str, text: str, base: str, began: str) -> Command:
    """The edit: `base` is what the field held when the editor opened, `began` what its draft began with."""
    if field == "text" and item.kind is Kind.ENTRY:
        return ChangeEntry(Ref(item.address, began), edits.tidy(text))
    if field == "text":
        return edits.change_text(item, text)
    value = edits.tidy(text)
    expected = item.element.fields.get(field) if began == base else began or None
    return SetField(ref_to(item), field, f"{value}\n" if "\n" in value else value or None, expected)


def _meanwhile(shell: Shell, item: Located, field: str) -> str:
    """What somebody else did to a text while it is written, in a few words."""
    now, who = shell.session.workspace.find(item.address), shell.who_was_at(item.address)
    if now is None or now.kind is not item.kind:
        return f"{who} removed it, your text stays a draft"
    was = item.element.fields.get(field)
    return "" if now.element.fields.get(field) == was else f"{who} changed it, F2 asks what stays"
