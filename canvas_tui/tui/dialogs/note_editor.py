"""The note editor: several lines, saved by F2, left by Esc with the text kept as a draft.

Owns the field; what becomes of the text is decided by whoever opened it.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import TextArea

from canvas_tui.core.text import clean, clean_input
from canvas_tui.tui.dialogs.frame import Place, Spot, passes_on, place_for, spot_of
from canvas_tui.tui.lines import Painted
from canvas_tui.tui.look import UNICODE, Line, Marks
from canvas_tui.tui.views.parts import keys_line, rule_line

_KEYS = (("F2", "save"), ("esc", "close, kept as a draft"), ("enter", "new line"), ("ctrl+z", "take back typing"))

LEAVING = ("escape", "f2", "ctrl+s", "ctrl+c")


class NoteArea(TextArea):
    """A plain text area: pasted text is cleaned, Tab leaves nothing behind but spaces, no highlighting."""

    DEFAULT_CSS = """
    NoteArea { border: none; padding: 0 1; background: ansi_default; position: absolute; }
    NoteArea:focus { border: none; }
    NoteArea .text-area--cursor-line { background: ansi_default; }
    """

    async def _on_key(self, event: events.Key) -> None:
        """The keys that leave are the screen's; the text area would take Esc for itself."""
        if event.key in LEAVING and isinstance(self.screen, NoteEditor):
            event.stop()
            event.prevent_default()
            if self.screen.is_current:
                self.screen.leave(event.key)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        start, end = self.selection
        self.replace(clean_input(event.text, multiline=True), start, end, maintain_selection_offset=False)


class NoteEditor(ModalScreen[str | None]):
    """Write `text`. Gives the text when saved, None when left; `on_draft` is told every change."""

    DEFAULT_CSS = """
    NoteEditor { background: transparent; }
    NoteEditor > Painted { position: absolute; background: ansi_default; }
    """

    def __init__(
        self,
        text: str,
        title: str,
        *,
        was: str | None = None,
        marks: Marks = UNICODE,
        spot: Spot | None = None,
        on_draft: Callable[[str], None] | None = None,
    ) -> None:
        """`text` may be a draft; `was` is what the file says, where that is another text."""
        super().__init__()
        self.note_title = title
        self.marks = marks
        self.spot = spot
        self.on_draft = on_draft
        self._is_draft = was is not None and was != text
        self.meanwhile: Callable[[], str] = str  # what became of the text while it is written, in a few words
        self._head = Painted()
        self._foot = Painted()
        self._side = Painted()
        self._text, self._shown = text, clean(text, multiline=True)
        self.area = NoteArea(
            self._shown, soft_wrap=True, show_line_numbers=False, tab_behavior="indent", highlight_cursor_line=False
        )
        self.area.cursor_blink = False

    def compose(self) -> ComposeResult:
        self.spot = spot_of(self.app) or self.spot
        self._arrange(*self.app.size)
        yield self._head
        yield self._side
        yield self.area
        yield self._foot

    def on_mount(self) -> None:
        self.area.focus()
        self.area.move_cursor(self.area.document.end)

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size.width, event.size.height)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        if self.on_draft is not None:
            self.on_draft(self.area.text)

    def on_key(self, event: events.Key) -> None:
        """The keys that leave; and letters typed before the area had the focus."""
        if passes_on(self, event):
            return
        if event.key in LEAVING:
            event.stop()
            event.prevent_default()
            self.leave(event.key)
        elif self.focused is None:
            event.stop()
            self.area.post_message(event)

    def workspace_changed(self) -> None:
        """The files changed: the head says so where this text is another one now. What is typed stays."""
        self._head.show([self._title(self._head.size.width or self.app.size.width)])

    def leave(self, key: str) -> None:
        """Close: with the text for F2 and ctrl+s, without for the others."""
        if key not in ("f2", "ctrl+s"):
            self.dismiss(None)
        elif self.area.text == self._shown:
            self.dismiss(self._text)  # as the file has it, whatever is in it
        else:
            self.dismiss(clean_input(self.area.text, multiline=True))

    def _arrange(self, columns: int, rows: int) -> None:
        place = place_for(columns, rows, self.spot, wanted=14)
        edge = 1 if place.side else 0
        left = edge if place.side == "left" else 0
        Place(place.x + left, place.y, place.inner, 1).put(self._head)
        Place(place.x + left, place.y + 1, place.inner, max(1, place.height - 2)).put(self.area)
        Place(place.x + left, place.y + place.height - 1, place.inner, 1).put(self._foot)
        self._side.display = bool(edge)
        if edge:
            x = place.x if place.side == "left" else place.x + place.width - 1
            Place(x, place.y, 1, place.height).put(self._side)
            self._side.show([((self.marks.box[1], "border-here"),)] * place.height)
        self._head.show([self._title(place.inner)])
        self._foot.show([keys_line(_KEYS, place.inner)])

    def _title(self, columns: int) -> Line:
        note = self.meanwhile() or ("draft, not saved" if self._is_draft else "")
        return rule_line(self.note_title, columns, self.marks, note)
