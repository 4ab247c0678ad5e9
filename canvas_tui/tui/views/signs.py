"""The sign of a finding, and how many findings a canvas has: one answer for board, overview, tree and lists.

Pure. Red is for errors alone; the mark of an orphan stands where a finding stands that says so, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from canvas_tui.core.elements import Kind
from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Finding, Report, Severity
from canvas_tui.rules.verdict import verdict
from canvas_tui.tui.look import Line, Marks, Span
from canvas_tui.tui.views.parts import counted

_STYLES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "dim"}

_OF_CANVASES = frozenset({Kind.CANVAS, Kind.CELL, Kind.ENTRY, "file"})


def finding_sign(finding: Finding, marks: Marks) -> Span:
    """The mark of a finding in the colour of its severity."""
    is_error = finding.severity is Severity.ERROR
    mark = marks.orphan if finding.is_in_the_air else marks.error if is_error else marks.separator
    return mark, _STYLES[finding.severity]


@dataclass(frozen=True, slots=True)
class Tally:
    """The findings in numbers, as `check` counts them. `orphans` are counted among the others too."""

    errors: int = 0
    warnings: int = 0
    orphans: int = 0

    def plus(self, finding: Finding) -> Tally:
        """This tally with one finding more."""
        return Tally(
            self.errors + (finding.severity is Severity.ERROR),
            self.warnings + (finding.severity is Severity.WARNING),
            self.orphans + finding.is_orphan,
        )


def tallies(workspace: Workspace, report: Report) -> Mapping[str, Tally]:
    """The findings about each canvas, its cells and its entries, by what the canvas is told apart by."""
    found: dict[str, Tally] = {}
    for finding in report.findings:
        file = finding.about.file
        if finding.about.kind not in _OF_CANVASES:  # a waiver says which element it means
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
        if counts[name] and (name != "info" or not spans):  # what is only for information is told where nothing else is
            spans += [(f"{mark} {counted(counts[name], name, plural)}", style), ("   ", "")]
    return (*spans[:-1], (" ", ""))
