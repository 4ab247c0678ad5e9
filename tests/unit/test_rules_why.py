"""Every rule of the family *why* with strategies in which it holds, and neighbours of them in which it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import RULES, Finding, check
from tests.unit.strategy_factory import TODAY, canvas, entry, factor, goal, kebab, lean, work, workspace


def found(strategy: Workspace, rule: str) -> tuple[Finding, ...]:
    """What a rule finds by itself: every other one is off, so that none silences it."""
    head = strategy.documents[0].header
    rules = {**(head.rules if head is not None else {}), "off": [name for name in RULES if name != rule]}
    alone = workspace(*strategy.documents[1:], vision=strategy.vision, rules=rules)
    return check(alone, StrategyGraph.of(alone), TODAY, select=[rule]).findings


def swot(works: Sequence[dict[str, Any]] = (), tows: dict[str, list[Any]] | None = None, **cells: Any) -> Workspace:
    more = [canvas("tows", tows)] if tows is not None else []
    return workspace(canvas("swot", cells), *more, goals=[goal("g")], works=works)


def fit(**cells: Any) -> Workspace:
    return workspace(canvas("value-proposition-canvas", kebab(cells)))


def goals(*made: dict[str, Any], works: Sequence[dict[str, Any]] = (), vision: str = "A vision") -> Workspace:
    return workspace(goals=made, works=works, vision=vision)


factors = {
    "strengths": [factor("s")],
    "weaknesses": [factor("w")],
    "opportunities": [factor("o")],
    "threats": [factor("t")],
}
served = {"channels": [entry("c", "seg")], "revenue_streams": [entry("r", "seg")]}

# rule -> (what it is, the strategy, ids it is found at)
HOLDS: list[tuple[str, str, Workspace, list[str]]] = [
    ("initiative-without-goal", "no link at all", goals(works=[work("w")]), ["w"]),
    ("no-goals", "an entry that should lead to one", lean(problem=[entry("p")]), ["vision"]),
    ("no-goals", "work", goals(works=[work("w"), work("x")]), ["vision"]),
    ("no-goals", "no vision either", goals(works=[work("w")], vision=""), ["strategy.toml"]),
    ("initiative-without-goal", "the one that the others are for",
     goals(works=[work("w"), work("x", depends_on=["w"]), work("y", parent="x")]), ["x"]),
    ("initiative-without-goal", "work on an entry that leads nowhere",
     lean(problem=[entry("p")], works=[work("w", "p")]),
     ["w"]),
    ("initiative-without-goal", "promoting what has a goal", goals(goal("g"), works=[
        work("w", "g"), work("campaign", promotes=["w"])]), ["campaign"]),
    ("goal-without-initiative", "nothing links to it", goals(goal("g")), ["g"]),
    ("goal-without-initiative", "only cancelled work", goals(goal("g"), works=[work("w", "g", status="cancelled")]),
     ["g"]),
    ("goal-without-initiative", "an entry is no work", lean(goal("g"), problem=[entry("p", "g")]), ["g"]),
    ("goal-without-initiative", "work on the goal above, and it measures nothing",
     goals(goal("g"), goal("sub", parent="g", metric=None), works=[work("w", "g")]), ["sub"]),
    ("goal-without-initiative", "work on the goal above, which has a number of its own",
     goals(goal("g"), goal("sub", parent="g"), works=[work("w", "g")]), ["sub"]),
    ("goal-without-initiative", "the goal above is told, not each below",
     goals(goal("g"), goal("sub", parent="g")), ["g"]),
    ("goal-without-initiative", "due within a year", goals(goal("g", due=date(2027, 11, 21))), ["g"]),
    ("goal-without-initiative", "no status is active", goals(goal("g", status=None)), ["g"]),
    ("goal-detached", "the parent is no goal", goals(goal("g", parent="w"), works=[work("w")]), ["g"]),
    ("goal-unmeasured", "no metric", goals(goal("g", metric=None)), ["g"]),
    ("goal-unmeasured", "no target", goals(goal("g", metric={"name": "days"})), ["g"]),
    ("goal-unmeasured", "key results that measure nothing",
     goals(goal("g", metric=None, due=None, key_results=[{"title": "Teams are happy"}])), ["g"]),
    ("goal-unmeasured", "only a dropped child measures it",
     goals(goal("g", metric=None), goal("sub", parent="g", status="dropped")), ["g"]),
    ("goal-unmeasured", "no due date", goals(goal("g", due=None)), ["g"]),
    ("orphan-entry", "no link", lean(problem=[entry("p")]), ["p"]),
    ("orphan-entry", "an advantage where somebody pays",
     lean(unfair_advantage=[entry("a")], customer_segments=[entry("team", pays=False), entry("firms")]), ["a"]),
    ("orphan-entry", "an entry without an id", lean(problem=["No id"]), ["lean-canvas/problem/1"]),
    ("undecided", "beside what is written", swot(strengths=["Known", "TBD"]), ["swot/strengths/2"]),
    ("doubled-canvas", "the same title, an earlier year in the id",
     workspace(canvas("swot", {}, id="swot-2024", title="SWOT"), canvas("swot", {}, title="SWOT of the bakery")),
     ["swot-2024"]),
    ("doubled-canvas", "two years", workspace(canvas("swot", {}, id="a", title="SWOT 2024"),
                                              canvas("swot", {}, id="b", title="SWOT 2026")), ["a"]),
    ("orphan-entry", "it answers an orphan",
     lean(unique_value_proposition=[entry("u", "p")], problem=[entry("p")]), ["p"]),
    ("orphan-entry", "the work on it has no goal", lean(problem=[entry("p")], works=[work("w", "p")]), ["p"]),
    ("orphan-entry", "the work on it is cancelled",
     lean(goal("g"), problem=[entry("p")], works=[work("w", "p", "g", status="cancelled")]), ["p"]),
    ("orphan-entry", "related to an entry that has no goal either",
     lean(goal("g"), problem=[entry("p"), entry("q", "p")]), ["p", "q"]),
    ("empty-cell", "nothing written",
     workspace(canvas("swot", {"strengths": ["a"], "weaknesses": ["b"], "threats": ["c"]})), ["swot/opportunities"]),
    ("empty-cell", "nothing but blanks",
     workspace(canvas("swot", {"strengths": ["a"], "weaknesses": ["b"], "threats": ["c"], "opportunities": [" "]})),
     ["swot/opportunities"]),
    ("problem-unsolved", "no link", lean(problem=[entry("p")], solution=[entry("s")]), ["p"]),
    ("problem-unsolved", "a goal is no answer", lean(goal("g"), problem=[entry("p", "g")], solution=["s"]), ["p"]),
    ("problem-unsolved", "a value proposition is no answer",
     lean(problem=[entry("p")], solution=["s"], unique_value_proposition=[entry("u", "p")]), ["p"]),
    ("problem-unsolved", "the answer is cancelled",
     lean(problem=[entry("p")], solution=["s"], works=[work("w", "p", status="cancelled")]), ["p"]),
    ("solution-unmotivated", "no link", lean(problem=["p"], solution=[entry("s")]), ["s"]),
    ("solution-unmotivated", "a goal is no problem", lean(goal("g"), problem=["p"], solution=[entry("s", "g")]), ["s"]),
    ("fit-gap", "a pain nobody relieves", fit(pains=[entry("p")], pain_relievers=["r"]), ["p"]),
    ("fit-gap", "a gain nobody creates", fit(gains=[entry("g")], gain_creators=["c"]), ["g"]),
    ("segment-unreachable", "neither", lean(customer_segments=[entry("seg"), entry("other")], **served),
     ["other"]),
    ("segment-unreachable", "no revenue",
     lean(customer_segments=[entry("seg", "c"), entry("other", "c", "r")], channels=[entry("c")],
          revenue_streams=[entry("r")]), ["seg"]),
    ("segment-unreachable", "no channel",
     lean(customer_segments=[entry("seg", "r"), entry("other", "c", "r")], channels=[entry("c")],
          revenue_streams=[entry("r")]), ["seg"]),
    ("segment-unreachable", "it does not pay, and nothing reaches it",
     lean(customer_segments=[entry("seg", pays=False), entry("other", "c")], channels=[entry("c")],
          solution=[entry("s", "seg")]), ["seg"]),
    ("threat-unanswered", "a threat", swot(threats=[factor("t", "g")]), ["t"]),
    ("threat-unanswered", "a weakness", swot(weaknesses=[factor("w")]), ["w"]),
    ("threat-unanswered", "a script without spaces", swot(threats=["竞争对手免费提供发票"]), ["swot/threats/1"]),
    ("threat-unanswered", "the work is cancelled", swot([work("x", "t", status="cancelled")], threats=[factor("t")]),
     ["t"]),
    ("opportunity-idle", "only a goal", swot(opportunities=[factor("o", "g")]), ["o"]),
    ("tows-half", "one side", swot(tows={"so": [entry("x", "s", "t")]}, **factors), ["x"]),
    ("tows-half", "no side", swot(tows={"wt": [entry("x")]}, **factors), ["x"]),
    ("tows-half", "two of one side", swot(tows={"wo": [entry("x", "o", "s")]}, **factors), ["x"]),
    ("metric-orphan", "no goal", lean(goal("g"), key_metrics=[entry("m")]), ["m"]),
    ("metric-orphan", "work is no goal", lean(goal("g"), key_metrics=[entry("m")], works=[work("w", "m", "g")]), ["m"]),
]  # fmt: skip

begun = {"problem": [entry("p")], "customer-segments": [entry("seg"), entry("two")]}
whole = {"problem": [entry("p")], "solution": [entry("s")], "customer-segments": [entry("seg"), entry("two")],
         "channels": [entry("c")], "revenue-streams": [entry("r")], "key-metrics": [entry("m")]}  # fmt: skip

QUIET: list[tuple[str, str, Workspace]] = [
    ("no-goals", "a goal", lean(goal("g", status="proposed"), problem=[entry("p")])),
    ("no-goals", "nothing that needs one", lean(channels=["Word of mouth"], works=[work("w", status="idea")])),
    ("no-goals", "nothing but a draft", workspace(canvas("lean-canvas", {"problem": ["p"]}, status="draft"))),
    ("initiative-without-goal", "an idea", goals(works=[work("w", status="idea")])),
    ("initiative-without-goal", "housekeeping", goals(works=[work("w", kind="other")])),
    ("initiative-without-goal", "through an answer to what has work with a goal", lean(
        goal("g"), problem=[entry("p")], solution=[entry("s", "p")], works=[work("x", "p", "g"), work("w", "s")])),
    ("goal-without-initiative", "it only measures the goal above, which has work",
     goals(goal("g", metric=None), goal("sub", parent="g"), works=[work("w", "g")])),
    ("goal-without-initiative", "due in more than a year", goals(goal("g", due=date(2027, 11, 22)))),
    ("goal-detached", "the parent is gone: that is a dangling link", goals(goal("g", parent="nothing"))),
    ("goal-unmeasured", "key results", goals(goal("g", metric=None, due=None, key_results=[
        {"title": "Days", "target": 3, "due": date(2027, 1, 1)}]))),
    ("goal-unmeasured", "a key result with its number in the title, due when the goal is",
     goals(goal("g", metric=None, key_results=[{"title": "90 of 100 services moved"}]))),
    ("goal-unmeasured", "goals below it, however far",
     goals(goal("g", metric=None, due=None),
           goal("sub", parent="g", metric=None, due=None), goal("low", parent="sub"))),
    ("goal-unmeasured", "due when the goal above is", goals(goal("g"), goal("sub", parent="g", due=None))),
    ("goal-unmeasured", "a date of the wrong type is told as that", goals(goal("g", due="2030-01-01"))),
    ("goal-unmeasured", "a target without a name", goals(goal("g", metric={"target": 3}))),
    ("orphan-entry", "a draft", workspace(canvas("lean-canvas", {"problem": [entry("p")]}, status="draft"))),
    ("orphan-entry", "not true yet", lean(problem=[entry("p", status="future")])),
    ("orphan-entry", "a metric is asked by another rule", lean(key_metrics=[entry("m")])),
    ("orphan-entry", "an advantage where nobody pays",
     lean(unfair_advantage=[entry("a")], customer_segments=[entry("team", pays=False)])),
    ("orphan-entry", "a solution answers it", lean(problem=[entry("p")], solution=[entry("s", "p")])),
    ("orphan-entry", "an answer put off on purpose",
     lean(problem=[entry("p")], solution=[entry("s", "p", status="future")])),
    ("orphan-entry", "beside an entry with a goal", lean(goal("g"), problem=[entry("p", "g"), entry("q", "p")])),
    ("orphan-entry", "it answers what work with a goal is done on",
     lean(goal("g"), problem=[entry("p")], solution=[entry("s", "p")], works=[work("w", "p", "g")])),
    ("orphan-entry", "work with a goal is done on what answers it",
     lean(goal("g"), problem=[entry("p")], solution=[entry("s", "p")], works=[work("w", "s", "g")])),
    ("undecided", "nothing else is written on the canvas", swot(strengths=["TBD", "?"])),
    ("empty-cell", "no more than a third is filled", workspace(canvas("lean-canvas", begun))),
    ("empty-cell", "an older canvas beside the one that took its place", workspace(
        canvas("swot", {"strengths": ["a"], "threats": ["b"]}, id="a", title="SWOT 2024"),
        canvas("swot", id="b", title="SWOT 2026"))),
    ("empty-cell", "it is asked for after another cell, which is empty", workspace(
        canvas("customer-journey", {f"{stage}-{row}": ["x"] for stage in ("awareness", "decision")
                                    for row in ("actions", "touchpoints", "emotion", "pains", "backstage", "metric")}
               | {f"{stage}-touchpoints": ["x"] for stage in ("consideration", "onboarding-use")},
               said={f"{stage}-backstage": {"note": "-"} for stage in ("consideration", "onboarding-use")}
               | {"advocacy-touchpoints": {"note": "None yet"}}))),
    ("empty-cell", "good canvases leave it empty", workspace(canvas("customer-journey", {}))),
    ("problem-unsolved", "the whole cell of solutions is empty", lean(problem=[entry("p")])),
    ("problem-unsolved", "a draft", workspace(canvas("lean-canvas", whole, status="draft"))),
    ("problem-unsolved", "not true yet", lean(problem=[entry("p", status="future")], solution=["s"])),
    ("solution-unmotivated", "the whole cell of problems is empty", lean(solution=[entry("s")])),
    ("solution-unmotivated", "a draft", workspace(canvas("lean-canvas", whole, status="draft"))),
    ("fit-gap", "work is done on it", workspace(
        canvas("value-proposition-canvas", {"pains": [entry("p")], "pain-relievers": ["r"]}), works=[work("w", "p")])),
    ("fit-gap", "no reliever is written down at all", fit(pains=[entry("p")], gains=[entry("g")])),
    ("segment-unreachable", "the only one of its canvas", lean(customer_segments=[entry("seg")], channels=["c"])),
    ("segment-unreachable", "it pays today, so it is reached",
     lean(customer_segments=[entry("seg", "r"), entry("two", "c", "r")], channels=[entry("c")],
          revenue_streams=[entry("r", state="fact")])),
    ("segment-unreachable", "it does not pay, and nothing is made for it",
     lean(customer_segments=[entry("seg", pays=False), entry("two", "c", "r")], channels=[entry("c")],
          revenue_streams=[entry("r")])),
    ("segment-unreachable", "no channels, no revenue at all", lean(customer_segments=[entry("a"), entry("b")])),
    ("segment-unreachable", "it does not pay",
     lean(customer_segments=[entry("seg", pays=False), entry("two", "r", "c")], channels=[entry("c", "seg")],
          revenue_streams=[entry("r")])),
    ("segment-unreachable", "a draft", workspace(canvas("lean-canvas", whole, status="draft"))),
    ("threat-unanswered", "a draft", workspace(canvas("swot", {"threats": [factor("t")]}, status="draft"))),
    ("opportunity-idle", "a draft", workspace(canvas("swot", {"opportunities": ["o"]}, status="draft"))),
    ("tows-half", "a draft", workspace(canvas("tows", {"so": ["x"]}, status="draft"))),
    ("metric-orphan", "a draft", workspace(canvas("lean-canvas", whole, status="draft"))),
    ("initiative-without-goal", "linked", goals(goal("g"), works=[work("w", "g")])),
    ("initiative-without-goal", "the goal wrote the link", goals(goal("g", "w"), works=[work("w")])),
    ("initiative-without-goal", "over", goals(works=[work("w", status="done"), work("x", status="cancelled")])),
    ("initiative-without-goal", "others with a goal wait for it",
     goals(goal("g"), works=[work("w", "g", depends_on=["x"]), work("x")])),
    ("initiative-without-goal", "part of work with a goal",
     goals(goal("g"), works=[work("w", "g"), work("x", parent="w")])),
    ("initiative-without-goal", "through an entry with a goal",
     lean(goal("g"), problem=[entry("p", "g")], works=[work("w", "p")])),
    ("goal-without-initiative", "done work", goals(goal("g"), works=[work("w", "g", status="done")])),
    ("goal-without-initiative", "work on the goal below",
     goals(goal("g"), goal("sub", parent="g"), works=[work("w", "sub")])),
    ("goal-without-initiative", "work on an entry",
     lean(goal("g"), problem=[entry("p", "g")], works=[work("w", "p")])),
    ("goal-without-initiative", "not active", goals(goal("g", status="proposed"), goal("h", status="dropped"))),
    ("goal-detached", "no parent belongs to the vision", goals(goal("g"))),
    ("goal-detached", "a parent goal", goals(goal("g"), goal("sub", parent="g"))),
    ("goal-detached", "a pinned parent", goals(goal("g"), goal("sub", parent="g@9f3ac1"))),
    ("goal-detached", "the vision as parent", goals(goal("g", parent="vision"))),
    ("goal-detached", "no vision", goals(goal("g", parent="nothing"), vision="")),
    ("goal-unmeasured", "all there", goals(goal("g"))),
    ("goal-unmeasured", "a target of nought", goals(goal("g", metric={"name": "loss", "target": 0}))),
    ("goal-unmeasured", "not active", goals(goal("g", metric=None, due=None, status="proposed"))),
    ("orphan-entry", "its own goal", lean(goal("g"), problem=[entry("p", "g")])),
    ("orphan-entry", "the goal wrote the link", lean(goal("g", "p"), problem=[entry("p")])),
    ("orphan-entry", "what it answers has a goal",
     lean(goal("g"), problem=[entry("p", "g")], solution=[entry("s", "p")])),
    ("orphan-entry", "through work on it", lean(goal("g"), problem=[entry("p")], works=[work("w", "p", "g")])),
    ("orphan-entry", "its cell need not link", lean(channels=["Word of mouth"], cost_structure=["Flour"])),
    ("orphan-entry", "nothing said", lean(problem=[" "])),
    ("orphan-entry", "archived", workspace(canvas("lean-canvas", {"problem": [entry("p")]}, status="archived"))),
    ("empty-cell", "a note says why",
     workspace(canvas("swot", {"strengths": ["a"], "weaknesses": ["b"], "threats": ["c"]},
                      said={"opportunities": {"note": "None seen in 2026"}}))),
    ("empty-cell", "a draft", workspace(canvas("swot", status="draft"))),
    ("empty-cell", "archived", workspace(canvas("swot", status="archived"))),
    ("problem-unsolved", "a solution", lean(problem=[entry("p")], solution=[entry("s", "p")])),
    ("problem-unsolved", "the problem wrote the link", lean(problem=[entry("p", "s")], solution=[entry("s")])),
    ("problem-unsolved", "an initiative", lean(problem=[entry("p")], works=[work("w", "p")])),
    ("problem-unsolved", "archived", workspace(canvas("lean-canvas", {"problem": ["p"]}, status="archived"))),
    ("solution-unmotivated", "a problem", lean(problem=[entry("p", "s")], solution=[entry("s")])),
    ("fit-gap", "both hit",
     fit(pains=[entry("p")], gains=[entry("g", "c")], pain_relievers=[entry("r", "p")], gain_creators=[entry("c")])),
    ("segment-unreachable", "both linked", lean(customer_segments=[entry("seg")], **served)),
    ("threat-unanswered", "work",
     swot([work("x", "t"), work("y", "w")], threats=[factor("t")], weaknesses=[factor("w")])),
    ("threat-unanswered", "an option with a goal",
     swot(tows={"wt": [entry("x", "t", "w", "g")]}, threats=[factor("t")], weaknesses=[factor("w")])),
    ("threat-unanswered", "archived", workspace(canvas("swot", {"threats": [factor("t")]}, status="archived"))),
    ("opportunity-idle", "work", swot([work("x", "o")], opportunities=[factor("o")])),
    ("threat-unanswered", "an option that work is done on", swot([work("y", "x")],
     tows={"wt": [entry("x", "t", "w")]}, threats=[factor("t")], weaknesses=[factor("w")])),
    ("threat-unanswered", "an option of one side, which is told as that",
     swot(tows={"wt": [entry("x", "t")]}, threats=[factor("t")])),
    ("threat-unanswered", "a catchword", swot(threats=["Electricity (6)"], weaknesses=["Tills"])),
    ("opportunity-idle", "a catchword", swot(opportunities=["AI"])),
    ("threat-unanswered", "of an impact that hardly matters", swot(threats=[factor("t", impact=2)])),
    ("opportunity-idle", "an option wrote nothing, the opportunity did",
     swot(tows={"so": [entry("x", "g", "s")]}, opportunities=[factor("o", "x")], strengths=[factor("s")])),
    ("doubled-canvas", "named apart", workspace(canvas("lean-canvas", id="a", title="Lean 2025 of the app"),
                                                canvas("lean-canvas", id="b", title="Carriers"))),
    ("doubled-canvas", "archived", workspace(canvas("swot", id="a", title="SWOT 2024", status="archived"),
                                             canvas("swot", id="b", title="SWOT 2026"))),
    ("doubled-canvas", "the plan of this year and of the next",
     workspace(canvas("swot", id="a", title="SWOT 2026"), canvas("swot", id="b", title="SWOT 2027"))),
    ("doubled-canvas", "other models", workspace(canvas("swot", id="a", title="2024"), canvas("tows", id="b"))),
    ("tows-half", "both sides",
     swot(tows={"so": [entry("a", "s", "o")], "st": [entry("b", "s", "t")], "wo": [entry("c", "w", "o")],
                "wt": [entry("d", "w", "t")]}, **factors)),
    ("metric-orphan", "a goal", lean(goal("g", "m"), key_metrics=[entry("m")])),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "what", "strategy", "at"), HOLDS, ids=[f"{case[0]}: {case[1]}" for case in HOLDS])
def test_it_is_found(rule: str, what: str, strategy: Workspace, at: list[str]) -> None:
    findings = found(strategy, rule)
    assert sorted(finding.about.id for finding in findings) == sorted(at)
    for finding in findings:
        assert finding.rule == rule
        assert finding.severity is RULES[rule].severity
        assert finding.message[0].isupper() or finding.message[0] in "“'"
        assert finding.message.endswith(".")
        assert finding.fix.endswith((".", "?"))
        assert finding.about.line > 0
        assert not finding.path or finding.path[0] == finding.about.id


@pytest.mark.parametrize(("rule", "what", "strategy"), QUIET, ids=[f"{case[0]}: {case[1]}" for case in QUIET])
def test_it_is_not_found(rule: str, what: str, strategy: Workspace) -> None:
    assert found(strategy, rule) == ()


def test_every_rule_of_the_family_has_both_kinds_of_case() -> None:
    names = {name for name, rule in RULES.items() if rule.family == "why"}
    assert {case[0] for case in HOLDS} == names == {case[0] for case in QUIET}


@pytest.mark.parametrize(
    ("works", "words"),
    [
        ([], "nothing works towards it"),
        ([work("w", "g", title="<What is built first?>", status="idea")], "nothing works towards it"),
        ([work("w", "g", title="<What is built first?>", status="cancelled")], "nothing works towards it"),
        ([work("w", "g", title="<What?>", status="idea"), work("x", "g", status="cancelled")], "is cancelled"),
    ],
)
def test_only_work_that_somebody_wrote_and_cancelled_is_called_cancelled(
    works: list[dict[str, Any]], words: str
) -> None:
    (finding,) = found(goals(goal("g"), works=works), "goal-without-initiative")
    assert finding.message.endswith(f"{words}.")


def test_optional_cells_are_passed_over() -> None:
    filled = {cell: ["x"] for cell in ("solution", "channels", "key-metrics", "customer-segments", "cost-structure")}
    empty = {finding.about.id for finding in found(workspace(canvas("lean-canvas", filled)), "empty-cell")}
    assert "lean-canvas/existing-alternatives" not in empty
    assert "lean-canvas/problem" in empty


def test_a_message_has_the_elements_own_words_clipped() -> None:
    (finding,) = found(lean(problem=["word " * 40], solution=["s"]), "problem-unsolved")
    assert "“word word" in finding.message
    assert "…”" in finding.message
    assert len(finding.message) < 140


def test_a_message_never_carries_what_a_terminal_obeys() -> None:
    (finding,) = found(lean(problem=["\x1b[31mred\u202e and\nmore"], solution=["s"]), "problem-unsolved")
    assert "\x1b" not in finding.message
    assert "\u202e" not in finding.message
    assert "\n" not in finding.message


def test_an_orphan_that_answers_another_shows_the_way_to_where_it_ends() -> None:
    jobs = canvas("value-proposition-canvas", {"pains": [entry("p")]})
    strategy = workspace(jobs, canvas("lean-canvas", {"unique-value-proposition": [entry("u", "p")]}))
    (finding,) = found(strategy, "orphan-entry")
    assert finding.path == ("u", "p")
    assert "“p”" in finding.fix


def test_the_gap_of_a_problem_shows_what_hangs_on_it() -> None:
    (finding,) = found(lean(goal("g"), problem=[entry("p", "g")], solution=["s"]), "problem-unsolved")
    assert finding.path == ("p", "g", "vision")


def test_a_metric_is_pointed_to_the_goal_that_measures_the_same() -> None:
    measured = goal("g", metric={"name": "median days", "target": 10}, title="Paid within 10 days")
    (finding,) = found(lean(measured, key_metrics=["Median days"]), "metric-orphan")
    assert "“Paid within 10 days”" in finding.fix


def test_what_is_missing_of_a_goal_is_named() -> None:
    (finding,) = found(goals(goal("g", metric=None, due=None, title="Happier customers")), "goal-unmeasured")
    assert finding.message.startswith("“Happier customers” has no metric, no target and no due date")
    assert finding.fix == "Add a metric, a target and a due date."


@pytest.mark.parametrize(
    ("rule", "setting", "strategy"),
    [
        ("threat-unanswered", "min-impact", swot(threats=[factor("minor", impact=3), factor("major", impact=5)])),
        ("opportunity-idle", "min-impact", swot(opportunities=[factor("minor", impact=3), factor("major", impact=5)])),
        (
            "problem-unsolved",
            "min-importance",
            lean(problem=[entry("minor", importance=4), entry("major")], solution=["s"]),
        ),
        (
            "fit-gap",
            "min-fit-importance",
            fit(pains=[entry("minor", importance=4), entry("major", importance=5)], pain_relievers=["r"]),
        ),
    ],
)
def test_a_setting_passes_over_what_hardly_matters(rule: str, setting: str, strategy: Workspace) -> None:
    assert setting in RULES[rule].settings
    assert {finding.about.id for finding in found(strategy, rule)} == {"minor", "major"}
    header = strategy.documents[0].header
    assert header is not None
    strict = workspace(*strategy.documents[1:], rules={"settings": {setting: 5}})
    assert {finding.about.id for finding in found(strict, rule)} == {"major"}
