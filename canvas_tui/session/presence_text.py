"""Who else is here, as the status line says it. Pure: people and a workspace in, a short sentence out."""

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
    def name(self) -> str: ...

    @property
    def where(self) -> str: ...

    @property
    def is_editing(self) -> bool: ...


class PeopleLike(Protocol):
    """Knows the other sessions, and tells them where this one is, if it may tell anything."""

    def others(self) -> Sequence[PersonLike]: ...


def company(people: Sequence[PersonLike], workspace: Workspace) -> str:
    """ "bea is editing Channels", "bea and chris are here", ""; who is editing comes first."""
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
