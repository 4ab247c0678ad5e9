"""The rule on dates: what was to be done by a day that is past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from canvas_tui.core.elements import Fields, Goal, Kind
from canvas_tui.core.values import is_number
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node, Relation
from canvas_tui.rules.finding import Advised, Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import fill_in
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted

OVERDUE_GRACE_DAYS = Setting(7, 0, 365, "days that work may be late while nothing waits for it")

_TOGETHER = timedelta(days=14)  # the end of work and the date of its goal mean one day


def overdue(scene: Scene) -> Iterator[Found]:
    """A due or end date in the past while the goal or the initiative is still open.

    Work for which nothing waits may be a few days late. The date of a key result counts if its number is not reached,
    and its goal is not late itself. Work that should end about the same day as its goal is not reported if the goal is.
    """
    late_goals = {node.address: goal.due for node, goal in scene.goals if _is_late(goal, scene.today)}
    for node, goal in scene.goals:
        if not goal.is_active:
            continue
        if goal.due is not None and node.address in late_goals:
            if is_reached(goal.metric):
                message = f"{quoted(node)} was due on {goal.due}, has reached its number, and is still open."
                fix = "Set its status to achieved, and write down what was learned."
            else:
                message = f"{quoted(node)} was due on {goal.due}, {_ago(goal.due, scene.today)}, and is still open."
                fix = "Set its status to achieved or missed, or give it a later date and say why."
            yield Found(message, fix, (at(node),), advised=(Advised(node.address, "due"),))
        elif late := _late_results(goal, scene.today):
            due, title = late[0]
            more = f" and {len(late) - 1} more" if len(late) > 1 else ""
            message = f"The key result {quoted(title)}{more} of {quoted(node)} was due on {due}, and is not reached."
            yield Found(message, "Write its current number, or a later date and why.", (at(node),))
    for node, initiative in scene.initiatives:
        if initiative.status == "idea" or not initiative.is_open or not initiative.end:
            continue
        if scene.is_wrong(node, "status"):
            continue  # it may say that it is done
        days = (late_goals.get(edge.upper) for edge in scene.graph.up.get(node.address, ()))
        is_told = any(due is not None and abs(due - initiative.end) <= _TOGETHER for due in days)
        if initiative.end < scene.today and not is_told and not _is_no_matter_yet(scene, node, initiative.end):
            ago = _ago(initiative.end, scene.today)
            message = (
                f"{quoted(node)} was to end on {initiative.end}, {ago}, and is still {initiative.status or 'open'}."
            )
            fix = "Set its status to done or cancelled, or give it a later end."
            yield Found(message, fix, (at(node),), advised=(Advised(node.address, "end"),))


def _is_no_matter_yet(scene: Scene, node: Node, end: date) -> bool:
    """Whether it is late by a few days only, and nothing waits for it: it may be done and not written down."""
    grace = timedelta(days=scene.settings.get("overdue-grace-days", 7))
    waits = any(edge.relation is Relation.DEPENDS_ON for edge in scene.graph.up.get(node.address, ()))
    return scene.today - end < grace and not waits and not scene.schedule.is_launch(node.address)


def _is_late(goal: Goal, today: date) -> bool:
    return goal.is_active and goal.due is not None and goal.due < today


def is_reached(metric: Fields) -> bool:
    """Whether the current number of a metric is at its target or past it, counted from its baseline."""
    baseline, current, target = (_number(metric.get(key)) for key in ("baseline", "current", "target"))
    if current is None or target is None:
        return False
    falls = baseline is not None and baseline > target
    return current <= target if falls else current >= target


def _number(value: object) -> float | None:
    return value if is_number(value) else None


def _late_results(goal: Goal, today: date) -> list[tuple[date, str]]:
    dated = ((result.get("due"), result) for result in goal.key_results)
    return [
        (due, str(result.get("title", "")))
        for due, result in dated
        if isinstance(due, date) and due < today and not is_reached(result)
    ]


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return "a day ago" if days == 1 else f"{days} days ago"


def _overdue_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    ends = ("achieved", "missed") if item.kind is Kind.GOAL else ("done", "cancelled")
    for status in ends:
        yield Fix(Act.STATUS, f"set it to {status}", item.address, value=status)
    for field in (each.field for each in finding.advised):  # none where a key result is late: no form shows those
        yield fill_in("give it a later date", item.address, field)


RULES = (
    Rule(
        name="overdue",
        family="horizon",
        group=Group.DATES,
        severity=Severity.WARNING,
        summary="A day is past by which something was to be done, and it is still open.",
        several="{count} dates are past, and what was due is still open",
        check=overdue,
        settings={"overdue-grace-days": OVERDUE_GRACE_DAYS},
        asks=Asks.NOTHING,
        fixes=_overdue_fixes,
        page=Page(
            means=(
                "The due date of an active goal, the end of an open initiative or the date of a key result is past. "
                "Either it is done and nobody wrote that down, or it is late and nobody said so. On the day itself it "
                "is not late yet; ideas are never late, and a key result whose number is reached is done."
            ),
            wrong="""
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
status = "active"
end = 2026-09-30               # past, and still active
""",
            right="""
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
status = "done"
end = 2026-09-30
""",
            mend=(
                "Set the status to what is true (done, cancelled, achieved, missed), or write the new date and why it "
                "moved."
            ),
        ),
    ),
)
