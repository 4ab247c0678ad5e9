"""`canvas-tui how`: what answers an element, as a tree down to the work."""

from __future__ import annotations

import argparse
from typing import Any

from canvas_tui.cli.describe import brief
from canvas_tui.cli.loading import find, load, tell_problems
from canvas_tui.cli.output import Output
from canvas_tui.cli.traces import write_how
from canvas_tui.graph import HowNode, StrategyGraph, how_tree

DESCRIPTION = "Print what answers and serves an element, as a tree down to the initiatives that do the work."
EXAMPLES = """\
examples:
  canvas-tui how late-payment
  canvas-tui how vision"""


def configure(parser: argparse.ArgumentParser) -> None:
    """ELEMENT."""
    parser.add_argument("element", metavar="ELEMENT", help="an id, vision, canvas/cell or canvas/cell/3")


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the tree."""
    workspace = load(args.workspace).workspace
    item = find(workspace, args.element)
    graph = StrategyGraph.of(workspace)
    if args.json:
        out.data("how", {**brief(item), "below": _tree_below(graph, item.address)})
    else:
        write_how(graph, item.address, out)
    return tell_problems(workspace, out)


def _tree_below(graph: StrategyGraph, address: str) -> list[dict[str, Any]]:
    return _below(graph, how_tree(graph, address)) if address in graph.nodes else []


def _below(graph: StrategyGraph, tree: HowNode) -> list[dict[str, Any]]:
    """The tree for JSON: each {"id", "kind", "text", "relation", "below": [...]}."""
    return [
        {
            "id": child.address,
            "kind": str(graph.nodes[child.address].kind),
            "text": graph.nodes[child.address].text,
            "relation": str(child.relation),
            "below": _below(graph, child),
        }
        for child in tree.children
    ]
