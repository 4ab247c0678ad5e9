"""The form dialog: all fields of an element, or of a new goal or initiative, saved as one step.

Owns the keys and its place on the window; the fields, their checks and the command are in `form_state.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events

from canvas_tui.core.commands import Command
from canvas_tui.core.places import EditError
from canvas_tui.tui.dialogs.dialog import PaintedDialog
from canvas_tui.tui.dialogs.form_state import FormState
from canvas_tui.tui.dialogs.form_view import form_lines
from canvas_tui.tui.dialogs.frame import Place, place_for
from canvas_tui.tui.paint.style import Line


@dataclass(frozen=True, slots=True)
class FormDone:
    """The form was saved: the one command to carry out."""

    command: Command


class FormScreen(PaintedDialog[FormDone | None]):
    """Fill in the fields of `state`. Gives None when closed by Esc, or when nothing changed.

    `on_draft` is told field name -> text of what is typed and not saved, with every change: it is a
    draft until the edit is on disk.
    """

    def __init__(
        self,
        state: FormState,
        title: str,
        *,
        on_draft: Callable[[dict[str, str]], None] | None = None,
        message: str = "",
    ) -> None:
        super().__init__(self.place, self.lines, self.press)
        self.state = state
        self.form_title = title
        self.on_draft = on_draft
        again = "what you typed last time is here again - enter saves it" if self._has_draft() else ""
        self._message = message or again
        self.meanwhile: Callable[[], str] = str  # what others changed meanwhile, in a few words

    def press(self, event: events.Key) -> None:
        """Handle one key: close, save, or edit the form."""
        if event.key in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif event.key in ("enter", "f2", "ctrl+s"):
            self._save()
        elif self.state.press(event.key, event.character):
            self._changed()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.state.paste(event.text)
        self._changed()

    def _has_draft(self) -> bool:
        """Whether the form opened with typed text that is not saved yet."""
        state = self.state
        return any(name not in state.preset for name in state.draft)

    def _changed(self) -> None:
        self._message = ""
        if self.on_draft is not None:
            self.on_draft(self.state.draft)
        self._paint()

    def workspace_changed(self) -> None:
        """The files changed: say so if somebody else changed a field of this form."""
        if told := self.meanwhile():
            self._message = told
            self._paint()

    def _save(self) -> None:
        self.state.touch_all()
        wrong = self.state.first_complaint
        if wrong is not None:
            self.state.cursor = wrong
            self._message = ""
            self._paint()
            return
        try:
            command = self.state.command()
        except EditError as error:
            self._message = str(error)
            self._paint()
            return
        self.dismiss(None if command is None else FormDone(command))

    def place(self, columns: int, rows: int) -> Place:
        """As high as its fields."""
        return place_for(columns, rows, self.spot, wanted=len(self.state.fields) + 3, wide=76)

    def lines(self, columns: int) -> list[Line]:
        """The fields, and what is wrong with them."""
        height = self._place.height
        return form_lines(self.state, columns, height, self.marks, title=self.form_title, message=self._message)
