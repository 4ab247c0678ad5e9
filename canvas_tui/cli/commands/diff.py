"""`canvas-tui diff`: what changed between two versions of a strategy, in its own words; what became of its findings."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from canvas_tui.cli.diff_text import write_groups, write_news, write_stat
from canvas_tui.cli.exits import FINDINGS, FINE, USAGE
from canvas_tui.cli.output import Output, Styled
from canvas_tui.cli.parser import day_of
from canvas_tui.cli.sides import Side, Sides, sides_of
from canvas_tui.core.difference_groups import DifferenceGroup, groups
from canvas_tui.core.differences import Differences, differences
from canvas_tui.core.told import told_path
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Report, check
from canvas_tui.rules.since import Since, since

DESCRIPTION = """\
Tell what changed between two versions of a strategy: which elements came, went, moved or say something else, and which
findings are new or gone. Without A the last commit is compared with what is on disk, else A is. A and B are revisions
of git (also A..B, and A...B from where the two parted), or two folders or files."""
EXAMPLES = """\
examples:
  canvas-tui diff
  canvas-tui diff main... --markdown
  canvas-tui diff v1.0 v2.0 --stat
  canvas-tui diff plan-2026/ plan-2027/"""


def configure(parser: argparse.ArgumentParser) -> None:
    """[A] [B] [--stat] [--markdown] [--exit-code] [--today DATE] [--textconv FILE]."""
    parser.add_argument("a", nargs="?", metavar="A", help="a revision, A..B, A...B, or a folder or file")
    parser.add_argument("b", nargs="?", metavar="B", help="another one")
    parser.add_argument("--stat", action="store_true", help="only how much changed where")
    parser.add_argument("--markdown", action="store_true", help="as Markdown, for a merge request")
    parser.add_argument("--exit-code", action="store_true", help="1 where anything changed")
    parser.add_argument("--today", type=day_of, metavar="DATE", help="the day to check for, as 2027-06-30")
    parser.add_argument("--textconv", metavar="FILE", help="print an outline of one file, as a driver of `git diff`")


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the differences. Files of either version that cannot be read are reported on stderr: exit code 2."""
    if args.textconv is not None:
        from canvas_tui.cli.textconv import write_outline

        return write_outline(args.textconv, out)
    sides = sides_of([word for word in (args.a, args.b) if word is not None], args.workspace)
    before, after = sides.before, sides.after
    found = differences(before.workspace, after.workspace)
    laid_out = _laid_out(before, after)
    told = groups(found, before.workspace, after.workspace, laid_out)
    reports = [_checked(side.workspace, args.today or date.today()) for side in (before, after)]
    news = since(reports[0], reports[1], found.matching)
    if args.json:
        out.data("diff", _data(sides, found, told, laid_out, news))
    elif args.markdown:
        from canvas_tui.cli.diff_markdown import markdown

        out.text("\n".join(markdown(told, news, f"{after.workspace.name}: {_between(sides)}")))
    else:
        _write(sides, told, news, out, is_stat=args.stat)
    for note in sides.notes:
        out.complain(note)
    if _tell_unread(sides, out):
        return USAGE
    return FINDINGS if args.exit_code and (found or laid_out) else FINE


def _checked(workspace: Workspace, today: date) -> Report:
    return check(workspace, StrategyGraph.of(workspace), today)


def _between(sides: Sides) -> str:
    return f"{sides.before.label} to {sides.after.label}"


def _laid_out(before: Side, after: Side) -> tuple[str, ...]:
    """The files in which only comments or layout changed. A change of line ends alone does not count."""

    def is_one(path: str) -> bool:
        one, other = before.workspace.document(path), after.workspace.document(path)
        if one is None or other is None or not (one.is_readable and other.is_readable) or one != other:
            return False
        return _unix(before.files.get(path, b"")) != _unix(after.files.get(path, b""))

    return tuple(path for path in sorted(before.files.keys() & after.files.keys()) if is_one(path))


def _unix(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _write(sides: Sides, told: list[DifferenceGroup], news: Since, out: Output, *, is_stat: bool) -> None:
    if not told:
        out.line(f"Nothing changed from {_between(sides)}.")
    elif is_stat:
        write_stat(told, out)
    else:
        out.line(Styled(f"From {_between(sides)}", "dim"))
        out.line()
        write_groups(told, out)
    write_news(news, sides.before.label, out, with_words=not is_stat)


def _data(
    sides: Sides, found: Differences, told: list[DifferenceGroup], laid_out: tuple[str, ...], news: Since
) -> dict[str, Any]:  # fmt: skip
    from canvas_tui.cli.diff_json import element_data, group_data

    return {
        "from": sides.before.label,
        "to": sides.after.label,
        "changes": [element_data(each) for each in found.elements],
        "groups": [group_data(each) for each in told],
        "layout": [told_path(path) for path in laid_out],
        "findings": {
            "new": [each.as_dict() for each in news.new],
            "gone": [each.as_dict() for each in news.gone],
            "still": [each.as_dict() for each in news.still],
        },
    }


def _tell_unread(sides: Sides, out: Output) -> bool:
    is_any = False
    for side in sides[:2]:
        for document in side.workspace.documents:
            if not document.is_readable:
                is_any = True
                out.complain(f"{told_path(document.path)} cannot be read in {side.label}, so nothing is told of it")
    return is_any
