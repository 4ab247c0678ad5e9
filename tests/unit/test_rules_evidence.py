"""What is only believed is told where much rests on it, and what is known is asked for its source, and its age."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, kebab, work, workspace


def told(rule: str, strategy: Workspace) -> tuple[Finding, ...]:
    return check(strategy, StrategyGraph.of(strategy), TODAY, select=[rule]).findings


def lean(*problems: dict[str, Any], status: str = "active", **cells: list[Any]) -> Document:
    return canvas("lean-canvas", {"problem": problems, **kebab(cells)}, status=status)


def plan(*documents: Document, works: tuple[dict[str, Any], ...] = (), **options: Any) -> Workspace:
    return workspace(*documents, goals=[goal("g")], works=works, **options)


def trial(**fields: Any) -> dict[str, Any]:
    return {"id": "trial", "title": "Ask ten of them", "status": "planned", "tests": ["belief"], **fields}


def trials(*tables: Any) -> Document:
    return Document("trials.toml", extra={"experiments": list(tables)})


# risky-untested


def belief(**fields: Any) -> dict[str, Any]:
    return entry("belief", **{"state": "assumption", "importance": 5, **fields})


def risky(*documents: Document, works: tuple[dict[str, Any], ...] = (), **options: Any) -> list[str]:
    return [found.about.id for found in told("risky-untested", plan(*documents, works=works, **options))]


@pytest.mark.parametrize(
    "works",
    [
        (),
        (work("w", "belief", kind="product"),),
        (work("w", "belief", kind="research", status="cancelled"),),
        (work("w", "g", kind="research"),),
    ],
)
def test_what_matters_most_and_is_only_believed_is_told(works: tuple[dict[str, Any], ...]) -> None:
    assert risky(lean(belief()), works=works) == ["belief"]
    assert risky(lean(belief(evidence=[])), trials(trial(status="dropped")), works=works) == ["belief"]


def test_the_work_that_rests_on_a_belief_is_named() -> None:
    idea, done = work("idea", "belief", status="idea"), work("done", "belief", status="done")
    (found,) = told("risky-untested", plan(lean(belief()), works=(idea, done, work("w", "belief"))))
    assert found.message.endswith("and nothing tests it, while “Work w” rests on it.")
    (alone,) = told("risky-untested", plan(lean(belief()), works=(idea, done)))
    assert alone.message.endswith("is an assumption of importance 5, and nothing tests it.")


@pytest.mark.parametrize(
    "document",
    [
        lean(belief(importance=4)),
        lean(belief(importance=None)),
        lean(belief(state="validated")),
        lean(belief(state="fact")),
        lean(belief(state="")),
        lean(belief(evidence=["12 interviews"])),
        lean(belief(evidence=[{"text": "12 interviews", "date": TODAY}])),
        lean(belief(status="future")),
        lean(belief(), status="draft"),
        lean(belief(), status="archived"),
        lean(cost_structure=[belief()]),
    ],
)
def test_what_matters_less_or_is_backed_needs_no_test(document: Document) -> None:
    assert risky(document) == []


def test_research_or_an_experiment_is_a_test() -> None:
    assert risky(lean(belief()), works=(work("w", "belief", kind="research", status="done"),)) == []
    assert risky(lean(belief()), trials(trial())) == []
    assert risky(lean(belief()), trials(trial(tests="belief", status="done"))) == []


def test_a_setting_says_how_much_is_much() -> None:
    assert risky(lean(belief(importance=4)), rules={"settings": {"risky-importance": 4}}) == ["belief"]


# fact-unbacked


def fact(name: str, **fields: Any) -> dict[str, Any]:
    return entry(name, **{"state": "fact", **fields})


BACKED = fact("backed", evidence=["Count of March"])


def unbacked(*documents: Document) -> list[str]:
    return [found.about.id for found in told("fact-unbacked", plan(*documents))]


@pytest.mark.parametrize("evidence", [None, [], ""])
def test_a_fact_without_a_source_is_told(evidence: Any) -> None:
    assert unbacked(lean(fact("bare", evidence=evidence), BACKED)) == ["bare"]
    assert unbacked(lean(fact("bare", evidence=evidence))) == ["bare"]


def test_where_nobody_writes_evidence_it_is_told_once() -> None:
    (found,) = told("fact-unbacked", plan(lean(fact("one"), fact("two"), fact("three"))))
    assert found.about.id == "vision"
    assert found.message.startswith("3 entries are called facts, such as “one”, and none says")
    assert [element.id for element in found.elements[1:]] == ["one", "two", "three"]


def test_a_source_of_any_shape_is_one() -> None:
    table = fact("table", evidence=[{"text": "Sample of 1,100", "date": date(2026, 11, 20)}])
    proven = canvas("positioning", {"value": [entry("proven", "shown", state="fact")], "value-proof": [entry("shown")]})
    assert unbacked(lean(table, BACKED), proven) == []
    assert unbacked(lean(fact("belief"), BACKED), trials(trial(status="done"))) == []
    for other in (entry("x", state="assumption"), entry("x", state="validated"), entry("x")):
        assert unbacked(lean(other, BACKED)) == []
    assert unbacked(lean(fact("bare"), BACKED, status="draft")) == []


# refuted-in-use


def refuted(*links: str) -> dict[str, Any]:
    return entry("wrong", *links, state="refuted")


def in_use(*documents: Document, works: tuple[dict[str, Any], ...] = ()) -> list[tuple[str, ...]]:
    return [found.path for found in told("refuted-in-use", plan(*documents, works=works))]


def test_what_still_rests_on_something_refuted_is_told() -> None:
    assert in_use(lean(refuted()), works=(work("w", "wrong"),)) == [("wrong", "w")]
    assert in_use(lean(refuted("w")), works=(work("w", status="planned"),)) == [("wrong", "w")]
    assert in_use(lean(refuted(), solution=[entry("s", "wrong")])) == [("wrong", "s")]
    brief = canvas("creative-brief", {"audience": [entry("all", "wrong")]})
    assert in_use(lean(refuted()), brief) == [("wrong", "all")]


def test_work_is_named_first_and_the_rest_counted() -> None:
    strategy = plan(lean(refuted(), solution=[entry("s", "wrong"), entry("t", "wrong")]), works=(work("w", "wrong"),))
    (found,) = told("refuted-in-use", strategy)
    assert found.message == "“wrong” is refuted, and “Work w” and 2 more still rest on it."
    assert [element.id for element in found.elements] == ["wrong", "w", "s", "t"]


@pytest.mark.parametrize(
    "fields", [{"status": "done"}, {"status": "cancelled"}, {"status": "idea"}, {"kind": "research"}]
)
def test_work_that_is_over_or_looks_into_it_may_go_on(fields: dict[str, Any]) -> None:
    assert in_use(lean(refuted()), works=(work("w", "wrong", **fields),)) == []


def test_what_the_refuted_entry_itself_links_to_does_not_rest_on_it() -> None:
    assert in_use(lean(refuted("g", "c"), customer_segments=[entry("c")])) == []
    assert in_use(lean(entry("wrong"), solution=[entry("s", "wrong")])) == []
    assert in_use(lean(refuted(), solution=[entry("s", "wrong", status="future")])) == []
    assert in_use(lean(refuted(), solution=[entry("s", "wrong", state="refuted")])) == []
    for status in ("draft", "archived"):
        assert in_use(lean(refuted()), canvas("swot", {"threats": [entry("t", "wrong")]}, status=status)) == []


# evidence-old

OLD = TODAY - timedelta(days=366)


def aged(*days: date | None, **fields: Any) -> list[str]:
    evidence = [{"text": "Survey", "date": day} if day else {"text": "Survey"} for day in days]
    strategy = plan(lean(entry("known", **{"state": "fact", "evidence": evidence, **fields})))
    return [found.about.id for found in told("evidence-old", strategy)]


def test_evidence_is_old_when_its_newest_piece_is() -> None:
    assert aged(OLD) == ["known"]
    assert aged(OLD, date(2020, 1, 1)) == ["known"]
    (found,) = told("evidence-old", plan(lean(entry("known", evidence=[{"text": "x", "date": date(2025, 3, 1)}]))))
    assert found.message == "The newest evidence for “known” is of 2025-03-01, 630 days ago."


def test_evidence_that_may_be_newer_is_not_called_old() -> None:
    assert aged(OLD + timedelta(days=1)) == []
    assert aged(OLD, TODAY) == []
    assert aged(OLD, None) == []
    assert aged() == []
    assert aged(OLD, state="refuted") == []
    for evidence in (["Survey of 2020-01-01"], "2020-01-01", [{"text": "x", "date": "2020-01-01"}], 7):
        assert told("evidence-old", plan(lean(entry("known", evidence=evidence)))) == ()


# test-without-criterion


def test_an_experiment_without_a_criterion_is_told_at_what_it_tests() -> None:
    (found,) = told("test-without-criterion", plan(lean(belief()), trials(trial())))
    assert found.message == "The test “Ask ten of them” of “belief” has no criterion: any result will do."
    assert [(element.id, element.kind) for element in found.elements] == [("belief", "entry"), ("trial", "experiment")]


@pytest.mark.parametrize("fields", [{"success": ""}, {"status": "running"}, {"status": None}, {"tests": "belief"}])
def test_however_it_is_left_out_the_criterion_is_missing(fields: dict[str, Any]) -> None:
    assert len(told("test-without-criterion", plan(lean(belief()), trials(trial(**fields))))) == 1


def test_a_test_of_nothing_is_told_at_its_file() -> None:
    (found,) = told("test-without-criterion", plan(trials(trial(tests=["gone"]))))
    assert found.about == ("trials.toml", "file", "trials.toml", 1)


@pytest.mark.parametrize(
    "fields", [{"success": "4 of 10 sign"}, {"success": 4}, {"status": "done"}, {"status": "dropped"}]
)
def test_a_test_with_a_criterion_or_one_that_is_over_is_quiet(fields: dict[str, Any]) -> None:
    assert told("test-without-criterion", plan(lean(belief()), trials(trial(**fields)))) == ()


def test_tables_that_are_none_break_nothing() -> None:
    odd = replace(trials(), extra={"experiments": "later"})
    assert told("test-without-criterion", plan(odd)) == ()
    assert len(told("test-without-criterion", plan(trials(7, {"tests": [7]}, {"title": 7, "tests": 7})))) == 2
