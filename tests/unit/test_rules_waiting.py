"""Work that waits for other work has dates that can be kept; where nothing has a date, that is one finding."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from tests.unit.strategy_factory import TODAY, goal, work, workspace

START = date(2027, 3, 1)


def told(rule: str, strategy: Workspace) -> tuple[Finding, ...]:
    return check(strategy, StrategyGraph.of(strategy), TODAY, select=[rule]).findings


def paths(rule: str, *works: dict[str, Any]) -> list[tuple[str, ...]]:
    return [found.path for found in told(rule, workspace(goals=[goal("g")], works=works))]


def step(identity: str, *needs: str, **fields: Any) -> dict[str, Any]:
    return work(identity, "g", **{"status": "planned", "depends_on": list(needs), **fields})


def launch(*needs: str, **fields: Any) -> dict[str, Any]:
    return step(fields.pop("identity", "launch"), *needs, **{"kind": "launch", "start": START, **fields})


# undated-dependency


def test_work_without_an_end_is_told_with_the_day_it_is_waited_for() -> None:
    permit = step("permit", status="blocked")
    strategy = workspace(goals=[goal("g")], works=[launch("pipes"), step("pipes", "permit", end=START), permit])
    (found,) = told("undated-dependency", strategy)
    assert found.message == (
        "“Work permit” is blocked and has no end, and “Work launch” waits for it, by way of “Work pipes”: "
        "it starts on 2027-03-01."
    )
    assert found.path == ("permit", "pipes", "launch")


@pytest.mark.parametrize(
    "works",
    [
        (launch("app"), step("app")),
        (launch("app"), step("app", start=date(2027, 1, 1))),
        (launch("app"), step("app", status="idea")),
        (launch("app"), step("app", status="active", kind="other")),
        (launch("app", kind="product"), step("app")),
        (launch(promotes=["app"]), step("app", kind="product")),
        (launch("app"), step("app", parent="suite"), step("suite")),
        (launch("app", start=None, parent="all"), step("all", start=START), step("app")),
    ],
)
def test_however_it_is_waited_for_the_date_is_missing(works: tuple[dict[str, Any], ...]) -> None:
    assert paths("undated-dependency", *works) == [("app", "launch")]


@pytest.mark.parametrize(
    "works",
    [
        (launch("app"), step("app", end=START)),
        (launch("app"), step("app", status="done")),
        (launch("app"), step("app", status="cancelled")),
        (launch("app"), step("app", parent="suite"), step("suite", end=START)),
        (launch("app"), step("app"), step("part", parent="app", end=START)),
        (launch("app", status="idea"), step("app")),
        (launch("app", start=date(2026, 11, 1)), step("app")),
        (launch("app", kind="product", start=date(2026, 11, 1), status="active"), step("app")),
        (launch(), step("app")),
        (step("one", "two", kind="product"), step("two", end=START)),
    ],
)
def test_what_has_its_date_or_waits_for_nothing_is_quiet(works: tuple[dict[str, Any], ...]) -> None:
    assert paths("undated-dependency", *works) == []


def test_what_is_waited_for_twice_is_told_once_with_the_first_that_waits() -> None:
    later = launch("app", identity="fair", start=date(2027, 6, 1))
    assert paths("undated-dependency", later, launch("app"), step("app")) == [("app", "launch")]
    assert paths("undated-dependency", launch("app"), step("app", "bank"), step("bank")) == [("app", "launch")]


def test_a_launch_that_waits_and_has_no_date_is_told() -> None:
    (found,) = told("undated-dependency", workspace(goals=[goal("g")], works=[launch("app", start=None), step("app")]))
    assert found.message == "“Work launch” waits for “Work app”, and has no date of its own."
    assert paths("undated-dependency", launch("app", start=None, end=START), step("app", end=START)) == []
    assert paths("undated-dependency", launch(start=None), step("app")) == []


def test_a_campaign_without_a_date_is_told_where_something_waits_for_it() -> None:
    reviews = launch("app", kind="campaign", start=None)
    app = step("app", end=START)
    assert paths("undated-dependency", reviews, app) == []
    assert paths("undated-dependency", reviews, app, step("next", "launch")) == [("launch", "app")]


def test_where_nothing_has_a_date_it_is_told_once() -> None:
    works = [launch("app", start=None), step("app", "bank"), step("bank")]
    (found,) = told("undated-dependency", workspace(goals=[goal("g", due=None)], works=works))
    assert found.about.id == "vision"
    assert [element.id for element in found.elements[1:]] == ["launch", "app"]
    assert told("undated-dependency", workspace(goals=[goal("g", due=None)], works=[step("app")])) == ()


def test_a_very_long_way_is_shortened_and_a_circle_ends() -> None:
    chain = [step(f"p{n}", f"p{n + 1}", end=START) for n in range(2000)]
    (path,) = paths("undated-dependency", launch("p0"), *chain, step("p2000"))
    assert (path[0], path[-1], len(path)) == ("p2000", "launch", 24)
    assert paths("undated-dependency", launch("a"), step("a", "launch")) == []


# work-before-ready


def test_planned_work_that_starts_too_early_is_told_with_what_ends_last() -> None:
    works = [step("series", "mould", "film", start=START), step("mould", end=START + timedelta(days=11))]
    (found,) = told("work-before-ready", workspace(works=[*works, step("film", end=START + timedelta(days=1))]))
    assert found.message == (
        "“Work series” starts on 2027-03-01, and “Work mould”, which it depends on, ends on 2027-03-12, 11 days later."
    )
    assert [element.id for element in found.elements] == ["series", "mould", "film"]


@pytest.mark.parametrize(
    "works",
    [
        (step("a", "b", start=START), step("b", end=START + timedelta(days=1))),
        (step("a", "b", start=START, kind="other"), step("b", end=START + timedelta(days=1), status="active")),
        (step("a", "b", parent="c"), step("c", start=START), step("b", end=START + timedelta(days=1))),
    ],
)
def test_however_it_is_dated_the_work_begins_too_early(works: tuple[dict[str, Any], ...]) -> None:
    assert paths("work-before-ready", *works) == [("a", "b")]


@pytest.mark.parametrize(
    "works",
    [
        (step("a", "b", start=START), step("b", end=START)),
        (step("a", "b", start=START, status="active"), step("b", end=START + timedelta(days=9))),
        (step("a", "b", start=START, status="idea"), step("b", end=START + timedelta(days=9))),
        (step("a", "b", start=date(2026, 11, 1)), step("b", end=START)),
        (step("a", "b", start=START), step("b", end=START + timedelta(days=9), status="done")),
        (step("a", "b", start=START), step("b")),
        (launch("b"), step("b", end=START + timedelta(days=9))),
    ],
)
def test_work_that_is_under_way_or_keeps_the_order_is_quiet(works: tuple[dict[str, Any], ...]) -> None:
    assert paths("work-before-ready", *works) == []
