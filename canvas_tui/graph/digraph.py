"""The why edges as a networkx graph, for questions that networkx answers best."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from canvas_tui.graph.nodes import Node
from canvas_tui.graph.relations import Edge


def digraph_of(nodes: Mapping[str, Node], up: Mapping[str, tuple[Edge, ...]]) -> nx.DiGraph[Any]:
    """Nodes are addresses with their `kind`; edges climb, with their `relations` (one pair may have several)."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_nodes_from((address, {"kind": str(node.kind)}) for address, node in nodes.items())
    for edges in up.values():
        for edge in edges:
            if graph.has_edge(edge.lower, edge.upper):
                graph.edges[edge.lower, edge.upper]["relations"] += (edge.relation,)
            else:
                graph.add_edge(edge.lower, edge.upper, relations=(edge.relation,))
    return graph
