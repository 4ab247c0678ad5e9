"""`canvas-tui add`: write an entry into a cell, or a new goal or initiative."""

from __future__ import annotations

import argparse
from dataclasses import replace

from canvas_tui.cli.editing import edit, find_to_edit, typed, typed_fields
from canvas_tui.cli.exits import Failure
from canvas_tui.cli.output import Output
from canvas_tui.core import edits
from canvas_tui.core.commands import AddEntry, Command
from canvas_tui.core.elements import Kind
from canvas_tui.core.typed import new_fields
from canvas_tui.core.workspace import Workspace

DESCRIPTION = """\
Write an entry into a cell, or a new goal or initiative, and print its id (an entry's address, until something links
to it). Fields may follow, as for `set`. A TEXT or VALUE of - is read from stdin."""
EXAMPLES = """\
examples:
  canvas-tui add lean/problem "Clients pay late" state=assumption importance=4
  canvas-tui add goal "500 paying consultants" parent=profitable due=2027-06-30 metric.target=500
  canvas-tui add initiative "Stop chasing campaign" team=marketing links=paid-in-10-days"""


def configure(parser: argparse.ArgumentParser) -> None:
    """WHERE TEXT [FIELD=VALUE...]."""
    parser.add_argument("where", metavar="CELL", help="canvas/cell, or the word goal or initiative")
    parser.add_argument("text", metavar="TEXT", help="what it says; a goal's or initiative's title")
    parser.add_argument("fields", nargs="*", metavar="FIELD=VALUE", help="more fields")


def run(args: argparse.Namespace, out: Output) -> int:
    """Add it, and print its id."""
    text, fields = typed(args.text), typed_fields(args.fields)

    def build(workspace: Workspace) -> Command:
        if args.where == "goal":
            return edits.add_goal(workspace, text, new_fields(workspace, Kind.GOAL, fields))
        if args.where == "initiative":
            return edits.add_initiative(workspace, text, new_fields(workspace, Kind.INITIATIVE, fields))
        cell = find_to_edit(workspace, args.where)
        if cell.kind is not Kind.CELL:
            raise Failure(f"'{args.where}' is no cell - name one like canvas/cell, or say goal or initiative")
        command = edits.add_entry(cell.address, text)
        assert isinstance(command, AddEntry)
        return replace(command, fields={**command.fields, **new_fields(workspace, Kind.ENTRY, fields)})

    return edit(args.workspace, out, build)
