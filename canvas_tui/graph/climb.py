"""The straight way up from every element at once: to the nearest goal and on to the vision, or to where it ends.

One pass over the edges for the whole graph, so that a check may show a way for each of ten thousand findings.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from canvas_tui.core.elements import VISION, Kind
from canvas_tui.graph.adjacency import Adjacency
from canvas_tui.graph.nodes import Node
from canvas_tui.graph.relations import Edge


def steps_up(nodes: dict[str, Node], up: Adjacency, down: Adjacency) -> dict[str, Edge]:
    """The first edge of the straight way up from each address; none where nothing is above, or only a loop."""
    goals = sorted(address for address, node in nodes.items() if node.kind is Kind.GOAL)
    above_goals = _towards([VISION] if VISION in nodes else [], down)
    to_goal = _towards(goals, down)
    to_end = _towards(sorted(down.keys() - up.keys()), down)
    steps = {**to_end, **to_goal}
    for goal in goals:
        step = above_goals.get(goal) or to_end.get(goal)
        if step is not None:
            steps[goal] = step
    return steps


def _towards(ends: Iterable[str], down: Adjacency) -> dict[str, Edge]:
    """For each address below one of the ends, the first edge of a shortest way to the nearest of them."""
    steps: dict[str, Edge] = {}
    front = deque(ends)
    seen = set(front)
    while front:
        for edge in down.get(front.popleft(), ()):
            if edge.lower not in seen:
                seen.add(edge.lower)
                steps[edge.lower] = edge
                front.append(edge.lower)
    return steps
