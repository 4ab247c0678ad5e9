"""Forms opened on a screen: the fields of an element, or a new goal or initiative; saved as one edit, kept as a draft.

Owns the way from an element to the form and back; the form itself is in `form`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from canvas_tui.core.elements import Kind
from canvas_tui.core.workspace import Located
from canvas_tui.session.open_edit import FORM, OpenEdit
from canvas_tui.tui.dialogs.form import FormDone, FormScreen
from canvas_tui.tui.dialogs.form_state import FormState
from canvas_tui.tui.paint.parts import KIND_WORDS, quoted, title_of

if TYPE_CHECKING:
    from canvas_tui.tui.shell import Shell


_TITLES = ("title", "text", "vision")  # the field that an element is called by


def edit_fields(shell: Shell, item: Located, *, field: str = "", given: str = "") -> None:
    """Open the form of an element; saving is one edit.

    The cursor is on `field`, where one is named, and that is filled in with `given` unless a draft has other words.
    """
    workspace = shell.session.workspace
    edit = OpenEdit.of(shell.shelf, item, FORM)
    began = edit.base_fields  # a draft may have been started from other texts
    state = FormState.of(workspace, item, edit.typed_fields, began)
    is_filled_in = state.go_to(field, given)
    title = title_of(item, workspace)
    bases = {each.spec.name: each.was for each in state.fields} | began
    form = FormScreen(
        state,
        f"{KIND_WORDS[item.kind].capitalize()} {quoted(title, 44)}",
        on_draft=lambda fields: edit.keep_fields(fields, bases),
        message=_changed_since(state) or ("filled in as the advice says - enter saves it" if is_filled_in else ""),
    )

    def meanwhile() -> str:
        found, who = edit.meanwhile(shell.session.workspace, state.draft), shell.who_was_at(item.address)
        if found.is_gone:
            return f"{who} removed it - what you typed stays a draft"
        return f"{who} changed {', '.join(found.changed)} - saving asks what stays" if found.changed else ""

    form.meanwhile = meanwhile

    def done(result: FormDone | None) -> None:
        if result is None:
            _tell_draft(shell, edit)
            return
        now = next((each.text for each in state.fields if each.spec.name in _TITLES), "").strip() or title
        shell.edit(result.command, f"Changed {quoted(now)}", draft=edit.key)

    shell.ask(form, done)


def new_element(shell: Shell, kind: Kind, preset: Mapping[str, Any], *, title: str = "") -> None:
    """Open an empty form for a new goal or initiative; `preset` are fields given already."""
    edit = OpenEdit.new(shell.shelf, f"new {kind}")
    draft = edit.typed_fields | ({"title": title} if title else {})
    state = FormState.new(shell.session.workspace, kind, preset, draft)
    form = FormScreen(state, f"New {KIND_WORDS[kind]}", on_draft=edit.keep_fields)

    def done(result: FormDone | None) -> None:
        if result is None:
            _tell_draft(shell, edit)
            return
        name = quoted(next(each.text for each in state.fields if each.spec.name == "title"))
        made = shell.edit(result.command, f"Added {KIND_WORDS[kind]} {name}", draft=edit.key)
        if made is not None:
            shell.show(made)

    shell.ask(form, done)


def _tell_draft(shell: Shell, edit: OpenEdit) -> None:
    """After Esc: that what was typed is kept, and the key that brings it back."""
    if edit.draft is not None:
        shell.say(f"Draft kept · {shell.key_again(edit.key)} to go on", "draft")


def _changed_since(state: FormState) -> str:
    """What somebody else wrote into fields that a draft is about to fill: it is not overwritten unseen."""
    told = ", ".join(
        f"{each.spec.name} is {quoted(each.was, 24) if each.was else 'empty'}"
        for each in state.fields
        if each.is_overtaken
    )
    return f"{told} in the file now - enter asks what stays" if told else ""
