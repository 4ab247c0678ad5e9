"""Edits that could not be saved yet: told as long as they wait, tried again, offered at the next start.

Owns the words for them and the questions about them. Where they are kept is storage's; the edits themselves are the
app's to carry out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from canvas_tui.core.places import Conflict
from canvas_tui.core.text import counted
from canvas_tui.session.error_text import LOCKED
from canvas_tui.tui.deeds import Deed, Deeds
from canvas_tui.tui.left_drafts import DraftsApp

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.session.outcome import Saved
    from canvas_tui.session.saving import Offer, Pending, Retried

RETRY_SECONDS = 20.0  # between two tries that nobody asked for
LOCKED_SECONDS = 1.0  # the same for a file that another program has locked: that is soon over, and costs little to ask


class WaitingApp(DraftsApp):
    """The part of the app that lets go of no edit. `edit`, `changed` and `conflict` are the whole app's."""

    _retry_timer: Timer | None = None
    _retry_seconds: float | None = None  # between two of its tries
    _failed: tuple[Command, str, str] | None = None  # an edit that cannot even wait, its title and its draft

    def changed(self) -> None:
        raise NotImplementedError

    def conflict(
        self,
        conflict: Conflict,
        command: Command | None,
        *,
        draft: str = "",
        chosen: Callable[[bool], None] | None = None,
    ) -> None:
        raise NotImplementedError

    # told

    def update_unsaved(self) -> None:
        """Make the status say what waits, or nothing where nothing does; try again by itself while something does."""
        from canvas_tui.session.unsaved_text import waiting_text

        session, before = self.controller, self.status.unsaved
        count, key = len(session.pending), self.key_of("retry-save")
        self.status.unsaved = waiting_text(count, session.why_unsaved, key, is_safe=session.is_safe)
        every = (LOCKED_SECONDS if session.why_unsaved == LOCKED else RETRY_SECONDS) if count else None
        if before and self.status.message == before:
            self.status.say(self.status.unsaved, "error" if self.status.unsaved else "")
        self._retry_every(every)

    def _retry_every(self, seconds: float | None) -> None:
        """Try again by itself so often; None: no more."""
        if seconds == self._retry_seconds:
            return
        if self._retry_timer is not None:
            self._retry_timer.stop()
        self._retry_timer = self.set_interval(seconds, self.retry_quietly) if seconds is not None else None
        self._retry_seconds = seconds

    # tried again

    @property
    def saving_deeds(self) -> Deeds:
        """What can be done about edits that wait, and leaving."""
        return {
            "retry-save": Deed(self.save_again, can=self._can_save_again, label=self._save_again_label),
            "quit": Deed(self.leave),
        }

    def _can_save_again(self) -> bool:
        waits = bool(self.controller.pending or self.controller.offered or self._failed)
        return waits or len(self.shelf) > 0

    def _save_again_label(self) -> str:
        """What the key does just now, in the footer: where nothing waits to be saved, it shows a draft."""
        if self.controller.pending or self.controller.offered or self._failed:
            return "save again"
        return "draft" if len(self.gone_drafts or self.shelf.keys) == 1 else "drafts"

    def save_again(self) -> None:
        """Try again what could not be saved; what can no longer be saved as it is, is asked about.

        Where nothing waits, the drafts whose element is gone are; else the first draft is opened again.
        """
        if self.controller.offered:
            self.offer_left()
        elif self.controller.pending:
            results = self._retry()
            self._settle([each for each in results if each.is_conflict])
        elif self._failed is not None:
            command, title, draft = self._failed
            self.edit(command, title, draft=draft)
        elif self.gone_drafts:
            self.offer_gone_drafts()
        else:
            self.go_on_with_draft()

    def retry_quietly(self) -> None:
        """Nobody asked: say nothing unless something was saved, and never get into the way of typing."""
        if self.navigator.is_free and self.controller.pending:
            self._retry(is_quiet=True)

    def _retry(self, *, is_quiet: bool = False) -> Sequence[Retried[Saved]]:
        results = self.controller.retry(is_quiet=is_quiet)
        saved = [each for each in results if each.is_saved]
        self.update_unsaved()
        if saved:
            from canvas_tui.session.unsaved_text import saved_text

            self.saved_now(is_confirmed=all(each.done.is_confirmed for each in saved if each.done is not None))
            told = saved_text([each.pending.title for each in saved], self.status.unsaved)
            say = self.status.tell if is_quiet else self.status.say
            say(told, "error" if self.status.unsaved else "good")
        elif not is_quiet:
            self.status.say(self.status.unsaved, "error")
        if saved:
            self.changed()
        elif (here := self.navigator.here) is not None:
            here.repaint()
        return results

    def saved_now(self, *, is_confirmed: bool) -> None:
        """Something that waited is on disk."""
        raise NotImplementedError

    # settled

    def _settle(self, stuck: Sequence[Retried[Saved]]) -> None:
        """Ask about each edit that can never be saved as it is, one after the other; Esc lets the rest wait."""
        if not stuck:
            return
        first, rest = stuck[0], stuck[1:]
        pending = first.pending

        def done(is_settled: bool) -> None:
            if is_settled:
                self._drop([pending])
                self._settle(rest)

        if isinstance(first.problem, Conflict):
            self.conflict(first.problem, pending.command, chosen=done)
            return
        from canvas_tui.tui.dialogs.offer import stuck_screen

        offer = next((each for each in self.controller.offers() if each.pending.id == pending.id), None)
        if offer is not None:
            screen = stuck_screen(offer, str(first.problem))
            self.push_screen(screen, lambda choice: done(choice == "drop"))

    def _drop(self, edits: Sequence[Pending]) -> None:
        for each in edits:
            self.controller.drop(each.id)
        self.update_unsaved()
        self.changed()

    # offered

    def tell_lost(self) -> None:
        """Edits that were shown as saved are gone again: another program wrote without looking. Say which."""
        lost = self.controller.lost.take()
        if not lost:
            return
        from canvas_tui.session.unsaved_text import lost_text

        self.status.tell(lost_text([each.title for each in lost], self.key_of("retry-save")), "error")
        self.navigator.repaint()

    def offer_left(self) -> None:
        """What an earlier session could not save, as a diff: to be saved, dropped, or looked at later."""
        left = self._offers(self.controller.offered)
        if not left:
            return
        from canvas_tui.session.lost_edits import TAKEN_OUT
        from canvas_tui.tui.dialogs.offer import left_screen

        is_lost = all(each.pending.reason == TAKEN_OUT for each in left)
        self.push_screen(left_screen(left, is_lost=is_lost), self._answered)

    def _answered(self, choice: str | None) -> None:
        left = self.controller.offered
        if choice == "save":
            self.controller.accept()
            self._settle([each for each in self._retry() if each.is_conflict])
        elif choice == "drop":
            from canvas_tui.tui.dialogs.choice import confirm_screen

            def confirmed(answer: str | None) -> None:
                if answer is None:
                    self.offer_left()
                    return
                self._drop(left)
                self.shell.say(f"Dropped {counted(len(left), 'edit')}")

            sentence = "They were never saved, and will be gone for good."
            title = f"Drop {counted(len(left), 'edit')}"
            self.push_screen(confirm_screen(title, sentence, "drop for good"), confirmed)
        else:
            from canvas_tui.session.unsaved_text import left_text

            self.status.answer(left_text(len(left), self.key_of("retry-save")), "draft")
            self.navigator.repaint()

    def _offers(self, edits: Sequence[Pending]) -> list[Offer]:
        wanted = {each.id for each in edits}
        return [each for each in self.controller.offers() if each.pending.id in wanted] if wanted else []

    # left

    def leave(self) -> None:
        """Leave; with edits that wait, not before the person has seen what becomes of them."""
        if not self.controller.pending:
            self.exit()
            return
        from canvas_tui.tui.dialogs.offer import leaving_screen

        def answered(choice: str | None) -> None:
            if choice == "leave":
                self.exit()
            elif choice == "retry":
                self.save_again()
                if not self.controller.pending:
                    self.exit()

        waiting = self._offers(self.controller.pending)
        self.push_screen(leaving_screen(waiting, is_safe=self.controller.is_safe), answered)
