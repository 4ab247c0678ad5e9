"""The how-tree: what works towards an element, as a tree of limited size.

It is built level by level without recursion, so that a chain of thousands cannot overflow the stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.graph.build import StrategyGraph
from canvas_tui.graph.nodes import Node
from canvas_tui.graph.relations import Edge

BRANCHES = 1000  # lines of a how-tree
DEPTH = 50  # levels of a how-tree


@dataclass(frozen=True, slots=True)
class HowNode:
    """An element and what works towards it. `relation` reads from it to the element above ("serves").

    `more` counts the elements below that are not shown because the tree would be too deep or too long: those directly
    below, and further down those that are neither shown nor counted elsewhere.
    """

    address: str
    relation: str = ""
    children: tuple[HowNode, ...] = ()
    more: int = 0


@dataclass(slots=True, eq=False)
class _Growing:
    address: str
    relation: str
    above: tuple[str, ...]
    depth: int
    children: list[_Growing] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def how_tree(
    graph: StrategyGraph, address: str, *, depth: int = 8, lines: int = BRANCHES, is_counted: bool = True
) -> HowNode:
    """What works towards an element, `depth` levels down: goals first, then entries, then initiatives.

    An element that serves two others stands below both. Raises KeyError for an address that no node has. Without
    `is_counted`, `more` counts only the hidden elements directly below a node, which is quicker.
    """
    if address not in graph.nodes:
        raise KeyError(address)
    grown = _grown(graph, address, min(depth, DEPTH), lines)
    seen = {node.address for node in grown}
    hidden = (node for node in grown if node.hidden)
    more = {id(node): _left_out(graph, node, seen) if is_counted else len(node.hidden) for node in hidden}
    done: dict[int, HowNode] = {}
    for node in reversed(grown):  # what is below stands behind
        children = tuple(done.pop(id(child)) for child in node.children)
        done[id(node)] = HowNode(node.address, node.relation, children, more.get(id(node), 0))
    return done[id(grown[0])]


def _grown(graph: StrategyGraph, address: str, depth: int, lines: int) -> list[_Growing]:
    """Every node that is shown, each before the nodes below it."""
    room, front = lines, [_Growing(address, "", (), depth)]
    grown: list[_Growing] = []
    lowers: dict[str, list[Edge]] = {}
    while front:
        node = front.pop()
        grown.append(node)
        if node.address not in lowers:
            lowers[node.address] = _lowers(graph, node.address)
        line = {*node.above, node.address}
        below = [edge for edge in lowers[node.address] if edge.lower not in line]
        shown = below[:room] if node.depth > 0 else []
        room -= len(shown)
        above = (*node.above, node.address)
        node.children = [_Growing(edge.lower, edge.relation.up, above, node.depth - 1) for edge in shown]
        node.hidden = [edge.lower for edge in below[len(shown) :]]
        front += reversed(node.children)
    return grown


def _left_out(graph: StrategyGraph, node: _Growing, seen: set[str]) -> int:
    """The number of elements below the node that are not shown. `seen` are those shown or counted already; it grows."""
    count, front = len(node.hidden), [each for each in node.hidden if each not in seen]
    seen.update(front)
    while front:
        for edge in graph.down.get(front.pop(), ()):
            if edge.lower not in seen:
                seen.add(edge.lower)
                front.append(edge.lower)
                count += 1
    return count


def _lowers(graph: StrategyGraph, address: str) -> list[Edge]:
    """One edge for each lower element, in the order they are shown."""
    edges = {edge.lower: edge for edge in reversed(graph.down.get(address, ()))}
    return sorted(edges.values(), key=lambda edge: _standing(graph.nodes[edge.lower]))


_KINDS = (Kind.GOAL, Kind.CANVAS, Kind.CELL, Kind.ENTRY, Kind.INITIATIVE)


def _standing(node: Node) -> tuple[int, str, int, str]:
    rank = _KINDS.index(node.kind) if node.kind in _KINDS else len(_KINDS)
    return rank, node.file, node.line, node.address


class HowLine(NamedTuple):
    """One line of a drawn how-tree. `branches` says for each level above it whether more lines follow on that level.

    `is_more`: the line tells how many elements below `node` are not shown; it comes after those that are.
    """

    node: HowNode
    branches: tuple[bool, ...]
    is_more: bool = False


def lines_of(tree: HowNode) -> Iterator[HowLine]:
    """Every line below the top of a tree, from above."""
    front = _lines_below(HowLine(tree, ()))
    while front:
        line = front.pop()
        yield line
        if not line.is_more:
            front += _lines_below(line)


def _lines_below(line: HowLine) -> list[HowLine]:
    """The lines directly below a line, the last first."""
    node, branches = line.node, line.branches
    below = [HowLine(child, (*branches, True)) for child in node.children]
    if node.more:
        below.append(HowLine(node, (*branches, False), is_more=True))
    elif below:
        below[-1] = below[-1]._replace(branches=(*branches, False))
    below.reverse()
    return below
