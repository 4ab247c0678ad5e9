"""`canvas-tui view`: look at a workspace on the screen, with no way to change it."""

from __future__ import annotations

import argparse

from canvas_tui.cli.output import Output

DESCRIPTION = "Look at a workspace on the screen, read-only: nothing here can write, and there is no way to switch."
EXAMPLES = "Good as the forced command of an SSH key: `ssh -t server` then shows the strategy, and nothing else."


def configure(parser: argparse.ArgumentParser) -> None:
    """PATH."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="folder or file (default: the nearest at or above)")


def run(args: argparse.Namespace, out: Output) -> int:
    """Start the screen read-only; its exit code."""
    from canvas_tui.cli.screen import open_screen

    return open_screen(args.path, read_only=True, ascii_only=args.ascii, color=args.color)
