"""Red is for errors alone, a gap is counted alike everywhere, what is late is marked, and green is earned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Report, check
from canvas_tui.rules.verdict import WHOLE, verdict
from canvas_tui.tui.board.contents import contents_of
from canvas_tui.tui.board.facts import facts_of
from canvas_tui.tui.board.header import board_header
from canvas_tui.tui.board.inspector import inspect
from canvas_tui.tui.board.layout import zoomed
from canvas_tui.tui.board.paint import paint_board
from canvas_tui.tui.board.signs import figures_of, known_of
from canvas_tui.tui.findings.view import findings_header, findings_rows
from canvas_tui.tui.overview.next_steps import next_steps
from canvas_tui.tui.overview.view import overview_header, overview_rows
from canvas_tui.tui.paint.signs import findings_count
from canvas_tui.tui.paint.style import ASCII, UNICODE, Line, plain
from canvas_tui.tui.strategy.nodes import rows_of, tree_of
from canvas_tui.tui.strategy.view import detail_lines
from canvas_tui.tui.why.view import how_rows, why_rows
from tests.tree_lines import tree_rows
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, work, workspace
from tests.unit.views_workspace import row_with

PAST = date(2026, 11, 1)


SWOT = canvas("swot", {"strengths": ["Trust"]})
BEGUN = canvas("tows", {"so": ["<What?>", "Sell with what we know"]}, status="draft")
UNTOUCHED = canvas("marketing-mix-7p", {"product": ["<What do they get?>"]}, status="draft")
EMPTY = canvas("lean-canvas")
LEAN = canvas("lean-canvas", {"problem": ["Late"]})
NO_GOALS = {"rule": "no-goals", "element": "vision", "reason": "None yet"}


def found_in(plan: Workspace) -> tuple[Workspace, StrategyGraph, Report]:
    graph = StrategyGraph.of(plan)
    return plan, graph, check(plan, graph, TODAY)


def only_warnings() -> Workspace:
    """An orphan, empty cells, a solution for nothing, a refuted entry, a late goal and late work; no errors."""
    lean: dict[str, list[Any]] = {
        "problem": [entry("slow", "paid")],
        "solution": [entry("reminders", "slow"), entry("other", "paid")],
        "unique-value-proposition": [entry("calm", state="refuted")],
        "key-metrics": ["Median days"],
        "customer-segments": ["Consultants"],
        "channels": ["Word of mouth"],
    }
    works = [work("build", "well", end=PAST), work("more", "reminders", "paid"), work("idea", status="idea")]
    goals = [goal("paid", due=PAST), goal("well", parent="paid")]
    return workspace(canvas("lean-canvas", lean), goals=goals, works=works)


def every_line(plan: Workspace, graph: StrategyGraph, report: Report) -> Iterator[Line]:
    by_element = report.by_element
    rows = rows_of(tree_of(plan, graph), frozenset())
    yield from tree_rows(rows, 140, graph, by_element, TODAY, UNICODE)
    yield from chain.from_iterable(detail_lines(row, 80, 9, plan, by_element, TODAY, UNICODE) for row in rows)
    yield overview_header(plan, report, 80, UNICODE)
    yield from (row.line for row in overview_rows(plan, graph, report, 80, UNICODE))
    yield findings_header(report, plan, 80, UNICODE, waived=False)
    yield from (row.line for row in findings_rows(report, plan, 80, UNICODE))
    known = known_of(plan, graph, report)
    for shown in plan.canvases:
        contents = contents_of(plan, shown, known.signs)
        yield board_header("Plan", contents, figures_of(contents, known), 80, UNICODE, is_read_only=False)
        for cell in contents.template.order:
            yield from paint_board(contents, zoomed(cell, 60, 9), cell, 0, {}, UNICODE).lines
    for item in plan.elements():
        yield from (row.line for row in why_rows(plan, graph, report, item.address, 80, UNICODE))
        yield from (row.line for row in how_rows(plan, graph, report, item.address, 80, UNICODE))
        if item.kind == "entry":
            yield from inspect(facts_of(plan, item, graph, report, UNICODE), 80, 9, UNICODE)


def _has(line: Line, wanted: str) -> bool:
    return any(style == wanted and text.strip() for text, style in line)


def test_nothing_is_red_where_no_finding_is_an_error() -> None:
    plan, graph, report = found_in(only_warnings())
    assert report.summary["warning"] > 3
    assert report.summary["error"] == 0
    red = [plain(line) for line in every_line(plan, graph, report) if _has(line, "error")]
    assert red == []
    yellow = [plain(line) for line in every_line(plan, graph, report) if _has(line, "warning")]
    assert len(yellow) > 8


def test_an_error_is_red_on_every_screen() -> None:
    plan, graph, report = found_in(workspace(canvas("swot", {"threats": ["t"]}), goals=[goal("idle")]))
    assert report.summary["error"]
    red = {plain(line)[:12] for line in every_line(plan, graph, report) if _has(line, "error")}
    assert len(red) > 3


@pytest.mark.parametrize("marks", [UNICODE, ASCII])
def test_every_header_counts_what_check_counts(marks: Any) -> None:
    plan, _, report = found_in(only_warnings())
    told = plain(findings_count(report, plan, marks)).strip()
    assert told == f"{marks.separator} {report.summary['warning']} warnings"
    for header in (overview_header(plan, report, 80, marks), findings_header(report, plan, 80, marks, waived=False)):
        assert plain(header).rstrip().endswith(told)


def test_what_is_late_is_marked_on_the_tree_and_on_the_overview() -> None:
    plan, graph, report = found_in(only_warnings())
    rows = rows_of(tree_of(plan, graph), frozenset())
    for columns, words in ((80, "late 1 Nov"), (140, "late 1 Nov")):
        lines = tree_rows(rows, columns, graph, report.by_element, TODAY, UNICODE)
        for title in ("Goal paid", "Work build"):
            line = next(line for line in lines if title in plain(line))
            assert any(words in text and style == "warning" for text, style in line), plain(line)
        assert "late" not in row_with([plain(line) for line in lines], "Goal well")
    shown = [plain(row.line) for row in overview_rows(plan, graph, report, 80, UNICODE)]
    assert row_with(shown, "Goal paid").rstrip().endswith("due 1 Nov 2026  · overdue")
    assert "overdue" not in row_with(shown, "Goal well")


def test_a_waived_date_is_not_called_late() -> None:
    waiver = {"rule": "overdue", "element": "paid", "reason": "The audit takes until June"}
    late = workspace(goals=[goal("paid", due=PAST)], works=[work("w", "paid")], waivers=[waiver])
    plan, graph, report = found_in(late)
    shown = [plain(row.line) for row in overview_rows(plan, graph, report, 80, UNICODE)]
    assert "overdue" not in row_with(shown, "Goal paid")


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (workspace(vision=""), "nothing is written yet"),
        (workspace(canvas("swot", {"threats": ["<What could hurt you?>"]}), vision="<Why?>"), "nothing is written yet"),
        (workspace(), "only a vision yet"),
        (workspace(canvas("swot", {"threats": ["Banks"]}, status="draft")), "only drafts yet"),
        (workspace(canvas("swot", {"threats": ["Banks"]}, status="archived")), "only a vision yet"),
        (workspace(SWOT, goals=[goal("g")], works=[work("w", "g")]), "nothing is missing"),
        (workspace(SWOT, BEGUN, goals=[goal("g")], works=[work("w", "g")]), "nothing is missing"),
        (workspace(goals=[goal("g")], works=[work("w", "g")]), "no canvas yet"),
        (workspace(SWOT, goals=[goal("g")], works=[work("w", "g")], vision="<Why?>"), "no vision yet"),
        (workspace(SWOT, goals=[goal("g", title="<What?>")]), "no goal yet"),
        (workspace(LEAN, waivers=[NO_GOALS]), "no goal yet"),
        (workspace(UNTOUCHED, goals=[goal("g")], works=[work("w", "g")]), "a canvas is not begun"),
        (workspace(SWOT, UNTOUCHED, goals=[goal("g")], works=[work("w", "g")]), "a canvas is not begun"),
        (workspace(SWOT, EMPTY, goals=[goal("g")], works=[work("w", "g")]), "a canvas is not begun"),
    ],
)
def test_green_means_that_somebody_s_work_is_whole(plan: Workspace, words: str) -> None:
    plan, _, report = found_in(plan)
    praise = verdict(plan, report)
    assert praise is not None
    assert (praise.words, praise.is_whole) == (words, praise is WHOLE)
    style = "good" if praise.is_whole else "dim"
    assert findings_count(report, plan, UNICODE)[0] == (words, style)
    (row,) = findings_rows(report, plan, 80, UNICODE)
    assert row.line == ((f" {praise.sentence}.", style),)
    if praise.is_whole:
        assert next_steps(plan, report) == []


def test_where_something_was_found_or_a_file_not_read_nobody_is_praised() -> None:
    plan, _, report = found_in(only_warnings())
    assert verdict(plan, report) is None
    plan = workspace(goals=[goal("g")], works=[work("w", "g")])
    broken = replace(plan.documents[0], path="x.toml", header=None, is_readable=False)
    unread = replace(plan, documents=(*plan.documents, broken))
    praise = verdict(unread, Report(TODAY))
    assert praise is not None
    assert not praise.is_whole
