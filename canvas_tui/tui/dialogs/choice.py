"""A question answered by one key: keep mine, theirs or both; delete or not; a goal or an initiative.

Owns the keys. Where an answer loses something, Enter alone chooses nothing, so nobody answers out of habit;
where no answer does, they are a list, with a cursor for arrows and Enter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events

from canvas_tui.core.field_paths import get_field
from canvas_tui.core.places import Conflict
from canvas_tui.core.schema import SCHEMA
from canvas_tui.core.text import clean, clip, counted, wrap
from canvas_tui.core.toml_words import as_read
from canvas_tui.core.versions import ENTRY, Version
from canvas_tui.core.workspace import Located
from canvas_tui.tui.dialogs.dialog import PaintedDialog
from canvas_tui.tui.dialogs.frame import Place, place_for
from canvas_tui.tui.paint.parts import keys_lines, rule_line
from canvas_tui.tui.paint.style import Line, Marks

_STEPS = {"up": -1, "shift+tab": -1, "down": 1, "tab": 1}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its key, its word, and what it gives."""

    key: str
    word: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """A text to look at before answering, under a heading ("mine", "theirs")."""

    heading: str
    text: str


class ChoiceScreen(PaintedDialog[str | None]):
    """Ask with `sentence`, show `parts`, and give the value of the option whose key is pressed; None for Esc."""

    def __init__(
        self,
        title: str,
        sentence: str,
        options: Sequence[Option],
        parts: Sequence[Part] = (),
        *,
        is_list: bool = False,
        more: Callable[[int], list[Line]] = lambda columns: [],
        leaving: str = "leave it as it is",
    ) -> None:
        """`is_list`: no answer loses anything, so the answers are a list that Enter chooses from.

        `more` makes further lines to look at, for a number of columns; `leaving` is the word for Esc.
        """
        super().__init__(self.place, self.lines, self.press)
        self.cursor = 0 if is_list else None
        self.question = title
        self.sentence = sentence
        self.options = tuple(options)
        self.parts = tuple(parts)
        self.more = more
        self.leaving = leaving
        self.top = 0

    def press(self, event: events.Key) -> None:
        """Handle one key: close, answer, move the cursor or scroll."""
        if event.key in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif self.cursor is not None and event.key == "enter":
            self.dismiss(self.options[self.cursor].value)
        elif self.cursor is not None and event.key in _STEPS:
            self.cursor = max(0, min(self.cursor + _STEPS[event.key], len(self.options) - 1))
            self._paint()
        elif event.key in ("up", "down", "pageup", "pagedown"):
            self.top += {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}[event.key]
            self._paint()
        else:
            chosen = next((each for each in self.options if event.character == each.key), None)
            if chosen is not None:
                self.dismiss(chosen.value)

    def body(self, columns: int) -> list[Line]:
        """What there is to look at before answering."""
        return [*choice_lines(self, columns), *self.more(columns)]

    def place(self, columns: int, rows: int) -> Place:
        """As high as its contents need, in the width that it gets."""
        place = place_for(columns, rows, self.spot, wanted=self._height(columns))
        return place_for(columns, rows, self.spot, wanted=self._height(place.inner)) if place.side else place

    def _height(self, columns: int) -> int:
        return len(self.body(columns)) + 2 + len(keys_lines(self._keys(), columns))

    def lines(self, columns: int) -> list[Line]:
        """The question, what there is to look at (scrolled, which is said), the keys."""
        body, keys = self.body(columns), keys_lines(self._keys(), columns)
        room = max(1, self._place.height - 1 - len(keys))
        if len(body) > room:
            keys = keys_lines([*self._keys(), ("up down", counted(len(body) - room, "more line"))], columns)
            room = max(1, self._place.height - 1 - len(keys))
        self.top = max(0, min(self.top, len(body) - room))
        shown = body[self.top : self.top + room]
        shown += [()] * (room - len(shown))
        return [rule_line(self.question, columns, self.marks), *shown, *keys]

    def _keys(self) -> list[tuple[str, str]]:
        if self.cursor is not None:
            return [("enter", "choose"), ("up down", "move"), ("esc", "close")]
        return [*((each.key, each.word) for each in self.options), ("esc", self.leaving)]


