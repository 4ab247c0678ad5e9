"""The findings as lines: grouped by what to do about them, those that say the same in one; rule and path below.

Pure, no textual.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from canvas_tui.core.cutting import and_more, ends_of
from canvas_tui.core.text import clip, counted, width
from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Finding, Report
from canvas_tui.rules.registry import RULES
from canvas_tui.rules.verdict import verdict
from canvas_tui.tui.findings.folding import Fold, folds_of
from canvas_tui.tui.paint.parts import (
    KIND_WORDS,
    line_width,
    quoted,
    said,
    sentence_of,
    spread,
    title_of,
)
from canvas_tui.tui.paint.signs import finding_sign, findings_count
from canvas_tui.tui.paint.style import Line, Marks, Span
from canvas_tui.tui.strategy.view import finding_lines

OTHER = "Look at it"  # the group of findings whose rule this version does not know


@dataclass(frozen=True, slots=True)
class Row:
    """A line with the finding on it; `fold` where it stands for several, or for one of several that are unfolded.

    The line is made when it is looked at: of thousands only those in sight are laid out.
    """

    make: Callable[[], Line]
    finding: Finding | None = None
    fold: Fold | None = None

    @property
    def line(self) -> Line:
        """The line itself, made now."""
        return self.make()

    @property
    def key(self) -> str | None:
        """What the cursor finds this line again by; None for a heading."""
        if self.finding is not None:
            return f"{self.finding.rule} {self.finding.about.id} {self.finding.about.line}"
        return self.fold.key if self.fold is not None else None


def findings_rows(
    report: Report, workspace: Workspace, columns: int, marks: Marks, *, waived: bool = False,
    unfolded: Collection[str] = (),
) -> list[Row]:  # fmt: skip
    """Every row: the group with the most serious finding first, in each the most serious first.

    `unfolded` are the keys of the folds whose findings are shown one by one.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in report.waived if waived else report.findings:  # the most serious first, as a report has them
        rule = RULES.get(finding.rule)
        groups.setdefault(rule.group if rule is not None else OTHER, []).append(finding)
    rows: list[Row] = []
    for name, findings in groups.items():
        if rows:
            rows.append(_heading(()))
        rows.append(_heading(((f" {name}", "title"), (f"  {len(findings)}", "count"))))
        for fold in folds_of(findings, workspace):
            rows += _rows(fold, columns, marks, is_unfolded=fold.key in unfolded)
    if not rows:
        praise = verdict(workspace, report)
        words = " No finding is waived." if waived or praise is None else f" {praise.sentence}."
        rows = [_heading(((words, "good" if praise is not None and praise.is_whole and not waived else "dim"),))]
    return rows


def _heading(line: Line) -> Row:
    return Row(lambda: line)


def _rows(fold: Fold, columns: int, marks: Marks, *, is_unfolded: bool) -> list[Row]:
    if not fold.is_one_line:
        return [Row(partial(finding_line, finding, columns, marks), finding) for finding in fold.findings]
    head = Row(partial(fold_line, fold, columns, marks, is_unfolded=is_unfolded), None, fold)
    if not is_unfolded:
        return [head]
    return [head, *(Row(partial(finding_line, each, columns, marks, "   "), each, fold) for each in fold.findings)]


def finding_line(finding: Finding, columns: int, marks: Marks, indent: str = " ") -> Line:
    """One finding: its sign and the sentence."""
    sign, style = finding_sign(finding, marks)
    words = shortened(sentence_of(finding), columns - width(indent) - 3)
    return ((indent, ""), (sign, style), (" ", ""), (words, ""))


def shortened(sentence: str, columns: int) -> str:
    """Words cut to `columns` cells: first all but the first sentence, then the names in that, the longest first."""
    if width(sentence) > columns and (first := _FIRST.match(sentence)) is not None:
        sentence = first[0]
    while (over := width(sentence) - columns) > 0:
        name = max(_NAME.findall(sentence), key=width, default="")
        if width(name) <= _SHORTEST:
            break
        sentence = sentence.replace(f"“{name}”", f"“{clip(name, max(_SHORTEST, width(name) - over))}”", 1)
    return clip(sentence, columns)


