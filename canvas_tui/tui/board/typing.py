"""The field that is open on the board: what is typed, what becomes of it on Enter and on Esc, and the draft it leaves.

The text that was seen when typing began goes with the edit, so that somebody else's change is never overwritten unseen.
How the field is broken into lines is in `editor`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.geometry import Offset

from canvas_tui.core.elements import Entry
from canvas_tui.core.placeholder import hint_of, is_placeholder
from canvas_tui.core.places import END, Place, Ref
from canvas_tui.core.text import clean, width
from canvas_tui.core.workspace import Located
from canvas_tui.session.open_edit import OpenEdit, moved_to
from canvas_tui.tui.board.contents import CellView, Contents, EntryView
from canvas_tui.tui.board.cursor import Cursor, cursor_at
from canvas_tui.tui.board.editor import field_lines, spliced
from canvas_tui.tui.board.entries import gutter_of, text_room
from canvas_tui.tui.board.picture import Picture
from canvas_tui.tui.board.state import BoardState
from canvas_tui.tui.dialogs.buffer import LIMIT, Buffer
from canvas_tui.tui.paint.parts import cell_title, quoted
from canvas_tui.tui.paint.style import Line
from canvas_tui.tui.screens.base import HEAD

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.tui.shell import Shell

_NEW = "\0new"  # stands for the address of an entry that does not exist yet


@dataclass
class Typing:
    """What the open editor writes: the text of `item`, or a new entry of `cell` at `place` where `item` is None."""

    buffer: Buffer
    edit: OpenEdit
    cell: str = ""
    place: Place = END
    before: Cursor | None = None  # where the cursor returns to
    group: str = ""  # the group of a new entry: that of the entry it is written beside
    seen: str | None = None  # what the person was last told about changes that others made to this text
    gone: OpenEdit | None = None  # the edit of the entry that was removed while the field was open

    @property
    def item(self) -> Located | None:
        """The entry; None for a new one."""
        return self.edit.item

    @property
    def hint(self) -> str:
        """What the empty field asks for: the words of the placeholder that stood there."""
        return hint_of(self.edit.base)


def as_shown(text: str) -> str:
    """The text of a file as it may be shown, and edited, on one line."""
    return clean(" ".join(text.split("\n")))


class BoardCalls(NamedTuple):
    """What the parts of the board ask of its screen."""

    follow: Callable[[], None]  # bring the board up to date with the workspace
    repaint: Callable[[], None]
    put_cursor: Callable[[str], bool]  # put the cursor on an element; False where it is not shown
    point_at: Callable[[Offset], None]  # put the terminal's own cursor there, unseen, for input methods


class EntryField:
    """The field on the board that an entry is typed into. It may be open or not."""

    keys: tuple[tuple[str, str], ...] = (("enter", "save"), ("esc", "leave, the text is kept as a draft"))

    def __init__(self, shell: Shell, state: BoardState, picture: Picture, board: BoardCalls) -> None:
        self._shell, self._state, self._picture, self._board = shell, state, picture, board
        self._session, self._shelf = shell.session, shell.shelf
        self._typing: Typing | None = None
        self.is_saving = False  # while this is set, nothing is painted: the saved edit is painted once

    @property
    def is_open(self) -> bool:
        """Whether something is being typed."""
        return self._typing is not None

    @property
    def is_adding(self) -> bool:
        """Whether the open field is for a new entry."""
        return self._typing is not None and self._typing.item is None

    # opened

    def open_new(self, cell: str, place: Place, *, after: bool = True, group: str = "") -> None:
        """Begin a new entry in a cell, below (`after`) or above the cursor."""
        edit, name, before = OpenEdit.new(self._shelf, cell), cell.split("/")[1], self._state.cursor
        at = 0 if before.place is None or before.cell != name else before.place + after
        typing = Typing(Buffer.of(self._draft(edit, "")), edit, cell, place, before, group)
        self._state.cursor = Cursor(name, at, _NEW, "", before.lane)
        self._open(typing)

    def open_on(self, item: Located) -> None:
        """Edit the text of the entry under the cursor."""
        edit = OpenEdit.of(self._shelf, item, "text", item.text)
        edit = edit._replace(was=as_shown(edit.base))
        # a placeholder is replaced, not edited
        text = "" if is_placeholder(item.text) else as_shown(item.text)
        self._open(Typing(Buffer.of(self._draft(edit, text)), edit, before=self._state.cursor))

    def _draft(self, edit: OpenEdit, text: str) -> str:
        draft = self._shelf.text_of(edit.key)
        if draft is None or draft == text:
            return text
        self._shell.status.say("Your draft from before is back · ctrl+u and esc throw it away", "draft")
        return draft

    def _open(self, typing: Typing) -> None:
        self._typing = typing
        self._board.repaint()

    # painted

    def with_typed(self, contents: Contents) -> Contents:
        """The contents with the typed text in place of the saved one, so that the board leaves room for it."""
        typing, cursor = self._typing, self._state.cursor
        if typing is None:
            return contents
        view = contents.cells[cursor.cell]
        group = typing.group if typing.item is None else typing.item.entry.group
        text = (typing.buffer.text or typing.hint) + "x"  # room for the cursor behind the text
        typed = Entry({"text": text, "group": group})
        shown = list(view.shown)
        if typing.item is None:
            at = min(cursor.place or 0, len(shown))
            shown.insert(at, EntryView(typed, _NEW, -1))
        elif cursor.place is not None:
            shown[cursor.place] = shown[cursor.place]._replace(entry=typed)
        cells: dict[str, CellView] = {
            **contents.cells, cursor.cell: view._replace(shown=tuple(shown), count=len(shown))
        }  # fmt: skip
        return contents._replace(cells=cells)

    def with_field(self, lines: list[Line]) -> list[Line]:
        """The board's lines with the field that is being typed in painted over its place."""
        if self._typing is None or (spot := self._picture.spot) is None:
            return lines
        x, y, rows = spot.x + gutter_of(spot.width), spot.y, spot.height
        columns, buffer = text_room(spot.width), self._typing.buffer
        field = field_lines(buffer.text, buffer.cursor, columns, rows, self._typing.hint)
        self._board.point_at(_cursor_in(field, x, y + HEAD))
        field += [()] * (rows - len(field))
        return [
            spliced(line, x, columns, field[row - y]) if y <= row < y + rows else line for row, line in enumerate(lines)
        ]

    # the workspace is another one

    def look(self) -> None:
        """The files changed while the field is open: say what became of its entry. What is typed stays."""
        typing, contents, status = self._typing, self._state.contents, self._shell.status
        if typing is not None and typing.gone is not None:
            self._go_on_as_before(typing, contents, typing.gone)
        if typing is None or typing.item is None:
            return
        workspace = self._session.workspace
        meanwhile, who = typing.edit.meanwhile(workspace), self._shell.who_was_at(typing.item.address)
        if meanwhile.is_gone:
            self._go_on_as_new(typing, contents)
            status.answer(f"{who} removed this entry · enter adds your text as a new one", "warning")
        elif meanwhile.text not in (typing.edit.base, typing.seen):
            typing.seen = meanwhile.text
            status.answer(f"{who} changed this entry · enter asks what stays", "warning")
        elif meanwhile.now is not None and moved_to(typing.item, meanwhile.now):
            typing.edit = typing.edit._replace(item=meanwhile.now)
            status.answer(f"{who} moved this entry to {cell_title(meanwhile.now, workspace)}", "warning")

    def _go_on_as_new(self, typing: Typing, contents: Contents) -> None:
        cursor = self._state.cursor
        view = contents.cells[cursor.cell]
        typing.gone, typing.edit = typing.edit, OpenEdit.new(self._shelf, view.address)
        typing.gone.become(typing.edit, typing.buffer.text)
        typing.cell = view.address
        place = min(cursor.place or 0, len(view.shown))
        after = view.shown[place - 1] if place else None
        typing.place = Place(after=Ref(after.address, after.entry.text)) if after else _first(view)
        self._state.cursor = Cursor(view.id, place, _NEW, "", cursor.lane)

    def _go_on_as_before(self, typing: Typing, contents: Contents, gone: OpenEdit) -> None:
        """A removed entry is back, for example after `git stash pop`: the field belongs to it again."""
        found = gone.meanwhile(self._session.workspace).now
        cursor = cursor_at(contents, found.address) if found is not None else None
        if cursor is None or cursor.place is None:
            return
        back = gone._replace(item=found)
        typing.edit.become(back, typing.buffer.text)
        typing.edit, typing.seen, typing.gone = back, None, None
        self._state.cursor = cursor
        self._shell.status.answer("The entry is back · enter changes it", "good")

    # typed in

    def press(self, event: events.Key) -> None:
        """A key while the field is open."""
        typing = self._typing
        if typing is None:
            return
        if event.key == "enter":
            self._save(typing)
        elif event.key == "escape":
            self._leave(typing)
        elif (changed := typing.buffer.pressed(event.key, event.character)) is not None:
            self._typed(typing, changed)

    def paste(self, text: str) -> None:
        """A paste while the field is open."""
        if (typing := self._typing) is not None:
            self._typed(typing, typing.buffer.typed(text))

    def _typed(self, typing: Typing, buffer: Buffer) -> None:
        is_other = buffer.text != typing.buffer.text
        typing.buffer = buffer
        if len(buffer.text) >= LIMIT:
            told = f"Full: a text has at most {LIMIT} characters · {self._shell.key_of('note')} writes a note"
            self._shell.status.say(told, "warning")
        if is_other:
            typing.edit.keep(buffer.text)
        self._board.repaint()

    # closed

    def _leave(self, typing: Typing) -> None:
        """Esc: the text stays as a draft."""
        if typing.edit.keep(typing.buffer.text):
            key = self._shell.key_of("edit" if typing.item is not None else "add")
            self._shell.status.say(f"Draft kept · {key} to go on", "draft")
        else:
            self._shell.status.say("")
        self._close(typing.before)

    def _save(self, typing: Typing) -> None:
        """Enter: the text becomes an edit; an empty new entry is given up."""
        from canvas_tui.core.edits import tidy

        text, shell, edit = tidy(typing.buffer.text), self._shell, typing.edit
        if not text and typing.item is not None and not typing.hint:
            shell.say("An entry needs a text · esc leaves it as it was", "warning")
            return
        if not text or text in (edit.base, tidy(edit.was)):
            edit.drop()
            shell.status.say("")
            self._close(typing.before)
            return
        self._shelf.keep(edit.key, text, edit.base)  # until it is on disk
        self._close(typing.before, repaints=False)
        self.is_saving = True
        try:
            made = shell.edit(*_edit_of(typing, text), draft=edit.key)
        finally:
            self.is_saving = False
        if made is not None:
            self._board.put_cursor(made)
        elif typing.item is not None and self._session.workspace.find(typing.item.address) is None:
            self._keep_for_a_new_entry(edit, typing.item, text)
        self._board.repaint()

    def _keep_for_a_new_entry(self, edit: OpenEdit, item: Located, text: str) -> None:
        """The entry is gone: what was typed becomes the draft of a new one in its cell."""
        status, new = self._shell.status, edit.as_new_entry(self._session.workspace)
        if new is None:
            told = "This canvas is gone · your text is kept until it is back"
            status.say("")
            status.tell(told, "warning", topic=f"canvas {item.canvas.id}" if item.canvas else "")
        else:
            edit.become(new, text)
            again = f"{self._shell.key_of('add')} adds it as a new entry"
            status.say(f"Somebody else removed it; your text is kept · {again}", "warning")

    def _close(self, before: Cursor | None, *, repaints: bool = True) -> None:
        self._typing = None
        self._board.point_at(Offset(0, 0))
        if before is not None:
            self._state.cursor = before
        status = self._shell.status
        said = (status.message, status.style)
        self._board.follow()  # if the canvas is gone too, the message about the text is the more important one
        if said[0]:
            status.say(*said)
        if repaints:
            self._board.repaint()


def _edit_of(typing: Typing, text: str) -> tuple[Command, str]:
    """The edit that a text becomes, and its title."""
    from canvas_tui.core import edits

    if typing.item is not None:
        return typing.edit.command(text), f"Changed to {quoted(text, 30)}"
    return edits.add_entry(typing.cell, text, typing.place, typing.group), f"Added {quoted(text, 36)}"


def _cursor_in(field: list[Line], x: int, y: int) -> Offset:
    """Where the field's cursor is on the screen, for input methods: the terminal's own cursor is put there, unseen."""
    for row, line in enumerate(field):
        before = 0
        for text, style in line:
            if style == "cursor":
                return Offset(x + before, y + row)
            before += width(text)
    return Offset(x, y)


def _first(view: CellView) -> Place:
    """The place before all entries that are shown."""
    first = next(iter(view.shown), None)
    return Place(before=Ref(first.address, first.entry.text)) if first else END
