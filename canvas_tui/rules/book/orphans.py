"""The rule on entries that lead to no goal."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node, Relation, straight_up
from canvas_tui.rules.book.tows import SIDES
from canvas_tui.rules.book.work import LEADS_TO_A_GOAL
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import A_GOAL, WORK, for_later, link_goal
from canvas_tui.rules.rule import BROKEN_LINK, ORPHANS, Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted


def orphan_entries(scene: Scene) -> Iterator[Found]:
    """A filled entry of a must-link cell reaches no goal, by why edges or through an initiative that works on it."""
    for node in scene.asked:
        if node.spec is None or not node.spec.must_link or scene.graph.has_goal(node.address):
            continue
        if node.role == "metric" or _is_answered(scene, node):
            continue  # metric-orphan asks for a goal, and of what is answered the answer is asked
        if node.role == "advantage" and scene.is_unpaid(node.canvas):
            continue  # there is no rival, so a goal would not help
        if any(scene.graph.has_goal(other.address) for other in scene.beside(node)):
            continue  # it relates to something that has a goal
        path = straight_up(scene.graph, node.address)
        where = node.spec.title
        if len(path) > 1:
            top = scene.graph.nodes[path[-1]]
            message = f"{quoted(node)} ({where}) is there for {quoted(top)}, which leads to no goal."
            fix = f"Link {quoted(top)} to the goal it is for, or link this entry to a goal."
        elif works := list(scene.joined_below(node, Relation.WORKS_ON)):
            message = f"{quoted(node)} ({where}) leads to no goal, and neither does its work {quoted(works[0])}."
            fix = "Link the work to the goal it is for, or the entry to the goal it serves."
            yield Found(message, fix, (at(node), at(works[0])), path)
            continue
        else:
            message = f"{quoted(node)} ({where}) leads to no goal."
            fix = "Link it to the goal it serves, or to the initiative that works on it."
        yield Found(message, fix, (at(node),), path)


def _is_answered(scene: Scene, node: Node) -> bool:
    """Whether a solution or an option answers it."""
    answers = scene.joined_below(node, Relation.ANSWERS, Relation.DRAWS_ON)
    return any(lower.role == "solution" or lower.role in SIDES for lower in answers)


def _orphan_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if len(finding.elements) > 1:  # somebody works on it: that work needs the goal
        work = finding.elements[1].id
        yield Fix(Act.LINK, "link its work to a goal", work, A_GOAL)
        yield Fix(Act.MAKE, "make a goal for its work", work, A_GOAL)
        yield from link_goal(finding, item)
    else:
        yield from link_goal(finding, item)
        yield Fix(Act.LINK, "link an initiative", item.address, WORK)
        yield Fix(Act.MAKE, "make a goal", item.address, A_GOAL)  # new work would lead to none either
    yield for_later(item)


RULES = (
    Rule(
        name="orphan-entry",
        family="why",
        group=Group.LINK,
        severity=Severity.WARNING,
        summary="An entry that should lead to a goal reaches none.",
        several="{count} entries{of} lead to no goal",
        check=orphan_entries,
        asks=Asks.FAR,
        silenced_by=BROKEN_LINK,
        silenced_from_above=BROKEN_LINK | ORPHANS,
        fixes=_orphan_fixes,
        page=Page(
            means=(
                LEADS_TO_A_GOAL
                + "An entry with no goal of its own takes those of the initiatives that work on it. This entry stands "
                "in a cell whose entries should lead to a goal, and reaches none either way."
            ),
            wrong="""
[[problem]]
id = "begging"
text = "Chasing money feels like begging"
links = []                     # no goal, and no initiative works on it
""",
            right="""
[[problem]]
id = "begging"
text = "Chasing money feels like begging"
links = ["paid-in-10-days"]
""",
            beside="""
[[goals]]
id = "paid-in-10-days"
title = "Our customers are paid within 10 days"
""",
            mend=(
                "Link it to a goal, or to the initiative that works on it. Where it is kept on purpose, waive the "
                "finding with a reason. Only what nobody would miss goes: a canvas is short on purpose."
            ),
        ),
    ),
)
