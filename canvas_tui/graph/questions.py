"""Questions to the graph: why is this here, how is it carried out, what does it hang on.

Every answer is bounded and safe against loops, and in an order that does not change from run to run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.graph.build import StrategyGraph
from canvas_tui.graph.climb import is_live
from canvas_tui.graph.relations import Edge, Relation

STEPS = 4000  # half-made paths kept before the search for more of them ends
LENGTH = 40  # steps of a path, other than the straight one


@dataclass(frozen=True, slots=True)
class Path:
    """A way up: the element first, then what it is there for, to the vision or to where it ends.

    `relations[i]` reads from `addresses[i]` to the next ("serves"). `through` is the initiative whose goals an element
    without a goal of its own takes: it works on one of the addresses before it.
    """

    addresses: tuple[str, ...]
    relations: tuple[str, ...] = ()
    through: str | None = None
    has_goal: bool = False

    def __len__(self) -> int:
        return len(self.addresses)


class Neighbour(NamedTuple):
    """One step from an element. `direction`: "up" (why), "down" (how) or "beside"; `words` read towards `address`."""

    relation: Relation
    direction: str
    address: str
    words: str


def why_paths(graph: StrategyGraph, address: str, *, limit: int = 10) -> list[Path]:
    """The ways up from an element: those that reach a goal first, then the shortest. At least one if it exists.

    An element that reaches no goal by itself gets the ways of the initiatives that work on it, on what answers it, or
    on what it answers: they are marked `through`.
    """
    if address not in graph.nodes or limit < 1:
        return []
    found = _paths_up(graph, address, limit)
    if address not in graph.with_goal and (through := _paths_through(graph, address, limit)):
        found = through + [path for path in found if len(path) > 1]
    return found[:limit]


def _paths_through(graph: StrategyGraph, address: str, limit: int) -> list[Path]:
    """The ways to a goal by the initiatives on an element that has none of its own, the shortest first."""
    found = []
    for way in _ways_to_work(graph, address):
        before, worker = set(way.addresses[:-1]), way.addresses[-1]
        for path in _paths_up(graph, worker, limit + 1):
            if path.has_goal and before.isdisjoint(path.addresses):
                addresses, relations = (*way.addresses, *path.addresses[1:]), (*way.relations, *path.relations)
                found.append(Path(addresses, relations, worker, has_goal=True))
    return sorted(found, key=_directness)


def _ways_to_work(graph: StrategyGraph, address: str) -> Iterator[Path]:
    """From an element without a goal to each initiative whose goal it takes: up to what is worked on, then down."""
    addresses, relations = [address], []
    while (step := graph.steps_through.get(addresses[-1])) is not None:
        addresses.append(step.upper)
        relations.append(step.relation.up)
    while (edge := graph.through.get(addresses[-1])) is not None and edge.relation is not Relation.WORKS_ON:
        addresses.append(edge.lower)
        relations.append(edge.relation.down)
    for edge in graph.down.get(addresses[-1], ()):
        if edge.relation is Relation.WORKS_ON and edge.lower in graph.with_goal and is_live(graph.nodes[edge.lower]):
            yield Path((*addresses, edge.lower), (*relations, edge.relation.down), edge.lower)


def _directness(path: Path) -> tuple[bool, int, tuple[str, ...]]:
    return (not path.has_goal, len(path.addresses), path.addresses)


def straight_up(graph: StrategyGraph, address: str, *, length: int = 24) -> tuple[str, ...]:
    """The straight way up, at most `length` addresses: to the nearest goal and on to the vision, or to where it ends.

    For an element that has goals only through an initiative it leads through that. Cheap: no search.
    """
    way = [address]
    if address not in graph.with_goal and graph.has_goal(address):
        way = list(next(_ways_to_work(graph, address)).addresses)[:length]
    while len(way) < length and (step := graph.steps_up.get(way[-1])) is not None:
        way.append(step.upper)
    return tuple(way)


def _paths_up(graph: StrategyGraph, start: str, limit: int) -> list[Path]:
    """Ways up by why edges, the shortest first; a way that comes round to itself ends before it does."""
    done: list[Path] = []
    front: deque[tuple[Edge, ...]] = deque([()])
    kept = 0
    while front and len(done) < limit * 4:
        edges = front.popleft()
        seen = {start, *(edge.upper for edge in edges)}
        last = edges[-1].upper if edges else start
        higher = [edge for edge in _best_each(graph.up.get(last, ())) if edge.upper not in seen]
        if not higher:
            done.append(_path(graph, start, edges))
        elif len(edges) < LENGTH:
            higher = higher[: STEPS - kept]
            kept += len(higher)
            front.extend((*edges, edge) for edge in higher)
    if not done or (start in graph.with_goal and not any(path.has_goal for path in done)):
        done.append(_path(graph, start, _straight_edges(graph, start)))
    return sorted(done, key=_directness)[:limit]


def _straight_edges(graph: StrategyGraph, start: str) -> tuple[Edge, ...]:
    """The straight way up, where the graph is too dense or too deep to list every way; in a circle once round."""
    edges: list[Edge] = []
    address, seen = start, {start}
    while (step := graph.steps_up.get(address) or _one_up(graph, address, seen)) is not None:
        edges.append(step)
        address = step.upper
        seen.add(address)
    return tuple(edges)


def _one_up(graph: StrategyGraph, address: str, seen: set[str]) -> Edge | None:
    return next((edge for edge in graph.up.get(address, ()) if edge.upper not in seen), None)


def _best_each(edges: tuple[Edge, ...]) -> Iterator[Edge]:
    """One edge for each upper element: two may be joined in several ways."""
    last = None
    for edge in edges:
        if edge.upper != last:
            yield edge
        last = edge.upper


def _path(graph: StrategyGraph, start: str, edges: tuple[Edge, ...]) -> Path:
    addresses = (start, *(edge.upper for edge in edges))
    has_goal = any(graph.nodes[address].kind is Kind.GOAL for address in addresses)
    return Path(addresses, tuple(edge.relation.up for edge in edges), has_goal=has_goal)


def goals_of(graph: StrategyGraph, address: str) -> list[str]:
    """The goals an element reaches, nearest first; where it has none, those of the work it takes one from."""
    goals = _goals_above(graph, [address])
    if not goals and graph.has_goal(address):
        goals = _goals_above(graph, [way.addresses[-1] for way in _ways_to_work(graph, address)])
    return goals


def _goals_above(graph: StrategyGraph, starts: list[str]) -> list[str]:
    goals, seen = [], set(starts)
    front = deque(starts)
    while front:
        for edge in graph.up.get(front.popleft(), ()):
            if edge.upper not in seen:
                seen.add(edge.upper)
                front.append(edge.upper)
                if graph.nodes[edge.upper].kind is Kind.GOAL:
                    goals.append(edge.upper)
    return goals


def neighbours(graph: StrategyGraph, address: str) -> list[Neighbour]:
    """Everything one step away: what is above, what is below, what is beside, and the cell or canvas around it."""
    node = graph.nodes.get(address)
    if node is None:
        return []
    found = [Neighbour(edge.relation, "up", edge.upper, edge.relation.up) for edge in graph.up.get(address, ())]
    found += [Neighbour(edge.relation, "down", edge.lower, edge.relation.down) for edge in graph.down.get(address, ())]
    for edge in graph.beside.get(address, ()):
        other = edge.upper if edge.lower == address else edge.lower
        found.append(Neighbour(edge.relation, "beside", other, edge.relation.up))
    if node.canvas is not None and node.kind in (Kind.ENTRY, Kind.CELL):
        around = f"{node.canvas.id}/{node.cell}" if node.kind is Kind.ENTRY else node.canvas.id
        found.append(Neighbour(Relation.IN, "up", around, Relation.IN.up))
    return found
