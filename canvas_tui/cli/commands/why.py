"""`canvas-tui why`: what an element is for, as chains up to the vision."""

from __future__ import annotations

import argparse

from canvas_tui.cli.describe import brief
from canvas_tui.cli.loading import find, load, refuse_twin, tell_doubt, tell_problems
from canvas_tui.cli.output import Output, Styled
from canvas_tui.cli.traces import is_known_as, write_why
from canvas_tui.graph import StrategyGraph, why_paths

DESCRIPTION = """\
Print what an element is for: every chain of links from it to its goals and up to the vision, the shortest first. An
entry with no goal of its own takes those of the initiatives that work on it, told as "through"."""
EXAMPLES = """\
examples:
  canvas-tui why self-sending
  canvas-tui why lean/channels/2"""


def configure(parser: argparse.ArgumentParser) -> None:
    """ELEMENT."""
    parser.add_argument("element", metavar="ELEMENT", help="an id, canvas/cell or canvas/cell/3")


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the chains."""
    workspace = load(args.workspace).workspace
    item = find(workspace, args.element)
    graph = StrategyGraph.of(workspace)
    if not is_known_as(graph, item):
        raise refuse_twin(workspace, item)
    tell_doubt(workspace, args.element, item, out)
    if args.json:
        paths = [
            {"path": list(path.addresses), "relations": [str(word) for word in path.relations], "through": path.through}
            for path in why_paths(graph, item.address)
            if len(path) > 1
        ]
        out.data("why", {**brief(item), "paths": paths})
    else:
        out.paragraph(item.text, style="bold")
        out.line(Styled(item.address, "dim"))
        write_why(graph, item.address, out)
    return tell_problems(workspace, out)
