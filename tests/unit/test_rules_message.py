"""One subject has one value, however it is written; what is put away, a draft or not true yet contradicts nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from canvas_tui.rules.same_value import reading_of
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, workspace


def told(rule: str, strategy: Workspace) -> tuple[Finding, ...]:
    return check(strategy, StrategyGraph.of(strategy), TODAY, select=[rule]).findings


def told_of(rule: str, *documents: Document) -> list[str]:
    return [found.about.id for found in told(rule, workspace(*documents, goals=[goal("g")]))]


# contradiction


def price(name: str, value: Any, subject: str = "price.pro", **fields: Any) -> dict[str, Any]:
    return entry(name, subject=subject, value=value, **fields)


def prices(*entries: dict[str, Any], **fields: Any) -> Document:
    return canvas("marketing-mix-4p", {"price": entries}, **fields)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("119 EUR", "129 EUR"),
        (119, "129 €"),
        ("240 EUR", "240 USD"),
        ("240 EUR a month", "240 EUR a year"),
        ("free", "15 EUR a truck and month"),
        ("8.4 million", "5 million"),
        ("2028-07-01", "2028-01-01"),
        ("1,000", "1.0"),
        ("per user", "per gate"),
    ],
)
def test_two_values_of_one_subject_are_told(one: Any, two: Any) -> None:
    assert told_of("contradiction", prices(price("one", one), price("two", two))) == ["one"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("19.99 EUR", "19,99 €"),
        ("19.99 EUR", 19.99),
        ("EUR 1,200", "1200 euros"),
        ("1.200,50", "1,200.5"),
        ("1 200", "1'200"),
        ("8.4 million", 8_400_000),
        ("12k", "12,000"),
        ("240 EUR", "240 EUR a month"),
        ("29 USD per month", "29 $ / month"),
        ("free", 0),
        ("14 ct/kWh", "14 cents a kWh"),
        ("2028-07-01", date(2028, 7, 1)),
        ("Per Gate", "per  gate"),
        ("12 EUR", ""),
    ],
)
def test_the_same_value_written_otherwise_is_no_contradiction(one: Any, two: Any) -> None:
    assert told_of("contradiction", prices(price("one", one), price("two", two))) == []


def test_a_contradiction_names_both_and_counts_the_others() -> None:
    first = canvas("marketing-mix-4p", {"price": [price("poster", 119), price("shop", 129)]}, id="a")
    second = canvas("lean-canvas", {"revenue-streams": [price("plan", 119), price("leaflet", "139 EUR", "Price.Pro")]})
    (found,) = told("contradiction", workspace(first, second))
    assert found.message == (
        "“poster” gives price.pro as 119, and “shop” as 129. 1 more says otherwise too."
    )  # fmt: skip
    assert [element.id for element in found.elements] == ["poster", "shop", "leaflet"]


def test_other_subjects_and_what_does_not_count_now_contradict_nothing() -> None:
    one = price("one", 119)
    assert told_of("contradiction", prices(one, price("two", 129, "price.one"))) == []
    assert told_of("contradiction", prices(one, price("two", 129, ""))) == []
    assert told_of("contradiction", prices(one, entry("two", value=129))) == []
    assert told_of("contradiction", prices(one, price("two", 129, status="future"))) == []
    for status in ("draft", "archived"):
        other = prices(price("two", 129), id="other", status=status)
        assert told_of("contradiction", prices(one), other) == []


def test_values_of_any_type_are_read() -> None:
    assert reading_of(True) is None
    assert reading_of([1]) is None
    assert reading_of("  ") is None
    assert reading_of("9" * 400) == reading_of("9" * 500)  # beyond every number there is