def choice_lines(asked: ChoiceScreen, columns: int) -> list[Line]:
    """The sentence and the texts to look at."""
    body: list[Line] = [((" ", ""), (part, "")) for part in wrap(clean(asked.sentence, multiline=True), columns - 2)]
    if asked.cursor is not None:
        body += [
            _option_line(option, number == asked.cursor, asked.marks) for number, option in enumerate(asked.options)
        ]
    for part in asked.parts:
        body += [(), ((f" {clean(part.heading)}", "dim"),)]
        body += [((" ", ""), (line, "chosen")) for line in wrap(clean(part.text, multiline=True), columns - 2)]
    return body


def _option_line(option: Option, is_here: bool, marks: Marks) -> Line:
    mark = marks.cursor if is_here else " "
    return ((mark, "accent"), (f" {option.key}", "key"), (f"  {option.word}", "chosen" if is_here else ""))


def conflict_screen(conflict: Conflict, *, who: str = "") -> ChoiceScreen:
    """The question after somebody else (`who`, where that is known) changed the same thing. Gives "mine", "theirs",
    "both" or None.

    "both" is offered where both are texts that may have several lines: the two can stand in one.
    """
    mine, theirs = _shown(conflict.mine), _shown(conflict.theirs)
    options = [Option("m", "mine", "mine"), Option("t", "theirs", "theirs")]
    if isinstance(conflict.mine, str) and isinstance(conflict.theirs, str) and conflict.field not in _OF_ONE_LINE:
        options.append(Option("b", "both, one after the other", "both"))
    what = "removed it" if conflict.theirs is None else "changed it too"
    then = "Nothing is lost: choose what stays" if conflict.theirs is None else _STAYS
    sentence = f"While you were writing, {clip(clean(who), 20) or 'somebody else'} {what}. {then}."
    parts = [Part("mine", mine), Part("theirs", theirs)]
    return ChoiceScreen(f"Two versions of {clean(conflict.address)}", sentence, options, parts)


def settle_screen(item: Located, version: Version, choices: Sequence[str]) -> ChoiceScreen:
    """The same question, asked later about a version that was kept. Gives one of `choices` ("this", "kept", "both")."""
    is_entry = version.field == ENTRY
    keys = {
        "this": Option("s", "this one", "this"),
        "kept": Option("k", "the other one" if is_entry else "the kept one", "kept"),
        "both": Option("b", "both" if is_entry else "both, one after the other", "both"),
    }
    name = "text" if is_entry else version.field
    sentence = f"Two people wrote the {name} at the same time. Choose what stays; undo takes the choice back."
    other = "the other entry" if is_entry else "kept"
    parts = [
        Part("this one", _shown(get_field(item.element.fields, name), _NOTHING)),
        Part(f"{other} ({clip(version.who, 20)})" if version.who else other, _shown(version.other, _NOTHING)),
    ]
    title = f"Two versions of {clean(item.address)}"
    return ChoiceScreen(title, sentence, [keys[each] for each in choices], parts)


def confirm_screen(title: str, sentence: str, word: str, *, key: str = "y") -> ChoiceScreen:
    """One thing to agree to: gives "yes", or None for Esc."""
    return ChoiceScreen(title, sentence, [Option(key, word, "yes")])


_STAYS = "Choose which one stays; the other is kept beside it"
_NOTHING = "(nothing)"
_OF_ONE_LINE = frozenset(spec.name for specs in SCHEMA.values() for spec in specs if spec.type != "text")


def _shown(value: object, nothing: str = "(nothing: it was removed)") -> str:
    return nothing if value is None else as_read(value)
