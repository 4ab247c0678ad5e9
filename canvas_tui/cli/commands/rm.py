"""`canvas-tui rm`: take an element out, and the links to it."""

from __future__ import annotations

import argparse

from canvas_tui.cli.editing import edit, find_to_edit
from canvas_tui.cli.output import Output
from canvas_tui.core import edits
from canvas_tui.core.commands import Command
from canvas_tui.core.workspace import Workspace

DESCRIPTION = """\
Take an entry, a goal, an initiative or an empty canvas out, with every link to it, and print its id. Goals and
initiatives below it stay, without a parent."""
EXAMPLES = """\
examples:
  canvas-tui rm owed-today
  canvas-tui rm lean/channels/2"""


def configure(parser: argparse.ArgumentParser) -> None:
    """ELEMENT."""
    parser.add_argument("element", metavar="ELEMENT", help="what to take out")


def run(args: argparse.Namespace, out: Output) -> int:
    """Remove it, and print the id it had."""

    removed: list[str] = []

    def build(workspace: Workspace) -> Command:
        item = find_to_edit(workspace, args.element)
        removed.append(item.address)
        return edits.remove(workspace, item)

    return edit(args.workspace, out, build, tell=lambda: removed[0])
