"""The field that is open on the board: what is typed, what becomes of it on Enter and on Esc, and the draft it leaves.

The text that was seen when typing began goes with the edit, so that somebody else's change is never overwritten unseen.
How the field is broken into lines is in `editor`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Offset

from canvas_tui.core.elements import Entry
from canvas_tui.core.placeholder import hint_of
from canvas_tui.core.places import END, Conflict, EditError, Place, Ref, locate, ref_to
from canvas_tui.core.text import clean, width
from canvas_tui.core.workspace import Located, UnknownElement, Workspace
from canvas_tui.tui.board.contents import CellView, Contents, EntryView
from canvas_tui.tui.board.cursor import Cursor, cursor_at
from canvas_tui.tui.board.editor import field_lines, spliced
from canvas_tui.tui.board.entries import gutter_of, text_room
from canvas_tui.tui.dialogs.buffer import LIMIT, Buffer
from canvas_tui.tui.fixing import FixingScreen
from canvas_tui.tui.look import Line
from canvas_tui.tui.screens.base import HEAD
from canvas_tui.tui.views.parts import cell_title, quoted

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command

_NEW = "\0new"  # the address of an entry that is not there yet


@dataclass
class Typing:
    """What the open editor writes: the text of `item`, or a new entry of `cell` at `place` where `item` is None."""

    buffer: Buffer
    key: str  # of the draft
    base: str  # the text when typing began
    item: Located | None = None
    cell: str = ""
    place: Place = END
    before: Cursor | None = None  # where the cursor goes back to
    group: str = ""  # the heading that a new entry comes under: that of the entry it is written beside
    seen: str | None = None  # what somebody else made of the text meanwhile, as it was last told
    gone: tuple[Located, str, str] | None = None  # the entry that was removed under the field, its draft's key and base

    @property
    def hint(self) -> str:
        """What the empty field asks for: the words of the placeholder that stood there."""
        return hint_of(self.base)

    @property
    def shown(self) -> str:
        """The text when typing began, as a field may show it."""
        return as_shown(self.base)


def as_shown(text: str) -> str:
    """The text of a file as it may be shown, and edited, on one line."""
    return clean(" ".join(text.split("\n")))


class BoardTyping(FixingScreen):
    """A board with a field that may be open. The cursor, and what is shown where, are the board's to say."""

    _typing: Typing | None = None
    _is_saving = False
    _contents: Contents | None = None
    cursor: Cursor

    @property
    def contents(self) -> Contents:
        """What the board holds; only where there is a canvas."""
        assert self._contents is not None
        return self._contents

    def spot_on_board(self) -> tuple[int, int, int, int] | None:
        """Where the entry under the cursor is shown: x, y, columns and rows of the body."""
        return None

    @property
    def spot(self) -> tuple[int, ...] | None:
        found = self.spot_on_board()
        return (found[0], found[1] + HEAD, *found[2:]) if found else None

    @property
    def is_typing(self) -> bool:
        """Whether an editor is open on the board."""
        return self._typing is not None

    def _land(self, made: str | None) -> None:
        if made is not None and self.put_cursor(made):
            self.repaint()

    def _begin_entry(self, cell: str, place: Place, before: Cursor, *, after: bool = True, group: str = "") -> None:
        key = f"{cell}:new"
        name = cell.split("/")[1]
        at = 0 if before.place is None or before.cell != name else before.place + after
        typing = Typing(Buffer.of(self._draft(key, "")), key, "", None, cell, place, before, group)
        self.cursor = Cursor(name, at, _NEW, "", before.lane)
        self._type(typing)

    def _draft(self, key: str, text: str) -> str:
        draft = self.canvas_app.shelf.text_of(key)
        if draft is None or draft == text:
            return text
        self.canvas_app.status.say("Your draft from before is back · ctrl+u and esc throw it away", "draft")
        return draft

    def _type(self, typing: Typing) -> None:
        self._typing = typing
        self.repaint()

    @property
    def is_adding(self) -> bool:
        """Whether the field that is open is of an entry that is not there yet."""
        return self._typing is not None and self._typing.item is None

    def with_typed(self, contents: Contents) -> Contents:
        """The contents with the text that is being typed, so that it has its place while it is typed."""
        typing = self._typing
        if typing is None:
            return contents
        name = self.cursor.cell
        view = contents.cells[name]
        group = typing.group if typing.item is None else typing.item.entry.group
        text = (typing.buffer.text or typing.hint) + "x"  # room for the cursor behind the text
        typed = Entry({"text": text, "group": group})
        shown = list(view.shown)
        if typing.item is None:
            at = min(self.cursor.place or 0, len(shown))
            shown.insert(at, EntryView(typed, _NEW, -1))
        elif self.cursor.place is not None:
            shown[self.cursor.place] = shown[self.cursor.place]._replace(entry=typed)
        cells: dict[str, CellView] = {**contents.cells, name: replace(view, shown=tuple(shown), count=len(shown))}
        return contents._replace(cells=cells)

    def look_at_field(self, contents: Contents) -> None:
        """The files changed while the field is open: say what became of its entry. What is typed stays."""
        typing = self._typing
        if typing is not None and typing.gone is not None:
            self._go_on_as_before(typing, contents, *typing.gone)
        if typing is None or typing.item is None:
            return
        now = text_now(self.controller.workspace, typing.item)
        who = self.canvas_app.who_was_at(typing.item.address)
        if now is None:
            self._go_on_as_new(typing, contents)
            self.canvas_app.status.answer(f"{who} removed this entry · enter adds your text as a new one", "warning")
        elif now not in (typing.base, typing.seen):
            typing.seen = now
            self.canvas_app.status.answer(f"{who} changed this entry · enter asks what stays", "warning")
        elif (moved := _moved(self.controller.workspace, typing.item)) is not None:
            typing.item = moved
            where = cell_title(moved, self.controller.workspace)
            self.canvas_app.status.answer(f"{who} moved this entry to {where}", "warning")

    def _go_on_as_new(self, typing: Typing, contents: Contents) -> None:
        view, text, shelf = contents.cells[self.cursor.cell], typing.buffer.text, self.canvas_app.shelf
        shelf.drop(typing.key)
        assert typing.item is not None
        typing.gone = (typing.item, typing.key, typing.base)
        typing.item, typing.cell, typing.key, typing.base = None, view.address, f"{view.address}:new", ""
        place = min(self.cursor.place or 0, len(view.shown))
        after = view.shown[place - 1] if place else None
        typing.place = Place(after=Ref(after.address, after.entry.text)) if after else _first(view)
        self.cursor = Cursor(view.id, place, _NEW, "", self.cursor.lane)
        shelf.keep(typing.key, text, "")

    def _go_on_as_before(self, typing: Typing, contents: Contents, was: Located, key: str, base: str) -> None:
        """The entry that was removed under the field may be back, as after git stash pop: the text is for it again."""
        try:
            found = locate(self.controller.workspace, ref_to(was))
        except (LookupError, EditError):
            return
        cursor = cursor_at(contents, found.address)
        if cursor is None or cursor.place is None:
            return
        self.canvas_app.shelf.drop(typing.key)
        typing.item, typing.key, typing.base, typing.seen, typing.gone = found, key, base, None, None
        self.cursor = cursor
        self.canvas_app.shelf.keep(key, typing.buffer.text, base)
        self.canvas_app.status.answer("The entry is back · enter changes it", "good")

    def repaint(self) -> None:
        if self._is_saving:
            return
        super().repaint()
        if self._contents is not None:
            self.canvas_app.tell_place(self.selected or "", self.is_typing)

    def with_field(self, lines: list[Line]) -> list[Line]:
        """The board's lines with the field that is being typed in painted over its place."""
        if self._typing is None or (spot := self.spot_on_board()) is None:
            return lines
        x, y, columns, rows = spot
        x, columns = x + gutter_of(columns), text_room(columns)
        buffer = self._typing.buffer
        field = field_lines(buffer.text, buffer.cursor, columns, rows, self._typing.hint)
        self.app.cursor_position = _cursor_in(field, x, y + HEAD)
        field += [()] * (rows - len(field))
        return [
            spliced(line, x, columns, field[row - y]) if y <= row < y + rows else line for row, line in enumerate(lines)
        ]

    def type_key(self, event: events.Key) -> None:
        typing = self._typing
        if typing is None:
            return
        if event.key == "enter":
            self._save(typing)
        elif event.key == "escape":
            self._leave(typing)
        elif (changed := typing.buffer.pressed(event.key, event.character)) is not None:
            self._typed(typing, changed)

    def on_paste(self, event: events.Paste) -> None:
        if (typing := self._typing) is not None:
            event.stop()
            self._typed(typing, typing.buffer.typed(event.text))

    def _typed(self, typing: Typing, buffer: Buffer) -> None:
        is_other = buffer.text != typing.buffer.text
        typing.buffer = buffer
        if len(buffer.text) >= LIMIT:
            note = self.canvas_app.keys.keymap.key_of("note")
            self.canvas_app.status.say(f"Full: a text has at most {LIMIT} characters · {note} writes a note", "warning")
        if is_other and buffer.text.strip():
            self.canvas_app.shelf.keep(typing.key, buffer.text, typing.base)
        elif is_other:
            self.canvas_app.shelf.drop(typing.key)
        self.repaint()

    def _leave(self, typing: Typing) -> None:
        """Esc: the text stays as a draft."""
        app, text = self.canvas_app, typing.buffer.text
        if text.strip() in ("", typing.shown.strip()):
            app.shelf.drop(typing.key)
            app.status.say("")
        else:
            app.shelf.keep(typing.key, text, typing.base)
            key = "edit" if typing.item is not None else "add"
            app.status.say(f"Draft kept · {app.keys.keymap.key_of(key)} to go on", "draft")
        self._close_field(typing.before)

    def _save(self, typing: Typing) -> None:
        """Enter: the text becomes an edit; an empty new entry is given up."""
        from canvas_tui.core import edits
        from canvas_tui.core.commands import ChangeEntry

        text, app = edits.tidy(typing.buffer.text), self.canvas_app
        if not text and typing.item is not None and not typing.hint:
            app.say("An entry needs a text · esc leaves it as it was", "warning")
            return
        if not text or text in (typing.base, edits.tidy(typing.shown)):
            app.shelf.drop(typing.key)
            app.status.say("")
            self._close_field(typing.before)
            return
        if typing.item is not None:
            command: Command = ChangeEntry(Ref(typing.item.address, typing.base), text)
            title = f"Changed to {quoted(text, 30)}"
        else:
            command, title = edits.add_entry(typing.cell, text, typing.place, typing.group), f"Added {quoted(text, 36)}"
        app.shelf.keep(typing.key, text, typing.base)  # until it is on disk
        self._close_field(typing.before, repaints=False)
        self._is_saving = True  # one picture of the edit, when all of it is known
        try:
            made = app.edit(command, title, draft=typing.key)
        finally:
            self._is_saving = False
        if made is not None:
            self.put_cursor(made)
        elif typing.item is not None and self.controller.workspace.find(typing.item.address) is None:
            self._keep_for_a_new_entry(typing, text)
        self.repaint()

    def _keep_for_a_new_entry(self, typing: Typing, text: str) -> None:
        """The entry is gone: what was typed becomes the draft of a new one in its cell."""
        item, app = typing.item, self.canvas_app
        assert item is not None
        if item.canvas is None or self.controller.workspace.find(item.canvas.id) is None:
            told = "This canvas is gone · your text is kept until it is back"
            app.status.say("")
            app.status.tell(told, "warning", topic=f"canvas {item.canvas.id}" if item.canvas else "")
        else:
            app.shelf.drop(typing.key)
            app.shelf.keep(f"{item.canvas.id}/{item.cell}:new", text, "")
            key = app.keys.keymap.key_of("add")
            app.status.say(f"Somebody else removed it; your text is kept · {key} adds it as a new entry", "warning")

    def _close_field(self, before: Cursor | None, *, repaints: bool = True) -> None:
        self._typing = None
        self.app.cursor_position = Offset(0, 0)
        if before is not None:
            self.cursor = before
        said = (self.canvas_app.status.message, self.canvas_app.status.style)
        self.follow()  # the canvas may have gone meanwhile; what was said of the text counts more
        if said[0]:
            self.canvas_app.status.say(*said)
        if repaints:
            self.repaint()

    @property
    def typing_keys(self) -> tuple[tuple[str, str], ...]:
        return (("enter", "save"), ("esc", "leave, the text is kept as a draft"))


def text_now(workspace: Workspace, item: Located) -> str | None:
    """The text of an entry as it is now; None where the entry is gone."""
    try:
        return locate(workspace, ref_to(item)).text
    except Conflict as conflict:
        return conflict.theirs if isinstance(conflict.theirs, str) else None
    except UnknownElement:
        return None
    except EditError:
        return item.text


def _moved(workspace: Workspace, item: Located) -> Located | None:
    """The entry where it stands now, if that is another cell; None where it stands where it was."""
    try:
        found = locate(workspace, ref_to(item))
    except (LookupError, EditError):
        return None
    is_there = found.canvas is not None and item.canvas is not None and found.canvas.id == item.canvas.id
    return None if is_there and found.cell == item.cell else found


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
