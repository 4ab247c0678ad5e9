"""What only says that it is to be decided is told once, where somebody waits for it, and counts as empty elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from canvas_tui.storage.read.workspace import read_workspace
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, work, workspace

FULL: Mapping[str, Any] = {"place": ["Shops"], "product": ["A bell"], "promotion": ["Films"]}


def told(strategy: Workspace) -> dict[str, list[str]]:
    """The rules that tell of each element."""
    found: dict[str, list[str]] = {}
    for finding in check(strategy, StrategyGraph.of(strategy), TODAY).findings:
        found.setdefault(finding.about.id, []).append(finding.rule)
    return found


def mix(price: list[Any], rest: Mapping[str, Any] = FULL, **fields: Any) -> Workspace:
    cells = {"price": price, **rest}
    return workspace(canvas("marketing-mix-4p", cells, **fields), goals=[goal("g")], works=[work("w", "g")])


def test_a_cell_with_nothing_but_tbd_is_told_once() -> None:
    found = told(mix(["TBD with Henk"]))
    assert found["marketing-mix-4p/price/1"] == ["undecided"]
    assert "marketing-mix-4p/price" not in found


def test_beside_what_is_decided_it_is_told_too() -> None:
    found = told(mix(["9 EUR", "to be agreed with Bea"]))
    assert found["marketing-mix-4p/price/2"] == ["undecided"]


def test_a_mere_sign_beside_what_is_written_is_a_slip() -> None:
    assert not [name for name in told(mix(["9 EUR", "?"])) if "price" in name]
    assert told(mix(["?"]))["marketing-mix-4p/price/1"] == ["undecided"]


def test_a_cell_that_says_more_is_not_said_to_say_only_this() -> None:
    def message(*price: str) -> str:
        plan = mix(list(price))
        report = check(plan, StrategyGraph.of(plan), TODAY, select=["undecided"])
        return report.findings[0].message

    assert message("TBD").startswith("Price of “")
    assert message("TBD", "19 a month").startswith("An entry in Price of “")


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_drafts_and_what_was_put_away_are_left_alone(status: str) -> None:
    assert not [name for name in told(mix(["TBD"], status=status)) if "price" in name]


def test_what_is_not_so_yet_may_stay_open() -> None:
    assert not [name for name in told(mix([entry("TBD", status="future")])) if "price" in name]


def test_a_canvas_that_says_nothing_else_is_only_begun() -> None:
    assert told(mix(["TBD"], {"place": ["?"], "product": ["to be defined"]})) == {}


def test_one_risk_on_an_almost_empty_canvas_is_never_silenced() -> None:
    found = told(workspace(canvas("swot", {"threats": ["A rival"], "strengths": ["tbc"]}), goals=[goal("g")]))
    assert found["swot/strengths/1"] == ["undecided"]


def test_it_answers_nothing_and_no_second_finding_is_made_of_it() -> None:
    cells = {"problem": [entry("slow", "g"), entry("TBD", id="open")], "solution": [entry("tbd", "slow", id="later")]}
    found = told(workspace(canvas("lean-canvas", cells), goals=[goal("g")], works=[work("w", "g")]))
    assert (found["open"], found["later"]) == (["undecided"], ["undecided"])
    assert "slow" not in found  # that its answer is still open is told there


def test_titles_of_goals_and_of_work_are_asked_as_entries_are() -> None:
    goals = [goal("g"), goal("open", title="TBD", metric=None, due=None), goal("later", title="TBD", status="proposed")]
    works = [work("w", "g"), work("what", "g", title="to be defined"), work("idea", "g", title="?", status="idea")]
    found = told(workspace(goals=goals, works=works))
    assert (found["open"], found["what"]) == (["undecided"], ["undecided"])
    assert {"later", "idea"}.isdisjoint(found)


def test_the_number_of_a_goal_and_of_a_key_metric_may_be_what_is_open() -> None:
    metric = {"name": "tbd", "target": 10}
    cells: dict[str, list[Any]] = {"key-metrics": [entry("speed", "g", target="TBD")], "problem": ["Slow"]}
    found = told(workspace(canvas("lean-canvas", cells), goals=[goal("g", metric=metric)], works=[work("w", "g")]))
    assert (found["g"], found["speed"]) == (["undecided"], ["undecided"])


def read(folder: Path, text: str) -> tuple[Finding, ...]:
    (folder / "strategy.toml").write_text(f'format = 1\nname = "Plan"\nvision = "A vision"\n{text}', encoding="utf-8")
    strategy = read_workspace(folder).workspace
    return check(strategy, StrategyGraph.of(strategy), date(2026, 11, 21)).findings


def test_a_date_and_a_number_that_are_still_open_are_no_wrong_types(tmp_path: Path) -> None:
    text = """
[[goals]]
id = "grow"
title = "Grow"
metric = { name = "customers", target = "TBD" }
due = "to be agreed"
[[initiatives]]
id = "shop"
title = "A shop"
status = "active"
links = ["grow"]
"""
    found = read(tmp_path, text)
    assert {(each.rule, each.severity, each.about.line) for each in found} == {
        ("undecided", "warning", 8),
        ("undecided", "warning", 9),
    }
    assert {each.message for each in found} == {"metric.target only says 'TBD'.", "Due only says 'to be agreed'."}
    assert "invalid-value" in {each.rule for each in read(tmp_path, text.replace("TBD", "many"))}


def test_the_date_of_an_idea_is_not_asked_for(tmp_path: Path) -> None:
    text = '[[initiatives]]\nid = "shop"\ntitle = "A shop"\nstatus = "idea"\nend = "TBD"\n'
    assert read(tmp_path, text) == ()
