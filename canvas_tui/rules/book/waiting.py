"""Rules on work that waits for other work: dates are missing, or are against the order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Relation
from canvas_tui.rules.finding import Advised, Finding, Severity
from canvas_tui.rules.fix import Fix
from canvas_tui.rules.offers import fill_in, move_dates
from canvas_tui.rules.rule import CIRCLE, Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted, whole
from canvas_tui.rules.schedule import LONG_WAY, days_between


def undated_dependencies(scene: Scene) -> Iterator[Found]:
    """Work that is to begin waits for work without an end, or a launch that waits for something has no date.

    Told once where nothing in the workspace has a date.
    """
    waits = [node for node, _ in scene.initiatives if scene.schedule.is_planned(node.address)]
    waits = [node for node in waits if any(_dependencies(scene, node.address))]
    waits = [node for node in waits if not scene.is_wrong(node, "start", "end")]  # another rule reports those
    if waits and not scene.schedule.has_dates and not any(goal.due for _, goal in scene.goals):
        message = f"Work waits for other work here, {quoted(waits[0])} for one, and nothing has a date."
        fix = "Write an end to what comes first and a start to what waits for it, the launches first of all."
        yield Found(message, fix, (whole(scene), *map(at, waits)))
        return
    yield from _without_end(scene)
    for node in waits:
        address = node.address
        if not scene.schedule.is_dated(address) and _is_awaited(scene, address):
            need = scene.graph.nodes[next(_dependencies(scene, address))]
            message = f"{quoted(node)} waits for {quoted(need)}, and has no date of its own."
            fix = "Write its start and its end, so that anybody can see whether it comes in time."
            yield Found(message, fix, (at(node), at(need)), (address, need.address), (Advised(address, "start"),))


def _is_awaited(scene: Scene, address: str) -> bool:
    """Whether it is a launch, or a campaign that other work waits for."""
    if not scene.schedule.is_launch(address):
        return False
    return scene.schedule.work(address).kind == "launch" or any(scene.schedule.waiting(address))


def _without_end(scene: Scene) -> Iterator[Found]:
    """A finding for each work without an end, with the path up to the first work to begin that waits for it."""
    nodes, starts = scene.graph.nodes, scene.schedule.starts
    ways = _ways_up(scene)
    for node, work in scene.initiatives:
        way = ways.get(node.address)
        if way is not None and not scene.is_wrong(node, "end"):
            first = nodes[way[-1]]
            is_blocked = "is blocked and has no end" if work.status == "blocked" else "has no end"
            by_way = f", by way of {quoted(nodes[way[1]])}" if len(way) > 2 else ""
            message = f"{quoted(node)} {is_blocked}, and {quoted(first)} waits for it{by_way}: it starts on "
            message += f"{starts[way[-1]]}."
            fix = "Write down when it will be ready, even if that is a guess, and what happens if it is not."
            yield Found(message, fix, tuple(at(nodes[each]) for each in way), way, (Advised(way[0], "end"),))


def _ways_up(scene: Scene) -> dict[str, tuple[str, ...]]:
    """Paths from each work without an end to the first work that waits for it. What it waits for itself is left out."""
    schedule = scene.schedule
    waiting = [
        (start, address)
        for address, start in schedule.starts.items()
        if start >= scene.today and schedule.is_planned(address)
    ]
    above = dict[str, str]()
    found = dict[str, tuple[str, ...]]()
    for _, first in sorted(waiting):
        front = deque([first])
        while front:
            upper = front.popleft()
            for lower in schedule.needs(upper):
                if lower in above or lower == first:
                    continue
                above[lower] = upper
                if lower in schedule.ends:
                    front.append(lower)
                else:
                    found[lower] = _way(above, lower, first)
    return found


def _way(above: dict[str, str], address: str, top: str) -> tuple[str, ...]:
    """The way up; the middle of a very long one is left out."""
    way = [address]
    while way[-1] != top and len(way) < LONG_WAY - 1:
        way.append(above[way[-1]])
    return tuple(way) if way[-1] == top else (*way, top)


def _dependencies(scene: Scene, address: str) -> Iterator[str]:
    edges = scene.graph.down.get(address, ())
    lowers = (edge.lower for edge in edges if edge.relation is Relation.DEPENDS_ON)
    return (each for each in lowers if scene.schedule.is_open(each))


def works_before_ready(scene: Scene) -> Iterator[Found]:
    """Planned work begins before something ends that it depends on. launch-before-ready reports launches.

    Work that has begun is left out: it often runs beside what it depends on.
    """
    schedule = scene.schedule
    for node, work in scene.initiatives:
        start = schedule.starts.get(node.address)
        if work.status != "planned" or start is None or start < scene.today or schedule.is_launch(node.address):
            continue
        late = [each for each in _dependencies(scene, node.address) if schedule.ends.get(each, start) > start]
        if not late:
            continue
        late.sort(key=lambda each: (-schedule.ends[each].toordinal(), each))
        last = late[0]
        end, need = schedule.ends[last], quoted(scene.graph.nodes[last])
        message = f"{quoted(node)} starts on {start}, and {need}, which it depends on, ends on {end}, "
        message += f"{days_between(start, end)} later."
        fix = f"Start it when {need} is over, or link only the part that it has to wait for."
        elements = (at(node), *(at(scene.graph.nodes[each]) for each in late))
        advised = (Advised(node.address, "start", end), Advised(last, "end", start))
        yield Found(message, fix, elements, (node.address, last), advised)


def _undated_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if finding.path:
        field = next((each.field for each in finding.advised), "end")
        yield fill_in(f"write its {field}", item.address, field)


RULES = (
    Rule(
        name="undated-dependency",
        family="clash",
        group=Group.DATES,
        severity=Severity.WARNING,
        summary="What waits for other work cannot be planned: a date is missing.",
        check=undated_dependencies,
        silenced_by=CIRCLE,
        fixes=_undated_fixes,
        page=Page(
            means=(
                "Work that has yet to begin depends on work without an end, directly or by way of other work, so "
                "nobody can see whether it will be there in time; or a launch, or a campaign that others wait for, "
                "depends on something and has no date. A part has the dates of the whole. Where nothing in the "
                "workspace has a date, that is told once."
            ),
            wrong="""
