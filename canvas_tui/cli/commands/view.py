"""`canvas-tui view`: look at a workspace on the screen, with no way to change it."""

from __future__ import annotations

import argparse

from canvas_tui.cli.output import Output

DESCRIPTION = """\
Look at a workspace on the screen, read-only: nothing here can write, and there is no way to switch. On Linux the
kernel refuses it too, in two layers: Landlock (files, programs, TCP) and seccomp (the rest). An audit hook in Python is
the third. The status line tells which of them hold."""
EXAMPLES = """\
Good as the forced command of an SSH key: `ssh -t server` then shows the strategy, and nothing else. With
--require-sandbox it is refused, with exit code 2, where a layer is missing; without, it goes on and tells."""


def configure(parser: argparse.ArgumentParser) -> None:
    """PATH."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="folder or file (default: the nearest at or above)")
    parser.add_argument("--require-sandbox", action="store_true", help="refuse to start unless every layer holds")


def run(args: argparse.Namespace, out: Output) -> int:
    """Start the screen read-only; its exit code."""
    from canvas_tui.cli.screen import open_screen

    return open_screen(
        args.path, read_only=True, ascii_only=args.ascii, color=args.color, needs_fence=args.require_sandbox
    )
