"""Rules on goals and initiatives: every piece of work has a goal, every goal has work, a number and a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from canvas_tui.core.elements import Fields, Goal, Initiative, Kind
from canvas_tui.graph import Node, Relation, straight_up
from canvas_tui.rules.finding import Advised
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, quoted, whole


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
    """An open initiative reaches no goal, and no other one that is told of waits for it."""
    adrift = {
        node.address: node
        for node, initiative in scene.initiatives
        if _asks_for_goal(initiative) and not scene.graph.has_goal(node.address)
    }
    for address, node in adrift.items():
        above = [edge.upper for edge in scene.graph.up.get(address, ())]
        if any(upper in adrift for upper in above):
            continue  # it is there for that one, which is told
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
    """No open or done initiative reaches an active goal, nor one that it is a part or a measure of."""
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
        is_cancelled = any(  # a placeholder for work is none, and so is none that is cancelled
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
    return isinstance(node.element, Goal) and _has_target(node.element.metric)


def goals_detached(scene: Scene) -> Iterator[Found]:
    """A goal names something as its parent that is no goal; a name of nothing is told as a dangling link."""
    if not scene.workspace.vision:
        return
    for node, goal in scene.goals:
        parent = scene.graph.node(goal.parent) if goal.parent is not None else None
        if parent is None or parent.kind in (Kind.GOAL, Kind.VISION):
            continue
        what = f"{quoted(node)} hangs below {quoted(parent)}"
        message = f"{what}, which is no goal: it leads to neither a goal nor the vision."
        fix = "Name a goal as its parent, or take parent out: then it belongs to the vision."
        yield Found(message, fix, (at(node),), (node.address,))


def goals_unmeasured(scene: Scene) -> Iterator[Found]:
    """An active goal without metric, target or due date: of its own, of its key results, or of the goals below it."""
    living = [(node.address, goal) for node, goal in scene.goals if goal.status != "dropped"]
    numbered = _with_those_above(scene, (address for address, goal in living if _is_measured(goal)))
    named = _with_those_above(scene, (address for address, goal in living if _has_metric_name(goal)))
    dated_itself = [address for address, goal in living if _is_dated(goal)]
    dated = _with_those_above(scene, dated_itself) | scene.below(dated_itself)  # a part is due when the whole is
    for node, goal in scene.goals:
        missing = []
        if node.address not in numbered and not scene.is_wrong(node, "metric", "key-results"):
            missing += ["no target"] if node.address in named else ["no metric", "no target"]
        if node.address not in dated and not scene.is_wrong(node, "due"):
            missing.append("no due date")
        if missing and goal.is_active:
            message = f"{quoted(node)} has {_listed(missing)}, so nobody can tell when it is reached."
            fix = f"Add {_listed([each.replace('no ', 'a ', 1) for each in missing])}."
            advised = tuple(Advised(node.address, _FIELDS[each]) for each in missing)
            yield Found(message, fix, (at(node),), (node.address,), advised)


_FIELDS = {"no metric": "metric.name", "no target": "metric.target", "no due date": "due"}


def _with_those_above(scene: Scene, goals: Iterable[str]) -> set[str]:
    own = set(goals)
    return own | scene.above(own)


def _is_measured(goal: Goal) -> bool:
    return _has_target(goal.metric) or any(map(_has_number, goal.key_results))


def _has_metric_name(goal: Goal) -> bool:
    return _says(goal.metric.get("name")) or bool(goal.key_results)


def _is_dated(goal: Goal) -> bool:
    """A due date of the wrong type is told as such, and does not make it missing."""
    return "due" in goal.fields or any("due" in result for result in goal.key_results)


def _has_target(metric: Fields) -> bool:
    target = metric.get("target")  # a wrong type is told as such, and does not make the target missing
    return target is not None and target != ""


def _has_number(result: Fields) -> bool:
    """Whether a key result has a number to reach, or names one in its title."""
    title = result.get("title")
    return _has_target(result) or (isinstance(title, str) and any(map(str.isdigit, title)))


def _says(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
