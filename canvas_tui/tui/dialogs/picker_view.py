"""The picker as lines: what is typed, the matches by group, the best one under the cursor, what Enter does.

Pure, no textual. `PickerState` is the whole picker; the dialog only feeds it keys and shows its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from canvas_tui.core.text import clip, width
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.dialogs.matching import SHOWN, Item, Matcher, grouped, with_matches
from canvas_tui.tui.paint.field import field_line
from canvas_tui.tui.paint.parts import fitted, keys_line, line_width, padded, rule_line
from canvas_tui.tui.paint.style import Line, Marks, Span


@dataclass
class Wording:
    """What a picker says. `enter` and `enter_ticked` are the words for Enter on a plain and on a ticked item."""

    title: str
    enter: str = "choose"
    enter_ticked: str = ""
    placeholder: str = "type a few letters"
    nothing: str = "nothing fits"


@dataclass
class PickerState:
    """What is typed, what fits, and where the cursor is. `cursor` counts the items shown, creators last."""

    matcher: Matcher
    wording: Wording
    buffer: Buffer = field(default_factory=Buffer)
    cursor: int = 0
    top: int = 0
    start: int = 0  # where the window of the typed text starts
    is_waiting: bool = False  # what fits is not known yet
    look_aside: Callable[[], None] | None = None  # starts the matching in a thread, for many items
    _groups: list[tuple[str, list[Item]]] = field(default_factory=list)
    _flat: list[Item] = field(default_factory=list)
    _moves: list[int] = field(default_factory=list)  # moves of the cursor that wait for the matches
    found: int = 0

    @classmethod
    def of(cls, items: Sequence[Item], wording: Wording, query: str = "") -> PickerState:
        """A picker over items, with a query typed already."""
        state = cls(Matcher(items), wording, Buffer.of(query))
        state.refresh()
        return state

    def refresh(self) -> None:
        """Look again what fits; the best match is under the cursor."""
        if self.look_aside is not None:
            self.look_aside()
        else:
            self.take(self.matcher, self.matcher.fitting(self.buffer.text))

    def take(self, matcher: Matcher, fitting: Sequence[Item]) -> None:
        """Take over the items and the matches that were found."""
        self.matcher, self.found, self.is_waiting = matcher, len(fitting), False
        self._groups = grouped(fitting)
        self._flat = [item for _, items in self._groups for item in items]
        if self.buffer.text.strip():
            self._flat += self.matcher.creators
        self.cursor = self.top = 0
        if not (self.buffer.text.strip() and self.wording.enter_ticked):
            # Enter pressed right away must neither remove an existing link nor do nothing
            self.cursor = next((number for number, item in enumerate(self._flat) if not item.is_ticked), 0)
        moves, self._moves = self._moves, []
        for by in moves:
            self.move(by)

    @property
    def choice(self) -> Item | None:
        """The item under the cursor; None while nobody knows what fits."""
        if self.is_waiting:
            return None
        return self._flat[self.cursor] if 0 <= self.cursor < len(self._flat) else None

    def move(self, by: int) -> None:
        """Move the cursor, stopping at either end. While matches are being looked for, the move waits for them."""
        if self.is_waiting:
            self._moves.append(by)
            return
        self.cursor = max(0, min(self.cursor + by, len(self._flat) - 1))

    def press(self, key: str, character: str | None, page: int) -> bool:
        """A key that moves or types; whether it meant anything here."""
        moves = {"up": -1, "down": 1, "ctrl+n": 1, "tab": 1, "shift+tab": -1, "pageup": -page, "pagedown": page}
        if key in moves:
            self.move(moves[key])
            return True
        changed = self.buffer.pressed(key, character)
        if changed is None:
            return False
        self.type(changed)
        return True

    def type(self, buffer: Buffer) -> None:
        """Another text typed."""
        is_other = buffer.text != self.buffer.text
        self.buffer = buffer
        if is_other:
            self._moves = []
            self.refresh()

    def lines(self, columns: int, height: int, marks: Marks) -> list[Line]:
        """The whole picker: its edge, the field, the matches, the keys."""
        slots = self._slots()
        at = next((line for line, slot in enumerate(slots) if slot == self.cursor), 0)
        room = max(1, height - 3)
        if self.cursor == len(self._flat) - 1:
            at = len(slots) - 1  # what is told below the last item comes into sight with it
        first = at - 1 if at and isinstance(slots[at - 1], str) else at
        self.top = max(min(self.top, first), at - room + 1, 0)
        self.top = min(self.top, max(0, len(slots) - room))
        shown = [self._line(slot, columns, marks) for slot in slots[self.top : self.top + room]]
        below = len(slots) - self.top - room
        if below > 0 and shown:
            note = f" +{below}"
            shown[-1] = (*padded(fitted(shown[-1], columns - len(note)), columns - len(note)), (note, "count"))
        shown += [()] * (room - len(shown))
        return [
            rule_line(self.wording.title, columns, marks),
            self._field(columns, marks),
            *shown,
            self._keys(columns),
        ]

    def _field(self, columns: int, marks: Marks) -> Line:
        total = len(self.matcher)
        found: int | str = marks.ellipsis if self.is_waiting else self.found
        count = f" {found} of {total} " if self.buffer.text.strip() and total else f" {total or found} "
        head = f" {marks.why} "
        room = max(8, columns - width(head) - width(count))
        field_spans, self.start = field_line(self.buffer, room, self.start, self.wording.placeholder)
        return fitted((*padded(((head, "accent"), *field_spans), columns - width(count)), (count, "dim")), columns)

    def _keys(self, columns: int) -> Line:
        choice = self.choice
        pairs = [("esc", "close")]
        if choice is not None:
            word = self.wording.enter_ticked if choice.is_ticked and self.wording.enter_ticked else self.wording.enter
            pairs = [("enter", "create" if choice.is_creator else word), ("up down", "move")]
            pairs.append(("esc", "close"))
        return keys_line(pairs, columns)

    def _slots(self) -> list[str | int]:
        """What stands on each line: the number of an item, or the words of a heading or note."""
        slots: list[str | int] = []
        number = 0
        for name, items in self._groups:
            if name or len(self._groups) > 1:
                slots.append(f" {name}")
            slots += range(number, number + len(items))
            number += len(items)
        is_typed = bool(self.buffer.text.strip())
        if self.found > SHOWN:
            slots.append(f"   {self.found - SHOWN} more - type another letter")
        if self.is_waiting and not self._flat:
            slots.append("   looking what there is")
        elif not self.found and is_typed:
            slots.append(f"   {self.wording.nothing}")
        slots += range(number, len(self._flat))
        return slots

    def _line(self, slot: str | int, columns: int, marks: Marks) -> Line:
        if isinstance(slot, str):
            return ((clip(slot, columns - 1), "dim"),)
        make = self._creator_line if self._flat[slot].is_creator else self._item_line
        return make(self._flat[slot], slot == self.cursor, columns, marks)

    def _item_line(self, item: Item, is_here: bool, columns: int, marks: Marks) -> Line:
        mark = marks.cursor if is_here else " "
        tick = marks.tick if item.is_ticked else " "
        query = self.buffer.text
        text_style = "chosen" if is_here else ""
        detail = f" {clip(item.detail, max(14, columns // 3))} " if item.detail else " "
        room = max(12, columns - 4 - width(item.mark) - min(width(detail), columns // 3))
        text = clip(item.text, room)
        spans: list[Span] = [(mark, "accent"), (f"{tick} ", "good"), *([(item.mark, "dim")] if item.mark else [])]
        matched = with_matches(text, query, text_style)
        spans += matched
        if query.strip() and item.also and not any(style == "match" for _, style in matched):
            spans += [("  ", ""), *with_matches(item.also, query, "dim")]
        elif item.hint:
            spans += [("  ", ""), (clip(item.hint, columns - line_width(tuple(spans)) - width(detail) - 3), "dim")]
        detail = clip(detail, max(0, columns - line_width(tuple(spans))))
        return fitted((*padded(tuple(spans), columns - width(detail)), (detail, "dim")), columns)

    def _creator_line(self, item: Item, is_here: bool, columns: int, marks: Marks) -> Line:
        mark = marks.cursor if is_here else " "
        words = clip(" ".join(self.buffer.text.split()), max(8, columns - width(item.text) - 8))
        style = "chosen" if is_here else ""
        return fitted(((mark, "accent"), (f"+ {item.text} ", style or "dim"), (f"“{words}”", style)), columns)
