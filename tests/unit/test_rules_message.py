"""One subject has one value, however it is written; what is put away, a draft or not true yet contradicts nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from canvas_tui.rules.same_value import reading_of
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, work, workspace


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


# promise-without-product

START = date(2027, 3, 1)


def plan_of(*messages: dict[str, Any], works: tuple[dict[str, Any], ...] = (), **options: Any) -> Workspace:
    return workspace(canvas("go-to-market", {"messages": messages}, **options), goals=[goal("g")], works=works)


def port(days: int | None = 31, **fields: Any) -> dict[str, Any]:
    end = {} if days is None else {"end": START + timedelta(days=days)}
    return work("port", "g", **{"kind": "product", **end, **fields})


def campaign(*links: str, **fields: Any) -> dict[str, Any]:
    return work("teaser", *links, **{"kind": "campaign", "status": "planned", "start": START, **fields})


def promises(*works: dict[str, Any], links: tuple[str, ...] = ("port",), **fields: Any) -> list[str]:
    found = told("promise-without-product", plan_of(entry("says", *links, **fields), works=works))
    return [each.about.id for each in found]


def test_a_message_that_goes_out_before_it_is_true_is_told_with_both_dates() -> None:
    strategy = plan_of(entry("says", "port"), works=(campaign("says"), port()))
    (found,) = told("promise-without-product", strategy)
    assert found.message == (
        "“says” is told from 2027-03-01 on by “Work teaser”, and “Work port” makes it true only on 2027-04-01."
    )
    assert [element.id for element in found.elements] == ["says", "port", "teaser"]


@pytest.mark.parametrize(
    "works",
    [
        (campaign("says"), port()),
        (campaign("says", kind="launch"), port(1, kind=None)),
        (campaign("g", promotes=["port"]), port()),
        (campaign("says"), port(end=None, parent="all"), work("all", end=date(2027, 4, 1))),
        (port(status="cancelled"),),
        (campaign("says"), port(status="cancelled")),
    ],
)
def test_however_it_is_told_the_promise_is_too_early(works: tuple[dict[str, Any], ...]) -> None:
    assert promises(*works) == ["says"]


@pytest.mark.parametrize(
    "works",
    [
        (campaign("says"), port(0)),
        (campaign("says"), port(status="done")),
        (campaign("says"), port(status="idea")),
        (campaign("says"), port(kind="enablement")),
        (campaign("says"), port(None)),
        (campaign("says"), port(400)),
        (campaign("says", start=None), port()),
        (campaign("says", status="idea"), port()),
        (campaign("says", status="done"), port()),
        (campaign("g"), port()),
        (work("other", "says", start=START), port()),
    ],
)
def test_what_is_true_by_then_or_told_by_nobody_is_quiet(works: tuple[dict[str, Any], ...]) -> None:
    assert promises(*works) == []


def test_one_work_that_is_ready_keeps_the_promise() -> None:
    other = work("desk", "g", kind="product", end=START)
    assert promises(campaign("says"), port(), other, links=("port", "desk")) == []
    assert promises(campaign("says"), port(), links=()) == []
    assert promises(campaign("says"), port(), status="future") == []


# message-unanchored


def positioned(*values: dict[str, Any], **fields: Any) -> Document:
    return canvas("positioning", {"value": values or [entry("worth")]}, **fields)


def unanchored(*messages: dict[str, Any], by: Document | None = None, **options: Any) -> list[str]:
    plan = canvas("go-to-market", {"messages": messages}, **options)
    return told_of("message-unanchored", plan, by or positioned())


SOUND = entry("sound", "worth")


def test_a_message_that_stands_on_nothing_is_told() -> None:
    assert unanchored(SOUND, entry("hollow")) == ["hollow"]
    assert unanchored(SOUND, entry("hollow", "g")) == ["hollow"]
    assert unanchored(entry("hollow")) == ["hollow"]


def test_what_a_message_may_stand_on() -> None:
    assert unanchored(SOUND, entry("second", "sound")) == []
    assert unanchored(SOUND, entry("third", "second"), entry("second", "sound")) == []
    assert unanchored(entry("says"), by=positioned(entry("worth", "says"))) == []
    proof = canvas("positioning", {"value": [entry("worth")], "value-proof": [entry("shown")]})
    assert unanchored(entry("says", "shown"), by=proof) == []


def test_the_message_of_a_brief_stands_on_the_proof_beside_it() -> None:
    def brief(*proofs: str) -> list[str]:
        thought = canvas("creative-brief", {"key-message": [entry("thought")], "proof": proofs})
        return told_of("message-unanchored", thought, positioned())

    assert brief() == ["thought"]
    assert brief("31 of 36 would tell a friend") == []


def test_where_no_message_is_anchored_it_is_told_once() -> None:
    plan = canvas("go-to-market", {"messages": [entry("a"), entry("b", "a")]})
    (found,) = told("message-unanchored", workspace(plan, positioned(), goals=[goal("g")]))
    assert found.message.startswith("None of the 2 messages, such as “a”, is linked with")
    assert [element.id for element in found.elements] == ["vision", "a", "b"]


def test_where_nothing_is_positioned_or_the_plan_is_a_draft_it_is_not_asked() -> None:
    assert unanchored(entry("hollow"), by=canvas("swot", {"strengths": ["x"]})) == []
    assert unanchored(entry("hollow"), by=positioned(status="archived")) == []
    assert unanchored(SOUND, entry("hollow"), by=positioned(status="draft")) == []
    assert unanchored(SOUND, entry("hollow"), status="draft") == []
    assert unanchored(SOUND, entry("hollow", status="future")) == []
