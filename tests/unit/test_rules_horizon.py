"""What is late is told once, on the day after, and in words that fit what is known of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from tests.unit.strategy_factory import TODAY, goal, work, workspace

YESTERDAY = TODAY - timedelta(days=1)


def late(*goals: dict[str, Any], works: tuple[dict[str, Any], ...] = (), today: date = TODAY) -> tuple[Finding, ...]:
    strategy = workspace(goals=goals, works=works)
    return check(strategy, StrategyGraph.of(strategy), today, select=["overdue"]).findings


def test_a_day_past_is_late_and_the_day_itself_is_not() -> None:
    goals, works = (goal("g", due=TODAY),), (work("w", end=TODAY),)
    assert late(*goals, works=works) == ()
    (found,) = late(*goals, works=works, today=TODAY + timedelta(days=1))
    assert found.about.id == "g"
    assert "a day ago" in found.message


def test_work_is_given_a_few_days_where_nothing_waits_for_it() -> None:
    def told(*works: dict[str, Any], end: date = YESTERDAY) -> list[str]:
        return [each.about.id for each in late(works=(work("w", end=end), *works))]

    assert told() == []
    assert told(work("x", depends_on=["w"])) == ["w"]
    assert told(end=TODAY - timedelta(days=7)) == ["w"]
    assert [each.about.id for each in late(works=(work("w", end=YESTERDAY, kind="launch"),))] == ["w"]
    strict = workspace(works=(work("w", end=YESTERDAY),), rules={"settings": {"overdue-grace-days": 0}})
    assert len(check(strict, StrategyGraph.of(strict), TODAY, select=["overdue"]).findings) == 1


@pytest.mark.parametrize("status", ["proposed", "achieved", "missed", "dropped"])
def test_a_goal_that_is_not_active_is_never_late(status: str) -> None:
    assert late(goal("g", due=YESTERDAY, status=status)) == ()


@pytest.mark.parametrize("status", ["idea", "done", "cancelled"])
def test_ideas_and_work_that_is_over_are_never_late(status: str) -> None:
    assert late(works=(work("w", end=YESTERDAY, status=status),)) == ()


def test_planned_work_is_late_when_its_end_is_past() -> None:
    (finding,) = late(works=(work("w", end=date(2026, 9, 30), status="planned"),))
    assert finding.message == "“Work w” was to end on 2026-09-30, 52 days ago, and is still planned."


def test_a_goal_that_has_its_number_is_to_be_closed() -> None:
    rising = goal("up", due=YESTERDAY, metric={"name": "n", "baseline": 1, "current": 9, "target": 8})
    falling = goal("down", due=YESTERDAY, metric={"name": "n", "baseline": 9, "current": 1, "target": 2})
    assert ["has reached its number" in finding.message for finding in late(rising, falling)] == [True, True]
    short = goal("short", due=YESTERDAY, metric={"name": "n", "baseline": 9, "current": 3, "target": 2})
    assert ["has reached its number" in finding.message for finding in late(short)] == [False]


def test_late_key_results_are_told_once_with_their_goal() -> None:
    results = [
        {"title": "Reached", "due": YESTERDAY, "current": 5, "target": 5},
        {"title": "Open", "due": YESTERDAY, "current": 4, "target": 5},
        {"title": "Unknown", "due": YESTERDAY},
        {"title": "Later", "due": TODAY},
    ]
    (finding,) = late(goal("g", key_results=results))
    assert finding.message.startswith("The key result “Open” and 1 more of “Goal g” was due")
    assert len(late(goal("g", due=YESTERDAY, key_results=results))) == 1


def test_work_that_was_to_end_with_its_goal_is_not_told_beside_it() -> None:
    late_goal = goal("g", due=TODAY - timedelta(days=20))
    near = work("near", "g", end=TODAY - timedelta(days=8))
    other = work("other", "g", end=TODAY - timedelta(days=50))
    assert [finding.about.id for finding in late(late_goal, works=(near, other))] == ["g", "other"]
