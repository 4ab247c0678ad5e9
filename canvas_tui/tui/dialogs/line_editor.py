"""The one-line editor: typed in where the text stands, no chrome of its own.

Owns the field and its cursor; what the text becomes is decided by whoever gets Submitted.
"""

from __future__ import annotations

from textual import events
from textual.message import Message

from canvas_tui.core.text import clean
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.lines import Painted
from canvas_tui.tui.views.field import field_line


class LineEditor(Painted):
    """An editor one line high. Enter submits, Esc cancels; both carry the text as it stands."""

    can_focus = True
    DEFAULT_CSS = "LineEditor { height: 1; }"

    class Submitted(Message):
        """Enter was pressed."""

        def __init__(self, editor: LineEditor, text: str) -> None:
            super().__init__()
            self.editor = editor
            self.text = text

    class Cancelled(Message):
        """Esc was pressed; the text is for the draft."""

        def __init__(self, editor: LineEditor, text: str) -> None:
            super().__init__()
            self.editor = editor
            self.text = text

    class Changed(Message):
        """The text is another one now: what the draft follows."""

        def __init__(self, editor: LineEditor, text: str) -> None:
            super().__init__()
            self.editor = editor
            self.text = text

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        style: str = "",
    ) -> None:
        super().__init__()
        self.original = text
        self.placeholder = placeholder
        self.line_style = style
        self._shown = clean(" ".join(text.split("\n")))  # how the text of a file may be shown, and edited
        self._buffer = Buffer.of(self._shown)
        self._start = 0

    @property
    def text(self) -> str:
        """The text as it stands; nothing of it changed, it is exactly what it was."""
        return self.original if self._buffer.text == self._shown else self._buffer.text

    @text.setter
    def text(self, text: str) -> None:
        self._set(Buffer.of(text))

    def on_mount(self) -> None:
        self._paint()

    def on_resize(self, event: events.Resize) -> None:
        self._paint()

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            message: Message = self.Submitted(self, self.text)
        elif event.key == "escape":
            message = self.Cancelled(self, self.text)
        else:
            changed = self._buffer.pressed(event.key, event.character)
            if changed is None:
                return
            event.stop()
            event.prevent_default()
            self._set(changed)
            return
        event.stop()
        event.prevent_default()
        self.post_message(message)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._set(self._buffer.typed(event.text))

    def _set(self, buffer: Buffer) -> None:
        is_other = buffer.text != self._buffer.text
        self._buffer = buffer
        self._paint()
        if is_other:
            self.post_message(self.Changed(self, self.text))

    def _paint(self) -> None:
        if self.size.width:
            line, self._start = field_line(
                self._buffer, self.size.width, self._start, self.placeholder, self.line_style
            )
            self.show([line])
