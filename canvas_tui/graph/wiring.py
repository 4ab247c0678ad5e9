"""Turns written links into edges: finds the element that a name stands for, and what a changed document changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from canvas_tui.core.elements import Kind
from canvas_tui.core.workspace import place_number
from canvas_tui.graph.nodes import ROLL_UP, Node, Part, Wire, owner, positions
from canvas_tui.graph.relations import Edge, edge_between


@dataclass(frozen=True, eq=False)
class Wiring:
    """The links of one part: the edges they make, and the links that name no element."""

    edges: tuple[Edge, ...]
    dangling: tuple[Wire, ...]
    placed: frozenset[str]  # ids of entries that a link names by their place (`canvas/cell/3`)


def all_nodes(parts: tuple[Part, ...]) -> dict[str, Node]:
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


def resolved(name: str, nodes: dict[str, Node]) -> str | None:
    """The address that a written name stands for; `canvas/cell/3` may stand for an entry with an id."""
    if name in nodes:
        return name
    canvas_id, _, place = name.partition("/")
    cell_id, _, number = place.partition("/")
    owner = nodes.get(canvas_id)
    if not number or owner is None or owner.kind is not Kind.CANVAS or owner.canvas is None:
        return None
    entries = owner.canvas.cell(cell_id).entries
    index = place_number(number) - 1
    if 0 <= index < len(entries):
        identity = entries[index].id
        return identity if identity in nodes else None
    return None


def wired(part: Part, nodes: dict[str, Node]) -> Wiring:
    """The edges that the links of one part make; `nodes` are those of the whole workspace."""
    edges: list[Edge] = []
    dangling: list[Wire] = []
    placed: set[str] = set()
    for wire in part.wires:
        target = wire.target
        if target not in nodes:
            found = resolved(target, nodes)
            if found is None:
                if wire.key != ROLL_UP:
                    dangling.append(wire)
                continue
            placed.add(found)
            target = found
        if edge := edge_between(nodes[wire.source], nodes[target], wire.key):
            edges.append(edge)
    return Wiring(tuple(edges), tuple(dangling), frozenset(placed))


def has_twins(*each: tuple[Part, ...]) -> bool:
    """Whether two canvases share an id: what `canvas/cell/3` means then depends on more than one document."""
    for parts in each:
        ids = [part.document.canvas.id for part in parts if part.document.canvas is not None]
        if len(ids) != len(set(ids)):
            return True
    return False


def changed_addresses(
    before: dict[str, Node], after: dict[str, Node], gone: Iterable[Part], come: Iterable[Part]
) -> set[str]:
    """Addresses that came, went, or now mean another kind of element; and places in cells that hold another entry."""
    gone, come = list(gone), list(come)
    touched = {address for part in (*gone, *come) for address in part.nodes}
    changed = {address for address in touched if _meaning(before.get(address)) != _meaning(after.get(address))}
    old, new = _positions(gone), _positions(come)
    changed |= {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
    for node in [nodes[address] for nodes in (before, after) for address in changed if address in nodes]:
        if node.kind is Kind.CANVAS and node.canvas is not None:
            changed |= positions(node.canvas).keys()  # its id now means it, or no longer does
    return changed


def _positions(parts: Iterable[Part]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        if part.document.canvas is not None:
            found.update(positions(part.document.canvas))
    return found


def _meaning(node: Node | None) -> tuple[Kind, str | None] | None:
    return None if node is None else (node.kind, node.role)
