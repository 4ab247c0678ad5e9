"""What list-like screens share: rows with a cursor, the actions that move it, and those on the element under it.

A screen says what its rows are and what is told below them of the row under the cursor; the rest is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from canvas_tui.tui.dialogs.frame import Spot
from canvas_tui.tui.flows.element_actions import ElementActions, UnderCursor
from canvas_tui.tui.input.deeds import Deed, Deeds
from canvas_tui.tui.paint.rows import Rows
from canvas_tui.tui.paint.style import Line
from canvas_tui.tui.screens.base import HEAD, CanvasScreen
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.worked_out import Recipe, WorkedOut

R = TypeVar("R")

_OPENING = ("open", "edit")  # what Enter does on the row under the cursor
_WAITING = "waiting"  # the wishes of a recipe for the waiting line


@dataclass(frozen=True)
class Listing(Generic[R]):
    """The rows of a list: lines, and for each the key of what is on it (an address); None where the cursor does not go.

    Lines may be made when they are seen (`LazyLines`): of thousands only those in sight are laid out. `rows` is what a
    screen needs besides; `found` has the row of whatever the cursor can be put on, where that is no key.
    """

    lines: Sequence[Line] = ()
    keys: Sequence[str | None] = ()
    rows: Sequence[R] = ()
    found: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    selectable: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        lines: Sequence[Line],
        keys: Sequence[str | None],
        rows: Sequence[R] = (),
        found: Mapping[str, int] | None = None,
    ) -> Listing[R]:
        """A listing with the place of each key worked out: the first, where a key stands twice."""
        places = {key: row for row, key in reversed(list(enumerate(keys))) if key is not None}
        selectable = frozenset(row for row, key in enumerate(keys) if key is not None)
        return cls(lines, keys, rows, places if found is None else found, places, selectable)


class ListingScreen(CanvasScreen, Generic[R]):
    """A screen that is one list. `key` of a row is what `selected` gives, where it is an address.

    Of a large plan the rows are made beside the event loop: until they come, those before stand there, or that they
    are being worked out. A cursor that is to be put somewhere waits for them, and so do the keys that move it and the
    Enter behind these: they were meant for the rows that were asked for.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list = Rows()
        self.listing: Listing[R] = Listing()
        self._made_for = 0  # the columns that the rows were asked for; 0 to ask anew
        self._is_unknown = False  # not even graph and findings are made
        self._to_go = ""  # the key that the cursor goes to when the rows have come
        self._moves: list[Callable[[], object]] = []  # cursor moves that wait for the rows
        self._opens = ""  # the action of an Enter that waits for the rows
        self._worked_out: WorkedOut[Listing[R]] = WorkedOut(lambda work: self.app.run_worker(work), self._rows_came)
        self.elements = ElementActions(shell, UnderCursor(lambda: self.selected, lambda: self.selected_item))
        to_board = Deed(lambda: shell.open_screen("board"), can=lambda: bool(self.session.workspace.canvases))
        self.list_deeds: Deeds = {
            "cursor-up": self.moving(lambda: self.list.move(-1)),
            "cursor-down": self.moving(lambda: self.list.move(1)),
            "first": self.moving(self.list.first),
            "last": self.moving(self.list.last),
            "page-up": self.moving(lambda: self.list.page(-1)),
            "page-down": self.moving(lambda: self.list.page(1)),
            "next-canvas": to_board,  # from a list, to the canvas that was looked at last
            "previous-canvas": to_board,
        }

    def offer(self, own: Deeds, *attached: Deeds) -> None:
        """Offer these actions, then those on an element, then those that move the cursor."""
        super().offer(own, *attached, self.elements.deeds, self.list_deeds)

    def recipe(self, columns: int) -> Recipe[Listing[R]]:
        """The rows, for a window this wide, and what they are made of."""
        return Recipe((), "nothing", 0, lambda go_on: Listing())

    def not_yet(self) -> Recipe[Listing[R]]:
        """The waiting line, shown until graph and findings are made."""
        return Recipe((), _WAITING, 0, lambda go_on: self._not_yet_rows())

    def _not_yet_rows(self) -> Listing[R]:
        return Listing.of([(("  Working it out ", "dim"), (self.marks.ellipsis, "dim"))], [None])

    def detail(self, columns: int, rows: int) -> list[Line]:
        """What is told below the list of the row under the cursor; at most `rows` lines."""
        return []

    def detail_height(self, rows: int) -> int:
        """The lines kept free for `detail`; 0 for none."""
        return 0

    @property
    def here_key(self) -> str | None:
        """The key of the row under the cursor. None while the cursor waits to go to another row."""
        return None if self._to_go or self._moves else self._key_at_cursor

    @property
    def _key_at_cursor(self) -> str | None:
        cursor, keys = self.list.cursor, self.listing.keys
        return keys[cursor] if self.list.has_cursor and cursor < len(keys) else None

    @property
    def is_coming(self) -> bool:
        """Whether newer rows are being made, or the cursor waits to go to a row."""
        return self._is_unknown or bool(self._to_go) or self._worked_out.is_other_wished

    @property
    def selected(self) -> str | None:
        """The address under the cursor, or None where the row is not about an element."""
        key = self.here_key
        return key if key is not None and self.session.workspace.find(key) is not None else None

    @property
    def spot(self) -> Spot | None:
        """Where the row under the cursor is in the window. Dialogs do not cover it."""
        return (1, HEAD + self.list.cursor - self.list.top) if self.list.has_cursor else None

    def put_cursor(self, address: str) -> bool:
        """Put the cursor on the row of this address; False where there is none.

        While the rows are being made, remember the address and answer True.
        """
        self._make(self.app.size.width)
        self._to_go = address if self._worked_out.is_waiting else ""
        if self._to_go:
            return True
        row = self.listing.found.get(address)
        if row is not None:
            self.list.go(row)
        return row is not None

    def follow(self) -> None:
        """The workspace, the graph or the findings changed: make the rows anew at the next paint."""
        self._made_for = 0

    def body(self, columns: int, rows: int) -> list[Line]:
        """The rows in sight, and below them what is told of the one under the cursor."""
        if self._made_for != columns:
            self._make(columns)
        if self._to_go and not self._worked_out.is_waiting:
            self.put_cursor(self._to_go)
        if not self.is_coming:
            moves, self._moves = self._moves, []
            for move in moves:
                move()
        below = self.detail_height(rows)
        if not below:
            return self.list.lines(columns, rows, self.marks)
        room = rows - below - 1
        listed = self.list.lines(columns, room, self.marks)
        listed += [()] * (room - len(listed))
        edge: Line = ((self.marks.box[0] * columns, "border"),)
        return [*listed, edge, *self.detail(columns, below)]

    def _make(self, columns: int) -> None:
        self._made_for = columns
        recipe = self.recipe(columns)
        made = self._worked_out.of(recipe)
        self._is_unknown = recipe.wishes == _WAITING
        if self._worked_out.is_waiting and self.listing.lines:
            return
        made = made or self._not_yet_rows()
        if made is not self.listing:
            self._take(made)

    def _take(self, made: Listing[R]) -> None:
        """Show these rows, with the cursor on what it was on."""
        before = self._key_at_cursor
        self.listing = made
        at = made.places.get(before) if before is not None else None
        self.list.set(made.lines, at, made.selectable)

    def _rows_came(self) -> None:
        self.remake()
        if self._opens and not self.is_coming:
            self.run_action_by_id(self._opens)

    def run_action_by_id(self, action_id: str) -> None:
        """Do an action. Enter waits until the rows are there; any other action cancels that."""
        self._opens = action_id if self.is_coming and action_id in _OPENING else ""
        if not self._opens:
            super().run_action_by_id(action_id)

    def forget_keys(self) -> None:
        """Forget keys that wait for the rows: they were meant for other rows."""
        self._opens, self._moves = "", []

    def remake(self) -> None:
        """Make the rows anew and show them."""
        self._made_for = 0
        self.repaint()

    @property
    def legend(self) -> Sequence[tuple[str, str, str]]:
        """The marks of a list, for help."""
        from canvas_tui.tui.help.view import legend_of_lists

        return legend_of_lists(self.marks)

    # the mouse

    def clicked(self, x: int, y: int) -> None:
        """Move the cursor to the clicked row; a click on the row under the cursor opens it."""
        row = self.list.row_at(y) if y < self.list.height else None
        if row is None:
            return
        if row == self.list.cursor:
            self.run_action_by_id("open")
        elif self.list.go(row):
            self.repaint()

    def scrolled(self, by: int) -> None:
        """Move the cursor one row: -1 up, 1 down."""
        self.list.move(by)
        self.repaint()

    def moving(self, move: Callable[[], object]) -> Deed:
        """An action that moves the cursor of the list, as soon as the rows are made."""

        def do() -> None:
            self._moves.append(move)
            self.repaint()

        return Deed(do)
