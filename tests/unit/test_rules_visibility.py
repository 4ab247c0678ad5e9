"""Somebody answers for each active goal and for work that is near; where hardly anybody is named, that is said once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from tests.unit.strategy_factory import TODAY, canvas, goal, work, workspace

OWNED = (goal("owned", owner="ana"), goal("mine", owner="bea"), goal("ours", owner="eve"))
SOON = TODAY + timedelta(days=30)


def told(*goals: dict[str, Any], works: tuple[dict[str, Any], ...] = (), **options: Any) -> tuple[Finding, ...]:
    strategy = workspace(goals=goals, works=works, **options)
    report = check(strategy, StrategyGraph.of(strategy), TODAY)
    return report.by_rule("ownerless")


def bare(*goals: dict[str, Any], works: tuple[dict[str, Any], ...] = ()) -> list[str]:
    return [found.about.id for found in told(*OWNED, *goals, works=works)]


def planned(identity: str = "w", **fields: Any) -> dict[str, Any]:
    return work(identity, "owned", **{"status": "planned", "kind": "product", **fields})


def test_an_active_goal_without_an_owner_is_told() -> None:
    (found,) = told(*OWNED, goal("g"))
    assert found.message == "“Goal g” is an active goal, and has no owner."
    for owner in ("", "  "):
        assert bare(goal("g", owner=owner)) == ["g"]
    for status in ("proposed", "achieved", "dropped"):
        assert bare(goal("g", status=status)) == []


@pytest.mark.parametrize(
    ("works", "why"),
    [
        ((planned(status="active"),), "is active"),
        ((planned(status="blocked"),), "is blocked"),
        ((planned(start=SOON),), "starts on 2026-12-21"),
        ((planned(kind="launch", start=date(2028, 1, 1)),), "starts on 2028-01-01"),
        ((planned(kind="launch"),), "is a launch"),
        ((planned("l", kind="launch", owner="ana", depends_on=["w"]), planned()), "is what a launch waits for"),
    ],
)
def test_work_that_is_near_without_an_owner_is_told(works: tuple[dict[str, Any], ...], why: str) -> None:
    (found,) = told(*OWNED, works=works)
    assert (found.about.id, found.message) == ("w", f"“Work w” {why}, and has no owner.")


@pytest.mark.parametrize(
    "works",
    [
        (planned(owner="ana", status="active"),),
        (planned(),),
        (planned(start=SOON + timedelta(days=1)),),
        (planned(status="idea", start=SOON),),
        (planned(status="done"),),
        (planned(status="active", kind="other"),),
        (planned(status="active", parent="whole"), planned("whole", owner="ana")),
        (planned(status="active", end=TODAY - timedelta(days=10)),),  # told as overdue
    ],
)
def test_work_that_is_far_off_owned_or_told_already_is_quiet(works: tuple[dict[str, Any], ...]) -> None:
    assert bare(works=works) == []


def test_a_goal_that_nobody_worked_out_is_told_as_that() -> None:
    assert bare(goal("g", metric=None)) == []


def test_where_nobody_is_named_it_is_told_once_with_what_to_begin_with() -> None:
    works = (planned("later", status="active", start=SOON), planned("stuck", status="blocked"))
    (found,) = told(goal("g"), goal("h"), works=works)
    assert found.about.id == "vision"
    assert found.message == "None of the 4 active goals and pieces of work that are near has an owner."
    assert "begin with “Work stuck”" in found.fix
    assert [element.id for element in found.elements[1:]] == ["g", "h", "later", "stuck"]


def test_a_strategy_of_two_lines_needs_no_names() -> None:
    assert told(goal("g"), works=(planned(status="active"),)) == ()
    assert len(told(goal("g"), goal("h"), works=(planned(status="active"),))) == 1


def test_where_most_have_no_name_it_is_told_once_too() -> None:
    nameless = [goal(f"g{number}") for number in range(5)]
    (found,) = told(*OWNED, *nameless)
    assert found.message == "5 of the 8 active goals and pieces of work that are near have no owner."
    assert len(told(*OWNED, goal("x", owner="ana"), goal("y", owner="ana"), *nameless)) == 5


def test_a_name_on_a_canvas_says_that_names_are_used() -> None:
    strategy = workspace(canvas("swot", owner="ana"), goals=[goal("g"), goal("h"), goal("i")])
    report = check(strategy, StrategyGraph.of(strategy), TODAY)
    assert [found.about.id for found in report.by_rule("ownerless")] == ["g", "h", "i"]
