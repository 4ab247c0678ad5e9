"""Elements as plain values and short words, for text and for JSON alike.

This is how elements, links and dates are shown outside the screen. It prints nothing, and does not use the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from canvas_tui.core.elements import Element, Goal, Initiative, Kind, split_link
from canvas_tui.core.schema import LINK_KEYS
from canvas_tui.core.toml_words import day, number
from canvas_tui.core.values import is_number
from canvas_tui.core.workspace import Located, Workspace


def brief(item: Located) -> dict[str, Any]:
    """What names an element in JSON: {"id", "kind", "text"}."""
    return {"id": item.address, "kind": str(item.kind), "text": title_of(item)}


def title_of(item: Located) -> str:
    """The line a person knows the element by; a cell is told with its canvas."""
    if item.kind is Kind.CELL and item.canvas is not None:
        return f"{item.canvas.title}: {item.text}"
    return item.text


def percent(goal: Goal) -> str:
    """How far a goal's metric is, as "38 %", or ""."""
    return f"{round(goal.progress * 100)} %" if goal.progress is not None else ""


def metric_words(goal: Goal, arrow: str) -> str:
    """A metric and its way: "days to payment: 34 -> 29 -> 10 days (21 %)"; "" where the goal has none."""
    metric = goal.metric
    steps = [metric[key] for key in ("baseline", "current", "target") if is_number(metric.get(key))]
    name, unit = (metric.get(key) if isinstance(metric.get(key), str) else "" for key in ("name", "unit"))
    way = " ".join(part for part in (f" {arrow} ".join(number(step) for step in steps), unit) if part)
    words = ": ".join(part for part in (name, way) if part)
    return f"{words} ({percent(goal)})" if goal.progress is not None else words


def goal_words(goal: Goal) -> list[str]:
    """Team, owner and due day of a goal, each where it has one; a status only where it is not active."""
    words = [goal.team, goal.owner, f"due {day(goal.due)}" if goal.due else ""]
    return [word for word in (*words, "" if goal.is_active else goal.status) if word]


def initiative_words(initiative: Initiative) -> list[str]:
    """Team, status, dates and owner of an initiative, each where it has one."""
    start, end = initiative.start, initiative.end
    dates = f"{day(start) if start else '?'} to {day(end) if end else '?'}" if start or end else ""
    return [word for word in (initiative.team, initiative.status, dates, initiative.owner) if word]


def targets(element: Element) -> list[tuple[str, str]]:
    """What an element links to, as (key, target) in the order of LINK_KEYS; pins left out."""
    found: list[tuple[str, str]] = []
    for key in LINK_KEYS:
        if key == "parent":
            parent = element.parent if isinstance(element, (Goal, Initiative)) else None
            found += [("parent", parent)] if parent else []
        else:
            found += [(key, split_link(link)[0]) for link in element.list_field(key)]
    return found


def links_from(workspace: Workspace, item: Located) -> Iterator[dict[str, Any]]:
    """The links written in an element: {"id", "kind", "text", "key"}; kind None where nothing has that id."""
    if item.kind is Kind.VISION:
        return
    for key, target in targets(item.element):
        found = workspace.find(target)
        yield {**(brief(found) if found else {"id": target, "kind": None, "text": None}), "key": key}


def links_to(workspace: Workspace, item: Located) -> Iterator[dict[str, Any]]:
    """The elements whose links name this one: {"id", "kind", "text", "key"}."""
    for source, key in workspace.links_to(item.address):
        yield {**brief(source), "key": key}


def fields_of(item: Located) -> dict[str, Any]:
    """Every field of an element as its file has it, unknown ones too; those that are asked for elsewhere left out."""
    fields = dict(item.element.fields)
    if item.kind is Kind.VISION:
        return {key: value for key, value in fields.items() if key in ("vision", "name", "format", "vision-conflict")}
    return fields
