"""The rule on who answers for what: somebody has a name on each goal, and on the work that is near."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from canvas_tui.core.elements import Initiative, Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Fix
from canvas_tui.rules.offers import fill_in
from canvas_tui.rules.rule import Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted, whole

OWNER_DAYS = Setting(30, 0, 36500, "work that starts later needs no owner yet")

_FEW = 3  # with fewer goals and pieces of work nobody needs names

_MANY = 5  # this many without a name become one finding, if they are more than those with one


def ownerless(scene: Scene) -> Iterator[Found]:
    """An active goal, or work that is near or that a launch waits for, has no owner. Told once where hardly any has."""
    asked = [*(node for node, goal in scene.goals if goal.is_active), *_near_work(scene)]
    bare = [node for node in asked if not _has_owner(scene, node)]
    if not bare:
        return
    is_unused = not any(node.element.owner.strip() or scene.is_wrong(node, "owner") for node in scene.graph.in_order)
    if is_unused and len(asked) < _FEW:
        return
    if is_unused or (len(bare) >= _MANY and 2 * len(bare) > len(asked)):
        none = f"None of the {len(asked)}" if len(bare) == len(asked) else f"{len(bare)} of the {len(asked)}"
        has = "has" if len(bare) == len(asked) else "have"
        owner = "an owner" if len(bare) == len(asked) else "no owner"
        message = f"{none} active goals and pieces of work that are near {has} {owner}."
        fix = f"Write one name as the owner of each; begin with {quoted(_most_urgent(scene, bare))}."
        yield Found(message, fix, (whole(scene), *map(at, bare)))
        return
    for node in bare:
        fix = "Write one name as its owner: who is asked how it goes, and may decide."
        yield Found(f"{quoted(node)} {_why_now(scene, node)}, and has no owner.", fix, (at(node),))


def _near_work(scene: Scene) -> Iterator[Node]:
    """Work that is active, begins soon, is launched, or that a launch waits for. Housekeeping is passed over."""
    for node, work in scene.initiatives:
        if work.kind == "other" or not scene.schedule.is_planned(node.address):
            continue
        if work.status in ("active", "blocked") or node.address in scene.schedule.for_launches or _is_soon(scene, node):
            yield node


def _is_soon(scene: Scene, node: Node) -> bool:
    start = scene.schedule.starts.get(node.address)
    return start is not None and start <= scene.today + timedelta(days=scene.settings.get("owner-days", 30))


def _has_owner(scene: Scene, node: Node) -> bool:
    """Whether it, or the work that it is part of, has an owner. One of a wrong type counts: it is reported as wrong."""
    if scene.is_wrong(node, "owner"):
        return True
    whole_of = scene.schedule.whole_of(node.address)
    owners = (node.element.owner, scene.graph.nodes[whole_of].element.owner if whole_of is not None else "")
    return any(owner.strip() for owner in owners)


def _most_urgent(scene: Scene, nodes: list[Node]) -> Node:
    """The most urgent of these: blocked work, else what begins next, else the first in the files."""
    starts = scene.schedule.starts

    def urgency(node: Node) -> tuple[bool, bool, date]:
        is_work = isinstance(node.element, Initiative)
        start = starts.get(node.address, date.max)
        return node.element.status != "blocked", not is_work or start < scene.today, start

    return min(nodes, key=urgency)


def _why_now(scene: Scene, node: Node) -> str:
    work = node.element
    if not isinstance(work, Initiative):
        return "is an active goal"
    if work.status in ("active", "blocked"):
        return f"is {work.status}"
    start = scene.schedule.starts.get(node.address)
    if start is not None and (_is_soon(scene, node) or scene.schedule.is_launch(node.address)):
        return f"starts on {start}"
    return "is a launch" if scene.schedule.is_launch(node.address) else "is what a launch waits for"


def _owner_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is not Kind.VISION:
        yield fill_in("write its owner", item.address, "owner")


RULES = (
    Rule(
        name="ownerless",
        family="visibility",
        group=Group.FILL,
        severity=Severity.WARNING,
        summary="Nobody answers for a goal or for work that is near.",
        check=ownerless,
        settings={"owner-days": OWNER_DAYS},
        silenced_by={"goal-unmeasured", "overdue"},
        fixes=_owner_fixes,
        page=Page(
            means=(
                "An active goal has no owner, or work that is active, blocked, begins within a month, is a launch, or "
                "is what a launch waits for. A part has the owner of the whole; ideas and work of kind other are "
                "passed over. Where nobody is named at all, or most have no name, that is told once."
            ),
            wrong="""
[[initiatives]]
id = "forecast-launch"
title = "Launch of Forecast"
kind = "launch"
status = "planned"
start = 2027-03-30             # and no owner
""",
            right="""
[[initiatives]]
id = "forecast-launch"
title = "Launch of Forecast"
kind = "launch"
status = "planned"
start = 2027-03-30
owner = "Ana"
""",
            beside="""
[[initiatives]]
id = "forecast"
title = "Forecast"
owner = "Ben"
""",
            mend="Write one name: who is asked how it goes, and may decide. Two names are none.",
        ),
    ),
)
