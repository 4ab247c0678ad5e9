"""The text and cursor of a one-line field, as a value: what each editing key makes of it.

Pure, no textual. The cursor counts characters, and always stands between whole signs: an emoji of several
characters is stepped over, and deleted, as one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from canvas_tui.core.cells import clusters
from canvas_tui.core.text import clean_input, width

LIMIT = 10_000


class Buffer(NamedTuple):
    """One line being typed. `cursor` is an index into `text`, 0 to its length."""

    text: str = ""
    cursor: int = 0

    @classmethod
    def of(cls, text: str) -> Buffer:
        """A buffer with the cursor at its end."""
        return cls(text, len(text))

    def typed(self, words: str) -> Buffer:
        """With what was typed or pasted at the cursor, cleaned."""
        new = clean_input(words)[: max(0, LIMIT - len(self.text))]
        return Buffer(self.text[: self.cursor] + new + self.text[self.cursor :], self.cursor + len(new))

    def left(self) -> Buffer:
        """With the cursor one sign to the left."""
        return Buffer(self.text, self._before())

    def right(self) -> Buffer:
        """With the cursor one sign to the right."""
        return Buffer(self.text, self._after())

    def home(self) -> Buffer:
        """With the cursor at the beginning."""
        return Buffer(self.text, 0)

    def end(self) -> Buffer:
        """With the cursor at the end."""
        return Buffer(self.text, len(self.text))

    def word_left(self) -> Buffer:
        """With the cursor at the beginning of this word, or of the one before."""
        at = self.cursor
        while at and self.text[at - 1].isspace():
            at -= 1
        while at and not self.text[at - 1].isspace():
            at -= 1
        return Buffer(self.text, at)

    def word_right(self) -> Buffer:
        """With the cursor at the beginning of the next word."""
        at, end = self.cursor, len(self.text)
        while at < end and not self.text[at].isspace():
            at += 1
        while at < end and self.text[at].isspace():
            at += 1
        return Buffer(self.text, at)

    def backspace(self) -> Buffer:
        """Without the sign left of the cursor."""
        return self._without(self._before(), self.cursor)

    def delete(self) -> Buffer:
        """Without the sign right of the cursor."""
        return self._without(self.cursor, self._after())

    def kill_word(self) -> Buffer:
        """Without the word left of the cursor."""
        return self._without(self.word_left().cursor, self.cursor)

    def kill_before(self) -> Buffer:
        """Without all that is left of the cursor."""
        return self._without(0, self.cursor)

    def kill_after(self) -> Buffer:
        """Without all that is right of the cursor."""
        return self._without(self.cursor, len(self.text))

    def pressed(self, key: str, character: str | None = None) -> Buffer | None:
        """What a key makes of it; None for a key that edits nothing."""
        edit = _KEYS.get(key)
        if edit is not None:
            return edit(self)
        if character is not None and character.isprintable():
            return self.typed(character)
        return None

    def window(self, columns: int, start: int) -> tuple[str, int, int]:
        """What is seen through `columns` cells: (text, the cursor's cell, the index the window starts at).

        `start` is where it started last time: it moves only when the cursor would leave it.
        """
        room = max(1, columns - 1)  # one cell for the cursor behind the last sign
        start = self._sign_at(min(start, self.cursor, len(self.text)))
        if width(self.text[start : self.cursor]) > room or 0 < start == self.cursor:
            start = self._start_before(self.cursor, room // 2 or 1)
        shown, used = [], 0
        for cluster, cells in clusters(self.text[start : start + 4 * columns]):
            if used + cells > columns:
                break
            shown.append(cluster)
            used += cells
        return "".join(shown), width(self.text[start : self.cursor]), start

    def _start_before(self, index: int, cells: int) -> int:
        start = index
        while start and width(self.text[start:index]) < cells:
            start -= 1
        return self._sign_at(start)

    def _sign_at(self, index: int) -> int:
        """The beginning of the sign that `index` is in."""
        base = max(0, index - 64)
        at = base
        for cluster, _ in clusters(self.text[base : index + 64]):
            if at + len(cluster) > index:
                return at
            at += len(cluster)
        return index

    def _before(self) -> int:
        return self._sign_at(self.cursor - 1) if self.cursor else 0

    def _after(self) -> int:
        following = next((cluster for cluster, _ in clusters(self.text[self.cursor : self.cursor + 64])), "")
        return self.cursor + len(following)

    def _without(self, start: int, end: int) -> Buffer:
        return Buffer(self.text[:start] + self.text[end:], start)


_KEYS: dict[str, Callable[[Buffer], Buffer]] = {
    "left": Buffer.left, "right": Buffer.right, "ctrl+left": Buffer.word_left, "ctrl+right": Buffer.word_right,
    "home": Buffer.home, "end": Buffer.end, "ctrl+a": Buffer.home, "ctrl+e": Buffer.end,
    "backspace": Buffer.backspace, "delete": Buffer.delete, "ctrl+d": Buffer.delete,
    "ctrl+w": Buffer.kill_word, "ctrl+u": Buffer.kill_before, "ctrl+k": Buffer.kill_after,
}  # fmt: skip
