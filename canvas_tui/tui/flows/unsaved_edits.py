"""Edits that could not be saved: shown in the status, tried again, and offered at the next start.

Owns the questions about them, and when they are tried again. Where they are kept is storage's, and the words for them
are in `session.unsaved_text`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from canvas_tui.core.places import Conflict
from canvas_tui.core.text import counted
from canvas_tui.session.drafts import gone_keys
from canvas_tui.session.error_text import LOCKED
from canvas_tui.tui.input.deeds import Deed, Deeds

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.session.outcome import Saved
    from canvas_tui.session.saving import Offer, Pending, Retried
    from canvas_tui.tui.flows.analysis_refresh import Stoppable
    from canvas_tui.tui.shell import Shell

RETRY_SECONDS = 20.0  # between two automatic tries
LOCKED_SECONDS = 1.0  # the same for a locked file: locks are short, and a try is cheap


class FailedEdit(NamedTuple):
    """An edit that is not even queued, since nothing of it could be kept; its title, and the key of its draft."""

    command: Command
    title: str
    draft: str


class UnsavedEdits:
    """Keeps every edit until it is saved or the person gives it up.

    `is_free` says whether nobody answers or types just now, `every` calls something again and again, `changed` is
    called when the workspace is another one, `follow` looks at the files, `show_draft` goes on with a draft, and
    `leave` ends the app.
    """

    def __init__(
        self,
        shell: Shell,
        *,
        is_free: Callable[[], bool],
        every: Callable[[float, Callable[[], object]], Stoppable],
        changed: Callable[[], object],
        follow: Callable[[], object],
        show_draft: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        self._shell, self._session, self._status = shell, shell.session, shell.status
        self._is_free, self._every, self._changed, self._follow = is_free, every, changed, follow
        self._show_draft, self._leave = show_draft, leave
        self.failed: FailedEdit | None = None
        self._timer: Stoppable | None = None
        self.retry_seconds: float | None = None  # between two automatic tries; None where nothing is tried

    @property
    def deeds(self) -> Deeds:
        """What can be done about unsaved edits, and leaving."""
        return {
            "retry-save": Deed(self.save_again, can=self._can_save_again, label=self._save_again_label),
            "quit": Deed(self.leave),
        }

    # told

    def update(self) -> None:
        """Make the status say what is unsaved, or nothing if all is saved; try again by itself while something is."""
        from canvas_tui.session.unsaved_text import unsaved_text

        session, before = self._session, self._status.unsaved
        count, key = len(session.pending), self._shell.key_of("retry-save")
        self._status.unsaved = unsaved_text(count, session.why_unsaved, key, is_safe=session.is_safe)
        every = (LOCKED_SECONDS if session.why_unsaved == LOCKED else RETRY_SECONDS) if count else None
        if before and self._status.message == before:
            self._status.say(self._status.unsaved, "error" if self._status.unsaved else "")
        self._retry_every(every)

    def saved(self, *, is_confirmed: bool) -> None:
        """Something is on disk now; `is_confirmed` where the disk said so itself."""
        self._status.saved_at = datetime.now().time()
        self._status.is_confirmed = is_confirmed
        if not self._session.pending:
            self._shell.shelf.all_saved()

    def _retry_every(self, seconds: float | None) -> None:
        if seconds == self.retry_seconds:
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._every(seconds, self.retry_quietly) if seconds is not None else None
        self.retry_seconds = seconds

    # tried again

    @property
    def _is_any(self) -> bool:
        return bool(self._session.pending or self._session.offered or self.failed)

    def _can_save_again(self) -> bool:
        return self._is_any or len(self._shell.shelf) > 0

    def _save_again_label(self) -> str:
        """What the key does just now, in the footer: where all is saved, it shows a draft."""
        if self._is_any:
            return "save again"
        shelf = self._shell.shelf
        return "draft" if len(gone_keys(self._session.workspace, shelf) or shelf.keys) == 1 else "drafts"

    def save_again(self) -> None:
        """Try again what could not be saved; what can no longer be saved as it is, is asked about.

        Where all is saved, a draft is shown.
        """
        if self._session.offered:
            self.offer_left()
        elif self._session.pending:
            results = self._retry()
            self._settle([each for each in results if each.is_conflict])
        elif (failed := self.failed) is not None:
            self._shell.edit(failed.command, failed.title, draft=failed.draft)
        else:
            self._show_draft()

    def retry_quietly(self) -> None:
        """Try again by itself. Says nothing unless something was saved, and does not disturb typing."""
        if self._session.pending and self._is_free():
            self._retry(is_quiet=True)

    def _retry(self, *, is_quiet: bool = False) -> Sequence[Retried[Saved]]:
        results = self._session.retry(is_quiet=is_quiet)
        saved = [each for each in results if each.is_saved]
        self.update()
        if saved:
            from canvas_tui.session.unsaved_text import saved_text

            self.saved(is_confirmed=all(each.done.is_confirmed for each in saved if each.done is not None))
            told = saved_text([each.pending.title for each in saved], self._status.unsaved)
            say = self._status.tell if is_quiet else self._status.say
            say(told, "error" if self._status.unsaved else "good")
        elif not is_quiet:
            self._status.say(self._status.unsaved, "error")
        if saved:
            self._changed()
        else:
            self._shell.repaint()
        return results

    # settled

    def _settle(self, stuck: Sequence[Retried[Saved]]) -> None:
        """Ask about each edit that can never be saved as it is, one after the other; with Esc the rest stays queued."""
        if not stuck:
            return
        first, rest = stuck[0], stuck[1:]
        pending = first.pending

        def done(is_settled: bool) -> None:
            if is_settled:
                self._drop([pending])
                self._settle(rest)

        if isinstance(first.problem, Conflict):
            from canvas_tui.tui.flows.conflict_flow import ask_about

            ask_about(self._shell, first.problem, pending.command, follow=self._follow, chosen=done)
            return
        from canvas_tui.tui.dialogs.offer import stuck_screen

        offer = next((each for each in self._session.offers() if each.pending.id == pending.id), None)
        if offer is not None:
            screen = stuck_screen(offer, str(first.problem))
            self._shell.ask(screen, lambda choice: done(choice == "drop"))

    def _drop(self, edits: Sequence[Pending]) -> None:
        for each in edits:
            self._session.drop(each.id)
        self.update()
        self._changed()

    # offered

    def offer_left(self) -> None:
        """What an earlier session could not save, as a diff: to be saved, dropped, or looked at later."""
        left = self._offers(self._session.offered)
        if not left:
            return
        from canvas_tui.session.lost_edits import TAKEN_OUT
        from canvas_tui.tui.dialogs.offer import left_screen

        is_lost = all(each.pending.reason == TAKEN_OUT for each in left)
        self._shell.ask(left_screen(left, is_lost=is_lost), self._answered)

    def _answered(self, choice: str | None) -> None:
        left = self._session.offered
        if choice == "save":
            self._session.accept()
            self._settle([each for each in self._retry() if each.is_conflict])
        elif choice == "drop":
            from canvas_tui.tui.dialogs.choice import confirm_screen

            def confirmed(answer: str | None) -> None:
                if answer is None:
                    self.offer_left()
                    return
                self._drop(left)
                self._shell.say(f"Dropped {counted(len(left), 'edit')}")

            sentence = "They were never saved, and will be gone for good."
            title = f"Drop {counted(len(left), 'edit')}"
            self._shell.ask(confirm_screen(title, sentence, "drop for good"), confirmed)
        else:
            from canvas_tui.session.unsaved_text import left_text

            self._status.answer(left_text(len(left), self._shell.key_of("retry-save")), "draft")
            self._shell.repaint()

    def _offers(self, edits: Sequence[Pending]) -> list[Offer]:
        wanted = {each.id for each in edits}
        return [each for each in self._session.offers() if each.pending.id in wanted] if wanted else []

    # left

    def leave(self) -> None:
        """Leave. With unsaved edits, first show what will happen to them."""
        if not self._session.pending:
            self._leave()
            return
        from canvas_tui.tui.dialogs.offer import leaving_screen

        def answered(choice: str | None) -> None:
            if choice == "leave":
                self._leave()
            elif choice == "retry":
                self.save_again()
                if not self._session.pending:
                    self._leave()

        unsaved = self._offers(self._session.pending)
        self._shell.ask(leaving_screen(unsaved, is_safe=self._session.is_safe), answered)
