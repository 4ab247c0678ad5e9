"""The board: a canvas on its model's own grid, the cursor on one entry, and the inspector that tells of it.

Owns the parts that make it: what is shown (`state`), where it stands (`picture`), moving, the field that is typed into,
editing, and what is done to elements and findings on every screen. How it looks is in the pure modules beside this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Offset

from canvas_tui.core.cutting import beginning
from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Located
from canvas_tui.tui.board.contents import FILTER_WORDS
from canvas_tui.tui.board.cursor import Cursor
from canvas_tui.tui.board.editing import BoardEditing
from canvas_tui.tui.board.facts import facts_of
from canvas_tui.tui.board.header import board_header
from canvas_tui.tui.board.inspector import Said, inspect
from canvas_tui.tui.board.moving import BoardMoving
from canvas_tui.tui.board.picture import Picture
from canvas_tui.tui.board.state import BoardState
from canvas_tui.tui.board.typing import BoardCalls, EntryField
from canvas_tui.tui.flows.element_actions import ElementActions, UnderCursor
from canvas_tui.tui.flows.finding_actions import Fixing, findings_by_element
from canvas_tui.tui.input.deeds import IDLE, Deed
from canvas_tui.tui.paint.style import Line
from canvas_tui.tui.screens.base import HEAD, CanvasScreen, OpenField
from canvas_tui.tui.shell import Shell

if TYPE_CHECKING:
    from canvas_tui.tui.dialogs.frame import Spot

_WITHOUT_CANVAS = frozenset({"next-canvas", "previous-canvas", "back"})
_BESIDE = 150  # from this many columns on the inspector stands beside the board


class BoardScreen(CanvasScreen):
    """Shows one canvas at a time. Each canvas keeps its cursor."""

    screen_name: ClassVar[str] = "board"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        calls = BoardCalls(self.follow, self.repaint, self.put_cursor, self._point_at)
        self.state = state = BoardState(shell)
        self.picture = Picture(state, shell.marks)
        self.field = EntryField(shell, state, self.picture, calls)
        self._moving = BoardMoving(shell, state, self.picture, self.repaint)
        elements = ElementActions(shell, UnderCursor(lambda: state.address, lambda: state.item))
        editing = BoardEditing(shell, state, self.field, elements, calls)
        fixing = Fixing(shell, lambda: findings_by_element(shell.session).get(state.address or "", ()))
        own = {
            "zoom": Deed(self._zoom, can=lambda: state.has_canvas),
            "filter": Deed(self._filter_next, can=lambda: state.has_canvas),
            "next-canvas": Deed(lambda: self._turn(1), can=lambda: len(state.canvases) > 1),
            "previous-canvas": Deed(lambda: self._turn(-1), can=lambda: len(state.canvases) > 1),
            "back": Deed(self._back, can=self._can_back),
        }
        self.offer(own, self._moving.deeds, editing.deeds, elements.deeds, fixing.deeds)

    def deed(self, action_id: str) -> Deed:
        """The code behind an action. Without a canvas, the actions of the board that need one do nothing."""
        if not self.state.has_canvas and action_id not in _WITHOUT_CANVAS:  # nothing to move in or to edit
            return self.shell.deeds.get(action_id, IDLE)
        return super().deed(action_id)

    # what is shown

    def header(self, columns: int) -> Line:
        """The line on top, `columns` wide: names and figures; empty without a canvas."""
        state = self.state
        if not state.has_canvas:
            return ()
        name, read_only = self.session.workspace.name, self.session.is_read_only
        return board_header(name, state.contents, state.figures, columns, self.marks, is_read_only=read_only)

    def body(self, columns: int, rows: int) -> list[Line]:
        """The board, and the inspector beside it or, in a narrower window, below it."""
        if not self.state.has_canvas:
            return self._nothing_to_show()
        beside = min(60, columns * 3 // 10) if columns >= _BESIDE else 0
        below = 0 if beside else max(4, min(12, (rows + 1) // 4))
        shown = self.field.with_typed(self.state.contents)
        board = self.field.with_field(self.picture.lines(shown, columns - beside, rows - below))
        facts = self._inspector(beside or columns, rows if beside else below)
        if not beside:
            return [*board, *facts]
        facts += [()] * (rows - len(facts))
        return [(*line, *facts[y]) for y, line in enumerate(board)]

    def _nothing_to_show(self) -> list[Line]:
        canvas = self.state.canvas_without_cells
        if canvas is None:
            return [
                (),
                (("  No canvas in this workspace yet. ", ""), ("go", "key"), (" the overview starts one.", "dim")),
            ]
        title, model = clean(beginning(canvas.title)), clean(beginning(canvas.model))
        words = f"  {title} has no cells: nobody knows the model “{model}”."
        return [(), ((words, ""),), (("  ", ""), ("v", "key"), (" shows the next canvas.", "dim"))]

    def _inspector(self, columns: int, rows: int) -> list[Line]:
        session, item = self.session, self.selected_item
        if self.field.is_adding:  # what belongs in the cell, while it is being written
            item = session.workspace.find(self.state.contents.cells[self.cursor.cell].address)
        if item is None:
            return []
        graph, report = session.known_graph, session.known_report
        report = None if self.field.is_adding else report  # a cell that is just being filled need not be called empty
        facts = facts_of(session.workspace, item, graph, report, self.marks)
        if item.address in session.unsaved:
            again = f"{self.shell.key_of('retry-save')} saves it again."
            said = Said(self.marks.unsaved, "draft", f"Not saved yet: {session.why_unsaved}.", again)
            facts = facts._replace(findings=(said, *facts.findings))
        return inspect(facts, columns, rows, self.marks)

    @property
    def legend(self) -> Sequence[tuple[str, str, str]]:
        """The marks of the board, for help."""
        from canvas_tui.tui.help.view import legend_of_boards

        return legend_of_boards(self.marks)

    def repaint(self) -> None:
        """Paint the board, and tell other sessions where the cursor is. While an edit is being saved, do nothing."""
        if self.field.is_saving:
            return
        super().repaint()
        if self.state.has_canvas:
            self.shell.tell_place(self.selected or "", self.field.is_open)

    # the cursor

    @property
    def selected(self) -> str | None:
        """The address under the cursor, or None."""
        return self.state.address

    @property
    def selected_item(self) -> Located | None:
        """The element under the cursor, or None."""
        return self.state.item

    @property
    def cursor(self) -> Cursor:
        """The cursor on the canvas that is shown."""
        return self.state.cursor

    @property
    def spot(self) -> Spot | None:
        """Where the element under the cursor is in the window. Dialogs do not cover it."""
        spot = self.picture.spot if self.state.has_canvas else None
        return (spot.x, spot.y + HEAD, spot.width, spot.height) if spot is not None else None

    def put_cursor(self, address: str) -> bool:
        """Show the canvas of this element, with the cursor on it. A filter that hides it is taken off.

        False where no board shows it.
        """
        item, state = self.session.workspace.find(address), self.state
        if item is None or not state.turn_to(item):
            return False
        self.follow()
        is_there = state.put_cursor(item.address)
        if not is_there and state.filter != "all":
            state.filter = "all"
            self.follow()
            is_there = state.put_cursor(item.address)
        return is_there

    def follow(self) -> None:
        """Show the workspace as it is now: find the canvas, the open field and the cursor again."""
        if not self.state.follow(is_typing=self.field.is_open):
            return
        self.field.look()
        if not self.field.is_adding:
            self.state.find_cursor()

    def clicked(self, x: int, y: int) -> None:
        """Move the cursor to what was clicked, unless a field is open."""
        if not self.field.is_open and self.state.has_canvas:
            self._moving.clicked(x, y)

    def scrolled(self, by: int) -> None:
        """The wheel was turned: -1 up, 1 down. Does nothing while a field is open."""
        if not self.field.is_open and self.state.has_canvas:
            self._moving.scrolled(by)

    # the field

    @property
    def open_field(self) -> OpenField | None:
        """The field that is being typed into, or None."""
        return self.field if self.field.is_open else None

    def _point_at(self, place: Offset) -> None:
        self.app.cursor_position = place

    # actions: what is shown

    def _zoom(self) -> None:
        self.picture.is_zoomed = not self.picture.is_zoomed
        self.repaint()

    def _filter_next(self) -> None:
        self.state.filter_next()
        words, key = FILTER_WORDS[self.state.filter], self.shell.key_of("filter")
        self.shell.status.say("" if self.state.filter == "all" else f"Shown: {words} · {key} for more")
        self.refresh_all()

    def _turn(self, by: int) -> None:
        self.state.turn(by)
        self.refresh_all()

    def _can_back(self) -> bool:
        return self.picture.is_zoomed or self.state.filter != "all" or self.shell.deeds["back"].can()

    def _back(self) -> None:
        if self.picture.is_zoomed:
            self._zoom()
        elif self.state.filter != "all":
            self.state.filter = "all"
            self.shell.status.say("")
            self.refresh_all()
        else:
            self.shell.deeds["back"].do()
