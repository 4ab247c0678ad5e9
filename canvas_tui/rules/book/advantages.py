"""Rules on whether effort is where the advantage is: what is hard to copy says why, and somebody works with it."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node, Relation
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import WORK, for_later
from canvas_tui.rules.rule import BROKEN_LINK, ORPHANS, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted


def advantages_doubtful(scene: Scene) -> Iterator[Found]:
    """An unfair advantage without a reason why it is hard to copy. A note, the cell's note, or its mark may give one.

    Not reported if no customer pays: then there is no rival to copy it.
    """
    for node in scene.with_role("advantage"):
        if not _is_explained(node) and not scene.is_unpaid(node.canvas):
            message = f"{quoted(node)} is called an advantage, and nothing says why it is hard to copy."
            fix = "Write a note: why a rival with money could not have it in a year. If one could, look for another."
            yield Found(message, fix, (at(node),))


def _is_explained(node: Node) -> bool:
    cell = node.canvas.cell(node.cell or "") if node.canvas is not None else None
    return _is_marked(node) or bool(node.entry.note.strip() or (cell is not None and cell.note.strip()))


def _is_marked(node: Node) -> bool:
    return node.element.fields.get("hard-to-copy") is True


def advantages_unfunded(scene: Scene) -> Iterator[Found]:
    """An advantage that is hard to copy and that no work uses: neither work on it, nor on what it is linked with."""
    if not any(work.is_open for _, work in scene.initiatives):
        return
    used = {
        edge.upper
        for node, work in scene.initiatives
        if work.status != "cancelled"
        for edge in scene.graph.up.get(node.address, ())
        if edge.relation is Relation.WORKS_ON
    }
    said = {node.address: node for node in scene.with_role("advantage") if _is_explained(node)}
    said.update((node.address, node) for node in scene.asked if _is_marked(node))
    for node in said.values():
        if node.address in used or any(other.address in used for other in scene.linked(node)):
            continue
        message = f"{quoted(node)} is said to be hard to copy, and no work uses it."
        fix = "Link the initiative that makes use of it, or plan one: nothing else here is so much yours alone."
        yield Found(message, fix, (at(node),))


def _doubtful_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.NOTE, "say why", item.address)
    yield for_later(item)


def _unfunded_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link an initiative", item.address, WORK)
    yield Fix(Act.MAKE, "make an initiative", item.address, WORK)
    yield for_later(item)


RULES = (
    Rule(
        name="advantage-doubtful",
        family="resources",
        group=Group.TEST,
        severity=Severity.WARNING,
        summary="Nothing says why an advantage is hard to copy.",
        check=advantages_doubtful,
        is_preview=True,
        silenced_by={"undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        fixes=_doubtful_fixes,
        page=Page(
            means=(
                "An unfair advantage has no note that says why it is hard to copy, and is not marked so by "
                "`hard-to-copy`. Most advantages are none: a rival hires the same people or buys the same tool within "
                "a year."
            ),
            wrong="""
[[unfair-advantage]]
text = "One of us was a family mediator for six years"
note = ""                      # and why can nobody hire one?
""",
            right="""
[[unfair-advantage]]
text = "Eleven years of agreements that held, and of those that did not"
note = "They cannot be bought, and take as long to gather"
""",
            mend="Write the reason down as a note. If none comes to mind, the cell may stay empty: that is honest.",
        ),
    ),
    Rule(
        name="advantage-unfunded",
        family="resources",
        group=Group.PLAN,
        severity=Severity.WARNING,
        summary="No work uses what is hard to copy.",
        check=advantages_unfunded,
        silenced_by=BROKEN_LINK | {"undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        fixes=_unfunded_fixes,
        page=Page(
            means=(
                "Something is said to be hard to copy (`hard-to-copy = true`, or an unfair advantage with a reason), "
                "and no work makes use of it: no initiative is linked with it, nor with what it is linked with. "
                "Cancelled work does not count."
            ),
            wrong="""
[[strengths]]
text = "The only lab in the north where a whole wall can be taken apart"
hard-to-copy = true            # and nothing is done with it
""",
            right="""
[[strengths]]
id = "wall-lab"
text = "The only lab in the north where a whole wall can be taken apart"
hard-to-copy = true

[[initiatives]]
id = "wall-tests"
title = "Tests for builders"
links = ["wall-lab"]           # makes use of it
""",
            beside="""
[[initiatives]]
id = "website"
title = "A new website"
""",
            mend=(
                "Link the work that uses it, or plan some. What is yours alone is worth more effort than what anybody "
                "can do."
            ),
        ),
    ),
)
