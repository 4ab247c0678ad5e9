"""A circle is one finding, however many elements go round in it, hang below it, or are knotted into it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from tests.unit.strategy_factory import TODAY, goal, work, workspace

COUNT = 1_000
ROUND = [goal("a", parent="b"), goal("b", parent="a")]
TOLD_BESIDE = {"goal-without-initiative", "ownerless"}  # of a goal that is no part of it


@pytest.mark.parametrize(
    ("goals", "works"),
    [
        ([goal(f"g{n}", parent=f"g{(n + 1) % COUNT}") for n in range(COUNT)], []),
        ([*ROUND, *(goal(f"g{n}", parent=f"g{n - 1}" if n else "a") for n in range(COUNT))], []),
        ([*ROUND, *(goal(f"g{n}", parent="a") for n in range(COUNT))], []),
        ([goal("g")], [work(f"i{n}", depends_on=[f"i{(n + 1) % COUNT}"]) for n in range(COUNT)]),
        ([goal("g")], [work(f"i{n}", parent=f"i{(n + 1) % COUNT}") for n in range(COUNT)]),
        ([goal("g")], [work(f"i{n}", depends_on=[f"i{(n + k * k) % 300}" for k in range(1, 20)]) for n in range(300)]),
    ],
    ids=["goals", "a chain below", "many below", "waiting", "parts", "a knot"],
)
def test_a_circle_is_one_finding(goals: list[dict[str, Any]], works: list[dict[str, Any]]) -> None:
    plan = workspace(goals=goals, works=works)
    rules = Counter(finding.rule for finding in check(plan, StrategyGraph.of(plan), TODAY).findings)
    assert rules["cycle"] == 1
    assert set(rules) - {"cycle"} <= TOLD_BESIDE
    assert sum(rules.values()) <= 3


def test_control_without_the_circle_each_goal_is_told() -> None:
    plan = workspace(goals=[goal(f"g{n}") for n in range(COUNT)])
    rules = Counter(finding.rule for finding in check(plan, StrategyGraph.of(plan), TODAY).findings)
    assert rules["goal-without-initiative"] == COUNT
