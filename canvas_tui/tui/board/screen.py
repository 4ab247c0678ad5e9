"""The board: a canvas on its model's own grid, the cursor on one entry, and the inspector that tells of it.

Owns the state of the view: canvas, cursor, filter, zoom, what is scrolled where. Moving about is in `moving`, editing
in `editing`, what all screens share in `element_actions`; how it looks is in the pure modules beside this one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from canvas_tui.core.cutting import beginning
from canvas_tui.core.elements import Canvas
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Document, Located, Workspace
from canvas_tui.session.session import Session
from canvas_tui.tui.board.cell import lines_needed
from canvas_tui.tui.board.contents import FILTER_WORDS, FILTERS, Contents, Filter, Signs, contents_of
from canvas_tui.tui.board.cursor import (
    Cursor,
    cursor_at,
    first_cursor,
    found_again,
)
from canvas_tui.tui.board.facts import facts_of
from canvas_tui.tui.board.first import first_canvas
from canvas_tui.tui.board.header import board_header
from canvas_tui.tui.board.inspector import Said, inspect
from canvas_tui.tui.board.layout import Grid, arrange, top_cell, widens, zoomed
from canvas_tui.tui.board.moving import BoardMoving
from canvas_tui.tui.board.paint import Painting, paint_board
from canvas_tui.tui.board.signs import Figures, Known, figures_of, known_of, signs_in
from canvas_tui.tui.look import Line

_WITHOUT_CANVAS = frozenset({"next-canvas", "previous-canvas", "back"})
_BESIDE = 150  # from this many columns on the inspector stands beside the board


@dataclass
class View:
    """What is remembered of each canvas: cursor, what is scrolled where, and which cell is widened."""

    cursor: Cursor
    tops: dict[str, int] = field(default_factory=dict)
    wide: str = ""


class BoardScreen(BoardMoving):
    """One canvas after the other; each keeps its cursor."""

    screen_name: ClassVar[str] = "board"

    def __init__(self, controller: Session) -> None:
        super().__init__(controller)
        self._canvas_id = first_canvas(controller.workspace, controller.left_canvas)
        self._file = ""  # where it is written: another one may have its id
        self._missed = ""  # the canvas that went away under the person, until they turn to another themselves
        self._views: dict[str, View] = {}
        self._filter: Filter = "all"
        self._is_zoomed = False
        self._known = Known(Signs())
        self._figures = Figures()
        self._known_of: tuple[object] | None = None  # the findings that the signs were made of
        self._contents: Contents | None = None
        self._made: tuple[Workspace, tuple[Signs, Filter, str], Contents] | None = None  # contents, and what of
        self._grid: Grid | None = None
        self._painting: Painting | None = None

    # what is shown

    def header(self, columns: int) -> Line:
        contents = self._contents
        if contents is None:
            return ()
        name, read_only = self.controller.workspace.name, self.controller.is_read_only
        return board_header(name, contents, self._figures, columns, self.marks, is_read_only=read_only)

    def body(self, columns: int, rows: int) -> list[Line]:
        contents = self._contents
        if contents is None:
            return self._nothing_to_show()
        view, cursor = self._view, self._view.cursor
        beside = min(60, columns * 3 // 10) if columns >= _BESIDE else 0
        below = 0 if beside else max(4, min(12, (rows + 1) // 4))
        grid = self._arranged(columns - beside, rows - below)
        self._grid = grid
        shown = self.with_typed(contents)
        self._painting = paint_board(shown, grid, cursor.cell, cursor.place, view.tops, self.marks)
        view.tops.update(self._painting.tops)
        board = self.with_field(self._painting.lines)
        facts = self._inspector(beside or columns, rows if beside else below)
        if not beside:
            return [*board, *facts]
        facts += [()] * (rows - len(facts))
        return [(*line, *facts[y]) for y, line in enumerate(board)]

    def _nothing_to_show(self) -> list[Line]:
        canvas = next((each for each in self.controller.workspace.canvases if each.id == self._canvas_id), None)
        if canvas is None:
            return [
                (),
                (("  No canvas in this workspace yet. ", ""), ("go", "key"), (" the overview starts one.", "dim")),
            ]
        title, model = clean(beginning(canvas.title)), clean(beginning(canvas.model))
        words = f"  {title} has no cells: nobody knows the model “{model}”."
        return [(), ((words, ""),), (("  ", ""), ("v", "key"), (" shows the next canvas.", "dim"))]

    def _method(self, prefix: str, action_id: str) -> Callable[[], Any] | None:
        if self._contents is None and action_id not in _WITHOUT_CANVAS:  # nothing to move in or to edit
            found: Callable[[], Any] | None = getattr(self.app, f"{prefix}_{action_id.replace('-', '_')}", None)
            return found
        return super()._method(prefix, action_id)

    def _arranged(self, columns: int, rows: int) -> Grid:
        contents, view = self._contents, self._view
        assert contents is not None
        template, top = contents.template, top_cell(contents.template, view.cursor.cell)
        if self._is_zoomed:
            return zoomed(top, columns, rows)
        if not view.wide or widens(template, top, columns):
            view.wide = top

        def need(cell: str, width: int) -> int:
            chain = [contents.cells[identity] for identity in contents.chain(cell)]
            return sum(lines_needed(each, width) for each in chain) + len(chain) - 1

        return arrange(template, columns, rows, view.wide, need)

    def _inspector(self, columns: int, rows: int) -> list[Line]:
        item = self.selected_item
        if self.is_adding:  # what belongs in the cell, while it is being written
            item = self.controller.workspace.find(self.contents.cells[self.cursor.cell].address)
        if item is None:
            return []
        graph, report = self.controller.known_graph, self.controller.known_report
        report = None if self.is_adding else report  # that it is empty is no news while it is being filled
        facts = facts_of(self.controller.workspace, item, graph, report, self.marks)
        if item.address in self.controller.unsaved:
            again = f"{self.canvas_app.key_of('retry-save')} saves it again."
            said = Said(self.marks.unsaved, "draft", f"Not saved yet: {self.controller.why_unsaved}.", again)
            facts = facts._replace(findings=(said, *facts.findings))
        return inspect(facts, columns, rows, self.marks)

    # the cursor

    @property
    def selected(self) -> str | None:
        if self._contents is None:
            return None
        return self._view.cursor.address or None

    @property
    def selected_item(self) -> Located | None:
        """The element under the cursor: the one that is seen here, though another may have its id too."""
        item = super().selected_item
        if item is None or self._contents is None:
            return item
        cursor, view = self.cursor, self._contents.cells.get(self.cursor.cell)
        index = None
        if view is not None and cursor.place is not None and cursor.place < len(view.shown):
            index = view.shown[cursor.place].index
        file = self._contents.file
        if view is None or (item.file, item.cell, item.index) == (file, view.id, index):
            return item
        place = f"{self._contents.canvas.id}/{view.id}" + ("" if index is None else f"/{index + 1}")
        return self.controller.workspace.find_by_position(place, file)

    @property
    def cursor(self) -> Cursor:
        """The cursor on the canvas that is shown."""
        return self._view.cursor

    @cursor.setter
    def cursor(self, cursor: Cursor) -> None:
        self._view.cursor = cursor

    @property
    def _view(self) -> View:
        key = self._file if self.contents.is_doubled else self._canvas_id
        if key not in self._views:
            self._views[key] = View(first_cursor(self.contents))
        return self._views[key]

    def put_cursor(self, address: str) -> bool:
        item = self.controller.workspace.find(address)
        if item is None or item.canvas is None:
            return False
        is_place_here = "/" in item.address and ".toml" not in address and item.canvas.id == self._canvas_id
        if not is_place_here and (item.canvas.id, item.file) != (self._canvas_id, self._file):
            self._canvas_id, self._file, self._missed = item.canvas.id, item.file, ""
        self.follow()
        found = cursor_at(self.contents, item.address)
        if found is None and self._filter != "all":
            self._filter = "all"
            self.follow()
            found = cursor_at(self.contents, item.address)
        if found is None:
            return False
        self.cursor = found
        return True

    def follow(self) -> None:
        workspace, canvases = self.controller.workspace, self._canvases()
        graph, report = self.controller.known_graph, self.controller.known_report
        if self._known_of is None or self._known_of[0] is not report:
            self._known = known_of(workspace, graph, report)
            self._known_of = (report,)
        document = self._canvas_to_show(canvases)
        canvas = document.canvas if document is not None else None
        if document is None or canvas is None:
            if not self.is_typing:
                self._contents = None
            return
        is_doubled = workspace.canvas_keys[document.path] == document.path
        signs = signs_in(document.path, workspace, report) if is_doubled else self._known.signs
        signs = signs._replace(unsaved=self.controller.unsaved, is_stale=not document.is_readable)
        contents = self._contents_now(workspace, canvas, signs, document.path)
        if self.is_typing and self.cursor.cell not in contents.cells:
            return  # whoever is writing keeps the board; what becomes of the text is said when it is saved
        if not contents.cells:  # a model nobody knows, and nothing written yet
            self._contents = None
            return
        self._contents, self.controller.left_canvas = contents, canvas.id
        self._figures = figures_of(self._contents, self._known)
        if self.is_typing:
            self.look_at_field(self._contents)
        if not self.is_adding:
            self.cursor = found_again(self._contents, self._view.cursor)

    def _contents_now(self, workspace: Workspace, canvas: Canvas, signs: Signs, file: str) -> Contents:
        """What the board holds, made once of one workspace: an edit asks for it several times."""
        wanted = (signs, self._filter, file)
        if self._made is None or self._made[0] is not workspace or self._made[1] != wanted:
            self._made = (workspace, wanted, contents_of(workspace, canvas, *wanted))
        return self._made[2]

    def _canvas_to_show(self, canvases: tuple[Document, ...]) -> Document | None:
        """The canvas that was shown, as it is now. Where it is gone another one, which is said; None where none is
        left, and while somebody writes: keys that are meant for a text must not land on another board.
        """
        if self._missed and not self.is_typing and (back := self._document(self._missed)) is not None:
            assert back.canvas is not None
            self._canvas_id, self._missed = self._missed, ""
            told = f"“{clean(beginning(back.canvas.title))}” is back"
            self.canvas_app.status.tell(told, "good", topic=f"canvas {self._canvas_id}")
        found = self._document(self._canvas_id)
        if found is not None and self.is_typing:
            self.canvas_app.status.outdate({f"canvas {self._canvas_id}"})  # it may have been away
        if found is not None or self._contents is None:
            found = found or next(iter(canvases), None)
        elif self.is_typing:
            gone = "This canvas is gone from disk · your text is kept as a draft"
            self.canvas_app.status.tell(gone, "warning", topic=f"canvas {self._canvas_id}")
            return None
        else:
            self._missed, found = self._canvas_id, next(iter(canvases), None)
            title = clip(clean(beginning(self._contents.canvas.title)), 24)
            gone = f"“{title}” is gone: its file was deleted, renamed or switched"
            self.canvas_app.status.tell(gone, "warning", topic=f"canvas {self._canvas_id}")
            if found is None:
                self.canvas_app.call_later(self.canvas_app.open_screen, "overview")
        if found is not None and found.canvas is not None:
            self._canvas_id, self._file = found.canvas.id, found.path
        return found

    def _document(self, identity: str) -> Document | None:
        """The document whose canvas has this id: of several the one that is shown. One that was shown beside another
        of its id and got another one is still the one that is shown."""
        workspace = self.controller.workspace
        there = [each for each in workspace.documents if each.canvas is not None and each.canvas.id == identity]
        if self._contents is not None and self._contents.is_doubled:
            here = workspace.document(self._file)
            there = [here, *there] if here is not None and here.canvas is not None else there
        return next((each for each in there if each.path == self._file), next(iter(there), None))

    def _canvases(self) -> tuple[Document, ...]:
        found = [(each, each.canvas) for each in self.controller.workspace.documents if each.canvas is not None]
        in_use = tuple(each for each, canvas in found if not canvas.is_archived)
        return in_use or tuple(each for each, _ in found)

    # actions: what is shown

    def can_zoom(self) -> bool:
        return self._contents is not None

    def do_zoom(self) -> None:
        self._is_zoomed = not self._is_zoomed
        self.repaint()

    def can_filter(self) -> bool:
        return self._contents is not None

    def do_filter(self) -> None:
        self._filter = FILTERS[(FILTERS.index(self._filter) + 1) % len(FILTERS)]
        key = self.canvas_app.keys.keymap.key_of("filter")
        said = "" if self._filter == "all" else f"Shown: {FILTER_WORDS[self._filter]} · {key} for more"
        self.canvas_app.status.say(said)
        self.refresh_all()

    def do_next_canvas(self) -> None:
        self._turn(1)

    def do_previous_canvas(self) -> None:
        self._turn(-1)

    def can_next_canvas(self) -> bool:
        return len(self._canvases()) > 1

    can_previous_canvas = can_next_canvas

    def _turn(self, by: int) -> None:
        canvases = self._canvases()
        at = next((index for index, each in enumerate(canvases) if each.path == self._file), 0)
        document = canvases[(at + by) % len(canvases)]
        assert document.canvas is not None
        self._canvas_id, self._file, self._missed = document.canvas.id, document.path, ""
        self.refresh_all()

    def can_back(self) -> bool:
        return self._is_zoomed or self._filter != "all" or self.canvas_app.can_back()

    def do_back(self) -> None:
        if self._is_zoomed:
            self.do_zoom()
        elif self._filter != "all":
            self._filter = "all"
            self.canvas_app.status.say("")
            self.refresh_all()
        else:
            self.canvas_app.do_back()

    def spot_on_board(self) -> tuple[int, int, int, int] | None:
        if self._painting is None:
            return None
        spot = self._painting.spot_of(self.cursor.cell, self.cursor.place)
        return (spot.x, spot.y, spot.width, spot.height) if spot else None
