"""From an action to an edit: carries it out, takes it back, does it again, and tells what became of it.

Owns the messages about edits. The session owns the workspace and its history; no file is touched here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas_tui.session.error_text import sentence_of, words_of
from canvas_tui.session.outcome import Outcome, Queued, Refused, Saved, touched
from canvas_tui.tui.flows.disk_changes import tell_lost
from canvas_tui.tui.flows.unsaved_edits import FailedEdit

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.core.places import Conflict
    from canvas_tui.tui.flows.unsaved_edits import UnsavedEdits
    from canvas_tui.tui.shell import Shell


class Edits:
    """Carries out edits for whoever asks by the shell.

    `selected` is the address under the cursor, or "". `changed` is called when the workspace is another one, and
    `follow` looks at the files. `with_draft` adds to a sentence that the text of a draft is kept.
    """

    def __init__(
        self,
        shell: Shell,
        unsaved: UnsavedEdits,
        *,
        selected: Callable[[], str],
        changed: Callable[[], object],
        follow: Callable[[], object],
        with_draft: Callable[[str, str], str],
    ) -> None:
        self._shell, self._session, self._status, self._unsaved = shell, shell.session, shell.status, unsaved
        self._selected, self._changed, self._follow, self._with_draft = selected, changed, follow, with_draft

    def carry_out(self, command: Command, title: str, *, draft: str = "") -> str | None:
        """Carry out an edit; the address it made or changed, or None where it could not be done, which is told.

        `draft` is the key of the draft that the edit came from: it goes once the edit is on disk, now or on a retry.
        """
        self._unsaved.failed = None
        outcome = self._session.do(command, title, self._selected())
        if isinstance(outcome, Refused):
            self._tell_refused(outcome, command, title, draft)
            return None
        self._tell_made(outcome, f"{title} · {self._shell.key_of('undo')} undo")
        if draft:
            is_safe = isinstance(outcome, Saved) or self._session.is_safe
            self._shell.shelf.edit_made(draft, is_safe=is_safe)
        return outcome.applied.made

    def undo(self) -> None:
        """Take the last edit back, and put the cursor where the person stood when it was made."""
        if (step := self._session.history.next_undo) is None:
            self._shell.say("Nothing to undo")
            return
        again = f" · {self._shell.key_of('redo')} redo"
        made = self._tell_step(self._session.undo(), f"Undone: {step.title}{again}")
        self._shell.show(step.began if made and self._session.workspace.find(step.began) is not None else made)

    def redo(self) -> None:
        """Do the last edit again that was taken back, and put the cursor on what it made."""
        if (step := self._session.history.next_redo) is None:
            self._shell.say("Nothing to redo")
            return
        again = f" · {self._shell.key_of('undo')} undo"
        self._shell.show(self._tell_step(self._session.redo(), f"Redone: {step.title}{again}"))

    def _tell_step(self, outcome: Outcome | None, message: str) -> str:
        """Say what became of an undo or redo; the address to look at, "" where nothing was changed."""
        if isinstance(outcome, Refused):
            self._tell_refused(outcome)
        if outcome is None or isinstance(outcome, Refused):
            return ""
        self._tell_made(outcome, message)
        return touched(outcome.applied)

    def _tell_refused(self, outcome: Refused, command: Command | None = None, title: str = "", draft: str = "") -> None:
        if outcome.conflict is not None:
            self._ask_about(outcome.conflict, command, draft)
        elif outcome.can_try_again:
            if command is not None:
                self._unsaved.failed = FailedEdit(command, title, draft)
            self._unsaved.update()
            again = f" · {self._shell.key_of('retry-save')} tries again" if command is not None else ""
            self._shell.say(f"Not saved: {words_of(outcome.problem)}{again}", "error")
        else:
            self._shell.say(self._with_draft(sentence_of(outcome.problem), draft), "error")

    def _ask_about(self, conflict: Conflict, command: Command | None, draft: str) -> None:
        from canvas_tui.tui.flows.conflict_flow import ask_about

        ask_about(self._shell, conflict, command, follow=self._follow, draft=draft)

    def _tell_made(self, outcome: Saved | Queued, message: str) -> None:
        """Say whether an edit is on disk or queued, before anything else."""
        self._unsaved.update()
        if isinstance(outcome, Queued):
            self._status.say(self._status.unsaved, "error")
        else:
            self._unsaved.saved(is_confirmed=outcome.is_confirmed)
            self._status.say(message + (" · beside somebody else's change" if outcome.was_merged else ""))
        tell_lost(self._shell)
        self._changed()
