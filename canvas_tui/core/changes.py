"""What an edit did, in the past tense. Storage patches files from it; the screen repaints from it.

Changes are listed in the order they happened; indexes (0-based) hold for the state just before each one.
They live for one edit only; what lasts (undo) is commands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from canvas_tui.core.elements import Canvas, Entry, Goal, Initiative, Kind, Waiver


@dataclass(frozen=True, slots=True)
class EntryAdded:
    """An entry now stands at `index` of a cell."""

    file: str
    canvas: str
    cell: str
    index: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class EntryRemoved:
    """The entry that stood at `index` is gone."""

    file: str
    canvas: str
    cell: str
    index: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class EntryMoved:
    """An entry went from one place of a file to another. `to_index` counts without the moved entry."""

    file: str
    canvas: str
    cell: str
    index: int
    to_cell: str
    to_index: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class FieldSet:
    """A field of an element has another value; None stands for absent.

    `kind` and the place say which table: an entry by cell and index, a cell by its id, a goal or initiative by
    its index in the file's list, a canvas or the header (Kind.VISION) by being the file's only one. `field` may
    be dotted ("metric.target"). Values are TOML values; a TOML list may be a tuple or a list.
    """

    file: str
    kind: Kind
    address: str
    field: str
    old: Any
    new: Any
    cell: str | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class ElementAdded:
    """A goal or an initiative now stands at `index` of its file's list. The file may be new (`is_new_file`)."""

    file: str
    kind: Kind
    index: int
    element: Goal | Initiative
    is_new_file: bool = False


@dataclass(frozen=True, slots=True)
class ElementRemoved:
    """The goal or initiative that stood at `index` is gone, and its file too where `drops_file`."""

    file: str
    kind: Kind
    index: int
    element: Goal | Initiative
    drops_file: bool = False


@dataclass(frozen=True, slots=True)
class CanvasAdded:
    """A new file holds this canvas."""

    file: str
    canvas: Canvas


@dataclass(frozen=True, slots=True)
class CanvasRemoved:
    """The file that held nothing but this canvas is gone."""

    file: str
    canvas: Canvas


@dataclass(frozen=True, slots=True)
class WaiverAdded:
    """A waiver now stands at `index` of the header's [[waivers]]."""

    file: str
    index: int
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class WaiverRemoved:
    """The waiver that stood at `index` is gone."""

    file: str
    index: int
    waiver: Waiver


Change = (
    EntryAdded
    | EntryRemoved
    | EntryMoved
    | FieldSet
    | ElementAdded
    | ElementRemoved
    | CanvasAdded
    | CanvasRemoved
    | WaiverAdded
    | WaiverRemoved
)
