"""`canvas-tui link`: link two elements."""

from __future__ import annotations

import argparse

from canvas_tui.cli.editing import edit, find_to_edit
from canvas_tui.cli.output import Output
from canvas_tui.core import edits
from canvas_tui.core.commands import Command
from canvas_tui.core.workspace import Workspace

DESCRIPTION = """\
Link two elements, and print the id of the one the link is written in. What the link means follows from its two ends:
a solution linked with a problem answers it, an initiative linked with a goal serves it. An entry that has no id yet
gets one when something links to it."""
EXAMPLES = """\
examples:
  canvas-tui link late-payment paid-in-10-days
  canvas-tui link lean/channels/2 consultants-500"""


def configure(parser: argparse.ArgumentParser) -> None:
    """FROM TO."""
    parser.add_argument("source", metavar="FROM", help="the element that the link is written in")
    parser.add_argument("target", metavar="TO", help="the element it links to")


def run(args: argparse.Namespace, out: Output) -> int:
    """Link them."""

    def build(workspace: Workspace) -> Command:
        return edits.link(workspace, find_to_edit(workspace, args.source), find_to_edit(workspace, args.target))

    return edit(args.workspace, out, build)
