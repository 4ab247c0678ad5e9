"""`canvas-tui new`: start a workspace from a template."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

from canvas_tui.cli.exits import FINE, REFUSED, USAGE, Failure
from canvas_tui.cli.loading import path_from
from canvas_tui.cli.output import Output

DESCRIPTION = """\
Start a workspace: a folder with a few small, commented files that are yours to change, or one file where PATH ends in
.toml. Prints PATH. Never writes over a file that is there."""
EXAMPLES = """\
templates:
  lean    a lean canvas and a first goal (the default)
  full    a SWOT, a marketing mix and initiatives as well
  empty   a name and a place for the vision

examples:
  canvas-tui new strategy
  canvas-tui new acme --template full --name "Acme"
"""
TEMPLATES = ("lean", "full", "empty")
FIRST_GOAL = timedelta(days=270)  # far enough to mean something, near enough to be believed


def configure(parser: argparse.ArgumentParser) -> None:
    """PATH [--template WORD] [--name NAME]."""
    parser.add_argument("path", metavar="PATH", help="the folder to start it in, made where it is not there")
    parser.add_argument("--template", type=_template, default="lean", metavar="WORD", help="lean, full or empty")
    parser.add_argument("--name", default="", metavar="NAME", help="what the workspace is called (default: the folder)")


def run(args: argparse.Namespace, out: Output) -> int:
    """Write the files, and print where they are."""
    from canvas_tui.storage.write.new_workspace import start_workspace
    from canvas_tui.storage.write.save.errors import SaveError

    path = path_from(args.path)
    due = date.today() + FIRST_GOAL
    try:
        start_workspace(path, args.template, args.name, due.isoformat())
    except SaveError as error:
        code = USAGE if error.kind == "refused" else REFUSED
        raise Failure(f"{error.path} {error.message} - {error.hint}", code) from None
    out.line(str(path))
    if out.is_terminal:  # a person is there to read it
        from shlex import quote

        out.complain(f"written - `canvas-tui {quote(str(path))}` opens it")
    return FINE


def _template(word: str) -> str:
    if word not in TEMPLATES:
        raise argparse.ArgumentTypeError(f"no template is called '{word}' - use one of: {', '.join(TEMPLATES)}")
    return word
