"""The front door as lines: the vision, one line a canvas, the goals, and the three things most worth doing now.

Pure, no textual. Nothing here needs the graph to be made: what it tells is left out until it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from canvas_tui.core.elements import Canvas, Goal
from canvas_tui.core.placeholder import is_placeholder
from canvas_tui.core.text import clip, width
from canvas_tui.core.workspace import Document, Problem, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.graph.coverage import Count
from canvas_tui.rules.finding import OVERDUE, Finding, Report
from canvas_tui.tui.overview.next_steps import UNREADABLE, Step, next_steps
from canvas_tui.tui.paint.parts import (
    bar,
    column,
    day,
    line_width,
    no_vision,
    padded,
    percent,
    said,
    spread,
    wrapped,
)
from canvas_tui.tui.paint.signs import Tally, element_sign, findings_count, tallies
from canvas_tui.tui.paint.style import Line, Marks, Span

WIDEST, WIDE, NARROW = 110, 100, 76
GOALS_SHOWN = 12
STEP = "step:"


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `target`: an address to go to, "unreadable:FILE", or "step:NUMBER"; None for no cursor."""

    line: Line
    target: str | None = None


def overview_rows(
    workspace: Workspace,
    graph: StrategyGraph | None,
    report: Report | None,
    columns: int,
    marks: Marks,
    steps: Sequence[Step] | None = None,
) -> list[Row]:
    """Every row of the overview; `steps` are the things most worth doing now, where they are known already.

    In a very wide window lines are kept short enough to read.
    """
    columns = min(columns, WIDEST)
    rows = [Row(line) for line in _vision(workspace, columns)]
    rows += [Row(()), *_canvases(workspace, graph, report, columns, marks)]
    rows += [row for document in workspace.documents for row in _problems(document, columns, marks)]
    rows += [row for problem in workspace.problems for row in _told(problem, columns, marks)]
    if workspace.goals:
        rows += [Row(()), *_goals(workspace, report, columns, marks)]
    steps = next_steps(workspace, report) if steps is None else steps
    if steps:
        rows += [Row(()), Row(((" Next", "title"),))]
        for number, step in enumerate(steps, 1):
            first, *rest = _step_lines(number, step, columns)
            rows += [Row(first, f"{STEP}{number}"), *(Row(line) for line in rest)]
    return rows


def _vision(workspace: Workspace, columns: int) -> list[Line]:
    if workspace.vision:
        return wrapped(said(workspace.vision), columns - 2, "title")
    placeholder = workspace.header.vision if workspace.header else ""
    return wrapped(said(placeholder) or no_vision(workspace), columns - 2, "prompt")


@dataclass(frozen=True)
class _Figures:
    """What is counted once for all canvases: coverage and findings; no coverage until it is known."""

    counts: Mapping[str, Count] | None
    tallies: Mapping[str, Tally]

    @classmethod
    def of(cls, workspace: Workspace, graph: StrategyGraph | None, report: Report | None) -> _Figures:
        """Count once for all canvases; `graph` and `report` are None while not known."""
        return cls(
            graph.covered.canvases if graph is not None else None,
            tallies(workspace, report) if report is not None else {},
        )


def _canvases(
    workspace: Workspace, graph: StrategyGraph | None, report: Report | None, columns: int, marks: Marks
) -> list[Row]:
    rows = [Row(((" Canvases", "title"),))]
    if not workspace.canvases:
        words = " None that can be read." if workspace.unread else " None yet. a starts one from a model."
        rows.append(Row(((words, "prompt"),)))
    figures = _Figures.of(workspace, graph, report)
    written = [(canvas, each.path) for each in workspace.documents if (canvas := each.canvas) is not None]
    for canvas, file in sorted(written, key=lambda each: (each[0].is_archived, each[0].is_draft)):  # what counts first
        key = workspace.canvas_keys[file]
        rows.append(Row(_canvas_line(canvas, key, workspace, figures, columns, marks), key))
    return rows


def _canvas_line(canvas: Canvas, key: str, workspace: Workspace, figures: _Figures, columns: int, marks: Marks) -> Line:
    """`key` is the canvas's id, or its file where another one has that id too: then the line names it."""
    template = workspace.template(canvas)
    total = len(dict.fromkeys((*template.cell_ids, *canvas.cells)))
    filled = sum(1 for cell in canvas.cells.values() if cell.is_filled)
    is_doubled = key != canvas.id
    count = Count(0, filled, total) if is_doubled else (figures.counts or {}).get(key, Count(0, filled, total))
    cells = _bar_cells(columns)
    is_told = figures.counts is not None and count.linked is not None
    linked = f"{count.linked} of {count.filled} linked" if is_told else ""
    linked = "id used twice" if is_doubled else linked  # nobody can say which of them a link leads to
    tally = figures.tallies.get(key, Tally())
    stage = canvas.status if canvas.is_archived or canvas.is_draft else ""
    right: list[Span] = [
        (bar(count.filled / count.total if count.total else 0, cells, marks) if cells else "", "accent"),
        column(f"{count.filled}/{count.total} filled", 14, right=True),
        column(stage, 16, "dim", right=True) if stage else column(linked, 16, right=True),
        ("  ", ""),
        column(f"{marks.error} {tally.errors}" if tally.errors else "", 5, "error"),
        column(f"{marks.separator} {tally.warnings}" if tally.warnings else "", 5, "warning"),
    ]
    if any(each.infos for each in figures.tallies.values()):
        right.append(column(f"{marks.separator} {tally.infos}" if tally.infos else "", 5, "dim"))
    # orphans are among the others, and so in brackets
    right.append(column(f"({marks.orphan} {tally.orphans})" if tally.orphans else "", 6, "dim"))
    room = columns - line_width(tuple(right)) - 1
    title = said(canvas.title)
    words: list[Span] = [(" ", ""), (clip(title, room - 2), "dim" if canvas.is_archived else "")]
    for detail in (
        said(key) if is_doubled else "",
        said(canvas.team),
        said(template.title) if title != template.title else "",
    ):
        if detail and line_width(tuple(words)) + width(detail) + 2 < room:
            words.append((f"  {detail}", "dim"))
    return (*padded(tuple(words), room), *right)


