"""The graph of a workspace: built whole, or brought up to date where documents changed.

Addresses are nodes; every *why* edge climbs from the lower element to the upper. Adjacency is kept in plain
dictionaries of tuples, which are copied in a fraction of a millisecond; `digraph` is the same as a networkx graph.
A graph never changes: `updated` gives a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from canvas_tui.core.elements import Initiative, Kind, split_link
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph.nodes import ROLL_UP, Node, Part, Wire, owner, part_of, positions
from canvas_tui.graph.relations import Edge, Relation, edge_between

if TYPE_CHECKING:
    import networkx as nx

    from canvas_tui.graph.loops import Loop

Adjacency = dict[str, tuple[Edge, ...]]


@dataclass(frozen=True, eq=False)
class Wiring:
    """What the links of one part came to: edges, and the links that name nothing."""

    edges: tuple[Edge, ...]
    dangling: tuple[Wire, ...]
    placed: frozenset[str]  # ids of entries that were named by their place


@dataclass(frozen=True, eq=False)
class StrategyGraph:
    """Nodes by address, and edges both ways. `beside` holds the edges without an up, under both ends.

    All edge lists are sorted, so two graphs of the same documents are equal however they came about.
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
        nodes = _all_nodes(parts)
        wirings = tuple(_wired(part, nodes) for part in parts)
        counts = Counter(edge for wiring in wirings for edge in wiring.edges)
        return cls(workspace, parts, wirings, nodes, counts, *_adjacency(counts))

    def updated(self, workspace: Workspace) -> StrategyGraph:
        """The graph of that workspace, redoing only what hangs on documents that are not the same objects."""
        if workspace is self.workspace:
            return self
        old = {id(part.document): number for number, part in enumerate(self.parts)}
        kept = [old[id(document)] for document in workspace.documents if id(document) in old]
        parts = tuple(
            self.parts[old[id(document)]] if id(document) in old else part_of(document, workspace)
            for document in workspace.documents
        )
        if workspace.templates is not self.workspace.templates or kept != sorted(kept) or _has_twins(self.parts, parts):
            return StrategyGraph.of(workspace)
        nodes = _all_nodes(parts)
        unchanged = set(kept)
        gone = [part for number, part in enumerate(self.parts) if number not in unchanged]
        changed = _changed_addresses(self.nodes, nodes, gone, [part for part in parts if id(part.document) not in old])
        wirings, counts, touched = [], self.counts.copy(), set[Edge]()
        before = {id(part): wiring for part, wiring in zip(self.parts, self.wirings, strict=True)}
        for part in parts:
            wiring = before.pop(id(part), None)
            if wiring is not None and changed.isdisjoint(part.mentions) and changed.isdisjoint(wiring.placed):
                wirings.append(wiring)
                continue
            wirings.append(_wired(part, nodes))
            touched.update(_recounted(counts, wiring.edges if wiring else (), wirings[-1].edges))
        for wiring in before.values():
            touched.update(_recounted(counts, wiring.edges, ()))
        adjacency = _patched(self.up, self.down, self.beside, counts, touched)
        return StrategyGraph(workspace, parts, tuple(wirings), nodes, counts, *adjacency)

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
        """The node that an address or a link as written stands for: a pin, and `canvas/cell/3` of an entry with an
        id, are understood. None where there is none."""
        found = _resolved(address, self.nodes) or _resolved(split_link(address)[0], self.nodes)
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
        """Elements that have the id of another one, which is the node at that address."""
        for part in self.parts:
            yield from part.twins
            yield from (node for node in part.nodes.values() if self.nodes[node.address] is not node)

    @cached_property
    def with_goal(self) -> frozenset[str]:
        """Goals, and every address from which why edges lead to one."""
        return self._spread((node.address for node in self.of_kind(Kind.GOAL)), self.down, upward=False)

    @cached_property
    def worked_on(self) -> frozenset[str]:
        """Every address that an initiative which is not cancelled is, or leads to."""
        return self._spread((node.address for node in self.of_kind(Kind.INITIATIVE) if is_live(node)), self.up)

    def workers(self, address: str) -> list[str]:
        """The initiatives, cancelled ones left out, that work on an entry, cell or canvas."""
        return [
            edge.lower
            for edge in self.down.get(address, ())
            if edge.relation is Relation.WORKS_ON and is_live(self.nodes[edge.lower])
        ]

    def has_goal(self, address: str) -> bool:
        """Whether it reaches a goal by why edges or, for an entry, through an initiative that works on it."""
        if address in self.with_goal:
            return True
        node = self.nodes.get(address)
        if node is None or node.kind is not Kind.ENTRY:
            return False
        return any(worker in self.with_goal for worker in self.workers(address))

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

    def _spread(self, starts: Iterable[str], along: Adjacency, *, upward: bool = True) -> frozenset[str]:
        seen = set(starts)
        front = list(seen)
        while front:
            for edge in along.get(front.pop(), ()):
                other = edge.upper if upward else edge.lower
                if other not in seen:
                    seen.add(other)
                    front.append(other)
        return frozenset(seen)


