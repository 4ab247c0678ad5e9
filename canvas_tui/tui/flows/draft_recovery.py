"""Drafts that an earlier session left, and those whose element is gone: told, found again, put somewhere else, dropped.

Owns the questions about them. What a draft is, and where its element is, is for `session.drafts` to say. A draft goes
only with an edit that is on disk, or when the person gives it up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import EditError
from canvas_tui.core.text import clean, clip
from canvas_tui.session.drafts import draft_place, gone_keys, take_over
from canvas_tui.session.error_text import sentence_of

if TYPE_CHECKING:
    from canvas_tui.session.gone_drafts import Target
    from canvas_tui.tui.navigator import Visit
    from canvas_tui.tui.shell import Shell

_ABOUT = "drafts"  # the topic of messages about drafts whose element is gone


class DraftRecovery:
    """Brings drafts back. `visit` gives the screen and cursor; `is_free`, whether no dialog and no field is open."""

    def __init__(self, shell: Shell, *, visit: Callable[[], Visit | None], is_free: Callable[[], bool]) -> None:
        self._shell, self._visit, self._is_free = shell, visit, is_free
        self._session, self._shelf, self._status = shell.session, shell.shelf, shell.status
        self._told_gone = 0  # the number of drafts without an element that the person was last told of

    def bring_back(self) -> None:
        """Offer the drafts whose element is gone; if there are none, open the field of the first draft again."""
        if self._gone:
            self._offer_gone()
        else:
            self._go_on()

    def tell(self) -> None:
        """Say that an earlier session left a draft, and where; drafts that were saved after all are dropped."""
        workspace, shelf = self._session.workspace, self._shelf
        take_over(workspace, shelf)
        gone = self._gone
        there = [key for key in shelf.keys if key not in gone]
        if there:
            where = draft_place(workspace, there[0])
            more = f" (+{len(there) - 1})" if len(there) > 1 else ""
            again = self.key_again(there[0])
            self._status.tell(f"A draft from before is kept {where}{more} · {again} to go on", "draft")
        self._tell_gone(gone, "A draft was left")
        if there or gone:
            self._shell.repaint()

    @property
    def _gone(self) -> list[str]:
        """The keys of drafts whose element is not there any more."""
        return gone_keys(self._session.workspace, self._shelf)

    def key_again(self, key: str) -> str:
        """The key that continues a draft: the one that opens its field, or else one that leads there."""
        return self._shell.key_of(self._action_here(key) or "retry-save")

    def _action_here(self, key: str) -> str:
        from canvas_tui.tui.flows.draft_actions import action_at

        return action_at(self._session.workspace, key, *visit) if (visit := self._visit()) is not None else ""

    def _go_on(self) -> None:
        """Go where the first draft belongs, and open its field."""
        from canvas_tui.tui.dialogs.element_form import new_element

        key = next((each for each in self._shelf.keys if each not in self._gone), None)
        if key is None:
            return
        address = key.rpartition(":")[0]
        if address.startswith("new "):
            self._shell.open_screen("tree")
            new_element(self._shell, Kind(address.removeprefix("new ")), {})
            return
        self._shell.goto(address)
        if action := self._action_here(key):
            self._shell.do(action)

    def tell_gone(self) -> None:
        """The files changed: say so if a draft lost its element, unless the person is typing."""
        if len(self._shelf) and self._is_free():
            gone = self._gone
            if len(gone) > self._told_gone:
                self._tell_gone(gone, "Your draft is kept")
                self._shell.repaint()
            self._told_gone = len(gone)

    def _tell_gone(self, gone: list[str], words: str) -> None:
        self._told_gone = len(gone)
        if gone:
            about = self._shelf.home_of(gone[0]).about or gone[0].rpartition(":")[0]
            more = f" (+{len(gone) - 1})" if len(gone) > 1 else ""
            again = f"{self._shell.key_of('retry-save')} shows {'it' if len(gone) == 1 else 'them'}"
            self._status.tell(f"{words}, “{clip(clean(about), 24)}” is gone{more} · {again}", "draft", topic=_ABOUT)

    def with_draft(self, sentence: str, key: str) -> str:
        """A sentence: why an edit was not made, and that its text is kept. If the element is gone, that comes first."""
        if not key or self._shelf.text_of(key) is None:
            return sentence
        if key in self._gone:
            return f"It is gone, your text is kept as a draft · {self._shell.key_of('retry-save')} offers it"
        return f"{sentence} · your text is kept as a draft"

    # offered

    def _offer_gone(self) -> None:
        """Show the first draft whose element is gone, and ask what shall become of it; then the next. Esc keeps it."""
        gone = self._gone
        self._status.outdate({_ABOUT})
        if not gone:
            return
        from canvas_tui.session.gone_drafts import shown_draft
        from canvas_tui.tui.dialogs.gone_draft import gone_screen

        key, target = gone[0], self._target_of(gone[0])
        home = self._shelf.home_of(key)
        was = f"“{clip(clean(home.about or key.rpartition(':')[0]), 60)}”"
        text = shown_draft(key, self._shelf.text_of(key) or "")
        into = target.words if target is not None else ""
        screen = gone_screen(was, text, into, len(gone) - 1)
        self._shell.ask(screen, lambda choice: self._answered_gone(key, choice))

    def _answered_gone(self, key: str, choice: str | None) -> None:
        if choice == "drop":
            self._shelf.drop(key)
            self._shell.say("Draft thrown away")
        elif choice == "put":
            if not self._put_back(key):
                return
        else:
            self._shell.say(f"Draft kept · {self._shell.key_of('retry-save')} shows it again", "draft")
            return
        self._offer_gone()

    def _target_of(self, key: str) -> Target | None:
        from canvas_tui.session.gone_drafts import target_of

        visit = self._visit()
        address = visit.address if visit is not None else None
        return target_of(self._session.workspace, key, self._shelf.home_of(key), address)

    def _put_back(self, key: str) -> bool:
        """Make an entry of a draft, or the form of a new goal or initiative; whether an edit was made."""
        from canvas_tui.core.commands import AddEntry
        from canvas_tui.session.gone_drafts import entry_of

        target, workspace, shelf = self._target_of(key), self._session.workspace, self._shelf
        if target is None:
            return False
        if target.form is not None:
            self._put_in_form(key, target.form)
            return False
        try:
            fields = entry_of(workspace, key, shelf.text_of(key) or "", shelf.home_of(key).about)
        except EditError as error:
            self._shell.say(self.with_draft(sentence_of(error), key), "error")
            return False
        made = self._shell.edit(AddEntry(target.where, fields), f"Put back in {target.words}", draft=key)
        if made is not None:
            self._shell.goto(made)
        return made is not None

    def _put_in_form(self, key: str, kind: Kind) -> None:
        from canvas_tui.session.gone_drafts import put_in_form
        from canvas_tui.tui.dialogs.element_form import new_element

        if not put_in_form(self._shelf, key, kind):
            self._shell.say(f"There is a draft of a new {kind} already - finish or empty that one first", "warning")
        else:
            new_element(self._shell, kind, {})
