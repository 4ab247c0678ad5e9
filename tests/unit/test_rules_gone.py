"""A file that was emptied, or the one with the goals deleted, is one finding, and no link is guessed anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Report, check
from canvas_tui.rules.fixes import fixes_of
from canvas_tui.storage.read import read_workspace
from tests.tui.sessions import copy_of
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, work, workspace


def report(strategy: Workspace) -> Report:
    return check(strategy, StrategyGraph.of(strategy), TODAY)


@pytest.mark.parametrize("text", ["", "# all goals\n"])
def test_an_emptied_file_is_one_finding_that_counts_the_links_into_it(text: str, tmp_path: Path) -> None:
    plan = copy_of("fieldnote", tmp_path)
    before = {finding.rule for finding in report(read_workspace(plan).workspace).findings}
    (plan / "goals.toml").write_text(text, encoding="utf-8")
    found = report(read_workspace(plan).workspace)
    (finding,) = found.by_rule("dangling-link")
    assert finding.about.file == "goals.toml"
    assert finding.message.startswith(
        "goals.toml holds nothing, and 23 links lead nowhere: 'profitable', 'paid-in-10-days', 'consultants-500' and"
    )
    assert finding.fix.startswith("Bring back what goals.toml held")
    assert {each.rule for each in found.findings} <= before | {"dangling-link"}  # neither no-goals nor orphans


def test_a_deleted_file_with_the_goals_is_one_finding_too(tmp_path: Path) -> None:
    plan = copy_of("fieldnote", tmp_path)
    (plan / "goals.toml").unlink()
    strategy = read_workspace(plan).workspace
    found = report(strategy)
    (finding,) = found.by_rule("dangling-link")
    assert finding.message.startswith("No goal is here, and 23 links lead nowhere: ")
    assert finding.fix.startswith("Bring the file with the goals back")
    assert not {"no-goals", "orphan-entry", "initiative-without-goal"} & {each.rule for each in found.findings}
    assert fixes_of(finding, strategy) == ()  # nothing here may be linked instead


def test_a_slip_of_the_pen_beside_it_is_told_alone(tmp_path: Path) -> None:
    plan = copy_of("fieldnote", tmp_path)
    (plan / "goals.toml").write_text("", encoding="utf-8")
    swot = plan / "swot.toml"
    swot.write_text(swot.read_text() + '\n[[threats]]\ntext = "Slip"\nlinks = ["auto-reminder"]\n', encoding="utf-8")
    gone, slip = report(read_workspace(plan).workspace).by_rule("dangling-link")
    assert slip.message == "“Slip” links to 'auto-reminder', and nothing has that id."
    assert slip.fix.startswith("Write 'auto-reminders' instead")
    assert "23 links" in gone.message


def test_an_empty_file_that_no_link_misses_is_told_as_before(tmp_path: Path) -> None:
    plan = copy_of("fieldnote", tmp_path)
    (plan / "more.toml").write_text("", encoding="utf-8")
    found = report(read_workspace(plan).workspace)
    assert found.by_rule("dangling-link") == ()
    assert [each.about.file for each in found.by_rule("invalid-value")] == ["more.toml"]


def hints(strategy: Workspace) -> list[str]:
    return [finding.fix for finding in report(strategy).by_rule("dangling-link")]


def test_a_hint_never_names_the_element_itself() -> None:
    lean = canvas("lean-canvas", {"problem": [entry("paid-slowly", "paid-slow")]}, id="lean")
    assert hints(workspace(lean, goals=[goal("other")])) == [
        "Write the id that is meant, or add what 'paid-slow' stands for."
    ]


@pytest.mark.parametrize(
    ("works", "goals", "hint"),
    [
        ([work("w", depends_on=["grow-up"])], [goal("grow-it")], "Write the id that is meant"),
        ([work("w", depends_on=["grow-up"]), work("grow")], [goal("grow-it")], "Write 'grow' instead"),
        ([work("grow-it")], [goal("g", parent="grow-up")], "Write the id that is meant"),
        ([work("grow-it")], [goal("g", parent="grow-up"), goal("grow")], "Write 'grow' instead"),
    ],
)
def test_a_hint_is_of_the_kind_that_may_stand_there(works: list[dict[str, object]], goals: list[dict[str, object]],
                                                    hint: str) -> None:  # fmt: skip
    (fix,) = hints(workspace(works=works, goals=goals))
    assert fix.startswith(hint)
