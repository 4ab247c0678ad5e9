"""Words for the status line about who else is here. Pure: people and a workspace in, a short sentence out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from canvas_tui.core.cutting import beginning
from canvas_tui.core.elements import Kind
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Workspace


class PersonLike(Protocol):
    """Somebody else's session."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def where(self) -> str:
        """The address under their cursor, "" if unknown."""

    @property
    def is_editing(self) -> bool:
        """Whether they write in a field just now."""


class PeopleLike(Protocol):
    """Knows the other sessions. In a session that edits it also tells them where this one is."""

    def others(self) -> Sequence[PersonLike]:
        """The people of the other sessions, as last seen."""


def company(people: Sequence[PersonLike], workspace: Workspace) -> str:
    """The sentence: "bea is editing Channels", "bea and chris are here", or "". Who is editing comes first."""
    if not people:
        return ""
    first = next((person for person in people if person.is_editing), people[0])
    name = clip(clean(first.name), 20)
    place = _place(first.where, workspace)
    others = len(people) - 1
    if others and not first.is_editing:
        return f"{len(people)} others are here"
    doing = f"is editing {place}" if first.is_editing and place else f"is in {place}" if place else "is here"
    return f"{name} {doing}" + (f", {others} more here" if others else "")


def _place(address: str, workspace: Workspace) -> str:
    item = workspace.find(address) if address else None
    if item is None:
        return ""
    if item.canvas is not None and item.cell is not None:
        spec = workspace.cell_spec(item.canvas, item.cell)
        return clip(clean(spec.title if spec else item.cell), 24)
    return "the goals" if item.kind in (Kind.GOAL, Kind.INITIATIVE) else clip(clean(beginning(item.text)), 24)
