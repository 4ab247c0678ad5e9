"""The graph of a workspace: built whole, or updated where documents changed.

Nodes are addresses; every *why* edge leads from the lower element up to the upper. Edges are kept in plain
dictionaries of tuples, which are copied in a fraction of a millisecond; `digraph` gives the same as a networkx graph.
A graph never changes: `updated` gives a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from canvas_tui.core.elements import Kind, as_id, split_link
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph.adjacency import Adjacency, BothWays, adjacency, patched, recounted
from canvas_tui.graph.climb import is_live, nearest_goals, steps_down_to_work, steps_up, towards
from canvas_tui.graph.nodes import Node, Part, Wire, part_of
from canvas_tui.graph.relations import Edge, Relation
from canvas_tui.graph.wiring import Wiring, all_nodes, changed_addresses, has_twins, resolved, wired

if TYPE_CHECKING:
    import networkx as nx

    from canvas_tui.graph.coverage import Coverage
    from canvas_tui.graph.loops import Loop


@dataclass(frozen=True, eq=False)
class StrategyGraph:
    """Nodes by address, and edges both ways. `beside` holds the edges that have no direction, under both ends.

    All edge lists are sorted, so two graphs of the same documents are equal however they were made.
    """

    workspace: Workspace
    parts: tuple[Part, ...]
    wirings: tuple[Wiring, ...]
    nodes: dict[str, Node]
    counts: Counter[Edge]  # how often each edge is written
    up: Adjacency
    down: Adjacency
    beside: Adjacency

    @classmethod
    def of(cls, workspace: Workspace) -> StrategyGraph:
        """The graph of everything in the workspace."""
        parts = tuple(part_of(document, workspace) for document in workspace.documents)
        nodes = all_nodes(parts)
        wirings = tuple(wired(part, nodes) for part in parts)
        counts = Counter(edge for wiring in wirings for edge in wiring.edges)
        return cls(workspace, parts, wirings, nodes, counts, *adjacency(counts))

    def updated(self, workspace: Workspace) -> StrategyGraph:
        """The graph of another version of the workspace. Parts of unchanged documents are used again."""
        if workspace is self.workspace:
            return self
        old = {id(part.document): number for number, part in enumerate(self.parts)}
        kept = [old[id(document)] for document in workspace.documents if id(document) in old]
        parts = tuple(
            self.parts[old[id(document)]] if id(document) in old else part_of(document, workspace)
            for document in workspace.documents
        )
        if workspace.templates is not self.workspace.templates or kept != sorted(kept) or has_twins(self.parts, parts):
            return StrategyGraph.of(workspace)
        nodes = all_nodes(parts)
        unchanged = set(kept)
        gone = [part for number, part in enumerate(self.parts) if number not in unchanged]
        changed = changed_addresses(self.nodes, nodes, gone, [part for part in parts if id(part.document) not in old])
        wirings, counts, touched = [], self.counts.copy(), set[Edge]()
        before = {id(part): wiring for part, wiring in zip(self.parts, self.wirings, strict=True)}
        for part in parts:
            wiring = before.pop(id(part), None)
            if wiring is not None and changed.isdisjoint(part.mentions) and changed.isdisjoint(wiring.placed):
                wirings.append(wiring)
                continue
            wirings.append(wired(part, nodes))
            touched.update(recounted(counts, wiring.edges if wiring else (), wirings[-1].edges))
        for wiring in before.values():
            touched.update(recounted(counts, wiring.edges, ()))
        edges = patched(BothWays(self.up, self.down, self.beside), counts, touched)
        return StrategyGraph(workspace, parts, tuple(wirings), nodes, counts, *edges)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StrategyGraph):
            return NotImplemented
        return (
            self.nodes == other.nodes
            and self.counts == other.counts
            and (self.up, self.down, self.beside) == (other.up, other.down, other.beside)
            and self.dangling == other.dangling
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def dangling(self) -> tuple[Wire, ...]:
        """Every link that names no element, in the order of the documents."""
        return tuple(wire for wiring in self.wirings for wire in wiring.dangling)

    def node(self, address: str) -> Node | None:
        """The node that an address, or a link as written, stands for; None if there is none. A pin is ignored, and
        `canvas/cell/3` finds an entry with an id too."""
        found = resolved(as_id(address), self.nodes) or resolved(split_link(address)[0], self.nodes)
        return None if found is None else self.nodes[found]

    def of_kind(self, kind: Kind) -> Iterator[Node]:
        """Every node of a kind, in the order of the documents."""
        return (node for node in self.in_order if node.kind is kind)

    @cached_property
    def in_order(self) -> tuple[Node, ...]:
        """Every node, in the order of the documents."""
        nodes = self.nodes
        return tuple(node for part in self.parts for node in part.nodes.values() if nodes[node.address] is node)

    @property
    def shadowed(self) -> Iterator[Node]:
        """The nodes of elements whose id another element has too, and whose address means that other one."""
        for part in self.parts:
            yield from part.twins
            yield from (node for node in part.nodes.values() if self.nodes[node.address] is not node)

    @cached_property
    def with_goal(self) -> frozenset[str]:
        """Goals, and every address from which why edges lead to one."""
        return self.spread((node.address for node in self.of_kind(Kind.GOAL)), upward=False)

    @cached_property
    def worked_on(self) -> frozenset[str]:
        """The addresses of all initiatives that are not cancelled, and all addresses that these lead up to."""
        return self.spread(node.address for node in self.of_kind(Kind.INITIATIVE) if is_live(node))

    @cached_property
    def through(self) -> dict[str, Edge]:
        """For each element without a goal of its own, the first edge down to the initiative whose goal it takes.

        That initiative works on the element, or on what answers it, such as a solution of the problem.
        """
        return {address: edge for address, edge in steps_down_to_work(self).items() if address not in self.with_goal}

    @cached_property
    def steps_through(self) -> dict[str, Edge]:
        """For each element that has no goal and is not in `through`, the first edge up to the nearest that is."""
        # work on a threat is not work on an option that draws on it
        steps = towards(sorted(self.through), self.down, but=Relation.DRAWS_ON)
        return {
            address: edge
            for address, edge in steps.items()
            if address not in self.with_goal and address not in self.through
        }

    def has_goal(self, address: str) -> bool:
        """Whether an element reaches a goal: by why edges, through an initiative that works on it, or both in turn.

        So a solution reaches a goal if it answers a problem on which work with a goal is done.
        """
        return address in self.with_goal or address in self.through or address in self.steps_through

    @cached_property
    def steps_up(self) -> dict[str, Edge]:
        """For each address that has a way up, the first edge of the straight one."""
        return steps_up(self.nodes, self.up, self.down)

    def look_ahead(self) -> None:
        """Compute now what a screen asks at every step of the cursor, so that no key waits for it."""
        _ = self.with_goal, self.worked_on, self.through, self.steps_through, self.steps_up, self.nearest_goal
        _ = self.covered, self.link_counts

    @cached_property
    def covered(self) -> Coverage:
        """How many cells, goals and initiatives are filled and linked."""
        from canvas_tui.graph.coverage import coverage

        return coverage(self)

    @cached_property
    def link_counts(self) -> Mapping[str, int]:
        """How many links each address has, both ways."""
        counts: Counter[str] = Counter()
        for edge in self.counts:
            counts[edge.lower] += 1
            counts[edge.upper] += 1
        return counts

    @cached_property
    def nearest_goal(self) -> dict[str, str]:
        """The nearest goal of each address that reaches one, by why edges or through work; for a goal, itself."""
        return nearest_goals(self)

    @cached_property
    def loops(self) -> list[Loop]:
        """Loops of parents and of depends-on; loads networkx."""
        from canvas_tui.graph.loops import loops

        return loops(self.counts)

    @cached_property
    def digraph(self) -> nx.DiGraph[Any]:
        """The why edges as a networkx graph; nodes carry `kind`, edges their `relations`. Loads networkx."""
        from canvas_tui.graph.digraph import digraph_of

        return digraph_of(self.nodes, self.up)

    def spread(self, starts: Iterable[str], *, upward: bool = True) -> frozenset[str]:
        """The starts, and every address that can be reached from them along why edges, upward or downward."""
        along = self.up if upward else self.down
        seen = set(starts)
        front = list(seen)
        while front:
            for edge in along.get(front.pop(), ()):
                other = edge.upper if upward else edge.lower
                if other not in seen:
                    seen.add(other)
                    front.append(other)
        return frozenset(seen)
