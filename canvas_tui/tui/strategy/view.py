"""The strategy tree as lines: one row a goal or initiative, and below them what the row under the cursor is about.

Pure, no textual. What stands below what comes from `nodes.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from canvas_tui.core.cutting import and_more
from canvas_tui.core.elements import Goal, Initiative, Kind
from canvas_tui.core.placeholder import is_placeholder
from canvas_tui.core.text import clip, counted, width
from canvas_tui.core.values import is_number
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules.finding import OVERDUE, Finding
from canvas_tui.tui.board.facts import about_this
from canvas_tui.tui.paint.parts import (
    bar,
    column,
    day,
    fitted,
    last_day,
    line_width,
    no_vision,
    number,
    padded,
    percent,
    said,
    span_of_days,
    wrapped,
)
from canvas_tui.tui.paint.signs import element_sign, finding_sign
from canvas_tui.tui.paint.style import Line, Marks, Span
from canvas_tui.tui.strategy.nodes import NO_GOAL, UNREAD_GOAL, TreeRow, hangs

# of initiatives without a goal: what their heading says, and what is said of it
_HEADINGS = {
    NO_GOAL: ("Initiatives without a goal", "They serve no goal yet. fa links one with a goal."),
    UNREAD_GOAL: (
        "Initiatives without a goal that can be read",
        "Their goals, or the links to them, may be in a file that cannot be read.",
    ),
}
_MARK = 3  # cells at the right edge
Findings = Mapping[str, tuple[Finding, ...]]
NARROW, WIDE, WIDER = 76, 100, 120  # from here on there is room for people, for teams and long dates, and for notes


def tree_line(row: TreeRow, columns: int, graph: StrategyGraph, findings: Findings, today: date, marks: Marks) -> Line:
    """One row: where it hangs, its title, who, when, how far; its mark at the right edge."""
    if row.node.item is None:
        return ((" ", ""), (_HEADINGS[row.node.address][0], "dim"))
    item = row.node.item
    head = _head(row, marks)
    if item.kind is Kind.VISION:
        is_open = not item.text or is_placeholder(item.text)
        words: Line = ((said(item.text) or no_vision(graph.workspace), "prompt" if is_open else "title"),)
        room = columns - line_width(head) - _MARK
        return (*head, *padded(fitted(words, room), room), _mark(item, findings, marks))
    is_wide = columns >= WIDE
    is_late = any(finding.rule == OVERDUE for finding in findings.get(item.address, ()))
    tail = _columns(item, columns, graph, today, marks, is_late=is_late)
    mark = _mark(item, findings, marks)
    has_notes = columns >= WIDER
    note = _note(item, findings, marks) if has_notes else ""
    # title, columns, then at the right what is wrong in words where there is room, else its mark alone
    note_room = min(44, columns - WIDER + 22) if has_notes else 0
    room = columns - line_width(head) - line_width(tail) - note_room - 1 - _MARK
    title = _title(item, row, room, is_wide)
    line = [*head, *padded(title, room), (" ", ""), *tail]
    if note_room:
        line.append(column(f" {note}", note_room, mark[1] or "dim"))
    return (*line, mark)


def _head(row: TreeRow, marks: Marks) -> list[Span]:
    text = " "
    if row.depth > len(row.branches):  # below a cut the tree begins at the left again
        text += marks.ellipsis
    if row.branches:
        text += "".join((f"{marks.pipe}  " if more else "   ") for more in row.branches[:-1])
        text += (marks.branch if row.branches[-1] else marks.last) + " "
    spans: list[Span] = [(text, "border")]
    if row.is_folded:
        spans.append((f"{marks.why} ", "accent"))
    return spans


def _title(item: Located, row: TreeRow, room: int, is_wide: bool) -> Line:
    is_done = isinstance(item.element, Initiative) and not item.element.is_open
    style = "dim" if row.is_context or row.node.is_again or is_done else ("" if item.kind is Kind.INITIATIVE else "bar")
    spans: list[Span] = []
    if item.kind is Kind.INITIATIVE and is_wide and item.element.team:
        spans.append(column(said(item.element.team), 10, "dim"))
    spans.append((said(item.text), "prompt" if is_placeholder(item.text) else style))
    count = row.node.below
    more = "" if not row.is_folded else f"  {and_more(count)}" if row.is_cut else f"  +{count}"
    return (*fitted(tuple(spans), max(4, room - width(more))), (more, "count"))


def _columns(
    item: Located, columns: int, graph: StrategyGraph, today: date, marks: Marks, *, is_late: bool
) -> list[Span]:
    """Who or which status, when, how far: in columns that stand under each other for goals and initiatives alike."""
    dates = 16 if columns >= WIDE else 12
    is_narrow = columns < NARROW
    element = item.element
    if isinstance(element, Goal):
        who, style = said(element.owner), "dim"
        when = (f"due {day(element.due)}" if columns >= WIDE else day(element.due)) if element.due else ""
        share = element.progress
        far, far_style = "", "accent"
        if share is not None:
            far = percent(share) if is_narrow else f"{bar(share, 5, marks)} {percent(share):>5}"
    else:
        assert isinstance(element, Initiative)
        who, style = said(element.status), _status_style(element.status)
        when = span_of_days(element.start, element.end, today, marks)
        if width(when) > dates:
            when = f"to {last_day(element.end, today)}" if element.end else when
        entries = sum(1 for edge in graph.up.get(item.address, ()) if graph.nodes[edge.upper].kind is Kind.ENTRY)
        far, far_style = ("" if is_narrow or not entries else counted(entries, "entry")), "dim"
    first = [] if is_narrow else [column(who, 10, style)]
    if is_late:
        when = _late(element, dates, today) or when
    there = column(when, dates, "warning" if is_late else "")
    return [*first, there, (" ", ""), column(far, 5 if is_narrow else 11, far_style, right=is_narrow)]


def _late(element: Goal | Initiative, cells: int, today: date) -> str:
    """The day that has passed, with "late" where there is room. "" where none has. Key results do not count."""
    end = element.due if isinstance(element, Goal) else element.end
    if end is None or end >= today:
        return ""
    words = f"late {last_day(end, today)}"
    return words if width(words) <= cells else last_day(end, today)


def _status_style(status: str) -> str:
    return {"active": "good", "blocked": "warning"}.get(status, "dim")


def _mark(item: Located, findings: Findings, marks: Marks) -> Span:
    """What stands at the right edge: how severe its findings are, and whether it hangs in the air."""
    mark, style = element_sign(findings.get(item.address, ()), marks)
    return column(f" {mark}" if mark else "", _MARK, style)


def _note(item: Located, findings: Findings, marks: Marks) -> str:
    """What is wrong in a few words, or else what the metric says."""
    found = findings.get(item.address, ())
    if hangs(found):
        return "nothing works towards this" if item.kind is Kind.GOAL else "no goal"
    if found:
        return about_this(said(found[0].message), item.text).removeprefix("This ")
    if isinstance(item.element, Goal):
        return metric_text(item.element, marks)
    return ""


def metric_text(goal: Goal, marks: Marks) -> str:
    """ "34 → 29 → 10 days": from, now, to."""
    metric = goal.metric
    steps = [metric[key] for key in ("baseline", "current", "target") if is_number(metric.get(key))]
    unit = metric.get("unit")
    if not steps:
        return ""
    return f" {marks.arrow} ".join(number(step) for step in steps) + (f" {said(unit)}" if isinstance(unit, str) else "")


def detail_lines(
    row: TreeRow | None, columns: int, height: int, workspace: Workspace, findings: Findings, today: date, marks: Marks
) -> list[Line]:
    """What the row under the cursor is about: its whole title, metric, note, and what is wrong with what to do."""
    if row is None or row.node.item is None:
        words = _HEADINGS[row.node.address][1] if row is not None else ""
        hint: Line = ((" ", ""), (words, "dim"))
        return [hint]
    item = row.node.item
    is_open = not item.text or is_placeholder(item.text)
    lines: list[Line] = wrapped(said(item.text) or no_vision(workspace), columns - 1, "prompt" if is_open else "title")
    found = findings.get(item.address, ())
    facts = f" {marks.separator} ".join(_facts(item, today, marks))
    if found:  # what is wrong needs the room more
        lines.append(((f" {clip(facts, columns - 2)}", "dim"),))
    elif facts:
        lines += wrapped(facts, columns - 1, "dim")
    for finding in found[:3]:
        lines += finding_lines(finding, columns, marks)
    if item.element.note:
        lines += wrapped(said(item.element.note), columns - 1, "dim")
    if len(lines) > height:
        lines = [*lines[: height - 1], ((f" {marks.ellipsis} y shows all, enter all fields", "dim"),)]
    return lines


def finding_lines(finding: Finding, columns: int, marks: Marks) -> list[Line]:
    """What is wrong, behind its mark, and what to do about it."""
    sign, style = finding_sign(finding, marks)
    first, *rest = wrapped(said(finding.message), columns - 1, "", indent="   ")
    fix: list[Line] = wrapped(f"{marks.arrow} {said(finding.fix)}", columns - 1, "dim", indent="   ")
    top: Line = ((" ", ""), (sign, style), (" ", ""), *first[1:])
    lines: list[Line] = [top, *rest, *fix]
    return lines


def _facts(item: Located, today: date, marks: Marks) -> list[str]:
    element = item.element
    words = [item.kind.value]
    if isinstance(element, Goal):
        words += [said(element.team), said(element.status or "active"), said(element.owner)]
        words.append(f"due {day(element.due)}" if element.due else "no due date")
        name = element.metric.get("name")
        text = metric_text(element, marks)
        words.append(f"{said(name)} {text}" if isinstance(name, str) and text else text or "no metric")
    elif isinstance(element, Initiative):
        words += [said(element.team), said(element.status), said(element.owner)]
        words.append(span_of_days(element.start, element.end, today, marks) or "no dates")
        effort = element.int_field("effort")
        words.append(f"effort {effort}" if effort is not None else "")
    return [word for word in words if word]


def is_heading(row: TreeRow) -> bool:
    """Whether a row is no element."""
    return row.node.address in _HEADINGS
