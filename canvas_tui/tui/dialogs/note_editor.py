"""The note editor: several lines, saved by F2, left by Esc with the text kept as a draft.

Owns the field; what becomes of the text is decided by whoever opened it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import TextArea

from canvas_tui.core.text import clean, clean_input
from canvas_tui.tui.dialogs.frame import Place, Spot, passes_on, place_for
from canvas_tui.tui.paint.line_widget import Painted
from canvas_tui.tui.paint.parts import keys_line, rule_line
from canvas_tui.tui.paint.style import ASCII, UNICODE, Line, Marks

_KEYS = (("F2", "save"), ("esc", "close, kept as a draft"), ("enter", "new line"), ("ctrl+z", "take back typing"))

LEAVING = ("escape", "f2", "ctrl+s", "ctrl+c")


class NoteArea(TextArea):
    """A plain text area: pasted text is cleaned, Tab leaves nothing behind but spaces, no highlighting."""

    DEFAULT_CSS = """
    NoteArea { border: none; padding: 0 1; background: ansi_default; position: absolute; }
    NoteArea:focus { border: none; }
    NoteArea .text-area--cursor-line { background: ansi_default; }
    """

    editor: NoteEditor | None = None

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)  # must come before the first key, even one that was typed early

    def post_message(self, message: Message) -> bool:
        """A key pressed after leaving belongs to the screen below."""
        if isinstance(message, events.Key) and self.editor is not None and self.editor.is_left:
            return self.editor.pass_on(message)
        return super().post_message(message)

    async def _on_key(self, event: events.Key) -> None:
        """Keys that leave go to the screen, since the text area would use Esc itself."""
        editor = self.editor
        if editor is None:
            return
        is_early = any(event is each for each in editor.early)
        editor.seen.append(event)
        if event.key in LEAVING or editor.is_left:
            event.stop()
            event.prevent_default()
            if editor.is_left:
                editor.pass_on(event)
            else:
                editor.leave(event.key)
        elif is_early:  # the app looked up bindings before the area had the focus, so do it here
            for binding in self._bindings.key_to_bindings.get(event.key, ()):
                await self.run_action(binding.action)

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
        on_draft: Callable[[str], object] | None = None,
    ) -> None:
        """`text` may be a draft; `was` is what the file says, where that is another text."""
        super().__init__()
        self.note_title = title
        self._spot_now: Callable[[], Spot | None] = lambda: None
        self.marks: Marks = UNICODE
        self.spot: Spot | None = None
        self.on_draft = on_draft
        self._is_draft = was is not None and was != text
        self.meanwhile: Callable[[], str] = str  # what others changed meanwhile, in a few words
        self._head = Painted()
        self._foot = Painted()
        self._side = Painted()
        self._text, self._shown = text, clean(text, multiline=True)
        self.area = NoteArea(
            self._shown, soft_wrap=True, show_line_numbers=False, tab_behavior="indent", highlight_cursor_line=False
        )
        self.area.cursor_blink = False
        self.area.editor = self
        self.is_left = False
        self.held: list[events.Key] = []  # keys pressed after leaving, before the screen below is there again
        self.seen: deque[events.Key] = deque(maxlen=64)  # keys that the area has had already
        self.early: deque[events.Key] = deque(maxlen=64)  # keys that came before it had the focus

    def post_message(self, message: Message) -> bool:
        """Every key goes to the area first, and in its turn: one typed before the area has the focus comes here."""
        if isinstance(message, events.Key) and not any(message is each for each in self.seen):
            self.early.append(message)
            return self.area.post_message(message)
        return super().post_message(message)

    def stand_on(self, marks: Marks, spot: Callable[[], Spot | None]) -> None:
        """The signs of the session, and where the screen below has its cursor when this is painted first."""
        self.marks, self._spot_now = marks, spot
        for pane in (self._head, self._foot, self._side):
            pane.is_ascii = marks is ASCII

    def pass_on(self, event: events.Key) -> bool:
        """Give a key pressed after leaving to the screen below, as soon as that is on top."""
        fresh = events.Key(event.key, event.character)  # a copy, since this event may be marked as handled
        if not passes_on(self, fresh):
            self.held.append(fresh)
        return True

    def compose(self) -> ComposeResult:
        self.spot = self._spot_now()
        self._arrange(*self.app.size)
        yield self._head
        yield self._side
        yield self.area
        yield self._foot

    def on_mount(self) -> None:
        self.set_focus(self.area)

    def on_unmount(self) -> None:
        for event in self.held:
            passes_on(self, event)

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size.width, event.size.height)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        if self.on_draft is not None and not self.is_left:  # once left, it may be saved
            self.on_draft(self.area.text)

    def workspace_changed(self) -> None:
        """The files changed: the head says so where this text is another one now. What is typed stays."""
        self._head.show([self._title(self._head.size.width or self.app.size.width)])

    def leave(self, key: str) -> None:
        """Close: with the text for F2 and ctrl+s, without for the others."""
        self.is_left = True
        if self.on_draft is not None and self.area.text != self._shown:
            self.on_draft(self.area.text)
        if key not in ("f2", "ctrl+s"):
            self.dismiss(None)
        elif self.area.text == self._shown:
            self.dismiss(self._text)  # exactly as in the file, even characters that are shown in another way
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
