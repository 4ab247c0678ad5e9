"""`canvas-tui set`: change fields of an element, all of them as one edit."""

from __future__ import annotations

import argparse

from canvas_tui.cli.editing import edit, find_to_edit, typed_fields
from canvas_tui.cli.output import Output
from canvas_tui.core.commands import Command
from canvas_tui.core.typed import set_typed
from canvas_tui.core.workspace import Workspace

DESCRIPTION = """\
Change fields of an element, all of them or none, and print its id. An empty VALUE takes the field out. A VALUE of - is
read from stdin. Lists are written with commas, or with semicolons where a comma is part of the text."""
EXAMPLES = """\
examples:
  canvas-tui set late-payment state=validated importance=5
  canvas-tui set paid-in-10-days metric.target=10 due=2027-06-30
  canvas-tui set lean/cost-structure note="Deliberately empty until the pilot ends"
  canvas-tui set vision vision="Every consultant is paid the day the work is done."
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: ELEMENT FIELD=VALUE..."""
    parser.add_argument("element", metavar="ELEMENT", help="an id, vision, canvas/cell or canvas/cell/3")
    parser.add_argument("fields", nargs="+", metavar="FIELD=VALUE", help="what to change")


def run(args: argparse.Namespace, out: Output) -> int:
    """Set them, and print the element's id."""
    typed = typed_fields(args.fields)

    def build(workspace: Workspace) -> Command:
        return set_typed(workspace, find_to_edit(workspace, args.element), typed)

    return edit(args.workspace, out, build)
