"""Trees and ways as lines, of plans that are deeper than any window: cut, counted, and reachable all the same."""

from __future__ import annotations

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.tui.findings.view import findings_rows, path_lines
from canvas_tui.tui.paint.rows import LazyLines, Rows
from canvas_tui.tui.paint.style import UNICODE, plain
from canvas_tui.tui.strategy.nodes import TreeRow, above, rows_of, tree_of
from canvas_tui.tui.strategy.view import tree_line
from canvas_tui.tui.why.view import how_rows, why_rows
from tests.unit.strategy_factory import TODAY, goal, work, workspace


def chain(count: int) -> Workspace:
    goals = [goal(f"g{n}", **({"parent": f"g{n - 1}"} if n else {})) for n in range(count)]
    return workspace(goals=goals, works=[work("w", f"g{count - 1}")])


def line_of(plan: Workspace, row: TreeRow) -> str:
    return plain(tree_line(row, 80, StrategyGraph.of(plan), {}, TODAY, UNICODE)).rstrip()


def test_a_tree_is_cut_after_twelve_levels_and_counts_the_rest() -> None:
    plan = chain(4_000)
    rows = rows_of(tree_of(plan, StrategyGraph.of(plan)), frozenset())
    assert [row.node.address for row in rows] == ["vision", *(f"g{n}" for n in range(11))]
    assert (rows[-1].is_folded, rows[-1].is_cut) == (True, True)
    assert "and 3,990 more" in line_of(plan, rows[-1])


def test_what_is_unfolded_below_a_cut_begins_at_the_left_again() -> None:
    plan = chain(60)
    tree = tree_of(plan, StrategyGraph.of(plan))
    opened = above(tree, "w")
    rows = rows_of(tree, frozenset(), None, opened)
    assert rows[-1].node.address == "w"
    assert len(rows) == 62
    assert max(len(row.branches) for row in rows) == 11
    assert line_of(plan, next(row for row in rows if row.node.address == "g11")).startswith(" …└─ ")


def test_a_circle_of_thousands_is_hung_up_once() -> None:
    plan = workspace(goals=[goal(f"g{n}", parent=f"g{(n + 1) % 3_000}") for n in range(3_000)])
    tree = tree_of(plan, StrategyGraph.of(plan))
    assert len([node for node in tree if node.address.startswith("g")]) == 3_000
    assert tree[-1].level == 2_999


def test_what_stands_in_two_places_has_what_is_below_it_in_the_first() -> None:
    plan = workspace(goals=[goal("a"), goal("b")], works=[work("i", "a", "b"), work("part", parent="i")])
    shown = [(node.address, node.level, node.is_again) for node in tree_of(plan, StrategyGraph.of(plan))]
    assert shown == [
        ("vision", 0, False), ("a", 1, False), ("i", 2, False), ("part", 3, False), ("b", 1, False), ("i", 2, True),
    ]  # fmt: skip


def test_a_filter_keeps_what_fits_at_any_depth_and_what_is_above_it() -> None:
    plan = chain(2_000)
    rows = rows_of(tree_of(plan, StrategyGraph.of(plan)), frozenset(), frozenset({"g1500"}))
    assert [row.node.address for row in rows] == ["vision", *(f"g{n}" for n in range(1_501))]
    assert [row.node.address for row in rows if not row.is_context] == ["g1500"]


def test_a_fold_counts_all_that_is_below_it() -> None:
    plan = chain(8)
    rows = rows_of(tree_of(plan, StrategyGraph.of(plan)), {"g2"})
    assert [row.node.address for row in rows] == ["vision", "g0", "g1", "g2"]
    assert "+6" in line_of(plan, rows[-1])


def test_the_whole_way_up_keeps_its_beginning_and_its_end() -> None:
    plan = chain(4_000)
    graph = StrategyGraph.of(plan)
    lines = [plain(row.line) for row in why_rows(plan, graph, check(plan, graph, TODAY), "w", 80, UNICODE)]
    assert sum("and 3,989 more" in line for line in lines) == 1
    assert len(lines) < 20
    assert any("vision" in line for line in lines[-4:])


def test_how_it_is_carried_out_counts_what_is_deeper() -> None:
    plan = chain(4_000)
    graph = StrategyGraph.of(plan)
    lines = [plain(row.line) for row in how_rows(plan, graph, check(plan, graph, TODAY), "g0", 80, UNICODE)]
    assert "and 3,992 more" in lines[-1]
    assert len(lines) == 10


def test_the_path_of_a_finding_is_cut_too() -> None:
    plan = chain(300)
    lines = "\n".join(map(plain, path_lines([f"g{n}" for n in range(300)], plan, 80, UNICODE)))
    assert "and 288 more" in lines
    assert "g299" in lines


def test_of_thousands_of_rows_only_those_in_sight_are_laid_out() -> None:
    made: list[int] = []

    def line(at: int) -> tuple[tuple[str, str], ...]:
        made.append(at)
        return ((f" row {at}", ""),)

    rows = Rows()
    rows.set(LazyLines(5_000, line))
    rows.go(4_000)
    shown = rows.lines(80, 20, UNICODE)
    assert len(shown) == 20
    assert plain(shown[-1]).startswith(f"{UNICODE.cursor}row 4000")
    assert len(made) <= 20


def test_a_thousand_findings_are_listed_without_laying_out_any() -> None:
    plan = workspace(goals=[goal(f"g{n}") for n in range(1_000)])
    report = check(plan, StrategyGraph.of(plan), TODAY)
    rows = findings_rows(report, plan, 80, UNICODE)
    assert rows
    assert all(callable(row.make) for row in rows)


def test_every_element_knows_its_nearest_goal_in_one_pass() -> None:
    works = [work(f"w{n}", *(["g"] if n == 0 else []), depends_on=[f"w{n + 1}"]) for n in range(3_000)]
    nearest = StrategyGraph.of(workspace(goals=[goal("g")], works=works)).nearest_goal
    assert nearest["w2999"] == "g"
    assert nearest["g"] == "g"
