"""A list shown over a screen: chains up and down, and the keys. Enter goes to a row; a key may turn to the next page.

Owns the keys of the dialog and its scrolling; rows come from pure view functions, made for the width there is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events

from canvas_tui.tui.dialogs.dialog import PaintedDialog
from canvas_tui.tui.dialogs.frame import Place, place_for
from canvas_tui.tui.paint.parts import keys_line, rule_line
from canvas_tui.tui.paint.rows import Rows
from canvas_tui.tui.paint.style import Line

Listed = tuple[Line, str | None]
_MOVES = {"up": -1, "k": -1, "down": 1, "j": 1}


@dataclass(frozen=True)
class Page:
    """What the list shows: a title, rows for a width, and the word for Enter ("" where nothing can be chosen)."""

    title: str
    rows: Callable[[int], Sequence[Listed]]
    enter: str = ""
    other_key: str = ""  # the key that turns to the next page, and its word
    other_word: str = ""


class ListingDialog(PaintedDialog[str | None]):
    """One of `pages` at a time. Gives the key of the row chosen, or None."""

    def __init__(
        self,
        pages: Sequence[Page],
        *,
        is_whole: bool = False,
        closing_keys: Sequence[str] = (),
        chosen: Callable[[str], object] = lambda key: None,
    ) -> None:
        """`is_whole`: over the whole window. `closing_keys` close it too, beside Esc and q. `chosen` is given the key
        of the row that was chosen, when the dialog is closing.
        """
        super().__init__(self.place, self.lines, self.press)
        self.pages = tuple(pages)
        self.is_whole = is_whole
        self.closing_keys = frozenset({"escape", "q", "ctrl+c", *closing_keys})
        self.number = 0
        self.list = Rows()
        self._keys: list[str | None] = []
        self._chosen = chosen

    @property
    def page(self) -> Page:
        """What is shown now."""
        return self.pages[self.number]

    def press(self, event: events.Key) -> None:
        """Handle one key: turn the page, close, choose, or move."""
        key = event.character if event.is_printable and event.character else event.key
        if self.page.other_key and key == self.page.other_key:
            self.number = (self.number + 1) % len(self.pages)
            self.list = Rows()
            self._arrange(*self.app.size)
            return
        if key in self.closing_keys:
            self.dismiss(None)
        elif key == "enter":
            self._choose()
        elif key in _MOVES:
            self.list.move(_MOVES[key])
        elif key in ("pageup", "pagedown", "space", "ctrl+b", "ctrl+f"):
            self.list.page(-1 if key in ("pageup", "ctrl+b") else 1)
        elif key in ("home", "g"):
            self.list.first()
        elif key in ("end", "G"):
            self.list.last()
        self._paint()

    def _choose(self) -> None:
        if self.page.enter and self.list.has_cursor and (key := self._keys[self.list.cursor]) is not None:
            self.dismiss(key)
            self._chosen(key)

    def place(self, columns: int, rows: int) -> Place:
        """The whole window, or as high as the page."""
        if self.is_whole:
            return Place(0, 0, columns, rows)
        probe = place_for(columns, rows, self.spot, wanted=rows, wide=84)
        needed = len(self.page.rows(probe.inner)) + 2
        return place_for(columns, rows, self.spot, wanted=needed, wide=84)

    def _arrange(self, columns: int, rows: int) -> None:
        made = list(self.page.rows(self.place(columns, rows).inner))
        self._keys = [key for _, key in made]
        can_choose = bool(self.page.enter)
        selectable = frozenset(row for row, key in enumerate(self._keys) if key is not None and can_choose)
        self.list.set([line for line, _ in made], None, selectable)
        super()._arrange(columns, rows)

    def lines(self, columns: int) -> list[Line]:
        """The title, the rows, the keys."""
        room = max(1, self._place.height - 2)
        shown = self.list.lines(columns, room, self.marks)
        shown += [()] * (room - len(shown))
        page = self.page
        keys = [("enter", page.enter)] if page.enter and self.list.has_cursor else []
        if page.other_key:
            keys.append((page.other_key, page.other_word))
        keys.append(("esc", "close"))
        if self.list.has_cursor or len(self.list.rows) > room:
            keys.append(("up down", "move" if self.list.has_cursor else "scroll"))
        return [rule_line(page.title, columns, self.marks), *shown, keys_line(keys, columns)]
