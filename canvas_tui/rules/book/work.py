"""Rules on what work is for: there is a goal, every piece of work leads to one, and every goal has work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from canvas_tui.core.elements import Goal, Initiative
from canvas_tui.core.placeholder import says_something
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node, Relation, straight_up
from canvas_tui.rules.book.goals import has_target
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import A_GOAL, WORK, fill_in, link_goal
from canvas_tui.rules.rule import BROKEN_LINK, CIRCLE, ORPHANS, Asks, Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted, whole

GOAL_HORIZON_DAYS = Setting(365, 0, 36500, "a goal that is due later needs no initiative yet")

LEADS_TO_A_GOAL = (
    "An element leads to a goal by its own links and those of what it is there for: a solution by the problem it "
    "answers, work by the entries it is linked with and the work that waits for it. "
)


def no_goals(scene: Scene) -> Iterator[Found]:
    """Nothing in the workspace is a goal, and something in it should lead to one."""
    asks = any(map(_needs_goal, scene.asked)) or any(_asks_for_goal(each) for _, each in scene.initiatives)
    if scene.goals or not asks:
        return
    message = "Nothing here has a goal to serve yet."
    fix = "Write the first goal: what must be true, by when, shown by which number. Then link what serves it."
    yield Found(message, fix, (whole(scene),))


def _needs_goal(node: Node) -> bool:
    return node.spec is not None and node.spec.must_link


def initiatives_without_goal(scene: Scene) -> Iterator[Found]:
    """An open initiative that reaches no goal. Left out if another that is reported waits for it."""
    adrift = {
        node.address: node
        for node, initiative in scene.initiatives
        if _asks_for_goal(initiative) and not scene.graph.has_goal(node.address)
    }
    for address, node in adrift.items():
        above = [edge.upper for edge in scene.graph.up.get(address, ())]
        if any(upper in adrift for upper in above):
            continue  # that one is reported, and this serves it
        path = straight_up(scene.graph, address)
        if len(path) > 1:
            top = quoted(scene.graph.nodes[path[-1]])
            message = f"{quoted(node)} is work for {top}, which leads to no goal."
            fix = f"Link {top}, or the initiative itself, to the goal it is for."
        else:
            message = f"{quoted(node)} is work that no goal asks for."
            fix = "Link it to the goal it is for. If there is none, ask whether it should be done at all."
        yield Found(message, fix, (at(node),), path)


def _asks_for_goal(initiative: Initiative) -> bool:
    """Ideas are not decided on yet, and housekeeping has no goal."""
    return initiative.is_open and initiative.status != "idea" and initiative.kind != "other"


def goals_without_initiative(scene: Scene) -> Iterator[Found]:
    """An active goal that no open or done initiative reaches, nor a goal that it is a part or a measure of."""
    far = scene.today + timedelta(days=scene.settings.get("goal-horizon-days", 365))
    idle = {
        node.address: node
        for node, goal in scene.goals
        if goal.is_active and node.address not in scene.graph.worked_on and (goal.due is None or goal.due <= far)
    }
    told_above = scene.below(idle)
    for address, node in idle.items():
        if address in told_above or _only_measures(scene, node):
            continue  # the goal above has no work either, or has it for this one too
        below = (scene.graph.nodes[edge.lower] for edge in scene.graph.down.get(address, ()))
        is_cancelled = any(  # placeholders and cancelled work do not count
            isinstance(lower.element, Initiative) and not lower.is_blank and lower.element.status == "cancelled"
            for lower in below
        )
        but = "all work towards it is cancelled" if is_cancelled else "nothing works towards it"
        message = f"{quoted(node)} is an active goal, and {but}."
        fix = "Link an initiative to it, add one, or set the goal's status to proposed or dropped."
        yield Found(message, fix, (at(node),), straight_up(scene.graph, address))


def _only_measures(scene: Scene, node: Node) -> bool:
    """Whether it has the number of a goal above, which has the work and no number of its own."""
    if not _is_numbered(node):
        return False
    above = (edge.upper for edge in scene.graph.up.get(node.address, ()) if edge.relation is Relation.ROLLS_UP)
    return any(goal in scene.worked_on_itself and not _is_numbered(scene.graph.nodes[goal]) for goal in above)


def _is_numbered(node: Node) -> bool:
    return isinstance(node.element, Goal) and has_target(node.element.metric)


def _first_goal_fixes(workspace: Workspace) -> Iterator[Fix]:
    """Fill in a goal that is a placeholder, with its number and date; without one, make a goal."""
    begun = next((goal.id for goal in workspace.goals if not says_something(goal.title)), None)
    if begun is not None:
        yield fill_in("write the first goal", begun, "title")
        return
    yield Fix(Act.MAKE, "write the first goal", wants=A_GOAL, is_linked=False)


def _adrift_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield from link_goal(finding, item)
    yield Fix(Act.MAKE, "make a goal", item.address, A_GOAL)
    yield Fix(Act.STATUS, "set it to idea", item.address, value="idea")
    yield Fix(Act.STATUS, "cancel it", item.address, value="cancelled")


def _idle_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link an initiative", item.address, WORK)
    yield Fix(Act.MAKE, "make an initiative", item.address, WORK)
    yield Fix(Act.STATUS, "set it to proposed", item.address, value="proposed")
    yield Fix(Act.STATUS, "set it to dropped", item.address, value="dropped")


RULES = (
    Rule(
        name="no-goals",
        family="why",
        group=Group.PLAN,
        severity=Severity.WARNING,
        summary="Nothing has a goal to serve yet.",
        check=no_goals,
        asks=Asks.GOALS,
        silenced_by={"dangling-link"},
        fixes_of_workspace=_first_goal_fixes,
        page=Page(
            means=(
                "There are canvases or work here, and no goal that any of it could serve. Until there is one, nothing "
                "else is said about what leads to no goal: it would be the same gap told once for each line."
            ),
            wrong="""
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
status = "active"              # and no goal is written anywhere
""",
            right="""
