"""Rules on goals by themselves: where they belong, and whether anybody can tell when they are reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from canvas_tui.core.elements import Fields, Goal, Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.rules.finding import Advised, Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import fill_in
from canvas_tui.rules.rule import BROKEN_LINK, CIRCLE, Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted


def goals_detached(scene: Scene) -> Iterator[Found]:
    """A goal's parent is no goal. A parent that does not exist is reported as a dangling link."""
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
    return has_target(goal.metric) or any(map(_has_number, goal.key_results))


def _has_metric_name(goal: Goal) -> bool:
    return _says(goal.metric.get("name")) or bool(goal.key_results)


def _is_dated(goal: Goal) -> bool:
    """Whether a goal has a due date. One of a wrong type counts: it is reported as wrong, not as missing."""
    return "due" in goal.fields or any("due" in result for result in goal.key_results)


def has_target(metric: Fields) -> bool:
    """Whether a metric or a key result has something under `target`."""
    target = metric.get("target")  # a wrong type is reported as wrong, not as missing
    return target is not None and target != ""


def _has_number(result: Fields) -> bool:
    """Whether a key result has a number to reach, or names one in its title."""
    title = result.get("title")
    return has_target(result) or (isinstance(title, str) and any(map(str.isdigit, title)))


def _says(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _detached_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield fill_in("name its parent", item.address, "parent")
    yield Fix(Act.CLEAR, "take its parent out", item.address, value="parent")


def _unmeasured_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    fields = [each.field for each in finding.advised] or ["metric.target", "due"]
    parts = dict.fromkeys("a date" if field == "due" else "a number" for field in fields)
    yield fill_in(f"give it {' and '.join(parts)}", item.address, fields[0])
    yield Fix(Act.STATUS, "set it to proposed", item.address, value="proposed")


RULES = (
    Rule(
        name="goal-detached",
        family="why",
        group=Group.LINK,
        severity=Severity.WARNING,
        summary="A goal leads to neither a parent goal nor the vision.",
        check=goals_detached,
        asks=Asks.FAR,
        silenced_by=BROKEN_LINK | CIRCLE,
        fixes=_detached_fixes,
        page=Page(
            means=(
                "Every goal without a parent belongs to the vision. This one names a parent that is no goal, so it "
                "leads neither to a goal nor to the vision. Only told in a workspace that has a vision."
            ),
            wrong="""
[[goals]]
id = "payments-matched"
title = "Eight of ten payments are matched without a click"
parent = "late-payment"        # a problem, no goal
""",
            right="""
[[goals]]
id = "payments-matched"
title = "Eight of ten payments are matched without a click"
parent = "paid-in-10-days"
""",
            beside="""
[[goals]]
id = "paid-in-10-days"
title = "Our customers are paid within 10 days"

[[problem]]
id = "late-payment"
text = "Clients pay on average 34 days late"
""",
            mend="Name a goal as its parent, or take the parent out.",
        ),
    ),
    Rule(
        name="goal-unmeasured",
        family="why",
        group=Group.FILL,
        severity=Severity.ERROR,
        summary="An active goal has no metric, no target or no due date.",
        several="Nobody can tell when {count} goals are reached",
        check=goals_unmeasured,
        asks=Asks.FAR,
        silenced_by=CIRCLE | {"overdue", "undecided"},
        fixes=_unmeasured_fixes,
        page=Page(
            means=(
                "An active goal needs a metric with a name, a target, and a date by which it is due. Without one of "
                "them nobody can say whether it was reached."
            ),
            wrong="""
[[goals]]
id = "happier"
title = "Customers are happier"     # by when, and how can anybody tell?
""",
            right="""
[[goals]]
id = "happier"
title = "Customers are happier"
metric = { name = "customers who recommend us", baseline = 31, target = 50, unit = "%" }
due = 2027-06-30               # all three are here: no finding
""",
            mend="Add what is missing. If it cannot be measured yet, set its status to proposed.",
        ),
    ),
)
