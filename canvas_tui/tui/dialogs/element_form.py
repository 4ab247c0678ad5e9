"""Forms opened on a screen: the fields of an element, or a new goal or initiative; saved as one edit, kept as a draft.

Owns the way from an element to the form and back; the form itself is in `form`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from canvas_tui.core.elements import Kind
from canvas_tui.core.workspace import Located
from canvas_tui.tui.dialogs.form import FormDone, FormScreen
from canvas_tui.tui.views.form_state import FormState
from canvas_tui.tui.views.parts import KIND_WORDS, quoted, title_of

if TYPE_CHECKING:
    from canvas_tui.tui.shell import Shell


_TITLES = ("title", "text", "vision")  # the field that an element is called by


def edit_fields(shell: Shell, item: Located, *, field: str = "", given: str = "") -> None:
    """Open the form of an element; saving is one edit.

    The cursor is on `field`, where one is named, and that is filled in with `given` unless a draft has other words.
    """
    workspace = shell.session.workspace
    key = f"{item.address}:fields"
    began = _read(shell.shelf.base_of(key, ""))  # a draft may have begun with other texts
    state = FormState.of(workspace, item, _draft(shell, key), began)
    is_filled_in = state.go_to(field, given)
    title = title_of(item, workspace)
    bases = {each.spec.name: each.was for each in state.fields} | began
    form = FormScreen(
        state,
        f"{KIND_WORDS[item.kind].capitalize()} {quoted(title, 44)}",
        on_draft=lambda fields: keep_draft(shell, key, fields, bases),
        message=_changed_since(state) or ("filled in as the advice says - enter saves it" if is_filled_in else ""),
    )

    def meanwhile() -> str:
        now, who = shell.session.workspace.find(item.address), shell.who_was_at(item.address)
        if now is None:
            return f"{who} removed it - what you typed stays a draft"
        was, is_now = item.element.fields, now.element.fields
        names = {name.partition(".")[0] for name in state.draft}
        changed = sorted(name for name in names if was.get(name) != is_now.get(name))
        return f"{who} changed {', '.join(changed)} - saving asks what stays" if changed else ""

    form.meanwhile = meanwhile

    def done(result: FormDone | None) -> None:
        if result is None:
            _tell_draft(shell, key)
            return
        now = next((each.text for each in state.fields if each.spec.name in _TITLES), "").strip() or title
        shell.edit(result.command, f"Changed {quoted(now)}", draft=key)

    shell.ask(form, done)


def new_element(shell: Shell, kind: Kind, preset: Mapping[str, Any], *, title: str = "") -> None:
    """Open an empty form for a new goal or initiative; `preset` are fields given already."""
    key = f"new {kind}:fields"
    draft = _draft(shell, key)
    if title:
        draft = {**draft, "title": title}
    state = FormState.new(shell.session.workspace, kind, preset, draft)
    form = FormScreen(state, f"New {KIND_WORDS[kind]}", on_draft=lambda fields: keep_draft(shell, key, fields))

    def done(result: FormDone | None) -> None:
        if result is None:
            _tell_draft(shell, key)
            return
        name = quoted(next(each.text for each in state.fields if each.spec.name == "title"))
        made = shell.edit(result.command, f"Added {KIND_WORDS[kind]} {name}", draft=key)
        if made is not None:
            shell.show(made)

    shell.ask(form, done)


def keep_draft(shell: Shell, key: str, fields: Mapping[str, str], bases: Mapping[str, str] | None = None) -> None:
    """Keep what a form holds until it is saved; `bases` are what the fields held when typing began."""
    shelf = shell.shelf
    if fields:
        began = {name: bases[name] for name in fields if name in bases} if bases else {}
        shelf.keep(key, json.dumps(dict(fields), ensure_ascii=False), json.dumps(began, ensure_ascii=False))
    else:
        shelf.drop(key)


def _tell_draft(shell: Shell, key: str) -> None:
    """After Esc: that what was typed is kept, and the key that brings it back."""
    if shell.shelf.text_of(key) is not None:
        shell.say(f"Draft kept · {shell.key_again(key)} to go on", "draft")


def _draft(shell: Shell, key: str) -> dict[str, str]:
    """The fields that were typed last time and not saved."""
    return _read(shell.shelf.text_of(key) or "")


def _changed_since(state: FormState) -> str:
    """What somebody else wrote into fields that a draft is about to fill: it is not overwritten unseen."""
    told = ", ".join(
        f"{each.spec.name} is {quoted(each.was, 24) if each.was else 'empty'}"
        for each in state.fields
        if each.is_overtaken
    )
    return f"{told} in the file now - enter asks what stays" if told else ""


def _read(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}