_NAME = re.compile("“([^“”]*)”")
_FIRST = re.compile(r"(?:“[^“”]*”|[^“.]|\.(?! [A-Z“]))*\.(?= [A-Z“])")
_SHORTEST = 10  # cells that a name keeps


def fold_line(fold: Fold, columns: int, marks: Marks, *, is_unfolded: bool) -> Line:
    """Several findings that say the same: their sign, the sentence with their number, whether they are unfolded."""
    sign, style = finding_sign(fold.findings[0], marks)
    hint = "" if is_unfolded else f" {marks.ellipsis}"
    words = clip(f"{fold.sentence}{hint}", columns - 4)
    return ((" ", ""), (sign, style), (" ", ""), (words, "bar"))


def finding_detail(
    finding: Finding | None, workspace: Workspace, columns: int, height: int, marks: Marks
) -> list[Line]:
    """The finding under the cursor: its whole sentence, what to do, the path that shows it; last its rule and place."""
    if finding is None:
        return []
    lines = [*finding_lines(finding, columns, marks), *path_lines(finding.path, workspace, columns, marks)]
    about = finding.about
    where = f"{said(about.file)}:{about.line}" if about.line else said(about.file)
    place: Line = ((" ", ""), (f"  {finding.rule} {marks.separator} {where}", "dim"))
    return [*lines[: height - 1], place]


def fold_detail(fold: Fold, workspace: Workspace, columns: int, height: int, marks: Marks) -> list[Line]:
    """What a fold stands for: the first of its elements by name, and the rule."""
    lines: list[Line] = [((f" {clip(fold.sentence, columns - 2)}", "title"),)]
    room, count = height - 2, len(fold.findings)
    begin = fold.findings if count <= room else fold.findings[: room - 1]
    shown = [item for each in begin if (item := workspace.find(each.about.id)) is not None]
    lines += [((f"   {marks.separator} {clip(title_of(item, workspace), columns - 7)}", ""),) for item in shown]
    if count > len(begin):
        lines.append(((f"   {marks.ellipsis} {and_more(count - len(begin))}", "dim"),))
    place: Line = ((" ", ""), (f"  {fold.findings[0].rule} {marks.separator} enter shows them one by one", "dim"))
    return [*lines[: height - 1], place]


def path_lines(path: Sequence[str], workspace: Workspace, columns: int, marks: Marks) -> list[Line]:
    """Elements joined by arrows, over as many lines as it takes; nothing for a path of one."""
    if len(path) < 2:
        return []
    begin, left_out, end = ends_of(path)
    words = [_step(address, workspace) for address in begin]
    words += [and_more(left_out)] if left_out else []
    words += [_step(address, workspace) for address in end]
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


def _step(address: str, workspace: Workspace) -> str:
    item = workspace.find(address)
    return f"{title_of(item, workspace)} ({KIND_WORDS[item.kind]})" if item is not None else said(address)


def findings_header(report: Report, workspace: Workspace, columns: int, marks: Marks, *, waived: bool) -> Line:
    """The top line: how many of each, and how many are waived."""
    left: Line = ((f" {said(workspace.name)}", "bar"), ("  waived findings" if waived else "  findings", "dim"))
    right = findings_count(report, workspace, marks)
    if report.waived:
        right = (*right[:-1], (f"   {counted(len(report.waived), 'waived', 'waived')} ", "dim"))
    return spread(left, right, columns)


def waiver_question(findings: Sequence[Finding], workspace: Workspace) -> tuple[str, str]:
    """What is asked before a waiver is written, and the finding it is about; of several of one rule, what they say."""
    finding = findings[0]
    if len(findings) > 1:
        folds = folds_of(findings, workspace)
        words = folds[0].sentence if len(folds) == 1 else ""
        return f"Why are these {len(findings)} fine as they are?", f"{finding.rule}: {words or said(finding.message)}"
    item = workspace.find(finding.about.id)
    name = title_of(item, workspace) if item is not None else said(finding.about.id)
    return f"Why is this fine: {quoted(name, 44)}?", f"{finding.rule}: {said(finding.message)}"
