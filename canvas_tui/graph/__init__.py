"""The strategy as a graph, derived from a workspace and never stored, and the questions asked of it.

Pure: no I/O, no clock. Only the questions that need networkx load it (loops, `StrategyGraph.digraph`).
"""

from canvas_tui.graph.adjacency import Adjacency
from canvas_tui.graph.build import StrategyGraph
from canvas_tui.graph.coverage import Count, Coverage, coverage
from canvas_tui.graph.how import HowLine, HowNode, how_tree, lines_of
from canvas_tui.graph.nodes import Node
from canvas_tui.graph.questions import (
    Neighbour,
    Path,
    goals_of,
    neighbours,
    straight_up,
    why_paths,
)
from canvas_tui.graph.relations import Edge, Relation

__all__ = [
    "Adjacency",
    "Count",
    "Coverage",
    "Edge",
    "HowLine",
    "HowNode",
    "Neighbour",
    "Node",
    "Path",
    "Relation",
    "StrategyGraph",
    "coverage",
    "goals_of",
    "how_tree",
    "lines_of",
    "neighbours",
    "straight_up",
    "why_paths",
]
