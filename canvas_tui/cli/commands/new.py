"""`canvas-tui new`: start a workspace from a template."""

from __future__ import annotations

import argparse

from canvas_tui.cli.exits import FINE, REFUSED, Failure
from canvas_tui.cli.loading import path_from
from canvas_tui.cli.output import Output

DESCRIPTION = """\
Start a workspace: a folder with a few small, commented files that are yours to change. Prints the folder. Never writes
over a file that is there."""
EXAMPLES = """\
templates:
  lean    a lean canvas, goals and initiatives (the default)
  full    a SWOT and a marketing mix as well
  empty   a name and a place for the vision

examples:
  canvas-tui new strategy
  canvas-tui new acme --template full --name "Acme"
"""
TEMPLATES = ("lean", "full", "empty")


def configure(parser: argparse.ArgumentParser) -> None:
    """PATH [--template WORD] [--name NAME]."""
    parser.add_argument("path", metavar="PATH", help="the folder to start it in; made where it is not there")
    parser.add_argument("--template", type=_template, default="lean", metavar="WORD", help="lean, full or empty")
    parser.add_argument("--name", default="", metavar="NAME", help="what the workspace is called (default: the folder)")


def run(args: argparse.Namespace, out: Output) -> int:
    """Write the files, and print where they are."""
    from canvas_tui.storage.write.errors import SaveError
    from canvas_tui.storage.write.start import start_workspace

    path = path_from(args.path)
    try:
        start_workspace(path, args.template, args.name)
    except FileExistsError as error:
        raise Failure(f"{error.filename or path} is there already - choose another folder") from None
    except SaveError as error:
        raise Failure(f"{error.path} {error.message} - {error.hint}", REFUSED) from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise Failure(f"{path} cannot be written ({reason}) - choose a folder that is yours", REFUSED) from None
    out.line(str(path))
    return FINE


def _template(word: str) -> str:
    if word not in TEMPLATES:
        raise argparse.ArgumentTypeError(f"no template is called '{word}' - use one of: {', '.join(TEMPLATES)}")
    return word
