"""Editing on the board: the text where it stands, new entries, deleting, moving.

Owns the editor that is open and the draft it leaves. Every edit is a command of core.edits, carried out by the app; the
text that was seen when typing began goes with it, so that somebody else's change is never overwritten unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from canvas_tui.core import edits
from canvas_tui.core.elements import Entry, Kind
from canvas_tui.core.places import END, Place, Ref
from canvas_tui.core.workspace import Located
from canvas_tui.tui.board.cell import gutter_of, text_room
from canvas_tui.tui.board.contents import CellView, Contents, EntryView
from canvas_tui.tui.board.cursor import Cursor, cursor_on
from canvas_tui.tui.board.editor import InPlaceEditor
from canvas_tui.tui.dialogs.line_editor import LineEditor
from canvas_tui.tui.element_actions import ElementScreen
from canvas_tui.tui.views.choices import cell_items
from canvas_tui.tui.views.parts import quoted, title_of

if TYPE_CHECKING:
    from canvas_tui.tui.dialogs.picker import Choice

_NEW = "\0new"  # the address of an entry that is not there yet


@dataclass
class Typing:
    """What the open editor writes: the text of `item`, or a new entry of `cell` at `place` where `item` is None."""

    editor: InPlaceEditor
    key: str  # of the draft
    base: str  # the text when typing began
    item: Located | None = None
    cell: str = ""
    place: Place = END
    before: Cursor | None = None  # where the cursor goes back to


class BoardEditing(ElementScreen):
    """What BoardScreen can do to entries. The cursor, and what is shown where, are the board's to say."""

    _typing: Typing | None = None
    _contents: Contents | None = None
    cursor: Cursor

    @property
    def contents(self) -> Contents:
        """What the board holds; only where there is a canvas."""
        assert self._contents is not None
        return self._contents

    def spot_on_screen(self) -> tuple[int, int, int, int] | None:
        """Where the entry under the cursor is shown: x, y, columns and rows of the screen."""
        return None

    @property
    def spot(self) -> tuple[int, int] | None:
        found = self.spot_on_screen()
        return found[:2] if found else None

    @property
    def is_typing(self) -> bool:
        """Whether an editor is open on the board."""
        return self._typing is not None

    # actions

    def can_edit(self) -> bool:
        return self.selected is not None

    def do_edit(self) -> None:
        """Edit the entry in place; in an empty cell, write its first one; a text of several lines in its own editor."""
        item = self.selected_item
        if item is None:
            return
        if item.kind is not Kind.ENTRY:
            self._begin_entry(item.address, END, self.cursor)
        elif "\n" in item.text.strip():
            self.edit_long_text(item)
        else:
            self._type(Typing(InPlaceEditor(self._draft(f"{item.address}:text", item.text)), f"{item.address}:text",
                              item.text, item, before=self.cursor))  # fmt: skip

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
        self._begin_entry(view.address, Place(after=anchor) if after else Place(before=anchor), cursor, after=after)

    def can_move_down(self) -> bool:
        item = self.selected_item
        return item is not None and item.kind is Kind.ENTRY and edits.shift(item, 1) is not None

    def can_move_up(self) -> bool:
        item = self.selected_item
        return item is not None and item.kind is Kind.ENTRY and edits.shift(item, -1) is not None

    def do_move_down(self) -> None:
        self._shift(1, "down")

    def do_move_up(self) -> None:
        self._shift(-1, "up")

    def _shift(self, by: int, way: str) -> None:
        item = self.selected_item
        command = edits.shift(item, by) if item is not None and item.kind is Kind.ENTRY else None
        if item is not None and command is not None:
            self._land(self.canvas_app.edit(command, f"Moved {quoted(item.text)} {way}"))

    def can_move_to(self) -> bool:
        return self._is_on_entry()

    def do_move_to(self) -> None:
        item = self.selected_item
        if item is None or item.canvas is None:
            return

        def move(choice: Choice) -> None:
            cell = self.controller.workspace.find(choice.value)
            if cell is not None and not choice.is_ticked:
                where = title_of(cell, self.controller.workspace)
                made = self.canvas_app.edit(edits.move(item, cell.address), f"Moved {quoted(item.text)} to {where}")
                self._land(made)

        items = cell_items(self.controller.workspace, item)
        self._pick(items, f"Move {quoted(item.text, 30)} to", "move there", move)

    def _land(self, made: str | None) -> None:
        if made is not None and self.put_cursor(made):
            self.repaint()

    def _is_on_entry(self) -> bool:
        item = self.selected_item
        return item is not None and item.kind is Kind.ENTRY

    # typing

    def _begin_entry(self, cell: str, place: Place, before: Cursor, *, after: bool = True) -> None:
        key = f"{cell}:new"
        name = cell.split("/")[1]
        at = 0 if before.place is None or before.cell != name else before.place + after
        editor = InPlaceEditor(self._draft(key, ""), placeholder="")
        typing = Typing(editor, key, "", None, cell, place, before)
        self.cursor = Cursor(name, at, _NEW, "", before.lane)
        self._type(typing)

    def _draft(self, key: str, text: str) -> str:
        draft = self.canvas_app.shelf.text_of(key)
        if draft is None or draft == text:
            return text
        self.canvas_app.status.say("Your draft from before is back; esc keeps it", "draft")
        return draft

    def _type(self, typing: Typing) -> None:
        self._typing = typing
        self.mount(typing.editor)
        self.repaint()
        typing.editor.focus()

    def with_typed(self, contents: Contents) -> Contents:
        """The contents with the text that is being typed, so that it has its place while it is typed."""
        typing = self._typing
        if typing is None:
            return contents
        name = self.cursor.cell
        view = contents.cells[name]
        typed = Entry({"text": " ".join(typing.editor.text.split(" ")) + "x"})  # room for the cursor behind the text
        shown = list(view.shown)
        if typing.item is None:
            at = min(self.cursor.place or 0, len(shown))
            shown.insert(at, EntryView(typed, _NEW, -1))
        elif self.cursor.place is not None:
            shown[self.cursor.place] = replace(shown[self.cursor.place], entry=typed)
        cells: dict[str, CellView] = {**contents.cells, name: replace(view, shown=tuple(shown), count=len(shown))}
        return replace(contents, cells=cells)

    def place_editor(self) -> None:
        """Put the editor over the place of its text, wherever the last painting has it."""
        if self._typing is None or (spot := self.spot_on_screen()) is None:
            return
        x, y, columns, rows = spot
        self._typing.editor.place(x + gutter_of(columns), y, text_room(columns), rows)

    def on_line_editor_changed(self, message: LineEditor.Changed) -> None:
        if (typing := self._typing) is not None and message.editor is typing.editor:
            message.stop()
            self.canvas_app.shelf.keep(typing.key, message.text, typing.base)
            self.repaint()

    def on_line_editor_cancelled(self, message: LineEditor.Cancelled) -> None:
        if (typing := self._typing) is None or message.editor is not typing.editor:
            return
        message.stop()
        app = self.canvas_app
        if message.text.strip() in ("", typing.base.strip()):
            app.shelf.drop(typing.key)
            app.status.say("")
        else:
            app.shelf.keep(typing.key, message.text, typing.base)
            key = "edit" if typing.item is not None else "add"
            app.status.say(f"Draft kept · {app.keys.keymap.key_of(key)} to go on", "draft")
        self._close_editor(typing.before)

    def on_line_editor_submitted(self, message: LineEditor.Submitted) -> None:
        if (typing := self._typing) is None or message.editor is not typing.editor:
            return
        message.stop()
        text, app = edits.tidy(message.text), self.canvas_app
        if not text and typing.item is not None:
            app.say("An entry needs a text · esc leaves it as it was", "warning")
            return
        if not text or text == typing.base:
            app.shelf.drop(typing.key)
            app.status.say("")
            self._close_editor(typing.before)
            return
        if typing.item is not None:
            command = edits.change_text(typing.item, text)
            title = f"Changed to {quoted(text)}"
        else:
            command = edits.add_entry(typing.cell, text, typing.place)
            title = f"Added {quoted(text)}"
        app.shelf.keep(typing.key, text, typing.base)  # until it is on disk
        self._close_editor(typing.before, repaints=False)
        made = app.edit(command, title)
        if made is not None:
            app.shelf.drop(typing.key)
            self._land(made)
        elif typing.item is not None and self.controller.workspace.find(typing.item.address) is None:
            self._keep_for_a_new_entry(typing, text)
        self.repaint()

    def _keep_for_a_new_entry(self, typing: Typing, text: str) -> None:
        """The entry is gone: what was typed becomes the draft of a new one in its cell."""
        item, app = typing.item, self.canvas_app
        assert item is not None
        if item.canvas is not None:
            app.shelf.drop(typing.key)
            app.shelf.keep(f"{item.canvas.id}/{item.cell}:new", text, "")
            key = app.keys.keymap.key_of("add")
            app.status.say(f"Somebody else removed it; your text is kept · {key} adds it as a new entry", "warning")

    def _close_editor(self, before: Cursor | None, *, repaints: bool = True) -> None:
        if (typing := self._typing) is None:
            return
        self._typing = None
        self.set_focus(None)
        typing.editor.remove()
        if before is not None:
            self.cursor = cursor_on(self.contents, before.cell, before.place, before.lane)
        if repaints:
            self.repaint()

    def repaint(self) -> None:
        super().repaint()
        self.place_editor()

    @property
    def typing_keys(self) -> tuple[tuple[str, str], ...]:
        return (("enter", "save"), ("esc", "leave, the text is kept as a draft"))
