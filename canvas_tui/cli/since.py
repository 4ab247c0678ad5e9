"""`check --base`: the findings that are new since a revision, those that are gone, and how many stood before."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from canvas_tui.cli.findings import write_findings, write_gone
from canvas_tui.cli.loading import BY_PATH, current_folder, path_from
from canvas_tui.cli.output import Output, Styled
from canvas_tui.cli.revisions import load_at, load_if_any, meant_by
from canvas_tui.core.matching import match_elements
from canvas_tui.core.told import told_path
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, Report
from canvas_tui.rules.since import Since, since

Checked = Callable[[Workspace, StrategyGraph], Report]


def tell_since(
    args: argparse.Namespace, root: Path | None, workspace: Workspace, report: Report, checked: Checked, out: Output
) -> Sequence[Finding]:
    """Print what is new in `report` compared with a check of the revision `args.base`. Gives the new findings.

    `root` is where the workspace is on disk, None for one at a revision. Raises Failure for no such revision.
    """
    before = _before(args, root, out)
    found = since(
        checked(before, StrategyGraph.of(before)), report, match_elements(before.elements(), workspace.elements())
    )
    if args.json:
        out.data("check", {
            "today": report.today,
            "base": args.base,
            "summary": {**Report(report.today, found.new, report.waived).summary},
            "findings": [finding.as_dict() for finding in found.new],
            "gone": [finding.as_dict() for finding in found.gone],
            "still": [finding.as_dict() for finding in found.still],
        })  # fmt: skip
    else:
        _write(found, args.base, out)
    return found.new


def _before(args: argparse.Namespace, root: Path | None, out: Output) -> Workspace:
    start = root or (path_from(args.path) if args.path else current_folder(BY_PATH))
    base = meant_by(start, args.base, args.at or "HEAD")
    found = load_at(args.path, base, BY_PATH) if root is None else load_if_any(root, base)
    if found is None:
        out.complain(
            f"there is no workspace here in {args.base}, so everything is new - if it was in another folder then, "
            f"name that one, as {args.base}:FOLDER"
        )
        return Workspace()
    unread = [told_path(document.path) for document in found.workspace.documents if not document.is_readable]
    if unread:
        out.complain(f"{', '.join(unread[:3])} cannot be read in {args.base} - what was wrong in it then counts as new")
    return found.workspace


def _write(found: Since, base: str, out: Output) -> None:
    write_findings(found.new, out)
    write_gone(found.gone, f"Gone since {base}", out)
    counts = [f"{len(found.new)} new since {base}", f"{len(found.gone)} gone", f"{len(found.still)} stood before"]
    out.line(Styled(", ".join(counts), "bold"))
