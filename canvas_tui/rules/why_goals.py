"""Rules on goals and initiatives: every piece of work has a goal, every goal has work, a number and a date."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.elements import Goal, Kind
from canvas_tui.core.text import clean
from canvas_tui.graph import straight_up
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, quoted


def initiatives_without_goal(scene: Scene) -> Iterator[Found]:
    """An open initiative reaches no goal."""
    for node, initiative in scene.initiatives:
        if initiative.is_open and node.address not in scene.graph.with_goal:
            path = straight_up(scene.graph, node.address)
            if len(path) > 1:
                message = f"{quoted(node)} is work for {quoted(scene.graph.nodes[path[-1]])}, which leads to no goal."
                fix = f"Link {quoted(scene.graph.nodes[path[-1]])}, or the initiative itself, to the goal it is for."
            else:
                message = f"{quoted(node)} is work that no goal asks for."
                fix = "Link it to the goal it is for, or set its status to cancelled."
            yield Found(message, fix, (at(node),), path)


def goals_without_initiative(scene: Scene) -> Iterator[Found]:
    """An active goal that no open or done initiative reaches."""
    for node, goal in scene.goals:
        if goal.is_active and node.address not in scene.graph.worked_on:
            cancelled = any(
                scene.graph.nodes[edge.lower].kind is Kind.INITIATIVE
                for edge in scene.graph.down.get(node.address, ())
            )  # fmt: skip
            but = "all work towards it is cancelled" if cancelled else "nothing works towards it"
            message = f"{quoted(node)} is an active goal, and {but}."
            fix = "Link an initiative to it, add one, or set the goal's status to proposed or dropped."
            yield Found(message, fix, (at(node),), straight_up(scene.graph, node.address))


def goals_detached(scene: Scene) -> Iterator[Found]:
    """A goal neither has a parent goal nor rolls up to the vision."""
    if not scene.workspace.vision:
        return
    for node, goal in scene.goals:
        if goal.parent is None:
            continue
        parent = scene.graph.node(goal.parent)
        if parent is not None and parent.kind in (Kind.GOAL, Kind.VISION):
            continue
        what = f"'{clean(goal.parent)}'" if parent is None else quoted(parent)
        message = f"{quoted(node)} hangs below {what}, which is no goal: it leads to neither a goal nor the vision."
        fix = "Name a goal as its parent, or take parent out: then it belongs to the vision."
        yield Found(message, fix, (at(node),), (node.address,))


def goals_unmeasured(scene: Scene) -> Iterator[Found]:
    """An active goal without metric, target or due date."""
    for node, goal in scene.goals:
        missing = _unmeasured(goal) if goal.is_active else []
        if missing:
            message = f"{quoted(node)} has {_listed(missing)}, so nobody can tell when it is reached."
            fix = f"Add {_listed([each.replace('no ', 'a ', 1) for each in missing])}."
            yield Found(message, fix, (at(node),), (node.address,))


def _unmeasured(goal: Goal) -> list[str]:
    missing = []
    name, target = goal.metric.get("name"), goal.metric.get("target")
    if not isinstance(name, str) or not name.strip():
        missing.append("no metric")
    if not isinstance(target, (int, float, str)) or isinstance(target, bool) or target == "":
        missing.append("no target")
    if goal.due is None:
        missing.append("no due date")
    return missing


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
