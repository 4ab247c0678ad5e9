"""Drafts that an earlier session left, and those whose element is gone: told, found again, put somewhere else, dropped.

Owns the words and the questions about them. What a draft is, and where its element is, is for `drafts` to say; a draft
goes only with an edit that is on disk, or when the person gives it up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import EditError
from canvas_tui.core.text import clean, clip
from canvas_tui.session.drafts import Shelf, draft_place, gone_keys, take_over
from canvas_tui.session.error_text import sentence_of
from canvas_tui.tui.safe_app import SafeApp

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.session.gone_drafts import Target
    from canvas_tui.session.session import Session
    from canvas_tui.tui.look import Marks
    from canvas_tui.tui.navigator import Navigator
    from canvas_tui.tui.shell import Shell
    from canvas_tui.tui.status import Status

_ABOUT = "drafts"  # the topic of messages about drafts whose element is gone


class DraftsApp(SafeApp[None]):
    """The part of the app that brings drafts back. `edit` and `key_of` are the whole app's."""

    navigator: Navigator
    shell: Shell
    status: Status
    controller: Session
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
        return gone_keys(self.controller.workspace, self.shelf)

    def tell_drafts(self) -> None:
        """Say that an earlier session left a draft, and where; drafts that were saved after all are dropped."""
        workspace, shelf = self.controller.workspace, self.shelf
        take_over(workspace, shelf)
        gone = self.gone_drafts
        there = [key for key in shelf.keys if key not in gone]
        if there:
            where = draft_place(workspace, there[0])
            more = f" (+{len(there) - 1})" if len(there) > 1 else ""
            again = self.key_again(there[0])
            self.status.tell(f"A draft from before is kept {where}{more} \u00b7 {again} to go on", "draft")
        self._tell(gone, "A draft was left")
        self.navigator.repaint()

    def key_again(self, key: str) -> str:
        """The key that goes on with a draft from where the cursor is: that of its field, or one that leads there."""
        return self.key_of(self._action_here(key) or "retry-save")

    def _action_here(self, key: str) -> str:
        from canvas_tui.tui.draft_actions import action_at

        here = self.navigator.here
        return action_at(self.controller.workspace, key, here.screen_name, here.selected) if here is not None else ""

    def go_on_with_draft(self) -> None:
        """Go where the first draft belongs, and open its field."""
        from canvas_tui.tui.dialogs.element_form import new_element

        key = next((each for each in self.shelf.keys if each not in self.gone_drafts), None)
        if key is None:
            return
        address = key.rpartition(":")[0]
        if address.startswith("new "):
            self.navigator.open_screen("tree")
            new_element(self.shell, Kind(address.removeprefix("new ")), {})
            return
        self.navigator.goto(address)
        if (here := self.navigator.here) is not None and (action := self._action_here(key)):
            here.run_action_by_id(action)

    def tell_gone_drafts(self) -> None:
        """The files changed: say so where a draft lost its element by it, unless somebody writes just now."""
        if len(self.shelf) and self.navigator.is_free:
            gone = self.gone_drafts
            if len(gone) > self._told_gone:
                self._tell(gone, "Your draft is kept")
                self.navigator.repaint()
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
        from canvas_tui.session.gone_drafts import shown_draft
        from canvas_tui.tui.dialogs.gone_draft import gone_screen

        key, target = gone[0], self._target_of(gone[0])
        home = self.shelf.home_of(key)
        was = f"“{clip(clean(home.about or key.rpartition(':')[0]), 60)}”"
        text = shown_draft(key, self.shelf.text_of(key) or "")
        into = target.words if target is not None else ""
        screen = gone_screen(was, text, into, len(gone) - 1)
        self.push_screen(screen, lambda choice: self._answered_gone(key, choice))

    def _answered_gone(self, key: str, choice: str | None) -> None:
        if choice == "drop":
            self.shelf.drop(key)
            self.shell.say("Draft thrown away")
        elif choice == "put":
            if not self._put_back(key):
                return
        else:
            self.shell.say(f"Draft kept \u00b7 {self.key_of('retry-save')} shows it again", "draft")
            return
        self.offer_gone_drafts()

    def _target_of(self, key: str) -> Target | None:
        from canvas_tui.session.gone_drafts import target_of

        here = self.navigator.here.selected if self.navigator.here is not None else None
        return target_of(self.controller.workspace, key, self.shelf.home_of(key), here)

    def _put_back(self, key: str) -> bool:
        """Make an entry of a draft, or the form of a new goal or initiative; whether an edit was made."""
        from canvas_tui.core.commands import AddEntry
        from canvas_tui.session.gone_drafts import entry_of

        target, workspace, shelf = self._target_of(key), self.controller.workspace, self.shelf
        if target is None:
            return False
        if target.form is not None:
            self._put_in_form(key, target.form)
            return False
        try:
            fields = entry_of(workspace, key, shelf.text_of(key) or "", shelf.home_of(key).about)
        except EditError as error:
            self.shell.say(self.with_draft(sentence_of(error), key), "error")
            return False
        made = self.edit(AddEntry(target.where, fields), f"Put back in {target.words}", draft=key)
        if made is not None:
            self.navigator.goto(made)
        return made is not None

    def _put_in_form(self, key: str, kind: Kind) -> None:
        from canvas_tui.session.gone_drafts import put_in_form
        from canvas_tui.tui.dialogs.element_form import new_element

        if not put_in_form(self.shelf, key, kind):
            self.shell.say(f"There is a draft of a new {kind} already - finish or empty that one first", "warning")
        else:
            new_element(self.shell, kind, {})
