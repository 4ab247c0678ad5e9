"""`canvas-tui how`: what answers an element, as a tree down to the work."""

from __future__ import annotations

import argparse
from typing import Any

from canvas_tui.cli.describe import brief
from canvas_tui.cli.loading import find, load, refuse_twin, tell_doubt, tell_problems
from canvas_tui.cli.output import Output
from canvas_tui.cli.traces import is_known_as, write_how
from canvas_tui.graph import HowNode, StrategyGraph, how_tree, lines_of

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
    if not is_known_as(graph, item):
        raise refuse_twin(workspace, item)
    tell_doubt(workspace, args.element, item, out)
    if args.json:
        out.data("how", {**brief(item), "below": _tree_below(graph, item.address)})
    else:
        write_how(graph, item.address, out)
    return tell_problems(workspace, out)


def _tree_below(graph: StrategyGraph, address: str) -> list[dict[str, Any]]:
    return _below(graph, how_tree(graph, address)) if address in graph.nodes else []


def _below(graph: StrategyGraph, tree: HowNode) -> list[dict[str, Any]]:
    """The tree for JSON: each {"id", "kind", "text", "relation", "below": [...]}; "more" counts what is left out."""
    lists: list[list[dict[str, Any]]] = [[]]  # the list that is filled on each level
    for line in lines_of(tree):
        if line.is_more:
            continue
        node = graph.nodes[line.node.address]
        told: dict[str, Any] = {
            "id": node.address, "kind": str(node.kind), "text": node.text, "relation": str(line.node.relation),
            "below": [],
        }  # fmt: skip
        if line.node.more:
            told["more"] = line.node.more
        level = len(line.branches)
        del lists[level:]
        lists[-1].append(told)
        lists.append(told["below"])
    return lists[0]
