"""Why something is there and how it is carried out, as trees of lines.

Pure, no textual. The questions are answered by the graph; here they become rows with titles, kinds, status and dates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from canvas_tui.core.cutting import and_more, ends_of, shortened
from canvas_tui.core.elements import Entry, Goal, Initiative, Kind
from canvas_tui.core.text import clean, clip, width
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import HowNode, Path, StrategyGraph, how_tree, lines_of, why_paths
from canvas_tui.rules.finding import Report
from canvas_tui.tui.paint.parts import (
    KIND_WORDS,
    cell_title,
    day,
    line_width,
    padded,
    percent,
    said,
    span_of_days,
    title_of,
    wrapped,
)
from canvas_tui.tui.paint.signs import element_sign
from canvas_tui.tui.paint.style import Line, Marks, Span, plain

WAYS = 10
_DRAWN = 300  # lines of a how-tree: each is laid out when the dialog opens
_PLAIN = frozenset({"serves", "rolls up to"})  # what standing below a goal says already


@dataclass(frozen=True, slots=True)
class Row:
    """One line, and the address it is about; None where there is nothing to go to."""

    line: Line
    address: str | None = None


@dataclass
class _Step:
    """Ways up joined where they begin alike."""

    relation: str = ""
    is_through: bool = False
    is_gap: bool = False  # it stands for those that are left out
    above: dict[str, _Step] = field(default_factory=dict)


def why_rows(
    workspace: Workspace, graph: StrategyGraph, report: Report, address: str, columns: int, marks: Marks
) -> list[Row]:
    """The element, and above it, indented, everything it is there for, up to the vision."""
    item = workspace.find(address)
    if item is None:
        return []
    today = report.today
    rows = [Row(_line(item, workspace, "", " ", columns, today, marks, is_start=True), address)]
    top = _Step()
    for path in why_paths(graph, address, limit=WAYS):
        _put(top, path)
    rows += _why(top, workspace, columns, today, marks)
    rows += _endings(item, report, marks, has_ways=bool(top.above), is_unread=bool(workspace.unread))
    return rows + _about(item, workspace, rows[0].line, columns)


def _about(item: Located, workspace: Workspace, head: Line, columns: int) -> list[Row]:
    """The element's whole text, evidence and note, which do not fit on its line. As rows, so that they scroll."""
    lines: list[Line] = []
    text = _whole(item.text.strip())
    if text not in plain(head):
        lines += [(), *wrapped(text, columns - 1)]
    if item.kind is Kind.CELL and item.canvas is not None and item.cell is not None:
        spec = workspace.cell_spec(item.canvas, item.cell)
        lines += [(), *wrapped(said(f"{spec.prompt} {spec.help}"), columns - 1, "dim")] if spec else []
    if isinstance(item.element, Entry) and item.element.evidence:
        lines += [(), *wrapped("Evidence: " + _whole("; ".join(item.element.evidence)), columns - 1, "dim")]
    if note := item.element.note.strip():
        lines += [(), *wrapped("Note: " + _whole(note), columns - 1, "dim")]
    return [Row(line, item.address if line else None) for line in lines]


def _whole(text: str) -> str:
    return clean(shortened(text), multiline=True)


def _put(top: _Step, path: Path) -> None:
    """Join a way up to the others; of a long one the beginning and the end."""
    begin, left_out, end = ends_of(list(zip(path.relations, path.addresses[1:], strict=False)))
    step = top
    for relation, above in begin:
        step = step.above.setdefault(above, _Step(said(relation), path.through == above))
    if left_out:
        step = step.above.setdefault(and_more(left_out), _Step(is_gap=True))
    for relation, above in end:
        step = step.above.setdefault(above, _Step(said(relation)))


def _why(top: _Step, workspace: Workspace, columns: int, today: date, marks: Marks) -> list[Row]:
    rows: list[Row] = []
    front = _hung(top, "")
    while front:
        indent, address, step, more = front.pop()
        item = None if step.is_gap else workspace.find(address)
        head = f" {indent}{marks.branch if more else marks.last} "
        if item is not None:
            rows.append(Row(_line(item, workspace, step.relation, head, columns, today, marks), address))
        elif step.is_gap:
            rows.append(Row(((head, "border"), (address, "dim"))))
        else:
            continue
        front += _hung(step, indent + (f"{marks.pipe}  " if more else "   "))
    return rows


