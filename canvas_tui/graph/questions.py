"""Questions to the graph: what is an element for, which goals does it reach, what is it linked with.

Every answer is limited in size, safe against loops, and in an order that does not change from run to run.
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

STEPS = 4000  # unfinished paths that a search may hold before it stops
LENGTH = 40  # steps of a path; the straight one may be longer


@dataclass(frozen=True, slots=True)
class Path:
    """A path up from an element: the element first, then what it is for, up to the vision or as far as it goes.

    `relations[i]` reads from `addresses[i]` to the next ("serves"). `through` is set for an element without a goal of
    its own: the initiative whose goal it takes. It works on one of the addresses before it.
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
    """At most `limit` paths up from an element: those that reach a goal come first, then the shortest. Empty if no node
    has the address.

    An element that reaches no goal by itself gets the paths of initiatives that work on it, on what answers it, or on
    what it answers; these have `through`.
    """
    if address not in graph.nodes or limit < 1:
        return []
    found = _paths_up(graph, address, limit)
    if address not in graph.with_goal and (through := _paths_through(graph, address, limit)):
        found = through + [path for path in found if len(path) > 1]
    return found[:limit]


def _paths_through(graph: StrategyGraph, address: str, limit: int) -> list[Path]:
    """Paths to a goal through initiatives, for an element that has no goal of its own; the shortest first."""
    found = []
    for way in _ways_to_work(graph, address):
        before, worker = set(way.addresses[:-1]), way.addresses[-1]
        for path in _paths_up(graph, worker, limit + 1):
            if path.has_goal and before.isdisjoint(path.addresses):
                addresses, relations = (*way.addresses, *path.addresses[1:]), (*way.relations, *path.relations)
                found.append(Path(addresses, relations, worker, has_goal=True))
    return sorted(found, key=_directness)


def _ways_to_work(graph: StrategyGraph, address: str) -> Iterator[Path]:
    """Paths from an element without a goal to the initiatives whose goals it takes: up to their subject, then down."""
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
    """The straight way up, at most `length` addresses: to the nearest goal and on to the vision, or as far as it goes.

    If an element has goals only through an initiative, the way leads through that. Cheap: no search.
    """
    way = [address]
    if address not in graph.with_goal and graph.has_goal(address):
        way = list(next(_ways_to_work(graph, address)).addresses)[:length]
    while len(way) < length and (step := graph.steps_up.get(way[-1])) is not None:
        way.append(step.upper)
    return tuple(way)


def _paths_up(graph: StrategyGraph, start: str, limit: int) -> list[Path]:
    """Paths up by why edges, the shortest first. A path in a loop ends before it repeats an address."""
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
    """The edges of the straight way up, for graphs too dense or too deep to list all paths; once round a loop."""
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
    """The goals that an element reaches, the nearest first; without any, those of the work whose goal it takes."""
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
    """Everything one step away: above, below, beside, and the cell or canvas around the element."""
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
