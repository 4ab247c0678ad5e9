"""Waivers, [rules] in strategy.toml, --select and --ignore, and what a report looks like."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from itertools import groupby
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas_tui.core.workspace import Document, Problem, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import RULES, Report, Severity, UnknownRule, book, check, find_rule
from canvas_tui.rules.registry import BOOK, PLANNED
from canvas_tui.storage.read.workspace import read_workspace
from tests.unit.strategy_factory import TODAY, canvas, entry, factor, goal, header, listed, templates, work, workspace


def report(strategy: Workspace, today: date = TODAY, **options: Any) -> Report:
    return check(strategy, StrategyGraph.of(strategy), today, **options)


FAR = goal("far", status="proposed")  # a goal that asks for nothing, and that nothing leads to


def orphan(*, waivers: list[dict[str, Any]] | None = None, rules: dict[str, Any] | None = None) -> Workspace:
    """A problem that has no answer, and a value proposition that leads to no goal."""
    cells = {"problem": [entry("late", "far")], "solution": [entry("letters", "far")]}
    lean = canvas("lean-canvas", {"unique-value-proposition": [entry("begging")], **cells})
    others = {"off": ["solution-unmotivated", "empty-cell", *(rules or {}).get("off", ())]}
    return workspace(lean, goals=[FAR], waivers=waivers or [], rules={**(rules or {}), **others})


def waiver(rule: str = "orphan-entry", element: str = "begging", **fields: Any) -> dict[str, Any]:
    return {"rule": rule, "element": element, "reason": "Waits for January", **fields}


def rules_of(found: Report) -> list[str]:
    return [finding.rule for finding in found.findings]


# waivers


def test_a_waiver_takes_its_finding_out_and_no_other() -> None:
    found = report(orphan(waivers=[waiver()]))
    assert rules_of(found) == ["problem-unsolved"]
    assert [finding.rule for finding in found.waived] == ["orphan-entry"]
    assert found.summary == {"error": 1, "warning": 0, "info": 0, "waived": 1}


def test_a_waiver_may_name_the_place_of_an_entry() -> None:
    assert rules_of(report(orphan(waivers=[waiver(element="lean-canvas/unique-value-proposition/1")]))) == [
        "problem-unsolved"
    ]


def test_a_waiver_holds_on_its_last_day_and_is_a_finding_after_it() -> None:
    strategy = orphan(waivers=[waiver(until=TODAY, who="ana")])
    assert rules_of(report(strategy)) == ["problem-unsolved"]
    later = report(strategy, TODAY + timedelta(days=1))
    assert rules_of(later) == ["problem-unsolved", "waiver-expired"]
    (expired,) = later.by_rule("waiver-expired")
    assert expired.about == ("begging", "waiver", "strategy.toml", 10)
    assert expired.message == (
        "The waiver of orphan-entry for “begging” ended on 2026-11-21 (ana accepted it). "
        "“begging” (Unique value proposition) leads to no goal."
    )


def test_a_waiver_that_has_ended_is_as_serious_as_what_it_accepted() -> None:
    strategy = orphan(waivers=[waiver("problem-unsolved", "late", until=TODAY - timedelta(days=1))])
    assert [(each.rule, str(each.severity), each.about.id) for each in report(strategy).findings] == [
        ("waiver-expired", "error", "late"),
        ("orphan-entry", "warning", "begging"),
    ]
    assert rules_of(report(strategy, select=["problem-unsolved"])) == ["problem-unsolved"]


def test_a_waiver_that_has_ended_and_has_nothing_to_accept_is_told_by_itself() -> None:
    strategy = orphan(waivers=[waiver("fit-gap", until=TODAY - timedelta(days=1))])
    assert [(each.rule, str(each.severity)) for each in report(strategy).by_rule("waiver-expired")] == [
        ("waiver-expired", "warning")
    ]


def test_a_file_that_cannot_be_read_cannot_be_waived() -> None:
    bad = Document("bad.toml", problems=(Problem("bad.toml", 7, "a text is open", "close it"),), is_readable=False)
    held = [waiver("invalid-value", "bad.toml")]
    assert report(workspace(bad, waivers=held)).by_rule("invalid-value")
    wrong = replace(bad, is_readable=True)
    assert not report(workspace(wrong, waivers=held)).by_rule("invalid-value"), "a wrong value in it can be"


def test_neither_a_wrong_waiver_nor_two_versions_can_be_waived() -> None:
    past = [waiver(until=TODAY - timedelta(days=1)), waiver("waiver-expired", "begging")]
    assert "waiver-expired" in rules_of(report(orphan(waivers=past)))
    kept = canvas("lean-canvas", {"problem": [entry("late", conflict=[{"field": "text", "other": "early"}])]})
    assert report(workspace(kept, waivers=[waiver("conflict-open", "late")])).by_rule("conflict-open")


def test_a_waiver_of_the_blunter_rule_accepts_the_same_missing_link() -> None:
    cells = {"problem": [entry("late", "far")], "solution": [entry("letters")]}
    lean = canvas("lean-canvas", cells)
    held = [waiver("orphan-entry", "letters")]
    found = report(workspace(lean, goals=[FAR], waivers=held), ignore=["empty-cell", "problem-unsolved"])
    assert rules_of(found) == []
    assert [each.rule for each in found.waived] == ["solution-unmotivated"]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (waiver("fit-gap"), "finds nothing there"),
        (waiver("orphan-entri"), "which there is not"),
        (waiver(element="beging"), "nothing has that id"),
    ],
)
def test_a_waiver_that_matches_nothing_is_a_finding(made: dict[str, Any], words: str) -> None:
    (finding,) = report(orphan(waivers=[made])).by_rule("waiver-unmatched")
    assert words in finding.message
    assert finding.severity is Severity.WARNING


def test_a_slip_in_a_waiver_gets_a_suggestion() -> None:
    slips = [waiver("orphan-entri"), waiver(element="beging")]
    fixes = [finding.fix for finding in report(orphan(waivers=slips)).by_rule("waiver-unmatched")]
    assert sorted(fixes) == [
        "Write 'begging' instead, or take the waiver out.",
        "Write 'orphan-entry' instead, or take the waiver out.",
    ]


def test_a_waiver_of_a_rule_that_is_off_matches_nothing() -> None:
    strategy = orphan(waivers=[waiver()], rules={"off": ["orphan-entry"]})
    (finding,) = report(strategy).by_rule("waiver-unmatched")
    assert "switched off" in finding.message


def test_selecting_rules_makes_no_waiver_unmatched() -> None:
    strategy = orphan(waivers=[waiver()])
    assert rules_of(report(strategy, select=["waiver-unmatched"])) == []
    assert rules_of(report(strategy, ignore=["orphan-entry"])) == ["problem-unsolved"]


def test_a_waiver_of_a_rule_yet_to_come_is_let_be() -> None:
    assert report(orphan(waivers=[waiver("stale")])).by_rule("waiver-unmatched") == ()


# [rules]


def test_a_rule_switched_off_finds_nothing_until_it_is_selected() -> None:
    strategy = orphan(rules={"off": ["orphan-entry"]})
    assert rules_of(report(strategy)) == ["problem-unsolved"]
    assert rules_of(report(strategy, select=["orphan-entry"])) == ["orphan-entry"]


def test_a_severity_can_be_changed_and_changes_the_order() -> None:
    strategy = orphan(rules={"severity": {"orphan-entry": "error", "problem-unsolved": "info"}})
    found = report(strategy)
    assert [(finding.rule, str(finding.severity)) for finding in found.findings] == [
        ("orphan-entry", "error"),
        ("problem-unsolved", "info"),
    ]
    assert found.summary == {"error": 1, "warning": 0, "info": 1, "waived": 0}


@pytest.mark.parametrize(
    ("rules", "words", "fix"),
    [
        ({"off": ["orphan-entri"]}, "'orphan-entri'", "'orphan-entry'"),
        ({"severity": {"empty-cel": "info"}}, "'empty-cel'", "'empty-cell'"),
        ({"severity": {"empty-cell": "fatal"}}, "'fatal'", "error, warning or info"),
        ({"settings": {"min-imact": 3}}, "'min-imact'", "'min-impact'"),
        ({"settings": {"min-impact": 9}}, "is 9", "from 1 to 5"),
        ({"settings": {"min-impact": "3"}}, "'3'", "from 1 to 5"),
        ({"settings": {"min-impact": True}}, "is true", "from 1 to 5"),
        ({"off": [3]}, "names 3", "quotes"),
    ],
)
def test_what_is_wrong_in_the_rules_table_is_a_finding(rules: dict[str, Any], words: str, fix: str) -> None:
    (finding,) = report(workspace(rules=rules)).findings
    assert finding.rule == "invalid-value"
    assert finding.about == ("strategy.toml", "file", "strategy.toml", 1)
    assert words in finding.message
    assert fix in finding.fix


def test_the_example_of_the_file_format_is_fine() -> None:
    rules = {"off": ["ownerless"], "severity": {"empty-cell": "info"}, "settings": {"launch-buffer-days": 7}}
    assert report(workspace(rules=rules)).findings == ()


# select and ignore


def test_select_and_ignore_narrow_what_is_checked() -> None:
    strategy = orphan()
    assert rules_of(report(strategy)) == ["problem-unsolved", "orphan-entry"]
    assert rules_of(report(strategy, select=["orphan-entry"])) == ["orphan-entry"]
    assert rules_of(report(strategy, ignore=["orphan-entry"])) == ["problem-unsolved"]
    assert rules_of(report(strategy, select=["orphan-entry"], ignore=["orphan-entry"])) == []


@pytest.mark.parametrize("option", ["select", "ignore"])
def test_an_unknown_rule_is_refused_with_the_closest_name(option: str) -> None:
    with pytest.raises(UnknownRule, match="did you mean 'orphan-entry'"):
        report(orphan(), **dict[str, Any]({option: ["orphan-entri"]}))


# the registry


def test_every_rule_explains_itself() -> None:
    assert not PLANNED & RULES.keys()
    for name, rule in RULES.items():
        assert rule.name == name == find_rule(name).name
        assert rule.summary.endswith(".")
        assert len(rule.summary) < 80
        assert rule.docs.startswith(f"{name}\n\n{rule.summary}")
        for part in (
            rule.page.means,
            rule.page.mend,
            "It finds something here:",
            "It finds nothing here:",
            f'off = ["{name}"]',
            *rule.settings,
        ):
            assert part in rule.docs
        assert tomllib.loads(rule.page.wrong)
        assert tomllib.loads(rule.page.right)


def test_every_module_of_the_book_is_registered_and_no_name_is_used_twice() -> None:
    modules = {each.name: import_module(f"canvas_tui.rules.book.{each.name}") for each in iter_modules(book.__path__)}
    assert sorted(modules) == sorted(BOOK)
    assert len(RULES) == sum(len(module.RULES) for module in modules.values())


def test_the_rules_of_a_family_stand_together() -> None:
    families = [family for family, _ in groupby(rule.family for rule in RULES.values())]
    assert len(families) == len(set(families))


def test_a_name_nothing_is_like_is_refused_without_a_guess() -> None:
    with pytest.raises(UnknownRule, match="lists them"):
        find_rule("xyzzy")


# reports


def test_a_report_is_sorted_by_severity_then_place() -> None:
    lean = canvas("lean-canvas", {"problem": ["a", "b"], "solution": [entry("s", "far")]})
    works = [work("w", end=TODAY - timedelta(days=10))]
    found = report(workspace(lean, canvas("swot", {"threats": [factor("t")]}), goals=[FAR], works=works))
    assert [(str(each.severity), each.about.file, each.about.line) for each in found.findings] == [
        ("error", "goals.toml", 11),
        ("error", "lean-canvas.toml", 10),
        ("error", "lean-canvas.toml", 11),
        ("warning", "goals.toml", 11),
        ("warning", "lean-canvas.toml", 13),
        ("warning", "swot.toml", 10),
    ]


def test_a_finding_has_the_shape_that_programs_read() -> None:
    (finding,) = report(orphan(), select=["orphan-entry"]).findings
    assert finding.as_dict() == {
        "rule": "orphan-entry",
        "severity": "warning",
        "message": "“begging” (Unique value proposition) leads to no goal.",
        "fix": "Link it to the goal it serves, or to the initiative that works on it.",
        "elements": [{"id": "begging", "kind": "entry", "file": "lean-canvas.toml", "line": 10}],
        "path": ["begging"],
    }


def test_findings_are_told_by_element() -> None:
    by_element = report(orphan(waivers=[waiver("problem-unsolved", "late")])).by_element
    assert {address: [each.rule for each in found] for address, found in by_element.items()} == {
        "begging": ["orphan-entry"]
    }


IDS = [f"e{number}" for number in range(8)]
CELLS = ["problem", "solution", "customer-segments", "channels", "key-metrics"]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_findings_do_not_depend_on_the_order_of_the_documents(seed: int) -> None:
    chance = random.Random(seed)
    ids = iter(chance.sample(IDS, len(IDS)))
    targets = [*IDS, "g1", "w1", "w2", "gone", "vision"]

    def some() -> list[str]:
        return chance.sample(targets, chance.randint(0, 2))

    documents = [
        canvas("lean-canvas", {chance.choice(CELLS): [entry(next(ids), *some()), entry(next(ids), *some())]}, id=name)
        for name in ("one", "two", "three")
    ]
    documents += [
        listed(
            "goals.toml", [goal("g1", *some(), parent=chance.choice([None, "g2", "gone"])), goal("g2", parent="g1")]
        ),
        listed(
            "work.toml", [], [work("w1", *some(), depends_on=some()), work("w2", promotes=some(), depends_on=["w1"])]
        ),
        header(waivers=[waiver(element="e1"), waiver(element="gone")]),
    ]
    first = report(Workspace(tuple(documents), templates()))
    chance.shuffle(documents)
    assert report(Workspace(tuple(documents), templates())) == first


# preview


def doubtful(**rules: Any) -> Workspace:
    """An advantage with no word on why it is hard to copy, which leads to a goal."""
    lean = canvas("lean-canvas", {"unfair-advantage": [entry("brand", "far")]})
    return workspace(lean, goals=[FAR], rules=rules, waivers=[waiver("advantage-doubtful", "other")])


def test_a_preview_rule_runs_only_where_it_is_asked_for() -> None:
    assert rules_of(report(doubtful())) == []
    assert rules_of(report(doubtful(), preview=True)) == ["advantage-doubtful"]
    assert rules_of(report(doubtful(preview=True))) == ["advantage-doubtful"]
    assert rules_of(report(doubtful(), select=["advantage-doubtful"])) == ["advantage-doubtful"]
    assert rules_of(report(doubtful(preview=True, off=["advantage-doubtful"]))) == []
    assert "check --preview" in RULES["advantage-doubtful"].docs
    assert "check --preview" not in RULES["orphan-entry"].docs


def test_preview_says_yes_or_no(tmp_path: Path) -> None:
    (tmp_path / "strategy.toml").write_text('format = 1\n[rules]\npreview = "yes"\n')
    (problem,) = read_workspace(tmp_path).workspace.documents[0].problems
    assert problem.message == "preview must be true or false"
