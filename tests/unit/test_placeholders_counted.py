"""A placeholder counts as empty in graph, coverage and rules alike."""

from __future__ import annotations

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph, coverage
from canvas_tui.rules import check
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, work, workspace

OPEN = "<What is to stand here?>"


def found(strategy: Workspace) -> set[tuple[str, str]]:
    report = check(strategy, StrategyGraph.of(strategy), TODAY)
    return {(finding.rule, finding.about.id) for finding in report.findings}


def test_a_placeholder_fills_no_cell_and_is_no_orphan() -> None:
    strategy = workspace(canvas("lean-canvas", {"problem": [OPEN]}), goals=[goal("g")])
    assert coverage(StrategyGraph.of(strategy)).cells.filled == 0
    assert "orphan-entry" not in {rule for rule, _ in found(strategy)}


def test_a_placeholder_answers_nothing() -> None:
    cells = {"problem": [entry("slow", "g")], "solution": [entry(OPEN, "slow", id="answer"), entry("other", "g")]}
    strategy = workspace(canvas("lean-canvas", cells), goals=[goal("g")], works=[work("w", "g")])
    assert ("problem-unsolved", "slow") in found(strategy)


def test_a_goal_and_work_that_nobody_has_written_are_neither_told_nor_counted() -> None:
    goals = [goal("g", title=OPEN, metric=None, due=None), goal("real")]
    strategy = workspace(goals=goals, works=[work("w", "real", title=OPEN)])
    assert {about for _, about in found(strategy)} == {"real"}
    assert ("goal-without-initiative", "real") in found(strategy)
    graph = StrategyGraph.of(strategy)
    assert (coverage(graph).goals.filled, coverage(graph).initiatives.filled) == (1, 0)


def test_a_placeholder_for_the_vision_is_no_vision() -> None:
    strategy = workspace(goals=[goal("g")], vision=OPEN)
    assert strategy.vision == ""
    assert StrategyGraph.of(strategy).node("vision") is None


BLANK_GOAL, BLANK_WORK = goal("g", title=OPEN), work("w", title=OPEN)
SWOT = canvas("swot", {"threats": [OPEN, "TBD"]})


def test_a_workspace_of_placeholders_is_blank() -> None:
    assert workspace(SWOT, vision=OPEN, goals=[BLANK_GOAL], works=[BLANK_WORK]).is_blank
    assert workspace(vision="").is_blank


@pytest.mark.parametrize(
    "strategy",
    [
        workspace(vision="A vision"),
        workspace(vision=OPEN, goals=[goal("g")]),
        workspace(vision=OPEN, works=[work("w")]),
        workspace(canvas("swot", {"threats": [OPEN, "A rival"]}), vision=OPEN),
    ],
    ids=["vision", "goal", "work", "entry"],
)
def test_one_text_of_somebody_s_own_and_it_is_blank_no_more(strategy: Workspace) -> None:
    assert not strategy.is_blank
