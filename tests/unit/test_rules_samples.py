"""The samples give the advice that their comments hint at, and every kind of bad input is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core.text import is_unsafe
from canvas_tui.graph import StrategyGraph, why_paths
from canvas_tui.rules import Report, check
from canvas_tui.storage.read.workspace import read_workspace
from tests.unit.strategy_factory import TODAY

SAMPLES = Path(__file__).parents[2] / "samples"


def checked(name: str) -> Report:
    workspace = read_workspace(SAMPLES / name).workspace
    return check(workspace, StrategyGraph.of(workspace), TODAY)


def test_fieldnote_has_the_gaps_and_orphans_worth_finding() -> None:
    found = checked("fieldnote")
    assert {(finding.rule, finding.about.id) for finding in found.findings} == {
        ("goal-without-initiative", "consultants-500"),
        ("goal-before-work", "payments-matched"),
        ("initiative-without-goal", "other-currencies"),
        ("launch-before-ready", "stop-chasing"),
        ("problem-unsolved", "owed-today"),
        ("segment-unreachable", "lean/customer-segments/2"),
        ("opportunity-idle", "e-invoice-law"),
        ("threat-unanswered", "free-invoicing"),
    }
    assert [(finding.rule, finding.about.id) for finding in found.waived] == [("problem-unsolved", "begging")]


def test_an_advantage_of_fieldnote_has_its_goal_through_the_work_on_it() -> None:
    graph = StrategyGraph.of(read_workspace(SAMPLES / "fieldnote").workspace)
    path = why_paths(graph, "ledger-history", limit=1)[0]
    assert path.addresses == ("ledger-history", "ledger-import", "accountant-referrals", "profitable", "vision")
    assert path.through == "ledger-import"


def test_the_strategy_in_one_file_has_no_errors() -> None:
    assert checked("one-file.toml").summary["error"] == 0


@pytest.mark.parametrize(
    ("rule", "about"),
    [
        ("cycle", {"egg", "own-parent", "first"}),
        ("duplicate-id", {"twin", "good-goal"}),
        ("dangling-link", {"near-miss", "far-off", "no-such-cell", "dangling-keys", "dangling-parent"}),
        ("unknown-cell", {"unknown-cell/problems", "unknown-cell/horoscope", "unknown-cell/kanals"}),
        ("waiver-expired", {"good-orphan"}),
    ],
)
def test_every_kind_of_bad_input_is_told(rule: str, about: set[str]) -> None:
    assert about <= {finding.about.id for finding in checked("broken").by_rule(rule)}


def test_files_that_nothing_is_wrong_with_have_no_structural_finding() -> None:
    fine = ("good-goals.toml", "good-canvas.toml", "fine-bom-crlf.toml", "fine-no-final-newline.toml")
    assert {document.path for document in read_workspace(SAMPLES / "broken").workspace.documents} >= set(fine)
    structural = {"duplicate-id", "dangling-link", "cycle", "unknown-cell", "invalid-value", "unsafe-text"}
    told = [finding for finding in checked("broken").findings if finding.about.file in fine]
    assert [finding for finding in told if finding.rule in structural] == []


def test_no_message_about_hostile_files_carries_a_control_character() -> None:
    for finding in checked("broken").findings:
        assert not is_unsafe(finding.message)
        assert not is_unsafe(finding.fix)
