"""Tree, overview, findings, chains, search and help as plain text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from canvas_tui.core.elements import Goal
from canvas_tui.core.search import search
from canvas_tui.core.text import width
from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Report, check, findings_by_element
from canvas_tui.tui.actions import actions_on
from canvas_tui.tui.keys import shown_key
from canvas_tui.tui.look import ASCII, UNICODE, Line, Marks, plain
from canvas_tui.tui.views.findings import GROUPS, finding_detail, findings_rows, path_lines
from canvas_tui.tui.views.help import help_lines
from canvas_tui.tui.views.overview import next_steps, overview_rows
from canvas_tui.tui.views.rows import Rows
from canvas_tui.tui.views.search import search_rows
from canvas_tui.tui.views.tree import detail_lines, tree_rows
from canvas_tui.tui.views.tree_nodes import NO_GOAL, TreeRow, fitting, rows_of, tree_of
from canvas_tui.tui.views.why import how_rows, why_rows
from tests.unit.views_workspace import TODAY, small

SIZES = (60, 80, 100, 140)


def strategy(workspace: Workspace | None = None) -> tuple[Workspace, StrategyGraph, Report]:
    workspace = workspace or small()
    graph = StrategyGraph.of(workspace)
    return workspace, graph, check(workspace, graph, TODAY)


def tree_text(workspace: Workspace, columns: int = 80, marks: Marks = UNICODE) -> list[str]:
    workspace, graph, report = strategy(workspace)
    rows = rows_of(tree_of(workspace, graph), frozenset())
    return [plain(line).rstrip() for line in tree_rows(rows, columns, graph, findings_by_element(report), TODAY, marks)]


def row_with(lines: list[str], words: str) -> str:
    return next(line for line in lines if words in line)


# the tree


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
    fits = fitting("orphans", workspace, graph, findings_by_element(report))
    assert fits == {"consultants-500", "other-currencies"}
    rows = rows_of(tree_of(workspace, graph), frozenset(), fits)
    shown = {row.node.address: row.is_context for row in rows}
    assert shown["consultants-500"] is False
    assert shown["profitable"] is True
    assert "auto-reminders" not in shown


def test_the_detail_tells_what_is_wrong_and_what_to_do() -> None:
    workspace, graph, report = strategy()
    row = next(r for r in rows_of(tree_of(workspace, graph), frozenset()) if r.node.address == "consultants-500")
    text = "\n".join(plain(line) for line in detail_lines(row, 80, 12, findings_by_element(report), TODAY, UNICODE))
    assert "nothing works towards it" in text
    assert UNICODE.arrow in text


@pytest.mark.parametrize("columns", SIZES)
@pytest.mark.parametrize("marks", [UNICODE, ASCII])
def test_no_line_is_wider_than_the_window(columns: int, marks: Marks) -> None:
    workspace, graph, report = strategy()
    by_element = findings_by_element(report)
    rows = rows_of(tree_of(workspace, graph), frozenset())
    lines: list[Line] = tree_rows(rows, columns, graph, by_element, TODAY, marks)
    lines += [row.line for row in overview_rows(workspace, graph, report, columns, TODAY, marks)]
    lines += [row.line for row in findings_rows(report, columns, marks)]
    lines += [row.line for row in why_rows(workspace, graph, "late-payment", columns, TODAY, marks)]
    lines += [row.line for row in how_rows(workspace, graph, "vision", columns, TODAY, marks)]
    for row in rows:
        lines += detail_lines(row, columns, 9, by_element, TODAY, marks)
    for finding in report.findings:
        lines += finding_detail(finding, workspace, columns, 9, marks)
    lines += help_lines(actions_on("board"), columns, 22, str)
    lines += [row.line for row in search_rows(search(workspace, "a"), "a", workspace, columns, marks)]
    assert all(width(plain(line)) <= columns for line in lines)
    if marks is ASCII:
        own = {sign for line in lines for sign in plain(line) if not sign.isascii()}
        assert own <= set("“”…")


# the overview


def overview_text(workspace: Workspace, columns: int = 80) -> str:
    workspace, graph, report = strategy(workspace)
    return "\n".join(
        plain(row.line).rstrip() for row in overview_rows(workspace, graph, report, columns, TODAY, UNICODE)
    )


def test_the_overview_tells_vision_canvases_goals_and_what_to_do() -> None:
    text = overview_text(small())
    assert text.splitlines()[0].strip() == "Every consultant is paid the day the work is done."
    lines = text.splitlines()
    assert "3/12 filled" in row_with(lines, "Fieldnote for consultants")
    assert "of 3 linked" in row_with(lines, "Fieldnote for consultants")
    assert "no work" in row_with(lines, "500 paying consultants")
    assert "Next" in text


def test_a_file_that_cannot_be_read_is_told_with_line_and_reason() -> None:
    text = overview_text(small())
    assert "old.toml, line 7 cannot be read: a value is missing after '=' – write one" in " ".join(text.split())


def test_before_the_graph_is_made_the_overview_shows_what_is_known() -> None:
    text = "\n".join(plain(row.line) for row in overview_rows(small(), None, None, 80, TODAY, UNICODE))
    assert "3/12 filled" in text
    assert "linked" not in text


def test_an_empty_workspace_says_how_to_begin() -> None:
    steps = next_steps(Workspace(), None, None)
    assert [step.target for step in steps] == ["screen:tree", "do:add"]
    assert "a starts one from a model" in overview_text(Workspace())


def test_the_three_next_steps_are_of_three_kinds_and_the_most_serious_first() -> None:
    workspace, graph, report = strategy()
    steps = next_steps(workspace, graph, report)
    assert len(steps) == 3
    assert len({step.sentence for step in steps}) == 3
    first = report.findings[0]
    assert steps[0].target == first.about.id


def test_nothing_is_offered_to_be_edited_in_a_read_only_session() -> None:
    workspace, graph, report = strategy()
    assert {step.keys for step in next_steps(workspace, graph, report, is_read_only=True)} <= {"enter", "gf", ""}


# findings


def test_every_finding_stands_in_one_group_with_its_rule_last() -> None:
    _, _, report = strategy()
    rows = findings_rows(report, 100, UNICODE)
    assert sorted(row.finding.sort_key for row in rows if row.finding) == [f.sort_key for f in report.findings]
    for row in rows:
        if row.finding is not None:
            assert plain(row.line).rstrip().endswith(row.finding.rule)


def test_the_group_with_the_most_serious_finding_comes_first() -> None:
    _, _, report = strategy()
    first = next(row.finding for row in findings_rows(report, 100, UNICODE) if row.finding is not None)
    assert first == report.findings[0]


def test_no_rule_stands_in_two_groups() -> None:
    rules = [rule for _, names in GROUPS for rule in names]
    assert len(rules) == len(set(rules))


def test_the_path_of_a_finding_is_drawn_with_titles() -> None:
    lines = path_lines(["consultants-500", "profitable", "vision"], small(), 80, UNICODE)
    text = " ".join(plain(line).strip() for line in lines)
    assert text == (
        "500 paying consultants (goal) ▸ Profitable by 2027 (goal) "
        "▸ Every consultant is paid the day the work is done. (vision)"
    )


def test_a_clean_workspace_says_so() -> None:
    rows = findings_rows(Report(TODAY), 80, UNICODE)
    assert [plain(row.line).strip() for row in rows] == ["Nothing is missing or wrong."]


# chains


def test_why_climbs_to_the_vision() -> None:
    workspace, graph, _ = strategy()
    rows = why_rows(workspace, graph, "auto-reminders", 100, TODAY, UNICODE)
    addresses = [row.address for row in rows]
    assert addresses[0] == "auto-reminders"
    assert {"paid-in-10-days", "profitable", "vision", "self-sending", "late-payment"} <= set(addresses)
    assert "works on Reminders that send themselves" in "\n".join(plain(row.line) for row in rows)


def test_why_of_an_orphan_says_what_to_do() -> None:
    workspace, graph, _ = strategy()
    rows = why_rows(workspace, graph, "lean/problem/2", 100, TODAY, UNICODE)
    assert "fa links it" in plain(rows[-1].line)


def test_how_descends_to_the_work() -> None:
    workspace, graph, _ = strategy()
    rows = how_rows(workspace, graph, "profitable", 100, TODAY, UNICODE)
    assert {"auto-reminders", "stop-chasing"} <= {row.address for row in rows}
    assert how_rows(workspace, graph, "consultants-500", 100, TODAY, UNICODE)[-1].address is None


# search


def test_a_hit_in_a_note_shows_the_note() -> None:
    workspace = small()
    hits = search(workspace, "pilot")
    text = "\n".join(plain(row.line) for row in search_rows(hits, "pilot", workspace, 80, UNICODE))
    assert "note: Deliberately empty until the pilot ends" in text
    assert "Cost structure" in text


def test_the_words_found_are_underlined() -> None:
    workspace = small()
    rows = search_rows(search(workspace, "days late"), "days late", workspace, 80, UNICODE)
    assert [text for text, style in rows[0].line if style == "match"] == ["days", "late"]


def test_a_search_without_hits_says_so() -> None:
    assert "Nothing has all these words" in plain(search_rows([], "xyzzy", small(), 80, UNICODE)[0].line)


# help


def test_help_of_every_screen_names_every_action_and_its_first_key() -> None:
    for screen in ("board", "tree", "findings", "overview"):
        lines = [plain(line) for line in help_lines(actions_on(screen), 46, 999, shown_key, (), screen)]
        for action in actions_on(screen):
            assert any(line.startswith(f" {shown_key(action.keys[0])}") for line in lines), action.id


def test_help_fits_the_smallest_designed_window_without_scrolling() -> None:
    assert len(help_lines(actions_on("board"), 80, 22, lambda key: key.replace(" ", ""))) <= 22


# rows with a cursor


def rows_of_numbers(count: int, selectable: frozenset[int] | None = None) -> Rows:
    rows = Rows()
    rows.set([((f" row {number}", ""),) for number in range(count)], 0, selectable)
    return rows


def test_the_cursor_passes_over_headings_and_stays_in_sight() -> None:
    rows = rows_of_numbers(30, frozenset(range(1, 30, 3)))
    rows.lines(40, 6, UNICODE)
    for _ in range(12):
        rows.move(1)
        shown = [plain(line) for line in rows.lines(40, 6, UNICODE)]
        assert any(line.startswith(f"{UNICODE.cursor}row {rows.cursor}") for line in shown)
        assert rows.cursor % 3 == 1
    assert rows.cursor == 28


def test_what_is_out_of_sight_is_counted() -> None:
    rows = rows_of_numbers(30)
    assert plain(rows.lines(40, 10, UNICODE)[-1]).endswith("+20")
    rows.last()
    assert plain(rows.lines(40, 10, UNICODE)[0]).endswith("+20")


def test_a_list_without_a_cursor_scrolls() -> None:
    rows = rows_of_numbers(30, frozenset())
    rows.lines(40, 10, UNICODE)
    rows.move(1)
    assert plain(rows.lines(40, 10, UNICODE)[1]).startswith(" row 2")
    rows.last()
    assert "row 29" in plain(rows.lines(40, 10, UNICODE)[-1])


def test_the_cursor_survives_rows_going_away() -> None:
    rows = rows_of_numbers(30)
    rows.last()
    rows.set([((" only", ""),)])
    assert plain(rows.lines(40, 5, UNICODE)[0]) == f"{UNICODE.cursor}only"
    rows.set([])
    assert rows.lines(40, 5, UNICODE) == []


def test_a_row_of_the_tree_knows_how_deep_it_is() -> None:
    workspace, graph, _ = strategy()
    root = tree_of(replace(workspace), graph)[0]
    assert TreeRow(root).depth == 0


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
