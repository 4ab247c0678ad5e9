"""What is offered for a finding mends it; every rule has fixes, or a reason why it has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import RULES, ElementAt, Finding, Severity, check
from canvas_tui.rules.fix import ASKS_WORDS, IS_PLAIN, Act, Fix, command_for
from canvas_tui.rules.fixes import WITHOUT, fixes_of
from canvas_tui.storage.read.workspace import read_workspace
from tests.unit import strategy_factory
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, header, work, workspace

ROOT = Path(__file__).parents[2]
WORKSPACES = sorted(each.parent for top in ("samples", "tests/corpus") for each in (ROOT / top).rglob("strategy.toml"))


def told(plan: Workspace, rule: str) -> list[Finding]:
    return list(check(plan, StrategyGraph.of(plan), TODAY).by_rule(rule))


def test_every_rule_has_fixes_or_a_reason_why_it_has_none() -> None:
    plan = lean(PAID, ON_IT, problem=[entry("p", "zzzzzz")])
    for rule in RULES.keys() - WITHOUT.keys():
        told_of = [
            Finding(rule, Severity.ERROR, "It links to 'zzzzzz'.", "f", (_at(each), _at("on-it")), (each, "on-it"))
            for each in ("p", "paid", "on-it")
        ]
        assert {fix.act for each in told_of for fix in fixes_of(each, plan)} - {Act.WAIVE}, rule
    for rule, reason in WITHOUT.items():
        assert fixes_of(Finding(rule, Severity.ERROR, "m", "f", (_at("paid"),)), plan) == ()
        assert len(reason.split()) > 5


def lean(goals: Iterable[Any] = (), works: Iterable[Any] = (), **cells: list[Any]) -> Workspace:
    return strategy_factory.lean(*goals, works=works, **cells)


PAID = [goal("paid")]
ON_IT = [work("on-it", "paid")]
SOLUTION, PROBLEM = "lean-canvas/solution/1", "lean-canvas/problem/1"


def swot(**cells: list[Any]) -> Workspace:
    return workspace(canvas("swot", cells), goals=PAID, works=ON_IT)


# rule, plan, the words of a fix, what is written or chosen with it
MENDING: list[tuple[str, Workspace, str, str]] = [
    ("no-goals", lean(problem=[entry("p")]), "write the first goal", "Be paid"),
    ("initiative-without-goal", lean(PAID, [*ON_IT, work("w")]), "link a goal", "paid"),
    ("initiative-without-goal", lean(PAID, [*ON_IT, work("w")]), "make a goal", "Another"),
    ("initiative-without-goal", lean(PAID, [*ON_IT, work("w")]), "set it to idea", ""),
    ("initiative-without-goal", lean(PAID, [*ON_IT, work("w")]), "cancel it", ""),
    ("goal-without-initiative", lean(PAID, [work("w", status="idea")]), "link an initiative", "w"),
    ("goal-without-initiative", lean(PAID), "make an initiative", "Do it"),
    ("goal-without-initiative", lean(PAID), "set it to proposed", ""),
    ("goal-without-initiative", lean(PAID), "set it to dropped", ""),
    ("goal-detached", lean([goal("g", parent="p")], problem=[entry("p", "g")]), "take its parent out", ""),
    ("goal-unmeasured", lean([goal("g", metric=None)]), "set it to proposed", ""),
    ("orphan-entry", lean(PAID, ON_IT, unique_value_proposition=["Calm"]), "link a goal", "paid"),
    ("orphan-entry", lean(PAID, ON_IT, unique_value_proposition=["Calm"]), "link an initiative", "on-it"),
    ("orphan-entry", lean(PAID, ON_IT, unique_value_proposition=["Calm"]), "make a goal", "Calm"),
    ("orphan-entry", lean(PAID, ON_IT, unique_value_proposition=["Calm"]), "for later", ""),
    ("problem-unsolved", lean(PAID, ON_IT, problem=[entry("p")], solution=["s"]), "link its answer", SOLUTION),
    ("problem-unsolved", lean(PAID, ON_IT, problem=["No id"], solution=["s"]), "write a solution", "Reminders"),
    ("problem-unsolved", lean(PAID, ON_IT, problem=["No id"], solution=["s"]), "make an initiative", "Try it"),
    ("problem-unsolved", lean(PAID, ON_IT, problem=["No id"], solution=["s"]), "for later", ""),
    ("solution-unmotivated", lean(PAID, ON_IT, problem=["p"], solution=["s"]), "link its problem", PROBLEM),
    ("solution-unmotivated", lean(PAID, ON_IT, problem=["p"], solution=["s"]), "write the problem", "Late"),
    ("segment-unreachable", lean(customer_segments=["a", "b"], channels=["c"], revenue_streams=[entry("r", "a")]),
     "link a channel or revenue", ""),
    ("metric-orphan", lean(PAID, ON_IT, key_metrics=[entry("m")]), "link its goal", "paid"),
    ("metric-orphan", lean(PAID, ON_IT, key_metrics=[entry("m")]), "make a goal", "A goal"),
    ("threat-unanswered", swot(threats=["A threat"]), "link the work on it", "on-it"),
    ("opportunity-idle", swot(opportunities=["A chance"]), "make an initiative", "Go"),
    ("fit-gap", workspace(canvas("value-proposition-canvas", {"pains": ["p"], "pain-relievers": [entry("r", "paid")]}),
                          goals=PAID, works=ON_IT), "write a reliever", "Calm"),
    ("overdue", lean([goal("g", due=TODAY.replace(year=2025))], [work("w", "g")]), "set it to missed", ""),
    ("overdue", lean(PAID, [work("w", "paid", end=TODAY.replace(year=2025))]), "set it to done", ""),
    ("dangling-link", lean(PAID, ON_IT, problem=[entry("p", "payed")]), "link paid", ""),
    ("dangling-link", lean(PAID, ON_IT, problem=[entry("p", "zzzzzz")]), "take the link out", ""),
    ("dangling-link", lean([goal("paid", parent="nobody-knows")]), "take the link out", ""),
]  # fmt: skip


def carried_out(plan: Workspace, fix: Fix, given: str) -> Workspace:
    asks = fix.act in ASKS_WORDS
    return command_for(fix, plan, words=given if asks else "", target="" if asks else given).apply(plan).workspace


@pytest.mark.parametrize(("rule", "plan", "words", "given"), MENDING, ids=[f"{m[0]}: {m[2]}" for m in MENDING])
def test_a_fix_mends_what_it_is_offered_for(rule: str, plan: Workspace, words: str, given: str) -> None:
    finding = told(plan, rule)[0]
    fixes = fixes_of(finding, plan)
    fix = next((each for each in fixes if each.words == words), None)
    if words == "link a channel or revenue":
        assert {"channel", "revenue"} >= set(fixes[0].wants.roles)
        return
    assert fix is not None, [each.words for each in fixes]
    assert finding.about.id not in {each.about.id for each in told(carried_out(plan, fix, given), rule)}


SOON, LATER = date(2027, 1, 10), date(2027, 2, 1)
RISKY = entry("p", "paid", state="assumption", importance=5)
# rule, plan, and of each form that is offered: its words, its field, and what is filled in
FORMS: list[tuple[str, Workspace, list[tuple[str, str, str]]]] = [
    ("launch-before-ready", lean(PAID, [work("l", "paid", kind="launch", start=SOON, depends_on=["w"]),
                                        work("w", "paid", end=LATER)]),
     [("start it later", "start", "2027-02-08"), ("end what it needs sooner", "end", "2027-01-03")]),
    ("goal-before-work", lean([goal("g", due=SOON)], [work("w", "g", end=LATER)]),
     [("give it a later date", "due", "2027-02-01"), ("end what it needs sooner", "end", "2027-01-10")]),
    ("work-before-ready", lean(PAID, [work("l", "paid", status="planned", start=SOON, depends_on=["w"]),
                                      work("w", "paid", end=LATER)]),
     [("start it later", "start", "2027-02-01"), ("end what it needs sooner", "end", "2027-01-10")]),
    ("overdue", lean([goal("g", due=TODAY.replace(year=2025))], [work("w", "g")]),
     [("give it a later date", "due", "")]),
    ("overdue", lean(PAID, [work("w", "paid", end=TODAY.replace(year=2025))]), [("give it a later date", "end", "")]),
    ("goal-unmeasured", lean([goal("g", metric=None)]), [("give it a number", "metric.name", "")]),
    ("goal-unmeasured", lean([goal("g", metric={"name": "n"}, due=None)]),
     [("give it a number and a date", "metric.target", "")]),
    ("goal-unmeasured", lean([goal("g", due=None)]), [("give it a date", "due", "")]),
    ("risky-untested", lean(PAID, ON_IT, problem=[RISKY]), [("write its evidence", "evidence", "")]),
    ("cycle", lean(PAID, [work("a", "paid", depends_on=["b"]), work("b", "paid", depends_on=["a"])]),
     [("change what it needs", "depends-on", "")]),
    ("unsafe-text", lean([goal("g", title="A\u202eb")]), [("change its fields", "title", "")]),
    ("invalid-value", lean(PAID, [work("w", "paid", start=LATER, end=SOON)]), [("change its fields", "end", "")]),
    ("undecided", lean([goal("g", metric={"name": "TBD", "target": 3})]), [("write what it is", "metric.name", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "plan", "forms"), FORMS, ids=[f"{each[0]}: {each[2][0][0]}" for each in FORMS])
def test_a_form_opens_on_the_field_that_is_meant_with_the_day_that_is_advised(
    rule: str, plan: Workspace, forms: list[tuple[str, str, str]]
) -> None:
    fixes = fixes_of(told(plan, rule)[0], plan)
    assert [(fix.words, fix.key, fix.value) for fix in fixes if fix.act is Act.FILL] == forms


def test_a_late_key_result_offers_no_form_that_does_not_show_it() -> None:
    late = goal("g", key_results=[{"title": "Ten", "target": 10, "due": TODAY.replace(year=2025)}])
    plan = lean([late], [work("w", "g")])
    assert Act.FILL not in {fix.act for fix in fixes_of(told(plan, "overdue")[0], plan)}


def test_after_an_initiative_was_made_for_a_problem_it_is_the_initiative_that_wants_a_goal() -> None:
    plan = lean(PAID, ON_IT, problem=[entry("p")], solution=["s"])
    make = next(fix for fix in fixes_of(told(plan, "problem-unsolved")[0], plan) if fix.words == "make an initiative")
    after = carried_out(plan, make, "Remind them")
    (finding,) = told(after, "orphan-entry")
    assert finding.message == "“p” (Problem) leads to no goal, and neither does its work “Remind them”."
    assert "initiative that works on it" not in finding.fix
    first, *rest = fixes_of(finding, after)
    assert (first.words, first.element) == ("link its work to a goal", "remind-them")
    assert not {fix.words for fix in rest} & {"link an initiative", "make an initiative"}
    assert told(carried_out(after, first, "paid"), "orphan-entry") == []


OPEN = "<What is to stand here?>"


def test_the_first_goal_is_written_where_a_placeholder_waits_for_it() -> None:
    plan = lean([goal("first-goal", title=OPEN)], [work("w", "first-goal", title=OPEN)], problem=[entry("p")])
    (finding,) = told(plan, "no-goals")
    write, *_ = fixes_of(finding, plan)
    assert (write.act, write.element, write.words) == (Act.FILL, "first-goal", "write the first goal")


def test_what_is_written_takes_the_place_of_a_placeholder() -> None:
    blank = entry(OPEN, id="open")
    plan = lean(PAID, [*ON_IT, work("w", title=OPEN)], problem=[entry("p")], solution=["s", blank])
    (finding,) = told(plan, "problem-unsolved")
    by_words = {fix.words: fix for fix in fixes_of(finding, plan)}
    solved = carried_out(plan, by_words["write a solution"], "Reminders").get("open")
    assert (solved.text, solved.element.links) == ("Reminders", ("p",))
    planned = carried_out(plan, by_words["make an initiative"], "Remind them").get("w")
    assert (planned.text, planned.element.links) == ("Remind them", ("p",))
    half = lean(PAID, ON_IT, problem=[entry("p")], solution=["s", entry(OPEN, "p", id="open")])
    made = carried_out(half, by_words["write a solution"], "Reminders")
    assert (made.get("open").text, made.get("open").element.links) == ("Reminders", ("p",)), "linked already"


def test_a_placeholder_that_is_there_for_something_else_is_let_be() -> None:
    works = [*ON_IT, work("w", "paid", title=OPEN)]
    plan = lean(PAID, works, problem=[entry("p")], solution=["s", entry(OPEN, "on-it", id="open")])
    (finding,) = told(plan, "problem-unsolved")
    by_words = {fix.words: fix for fix in fixes_of(finding, plan)}
    for words in ("write a solution", "make an initiative"):
        after = carried_out(plan, by_words[words], "Reminders")
        assert (after.get("open").text, after.get("w").text) == (OPEN, OPEN)


def test_an_empty_cell_is_filled_where_it_is() -> None:
    plan = swot(strengths=["a"], weaknesses=["b"], threats=["c"])
    (finding,) = told(plan, "empty-cell")
    write, note, waive = fixes_of(finding, plan)
    assert [write.act, note.act, waive.act] == [Act.WRITE, Act.NOTE, Act.WAIVE]
    assert told(carried_out(plan, write, "Bees"), "empty-cell") == []


def test_what_an_entry_is_there_for_is_linked_first_where_its_way_up_ends_without_a_goal() -> None:
    plan = lean(PAID, [*ON_IT, work("under", "top"), work("top", kind="other")])
    adrift = Finding("initiative-without-goal", Severity.ERROR, "m", "f", (_at("under"),), ("under", "top"))
    first, second, *_ = fixes_of(adrift, plan)
    assert (first.words, first.element) == ("link what it is for", "top")
    assert (second.words, second.element) == ("link a goal", "under")


def test_a_link_is_not_taken_out_while_a_file_that_may_have_its_other_end_cannot_be_read() -> None:
    plan = lean(PAID, ON_IT, problem=[entry("p", "zzzzzz")])
    (finding,) = told(plan, "dangling-link")
    assert [each.act for each in fixes_of(finding, plan)] == [Act.LINK, Act.UNLINK]
    unread = replace(
        plan, documents=(*plan.documents, replace(header(), path="more.toml", header=None, is_readable=False))
    )
    assert [each.act for each in fixes_of(finding, unread)] == [Act.LINK]


@pytest.mark.parametrize(("key", "chosen"), [("links", "paid"), ("depends-on", "on-it"), ("parent", "on-it")])
def test_a_link_to_nothing_gives_way_to_the_one_that_is_chosen(key: str, chosen: str) -> None:
    plan = lean(PAID, [*ON_IT, work("w", **{key: "zzzzzz" if key == "parent" else ["zzzzzz"]})])
    (finding,) = told(plan, "dangling-link")
    after = carried_out(plan, fixes_of(finding, plan)[0], chosen)
    assert after.get("w").element.fields[key] == (chosen if key == "parent" else [chosen])


def test_what_a_rule_nobody_wrote_fixes_for_tells_of_is_edited_or_waived() -> None:
    finding = Finding("some-new-rule", Severity.WARNING, "m", "f", (_at("paid"),))
    assert [each.act for each in fixes_of(finding, lean(PAID))] == [Act.FILL, Act.WAIVE]


def test_nothing_is_offered_for_mistakes_in_files_but_to_mend_them() -> None:
    finding = Finding("invalid-value", Severity.ERROR, "m", "f", (ElementAt("a.toml", "file", "a.toml", 1),))
    assert fixes_of(finding, lean(PAID)) == ()


def _at(address: str) -> ElementAt:
    return ElementAt(address, "goal", "goals.toml", 1)


@pytest.mark.parametrize("root", WORKSPACES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_finding_of_the_samples_has_fixes_that_can_be_carried_out(root: Path) -> None:
    plan = read_workspace(root).workspace
    for finding in check(plan, StrategyGraph.of(plan), TODAY).findings:
        fixes = fixes_of(finding, plan)
        assert len({fix.words for fix in fixes}) == len(fixes) <= 9
        if plan.find(finding.about.id) is not None and finding.rule not in WITHOUT and finding.about.kind != "file":
            assert fixes, finding
        for fix in fixes:
            assert len(fix.words) <= 27
            if fix.act is Act.LINK:
                assert fix.wants.kinds or fix.wants.roles
            if fix.act in IS_PLAIN | ASKS_WORDS:
                command_for(fix, plan, words="Something").apply(plan)
