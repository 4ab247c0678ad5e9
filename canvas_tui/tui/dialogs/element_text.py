"""The long texts of an element, written in an editor of their own: its note, and a text of several lines.

Owns the way from the element to the editor and back; the draft is `session.open_edit`'s, the field in `note_editor`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_tui.core.cutting import SIGNS, has_long_text
from canvas_tui.session.open_edit import OpenEdit
from canvas_tui.tui.dialogs.note_editor import NoteEditor
from canvas_tui.tui.paint.parts import quoted, said, title_of

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
    edit = OpenEdit.of(shell.shelf, item, field, base)

    def finish(text: str | None) -> None:
        if text is None:
            if edit.draft is not None:
                shell.say(f"Draft kept · {shell.key_again(edit.key)} to go on", "draft")
        elif text.strip() == base.strip():
            edit.drop()
        else:
            shell.edit(edit.command(text), f"{title} changed", draft=edit.key)

    def meanwhile() -> str:
        found, who = edit.meanwhile(shell.session.workspace), shell.who_was_at(item.address)
        if found.is_gone:
            return f"{who} removed it, your text stays a draft"
        return f"{who} changed it, F2 asks what stays" if found.changed else ""

    draft = edit.draft
    was = None if draft is None else base
    editor = NoteEditor(base if draft is None else draft, title, was=was, on_draft=edit.keep)
    editor.meanwhile = meanwhile
    shell.ask(editor, finish)
