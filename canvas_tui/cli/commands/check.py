"""`canvas-tui check`: everything in a workspace that is missing, loose or wrong."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from canvas_tui.cli.exits import FINDINGS, FINE, USAGE, Failure
from canvas_tui.cli.findings import write_report
from canvas_tui.cli.loading import BY_PATH, load
from canvas_tui.cli.output import Output
from canvas_tui.cli.parser import day_of
from canvas_tui.core.told import told_path
from canvas_tui.core.workspace import Problem, Workspace
from canvas_tui.graph import StrategyGraph, coverage
from canvas_tui.rules import Finding, Report, Severity, UnknownRule, check, find_rule
from canvas_tui.rules.verdict import verdict
from canvas_tui.storage.read.leftovers import is_about_leftovers
from canvas_tui.storage.read.own_files import foreign_files
from canvas_tui.storage.read.undertakings import unfinished_edits

DESCRIPTION = """\
Tell every gap, orphan and mistake in a workspace, one a line, and how much of it is filled and linked. The exit code is
1 where something as severe as --fail-on says was found, and 2 where a file could not be read; everything else is told
all the same."""
EXAMPLES = """\
examples:
  canvas-tui check
  canvas-tui check strategy --json --today 2027-01-31
  canvas-tui check --select orphan-entry,empty-cell
  canvas-tui check --fail-on error
  canvas-tui check --base main...       only what this branch brought
  canvas-tui check --merge main         what neither branch has, and both together do"""
NEVER = "never"


def configure(parser: argparse.ArgumentParser) -> None:
    """[PATH], the version (--at, --base, --merge), the day, the rules, and what makes it fail."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="folder or file (default: the nearest at or above)")
    parser.add_argument("--today", type=day_of, metavar="DATE", help="the day to check for, as 2027-06-30")
    parser.add_argument("--at", metavar="REV", help="check what git has at this revision, and not what is on disk")
    parser.add_argument(
        "--base", metavar="REV", help="tell only what is new since this revision; `main...` is where main was left"
    )
    parser.add_argument(
        "--merge", metavar="REV", help="merge in memory with this revision; tell what only the merge has"
    )
    parser.add_argument("--select", action="append", default=[], metavar="RULE", help="only these rules (a,b or again)")
    parser.add_argument("--preview", action="store_true", help="also rules that are not right often enough yet")
    parser.add_argument("--ignore", action="append", default=[], metavar="RULE", help="all but these rules")
    parser.add_argument(
        "--fail-on", type=_severity, default=str(Severity.WARNING), metavar="SEVERITY",
        help="the least severe finding that makes the exit code 1: error, warning (default), info, or never",
    )  # fmt: skip


def run(args: argparse.Namespace, out: Output) -> int:
    """Check, tell, and say by the exit code whether anything was found."""
    select, ignore = _rules(args.select), _rules(args.ignore)
    if args.base is not None and args.merge is not None:
        raise Failure("--base and --merge are two questions - ask them one after the other")
    (workspace, files), root = _read(args)
    graph = StrategyGraph.of(workspace)
    today = args.today or date.today()
    asked = partial(check, today=today, select=select, ignore=ignore, preview=args.preview)
    report = asked(workspace, graph)
    if args.base is not None:
        from canvas_tui.cli.since import tell_since

        told = tell_since(args, root, workspace, report, asked, out)
    elif args.merge is not None:
        from canvas_tui.cli.only_merged import tell_merge

        told = tell_merge(args, root, workspace, files, report, asked, out)
    else:
        told = report.findings
        _tell(args, workspace, graph, report, out)
    if _tell_unread(workspace, report, out):
        return USAGE
    return FINDINGS if _has_failed(told, args.fail_on) else FINE


def _tell(args: argparse.Namespace, workspace: Workspace, graph: StrategyGraph, report: Report, out: Output) -> None:
    counted = coverage(graph)
    if args.json:
        out.data("check", {
            "today": report.today,
            "summary": report.summary,
            "coverage": counted.as_dict(),
            "findings": [finding.as_dict() for finding in report.findings],
        })  # fmt: skip
        return
    praise = verdict(workspace, report)
    if praise is not None and praise.is_whole and (args.select or args.ignore):
        praise = praise._replace(sentence="The rules that were asked for find nothing")
    write_report(report, counted, out, praise.sentence if praise is not None else "")


def _read(args: argparse.Namespace) -> tuple[tuple[Workspace, Mapping[str, bytes]], Path | None]:
    """(the workspace and its files, its path on disk); the path is None for a workspace at a revision."""
    if args.at is not None:
        from canvas_tui.cli.revisions import load_at

        return load_at(args.path, args.at, BY_PATH), None
    loaded = load(args.path, BY_PATH)
    of_state = (*foreign_files(loaded.root), *unfinished_edits(loaded.root))
    workspace = replace(loaded.workspace, problems=(*loaded.workspace.problems, *of_state))
    return (workspace, {file: each.data for file, each in loaded.files.items()}), loaded.root


def _tell_unread(workspace: Workspace, report: Report, out: Output) -> bool:
    """Say on stderr which files could not be read; what is wrong in them only where no finding tells it already."""
    unread = {document.path for document in workspace.documents if not document.is_readable}
    unread.update(problem.file for problem in workspace.problems if not is_about_leftovers(problem))
    if not unread:
        return False
    told = {(finding.about.file, finding.about.line) for finding in (*report.findings, *report.waived)}
    problems: list[Problem] = [*workspace.problems]
    problems += [each for document in workspace.documents if document.path in unread for each in document.problems]
    for problem in problems:
        if (problem.file, problem.line) not in told:
            out.complain(str(problem))
    count = "1 file" if len(unread) == 1 else f"{len(unread)} files"
    named = ", ".join(map(told_path, sorted(unread)[:3])) + (" and others" if len(unread) > 3 else "")
    out.fail(f"{count} could not be read ({named}) - the rest was checked")
    return True


def _has_failed(findings: Iterable[Finding], threshold: str) -> bool:
    if threshold == NEVER:
        return False
    return any(finding.severity.rank <= Severity(threshold).rank for finding in findings)


def _rules(words: Iterable[str]) -> frozenset[str]:
    """The rules named, each option a name or a list with commas. Raises Failure for a name that is no rule's."""
    names = frozenset(name.strip() for word in words for name in word.split(",") if name.strip())
    for name in sorted(names):
        try:
            find_rule(name)
        except UnknownRule as error:
            raise Failure(str(error)) from None
    return names


def _severity(word: str) -> str:
    if word not in (*Severity, NEVER):
        raise argparse.ArgumentTypeError(f"'{word}' is no severity - use error, warning, info or never")
    return word
