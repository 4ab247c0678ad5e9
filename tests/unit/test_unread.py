"""While a file cannot be read, nothing that may be in it is told as missing, nor are links to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from canvas_tui.storage.read import read_workspace
from tests.unit.strategy_factory import TODAY

STRATEGY = 'format = 1\nvision = "Paid at once"\n'
GOALS = """
[[goals]]
id = "paid"
title = "Paid in 10 days"
due = 2027-06-30
metric = { name = "days", target = 10 }
parent = "vision"
"""
WORK = """
[[initiatives]]
id = "reminders"
title = "Reminders"
status = "active"
links = ["paid", "late"]
"""
CANVAS = """
model = "lean-canvas"
id = "lean"
[[problem]]
id = "late"
text = "Late"
[[solution]]
id = "robot"
text = "Robot"
links = ["late"]
[[key-metrics]]
text = "days"
links = ["paid"]
[[unique-value-proposition]]
text = "No chasing"
[[channels]]
text = "Word of mouth"
[[customer-segments]]
text = "Consultants"
[[revenue-streams]]
text = "Subscription"
[[cost-structure]]
text = "Hosting"
[[unfair-advantage]]
text = "Bank feeds"
links = ["paid"]
"""
SPOILT: dict[str, Callable[[str], bytes]] = {
    "conflict markers": lambda text: f"{text}\n<<<<<<< HEAD\n=======\n>>>>>>> main\n".encode(),
    "TOML 1.1": lambda text: f"{text}\nmetric = {{ name = 'x', }}\n".encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "Latin-1": lambda text: f"{text}\n# caf\u00e9".encode("latin-1"),
    "a goals key that is no list": lambda text: (
        f"{text}\n[[extra]]\n[initiatives]\n".encode()
        if "[[initiatives]]" not in text
        else f"{text}\n[goals]\n".encode()
    ),
}


Files = Mapping[str, str | bytes]


def findings(root: Path, files: Files) -> dict[str, list[Finding]]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    workspace = read_workspace(root).workspace
    told: dict[str, list[Finding]] = {}
    for finding in check(workspace, StrategyGraph.of(workspace), TODAY).findings:
        told.setdefault(finding.rule, []).append(finding)
    return told


@pytest.mark.parametrize("how", SPOILT)
def test_only_the_fault_itself_is_told_while_the_goals_cannot_be_read(tmp_path: Path, how: str) -> None:
    files: Files = {"strategy.toml": STRATEGY, "work.toml": WORK, "lean.toml": CANVAS, "goals.toml": SPOILT[how](GOALS)}
    told = findings(tmp_path, files)
    assert {(finding.rule, finding.about.file) for each in told.values() for finding in each} == {
        ("invalid-value", "goals.toml")
    }


def test_what_has_nothing_to_do_with_the_unread_file_is_told_as_ever(tmp_path: Path) -> None:
    more = GOALS.replace('"paid"', '"known"').replace("Paid in 10 days", "Known by 1000")
    goals = SPOILT["conflict markers"](GOALS)
    files: Files = {
        "strategy.toml": STRATEGY,
        "work.toml": WORK,
        "lean.toml": CANVAS,
        "goals.toml": goals,
        "more.toml": more,
    }
    told = findings(tmp_path, files)
    assert set(told) == {"invalid-value", "orphan-entry", "goal-without-initiative"}
    assert [finding.about.id for finding in told["orphan-entry"]] == ["lean/unique-value-proposition/1"]
    assert [finding.about.id for finding in told["goal-without-initiative"]] == ["known"]


@pytest.mark.parametrize("how", SPOILT)
def test_goals_and_problems_are_not_called_idle_while_the_work_on_them_cannot_be_read(tmp_path: Path, how: str) -> None:
    files: Files = {"strategy.toml": STRATEGY, "goals.toml": GOALS, "work.toml": SPOILT[how](WORK), "lean.toml": CANVAS}
    told = findings(tmp_path, files)
    assert not {"goal-without-initiative", "problem-unsolved", "dangling-link"} & set(told)
    orphans = told.get("orphan-entry", [])
    assert not [finding for finding in orphans if finding.about.id in ("late", "robot")]


def test_a_name_that_no_unread_file_has_is_still_told(tmp_path: Path) -> None:
    goals = SPOILT["UTF-16"](GOALS)
    work = WORK.replace('"late"', '"latte"')
    told = findings(tmp_path, {"strategy.toml": STRATEGY, "goals.toml": goals, "work.toml": work, "lean.toml": CANVAS})
    (dangling,) = told["dangling-link"]
    assert "'latte'" in dangling.message


def test_links_into_a_file_that_leads_outside_are_one_finding_that_names_it(tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text(GOALS)
    root = tmp_path / "plan"
    root.mkdir()
    (root / "goals.toml").symlink_to(outside)
    told = findings(root, {"strategy.toml": STRATEGY, "work.toml": WORK, "lean.toml": CANVAS})
    assert set(told) == {"invalid-value", "dangling-link"}
    (dangling,) = told["dangling-link"]
    assert "3 links name what is in no file that could be read; it may be in goals.toml" in dangling.message
    assert "out" not in dangling.fix.split()
    assert {element.id for element in dangling.elements} == {
        "reminders",
        "lean/key-metrics/1",
        "lean/unfair-advantage/1",
    }


def test_a_folder_that_cannot_be_listed_holds_back_like_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (tmp_path / "closed").mkdir()
    told = findings(tmp_path, {"strategy.toml": STRATEGY, "work.toml": WORK, "lean.toml": CANVAS})
    assert set(told) == {"invalid-value", "dangling-link"}
    assert "it may be in closed/" in told["dangling-link"][0].message


def test_what_the_header_waives_or_switches_off_is_not_told_while_it_cannot_be_read(tmp_path: Path) -> None:
    lone = WORK.replace('links = ["paid", "late"]', "")
    rules = (
        '\n[rules]\noff = ["initiative-without-goal"]\n\n[[waivers]]\nrule = "empty-cell"\nelement = "lean/channels"\n'
    )
    header = SPOILT["conflict markers"](STRATEGY + rules)
    told = findings(
        tmp_path, {"strategy.toml": header, "goals.toml": GOALS.replace('parent = "vision"', ""), "work.toml": lone}
    )
    assert set(told) == {"invalid-value", "goal-without-initiative"}


def test_a_link_to_the_vision_dangles_not_while_its_file_cannot_be_read(tmp_path: Path) -> None:
    told = findings(tmp_path, {"strategy.toml": SPOILT["TOML 1.1"](STRATEGY), "goals.toml": GOALS})
    assert "dangling-link" not in told


def test_a_waiver_is_not_called_needless_while_a_file_cannot_be_read(tmp_path: Path) -> None:
    waivers = (
        '\n[[waivers]]\nrule = "goal-unmeasured"\nelement = "paid"\n\n[[waivers]]\nrule = "nonsense"\nelement = "x"\n'
    )
    told = findings(tmp_path, {"strategy.toml": STRATEGY + waivers, "goals.toml": SPOILT["UTF-16"](GOALS)})
    (waiver,) = told["waiver-unmatched"]
    assert "'nonsense'" in waiver.message


def test_no_goals_is_not_told_while_they_may_be_in_an_unread_file(tmp_path: Path) -> None:
    files = {"strategy.toml": STRATEGY, "work.toml": WORK, "lean.toml": CANVAS}
    assert "no-goals" in findings(tmp_path, files)
    assert "no-goals" not in findings(tmp_path, {**files, "goals.toml": SPOILT["UTF-16"](GOALS)})
    (tmp_path / "goals.toml").unlink()
    assert "no-goals" in findings(tmp_path, {**files, "swot.toml": 'model = "swot"\n[[threats]]\ntext = "\n'})


def test_a_model_that_cannot_be_read_is_the_one_finding_of_its_canvases(tmp_path: Path) -> None:
    files = {
        "strategy.toml": STRATEGY,
        "models/pitch.toml": 'id = "pitch\n',
        "p.toml": 'model = "pitch"\n[[why]]\ntext = "x"\n',
    }
    told = findings(tmp_path, files)
    assert [finding.about.file for finding in told["invalid-value"]] == ["models/pitch.toml"]
