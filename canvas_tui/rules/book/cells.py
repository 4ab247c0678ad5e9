"""The rule on cells that say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.elements import Cell, Kind
from canvas_tui.core.placeholder import is_undecided
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.rule import Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted

BEGUN_PERCENT = Setting(34, 0, 100, "a canvas of which no more is filled is asked for nothing more")


def empty_cells(scene: Scene) -> Iterator[Found]:
    """A cell that an active canvas needs has no entry, and no note that says why."""
    for node in scene.graph.of_kind(Kind.CELL):
        canvas, cell, spec = node.canvas, node.element, node.spec
        if canvas is None or spec is None or spec.optional or not isinstance(cell, Cell) or cell.note.strip():
            continue
        if canvas.is_draft or canvas.is_archived or canvas.id in scene.replaced or scene.is_begun_only(canvas):
            continue
        if spec.after is not None and spec.after not in scene.filled_cells.get(canvas.id, ()):
            continue  # the cell that it follows is empty, and that is reported
        if any(is_undecided(entry.text) for entry in cell.entries):
            continue  # the rule `undecided` reports that
        if not cell.is_filled:
            message = f"{spec.title} of {quoted(canvas.title)} is empty, and no note says why."
            fix = "Write its first entry, or a note on the cell that says why it stays empty."
            yield Found(message, fix, (at(node),))


def _empty_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.WRITE, "write the first entry", item.address, value=item.address, is_linked=False)
    yield Fix(Act.NOTE, "say why", item.address)


RULES = (
    Rule(
        name="empty-cell",
        family="why",
        group=Group.FILL,
        severity=Severity.WARNING,
        summary="A cell of an active canvas has no entry, and no note says why.",
        several="{count} cells{of} are empty",
        check=empty_cells,
        settings={"begun-percent": BEGUN_PERCENT},
        silenced_by={"unknown-cell"},
        fixes=_empty_fixes,
        page=Page(
            means=(
                "A cell of an active canvas has nothing in it. That may be right, and then a note on the cell says "
                "why. Cells that may be empty by their model, drafts and archived canvases are passed over."
            ),
            wrong="""
[cell.cost-structure]
note = ""                      # no entry either
""",
            right="""
[cell.cost-structure]
note = "Deliberately empty until the pilot ends"
""",
            beside="""
model = "lean-canvas"
problem = ["Clients pay on average 34 days late"]
solution = ["Reminders that send themselves"]
key-metrics = ["Median days to payment"]
unique-value-proposition = ["Paid the day the work is done"]
channels = ["Accountants who recommend us"]
customer-segments = ["Consultants billing by the day"]
revenue-streams = ["19 a month per consultant"]
""",
            mend=(
                "Answer the question of the cell, or write a note on it. Or set the canvas's status to draft while it "
                "is."
            ),
        ),
    ),
)
