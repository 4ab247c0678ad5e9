"""Editing on the board: the text where it stands, new entries, moving.

Every edit is a command of core.edits, carried out by the app. The field that is typed into is in `typing`; deleting,
links and notes are those of every screen, in `element_actions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import END, Place, Ref
from canvas_tui.tui.board.typing import BoardTyping
from canvas_tui.tui.views.parts import quoted, title_of

if TYPE_CHECKING:
    from canvas_tui.tui.dialogs.picker import Choice


class BoardEditing(BoardTyping):
    """What BoardScreen can do to entries."""

    about_its_canvas: ClassVar[frozenset[str]] = frozenset(
        {"add", "add-before", "move-down", "move-up", "move-to", "make-active", "canvas-details"}
    )

    def can_edit(self) -> bool:
        return self.selected is not None

    def do_edit(self) -> None:
        """Edit the entry in place; in an empty cell, write its first one; a text of several lines in its own editor."""
        item = self.selected_item
        if item is None:
            return
        if item.kind is not Kind.ENTRY:
            self._begin_entry(item.address, END, self.cursor)
        elif self.is_too_long(item):
            return
        elif "\n" in item.text.strip():
            self.edit_long_text(item)
        else:
            self._begin_edit(item)

    def can_add(self) -> bool:
        return self._contents is not None

    def do_add(self) -> None:
        self._add(after=True)

    can_add_before = can_add

    def do_add_before(self) -> None:
        self._add(after=False)

    def _add(self, *, after: bool) -> None:
        item, cursor = self.selected_item, self.cursor
        view = self.contents.cells[cursor.cell]
        if item is None or item.kind is not Kind.ENTRY:
            self._begin_entry(view.address, END, cursor)
            return
        anchor = Ref(item.address, item.text)
        place, group = Place(after=anchor) if after else Place(before=anchor), item.entry.group
        self._begin_entry(view.address, place, cursor, after=after, group=group)

    def can_move_down(self) -> bool:
        from canvas_tui.core import edits

        item = self.selected_item
        return item is not None and item.kind is Kind.ENTRY and edits.shift(item, 1) is not None

    def can_move_up(self) -> bool:
        from canvas_tui.core import edits

        item = self.selected_item
        return item is not None and item.kind is Kind.ENTRY and edits.shift(item, -1) is not None

    def do_move_down(self) -> None:
        self._shift(1, "down")

    def do_move_up(self) -> None:
        self._shift(-1, "up")

    def _shift(self, by: int, way: str) -> None:
        from canvas_tui.core import edits

        item = self.selected_item
        command = edits.shift(item, by) if item is not None and item.kind is Kind.ENTRY else None
        if item is not None and command is not None:
            self._land(self.canvas_app.edit(command, f"Moved {quoted(item.text, 30)} {way}"))

    def can_move_to(self) -> bool:
        return self._is_on_entry()

    def do_move_to(self) -> None:
        from canvas_tui.core import edits
        from canvas_tui.tui.views.choices import cell_items

        item = self.selected_item
        if item is None or item.canvas is None:
            return

        def move(choice: Choice) -> None:
            cell = self.controller.workspace.find(choice.value)
            if cell is not None and not choice.is_ticked:
                where = title_of(cell, self.controller.workspace)
                made = self.canvas_app.edit(edits.move(item, cell.address), f"Moved {quoted(item.text, 24)} to {where}")
                self._land(made)

        items = cell_items(self.controller.workspace, item)
        self.pick(items, f"Move {quoted(item.text, 30)} to", "move there", move)

    # the canvas itself

    def can_make_active(self) -> bool:
        return self._contents is not None and self._contents.canvas.is_draft

    def do_make_active(self) -> None:
        """A draft counts from now on; that is one field, and undo takes it back."""
        from canvas_tui.core import edits

        canvas = self.contents.canvas
        self.canvas_app.edit(edits.make_active(canvas), f"{quoted(canvas.title, 30)} is active now")

    can_canvas_details = can_add

    def do_canvas_details(self) -> None:
        """All fields of the canvas in one form."""
        from canvas_tui.tui.dialogs.element_form import edit_fields

        item = self.controller.workspace.find(self.contents.canvas.id)
        if item is not None and item.kind is Kind.CANVAS:
            edit_fields(self, item)

    def _is_on_entry(self) -> bool:
        item = self.selected_item
        return item is not None and item.kind is Kind.ENTRY
