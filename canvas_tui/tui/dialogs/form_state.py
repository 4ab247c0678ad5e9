"""A form as a value: its fields, what is wrong with each as it is typed, and the one edit that saves them.

Pure, no textual. How it looks is in `form_view.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from canvas_tui.core.commands import Command
from canvas_tui.core.edits import add_goal, add_initiative
from canvas_tui.core.elements import Kind
from canvas_tui.core.field_paths import get_field, put_field
from canvas_tui.core.placeholder import hint_of
from canvas_tui.core.places import EditError
from canvas_tui.core.schema import SCHEMA, FieldSpec, has_tables, parse_value
from canvas_tui.core.text import clean
from canvas_tui.core.toml_words import as_read
from canvas_tui.core.typed import set_typed, typed_value
from canvas_tui.core.versions import KEPT_KEYS
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.paint.parts import said

_HIDDEN = frozenset({"id", "links", "model", "format", "rules", "ignore", "metric", "key-results"}) | KEPT_KEYS
_AT_THE_END = frozenset({"result", "learned"})  # asked for when there is something to say
_ENDED = frozenset({"achieved", "missed", "dropped", "done", "cancelled"})


def typed_text(spec: FieldSpec, value: Any) -> str:
    """A field's value as a person would type it; "" for an absent one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ("; " if spec.name == "evidence" else ", ").join(map(as_read, value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    return as_read(value)


def _shown(text: str) -> str:
    """The text of a file as it may be shown and edited; a text of several lines stays one, and is only shown."""
    return clean(text, multiline="\n" in text)


@dataclass
class Field:
    """One line of the form. `was` is the text it opened with; `began`, of a draft, what it held when that was begun."""

    spec: FieldSpec
    was: str
    buffer: Buffer
    began: str | None = None
    complaint: str = ""
    start: int = 0
    hint: str = ""  # the text of a placeholder that this field replaces; if left empty, the placeholder stays
    is_touched: bool = False  # an empty field gets no complaint before the person has been in it

    @property
    def text(self) -> str:
        """What is typed."""
        return self.buffer.text

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than before."""
        return self.text.strip() != self.was.strip()

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody else changed the field after its draft was begun."""
        return self.is_changed and self.began is not None and self.began != self.was

    @property
    def told(self) -> str:
        """The complaint as far as it is told now."""
        return self.complaint if self.is_touched or self.text.strip() else ""

    @property
    def is_long(self) -> bool:
        """Whether it holds several lines, which only the note editor can show."""
        return "\n" in self.was


