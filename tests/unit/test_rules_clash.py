"""What is launched before it is there is told once for each launch; what fits together, or only announces, is quiet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from tests.unit.strategy_factory import TODAY, goal, listed, work, workspace

START = date(2027, 3, 1)


def plan(*works: dict[str, Any], **options: Any) -> Workspace:
    return workspace(goals=[goal("g", due=date(2030, 1, 1))], works=works, **options)


def told(rule: str, strategy: Workspace, today: date = TODAY) -> tuple[Finding, ...]:
    return check(strategy, StrategyGraph.of(strategy), today, select=[rule]).findings


def clashes(*works: dict[str, Any], **options: Any) -> tuple[Finding, ...]:
    return told("launch-before-ready", plan(*works, **options))


def launch(*needs: str, identity: str = "launch", **fields: Any) -> dict[str, Any]:
    usual = {"kind": "launch", "status": "planned", "start": START, "depends_on": list(needs)}
    return work(identity, "g", **{**usual, **fields})


def product(identity: str, days: int | None, *needs: str, **fields: Any) -> dict[str, Any]:
    """Product work that ends so many days after the launch starts."""
    end = {} if days is None else {"end": START + timedelta(days=days)}
    return work(identity, "g", **{"kind": "product", "depends_on": list(needs), **end, **fields})


# launch-before-ready


def test_a_launch_before_its_product_is_told_with_both_dates_and_the_way() -> None:
    (found,) = clashes(launch("app"), product("app", 18))
    assert found.message == (
        "“Work launch” starts 18 days before “Work app” is ready. "
        "It starts on 2027-03-01 and waits for that, which ends on 2027-03-19."
    )
    assert found.fix == (
        "Have “Work app” ready by 2027-02-22, find a way to begin without it, or move the start to 2027-03-26 or later."
    )
    assert found.path == ("launch", "app")
    assert [element.id for element in found.elements] == ["launch", "app"]


@pytest.mark.parametrize(
    "works",
    [
        (launch("app"), product("app", 1)),
        (launch("box", kind="campaign"), work("box", kind="other", end=START + timedelta(days=1))),
        (launch(promotes=["app"], kind="campaign"), product("app", 1)),
        (launch(promotes=["app"], kind="campaign"), product("app", 1, kind=None)),
        (launch("app"), product("app", None, "bank"), product("bank", 1)),
        (launch("app"), product("app", -30, "bank"), product("bank", 1)),
        (launch(promotes=["app"]), product("app", None, "bank"), product("bank", 1)),
        (launch("app"), product("app", None, parent="suite"), product("suite", 1)),
        (launch("suite"), product("suite", None), product("part", 1, parent="suite")),
        (launch("app", start=None, parent="all"), work("all", start=START, end=date(2027, 5, 1)), product("app", 1)),
        (launch("app"), product("app", 1, status="idea")),
    ],
)
def test_however_it_is_written_the_clash_is_told_once(works: tuple[dict[str, Any], ...]) -> None:
    assert [found.about.id for found in clashes(*works)] == ["launch"]


@pytest.mark.parametrize(
    "works",
    [
        (launch("app"), product("app", -7)),
        (launch("app"), product("app", 1, status="done")),
        (launch("app"), product("app", 1, status="cancelled")),
        (launch("app"), product("app", 1, status="done"), product("bank", 1, "app")),
        (launch("app", status="idea"), product("app", 1)),
        (launch("app", status="done"), product("app", 1)),
        (launch("app", kind="product"), product("app", 1)),
        (launch("app", start=None), product("app", 1)),
        (launch("app"), product("app", None)),
        # a teaser before an opening, and a sale long before anything is built
        (launch(promotes=["opening"], kind="campaign"), launch(identity="opening", end=date(2027, 4, 9))),
        (launch(promotes=["plant"], kind="campaign"), product("plant", 400)),
        # what is over by its dates is told as overdue
        (launch("app", start=date(2026, 10, 1), end=date(2026, 10, 9)), product("app", 1)),
    ],
)  # fmt: skip
def test_what_fits_or_only_announces_is_no_clash(works: tuple[dict[str, Any], ...]) -> None:
    assert clashes(*works) == ()


def test_only_what_is_ready_last_is_named_and_the_others_are_counted() -> None:
    works = [product("app", 18), product("box", 3), product("film", -2), product("desk", -40)]
    (found,) = clashes(launch("app", "box", "film", "desk"), *works)
    assert found.path == ("launch", "app")
    assert found.message.endswith("2 more that it needs are not ready 7 days ahead either.")
    assert [element.id for element in found.elements] == ["launch", "app", "box", "film"]


def test_a_few_days_are_too_few_and_a_setting_says_how_many() -> None:
    (found,) = clashes(launch("app"), product("app", -3))
    assert "starts only 3 days after “Work app” is ready." in found.message
    settings = {"settings": {"launch-buffer-days": 0}}
    assert clashes(launch("app"), product("app", -3), rules=settings) == ()
    assert clashes(launch("app"), product("app", 0), rules=settings) == ()
    (same,) = clashes(launch("app"), product("app", 0))
    assert "the very day" in same.message


def test_what_lies_behind_another_launch_is_told_there() -> None:
    fair = launch("opening", identity="fair", start=date(2027, 3, 20))
    opening = launch("app", identity="opening", end=date(2027, 3, 5))
    assert [found.about.id for found in clashes(fair, opening, product("app", 60))] == ["opening"]
    late = launch("app", identity="opening", end=date(2027, 3, 19))
    assert [found.path for found in clashes(fair, late, product("app", -60))] == [("fair", "opening")]


def test_late_work_is_not_ready_today_either() -> None:
    soon = launch("app", start=TODAY + timedelta(days=3))
    (found,) = clashes(soon, work("app", end=TODAY - timedelta(days=30)))
    assert "which was to end on 2026-10-22" in found.message
    assert f"{TODAY + timedelta(days=7)} or later" in found.fix


def test_a_start_that_is_past_is_told_as_past() -> None:
    begun = date(2026, 11, 15)
    (planned,) = clashes(launch("app", start=begun), product("app", 1))
    (active,) = clashes(launch("app", start=begun, status="active"), product("app", 1))
    assert "was to start on 2026-11-15" in planned.message
    assert "started on 2026-11-15" in active.message
    assert planned.fix.startswith("Bring “Work app” forward, ")


def test_a_very_long_way_is_shortened_and_a_circle_ends() -> None:
    chain = [product(f"p{n}", None, f"p{n + 1}") for n in range(3000)]
    (found,) = clashes(launch("p0"), *chain, product("p3000", 9))
    assert found.path[0] == "launch"
    assert found.path[-1] == "p3000"
    assert len(found.path) == 24
    circle = [product("a", 3, "b"), product("b", 5, "a"), launch("a")]
    assert [(each.about.id, each.path[-1]) for each in clashes(*circle)] == [("launch", "b")]
    assert clashes(launch("a"), product("a", 3, "launch")) == ()  # told as a circle


def test_the_order_of_the_files_changes_nothing() -> None:
    works = [launch("app", "box"), product("app", 9), product("box", 9), product("film", 9, "box")]
    one = told("launch-before-ready", workspace(listed("a.toml", [], works)))
    two = told("launch-before-ready", workspace(listed("a.toml", [], works[::-1])))
    assert [(found.message, found.path) for found in one] == [(found.message, found.path) for found in two]


# goal-before-work

DUE = date(2027, 6, 30)


def until(days: int, *links: str, identity: str = "w", **fields: Any) -> dict[str, Any]:
    """Work that ends so many days after the goal is due, and began long before."""
    usual = {"start": date(2026, 9, 1), "end": DUE + timedelta(days=days), "kind": "product"}
    return work(identity, *(links or ("g",)), **{**usual, **fields})


def too_early(*works: dict[str, Any], goals: tuple[dict[str, Any], ...] = (goal("g", due=DUE),)) -> list[str]:
    return [found.about.id for found in told("goal-before-work", workspace(goals=goals, works=works))]


def test_a_goal_due_before_its_work_ends_is_told_with_both_dates() -> None:
    (found,) = told("goal-before-work", workspace(goals=[goal("g", due=DUE)], works=[until(31)]))
    assert found.message == (
        "“Goal g” is due 31 days before its work “Work w” ends. It is due on 2027-06-30, the work ends on 2027-07-31."
    )
    assert found.path == ("g", "w")


def test_the_work_that_ends_last_is_named_and_the_rest_counted() -> None:
    works = [until(1), until(40, identity="x"), until(9, identity="y")]
    (found,) = told("goal-before-work", workspace(goals=[goal("g", due=DUE)], works=works))
    assert found.path == ("g", "x")
    assert found.message.endswith("2 more end after it too.")
    assert [element.id for element in found.elements] == ["g", "x", "y", "w"]


@pytest.mark.parametrize(
    ("goals", "works"),
    [
        ((goal("g", due=DUE),), (until(1),)),
        ((goal("g", due=DUE),), (until(1, kind="campaign", status="planned"),)),
        ((goal("g", due=None, key_results=[{"due": date(2027, 1, 1)}, {"due": DUE}]),), (until(1),)),
        ((goal("g", due=DUE),), (until(1, end=None, parent="all"), until(30, "far", identity="all"))),
        # begun after the date, or serving a later goal as well, with nothing else in time
        ((goal("g", due=DUE),), (until(60, start=DUE + timedelta(days=3)),)),
        ((goal("g", due=DUE), goal("later", due=date(2029, 1, 1))), (until(1, "g", "later"),)),
    ],
)
def test_however_goal_and_work_are_dated_it_is_told(
    goals: tuple[dict[str, Any], ...], works: tuple[dict[str, Any], ...]
) -> None:
    assert too_early(*works, goals=goals) == ["g"]


@pytest.mark.parametrize(
    "works",
    [
        (until(0),),
        (until(1, status="done"),),
        (until(1, status="cancelled"),),
        (until(1, status="idea"),),
        (until(1, kind="other"),),
        (until(1, end=None),),
        (until(-30, identity="early"), until(60, start=DUE + timedelta(days=3))),
        (until(-30, identity="early"), until(60, "g", "later")),
    ],
)
def test_work_that_fits_the_goal_is_quiet(works: tuple[dict[str, Any], ...]) -> None:
    assert too_early(*works, goals=(goal("g", due=DUE), goal("later", due=date(2029, 1, 1)))) == []


def test_goals_that_wait_for_nothing_now_are_quiet() -> None:
    for status in ("proposed", "achieved", "missed", "dropped"):
        assert too_early(until(1), goals=(goal("g", due=DUE, status=status),)) == []
    assert too_early(until(1), goals=(goal("g", due=None),)) == []
    assert too_early(until(1, end=date(2027, 1, 1)), goals=(goal("g", due=date(2026, 11, 1)),)) == []  # overdue
    reached = {"name": "n", "baseline": 0, "current": 10, "target": 10}
    assert too_early(until(1), goals=(goal("g", due=DUE, metric=reached),)) == []
