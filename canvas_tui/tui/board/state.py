"""Which canvas the board shows, through which filter, and where its cursor is.

Owns what is remembered of each canvas, and brings it up to date when the workspace changes. Paints nothing
and edits nothing; what is where on the window is `picture`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from canvas_tui.core.cutting import beginning
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Document, Located, Workspace
from canvas_tui.tui.board.contents import FILTERS, Contents, Filter, Signs, contents_of
from canvas_tui.tui.board.cursor import Cursor, cursor_at, first_cursor, found_again
from canvas_tui.tui.board.first import first_canvas
from canvas_tui.tui.board.signs import Figures, Known, figures_of, known_of, signs_in

if TYPE_CHECKING:
    from canvas_tui.core.elements import Canvas
    from canvas_tui.tui.shell import Shell


@dataclass
class View:
    """What is remembered of each canvas: the cursor, how far each cell is scrolled, and which cell is widened."""

    cursor: Cursor
    tops: dict[str, int] = field(default_factory=dict)
    wide: str = ""


class BoardState:
    """Which canvas is shown, out of all of them. Each keeps its cursor."""

    def __init__(self, shell: Shell) -> None:
        self._shell, self._session = shell, shell.session
        self.canvas_id = first_canvas(self._session.workspace, self._session.left_canvas)
        self._file = ""  # the file of that canvas; another canvas may have the same id
        self._missed = ""  # the canvas that vanished from disk while it was shown, until the person turns to another
        self._views: dict[str, View] = {}
        self.filter: Filter = "all"
        self._known = Known(Signs())
        self._known_of: tuple[object] | None = None  # the findings that the signs were made of
        self._contents: Contents | None = None
        # the last contents, behind the workspace and the wishes that they were made of
        self._made: tuple[Workspace, tuple[Signs, Filter, str], Contents] | None = None
        self.figures = Figures()

    # what is shown

    @property
    def has_canvas(self) -> bool:
        """Whether there is a canvas to show."""
        return self._contents is not None

    @property
    def contents(self) -> Contents:
        """What the board holds; only where there is a canvas."""
        assert self._contents is not None
        return self._contents

    @property
    def canvas_without_cells(self) -> Canvas | None:
        """Where nothing can be shown: the canvas whose model nobody knows, or None where there is no canvas."""
        return next((each for each in self._session.workspace.canvases if each.id == self.canvas_id), None)

    @property
    def view(self) -> View:
        """What is remembered of the canvas that is shown."""
        key = self._file if self.contents.is_doubled else self.canvas_id
        if key not in self._views:
            self._views[key] = View(first_cursor(self.contents))
        return self._views[key]

    @property
    def cursor(self) -> Cursor:
        """The cursor on the canvas that is shown."""
        return self.view.cursor

    @cursor.setter
    def cursor(self, cursor: Cursor) -> None:
        """Remember where the cursor is on the canvas that is shown."""
        self.view.cursor = cursor

    @property
    def address(self) -> str | None:
        """The address under the cursor."""
        return self.cursor.address or None if self.has_canvas else None

    @property
    def item(self) -> Located | None:
        """The element under the cursor. Where two elements have one id, it is the one that the board shows."""
        address = self.address
        item = self._session.workspace.find(address) if address else None
        if item is None:
            return None
        cursor, view = self.cursor, self.contents.cells.get(self.cursor.cell)
        index = None
        if view is not None and cursor.place is not None and cursor.place < len(view.shown):
            index = view.shown[cursor.place].index
        file = self.contents.file
        if view is None or (item.file, item.cell, item.index) == (file, view.id, index):
            return item
        place = f"{self.contents.canvas.id}/{view.id}" + ("" if index is None else f"/{index + 1}")
        return self._session.workspace.find_by_position(place, file)

    # turned to something else

    @property
    def canvases(self) -> tuple[Document, ...]:
        """The canvases to turn to: those in use, or all where none is."""
        found = [(each, each.canvas) for each in self._session.workspace.documents if each.canvas is not None]
        in_use = tuple(each for each, canvas in found if not canvas.is_archived)
        return in_use or tuple(each for each, _ in found)

    def turn(self, by: int) -> None:
        """To the next (1) or previous (-1) canvas, round and round. `follow` then finds what it holds."""
        canvases = self.canvases
        at = next((index for index, each in enumerate(canvases) if each.path == self._file), 0)
        document = canvases[(at + by) % len(canvases)]
        assert document.canvas is not None
        self.canvas_id, self._file, self._missed = document.canvas.id, document.path, ""

    def turn_to(self, item: Located) -> bool:
        """To the canvas that an element is on; False where it is on none. `follow` then finds what it holds."""
        if item.canvas is None:
            return False
        is_place_here = "/" in item.address and ".toml" not in item.address and item.canvas.id == self.canvas_id
        if not is_place_here and (item.canvas.id, item.file) != (self.canvas_id, self._file):
            self.canvas_id, self._file, self._missed = item.canvas.id, item.file, ""
        return True

    def put_cursor(self, address: str) -> bool:
        """Put the cursor on an element of the canvas; False where it is not shown."""
        found = cursor_at(self.contents, address)
        if found is not None:
            self.cursor = found
        return found is not None

    def filter_next(self) -> None:
        """The next filter, round and round."""
        self.filter = FILTERS[(FILTERS.index(self.filter) + 1) % len(FILTERS)]

    # the workspace changed

    def follow(self, *, is_typing: bool) -> bool:
        """Bring the board up to date with the workspace. True where it now shows a canvas as it is.

        `is_typing` says that a field is open: then the board keeps its canvas as long as that exists.
        """
        workspace, canvases = self._session.workspace, self.canvases
        graph, report = self._session.known_graph, self._session.known_report
        if self._known_of is None or self._known_of[0] is not report:
            self._known = known_of(workspace, graph, report)
            self._known_of = (report,)
        document = self._canvas_to_show(canvases, is_typing=is_typing)
        canvas = document.canvas if document is not None else None
        if document is None or canvas is None:
            if not is_typing:
                self._contents = None
            return False
        is_doubled = workspace.canvas_keys[document.path] == document.path
        signs = signs_in(document.path, workspace, report) if is_doubled else self._known.signs
        signs = signs._replace(unsaved=self._session.unsaved, is_stale=not document.is_readable)
        contents = self._contents_now(workspace, canvas, signs, document.path)
        if is_typing and self.cursor.cell not in contents.cells:
            return False  # the person goes on writing; what happens to the text is said when it is saved
        if not contents.cells:  # a model nobody knows, and nothing written yet
            self._contents = None
            return False
        self._contents, self._session.left_canvas = contents, canvas.id
        self.figures = figures_of(contents, self._known)
        return True

    def _contents_now(self, workspace: Workspace, canvas: Canvas, signs: Signs, file: str) -> Contents:
        """What the board holds. It is kept, since one edit asks for it several times."""
        wanted = (signs, self.filter, file)
        if self._made is None or self._made[0] is not workspace or self._made[1] != wanted:
            self._made = (workspace, wanted, contents_of(workspace, canvas, *wanted))
        return self._made[2]

    def find_cursor(self) -> None:
        """Put the cursor on its element again, wherever that stands now."""
        self.cursor = found_again(self.contents, self.cursor)

    def _canvas_to_show(self, canvases: tuple[Document, ...], *, is_typing: bool) -> Document | None:
        """The canvas that was shown, as it is now. Where it is gone another one, which is said; None where none is
        left, and while somebody writes: keys that are meant for a text must not land on another board.
        """
        status = self._shell.status
        if self._missed and not is_typing and (back := self._document(self._missed)) is not None:
            assert back.canvas is not None
            self.canvas_id, self._missed = self._missed, ""
            status.tell(f"“{clean(beginning(back.canvas.title))}” is back", "good", topic=f"canvas {self.canvas_id}")
        found = self._document(self.canvas_id)
        if found is not None and is_typing:
            status.outdate({f"canvas {self.canvas_id}"})  # it may have been away
        if found is not None or self._contents is None:
            found = found or next(iter(canvases), None)
        elif is_typing:
            gone = "This canvas is gone from disk · your text is kept as a draft"
            status.tell(gone, "warning", topic=f"canvas {self.canvas_id}")
            return None
        else:
            self._missed, found = self.canvas_id, next(iter(canvases), None)
            title = clip(clean(beginning(self._contents.canvas.title)), 24)
            gone = f"“{title}” is gone: its file was deleted, renamed or switched"
            status.tell(gone, "warning", topic=f"canvas {self.canvas_id}")
            if found is None:
                self._shell.later(self._shell.open_screen, "overview")
        if found is not None and found.canvas is not None:
            self.canvas_id, self._file = found.canvas.id, found.path
        return found

    def _document(self, identity: str) -> Document | None:
        """The document whose canvas has this id: of several the one that is shown. One that was shown beside another
        of its id and got another one is still the one that is shown."""
        workspace = self._session.workspace
        there = [each for each in workspace.documents if each.canvas is not None and each.canvas.id == identity]
        if self._contents is not None and self._contents.is_doubled:
            here = workspace.document(self._file)
            there = [here, *there] if here is not None and here.canvas is not None else there
        return next((each for each in there if each.path == self._file), next(iter(there), None))