[[goals]]
id = "paid-in-10-days"
title = "Our customers are paid within 10 days"
metric = { name = "median days to payment", baseline = 34, target = 10 }
due = 2027-06-30
""",
            mend="Write the first goal: what must be true, by when, shown by which number. Then link what serves it.",
        ),
    ),
    Rule(
        name="initiative-without-goal",
        family="why",
        group=Group.LINK,
        severity=Severity.ERROR,
        summary="An open initiative leads to no goal.",
        several="{count} initiatives lead to no goal",
        check=initiatives_without_goal,
        asks=Asks.FAR,
        silenced_by=BROKEN_LINK | CIRCLE,
        silenced_from_above=BROKEN_LINK | ORPHANS,
        fixes=_adrift_fixes,
        page=Page(
            means=(
                LEADS_TO_A_GOAL
                + "This one leads to none: effort goes into it, and nobody can say what for. Work that is done or "
                "cancelled is passed over."
            ),
            wrong="""
[[initiatives]]
id = "other-currencies"
title = "Invoices in pounds and francs"
status = "planned"
links = []                     # which goal is it for?
""",
            right="""
[[initiatives]]
id = "other-currencies"
title = "Invoices in pounds and francs"
status = "planned"
links = ["paid-in-10-days"]
""",
            beside="""
[[goals]]
id = "paid-in-10-days"
title = "Our customers are paid within 10 days"
""",
            mend=(
                "Link it to the goal it serves, or to the entry it works on. If there is none, ask whether it should "
                "be done."
            ),
        ),
    ),
    Rule(
        name="goal-without-initiative",
        family="why",
        group=Group.PLAN,
        severity=Severity.ERROR,
        summary="No open or done initiative leads to an active goal.",
        several="Nothing works towards {count} active goals",
        check=goals_without_initiative,
        settings={"goal-horizon-days": GOAL_HORIZON_DAYS},
        asks=Asks.FAR,
        silenced_by=BROKEN_LINK | CIRCLE | {"overdue", "undecided"},
        fixes=_idle_fixes,
        page=Page(
            means=(
                "A goal is active, and no initiative that is open or done leads to it, neither by itself nor by an "
                "entry or a goal below. Cancelled work does not count. The goal is a wish."
            ),
            wrong="""
[[goals]]
id = "consultants-500"
title = "500 paying consultants"
status = "active"              # and no initiative links to it
""",
            right="""
[[goals]]
id = "consultants-500"
title = "500 paying consultants"
status = "active"

[[initiatives]]
id = "referral-kit"
title = "Referral kit"
links = ["consultants-500"]
""",
            mend=(
                "Link the work that is meant to reach it, or plan some. If nobody will, set its status to proposed or "
                "dropped."
            ),
        ),
    ),
)
