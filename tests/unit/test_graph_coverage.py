"""Coverage counts what is filled and linked, out of what there is."""

from __future__ import annotations

from typing import Any

from canvas_tui.graph import Count, StrategyGraph, coverage
from tests.unit.strategy_factory import canvas, entry, goal, work, workspace


def test_a_cell_is_linked_when_one_of_its_entries_reaches_a_goal() -> None:
    cells: dict[str, list[Any]] = {
        "strengths": [entry("linked", "g"), entry("alone")],
        "weaknesses": [entry("lonely")],
        "opportunities": [entry("worked-on")],
        "threats": [" "],
    }
    found = coverage(
        StrategyGraph.of(workspace(canvas("swot", cells), goals=[goal("g")], works=[work("w", "worked-on", "g")]))
    )
    assert found.cells == Count(linked=2, filled=3, total=4)
    assert found.canvases == {"swot": found.cells}


def test_every_cell_of_the_model_counts_written_or_not() -> None:
    assert coverage(StrategyGraph.of(workspace(canvas("lean-canvas")))).cells == Count(0, 0, 12)


def test_a_cells_own_link_counts_for_it_once_it_is_filled() -> None:
    said = {"strengths": {"links": ["g"]}, "threats": {"links": ["g"]}}
    found = coverage(
        StrategyGraph.of(workspace(canvas("swot", {"strengths": [entry("alone")]}, said=said), goals=[goal("g")]))
    )
    assert found.cells == Count(linked=1, filled=1, total=4)


def test_archived_canvases_do_not_count_and_each_other_one_is_told_apart() -> None:
    old = canvas("swot", {"strengths": [entry("linked", "g")]}, status="archived")
    one, two = canvas("swot", {"threats": [entry("t", "g")]}, id="one"), canvas("tows", id="two", status="draft")
    found = coverage(StrategyGraph.of(workspace(old, one, two, goals=[goal("g")])))
    assert found.canvases == {"one": Count(1, 1, 4), "two": Count(0, 0, 4)}
    assert found.cells == Count(1, 1, 8)


def test_goals_are_linked_by_work_that_is_not_cancelled_and_work_by_goals() -> None:
    goals = [goal("top"), goal("below", parent="top"), goal("wish"), goal("given-up")]
    works = [work("w", "below", status="done"), work("x", "given-up", status="cancelled"), work("alone")]
    found = coverage(StrategyGraph.of(workspace(goals=goals, works=works)))
    assert found.goals == Count(linked=2, filled=4, total=4)
    assert found.initiatives == Count(linked=2, filled=3, total=3)
    assert found.as_dict()["goals"] == {"linked": 2, "filled": 4, "total": 4}
