"""`canvas-tui set`: change fields of an element, all of them as one edit."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from canvas_tui.cli.editing import check_value, edit, spec_of, split_field
from canvas_tui.cli.exits import Failure
from canvas_tui.cli.loading import find
from canvas_tui.cli.output import Output
from canvas_tui.core import edits
from canvas_tui.core.commands import Batch, Command
from canvas_tui.core.elements import Kind
from canvas_tui.core.schema import parse_value
from canvas_tui.core.workspace import Located, Workspace

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
    """ELEMENT FIELD=VALUE..."""
    parser.add_argument("element", metavar="ELEMENT", help="an id, vision, canvas/cell or canvas/cell/3")
    parser.add_argument("fields", nargs="+", metavar="FIELD=VALUE", help="what to change")


def run(args: argparse.Namespace, out: Output) -> int:
    """Set them, and print the element's id."""
    pairs = dict(split_field(word) for word in args.fields)

    def build(workspace: Workspace) -> Command:
        item = find(workspace, args.element)
        for name, value in pairs.items():
            _check(workspace, item, name, value)
        commands = [edits.set_text_field(item, name, pairs[name]) for name in sorted(pairs, key=_order(item))]
        return commands[0] if len(commands) == 1 else Batch(tuple(commands))

    return edit(args.workspace, out, build)


def _check(workspace: Workspace, item: Located, name: str, value: str) -> None:
    spec = spec_of(item.kind, name)
    try:
        parsed = parse_value(spec, value)
    except ValueError as error:
        raise Failure(str(error)) from None
    check_value(workspace, name, parsed)
    users = [source.address for source, _ in workspace.links_to(item.address)] if name == "id" else []
    if users and parsed != item.address:
        raise Failure(f"'{item.address}' is linked from {users[0]} - an id never changes once something links to it")


def _order(item: Located) -> Callable[[str], int]:
    """Plain fields first. An entry is found again by its id, or by its place and text, so these come last."""
    has_id = item.kind is Kind.ENTRY and item.entry.id is not None
    last = ("text", "id") if has_id else ("id", "text")
    return lambda name: last.index(name) + 1 if name in last else 0
