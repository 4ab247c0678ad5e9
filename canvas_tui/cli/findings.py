"""Findings as text: the most serious first, FILE:LINE in front, the rule's name last, then how much is linked."""

from __future__ import annotations

from collections.abc import Sequence

from canvas_tui.cli.output import Output, Style, Styled
from canvas_tui.core.text import clean
from canvas_tui.core.told import told_place
from canvas_tui.graph import Count, Coverage
from canvas_tui.rules import Finding, Report, Severity

_STYLES: dict[Severity, Style] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "accent",
}
_TITLES = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("info", "info"),
}


def write_report(report: Report, coverage: Coverage, out: Output, none: str) -> None:
    """Print all findings, grouped by severity, and the summary. `none` is the sentence for no finding at all."""
    write_findings(report.findings, out)
    out.line(Styled(_summary(report, none), "bold"))
    for line in _covered(coverage):
        out.line(line)


def write_findings(findings: Sequence[Finding], out: Output) -> None:
    """Print findings, grouped by severity."""
    sorted_by = {severity: [each for each in findings if each.severity is severity] for severity in Severity}
    for severity, found in sorted_by.items():
        if found:
            out.line(Styled(_counted(len(found), severity), _STYLES[severity]))
            for finding in found:
                _write_finding(finding, out)
            out.line()


def write_gone(findings: Sequence[Finding], title: str, out: Output) -> None:
    """Print findings that are gone, without their places, which were in another version."""
    if findings:
        out.line(Styled(title, "good"))
        for each in findings:
            out.paragraph(f"{each.message.removesuffix('.')} [{each.rule}]", first="  ", rest="    ")
        out.line()


def _write_finding(finding: Finding, out: Output) -> None:
    """On a terminal wrapped below its first line; else on one line, as editors and other programs expect it."""
    about = finding.about
    place = told_place(about.file, about.line or None)
    words = f"{place}: {finding.message.removesuffix('.')} - {finding.fix} [{finding.rule}]"
    if out.is_terminal:
        out.paragraph(clean(words), rest="    ")
    else:
        out.line(words)


def _counted(count: int, severity: Severity) -> str:
    return f"{count} {_TITLES[severity][count != 1]}"


def _summary(report: Report, none: str) -> str:
    summary = report.summary
    parts = [_counted(summary[severity], severity) for severity in Severity if summary[severity]]
    waived = f"{summary['waived']} waived" if summary["waived"] else ""
    found = ", ".join(parts) or none
    return f"{found}; {waived}" if waived else found


def _covered(coverage: Coverage) -> list[str]:
    """Numbers out of numbers, for each kind of element there is any of."""
    cells, goals, initiatives = coverage.cells, coverage.goals, coverage.initiatives
    if cells.linked is None:
        filled = f"{cells.filled} of {cells.total} cells filled; " if cells.total else ""
        return [f"{filled}what is linked cannot be told while a file cannot be read"]
    lines = []
    if cells.total:
        lines.append(f"{_of(cells)} filled cells linked, {cells.filled} of {cells.total} cells filled")
    if goals.total:
        lines.append(f"{_of(goals)} goals have work towards them")
    if initiatives.total:
        lines.append(f"{_of(initiatives)} initiatives reach a goal")
    return lines


def _of(count: Count) -> str:
    return f"{count.linked} of {count.filled}"
