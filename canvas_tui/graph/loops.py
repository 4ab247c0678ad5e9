"""Loops where there must be none: parents of goals, parts of initiatives, what depends on what.

networkx is loaded only if there is a loop: most workspaces have none, and a simple test shows that.
"""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import networkx as nx

from canvas_tui.graph.relations import Edge, Relation

ACYCLIC = (Relation.ROLLS_UP, Relation.PART_OF, Relation.DEPENDS_ON)


class Loop(NamedTuple):
    """A loop, in the order it is written in the files: each address names the next, and the last the first."""

    relation: Relation
    addresses: tuple[str, ...]


def loops(edges: Iterable[Edge]) -> list[Loop]:
    """For every group of elements that are linked in circles, one shortest loop. It begins at the address that is first
    in the alphabet."""
    found: list[Loop] = []
    by_relation: dict[Relation, list[tuple[str, str]]] = {relation: [] for relation in ACYCLIC}
    for edge in edges:
        if edge.relation in by_relation:
            # a `parent` is written at the lower element, `depends-on` at the upper
            turned = edge.relation is Relation.DEPENDS_ON
            by_relation[edge.relation].append((edge.upper, edge.lower) if turned else (edge.lower, edge.upper))
    for relation, pairs in by_relation.items():
        if _goes_round(pairs):
            found += _knots(relation, pairs)
    return sorted(found)


def _goes_round(pairs: list[tuple[str, str]]) -> bool:
    order = TopologicalSorter[str]()
    for start, end in pairs:
        order.add(start, end)
    try:
        order.prepare()
    except CycleError:
        return True
    return False


def _knots(relation: Relation, pairs: list[tuple[str, str]]) -> Iterable[Loop]:
    import networkx as nx

    written = nx.DiGraph(sorted(pairs))
    for knot in nx.strongly_connected_components(written):
        first = min(knot)
        if len(knot) > 1:
            # a new graph, not a view: a view has the order of a set, which differs from run to run
            inside = nx.DiGraph((a, b) for a in sorted(knot) for b in written[a] if b in knot)
            yield Loop(relation, _round(inside, first))
        elif written.has_edge(first, first):
            yield Loop(relation, (first,))


def _round(knot: nx.DiGraph[Any], first: str) -> tuple[str, ...]:
    """A shortest loop from `first` back to itself."""
    import networkx as nx

    far = nx.single_source_shortest_path_length(knot, first)
    last = min(knot.predecessors(first), key=lambda each: (far[each], each))
    return tuple(nx.shortest_path(knot, first, last))