def is_live(node: Node) -> bool:
    """Whether an initiative is open or done: a cancelled one answers nothing."""
    return isinstance(node.element, Initiative) and node.element.status != "cancelled"


def _all_nodes(parts: tuple[Part, ...]) -> dict[str, Node]:
    """Every node by its address; of elements that share an id, the owner."""
    nodes: dict[str, Node] = {}
    count = 0
    for part in parts:
        nodes.update(part.nodes)
        count += len(part.nodes)
    if len(nodes) == count:
        return nodes
    nodes = {}
    for part in parts:
        for address, node in part.nodes.items():
            before = nodes.setdefault(address, node)
            nodes[address] = owner(before, node)
    return nodes


def _has_twins(*each: tuple[Part, ...]) -> bool:
    """Whether two canvases share an id: what `canvas/cell/3` means then depends on more than one document."""
    for parts in each:
        ids = [part.document.canvas.id for part in parts if part.document.canvas is not None]
        if len(ids) != len(set(ids)):
            return True
    return False


def _resolved(name: str, nodes: dict[str, Node]) -> str | None:
    """The address that a written name stands for; `canvas/cell/3` may stand for an entry with an id."""
    if name in nodes:
        return name
    canvas_id, _, place = name.partition("/")
    cell_id, _, number = place.partition("/")
    owner = nodes.get(canvas_id)
    if not number or owner is None or owner.kind is not Kind.CANVAS or owner.canvas is None:
        return None
    entries = owner.canvas.cell(cell_id).entries
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(entries):
        identity = entries[int(number) - 1].id
        return identity if identity in nodes else None
    return None


def _wired(part: Part, nodes: dict[str, Node]) -> Wiring:
    edges: list[Edge] = []
    dangling: list[Wire] = []
    placed: set[str] = set()
    for wire in part.wires:
        target = wire.target
        if target not in nodes:
            found = _resolved(target, nodes)
            if found is None:
                if wire.key != ROLL_UP:
                    dangling.append(wire)
                continue
            placed.add(found)
            target = found
        if edge := edge_between(nodes[wire.source], nodes[target], wire.key):
            edges.append(edge)
    return Wiring(tuple(edges), tuple(dangling), frozenset(placed))


def _adjacency(edges: Iterable[Edge]) -> tuple[Adjacency, Adjacency, Adjacency]:
    up: dict[str, list[Edge]] = {}
    down: dict[str, list[Edge]] = {}
    beside: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.relation is Relation.RELATES:
            beside.setdefault(edge.lower, []).append(edge)
            beside.setdefault(edge.upper, []).append(edge)
        else:
            up.setdefault(edge.lower, []).append(edge)
            down.setdefault(edge.upper, []).append(edge)
    return _frozen(up), _frozen(down), _frozen(beside)


def _frozen(lists: dict[str, list[Edge]]) -> Adjacency:
    return {address: tuple(sorted(edges)) for address, edges in lists.items()}


def _changed_addresses(
    before: dict[str, Node], after: dict[str, Node], gone: Iterable[Part], come: Iterable[Part]
) -> set[str]:
    """Addresses that came, went, or mean another kind of thing; and places in cells where another entry stands."""
    gone, come = list(gone), list(come)
    touched = {address for part in (*gone, *come) for address in part.nodes}
    changed = {address for address in touched if _meaning(before.get(address)) != _meaning(after.get(address))}
    old, new = _positions(gone), _positions(come)
    changed |= {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
    for node in [nodes[address] for nodes in (before, after) for address in changed if address in nodes]:
        if node.kind is Kind.CANVAS and node.canvas is not None:
            changed |= positions(node.canvas).keys()  # its id came to mean it, or no longer does
    return changed


def _positions(parts: Iterable[Part]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        if part.document.canvas is not None:
            found.update(positions(part.document.canvas))
    return found


def _meaning(node: Node | None) -> tuple[Kind, str | None] | None:
    return None if node is None else (node.kind, node.role)


def _recounted(counts: Counter[Edge], old: Iterable[Edge], new: Iterable[Edge]) -> set[Edge]:
    """Take `old` out of the counts and put `new` in; gives the edges that came or went."""
    old, new = Counter(old), Counter(new)
    touched = set()
    for edge in old.keys() | new.keys():
        was, now = counts[edge], counts[edge] - old[edge] + new[edge]
        if now:
            counts[edge] = now
        else:
            del counts[edge]
        if bool(was) != bool(now):
            touched.add(edge)
    return touched


def _patched(
    up: Adjacency, down: Adjacency, beside: Adjacency, counts: Counter[Edge], touched: set[Edge]
) -> tuple[Adjacency, Adjacency, Adjacency]:
    """The adjacency with every touched edge put in or taken out, as the counts have it now."""
    up, down, beside = up.copy(), down.copy(), beside.copy()
    for edge in touched:
        places = ((up, edge.lower), (down, edge.upper))
        if edge.relation is Relation.RELATES:
            places = ((beside, edge.lower), (beside, edge.upper))
        for adjacency, address in places:
            edges = set(adjacency.pop(address, ()))
            edges = edges | {edge} if counts.get(edge) else edges - {edge}
            if edges:
                adjacency[address] = tuple(sorted(edges))
    return up, down, beside
