"""`canvas-tui merge`: three versions of a file made one, element by element; and git told to do so by itself."""

from __future__ import annotations

import argparse

from canvas_tui.cli.exits import FINDINGS, Failure
from canvas_tui.cli.output import Output

DESCRIPTION = """\
Merge three versions of a file by element: entries, goals, fields, links, comments and order. The result replaces OURS.
Where both sides gave one field two values, both are kept in the file, `check` fails until somebody chooses, and the
exit code is 1. With --install git does this by itself wherever it merges: merge, rebase, cherry-pick, stash."""
EXAMPLES = """\
examples:
  canvas-tui merge --install
  canvas-tui merge --check
  canvas-tui merge --resolve lean-canvas.toml
  canvas-tui merge base.toml mine.toml theirs.toml -o merged.toml"""


def configure(parser: argparse.ArgumentParser) -> None:
    """BASE OURS THEIRS [-o FILE], or one of --install, --uninstall, --check and --resolve FILE."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="BASE OURS THEIRS; with --install and the like a PATH")
    parser.add_argument("-o", "--output", metavar="FILE", help="where the result goes (default: OURS)")
    parser.add_argument("--who", default="", metavar="NAME", help="who THEIRS is, written beside what is kept of it")
    parser.add_argument("--path", metavar="PATH", help="the file that this is about, as git names it")
    parser.add_argument("--choose-code", type=int, default=FINDINGS, metavar="N",
                        help="the exit code where something is to be chosen (default: 1)")  # fmt: skip
    parser.add_argument("--marker-size", type=int, metavar="N", help="how long git's markers are here")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--install", action="store_true", help="have git merge the workspace's files so")
    what.add_argument("--uninstall", action="store_true", help="take that back")
    what.add_argument("--check", action="store_true", help="whether git does so here; 1 where it does not")
    what.add_argument("--resolve", metavar="FILE", help="merge a file that is full of conflict markers")
    parser.add_argument("--global", dest="is_global", action="store_true", help="for all repositories of yours")


def run(args: argparse.Namespace, out: Output) -> int:
    """Merge, or see to it that git does."""
    if args.install or args.uninstall or args.check:
        from canvas_tui.cli import merge_setup

        if len(args.files) > 1:
            raise Failure("one PATH is enough - name the workspace, or leave it out for the nearest")
        return merge_setup.run(args, out)
    from canvas_tui.cli import merging

    if args.resolve is not None:
        if args.files:
            raise Failure("--resolve takes one FILE - name the others in a line of their own")
        return merging.resolve(args.resolve, args.who, out)
    if len(args.files) != 3:
        raise Failure("a merge takes three files - name BASE OURS THEIRS, or use --install or --resolve FILE")
    return merging.merge(args, out)
