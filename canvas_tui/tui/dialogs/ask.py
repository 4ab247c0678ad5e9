"""One line asked for: a title, a reason, a date. Enter answers, Esc does not."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from canvas_tui.core.text import clip
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.dialogs.dialog import PaintedDialog
from canvas_tui.tui.dialogs.frame import Place
from canvas_tui.tui.paint.field import field_line
from canvas_tui.tui.paint.parts import keys_line, rule_line
from canvas_tui.tui.paint.style import Line


class AskScreen(PaintedDialog[str | None]):
    """Ask for one line. `check` gives a complaint about what is typed, "" where it is fine; `hint` stands below.

    `on_draft` is called with the text at every change, so that Esc loses nothing.
    """

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        placeholder: str = "",
        enter: str = "done",
        hint: str = "",
        check: Callable[[str], str] | None = None,
        on_draft: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(self.place, self.lines, self.press)
        self.question = title
        self.buffer = Buffer.of(text)
        self.placeholder = placeholder
        self.enter = enter
        self.hint = hint
        self.check = check
        self.on_draft = on_draft
        self._complaint = ""
        self._start = 0

    def press(self, event: events.Key) -> None:
        """Handle one key: close, check and answer, or edit the line."""
        if event.key in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif event.key == "enter":
            text = self.buffer.text.strip()
            self._complaint = self.check(text) if self.check is not None else ""
            if self._complaint:
                self._paint()
            else:
                self.dismiss(text)
        elif (changed := self.buffer.pressed(event.key, event.character)) is not None:
            self._set(changed)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._set(self.buffer.typed(event.text))

    def _set(self, buffer: Buffer) -> None:
        self.buffer = buffer
        self._complaint = ""
        if self.on_draft is not None:
            self.on_draft(buffer.text)
        self._paint()

    def place(self, columns: int, rows: int) -> Place:
        """Four lines at the foot of the window, or at its head where the spot is low."""
        low = self.spot is None or self.spot[1] < rows - 5
        return Place(0, rows - 4 if low else 0, columns, 4)

    def lines(self, columns: int) -> list[Line]:
        """The question, the field, what is wrong or worth knowing, the keys."""
        field, self._start = field_line(self.buffer, columns - 3, self._start, self.placeholder)
        below = (self._complaint, "error") if self._complaint else (self.hint, "dim")
        complaint: Line = ((" ", ""), (clip(below[0], columns - 2), below[1]))
        keys = keys_line([("enter", self.enter), ("esc", "close")], columns)
        head: Line = ((f" {self.marks.why} ", "accent"), *field)
        return [rule_line(self.question, columns, self.marks), head, complaint, keys]
