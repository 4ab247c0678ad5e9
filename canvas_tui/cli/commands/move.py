"""`canvas-tui move`: put an entry into another cell, or elsewhere in its own."""

from __future__ import annotations

import argparse

from canvas_tui.cli.editing import edit, find_to_edit
from canvas_tui.cli.exits import Failure
from canvas_tui.cli.output import Output
from canvas_tui.core import edits
from canvas_tui.core.commands import Command
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import END, Place, ref_to
from canvas_tui.core.workspace import Located, Workspace

DESCRIPTION = """\
Put an entry at the end of a cell, or before or after another entry there, and print its id (for an entry without an
id its new address)."""
EXAMPLES = """\
examples:
  canvas-tui move owed-today lean/existing-alternatives
  canvas-tui move lean/problem/3 lean/problem --before late-payment"""


def configure(parser: argparse.ArgumentParser) -> None:
    """ELEMENT CELL [--before ID | --after ID]."""
    parser.add_argument("element", metavar="ELEMENT", help="the entry")
    parser.add_argument("cell", metavar="CELL", help="where to: canvas/cell")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--before", metavar="ID", help="put it before this entry")
    where.add_argument("--after", metavar="ID", help="put it after this entry")


def run(args: argparse.Namespace, out: Output) -> int:
    """Move it, and print its id or new address."""

    def build(workspace: Workspace) -> Command:
        item = find_to_edit(workspace, args.element)
        cell = find_to_edit(workspace, args.cell)
        if cell.kind is not Kind.CELL:
            raise Failure(f"'{args.cell}' is {cell.kind.named}, not a cell - name a cell like canvas/cell")
        place = END
        if args.before:
            place = Place(before=ref_to(_anchor(workspace, args.before, cell, item)))
        elif args.after:
            place = Place(after=ref_to(_anchor(workspace, args.after, cell, item)))
        return edits.move(item, cell.address, place)

    return edit(args.workspace, out, build)


def _anchor(workspace: Workspace, address: str, cell: Located, item: Located) -> Located:
    """The entry to stand beside. Raises Failure where it is none of that cell."""
    anchor = find_to_edit(workspace, address)
    if anchor.kind is not Kind.ENTRY or (anchor.file, anchor.cell) != (cell.file, cell.cell):
        raise Failure(f"'{address}' is no entry of {cell.address} - name one that is")
    if (anchor.file, anchor.cell, anchor.index) == (item.file, item.cell, item.index):
        raise Failure(f"'{address}' cannot stand beside itself - name another entry")
    return anchor