[[initiatives]]
id = "permit"
title = "Permit to dig in the main road"
status = "blocked"             # and no end

[[initiatives]]
id = "pipes"
title = "Lay the pipes"
status = "planned"
start = 2027-09-06
depends-on = ["permit"]
""",
            right="""
[[initiatives]]
id = "permit"
title = "Permit to dig in the main road"
status = "blocked"
end = 2027-08-20               # a guess, and it can be seen when it is wrong

[[initiatives]]
id = "pipes"
title = "Lay the pipes"
status = "planned"
start = 2027-09-06
depends-on = ["permit"]
""",
            mend=(
                "Write down when it will be ready, even if that is a guess: a guess can be wrong, and then it is seen."
            ),
        ),
    ),
    Rule(
        name="work-before-ready",
        family="clash",
        group=Group.DATES,
        severity=Severity.WARNING,
        summary="Planned work starts before something ends that it depends on.",
        check=works_before_ready,
        asks=Asks.NOTHING,
        silenced_by=CIRCLE | {"refuted-in-use"},
        fixes=move_dates,
        page=Page(
            means=(
                "Planned work that has yet to begin starts before something ends that it depends on. Launches and "
                "campaigns have a rule of their own, and work under way is passed over: it often goes on beside what "
                "it depends on."
            ),
            wrong="""
[[initiatives]]
id = "mould"
title = "Second mould"
end = 2027-02-26

[[initiatives]]
id = "series-1"
title = "First series"
status = "planned"
start = 2027-02-15             # made with a mould that is not there
depends-on = ["mould"]
""",
            right="""
[[initiatives]]
id = "mould"
title = "Second mould"
end = 2027-02-26

[[initiatives]]
id = "series-1"
title = "First series"
status = "planned"
start = 2027-03-01
depends-on = ["mould"]
""",
            mend=(
                "Start it when that is over. Where it has to wait for a part only, make that a piece of work of its "
                "own."
            ),
        ),
    ),
)
