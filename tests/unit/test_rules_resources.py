"""What is called an advantage says why it lasts, and what is hard to copy is made use of."""

from __future__ import annotations

from typing import Any

import pytest

from canvas_tui.core.workspace import Document
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, work, workspace

BUSY = work("busy", "g")


def told(rule: str, *documents: Document, works: tuple[dict[str, Any], ...] = (BUSY,)) -> list[str]:
    strategy = workspace(*documents, goals=[goal("g")], works=works)
    report = check(strategy, StrategyGraph.of(strategy), TODAY, select=[rule])
    return [found.about.id for found in report.findings]


def lean(*advantages: Any, said: dict[str, Any] | None = None, **cells: Any) -> Document:
    noted = {"unfair-advantage": said} if said else {}
    status = cells.pop("status", "active")
    return canvas("lean-canvas", {"unfair-advantage": advantages, **cells}, said=noted, status=status)


def swot(*strengths: dict[str, Any], **fields: Any) -> Document:
    return canvas("swot", {"strengths": strengths}, **fields)


# advantage-doubtful


@pytest.mark.parametrize("fields", [{}, {"note": " "}, {"hard_to_copy": False}, {"evidence": ["Certificates"]}])
def test_an_advantage_that_says_not_why_it_lasts_is_told(fields: dict[str, Any]) -> None:
    assert told("advantage-doubtful", lean(entry("six-years", **fields))) == ["six-years"]


def test_a_reason_at_the_entry_at_the_cell_or_as_a_mark_will_do() -> None:
    assert told("advantage-doubtful", lean(entry("x", note="Each came by accident."))) == []
    assert told("advantage-doubtful", lean(entry("x", hard_to_copy=True))) == []
    assert told("advantage-doubtful", lean(entry("x"), said={"note": "It took six years."})) == []


def test_strengths_drafts_and_empty_cells_are_no_doubtful_advantages() -> None:
    assert told("advantage-doubtful", lean(), swot(entry("x"))) == []
    assert told("advantage-doubtful", lean(entry("x"), status="draft")) == []
    assert told("advantage-doubtful", lean(entry("x", status="future"))) == []


# advantage-unfunded

MARKED = {"hard_to_copy": True}


@pytest.mark.parametrize(
    "document",
    [
        swot(entry("only-ours", **MARKED)),
        lean(entry("only-ours", **MARKED)),
        lean(entry("only-ours", note="It took six years.")),
        swot(entry("only-ours", "g", **MARKED)),
    ],
)
def test_what_is_hard_to_copy_and_used_by_no_work_is_told(document: Document) -> None:
    assert told("advantage-unfunded", document) == ["only-ours"]
    cancelled = work("w", "only-ours", status="cancelled")
    assert told("advantage-unfunded", document, works=(BUSY, cancelled)) == ["only-ours"]


def test_work_on_it_or_on_what_draws_on_it_makes_use_of_it() -> None:
    ours = entry("only-ours", **MARKED)
    assert told("advantage-unfunded", swot(ours), works=(BUSY, work("w", "only-ours"))) == []
    assert told("advantage-unfunded", swot(ours), works=(BUSY, work("w", "only-ours", status="done"))) == []
    option = canvas("tows", {"so": [entry("option", "only-ours")]})
    assert told("advantage-unfunded", swot(ours), option, works=(BUSY, work("w", "option"))) == []
    assert told("advantage-unfunded", swot(ours), option) == ["only-ours"]


def test_what_nobody_calls_hard_to_copy_is_not_asked_for_work() -> None:
    assert told("advantage-unfunded", swot(entry("x")), lean(entry("y"))) == []
    assert told("advantage-unfunded", swot(entry("x", **MARKED), status="draft")) == []
    assert told("advantage-unfunded", swot(entry("x", hard_to_copy="yes"))) == []


def test_where_no_work_is_open_no_advantage_is_asked_for_any() -> None:
    assert told("advantage-unfunded", swot(entry("x", **MARKED)), works=()) == []
    assert told("advantage-unfunded", swot(entry("x", **MARKED)), works=(work("w", "g", status="done"),)) == []
