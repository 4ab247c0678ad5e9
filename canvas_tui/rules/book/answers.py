"""Rules on problems and solutions: each problem has an answer, each answer a problem."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.elements import Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Relation, straight_up
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix, Wants
from canvas_tui.rules.offers import WORK, for_later, write_in_cells
from canvas_tui.rules.rule import BROKEN_LINK, ORPHANS, Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted

MIN_IMPORTANCE = Setting(3, 1, 5, "problems of less importance are passed over")


def problems_unsolved(scene: Scene) -> Iterator[Found]:
    """A problem that no solution or initiative answers."""
    for node in scene.with_role("problem"):
        if scene.is_minor(node, "importance", "min-importance") or scene.has_nothing_in(node.canvas, "solution"):
            continue
        solutions = (lower for lower in scene.joined_below(node, Relation.ANSWERS) if lower.role == "solution")
        if not any(True for _ in solutions) and not scene.has_initiative(node):
            message = f"Nothing answers the problem {quoted(node)}: no solution and no initiative."
            fix = "Link the solution or the initiative that answers it, add one, or waive it with a reason."
            yield Found(message, fix, (at(node),), straight_up(scene.graph, node.address))


def solutions_unmotivated(scene: Scene) -> Iterator[Found]:
    """A solution that answers no problem."""
    for node in scene.with_role("solution"):
        if scene.has_nothing_in(node.canvas, "problem"):
            continue
        if not any(edge.relation is Relation.ANSWERS for edge in scene.graph.up.get(node.address, ())):
            message = f"The solution {quoted(node)} answers no problem."
            fix = "Link it to the problem it answers; if that one is not written down yet, add it."
            yield Found(message, fix, (at(node),), straight_up(scene.graph, node.address))


def _unsolved_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link its answer", item.address, Wants((Kind.INITIATIVE,), ("solution",)))
    yield from write_in_cells(item, workspace, solution="a solution")
    yield Fix(Act.MAKE, "make an initiative", item.address, WORK)
    yield for_later(item)


def _unmotivated_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link its problem", item.address, Wants(roles=("problem",)))
    yield from write_in_cells(item, workspace, problem="the problem")
    yield for_later(item)


RULES = (
    Rule(
        name="problem-unsolved",
        family="why",
        group=Group.PLAN,
        severity=Severity.ERROR,
        summary="No solution and no initiative answers a problem.",
        several="Nothing answers {count} problems{of}",
        check=problems_unsolved,
        settings={"min-importance": MIN_IMPORTANCE},
        silenced_by=BROKEN_LINK | {"undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        fixes=_unsolved_fixes,
        page=Page(
            means=(
                "A problem is written down, and no solution is linked to it and no initiative works on it. It does "
                "not matter which end has the link. Cancelled initiatives do not count."
            ),
            wrong="""
[[problem]]
id = "begging"
text = "Chasing money feels like begging"

[[solution]]
text = "Reminders that send themselves"
links = []                     # does it answer that one?
""",
            right="""
[[problem]]
id = "begging"
text = "Chasing money feels like begging"

[[solution]]
text = "Reminders that send themselves"
links = ["begging"]            # answers it
""",
            mend=(
                "Link the solution or the initiative that answers it, or add one. If the problem has to wait, waive "
                "the finding with a reason and a date."
            ),
        ),
    ),
    Rule(
        name="solution-unmotivated",
        family="why",
        group=Group.LINK,
        severity=Severity.WARNING,
        summary="A solution answers no problem.",
        several="{count} solutions{of} answer no problem",
        check=solutions_unmotivated,
        silenced_by=BROKEN_LINK | {"undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        accepted_with={"orphan-entry"},
        fixes=_unmotivated_fixes,
        page=Page(
            means="A solution is linked to no problem. It may be good, and still nobody has said what for.",
            wrong="""
[[solution]]
text = "Invoices in pounds and francs"
links = []                     # which problem does it answer?
""",
            right="""
[[solution]]
text = "Invoices in pounds and francs"
links = ["rates"]              # the problem it answers
""",
            beside="""
[[problem]]
id = "rates"
text = "Clients abroad pay less than was agreed"
""",
            mend=(
                "Link it to the problem it answers. If there is none, write the problem down: whoever wrote the "
                "solution had one in mind."
            ),
        ),
    ),
)