def _bar_cells(columns: int) -> int:
    """How long a bar is; none in a narrow window, where the numbers tell."""
    return 10 if columns >= WIDE else 6 if columns >= NARROW else 0


def _problems(document: Document, columns: int, marks: Marks) -> list[Row]:
    """Why a file cannot be read. Problems of readable files are told by the findings."""
    if document.is_readable:
        return []
    problem = document.problems[0] if document.problems else None
    where = f", line {problem.line}" if problem is not None and problem.line else ""
    reason = f": {said(problem.message)} {marks.dash} {said(problem.hint)}" if problem is not None else ""
    more = len(document.problems) - 1
    tail = f" (+{more})" if more > 0 else ""
    text = f"{said(document.path)}{where} cannot be read{reason}{tail}"
    return _alarm(text, columns, marks, f"{UNREADABLE}{document.path}")


def _told(problem: Problem, columns: int, marks: Marks) -> list[Row]:
    """Problems of the workspace's folder, and files in it that need attention."""
    text = f"{said(problem.file)}: {said(problem.message)} {marks.dash} {said(problem.hint)}"
    return _alarm(text, columns, marks)


def _alarm(text: str, columns: int, marks: Marks, target: str | None = None) -> list[Row]:
    lines = wrapped(text, columns - 4, "error", indent="   ")
    first: Line = ((" ", ""), (f"{marks.error} ", "error"), (lines[0][1][0], "error"))
    return [Row(first, target), *(Row(line) for line in lines[1:])]


def _goals(workspace: Workspace, report: Report | None, columns: int, marks: Marks) -> list[Row]:
    goals = [goal for goal in workspace.goals if goal.is_active]
    heading: Line = ((" Goals", "title"),)
    if len(goals) > GOALS_SHOWN:
        heading = (*heading, (f"  the first {GOALS_SHOWN} of {len(goals)} by date, gs shows all", "dim"))
    rows = [Row(heading)]
    far, told = date.max, report.by_element if report is not None else {}
    for goal in sorted(goals, key=lambda each: each.due or far)[:GOALS_SHOWN]:
        rows.append(Row(_goal_line(goal, told.get(goal.id, ()), columns, marks), goal.id))
    return rows


def _goal_line(goal: Goal, told: Iterable[Finding], columns: int, marks: Marks) -> Line:
    cells = _bar_cells(columns)
    share = goal.progress
    by_rule = {finding.rule: finding for finding in told}
    is_late = OVERDUE in by_rule
    right: list[Span] = [
        (bar(share, cells, marks) if cells and share is not None else " " * cells, "accent"),
        column(percent(share) if share is not None else "", 6, right=True),
        column(_due(goal), 18, "warning" if is_late else "", right=True),
    ]
    right.append(_in_short(by_rule, columns, marks))
    room = columns - line_width(tuple(right)) - 1
    style = "prompt" if is_placeholder(goal.title) else ""
    words: list[Span] = [(" ", ""), (clip(said(goal.title), room - 2), style)]
    for detail in (said(goal.owner), said(goal.team)):
        if detail and line_width(tuple(words)) + width(detail) + 2 < room:
            words.append((f"  {detail}", "dim"))
    return (*padded(tuple(words), room), *right)


def _due(goal: Goal) -> str:
    return f"due {day(goal.due)}" if goal.due else "no due date"


_SHORT = {"goal-without-initiative": "no work", OVERDUE: "overdue"}  # the gravest first


def _in_short(by_rule: Mapping[str, Finding], columns: int, marks: Marks) -> Span:
    """The mark of a goal's worst finding, with two words about it where there is room."""
    mark, style = element_sign(tuple(by_rule.values()), marks)
    words = next((words for rule, words in _SHORT.items() if rule in by_rule), "")
    return column(f"  {mark} {words}", 14, style) if columns >= NARROW else column(f"  {mark}", 4, style)


def _step_lines(number: int, step: Step, columns: int) -> list[Line]:
    """Its number, the sentence over as many lines as it takes, and at the right what its number does."""
    keys = f"  {number} {step.does} " if step.does else " "
    room = min(columns, 100) - 4 - width(keys)
    first, *rest = wrapped(step.sentence, room, step.style, indent="")
    head: Line = ((f" {number}", "key"), ("  ", ""), *padded(first, room), (keys, "key"))
    return [head, *(((" " * 4, ""), *line) for line in rest)]


def overview_header(workspace: Workspace, report: Report | None, columns: int, marks: Marks) -> Line:
    """The top line: the workspace's name, and the findings in numbers."""
    left: Line = ((f" {said(workspace.name)}", "bar"), ("  overview", "dim"))
    return spread(left, findings_count(report, workspace, marks), columns)