def _hung(step: _Step, indent: str) -> list[tuple[str, str, _Step, bool]]:
    """How a step hangs in the tree: its indent, its address, and whether more follows it."""
    last = len(step.above) - 1
    above = [(indent, address, each, number < last) for number, (address, each) in enumerate(step.above.items())]
    return above[::-1]


def _endings(item: Located, report: Report, marks: Marks, *, has_ways: bool, is_unread: bool) -> list[Row]:
    if item.kind is Kind.VISION:
        return [Row((("   This is the vision: everything else is there for it.", "dim"),))]
    told = [finding for finding in report.by_element.get(item.address, ()) if finding.is_orphan]
    if told:
        words = "No way up leads to a goal." if has_ways else "Nothing above this yet."
        mark, style = element_sign(told, marks)
        return [Row(((f"   {mark} {words} fa links it with one.", style),))]
    if not has_ways:
        return [Row(((f"   Nothing above this {_so_far(is_unread)}.", "dim"),))]
    return []


def _so_far(is_unread: bool) -> str:
    """A note that something may be missing, since some files cannot be read."""
    return "that can be read" if is_unread else "yet"


def how_rows(
    workspace: Workspace, graph: StrategyGraph, report: Report, address: str, columns: int, marks: Marks
) -> list[Row]:
    """The element, and below it, indented, everything that works towards it."""
    item = workspace.find(address)
    if item is None:
        return []
    today = report.today
    rows = [Row(_line(item, workspace, "", " ", columns, today, marks, is_start=True), address)]
    if address not in graph.nodes:
        return rows
    tree = how_tree(graph, address, lines=_DRAWN)
    rows += _how(tree, workspace, columns, today, marks)
    if not tree.children:
        told = [each for each in report.by_element.get(address, ()) if each.is_in_the_air]
        is_told = bool(told) and item.kind is Kind.GOAL
        mark, style = element_sign(told, marks) if is_told else ("", "dim")
        so_far = _so_far(bool(workspace.unread) and not is_told)
        rows.append(Row(((f"   {mark}{' ' if mark else ''}Nothing works towards this {so_far}.", style),)))
    return rows


def _how(tree: HowNode, workspace: Workspace, columns: int, today: date, marks: Marks) -> list[Row]:
    rows: list[Row] = []
    for line in lines_of(tree):
        *above, more = line.branches
        indent = "".join(f"{marks.pipe}  " if each else "   " for each in above)
        head = f" {indent}{marks.branch if more else marks.last} "
        item = None if line.is_more else workspace.find(line.node.address)
        if line.is_more:
            rows.append(Row(((head, "border"), (and_more(line.node.more), "dim"))))
        elif item is not None:
            relation = said(line.node.relation)
            rows.append(Row(_line(item, workspace, relation, head, columns, today, marks), item.address))
    return rows


def _line(
    item: Located,
    workspace: Workspace,
    relation: str,
    head: str,
    columns: int,
    today: date,
    marks: Marks,
    *,
    is_start: bool = False,
) -> Line:
    """One element: how it hangs with the one before, its title, and at the right its kind, status and dates."""
    facts = clip(_facts(item, workspace, today, marks), max(12, columns * 2 // 5))
    words = f"{relation} " if relation and relation not in _PLAIN else ""
    room = columns - width(head) - width(facts) - 2
    style = "title" if is_start or item.kind is Kind.VISION else ""
    spans: list[Span] = [(head, "border")]
    if words and width(words) < room // 2:
        spans.append((words, "dim"))
        room -= width(words)
    spans.append((clip(title_of(item, workspace), max(8, room)), style))
    if line_width(tuple(spans)) + width(facts) + 2 > columns:
        return tuple(spans)
    return (*padded(tuple(spans), columns - width(facts) - 1), (facts, "dim"), (" ", ""))


def _facts(item: Located, workspace: Workspace, today: date, marks: Marks) -> str:
    element = item.element
    words = [KIND_WORDS[item.kind]]
    if isinstance(element, Goal):
        words += [percent(element.progress) if element.progress is not None else ""]
        words += [f"due {day(element.due)}" if element.due else ""]
    elif isinstance(element, Initiative):
        words = [said(element.team), said(element.status), span_of_days(element.start, element.end, today, marks)]
    elif isinstance(element, Entry):
        words = [said(element.state), cell_title(item, workspace)]
    return f" {marks.separator} ".join(word for word in words if word) or KIND_WORDS[item.kind]
