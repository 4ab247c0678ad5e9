"""The findings as lines: grouped by what to do about them, the sentence first, the rule's name last; a path below.

Pure, no textual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from canvas_tui.core.text import clip, width
from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Finding, Report
from canvas_tui.tui.look import Line, Marks, Span
from canvas_tui.tui.views.parts import (
    KIND_WORDS,
    counted,
    line_width,
    padded,
    quoted,
    said,
    sentence_of,
    spread,
    title_of,
)
from canvas_tui.tui.views.signs import finding_sign
from canvas_tui.tui.views.tree import finding_lines

# What a person does about a rule's findings. A rule that is not here is in the last group.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Mend what is written", ("duplicate-id", "dangling-link", "cycle", "unknown-cell", "invalid-value", "unsafe-text",
                              "conflict-open", "copied-file", "waiver-expired", "waiver-unmatched")),
    ("Plan work for it", ("goal-without-initiative", "threat-unanswered", "opportunity-idle", "problem-unsolved",
                          "fit-gap")),
    ("Link it", ("initiative-without-goal", "orphan-entry", "goal-detached", "solution-unmotivated",
                 "segment-unreachable", "metric-orphan", "tows-half")),
    ("Fill it in", ("empty-cell", "undecided", "goal-unmeasured", "fact-unbacked", "risky-untested", "ownerless")),
)  # fmt: skip
OTHER = "Look at it"
_GROUP_OF = {rule: name for name, rules in GROUPS for rule in rules}


@dataclass(frozen=True, slots=True)
class Row:
    """A line with the finding on it; None for a heading."""

    line: Line
    finding: Finding | None = None


def findings_rows(report: Report, columns: int, marks: Marks, *, waived: bool = False) -> list[Row]:
    """Every row: the group with the most serious finding first, in each the most serious first."""
    found = report.waived if waived else report.findings
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(found, key=lambda each: each.sort_key):
        groups.setdefault(_GROUP_OF.get(finding.rule, OTHER), []).append(finding)
    rows: list[Row] = []
    for name, findings in groups.items():
        if rows:
            rows.append(Row(()))
        rows.append(Row(((f" {name}", "title"), (f"  {len(findings)}", "count"))))
        rows += [Row(finding_line(finding, columns, marks), finding) for finding in findings]
    if not rows:
        rows = [Row(((" Nothing is missing or wrong." if not waived else " No finding is waived.", "good"),))]
    return rows


def finding_line(finding: Finding, columns: int, marks: Marks) -> Line:
    """One finding: its sign, the sentence, the rule's name."""
    sign, style = finding_sign(finding, marks)
    rule = f"  {finding.rule} "
    room = columns - width(rule) - 3
    spans: list[Span] = [(" ", ""), (sign, style), (" ", ""), (clip(sentence_of(finding), room), "")]
    return (*padded(tuple(spans), columns - width(rule)), (rule, "dim"))


def finding_detail(
    finding: Finding | None, workspace: Workspace, columns: int, height: int, marks: Marks
) -> list[Line]:
    """The finding under the cursor: its whole sentence, what to do, and the path that shows it."""
    if finding is None:
        return []
    lines = finding_lines(finding, columns, marks)
    path = path_lines(finding.path, workspace, columns, marks)
    about = finding.about
    where = f"{said(about.file)}:{about.line}" if about.line else said(about.file)
    place = ((" ", ""), (f"  {where}", "dim"))
    lines += path or []
    if len(lines) < height:
        lines.append(place)
    return lines[:height]


def path_lines(path: Sequence[str], workspace: Workspace, columns: int, marks: Marks) -> list[Line]:
    """Elements joined by arrows, over as many lines as it takes; nothing for a path of one."""
    if len(path) < 2:
        return []
    words: list[str] = []
    for address in path:
        item = workspace.find(address)
        words.append(f"{title_of(item, workspace)} ({KIND_WORDS[item.kind]})" if item is not None else said(address))
    lines: list[Line] = []
    current: list[Span] = [("   ", "")]
    for number, word in enumerate(words):
        arrow = f" {marks.why} " if number else ""
        part = clip(word, columns - 8)
        if number and line_width(tuple(current)) + width(arrow) + width(part) > columns - 1:
            lines.append(tuple(current))
            current = [("  ", "")]
        current += [(arrow, "accent"), (part, "")]
    return [*lines, tuple(current)]


def findings_header(report: Report, workspace: Workspace, columns: int, marks: Marks, *, waived: bool) -> Line:
    """The top line: how many of each, and how many are waived."""
    from canvas_tui.tui.views.overview import findings_count

    left: Line = ((f" {said(workspace.name)}", "bar"), ("  waived findings" if waived else "  findings", "dim"))
    right = findings_count(report, marks)
    if report.waived:
        right = (*right[:-1], (f"   {counted(len(report.waived), 'waived', 'waived')} ", "dim"))
    return spread(left, right, columns)


def waiver_question(finding: Finding, workspace: Workspace) -> tuple[str, str]:
    """What is asked before a waiver is written, and the finding it is about."""
    item = workspace.find(finding.about.id)
    name = title_of(item, workspace) if item is not None else said(finding.about.id)
    return f"Why is this fine: {quoted(name, 44)}?", f"{finding.rule}: {said(finding.message)}"
