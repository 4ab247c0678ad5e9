"""What a strategy is made of: frozen values that mirror the TOML tables they are written in.

Every element keeps its table as `fields` (TOML key -> value), known keys and unknown ones alike, so that nothing
is lost between file and model. Properties give the known keys with their types, and treat a value of a wrong type
as absent: the reader and the rules report it. `line` is where the file was last read to have the element, from 1; it
does not count when two elements are compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from canvas_tui.core.placeholder import says_something
from canvas_tui.core.toml_words import evidence_as_read
from canvas_tui.core.values import is_number

Fields = Mapping[str, Any]
VISION = "vision"  # the id of the one element that has no table of its own


class Kind(StrEnum):
    """The kinds of element."""

    VISION = "vision"
    GOAL = "goal"
    INITIATIVE = "initiative"
    CANVAS = "canvas"
    CELL = "cell"
    ENTRY = "entry"

    @property
    def named(self) -> str:
        """The kind with its article, for sentences: "a goal", "an initiative"."""
        return f"an {self.value}" if self.value[0] in "aei" else f"a {self.value}"


_LONGEST_NAME = 1_000  # characters; no id is half as long


def as_id(name: str) -> str:
    """A name in the form in which ids are compared: é as one character and é as two become the same.

    A text too long for a name is given back unchanged: normalizing thousands of marks on one letter takes minutes.
    """
    return name if name.isascii() or len(name) > _LONGEST_NAME else unicodedata.normalize("NFC", name)


def split_link(link: str) -> tuple[str, str | None]:
    """The target and the pin of a link as written: "id@9f3ac1" -> ("id", "9f3ac1")."""
    target, _, pin = link.partition("@")
    return as_id(target), pin or None


class Element:
    """What every element with a table has in common."""

    __slots__ = ()
    fields: Fields

    def text_field(self, key: str) -> str:
        """The text under `key`, or ""."""
        value = self.fields.get(key)
        return value if isinstance(value, str) else ""

    def int_field(self, key: str) -> int | None:
        """The whole number under `key`, or None."""
        value = self.fields.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def date_field(self, key: str) -> date | None:
        """The day under `key`, or None."""
        value = self.fields.get(key)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None

    def list_field(self, key: str) -> tuple[str, ...]:
        """The texts under `key`; a lone text counts as a list of one."""
        value = self.fields.get(key)
        if isinstance(value, str):
            return (value,)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, (list, tuple)) else ()

    @property
    def links(self) -> tuple[str, ...]:
        """Links as written, with their pins."""
        return self.list_field("links")

    @property
    def note(self) -> str:
        """The note, or ""."""
        return self.text_field("note")

    @property
    def owner(self) -> str:
        """Who answers for it, or ""."""
        return self.text_field("owner")

    @property
    def team(self) -> str:
        """Which side it belongs to, or ""."""
        return self.text_field("team")

    @property
    def status(self) -> str:
        """The status word, or ""."""
        return self.text_field("status")


@dataclass(frozen=True, slots=True)
class Plain(Element):
    """An element that has only its table: the reader does not make an id or a title for it."""

    fields: Fields
    line: int = field(default=0, compare=False)


class Entry(Plain):
    """One thing written in a cell."""

    __slots__ = ()

    @property
    def id(self) -> str | None:
        """The id, or None: an entry gets one when something links to it."""
        value = self.fields.get("id")
        return as_id(value) or None if isinstance(value, str) else None

    @property
    def text(self) -> str:
        """What it says."""
        return self.text_field("text")

    @property
    def state(self) -> str:
        """fact, assumption, validated, refuted or ""."""
        return self.text_field("state")

    @property
    def is_written(self) -> bool:
        """Whether it says anything: one that is blank, a placeholder or undecided counts as empty."""
        return says_something(self.text)

    @property
    def is_future(self) -> bool:
        """Whether it is marked as not true yet: rules ask nothing of it."""
        return self.status == "future"

    @property
    def group(self) -> str:
        """The heading within the cell under which it stands, or ""."""
        return self.text_field("group").strip()

    @property
    def target(self) -> int | float | str | None:
        """Of a key metric: the number to reach, or None."""
        value = self.fields.get("target")
        is_given = isinstance(value, (int, float, str)) and not isinstance(value, bool) and value != ""
        return value if is_given else None

    @property
    def pays(self) -> bool:
        """Of a customer segment: whether it pays; True if the file does not say."""
        return self.fields.get("pays") is not False

    @property
    def importance(self) -> int | None:
        """1 to 5, or None."""
        return self.int_field("importance")

    @property
    def evidence(self) -> tuple[str, ...]:
        """What backs it, each piece in words: texts as they are, tables with their kind, date and address."""
        pieces = self.fields.get("evidence")
        if not pieces:
            return ()
        if isinstance(pieces, str):
            return (pieces,)
        return tuple(map(evidence_as_read, pieces)) if isinstance(pieces, (list, tuple)) else ()


@dataclass(frozen=True, slots=True)
class Cell(Element):
    """A box of a canvas: its entries in order, and what `[cell.<id>]` says of the cell itself."""

    id: str
    entries: tuple[Entry, ...] = ()
    fields: Fields = field(default_factory=dict)
    line: int = field(default=0, compare=False)

    @property
    def is_filled(self) -> bool:
        """Whether an entry in it says anything."""
        return any(entry.is_written for entry in self.entries)


@dataclass(frozen=True)
class Canvas(Element):
    """One filled model. `cells` holds the cells the file speaks of; the template knows the others."""

    id: str  # as written, or the file's name
    model: str
    cells: Mapping[str, Cell]
    fields: Fields  # the file's own top-level keys about the canvas: model, id, title, team, status, links...
    line: int = field(default=0, compare=False)

    @property
    def title(self) -> str:
        """The title, or the id."""
        return self.text_field("title") or self.id

    @property
    def is_archived(self) -> bool:
        """Whether its status is archived."""
        return self.status == "archived"

    @property
    def is_draft(self) -> bool:
        """Whether its status is draft: rules ask nothing of it yet."""
        return self.status == "draft"

    def cell(self, cell_id: str) -> Cell:
        """The cell with this id; an empty one if the file does not speak of it."""
        return self.cells.get(cell_id) or Cell(cell_id)

    def entries(self) -> Iterator[tuple[str, int, Entry]]:
        """Every entry as (cell id, index from 0, entry)."""
        for cell in self.cells.values():
            for index, entry in enumerate(cell.entries):
                yield cell.id, index, entry


@dataclass(frozen=True, slots=True)
class Listed(Element):
    """An item of a list of tables. `id` is as written; if it is missing, the reader makes one from the title."""

    id: str
    fields: Fields
    line: int = field(default=0, compare=False)

    @property
    def title(self) -> str:
        """The title, or the id."""
        return self.text_field("title") or self.id


class Goal(Listed):
    """A goal: what the work is for."""

    __slots__ = ()

    @property
    def parent(self) -> str | None:
        """The id of the goal above, or None."""
        return as_id(self.text_field("parent")) or None

    @property
    def due(self) -> date | None:
        """The day it is to be reached."""
        return self.date_field("due")

    @property
    def metric(self) -> Fields:
        """The metric's table (name, baseline, current, target, unit), or an empty one."""
        value = self.fields.get("metric")
        return value if isinstance(value, dict) else {}

    @property
    def key_results(self) -> tuple[Fields, ...]:
        """The tables of its key results: title, baseline, current, target, unit, due."""
        value = self.fields.get("key-results")
        return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()

    @property
    def is_active(self) -> bool:
        """Whether work is expected towards it; a goal with no status is active."""
        return self.status in ("", "active")

    @property
    def progress(self) -> float | None:
        """How far the metric's current value is on the way from baseline to target: 0.0 to 1.0, or None."""
        baseline, current, target = (self._metric_number(key) for key in ("baseline", "current", "target"))
        if baseline is None or current is None or target is None or baseline == target:
            return None
        return min(1.0, max(0.0, (current - baseline) / (target - baseline)))

    def _metric_number(self, key: str) -> float | None:
        value = self.metric.get(key)
        return value if is_number(value) else None


