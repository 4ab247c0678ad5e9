"""The rule on key metrics that no goal measures."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Relation, straight_up
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import A_GOAL, for_later
from canvas_tui.rules.rule import BROKEN_LINK, ORPHANS, Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted


def metrics_orphan(scene: Scene) -> Iterator[Found]:
    """A key metric that no goal measures."""
    by_metric = {str(goal.metric.get("name", "")).casefold(): node for node, goal in scene.goals}
    for node in scene.with_role("metric"):
        if not any(edge.relation is Relation.MEASURES for edge in scene.graph.up.get(node.address, ())):
            twin = by_metric.get(node.text.strip().casefold())
            message = f"No goal measures the key metric {quoted(node)}."
            fix = "Link it to the goal that it measures, or give a goal this metric."
            if twin is not None:
                fix = f"Link it to the goal {quoted(twin)}, which has a metric of that name."
            has_goal = scene.graph.has_goal(node.address)
            path = straight_up(scene.graph, node.address)
            yield Found(message, fix, (at(node),), path, has_goal=has_goal)


def _metric_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link its goal", item.address, A_GOAL)
    yield Fix(Act.MAKE, "make a goal", item.address, A_GOAL)
    yield for_later(item)


RULES = (
    Rule(
        name="metric-orphan",
        family="why",
        group=Group.LINK,
        severity=Severity.WARNING,
        summary="No goal measures a key metric.",
        several="No goal measures {count} key metrics{of}",
        check=metrics_orphan,
        asks=Asks.FAR,
        silenced_by=BROKEN_LINK | {"undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        accepted_with={"orphan-entry"},
        fixes=_metric_fixes,
        page=Page(
            means="A key metric is linked to no goal, so it is watched and nobody has said where it should go.",
            wrong="""
[[key-metrics]]
text = "Median days to payment"
links = []                     # where should it go?
""",
            right="""
[[key-metrics]]
text = "Median days to payment"
links = ["paid-in-10-days"]    # the goal that has this metric
""",
            beside="""
[[goals]]
id = "paid-in-10-days"
title = "Our customers are paid within 10 days"
""",
            mend="Link it to the goal that it measures, or write down the goal that it would be the number of.",
        ),
    ),
)
