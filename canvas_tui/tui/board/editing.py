"""Editing on the board: the text where it stands, new entries, moving.

Every edit is a command of core.edits. The field that is typed into is in `typing`; deleting, links and notes are those
of every screen, in `element_actions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import END, Place, Ref
from canvas_tui.core.workspace import Located
from canvas_tui.tui.board.state import BoardState
from canvas_tui.tui.board.typing import BoardCalls, EntryField
from canvas_tui.tui.flows.element_actions import ElementActions
from canvas_tui.tui.input.deeds import Deed, Deeds
from canvas_tui.tui.paint.parts import quoted, title_of

if TYPE_CHECKING:
    from canvas_tui.tui.dialogs.picker import Choice
    from canvas_tui.tui.shell import Shell


class BoardEditing:
    """What can be done to the entries of the canvas that is shown, and to the canvas itself."""

    def __init__(
        self, shell: Shell, state: BoardState, field: EntryField, elements: ElementActions, board: BoardCalls
    ) -> None:
        self._shell, self._state, self._field, self._board = shell, state, field, board
        self._session = shell.session
        doubt, has_canvas = elements.doubt_about_place, lambda: state.has_canvas
        self.deeds: Deeds = {
            "edit": Deed(self._edit, can=lambda: state.address is not None, refused=elements.doubt),
            "add": Deed(lambda: self._add(after=True), can=has_canvas, refused=doubt),
            "add-before": Deed(lambda: self._add(after=False), can=has_canvas, refused=doubt),
            "move-down": Deed(lambda: self._shift(1, "down"), can=lambda: self._can_shift(1), refused=doubt),
            "move-up": Deed(lambda: self._shift(-1, "up"), can=lambda: self._can_shift(-1), refused=doubt),
            "move-to": Deed(self._move_to, can=lambda: self._entry is not None, refused=doubt),
            "make-active": Deed(self._make_active, can=self._is_draft, refused=doubt),
            "canvas-details": Deed(self._canvas_details, can=has_canvas, refused=doubt),
        }

    @property
    def _entry(self) -> Located | None:
        """The entry under the cursor."""
        item = self._state.item
        return item if item is not None and item.kind is Kind.ENTRY else None

    def _edit(self) -> None:
        """Edit the entry in place; in an empty cell, write its first one; a text of several lines in its own editor."""
        item = self._state.item
        if item is None:
            return
        if item.kind is not Kind.ENTRY:
            self._field.open_new(item.address, END)
            return
        from canvas_tui.tui.dialogs.element_text import edit_long_text, is_too_long

        if is_too_long(self._shell, item):
            return
        if "\n" in item.text.strip():
            edit_long_text(self._shell, item)
        else:
            self._field.open_on(item)

    def _add(self, *, after: bool) -> None:
        entry, view = self._entry, self._state.contents.cells[self._state.cursor.cell]
        if entry is None:
            self._field.open_new(view.address, END)
            return
        anchor = Ref(entry.address, entry.text)
        place = Place(after=anchor) if after else Place(before=anchor)
        self._field.open_new(view.address, place, after=after, group=entry.entry.group)

    def _can_shift(self, by: int) -> bool:
        from canvas_tui.core import edits

        return (entry := self._entry) is not None and edits.shift(entry, by) is not None

    def _shift(self, by: int, way: str) -> None:
        from canvas_tui.core import edits

        entry = self._entry
        command = edits.shift(entry, by) if entry is not None else None
        if entry is not None and command is not None:
            self._land(self._shell.edit(command, f"Moved {quoted(entry.text, 30)} {way}"))

    def _move_to(self) -> None:
        from canvas_tui.core import edits
        from canvas_tui.tui.dialogs.choices import cell_items
        from canvas_tui.tui.dialogs.pick import pick
        from canvas_tui.tui.dialogs.picker_view import Wording

        item = self._entry
        if item is None or item.canvas is None:
            return
        entry = item

        def move(choice: Choice) -> None:
            workspace = self._session.workspace
            cell = workspace.find(choice.value)
            if cell is not None and not choice.is_ticked:
                title = f"Moved {quoted(entry.text, 24)} to {title_of(cell, workspace)}"
                self._land(self._shell.edit(edits.move(entry, cell.address), title))

        items = cell_items(self._session.workspace, entry)
        pick(self._shell, items, Wording(f"Move {quoted(entry.text, 30)} to", "move there"), move)

    def _land(self, made: str | None) -> None:
        if made is not None and self._board.put_cursor(made):
            self._board.repaint()

    # the canvas itself

    def _is_draft(self) -> bool:
        return self._state.has_canvas and self._state.contents.canvas.is_draft

    def _make_active(self) -> None:
        """Make a draft canvas active. This is one field in the file, and undo takes it back."""
        from canvas_tui.core import edits

        canvas = self._state.contents.canvas
        self._shell.edit(edits.make_active(canvas), f"{quoted(canvas.title, 30)} is active now")

    def _canvas_details(self) -> None:
        """All fields of the canvas in one form."""
        from canvas_tui.tui.dialogs.element_form import edit_fields

        item = self._session.workspace.find(self._state.contents.canvas.id)
        if item is not None and item.kind is Kind.CANVAS:
            edit_fields(self._shell, item)
