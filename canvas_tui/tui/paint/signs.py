"""The sign of a finding, and how many findings a canvas has: one answer for board, overview, tree and lists.

Pure. A sign says how severe a finding is, and red is for errors alone; the mark of an orphan stands beside it where a
finding says so, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from canvas_tui.core.elements import Kind
from canvas_tui.core.text import counted
from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Finding, Report, Severity
from canvas_tui.rules.verdict import verdict
from canvas_tui.tui.paint.style import Line, Marks, Span

_STYLES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "dim"}

_OF_CANVASES = frozenset({Kind.CANVAS, Kind.CELL, Kind.ENTRY, "file"})


def finding_sign(finding: Finding, marks: Marks) -> Span:
    """The mark of a finding's severity, in its colour."""
    return marks.error if finding.severity is Severity.ERROR else marks.separator, _STYLES[finding.severity]


def element_sign(findings: Sequence[Finding], marks: Marks) -> Span:
    """The mark of an element's most serious finding, and the mark of an orphan if a finding says it is one."""
    if not findings:
        return "", ""
    mark, style = finding_sign(min(findings, key=lambda each: each.severity.rank), marks)
    return mark + (marks.orphan if any(each.is_in_the_air for each in findings) else ""), style


@dataclass(frozen=True, slots=True)
class Tally:
    """The findings in numbers, as `check` counts them. `orphans` are counted among the others too."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    orphans: int = 0

    def plus(self, finding: Finding) -> Tally:
        """This tally with one finding more."""
        return Tally(
            self.errors + (finding.severity is Severity.ERROR),
            self.warnings + (finding.severity is Severity.WARNING),
            self.infos + (finding.severity is Severity.INFO),
            self.orphans + finding.is_orphan,
        )


def tallies(workspace: Workspace, report: Report) -> Mapping[str, Tally]:
    """The findings about each canvas, its cells and its entries, by what the canvas is told apart by."""
    found: dict[str, Tally] = {}
    for finding in report.findings:
        file = finding.about.file
        if finding.about.kind not in _OF_CANVASES:  # a waiver: count for its element
            item = workspace.find(finding.about.id)
            file = item.file if item is not None and item.canvas is not None else ""
        if (key := workspace.canvas_keys.get(file)) is not None:
            found[key] = found.get(key, Tally()).plus(finding)
    return found


def findings_count(report: Report | None, workspace: Workspace, marks: Marks) -> Line:
    """ "! 3 errors  · 5 warnings" for the right of a header. Green is for somebody's work, not for an empty plan."""
    if report is None:
        return ()
    if (praise := verdict(workspace, report)) is not None:
        return ((praise.words, "good" if praise.is_whole else "dim"), (" ", ""))
    counts, spans = report.summary, list[Span]()
    told = (
        (marks.error, "error", "errors", "error"), (marks.separator, "warning", "warnings", "warning"),
        (marks.separator, "info", "info", "dim"),
    )  # fmt: skip
    for mark, name, plural, style in told:
        if counts[name]:
            spans += [(f"{mark} {counted(counts[name], name, plural)}", style), ("   ", "")]
    return (*spans[:-1], (" ", ""))
