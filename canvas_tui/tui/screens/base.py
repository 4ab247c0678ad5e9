"""What every full screen has: a header line, a body, the keys that do something here, and the status line.

Owns the frame around the body and the way from a key to the deed behind it. A screen says what its header and body
are (Lines), where its cursor is, and what can be done on it. No screen paints by itself, and none knows the app.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from canvas_tui.core.text import wrap
from canvas_tui.core.workspace import Located
from canvas_tui.tui.input.actions import Action
from canvas_tui.tui.input.deeds import IDLE, Deed, Deeds, merged
from canvas_tui.tui.input.screen_keys import ScreenKeys
from canvas_tui.tui.paint.footer import keys_line, sequence_line, status_line, typing_line
from canvas_tui.tui.paint.line_widget import LinesView
from canvas_tui.tui.paint.style import Line, Marks
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.terminal.terminal_diff import SparseCompositor

if TYPE_CHECKING:
    from canvas_tui.tui.dialogs.frame import Spot

SMALLEST = (60, 20)  # columns and rows; below that a sentence says so
_NOTHING = {"back": "", "undo": "Nothing left to take back", "redo": "Nothing was taken back"}
HEAD, FOOT = 1, 2  # lines above and below the body


class OpenField(Protocol):
    """A field that is typed into where its text stands."""

    keys: tuple[tuple[str, str], ...]
    """The keys that do more than edit, and their words."""

    def press(self, event: events.Key) -> None:
        """A key that was pressed."""

    def paste(self, text: str) -> None:
        """A text that was pasted."""


class CanvasScreen(Screen[None]):
    """A screen of Lines. `screen_name` is one of those the actions name ("board", "tree", ...)."""

    screen_name: ClassVar[str] = ""
    takes_paste: ClassVar[bool] = False  # whether there is a field to paste into at any time
    AUTO_FOCUS = ""
    ALLOW_SELECT = False
    DEFAULT_CSS = "CanvasScreen { layers: base over; overflow: hidden; background: ansi_default; }"

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.session = shell.session
        self.tables: tuple[Deeds, ...] = ()  # what can be done here: its own, then that of what is attached to it
        self.deeds = shell.deeds
        self.view = LinesView(self._clicked, self.scrolled)
        self.view.is_ascii = shell.is_ascii
        self._keys = ScreenKeys(shell, self.screen_name, self.deed, self.run_action_by_id, self.repaint)
        self._painted_size: tuple[int, int] | None = None
        self._has_resumed = False
        self._compositor = SparseCompositor()

    def offer(self, own: Deeds, *attached: Deeds) -> None:
        """What can be done on this screen. Its own counts before what is attached, and that before the app's."""
        self.tables = (own, *attached)
        self.deeds = merged(own, *attached, self.shell.deeds)

    # what a screen is

    def header(self, columns: int) -> Line:
        """The line on top."""
        return ()

    def body(self, columns: int, rows: int) -> list[Line]:
        """The lines between header and footer; fewer than `rows` leave the rest empty, more are cut."""
        return []

    @property
    def selected(self) -> str | None:
        """The address under the cursor, or None."""
        return None

    @property
    def selected_item(self) -> Located | None:
        """The element under the cursor."""
        address = self.selected
        return self.session.workspace.find(address) if address else None

    @property
    def spot(self) -> Spot | None:
        """Where the element under the cursor is shown, as column and row of the window, and its columns and rows
        where they are known: dialogs leave it in sight."""
        return None

    def put_cursor(self, address: str) -> bool:
        """Put the cursor on this element; False where this screen does not show it."""
        return False

    def follow(self) -> None:
        """The workspace, the graph or the findings changed: find the cursor's element again. Painting comes after."""

    def clicked(self, x: int, y: int) -> None:
        """The mouse was pressed in the body, at these cells of it."""

    def scrolled(self, by: int) -> None:
        """The wheel was turned: -1 up, 1 down."""

    @property
    def open_field(self) -> OpenField | None:
        """The field of this screen that is open: it has the keys, and none of them is an action."""
        return None

    @property
    def is_typing(self) -> bool:
        """Whether a field of this screen is open."""
        return self.open_field is not None

    @property
    def legend(self) -> Sequence[tuple[str, str, str]]:
        """The marks that are shown here, for help: the sign, what it means in a word, and in a few."""
        return ()

    # what a screen can ask for

    @property
    def marks(self) -> Marks:
        """The signs of this session: Unicode or ASCII."""
        return self.shell.marks

    def refresh_all(self) -> None:
        """Called by the app when workspace, graph or findings changed."""
        self.follow()
        self.repaint()

    def repaint(self) -> None:
        """Make all lines anew; only the cells that changed are painted."""
        if not self.is_attached:
            return
        columns, rows = self.app.size
        if not columns:
            return
        self._painted_size = self.app.size
        if columns < SMALLEST[0] or rows < SMALLEST[1]:
            self.view.show(_too_small(columns, rows))
            return
        room = rows - HEAD - FOOT
        body = list(self.body(columns, room))[:room]
        body += [()] * (room - len(body))
        self.view.show([self.header(columns), *body, *self._footer(columns)])

    def actions_here(self, *, only_ranked: bool = False) -> Iterable[Action]:
        """The actions of this screen that do something here and now; with `only_ranked` those for the footer."""
        keys = self.shell.keys.keymap
        for action in keys.on(self.screen_name, read_only=self.session.is_read_only):
            if only_ranked and not action.rank:
                continue
            deed = self.deed(action.id)
            if deed.can():
                yield action if deed.label is None else action._replace(label=deed.label())

    def deed(self, action_id: str) -> Deed:
        """The code behind an action, as it is now."""
        return self.deeds.get(action_id, IDLE)

    def run_action_by_id(self, action_id: str) -> None:
        """Do an action, however it was chosen: by key, palette or click."""
        deed = self.deed(action_id)
        if refusal := deed.refused():
            self.shell.say(refusal, "error")
        elif deed.can():
            deed.do()
        elif deed.none is not None:
            deed.none()
        else:
            title = self.shell.keys.keymap.action(action_id).title
            self.shell.say(_NOTHING.get(action_id, f"{title}: nothing to do here"))

    # how it works

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.refresh_all()

    def on_resize(self, event: events.Resize) -> None:
        if self._painted_size != self.app.size:
            self.repaint()

    def on_screen_resume(self) -> None:
        if self._has_resumed:
            self.refresh_all()
        self._has_resumed = True  # the first resume comes right after mounting, which painted already

    def on_paste(self, event: events.Paste) -> None:
        """Put pasted text into the open field. Without one, say so: pasted letters are never taken for keys."""
        if (field := self.open_field) is not None:
            event.stop()
            field.paste(event.text)
        elif not self.takes_paste:
            self.shell.say("Nothing was pasted: open a field first")

    def on_key(self, event: events.Key) -> None:
        if (top := self.app.screen) is not self:
            (top.focused or top).post_message(event)  # typed ahead, for the screen or dialog that was just opened
            return
        if event.key == "ctrl+c":
            return  # the app's: quit
        event.stop()
        event.prevent_default()
        (self.open_field or self._keys).press(event)

    def _footer(self, columns: int) -> list[Line]:
        ascii_only = self.shell.is_ascii
        if (field := self.open_field) is not None:
            keys = typing_line(field.keys, columns)
        elif (first := self._keys.first_key) is not None:
            keys = sequence_line(first, columns, ascii_only=ascii_only)
        else:
            keys = keys_line(self.actions_here(only_ranked=True), columns, ascii_only=ascii_only)
        status = self.shell.status
        return [keys, status_line(status.message, status.style, status.right, columns, shorter=status.shorter)]

    def _clicked(self, x: int, y: int) -> None:
        if HEAD <= y < self.app.size.height - FOOT:
            self.clicked(x, y - HEAD)


def _too_small(columns: int, rows: int) -> list[Line]:
    says = (
        (f"This window is {columns} x {rows}.", "bar"),
        (f"The board needs {SMALLEST[0]} x {SMALLEST[1]}.", ""),
        ("q quits.", "dim"),
    )
    lines: list[Line] = [((line, style),) for words, style in says for line in wrap(words, columns)]
    return lines[:rows]
