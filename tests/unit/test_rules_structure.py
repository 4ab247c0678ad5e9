"""Every rule of the family *structure*: where it holds, where it does not, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from canvas_tui.core.text import is_unsafe
from canvas_tui.core.workspace import Document, Problem, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import RULES, ElementAt, Finding, check
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, work, workspace


def found(strategy: Workspace, rule: str) -> tuple[Finding, ...]:
    return check(strategy, StrategyGraph.of(strategy), TODAY, select=[rule]).findings


# duplicate-id


def test_an_id_used_twice_is_found_where_the_second_stands() -> None:
    swot = canvas("swot", {"strengths": [entry("twin"), entry("only")], "threats": [entry("twin")]})
    (finding,) = found(workspace(swot), "duplicate-id")
    assert [(element.id, element.line) for element in finding.elements] == [("twin", 13), ("twin", 10)]
    assert "used twice" in finding.message


def test_an_entry_that_took_a_goals_id_is_the_one_to_rename() -> None:
    swot = canvas("swot", {"threats": [entry("growth")]}, id="a")
    (finding,) = found(workspace(swot, goals=[goal("growth")]), "duplicate-id")
    assert [element.kind for element in finding.elements] == ["entry", "goal"]


@pytest.mark.parametrize("times", [2, 3])
def test_an_id_used_often_is_one_finding(times: int) -> None:
    documents = [canvas("swot", {"threats": [entry("twin")]}, id=f"c{each}") for each in range(times)]
    (finding,) = found(workspace(*documents), "duplicate-id")
    assert len(finding.elements) == times


def test_two_canvases_of_one_id_are_found_once_and_not_for_every_cell() -> None:
    one = canvas("swot", {"threats": ["no id"]}, id="same")
    other = replace(canvas("swot", {"threats": ["no id"]}, id="same"), path="other.toml")
    (finding,) = found(workspace(one, other), "duplicate-id")
    assert finding.about == ElementAt("same", "canvas", "same.toml", 1)


def test_vision_is_no_id_for_anything_else() -> None:
    (finding,) = found(workspace(goals=[goal("vision")]), "duplicate-id")
    assert finding.about.kind == "goal"
    assert found(workspace(goals=[goal("vision")], vision=""), "duplicate-id") == ()


def test_ids_used_once_are_fine() -> None:
    swot = canvas("swot", {"strengths": [entry("one"), "no id", "no id"], "threats": [entry("two"), "no id"]})
    assert found(workspace(swot, goals=[goal("g")], works=[work("w")]), "duplicate-id") == ()


# dangling-link


@pytest.mark.parametrize(
    ("fields", "verb"),
    [
        ({"links": ["paid-in-10-day"]}, "links to"),
        ({"parent": "paid-in-10-day"}, "names as its parent"),
        ({"depends_on": ["paid-in-10-day"]}, "depends on"),
        ({"promotes": ["paid-in-10-day"]}, "promotes"),
    ],
)
def test_a_name_of_nothing_is_found_under_every_key_with_the_closest_id(fields: dict[str, Any], verb: str) -> None:
    strategy = workspace(goals=[goal("paid-in-10-days")], works=[work("w", **fields)])
    (finding,) = found(strategy, "dangling-link")
    assert finding.about == ElementAt("w", "initiative", "goals.toml", 11)
    assert f"“Work w” {verb} 'paid-in-10-day'" in finding.message
    assert "'paid-in-10-days'" in finding.fix


def test_a_link_nothing_is_like_gets_no_suggestion() -> None:
    (finding,) = found(workspace(works=[work("w", "xyzzy-plugh")]), "dangling-link")
    assert finding.fix == "Write the id that is meant, or add what 'xyzzy-plugh' stands for."


def test_a_misspelt_cell_is_pointed_to_the_cell() -> None:
    lean = canvas("lean-canvas", id="lean")
    (finding,) = found(workspace(lean, works=[work("w", "lean/problems")]), "dangling-link")
    assert "'lean/problem'" in finding.fix


def test_links_to_every_kind_of_element_are_fine() -> None:
    lean = canvas("lean-canvas", {"problem": [entry("p"), "no id"]}, id="lean")
    targets = ["p", "lean/problem/1", "lean/problem/2@abc", "lean/channels", "lean", "vision", "g", "w"]
    strategy = workspace(lean, goals=[goal("g")], works=[work("w"), work("x", *targets)])
    assert found(strategy, "dangling-link") == ()


def test_when_hundreds_of_links_name_nothing_no_guesses_are_made() -> None:
    works = [work(f"work-number-{n}", f"goal-number-{n}") for n in range(300)]
    findings = found(workspace(goals=[goal("goal-number-x")], works=works), "dangling-link")
    assert len(findings) == 300
    assert all(finding.fix.startswith("Write the id that is meant") for finding in findings)


def test_the_closest_of_many_names_alike_is_suggested() -> None:
    goals = [goal(f"late-payments-of-consultants-{n}") for n in range(2000)]
    works = [work("w", "late-payment-of-consultants-1234")]
    (finding,) = found(workspace(goals=goals, works=works), "dangling-link")
    assert "'late-payments-of-consultants-1234'" in finding.fix


# cycle


def test_a_loop_is_shown_the_way_it_is_written() -> None:
    works = [work("a", depends_on=["b"]), work("b", depends_on=["c"]), work("c", depends_on=["a"])]
    (finding,) = found(workspace(works=works), "cycle")
    assert finding.path == ("a", "b", "c", "a")
    assert "a → b → c → a" in finding.message
    assert [element.id for element in finding.elements] == ["a", "b", "c"]


def test_loops_of_parents_and_loops_of_one_are_found() -> None:
    goals = [goal("hen", parent="egg"), goal("egg", parent="hen"), goal("self", parent="self")]
    works = [work("part", parent="part")]
    paths = {finding.path for finding in found(workspace(goals=goals, works=works), "cycle")}
    assert paths == {("egg", "hen", "egg"), ("self", "self"), ("part", "part")}


def test_a_long_loop_has_a_short_message_and_its_whole_path() -> None:
    works = [work(f"w{n:03}", depends_on=[f"w{(n + 1) % 500:03}"]) for n in range(500)]
    (finding,) = found(workspace(works=works), "cycle")
    assert len(finding.message) < 200
    assert len(finding.path) == 501


def test_a_campaign_that_promotes_what_it_depends_on_is_no_loop() -> None:
    works = [work("a", "b", depends_on=["b"], promotes=["b"]), work("b", "a")]
    assert found(workspace(works=works), "cycle") == ()


# unknown-cell


def test_a_cell_that_the_model_does_not_know_is_found_with_the_closest_one() -> None:
    lean = canvas("lean-canvas", {"problems": ["Something"]}, said={"kanals": {"note": "x"}})
    findings = found(workspace(lean), "unknown-cell")
    assert [finding.about.id for finding in findings] == ["lean-canvas/problems", "lean-canvas/kanals"]
    assert findings[0].fix == "Rename it to 'problem'."


def test_what_the_reader_told_of_a_cell_is_not_told_twice() -> None:
    told = Problem("lean-canvas.toml", 5, "no cell 'x'", "rename it", "unknown-cell", "lean-canvas/problems")
    lean = replace(canvas("lean-canvas", {"problems": ["Something"]}), problems=(told,))
    (finding,) = found(workspace(lean), "unknown-cell")
    assert (finding.about.line, finding.message, finding.fix) == (5, "No cell 'x'.", "Rename it.")


def test_known_cells_and_the_cells_of_unknown_models_are_fine() -> None:
    lean = canvas("lean-canvas", {"problem": ["Something"]})
    assert found(workspace(lean, canvas("no-such-model", {"anything": ["x"]})), "unknown-cell") == ()


# invalid-value


def test_what_the_reader_could_not_make_sense_of_is_a_finding() -> None:
    about = Problem("goals.toml", 4, "due is 'soon', which is no date", "write it like 2027-06-30", element="g")
    unreadable = Document(
        "bad.toml", problems=(Problem("bad.toml", 7, "a text is not closed", "close it"),), is_readable=False
    )
    strategy = workspace(unreadable, goals=[goal("g")])
    strategy = strategy.with_document(replace(strategy.documents[2], problems=(about,)))
    strategy = replace(strategy, problems=(Problem("models/mine.toml", 2, "cells overlap", "move one"),))
    assert [finding.about for finding in found(strategy, "invalid-value")] == [
        ElementAt("bad.toml", "file", "bad.toml", 7),
        ElementAt("g", "goal", "goals.toml", 4),
        ElementAt("models/mine.toml", "file", "models/mine.toml", 2),
    ]


def test_an_end_before_its_start_is_found() -> None:
    first, last = date(2027, 1, 1), date(2027, 2, 1)
    works = [work("w", start=last, end=first), work("x", start=first, end=last), work("y", start=first, end=first)]
    assert [finding.about.id for finding in found(workspace(works=works), "invalid-value")] == ["w"]


@pytest.mark.parametrize("key", ["parent", "depends_on", "promotes"])
def test_keys_for_initiatives_that_name_something_else_are_found(key: str) -> None:
    works = [work("w", **{key: "g"}), work("x", **{key: "w"})]
    (finding,) = found(workspace(goals=[goal("g")], works=works), "invalid-value")
    assert [element.id for element in finding.elements] == ["w", "g"]
    assert "which is a goal and no initiative" in finding.message


def test_a_goals_parent_of_the_wrong_kind_is_told_once_with_or_without_a_vision() -> None:
    for vision in ("A vision", ""):
        strategy = workspace(goals=[goal("g", parent="w")], works=[work("w")], vision=vision)
        told = [*found(strategy, "invalid-value"), *found(strategy, "goal-detached")]
        assert [finding.about.id for finding in told] == ["g"]


# unsafe-text


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "red \x1b[31m"},
        {"text": "fine", "note": "turned \u202e round"},
        {"text": "fine", "evidence": ["fine", "\x07"]},
        {"text": "fine", "owner": "an\u200ba"},
    ],
)
def test_hidden_characters_are_found_in_every_field(fields: dict[str, Any]) -> None:
    (finding,) = found(workspace(canvas("swot", {"threats": [fields]})), "unsafe-text")
    assert finding.about.id == "swot/threats/1"
    assert "U+" in finding.message
    assert finding.message.isprintable()


def test_hidden_characters_are_found_in_goals_metrics_and_the_vision() -> None:
    strategy = workspace(goals=[goal("g", metric={"name": "\x1b", "target": 1})], vision="Be\u202e good")
    assert [finding.about.id for finding in found(strategy, "unsafe-text")] == ["g", "vision"]


def test_a_key_that_hides_something_is_told_in_clean_words() -> None:
    (finding,) = found(workspace(canvas("swot", {"threats": [entry("t", **{"a\x1bb": "\x1b"})]})), "unsafe-text")
    assert not is_unsafe(finding.message)


def test_scripts_emoji_and_lines_are_fine() -> None:
    texts = [
        "日本語とハングル",
        "עברית",
        "می\u200cخواهم",
        "family \U0001f468\u200d\U0001f469\u200d\U0001f467",
        "two\nlines\tand tabs",
    ]
    assert found(workspace(canvas("swot", {"threats": texts})), "unsafe-text") == ()


def test_every_rule_of_the_family_is_tested_here_or_with_the_waivers() -> None:
    tested = {"duplicate-id", "dangling-link", "cycle", "unknown-cell", "invalid-value", "unsafe-text"}
    tested |= {"conflict-open", "copied-file"}  # in test_conflicts_kept and test_left_out
    tested |= {"half-saved", "foreign-leftover"}  # in test_leftovers_told
    waivers = {"waiver-expired", "waiver-unmatched"}
    assert {name for name, rule in RULES.items() if rule.family == "structure"} == tested | waivers
