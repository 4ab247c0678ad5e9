"""`canvas-tui open`: edit a workspace on the screen."""

from __future__ import annotations

import argparse

from canvas_tui.cli.output import Output

DESCRIPTION = "Edit a workspace on the screen. `canvas-tui PATH`, and `canvas-tui` alone, do the same."
EXAMPLES = "Every edit is saved at once, so there is nothing to save before leaving with q."


def configure(parser: argparse.ArgumentParser) -> None:
    """PATH."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="folder or file (default: the nearest at or above)")


def run(args: argparse.Namespace, out: Output) -> int:
    """Start the screen; its exit code."""
    from canvas_tui.cli.screen import open_screen

    return open_screen(args.path, read_only=False, ascii_only=args.ascii, color=args.color)
