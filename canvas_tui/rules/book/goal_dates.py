"""The rule on goals that are due before the work on them ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from canvas_tui.core.elements import Goal
from canvas_tui.graph import Relation
from canvas_tui.rules.book.overdue import is_reached
from canvas_tui.rules.finding import Advised, Severity
from canvas_tui.rules.offers import move_dates
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted
from canvas_tui.rules.schedule import days_between


def goals_before_work(scene: Scene) -> Iterator[Found]:
    """A goal is due before open work ends that it rests on. Housekeeping is passed over, and what is late already."""
    serving, latest = _serving(scene)
    for node, goal in scene.goals:
        due = _due(goal)
        if due is None or due < scene.today or not goal.is_active or is_reached(goal.metric):
            continue
        works = serving.get(node.address, ())
        late = sorted(
            _late_work(scene, works, due, latest), key=lambda each: (-scene.schedule.ends[each].toordinal(), each)
        )
        if not late:
            continue
        end = scene.schedule.ends[late[0]]
        last = quoted(scene.graph.nodes[late[0]])
        message = f"{quoted(node)} is due {days_between(due, end)} before its work {last} ends."
        message += f" It is due on {due}, the work ends on {end}."
        if len(late) > 1:
            message += f" {len(late) - 1} more {'ends' if len(late) == 2 else 'end'} after it too."
        fix = f"Have {last} done by {due}, move the due date to {end}, or link only the part of it that the goal needs."
        elements = (at(node), *(at(scene.graph.nodes[each]) for each in late))
        advised = [Advised(late[0], "end", due)]
        if goal.due is not None:  # else a key result has it
            advised.append(Advised(node.address, "due", end))
        yield Found(message, fix, elements, (node.address, late[0]), tuple(advised))


def _due(goal: Goal) -> date | None:
    """Its due date, or the last one of its key results."""
    days = (result.get("due") for result in goal.key_results)
    dated = [day.date() if isinstance(day, datetime) else day for day in days if isinstance(day, date)]
    return goal.due or max(dated, default=None)


def _serving(scene: Scene) -> tuple[dict[str, list[str]], dict[str, date]]:
    """The work on each goal, cancelled work and housekeeping left out; and when the last goal of each work is due."""
    serving, latest = dict[str, list[str]](), dict[str, date]()
    for node, work in scene.initiatives:
        address = node.address
        if work.status == "cancelled" or work.kind == "other" or address not in scene.schedule.ends:
            continue
        for edge in scene.graph.up.get(address, ()):
            goal = scene.graph.nodes[edge.upper].element
            if edge.relation is Relation.SERVES and isinstance(goal, Goal):
                serving.setdefault(edge.upper, []).append(address)
                latest[address] = max(_due(goal) or date.min, latest.get(address, date.min))
    return serving, latest


def _late_work(scene: Scene, works: Iterable[str], due: date, latest: Mapping[str, date]) -> Iterator[str]:
    """Those of the works on a goal that end after it is due.

    If other work on the goal ends in time, late work is left out that begins only after the goal is due, or that serves
    a later goal.
    """
    ends, starts = scene.schedule.ends, scene.schedule.starts
    is_served = any(ends[each] <= due for each in works)
    for each in works:
        if ends[each] > due and scene.schedule.is_planned(each):
            is_after = each in starts and starts[each] > due
            if not (is_served and (is_after or latest[each] >= ends[each])):
                yield each


RULES = (
    Rule(
        name="goal-before-work",
        family="clash",
        group=Group.DATES,
        severity=Severity.WARNING,
        summary="A goal is due before work ends that it rests on.",
        check=goals_before_work,
        asks=Asks.NOTHING,
        fixes=move_dates,
        page=Page(
            means=(
                "A goal is due on a day on which work that is linked to it is still to go on, so either the goal will "
                "be missed or the date is not meant. A goal is due with the last of its key results where it has no "
                "date of its own. Work of kind other is passed over. Where other work on the goal is over in time, so "
                "is what begins only after the date, and what serves a later goal as well."
            ),
            wrong="""
[[goals]]
id = "heat-120"
title = "120 houses on the heat network"
due = 2028-10-01

[[initiatives]]
id = "heat-network"
title = "Dig in the pipes"
kind = "product"
end = 2028-11-30               # two months after the goal is due
links = ["heat-120"]
""",
            right="""
[[goals]]
id = "heat-120"
title = "120 houses on the heat network"
due = 2028-12-31

[[initiatives]]
id = "heat-network"
title = "Dig in the pipes"
kind = "product"
end = 2028-11-30
links = ["heat-120"]
""",
            mend="Move the due date, end the work sooner, or split it and link only the part that the goal needs.",
        ),
    ),
)
