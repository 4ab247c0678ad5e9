"""The strategy tree as plain text."""

from __future__ import annotations

from dataclasses import replace

from canvas_tui.core.elements import Goal
from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.tui.paint.style import UNICODE, Marks, plain
from canvas_tui.tui.strategy.nodes import NO_GOAL, fitting, rows_of, tree_of
from canvas_tui.tui.strategy.view import detail_lines
from tests.tree_lines import tree_rows
from tests.unit.views_workspace import TODAY, row_with, small, strategy


def tree_text(workspace: Workspace, columns: int = 80, marks: Marks = UNICODE) -> list[str]:
    workspace, graph, report = strategy(workspace)
    rows = rows_of(tree_of(workspace, graph), frozenset())
    return [plain(line).rstrip() for line in tree_rows(rows, columns, graph, report.by_element, TODAY, marks)]


def test_goals_nest_and_initiatives_stand_below_what_they_serve() -> None:
    workspace, graph, _ = strategy()
    rows = rows_of(tree_of(workspace, graph), frozenset())
    assert [(row.node.address, row.depth) for row in rows] == [
        ("vision", 0),
        ("profitable", 1),
        ("paid-in-10-days", 2),
        ("auto-reminders", 3),
        ("stop-chasing", 3),
        ("consultants-500", 2),
        (NO_GOAL, 0),
        ("other-currencies", 1),
    ]


def test_a_goal_nothing_works_towards_and_work_without_a_goal_are_marked() -> None:
    lines = tree_text(small(), 140)
    assert "nothing works towards this" in row_with(lines, "500 paying consultants")
    assert row_with(lines, "500 paying consultants").endswith(UNICODE.orphan)
    assert row_with(lines, "Invoices in pounds").endswith(UNICODE.orphan)
    assert not row_with(lines, "Automatic payment").endswith(UNICODE.orphan)


def test_progress_dates_and_status_are_told() -> None:
    lines = tree_text(small(), 100)
    assert "21 %" in row_with(lines, "Invoices are paid")
    assert "due 30 Jun 2027" in row_with(lines, "Invoices are paid")
    assert "1 Sep – 30 Nov" in row_with(lines, "Automatic payment")
    assert "34 → 29 → 10 days" in row_with(tree_text(small(), 140), "Invoices are paid")


def test_a_loop_of_parents_is_shown_once_and_ends() -> None:
    loop = (Goal("a", {"id": "a", "title": "A", "parent": "b"}), Goal("b", {"id": "b", "title": "B", "parent": "a"}))
    workspace = Workspace((Document("goals.toml", goals=loop),))
    graph = StrategyGraph.of(workspace)
    addresses = [row.node.address for row in rows_of(tree_of(workspace, graph), frozenset())]
    assert set(addresses) == {"a", "b"}
    assert len(addresses) <= 3


def test_folding_hides_what_is_below_and_says_how_much() -> None:
    workspace, graph, _ = strategy()
    rows = rows_of(tree_of(workspace, graph), {"profitable"})
    assert "paid-in-10-days" not in [row.node.address for row in rows]
    lines = [plain(line) for line in tree_rows(rows, 80, graph, {}, TODAY, UNICODE)]
    assert "+4" in row_with(lines, "Profitable by 2027")


def test_the_filter_keeps_what_hangs_in_the_air_and_what_is_above_it() -> None:
    workspace, graph, report = strategy()
    fits = fitting("orphans", workspace, report.by_element)
    assert fits == frozenset({"consultants-500", "other-currencies"})
    rows = rows_of(tree_of(workspace, graph), frozenset(), fits)
    shown = {row.node.address: row.is_context for row in rows}
    assert shown["consultants-500"] is False
    assert shown["profitable"] is True
    assert "auto-reminders" not in shown


def test_the_detail_tells_what_is_wrong_and_what_to_do() -> None:
    workspace, graph, report = strategy()
    row = next(r for r in rows_of(tree_of(workspace, graph), frozenset()) if r.node.address == "consultants-500")
    text = "\n".join(plain(line) for line in detail_lines(row, 80, 12, workspace, report.by_element, TODAY, UNICODE))
    assert "nothing works towards it" in text
    assert UNICODE.arrow in text


def test_work_that_reaches_a_goal_through_an_entry_is_not_called_homeless() -> None:
    workspace = small()
    through = replace(workspace.initiatives[0], fields={"id": "x", "title": "X", "links": ["late-payment"]}, id="x")
    document = workspace.document("goals.toml")
    assert document is not None
    workspace = workspace.with_document(replace(document, initiatives=(through,)))
    rows = rows_of(tree_of(workspace, StrategyGraph.of(workspace)), frozenset())
    addresses = [row.node.address for row in rows]
    assert NO_GOAL not in addresses
    assert addresses.index("x") == addresses.index("paid-in-10-days") + 1


def test_at_80_columns_there_is_room_for_what_to_do() -> None:
    workspace, graph, report = strategy()
    row = next(r for r in rows_of(tree_of(workspace, graph), frozenset()) if r.node.address == "consultants-500")
    lines = [plain(line) for line in detail_lines(row, 80, 7, workspace, report.by_element, TODAY, UNICODE)]
    assert any(line.strip().startswith(UNICODE.arrow) for line in lines)
    assert len(lines) <= 7
