"""`check --merge`: the findings that the merge of two branches has, and neither branch alone. Merges in memory."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from canvas_tui.cli.exits import Failure
from canvas_tui.cli.findings import write_findings
from canvas_tui.cli.loading import BY_PATH, current_folder, path_from
from canvas_tui.cli.output import Output, Styled
from canvas_tui.cli.revisions import load_at, load_if_any, meant_by
from canvas_tui.cli.since import Checked
from canvas_tui.core.matching import match_elements
from canvas_tui.core.told import told_path
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, Report
from canvas_tui.rules.since import since
from canvas_tui.storage.merge.workspaces import Merged, merge_workspaces
from canvas_tui.storage.read.sourced import Sourced


def tell_merge(
    args: argparse.Namespace,
    root: Path | None,
    workspace: Workspace,
    files: Mapping[str, bytes],
    report: Report,
    checked: Checked,
    out: Output,
) -> Sequence[Finding]:
    """Print the findings that only the merge of a workspace with the revision `args.merge` has, and give them.

    `files` are the workspace's, `report` is of it; `root` is where it is on disk, None for a revision. Raises Failure
    for a revision that there is not, and for files that cannot be merged.
    """
    theirs, base = _others(args, root)
    ours = Sourced(workspace, files)
    merged = merge_workspaces(base, ours, theirs, args.merge)
    if merged.failed:
        file, reason = merged.failed[0]
        rest = f" (and {len(merged.failed) - 1} other files)" if len(merged.failed) > 1 else ""
        raise Failure(f"{told_path(file)}{rest} cannot be merged with {args.merge}: {reason}")
    whole = _checked(checked, merged.workspace)
    their_report = _checked(checked, theirs.workspace)
    found = whole.findings
    for side, before in ((ours, report), (theirs, their_report)):
        matching = match_elements(side.workspace.elements(), merged.workspace.elements())
        is_new = set(map(id, since(before, whole, matching).new))
        found = tuple(each for each in found if id(each) in is_new)
    _tell(args, found, whole, merged, out)
    return found


def _tell(args: argparse.Namespace, found: Sequence[Finding], whole: Report, merged: Merged, out: Output) -> None:
    if args.json:
        out.data("check", {
            "today": whole.today,
            "merge": args.merge,
            "summary": Report(whole.today, tuple(found), whole.waived).summary,
            "findings": [finding.as_dict() for finding in found],
            "decided": [{"file": told_path(file), "sentence": sentence} for file, sentence in merged.told],
        })  # fmt: skip
        return
    write_findings(found, out)
    if merged.told:
        out.line(Styled("What the merge decided", "bold"))
        for file, sentence in merged.told:
            out.paragraph(sentence, first=f"  {told_path(file)}: ", rest="    ")
        out.line()
    count = "1 finding" if len(found) == 1 else f"{len(found) or 'no'} findings"
    out.line(Styled(f"Merged with {args.merge}: {count} that neither side has", "bold"))


def _others(args: argparse.Namespace, root: Path | None) -> tuple[Sourced, Sourced]:
    """The other side, and what both come from; nothing, where the workspace was not there yet."""
    start = root or (path_from(args.path) if args.path else current_folder(BY_PATH))
    parted = meant_by(start, f"{args.merge}...", args.at or "HEAD")
    if root is None:
        return load_at(args.path, args.merge, BY_PATH), load_at(args.path, parted, BY_PATH)
    theirs = load_if_any(root, args.merge)
    if theirs is None:
        raise Failure(f"there is no workspace here in {args.merge} - nothing of it would be merged")
    return theirs, load_if_any(root, parted) or Sourced(Workspace(templates=theirs.workspace.templates), {})


def _checked(checked: Checked, workspace: Workspace) -> Report:
    return checked(workspace, StrategyGraph.of(workspace))
