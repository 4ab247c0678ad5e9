"""What the board marks without anybody asking: orphans, empty cells, problems nothing answers, elements with errors."""

from __future__ import annotations

from dataclasses import dataclass

from canvas_tui.graph import StrategyGraph, orphans
from canvas_tui.rules.finding import Report, Severity


@dataclass(frozen=True, slots=True)
class Marks:
    """Addresses by mark. `orphans` has every entry and open initiative without a trace to a goal, whatever its cell
    asks for; the others follow the findings of a report, so that what is waived or switched off is not marked."""

    orphans: frozenset[str]
    empty_cells: frozenset[str]
    unsolved: frozenset[str]
    errors: frozenset[str]
    warnings: frozenset[str]


def marks(graph: StrategyGraph, report: Report) -> Marks:
    """The marks of a workspace, from its graph and its last report."""

    def about(*, rule: str | None = None, severity: Severity | None = None) -> frozenset[str]:
        return frozenset(
            finding.about.id
            for finding in report.findings
            if rule in (None, finding.rule) and severity in (None, finding.severity)
        )

    return Marks(
        frozenset(orphans(graph)),
        about(rule="empty-cell"),
        about(rule="problem-unsolved"),
        about(severity=Severity.ERROR),
        about(severity=Severity.WARNING),
    )
