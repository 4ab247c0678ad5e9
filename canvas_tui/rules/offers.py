"""Fixes that several rules share: link a goal or work, fill in a field, write an entry.

A fix says what to do to which element. The screen asks for words, and carries the fix out.
"""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.elements import Kind, split_link
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.rules.finding import Finding
from canvas_tui.rules.fix import Act, Fix, Wants

A_GOAL, WORK = Wants((Kind.GOAL,)), Wants((Kind.INITIATIVE,))


def change_fields(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """Open the element's form on the field that the finding is about. For rules without fixes of their own."""
    if item.kind is not Kind.VISION and item.kind is not Kind.CELL:
        yield fill_in("change its fields", item.address, field_meant(finding))


def fill_in(words: str, address: str, field: str, finding: Finding | None = None) -> Fix:
    """Open the form of an element on one field, filled in with the date that the finding advises for it, if any."""
    advised = finding.advised if finding is not None else ()
    day = next((each.day for each in advised if (each.element, each.field) == (address, field)), None)
    return Fix(Act.FILL, words, address, value=day.isoformat() if day is not None else "", key=field)


def field_meant(finding: Finding) -> str:
    """The first field that the advice of a finding is about, or ""."""
    return next((each.field for each in finding.advised), "")


def link_goal(finding: Finding, item: Located) -> Iterator[Fix]:
    """Link a goal: to the element, or to the end of its way up if that ends without a goal."""
    top = finding.path[-1] if len(finding.path) > 1 else item.address
    if top != item.address:
        yield Fix(Act.LINK, "link what it is for", top, A_GOAL)
    yield Fix(Act.LINK, "link a goal", item.address, A_GOAL)


def for_later(item: Located) -> Fix:
    """Mark an entry as not true yet, so that no rule asks anything of it."""
    return Fix(Act.STATUS, "for later", item.address, value="future")


def move_dates(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """Change the dates at either end of the finding's path: of what comes too early, or of what it needs."""
    if item.kind is Kind.GOAL:
        yield fill_in("give it a later date", item.address, "due", finding)
    else:
        yield fill_in("start it later", item.address, "start", finding)
    yield fill_in("end what it needs sooner", finding.path[-1], "end", finding)


def write_in_cells(item: Located, workspace: Workspace, **wanted: str) -> Iterator[Fix]:
    """Write an entry in a cell of the same canvas with one of these roles (role -> what such an entry is called)."""
    if item.canvas is None:
        return
    for role, word in wanted.items():
        cell = next((spec.id for spec in workspace.template(item.canvas).cells if spec.role == role), None)
        if cell is not None:
            yield Fix(Act.WRITE, f"write {word}", item.address, value=f"{item.canvas.id}/{cell}")


def role_of(item: Located, workspace: Workspace) -> str:
    """The role of the cell that an entry stands in; "" for anything else."""
    spec = workspace.cell_spec(item.canvas, item.cell) if item.canvas is not None and item.cell is not None else None
    return (spec.role or "") if spec is not None and item.kind is Kind.ENTRY else ""


def linked_with(item: Located, workspace: Workspace) -> Iterator[Located]:
    """The elements that an element is linked with, whichever of the two has the link."""
    for link in item.element.links:
        if (other := workspace.find(split_link(link)[0])) is not None:
            yield other
    yield from (each.source for each in workspace.links_to(item.address))
