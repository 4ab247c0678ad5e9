"""Drafts that an earlier session left, and those whose element is gone: told, found again, put somewhere else, dropped.

Owns the words and the questions about them. What a draft is, and where its element is, is for `drafts` to say; a draft
goes only with an edit that is on disk, or when the person gives it up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import EditError
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Located
from canvas_tui.session.drafts import Shelf, draft_place, is_gone, key_now, was_saved
from canvas_tui.session.error_text import sentence_of
from canvas_tui.tui.draft_actions import action_at
from canvas_tui.tui.navigation import Navigator

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.tui.look import Marks

_ABOUT = "drafts"  # the topic of messages about drafts whose element is gone
_FORMS = {str(Kind.GOAL): Kind.GOAL, str(Kind.INITIATIVE): Kind.INITIATIVE}


class DraftsApp(Navigator):
    """The part of the app that brings drafts back. `edit` and `key_of` are the whole app's."""

    shelf: Shelf
    marks: Marks
    _told_gone = 0  # of so many drafts it was said that their element is gone

    def edit(self, command: Command, title: str, *, draft: str = "") -> str | None:
        raise NotImplementedError

    def key_of(self, action_id: str) -> str:
        raise NotImplementedError

    @property
    def gone_drafts(self) -> list[str]:
        """The keys of drafts whose element is not there any more."""
        workspace, shelf = self.controller.workspace, self.shelf
        return [key for key in shelf.keys if is_gone(workspace, key, shelf.home_of(key).about)]

    def tell_drafts(self) -> None:
        """Say that an earlier session left a draft, and where; drafts that were saved after all are dropped."""
        workspace, shelf = self.controller.workspace, self.shelf
        for key, text in shelf.items():
            now = key_now(workspace, key, shelf.base_of(key, ""), shelf.home_of(key).about)
            if was_saved(workspace, key, text):
                shelf.drop(key)
            elif now != key and now not in shelf.keys:
                shelf.move(key, now)
        gone = self.gone_drafts
        there = [key for key in shelf.keys if key not in gone]
        if there:
            where = draft_place(workspace, there[0])
            more = f" (+{len(there) - 1})" if len(there) > 1 else ""
            again = self.key_again(there[0])
            self.status.tell(f"A draft from before is kept {where}{more} \u00b7 {again} to go on", "draft")
        self._tell(gone, "A draft was left")
        self.repaint_here()

    def key_again(self, key: str) -> str:
        """The key that goes on with a draft from where the cursor is: that of its field, or one that leads there."""
        return self.key_of(self._action_here(key) or "retry-save")

    def _action_here(self, key: str) -> str:
        here = self.here
        return action_at(self.controller.workspace, key, here.screen_name, here.selected) if here is not None else ""

    def go_on_with_draft(self) -> None:
        """Go where the first draft belongs, and open its field."""
        from canvas_tui.tui.dialogs.element_form import new_element

        key = next((each for each in self.shelf.keys if each not in self.gone_drafts), None)
        if key is None:
            return
        address = key.rpartition(":")[0]
        if address.startswith("new "):
            self.open_screen("tree")
            new_element(self.shell, Kind(address.removeprefix("new ")), {})
            return
        self.goto(address)
        if (here := self.here) is not None and (action := self._action_here(key)):
            here.run_action_by_id(action)

    def tell_gone_drafts(self) -> None:
        """The files changed: say so where a draft lost its element by it, unless somebody writes just now."""
        if len(self.shelf) and self.here is not None and self.screen is self.here and not self.here.is_typing:
            gone = self.gone_drafts
            if len(gone) > self._told_gone:
                self._tell(gone, "Your draft is kept")
                self.repaint_here()
            self._told_gone = len(gone)

    def _tell(self, gone: list[str], words: str) -> None:
        self._told_gone = len(gone)
        if gone:
            about = self.shelf.home_of(gone[0]).about or gone[0].rpartition(":")[0]
            more = f" (+{len(gone) - 1})" if len(gone) > 1 else ""
            again = f"{self.key_of('retry-save')} shows {'it' if len(gone) == 1 else 'them'}"
            self.status.tell(f"{words}, “{clip(clean(about), 24)}” is gone{more} \u00b7 {again}", "draft", topic=_ABOUT)

    def with_draft(self, sentence: str, key: str) -> str:
        """Why an edit was not made, and that what was typed is kept; where its element is gone, that first of all."""
        if not key or self.shelf.text_of(key) is None:
            return sentence
        if key in self.gone_drafts:
            return f"It is gone, your text is kept as a draft \u00b7 {self.key_of('retry-save')} offers it"
        return f"{sentence} \u00b7 your text is kept as a draft"

    # offered

    def offer_gone_drafts(self) -> None:
        """Show the first draft whose element is gone, and ask what shall become of it; then the next. Esc keeps it."""
        gone = self.gone_drafts
        self.status.outdate({_ABOUT})
        if not gone:
            return
        from canvas_tui.tui.dialogs.gone_draft import gone_screen

        key, target = gone[0], self._target_of(gone[0])
        home = self.shelf.home_of(key)
        was = f"“{clip(clean(home.about or key.rpartition(':')[0]), 60)}”"
        text = shown_draft(key, self.shelf.text_of(key) or "")
        into = target[1] if target is not None else ""
        screen = gone_screen(was, text, into, len(gone) - 1)
        self.push_screen(screen, lambda choice: self._answered_gone(key, choice))

    def _answered_gone(self, key: str, choice: str | None) -> None:
        if choice == "drop":
            self.shelf.drop(key)
            self.say("Draft thrown away")
        elif choice == "put":
            if not self._put_back(key):
                return
        else:
            self.say(f"Draft kept \u00b7 {self.key_of('retry-save')} shows it again", "draft")
            return
        self.offer_gone_drafts()

    def _target_of(self, key: str) -> tuple[str, str] | None:
        """Where a draft can go: a cell's address or a kind, and its words; None where there is nothing to put it in."""
        workspace, home = self.controller.workspace, self.shelf.home_of(key).place
        if home in _FORMS:
            return home, f"a new {home}"
        here = self.here.selected if self.here is not None else None
        for address in (home or key.rpartition(":")[0], here):
            item = workspace.find(address) if address else None
            if item is not None and item.canvas is not None and item.cell is not None:
                return f"{item.canvas.id}/{item.cell}", self._cell_words(item, is_home=address != here)
        return None

    def _cell_words(self, item: Located, *, is_home: bool) -> str:
        assert item.canvas is not None
        assert item.cell is not None
        spec = self.controller.workspace.cell_spec(item.canvas, item.cell)
        cell = clean(spec.title if spec else item.cell)
        return cell if is_home else f"{cell}, where the cursor is"

    def _put_back(self, key: str) -> bool:
        """Make an entry of a draft, or the form of a new goal or initiative; whether an edit was made."""
        from canvas_tui.core.commands import AddEntry

        target = self._target_of(key)
        if target is None:
            return False
        where, text = target[0], self.shelf.text_of(key) or ""
        if where in _FORMS:
            self._put_in_form(key, _FORMS[where])
            return False
        try:
            made = self.edit(AddEntry(where, self._entry_of(key, text)), f"Put back in {target[1]}", draft=key)
        except EditError as error:
            self.say(self.with_draft(sentence_of(error), key), "error")
            return False
        if made is not None:
            self.goto(made)
        return made is not None

    def _entry_of(self, key: str, text: str) -> dict[str, Any]:
        """The table of a new entry with what a draft says. Raises EditError where a field of a form does not fit."""
        from canvas_tui.core.edits import tidy
        from canvas_tui.core.typed import new_fields

        field, about = key.rpartition(":")[2], self.shelf.home_of(key).about
        typed = _fields(text) if field == "fields" else {field: text} if field == "note" and about else {"text": text}
        typed.pop("id", None)  # it may be another's by now
        typed = {"text": tidy(typed.pop("text", "") or about), **typed}
        fields = new_fields(self.controller.workspace, Kind.ENTRY, typed)
        return {name: value for name, value in fields.items() if value is not None}

    def _put_in_form(self, key: str, kind: Kind) -> None:
        import json

        from canvas_tui.tui.dialogs.element_form import new_element

        form, text, field = f"new {kind}:fields", self.shelf.text_of(key) or "", key.rpartition(":")[2]
        if self.shelf.text_of(form) is not None:
            self.say(f"There is a draft of a new {kind} already - finish or empty that one first", "warning")
            return
        typed = _fields(text) if field == "fields" else {field: text}
        typed.pop("id", None)
        typed.setdefault("title", self.shelf.home_of(key).about)
        self.shelf.keep(form, json.dumps(typed, ensure_ascii=False), "{}")
        self.shelf.drop(key)
        new_element(self.shell, kind, {})


def shown_draft(key: str, text: str) -> str:
    """A draft as a person reads it: of a form, a line a field."""
    if not key.endswith(":fields"):
        return text
    return "\n".join(f"{name}: {value}" for name, value in _fields(text).items()) or text


def _fields(text: str) -> dict[str, str]:
    import json  # nothing that the first picture should wait for

    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
