"""Finds a new place for drafts whose element is gone, and makes an entry or a form of their text.

A draft is removed only once an edit with its text is on disk, or when the person gives it up.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Workspace
from canvas_tui.session.drafts import Home, Shelf, form_fields, form_text

_FORMS = {str(Kind.GOAL): Kind.GOAL, str(Kind.INITIATIVE): Kind.INITIATIVE}


class Target(NamedTuple):
    """Where a draft can go: into a cell (its address in `where`), or into the form of a new element of kind `form`.
    `words` are the words for it."""

    where: str
    words: str
    form: Kind | None = None


def target_of(workspace: Workspace, key: str, home: Home, here: str | None) -> Target | None:
    """Where a draft can go: back into its cell, into the form of a new element of its kind, or else into the cell with
    the cursor (`here`). None if there is no such place."""
    if home.place in _FORMS:
        return Target(home.place, f"a new {home.place}", _FORMS[home.place])
    for address in (home.place or key.rpartition(":")[0], here):
        item = workspace.find(address) if address else None
        if item is not None and item.canvas is not None and item.cell is not None:
            spec = workspace.cell_spec(item.canvas, item.cell)
            cell = clean(spec.title if spec else item.cell)
            words = cell if address != here else f"{cell}, where the cursor is"
            return Target(f"{item.canvas.id}/{item.cell}", words)
    return None


def entry_of(workspace: Workspace, key: str, text: str, about: str) -> dict[str, Any]:
    """The fields of a new entry made from a draft. Raises EditError if a field of a form does not fit."""
    from canvas_tui.core.edits import tidy
    from canvas_tui.core.typed import new_fields

    field = key.rpartition(":")[2]
    typed = form_fields(text) if field == "fields" else {field: text} if field == "note" and about else {"text": text}
    typed.pop("id", None)  # another element may have that id now
    typed = {"text": tidy(typed.pop("text", "") or about), **typed}
    fields = new_fields(workspace, Kind.ENTRY, typed)
    return {name: value for name, value in fields.items() if value is not None}


def put_in_form(shelf: Shelf, key: str, kind: Kind) -> bool:
    """Move the draft to the form of a new goal or initiative. False if that form has a draft already."""
    form, text, field = f"new {kind}:fields", shelf.text_of(key) or "", key.rpartition(":")[2]
    if shelf.text_of(form) is not None:
        return False
    typed = form_fields(text) if field == "fields" else {field: text}
    typed.pop("id", None)
    typed.setdefault("title", shelf.home_of(key).about)
    shelf.keep(form, form_text(typed), form_text({}))
    shelf.drop(key)
    return True


def shown_draft(key: str, text: str) -> str:
    """The text of a draft for people to read; for a form, one line for each field."""
    if not key.endswith(":fields"):
        return text
    return "\n".join(f"{name}: {value}" for name, value in form_fields(text).items()) or text
