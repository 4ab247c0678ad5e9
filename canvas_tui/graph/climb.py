"""Finds the straight way up from every element: to the nearest goal and on to the vision, or as far as it goes.

An entry without a goal of its own takes that of an initiative that works on it, or on what answers it. Each function
makes one pass over the edges of the whole graph, so that `check` can show ways for ten thousand findings.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from canvas_tui.core.elements import VISION, Initiative, Kind
from canvas_tui.graph.adjacency import Adjacency
from canvas_tui.graph.nodes import Node
from canvas_tui.graph.relations import Edge, Relation

if TYPE_CHECKING:
    from canvas_tui.graph.build import StrategyGraph


def steps_up(nodes: dict[str, Node], up: Adjacency, down: Adjacency) -> dict[str, Edge]:
    """The first edge of the straight way up, by address; none for an address with nothing above it but a loop."""
    goals = sorted(address for address, node in nodes.items() if node.kind is Kind.GOAL)
    above_goals = towards([VISION] if VISION in nodes else [], down)
    to_goal = towards(goals, down)
    to_end = towards(sorted(down.keys() - up.keys()), down)
    steps = {**to_end, **to_goal}
    for goal in goals:
        step = above_goals.get(goal) or to_end.get(goal)
        if step is not None:
            steps[goal] = step
    return steps


def steps_down_to_work(graph: StrategyGraph) -> dict[str, Edge]:
    """For entries, cells and canvases, the first edge of the way down to the nearest initiative that has a goal.

    The initiative works on the element, or on what answers it. Cancelled ones do not count.
    """
    found: dict[str, Edge] = {}
    workers = sorted(address for address, node in graph.nodes.items() if is_live(node) and address in graph.with_goal)
    for address in workers:
        for edge in graph.up.get(address, ()):
            if edge.relation is Relation.WORKS_ON:
                found.setdefault(edge.upper, edge)
    front = deque(found)
    while front:
        for edge in graph.up.get(front.popleft(), ()):
            if graph.nodes[edge.upper].kind is Kind.ENTRY and edge.upper not in found:
                found[edge.upper] = edge
                front.append(edge.upper)
    return found


def is_live(node: Node) -> bool:
    """Whether a node is an initiative that counts as work: open or done, not cancelled and not a placeholder."""
    return isinstance(node.element, Initiative) and node.element.status != "cancelled" and not node.is_blank


def towards(ends: Iterable[str], down: Adjacency, *, but: Relation | None = None) -> dict[str, Edge]:
    """For each address below one of the ends, the first edge of a shortest way up to the nearest end. Edges of the
    relation `but` are not used."""
    steps: dict[str, Edge] = {}
    front = deque(ends)
    seen = set(front)
    while front:
        for edge in down.get(front.popleft(), ()):
            if edge.lower not in seen and edge.relation is not but:
                seen.add(edge.lower)
                steps[edge.lower] = edge
                front.append(edge.lower)
    return steps


def nearest_goals(graph: StrategyGraph) -> dict[str, str]:
    """The nearest goal of each address that reaches one: above it, or above the work that it takes its goal from.

    One pass for the whole graph, because a tree asks this for thousands of elements.
    """
    nearest = {node.address: node.address for node in graph.of_kind(Kind.GOAL)}
    front = deque(sorted(nearest))
    while front:
        upper = front.popleft()
        for edge in graph.down.get(upper, ()):
            if edge.lower not in nearest:
                nearest[edge.lower] = nearest[upper]
                front.append(edge.lower)
    nexts = {address: edge.upper for address, edge in graph.steps_through.items()}
    nexts |= {address: edge.lower for address, edge in graph.through.items()}
    for address in nexts:
        walked: list[str] = []
        while address not in nearest and address in nexts:
            walked.append(address)
            address = nexts[address]
        if address in nearest:
            nearest |= dict.fromkeys(walked, nearest[address])
    return nearest
