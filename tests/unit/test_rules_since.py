"""What a change brought: findings are found again by rule and element, whatever the element is called now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from canvas_tui.core.matching import match_elements
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from canvas_tui.rules.since import Since, since
from canvas_tui.storage.read.workspace import read_workspace
from tests.unit.git_repositories import write

TODAY = date(2026, 11, 21)
STRATEGY = """\
format = 1
vision = "Every bakery sells out by noon."
[[goals]]
id = "sell-out"
title = "Nothing is left at noon"
due = 2027-06-30
"""
CANVAS = """\
model = "lean-canvas"
id = "lean"
status = "active"
links = ["sell-out"]
[[problem]]
text = "A third of the bread is thrown away"
links = ["gone"]
[[problem]]
text = "Nobody knows at six what will be bought"
links = ["sell-out"]
"""


def between(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> Since:
    for name, files in (("a", before), ("b", after)):
        write(tmp_path / name, files)
    one, other = (read_workspace(tmp_path / name).workspace for name in "ab")
    first, second = [check(each, StrategyGraph.of(each), TODAY) for each in (one, other)]
    return since(first, second, match_elements(one.elements(), other.elements()))


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(each.rule for each in findings)


USUAL = {"strategy.toml": STRATEGY, "lean.toml": CANVAS}


@pytest.mark.parametrize(
    "after",
    [
        {**USUAL, "lean.toml": "# a comment\n\n" + CANVAS},
        {"strategy.toml": STRATEGY, "plans/bakery.toml": CANVAS},
        {**USUAL, "lean.toml": CANVAS.replace('id = "lean"', 'id = "bakery"')},
        {**USUAL, "lean.toml": CANVAS.replace("A third of the bread", "Nearly a third of the bread")},
        {**USUAL, "lean.toml": CANVAS.replace('text = "A third', 'id = "waste"\ntext = "A third')},
        {"strategy.toml": STRATEGY.replace("[[goals]]", "# here\n[[goals]]"), "lean.toml": CANVAS},
    ],
    ids=["lines", "file renamed", "canvas renamed", "text", "an id", "other lines"],
)
def test_nothing_is_new_where_only_names_and_places_change(tmp_path: Path, after: dict[str, str]) -> None:
    found = between(tmp_path, USUAL, after)
    assert "dangling-link" in rules(found.still)
    assert (found.new, found.gone) == ((), ())


def test_what_a_change_brings_and_mends_is_told_apart(tmp_path: Path) -> None:
    mended = CANVAS.replace('links = ["gone"]', 'links = ["sell-out"]') + '[[solution]]\ntext = "A"\nlinks = ["nope"]\n'
    found = between(tmp_path, USUAL, {**USUAL, "lean.toml": mended})
    assert [each.rule for each in found.gone if each.rule == "dangling-link"] == ["dangling-link"]
    assert [each.about.id for each in found.new if each.rule == "dangling-link"] == ["lean/solution/1"]


def test_a_second_finding_of_one_element_is_new(tmp_path: Path) -> None:
    after = CANVAS.replace('links = ["gone"]', 'links = ["gone", "lost"]')
    found = between(tmp_path, USUAL, {**USUAL, "lean.toml": after})
    assert ["'lost'" in each.message for each in found.new] == [True]
    assert found.gone == ()


def test_beside_nothing_everything_is_new(tmp_path: Path) -> None:
    found = between(tmp_path, {"strategy.toml": "format = 1\n"}, USUAL)
    assert "dangling-link" in rules(found.new)
    assert "dangling-link" not in rules(found.still)
