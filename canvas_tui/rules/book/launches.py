"""The rule on launches and campaigns that start before what they wait for is ready."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from canvas_tui.core.elements import Initiative
from canvas_tui.graph import Relation
from canvas_tui.rules.finding import Advised, Severity
from canvas_tui.rules.offers import move_dates
from canvas_tui.rules.rule import CIRCLE, Asks, Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted
from canvas_tui.rules.schedule import days_between

LAUNCH_BUFFER_DAYS = Setting(7, 0, 365, "days between the end of work and the launch that needs it")

SOLD_AHEAD_DAYS = Setting(365, 0, 36500, "a campaign promotes on purpose what is ready so much later")


def launches_before_ready(scene: Scene) -> Iterator[Found]:
    """A launch or campaign starts before something that it waits for is ready, or too few days after it."""
    schedule = scene.schedule
    buffer = timedelta(days=scene.settings.get("launch-buffer-days", 7))
    for node, launch in scene.initiatives:
        start, over = schedule.starts.get(node.address), schedule.ends.get(node.address)
        need = schedule.last_needs.get(node.address)
        if start is None or need is None or not schedule.is_launch(node.address) or (over and over < scene.today):
            continue  # a launch in the past is reported as overdue
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
    """How long before the launch starts, or after it, the work that it needs is ready, in words."""
    what, end = quoted(scene.graph.nodes[address]), scene.schedule.ends.get(address, start)
    if end < scene.today:
        return f"before {what} is ready"
    if end == start:
        return f"on the very day on which {what} is ready"
    days = f"{days_between(start, end)} before" if end > start else f"only {days_between(end, start)} after"
    return f"{days} {what} is ready"


def _waits(scene: Scene, way: tuple[str, ...]) -> str:
    """In words: why the first of the path waits for the last, and until when."""
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


RULES = (
    Rule(
        name="launch-before-ready",
        family="clash",
        group=Group.DATES,
        severity=Severity.ERROR,
        summary="A launch starts before what it waits for is ready.",
        check=launches_before_ready,
        settings={"launch-buffer-days": LAUNCH_BUFFER_DAYS, "sold-ahead-days": SOLD_AHEAD_DAYS},
        asks=Asks.NOTHING,
        silenced_by=CIRCLE,
        fixes=move_dates,
        page=Page(
            means=(
                "A launch or campaign starts before something is ready that it depends on, directly or by way of "
                "other work, or before the product that it promotes; or so few days after it that nothing may go "
                "wrong. Told once for each launch, with what is ready last. A part has the dates of the whole where "
                "it has none of its own. What only announces another launch is no clash, nor what sells long ahead "
                "something that is yet to be built."
            ),
            wrong="""
[[initiatives]]
id = "app"
kind = "product"
title = "The app, good enough to charge for"
end = 2027-05-28

[[initiatives]]
id = "launch"
kind = "launch"
title = "Launch in the store"
start = 2027-05-10             # 18 days too early
depends-on = ["app"]
""",
            right="""
[[initiatives]]
id = "app"
kind = "product"
title = "The app, good enough to charge for"
end = 2027-05-28

[[initiatives]]
id = "launch"
kind = "launch"
title = "Launch in the store"
start = 2027-06-07             # ten days after it
depends-on = ["app"]
""",
            mend=(
                "Move the launch, or bring what it waits for forward: cut it to the part that the launch cannot do "
                "without. Where it does not need it after all, take the name out of depends-on or promotes."
            ),
        ),
    ),
)
