"""Rules on product and marketing work that do not fit together: what is launched before it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from canvas_tui.core.elements import Goal, Initiative
from canvas_tui.graph import Relation
from canvas_tui.rules.finding import Advised
from canvas_tui.rules.horizon import is_reached
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, quoted
from canvas_tui.rules.schedule import days_between


def launches_before_ready(scene: Scene) -> Iterator[Found]:
    """A launch or campaign starts before something that it waits for is ready, or too few days after it."""
    schedule = scene.schedule
    buffer = timedelta(days=scene.settings.get("launch-buffer-days", 7))
    for node, launch in scene.initiatives:
        start, over = schedule.starts.get(node.address), schedule.ends.get(node.address)
        need = schedule.last_needs.get(node.address)
        if start is None or need is None or not schedule.is_launch(node.address) or (over and over < scene.today):
            continue  # one that is past is told as overdue
        ready = schedule.ready(need.what)
        if ready is None or ready + buffer <= start:
            continue
        way = schedule.way(node.address)
        needs = (each for each in schedule.needs(node.address) if each not in way)
        late = [each for each in needs if _is_late(scene, each, start - buffer)]
        starts = _starts(scene, launch)
        message = f"{quoted(node)} {starts} {_before_ready(scene, way[-1], start)}."
        message += f" It {starts} on {start} and {_waits(scene, way)}."
        if late:
            more = "1 more that it needs is" if len(late) == 1 else f"{len(late)} more that it needs are"
            message += f" {more} not ready {days_between(start - buffer, start)} ahead either."
        last = quoted(scene.graph.nodes[way[-1]])
        advised = [Advised(node.address, "start", ready + buffer)]
        if start - buffer >= scene.today:
            advised.append(Advised(way[-1], "end", start - buffer))
        sooner = f"Have {last} ready by {start - buffer}" if start - buffer >= scene.today else f"Bring {last} forward"
        fix = f"{sooner}, find a way to begin without it, or move the start to {ready + buffer} or later."
        elements = tuple(at(scene.graph.nodes[each]) for each in (*way, *late))
        yield Found(message, fix, elements, way, tuple(advised))


def _starts(scene: Scene, launch: Initiative) -> str:
    if launch.start is None or launch.start >= scene.today:
        return "starts"
    return "started" if launch.status == "active" else "was to start"


def _is_late(scene: Scene, address: str, latest: date) -> bool:
    ready = scene.schedule.ready(address)
    return ready is not None and ready > latest


def _before_ready(scene: Scene, address: str, start: date) -> str:
    """How the start of a launch and the day on which what it needs is ready stand to each other."""
    what, end = quoted(scene.graph.nodes[address]), scene.schedule.ends.get(address, start)
    if end < scene.today:
        return f"before {what} is ready"
    if end == start:
        return f"on the very day on which {what} is ready"
    days = f"{days_between(start, end)} before" if end > start else f"only {days_between(end, start)} after"
    return f"{days} {what} is ready"


def _waits(scene: Scene, way: tuple[str, ...]) -> str:
    """How the first of the way comes to wait for the last, and until when."""
    end = scene.schedule.ends.get(way[-1])
    if end is None:
        until = "that, which has no end"
    else:
        until = f"that, which {'was to end' if end < scene.today else 'ends'} on {end}"
    if len(way) > 2:
        return f"{quoted(scene.graph.nodes[way[-2]])}, which it needs, waits for {until}"
    edges = scene.graph.down.get(way[0], ())
    is_dependency = any(edge.lower == way[-1] and edge.relation is Relation.DEPENDS_ON for edge in edges)
    return f"{'waits for' if is_dependency else 'promotes'} {until}"


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

    Where other work on it is over in time, neither what begins only afterwards is told, nor what serves a later goal.
    """
    ends, starts = scene.schedule.ends, scene.schedule.starts
    is_served = any(ends[each] <= due for each in works)
    for each in works:
        if ends[each] > due and scene.schedule.is_planned(each):
            is_after = each in starts and starts[each] > due
            if not (is_served and (is_after or latest[each] >= ends[each])):
                yield each
