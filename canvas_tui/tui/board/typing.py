"""The field that is open on the board: what is typed, what becomes of it on Enter and on Esc, and the draft it leaves.

The text that was seen when typing began goes with the edit, so that somebody else's change is never overwritten unseen.
How the field is broken into lines is in `editor`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
from canvas_tui.tui.dialogs.buffer import LIMIT, Buffer
from canvas_tui.tui.fixing import FixingScreen
from canvas_tui.tui.look import Line
from canvas_tui.tui.screens.base import HEAD
from canvas_tui.tui.views.parts import cell_title, quoted

_NEW = "\0new"  # the address of an entry that is not there yet


@dataclass
class Typing:
    """What the open editor writes: the text of `item`, or a new entry of `cell` at `place` where `item` is None."""

    buffer: Buffer
    edit: OpenEdit
    cell: str = ""
    place: Place = END
    before: Cursor | None = None  # where the cursor goes back to
    group: str = ""  # the heading that a new entry comes under: that of the entry it is written beside
    seen: str | None = None  # what somebody else made of the text meanwhile, as it was last told
    gone: OpenEdit | None = None  # the edit of the entry that was removed under the field

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
        edit = OpenEdit.new(self.canvas_app.shelf, cell)
        name = cell.split("/")[1]
        at = 0 if before.place is None or before.cell != name else before.place + after
        typing = Typing(Buffer.of(self._draft(edit, "")), edit, cell, place, before, group)
        self.cursor = Cursor(name, at, _NEW, "", before.lane)
        self._type(typing)

    def _begin_edit(self, item: Located) -> None:
        edit = OpenEdit.of(self.canvas_app.shelf, item, "text", item.text)
        edit = replace(edit, was=as_shown(edit.base))
        # nobody edits a placeholder: one writes in its place
        text = "" if is_placeholder(item.text) else as_shown(item.text)
        self._type(Typing(Buffer.of(self._draft(edit, text)), edit, before=self.cursor))

    def _draft(self, edit: OpenEdit, text: str) -> str:
        draft = edit.shelf.text_of(edit.key)
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
            self._go_on_as_before(typing, contents, typing.gone)
        if typing is None or typing.item is None:
            return
        workspace, status = self.controller.workspace, self.canvas_app.status
        meanwhile, who = typing.edit.meanwhile(workspace), self.canvas_app.who_was_at(typing.item.address)
        if meanwhile.is_gone:
            self._go_on_as_new(typing, contents)
            status.answer(f"{who} removed this entry · enter adds your text as a new one", "warning")
        elif meanwhile.text not in (typing.edit.base, typing.seen):
            typing.seen = meanwhile.text
            status.answer(f"{who} changed this entry · enter asks what stays", "warning")
        elif meanwhile.now is not None and moved_to(typing.item, meanwhile.now):
            typing.edit = replace(typing.edit, item=meanwhile.now)
            status.answer(f"{who} moved this entry to {cell_title(meanwhile.now, workspace)}", "warning")

    def _go_on_as_new(self, typing: Typing, contents: Contents) -> None:
        view = contents.cells[self.cursor.cell]
        typing.gone, typing.edit = typing.edit, OpenEdit.new(typing.edit.shelf, view.address)
        typing.gone.become(typing.edit, typing.buffer.text)
        typing.cell = view.address
        place = min(self.cursor.place or 0, len(view.shown))
        after = view.shown[place - 1] if place else None
        typing.place = Place(after=Ref(after.address, after.entry.text)) if after else _first(view)
        self.cursor = Cursor(view.id, place, _NEW, "", self.cursor.lane)

    def _go_on_as_before(self, typing: Typing, contents: Contents, gone: OpenEdit) -> None:
        """The entry that was removed under the field may be back, as after git stash pop: the text is for it again."""
        found = gone.meanwhile(self.controller.workspace).now
        cursor = cursor_at(contents, found.address) if found is not None else None
        if cursor is None or cursor.place is None:
            return
        back = replace(gone, item=found)
        typing.edit.become(back, typing.buffer.text)
        typing.edit, typing.seen, typing.gone = back, None, None
        self.cursor = cursor
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
        if is_other:
            typing.edit.keep(buffer.text)
        self.repaint()

    def _leave(self, typing: Typing) -> None:
        """Esc: the text stays as a draft."""
        app = self.canvas_app
        if not typing.edit.keep(typing.buffer.text):
            app.status.say("")
        else:
            key = "edit" if typing.item is not None else "add"
            app.status.say(f"Draft kept · {app.keys.keymap.key_of(key)} to go on", "draft")
        self._close_field(typing.before)

    def _save(self, typing: Typing) -> None:
        """Enter: the text becomes an edit; an empty new entry is given up."""
        from canvas_tui.core import edits

        text, app, edit = edits.tidy(typing.buffer.text), self.canvas_app, typing.edit
        if not text and typing.item is not None and not typing.hint:
            app.say("An entry needs a text · esc leaves it as it was", "warning")
            return
        if not text or text in (edit.base, edits.tidy(edit.was)):
            edit.drop()
            app.status.say("")
            self._close_field(typing.before)
            return
        if typing.item is not None:
            command, title = edit.command(text), f"Changed to {quoted(text, 30)}"
        else:
            command, title = edits.add_entry(typing.cell, text, typing.place, typing.group), f"Added {quoted(text, 36)}"
        app.shelf.keep(edit.key, text, edit.base)  # until it is on disk
        self._close_field(typing.before, repaints=False)
        self._is_saving = True  # one picture of the edit, when all of it is known
        try:
            made = app.edit(command, title, draft=edit.key)
        finally:
            self._is_saving = False
        if made is not None:
            self.put_cursor(made)
        elif typing.item is not None and self.controller.workspace.find(typing.item.address) is None:
            self._keep_for_a_new_entry(edit, typing.item, text)
        self.repaint()

    def _keep_for_a_new_entry(self, edit: OpenEdit, item: Located, text: str) -> None:
        """The entry is gone: what was typed becomes the draft of a new one in its cell."""
        app, new = self.canvas_app, edit.as_new_entry(self.controller.workspace)
        if new is None:
            told = "This canvas is gone · your text is kept until it is back"
            app.status.say("")
            app.status.tell(told, "warning", topic=f"canvas {item.canvas.id}" if item.canvas else "")
        else:
            edit.become(new, text)
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
