"""`canvas-tui unlink`: take the link between two elements out."""

from __future__ import annotations

import argparse

from canvas_tui.cli.editing import edit, find_to_edit
from canvas_tui.cli.output import Output
from canvas_tui.core import edits
from canvas_tui.core.commands import Command
from canvas_tui.core.workspace import Workspace

DESCRIPTION = """\
Take out whatever link there is between two elements, whichever of them it is written in, `parent`, `depends-on` and
`promotes` too, and print the id of the element that changed."""
EXAMPLES = """\
example:
  canvas-tui unlink late-payment paid-in-10-days"""


def configure(parser: argparse.ArgumentParser) -> None:
    """FROM TO."""
    parser.add_argument("source", metavar="FROM", help="one of the two")
    parser.add_argument("target", metavar="TO", help="the other")


def run(args: argparse.Namespace, out: Output) -> int:
    """Unlink them."""

    def build(workspace: Workspace) -> Command:
        return edits.unlink(workspace, find_to_edit(workspace, args.source), find_to_edit(workspace, args.target))

    return edit(args.workspace, out, build)