@dataclass
class FormState:
    """All fields of one element (`item`), or of one that is to be made (`item` None)."""

    workspace: Workspace
    kind: Kind
    item: Located | None
    fields: list[Field] = field(default_factory=list)
    preset: Mapping[str, Any] = field(default_factory=dict)
    cursor: int = 0
    top: int = 0

    @classmethod
    def of(
        cls,
        workspace: Workspace,
        item: Located,
        draft: Mapping[str, str] | None = None,
        bases: Mapping[str, str] | None = None,
    ) -> FormState:
        """The form of an element that is there; `draft` is what was typed and not saved last time, and `bases` what
        these fields held when it was begun."""
        state = cls(workspace, item.kind, item)
        for spec in _specs_of(workspace, item):
            was = _shown(typed_text(spec, get_field(item.element.fields, spec.name)))
            hint = hint_of(was)
            was = "" if hint else was
            text = (draft or {}).get(spec.name, was)
            state.fields.append(Field(spec, was, Buffer.of(text), (bases or {}).get(spec.name), hint=hint))
        state.check()
        return state

    @classmethod
    def new(
        cls,
        workspace: Workspace,
        kind: Kind,
        preset: Mapping[str, Any] | None = None,
        draft: Mapping[str, str] | None = None,
    ) -> FormState:
        """The form of a goal or initiative to be made; `preset` are values of its table given already."""
        state = cls(workspace, kind, None, preset=dict(preset or {}))
        for spec in SCHEMA[kind]:
            if spec.name in _HIDDEN or spec.name in _AT_THE_END:
                continue
            # the place was chosen just now, so it wins over an older draft
            given = typed_text(spec, get_field(state.preset, spec.name))
            text = given or (draft or {}).get(spec.name, "")
            state.fields.append(Field(spec, "", Buffer.of(text)))
        state.check()
        return state

    @property
    def here(self) -> Field:
        """The field under the cursor."""
        return self.fields[self.cursor]

    def go_to(self, name: str, given: str = "") -> bool:
        """Put the cursor on a field and fill it in, unless it holds a draft. True where it was filled in."""
        at = next((number for number, each in enumerate(self.fields) if each.spec.name == name), None)
        if at is None:
            return False
        self.cursor = at
        if not given or self.here.is_changed or self.here.is_long:
            return False
        self._set(Buffer.of(given))
        return True

    @property
    def draft(self) -> dict[str, str]:
        """What is typed and not saved: field name -> text."""
        return {each.spec.name: each.text for each in self.fields if each.is_changed}

    @property
    def first_complaint(self) -> int | None:
        """The number of the first field with a complaint, or None."""
        return next((number for number, each in enumerate(self.fields) if each.complaint), None)

    def check(self) -> None:
        """Check every field again. Fields depend on each other only where dates are in the wrong order."""
        for each in self.fields:
            each.complaint = self._complaint(each)
        dates = {each.spec.name: each for each in self.fields if each.spec.type == "date" and not each.complaint}
        start, end = dates.get("start"), dates.get("end")
        days = [parse_value(each.spec, each.text) for each in (start, end) if each is not None]
        if end and None not in days and days[-1] < days[0]:
            end.complaint = "the end is before the start - change one of them"

    def _complaint(self, each: Field) -> str:
        spec, text = each.spec, each.text
        if not text.strip():
            if each.hint:
                return ""
            is_vital = spec.name == "title" and self.kind is not Kind.CANVAS
            is_vital = is_vital or (spec.name == "text" and self.kind is Kind.ENTRY)
            return f"{self.kind.named} needs a {spec.name} - write one" if is_vital else ""
        try:
            typed_value(self.workspace, self.kind, spec.name, text, self.item.address if self.item else "")
        except EditError as error:
            return said(str(error))
        return ""

    def suggestions(self, limit: int = 6) -> list[str]:
        """Ids that what is typed last in a field of ids may become, best first."""
        if self.here.spec.name not in ("parent", "depends-on", "promotes"):
            return []
        typed = self.here.text.rpartition(",")[2].strip()
        elements = [item for item in self.workspace.elements() if item.kind is self.kind]
        own = self.item.address if self.item else ""
        from canvas_tui.core.search import rank

        found = [item.address for item in rank(typed, elements) if item.address != own]
        return [each for each in found if each != typed][:limit]

    def complete(self) -> bool:
        """Take the first suggestion; whether there was one."""
        found = self.suggestions(1)
        if not found:
            return False
        before, comma, _ = self.here.text.rpartition(",")
        self._set(Buffer.of(f"{before}{comma} {found[0]}" if comma else found[0]))
        return True

    def press(self, key: str, character: str | None) -> bool:
        """A key that moves between fields or changes the one under the cursor; whether it meant anything."""
        if key in ("down", "tab"):
            self.cursor = min(self.cursor + 1, len(self.fields) - 1)
        elif key in ("up", "shift+tab"):
            self.cursor = max(self.cursor - 1, 0)
        elif key in ("pageup", "pagedown"):
            self.cursor = 0 if key == "pageup" else len(self.fields) - 1
        elif self.here.is_long:
            return False
        elif self.here.spec.type == "choice":
            return self._press_choice(key, character)
        elif key == "right" and self.here.buffer.cursor == len(self.here.text) and self.suggestions(1):
            self.complete()
        else:
            changed = self.here.buffer.pressed(key, character)
            if changed is None:
                return False
            self._set(changed)
        return True

    def paste(self, text: str) -> None:
        """Text pasted into the field under the cursor."""
        if not self.here.is_long and self.here.spec.type != "choice":
            self._set(self.here.buffer.typed(text))

    def _press_choice(self, key: str, character: str | None) -> bool:
        words = ["", *self.here.spec.choices]
        at = words.index(self.here.text) if self.here.text in words else 0
        if key in ("left", "right", "space"):
            word = words[(at + (-1 if key == "left" else 1)) % len(words)]
        elif key in ("backspace", "delete"):
            word = ""
        elif character is not None and character.isalpha():
            turned = words[at + 1 :] + words[: at + 1]
            found = next((each for each in turned if each.startswith(character.lower())), None)
            if found is None:
                return False
            word = found
        else:
            return False
        self._set(Buffer.of(word))
        return True

    def touch_all(self) -> None:
        """From now on every complaint is shown: the person wants to save."""
        for each in self.fields:
            each.is_touched = True

    def _set(self, buffer: Buffer) -> None:
        self.here.buffer = buffer
        self.here.is_touched = True
        self.check()

    def command(self) -> Command | None:
        """What saving does: one step; None where nothing changed. Raises EditError where a field is wrong.

        A draft is saved against what its fields held when it was begun: what somebody else wrote there since makes a
        conflict, and is not overwritten.
        """
        wrong = self.first_complaint
        if wrong is not None:
            raise EditError(self.fields[wrong].complaint)
        if self.item is None:
            return self._creation()
        return set_typed(self.workspace, self._as_it_was(self.item), self.draft) if self.draft else None

    def _as_it_was(self, item: Located) -> Located:
        """The element as the person saw it, with what the fields of a draft held when that was begun."""
        element: Any = item.element
        fields = element.fields
        for each in self.fields:
            if each.is_overtaken:
                fields = put_field(fields, each.spec.name, _meant(each.spec, each.began or ""))
        return item if fields is element.fields else item._replace(element=replace(element, fields=fields))

    def _creation(self) -> Command:
        table: dict[str, Any] = {key: value for key, value in self.preset.items() if key not in ("title", "metric")}
        metric: dict[str, Any] = {}
        for each in self.fields:
            value = parse_value(each.spec, each.text)
            head, _, part = each.spec.name.partition(".")
            if value is None or head == "title":
                continue
            if part:
                metric[part] = value
            else:
                table[head] = value
        if metric:
            table["metric"] = metric
        title = next(each.text for each in self.fields if each.spec.name == "title")
        make = add_goal if self.kind is Kind.GOAL else add_initiative
        order = [spec.name for spec in SCHEMA[self.kind]]  # as a person would write them
        return make(self.workspace, title, {name: table[name] for name in order if name in table})


def _meant(spec: FieldSpec, text: str) -> Any:
    """The value that a field shows as this text. If no value fits, the text itself."""
    try:
        return parse_value(spec, text)
    except ValueError:
        return text


def _specs_of(workspace: Workspace, item: Located) -> Sequence[FieldSpec]:
    """The fields a form shows: those of the kind, without what has keys of its own; of an entry, those of its cell."""
    fields = item.element.fields
    specs = [spec for spec in SCHEMA[item.kind] if spec.name not in _HIDDEN and not has_tables(fields.get(spec.name))]
    if item.element.status not in _ENDED:
        specs = [spec for spec in specs if spec.name not in _AT_THE_END or spec.name in fields]
    if item.kind is Kind.ENTRY and item.canvas is not None and item.cell is not None:
        cell = workspace.cell_spec(item.canvas, item.cell)
        special = {"impact", "likelihood", "target", "pays"}
        asked = set(cell.fields) if cell else set()
        specs = [spec for spec in specs if spec.name not in special or spec.name in asked or spec.name in fields]
    return specs
