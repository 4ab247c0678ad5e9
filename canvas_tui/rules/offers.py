"""What the fixes of several rules are made of: goals and work to link, fields to fill in, entries to write.

A fix says what would be done to which element. Asking for words and carrying it out is the screen's.
"""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.elements import Kind, split_link
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.rules.finding import Finding
from canvas_tui.rules.fix import Act, Fix, Wants

A_GOAL, WORK = Wants((Kind.GOAL,)), Wants((Kind.INITIATIVE,))


def change_fields(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """The element's form, on the field that is meant: what is offered where a rule has no fix of its own."""
    if item.kind is not Kind.VISION and item.kind is not Kind.CELL:
        yield fill_in("change its fields", item.address, field_meant(finding))


def fill_in(words: str, address: str, field: str, finding: Finding | None = None) -> Fix:
    """The form of an element on one of its fields, filled in with the day that the finding advises for it, if any."""
    advised = finding.advised if finding is not None else ()
    day = next((each.day for each in advised if (each.element, each.field) == (address, field)), None)
    return Fix(Act.FILL, words, address, value=day.isoformat() if day is not None else "", key=field)


def field_meant(finding: Finding) -> str:
    """The first field that the advice of a finding means, or ""."""
    return next((each.field for each in finding.advised), "")


def link_goal(finding: Finding, item: Located) -> Iterator[Fix]:
    """A goal for the element, or for what it is there for, where its way up ends without one."""
    top = finding.path[-1] if len(finding.path) > 1 else item.address
    if top != item.address:
        yield Fix(Act.LINK, "link what it is for", top, A_GOAL)
    yield Fix(Act.LINK, "link a goal", item.address, A_GOAL)


def for_later(item: Located) -> Fix:
    """An entry becomes one of which nothing is asked yet."""
    return Fix(Act.STATUS, "for later", item.address, value="future")


def move_dates(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """The dates of either end of a way: what comes too early, and what it needs."""
    if item.kind is Kind.GOAL:
        yield fill_in("give it a later date", item.address, "due", finding)
    else:
        yield fill_in("start it later", item.address, "start", finding)
    yield fill_in("end what it needs sooner", finding.path[-1], "end", finding)


def write_in_cells(item: Located, workspace: Workspace, **wanted: str) -> Iterator[Fix]:
    """Entries to write in the cells of the same canvas that have these roles: role -> what it is called."""
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
    """What an element is linked with, whichever end has the link."""
    for link in item.element.links:
        if (other := workspace.find(split_link(link)[0])) is not None:
            yield other
    yield from (other for other, _ in workspace.links_to(item.address))
