"""`canvas-tui show`: the whole strategy, or one element of it, as plain text."""

from __future__ import annotations

import argparse
from typing import Any

from canvas_tui.cli.card import write_fields, write_head, write_links
from canvas_tui.cli.describe import brief, fields_of, links_from, links_to
from canvas_tui.cli.loading import BY_OPTION, find, load, tell_doubt, tell_problems
from canvas_tui.cli.outline import Outline, canvas_data, cell_data, outline_data
from canvas_tui.cli.output import Output
from canvas_tui.cli.traces import is_known_as, write_why
from canvas_tui.core.elements import Canvas, Kind
from canvas_tui.core.told import told_path
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import StrategyGraph, why_paths

DESCRIPTION = """\
Print the whole strategy as plain text, or one element: its fields, its links both ways and what it is for. A canvas is
printed with all its cells, a cell with all its entries."""
EXAMPLES = """\
examples:
  canvas-tui show
  canvas-tui show lean
  canvas-tui show lean/problem
  canvas-tui show late-payment --json
  canvas-tui show lean --at main~5"""


def configure(parser: argparse.ArgumentParser) -> None:
    """[ELEMENT] [--at REV]."""
    parser.add_argument("element", nargs="?", metavar="ELEMENT", help="an id, vision, canvas/cell or canvas/cell/3")
    parser.add_argument("--at", metavar="REV", help="print what git has at this revision, and not what is on disk")


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the strategy or the element. A file that cannot be read is reported on stderr: exit code 2."""
    workspace = _workspace(args)
    if args.element is None:
        if args.json:
            out.data("show", outline_data(workspace))
        else:
            Outline(workspace, out).everything()
        return tell_problems(workspace, out)
    item = find(workspace, args.element)
    tell_doubt(workspace, args.element, item, out)
    graph = StrategyGraph.of(workspace)
    if args.json:
        out.data("show", _data(workspace, graph, item))
    elif item.kind in (Kind.CANVAS, Kind.CELL):
        _write_part(workspace, item, out)
    else:
        _write_card(workspace, graph, item, out)
    return tell_problems(workspace, out)


def _workspace(args: argparse.Namespace) -> Workspace:
    if args.at is None:
        return load(args.workspace).workspace
    from canvas_tui.cli.revisions import load_at

    return load_at(args.workspace, args.at, BY_OPTION).workspace


def _data(workspace: Workspace, graph: StrategyGraph, item: Located) -> dict[str, Any]:
    """An element for JSON; a canvas has its "cells" too, a cell its "entries"."""
    paths = why_paths(graph, item.address) if is_known_as(graph, item) else []
    data = {
        **brief(item),
        "file": told_path(item.file),
        "line": item.line,
        "fields": fields_of(item),
        "links": list(links_from(workspace, item)),
        "backlinks": list(links_to(workspace, item)),
        "why": [list(path.addresses) for path in paths if len(path) > 1],
    }
    if isinstance(item.element, Canvas):
        data["cells"] = canvas_data(workspace, item.element)["cells"]
    elif item.kind is Kind.CELL and item.canvas is not None and item.cell is not None:
        data["entries"] = cell_data(workspace.template(item.canvas), item.canvas, item.cell)["entries"]
    return data


def _write_part(workspace: Workspace, item: Located, out: Output) -> None:
    assert item.canvas is not None
    outline = Outline(workspace, out)
    if item.kind is Kind.CANVAS or item.cell is None:
        outline.canvas(item.canvas, item.file)
    else:
        out.paragraph(item.canvas.title, style="bold")
        outline.cell(item.canvas, item.cell, item.file)
    write_links("Links to", links_from(workspace, item), out)
    write_links("Linked from", links_to(workspace, item), out)


def _write_card(workspace: Workspace, graph: StrategyGraph, item: Located, out: Output) -> None:
    write_head(item, out)
    write_fields(item, out)
    write_links("Links to", links_from(workspace, item), out)
    write_links("Linked from", links_to(workspace, item), out)
    if item.kind is not Kind.VISION and is_known_as(graph, item):
        out.line()
        write_why(graph, item.address, out)