class Initiative(Listed):
    """A piece of work."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """product, campaign, launch, enablement, research, other or ""."""
        return self.text_field("kind")

    @property
    def start(self) -> date | None:
        """First day."""
        return self.date_field("start")

    @property
    def end(self) -> date | None:
        """Last day."""
        return self.date_field("end")

    @property
    def parent(self) -> str | None:
        """The id of the initiative this one is part of, or None."""
        return as_id(self.text_field("parent")) or None

    @property
    def promotes(self) -> tuple[str, ...]:
        """Initiatives this one makes known."""
        return tuple(map(as_id, self.list_field("promotes")))

    @property
    def is_open(self) -> bool:
        """Neither done nor cancelled."""
        return self.status not in ("done", "cancelled")


class Waiver(Plain):
    """A finding accepted on purpose."""

    __slots__ = ()

    @property
    def rule(self) -> str:
        """The rule's name."""
        return self.text_field("rule")

    @property
    def element(self) -> str:
        """The address of the element the finding is about."""
        return as_id(self.text_field("element"))

    @property
    def until(self) -> date | None:
        """The last day it holds, or None for ever."""
        return self.date_field("until")


@dataclass(frozen=True)
class Header(Element):
    """What strategy.toml (or the single file) says of the whole workspace: format, name, vision, rules, waivers."""

    fields: Fields
    waivers: tuple[Waiver, ...] = ()
    line: int = field(default=0, compare=False)
    vision_line: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        """The workspace's name, or ""."""
        return self.text_field("name")

    @property
    def vision(self) -> str:
        """The vision's text, or ""."""
        return self.text_field("vision")

    @cached_property
    def rules(self) -> Fields:
        """The [rules] table, or an empty one."""
        value = self.fields.get("rules")
        return value if isinstance(value, dict) else {}
