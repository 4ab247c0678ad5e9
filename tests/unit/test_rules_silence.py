"""One cause is one finding: what a sharper rule tells is not told again, and comes back when that one is mended."""

from __future__ import annotations

from datetime import date

import pytest

from canvas_tui.core.workspace import Document, Problem, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import RULES, check
from canvas_tui.rules.silence import SILENCED_BY, SILENCED_FROM_ABOVE
from tests.unit.strategy_factory import TODAY, canvas, entry, factor, goal, lean, work, workspace


def told(strategy: Workspace, *quiet: str) -> list[tuple[str, str]]:
    """Rule and element of every finding, empty cells, owners and the rules named left out."""
    report = check(
        strategy, StrategyGraph.of(strategy), TODAY, ignore=["empty-cell", "ownerless", *quiet], preview=True
    )
    return sorted((finding.rule, finding.about.id) for finding in report.findings)


FAR = goal("far", status="proposed")  # a goal that asks for nothing


def test_a_workspace_without_a_goal_is_told_once() -> None:
    strategy = lean(works=[work("w")], unique_value_proposition=["a", "b"], key_metrics=["m"])
    assert told(strategy) == [("no-goals", "vision")]
    off = workspace(*strategy.documents[1:], rules={"off": ["no-goals"]})
    assert ("orphan-entry", "lean-canvas/unique-value-proposition/1") in told(off)


@pytest.mark.parametrize(
    ("sharper", "strategy", "at"),
    [
        ("problem-unsolved", lean(FAR, problem=[entry("p")], solution=[entry("s", "far")]), "p"),
        ("solution-unmotivated", lean(FAR, problem=[entry("p", "far")], solution=[entry("s")]), "s"),
        ("metric-orphan", lean(FAR, key_metrics=[entry("m")]), "m"),
        ("threat-unanswered", workspace(canvas("swot", {"threats": [factor("t")]}), goals=[FAR]), "t"),
        ("threat-unanswered", workspace(canvas("swot", {"weaknesses": [factor("w")]}), goals=[FAR]), "w"),
        ("opportunity-idle", workspace(canvas("swot", {"opportunities": [factor("o")]}), goals=[FAR]), "o"),
        ("tows-half", workspace(canvas("tows", {"so": [entry("x")]}), goals=[FAR]), "x"),
        ("dangling-link", lean(FAR, unique_value_proposition=[entry("u", "fra")]), "u"),
    ],
)
def test_what_a_sharper_rule_tells_is_no_orphan_too(sharper: str, strategy: Workspace, at: str) -> None:
    others = [name for name in RULES if name not in (sharper, "orphan-entry")]
    assert told(strategy, *others) == [(sharper, at)]


def test_a_sharper_rule_that_is_off_silences_nothing() -> None:
    off = {"off": ["problem-unsolved", "solution-unmotivated"]}
    cells = {"problem": [entry("p")], "solution": [entry("s", "far")]}
    assert told(workspace(canvas("lean-canvas", cells), goals=[FAR], rules=off)) == [("orphan-entry", "p")]


def test_a_waiver_of_the_sharper_finding_holds_the_blunter_one_back_too() -> None:
    waiver = {"rule": "problem-unsolved", "element": "p", "reason": "Waits for January"}
    cells = {"problem": [entry("p")], "solution": [entry("s", "far")]}
    strategy = workspace(canvas("lean-canvas", cells), goals=[FAR], waivers=[waiver])
    assert told(strategy, "solution-unmotivated") == []


def test_a_waiver_of_a_silenced_finding_is_not_called_needless() -> None:
    waiver = {"rule": "orphan-entry", "element": "p", "reason": "Kept for the workshop"}
    cells = {"problem": [entry("p")], "solution": [entry("s", "far")]}
    strategy = workspace(canvas("lean-canvas", cells), goals=[FAR], waivers=[waiver])
    assert told(strategy, "solution-unmotivated") == [("problem-unsolved", "p")]


def test_what_hangs_on_something_that_is_told_is_not_told_itself() -> None:
    jobs = canvas("value-proposition-canvas", {"pains": [entry("pain")]})
    mix = canvas("lean-canvas", {"problem": [entry("p")], "unique-value-proposition": [entry("u", "p")]})
    strategy = workspace(jobs, mix, goals=[FAR], works=[work("w", "u"), work("x", depends_on=["w"])])
    assert told(strategy) == [("initiative-without-goal", "x"), ("orphan-entry", "p")]


def test_a_slip_of_the_pen_in_a_link_is_the_only_finding() -> None:
    strategy = lean(goal("growth"), works=[work("w", "grwoth")])
    assert told(strategy) == [("dangling-link", "w")]
    strategy = lean(FAR, problem=[entry("slow-payers", "far")], solution=[entry("s", "slow-payer")])
    assert told(strategy) == [("dangling-link", "s")]


def test_an_id_used_twice_is_the_only_finding_about_the_second() -> None:
    strategy = lean(goal("g"), works=[work("w", "g"), work("again"), work("again")])
    assert [rule for rule, _ in told(strategy)] == ["duplicate-id"]


def test_a_circle_is_the_only_finding_about_what_goes_round_in_it() -> None:
    hens = [goal("hen", parent="egg", metric=None), goal("egg", parent="hen", due=None)]
    works = [work("a", depends_on=["b"]), work("b", depends_on=["a"])]
    assert {rule for rule, _ in told(workspace(goals=hens, works=works))} == {"cycle"}


def test_a_date_in_quotes_is_told_as_that_and_not_as_missing() -> None:
    wrong = Problem("goals.toml", 1, "due is '2030-01-01', which is no date", "write it without quotes", element="g")
    goals = workspace(goals=[goal("g", due="2030-01-01")], works=[work("w", "g")])
    head, file = goals.documents
    strategy = Workspace((head, Document(file.path, goals=file.goals, initiatives=file.initiatives, problems=(wrong,))))
    assert told(strategy) == [("invalid-value", "g")]


def test_the_order_of_the_rules_has_no_circle_and_names_rules() -> None:
    for rule, sharper in SILENCED_BY.items():
        assert {rule, *sharper} <= set(RULES)
        assert not any(rule in SILENCED_BY.get(each, ()) for each in sharper)
    assert set(SILENCED_FROM_ABOVE) <= set(SILENCED_BY)
    for others in (*SILENCED_FROM_ABOVE.values(), *(rule.accepted_with for rule in RULES.values())):
        assert others <= set(RULES)


def test_new_rules_give_way_to_what_is_nearer_to_the_cause() -> None:
    refuted = canvas("lean-canvas", {"revenue-streams": [entry("fee", "far", state="refuted")]})
    works = [
        work("bill", "far", "fee", status="planned", start=date(2027, 3, 1), depends_on=["app"]),
        work("app", "far", end=date(2027, 5, 1)),
    ]
    assert told(workspace(refuted, goals=[FAR], works=works)) == [("refuted-in-use", "fee")]
    hollow = canvas("go-to-market", {"messages": [entry("a"), entry("b")]})
    positioned = canvas("positioning", {"value": [entry("v", "far")]})
    assert told(workspace(hollow, positioned, goals=[FAR])) == [("message-unanchored", "vision")]
    threat = canvas("swot", {"threats": [{"id": "t", "text": "Rivals come to town in spring", "state": "fact"}]})
    assert told(workspace(threat, goals=[FAR])) == [("threat-unanswered", "t")]
    doubtful = canvas("lean-canvas", {"unfair-advantage": [entry("a")]})
    assert told(workspace(doubtful, goals=[FAR])) == [("advantage-doubtful", "a")]
