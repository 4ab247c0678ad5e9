"""A field that the reader can make no sense of is told as that, and not as missing too; a late goal is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.storage.read.workspace import read_workspace
from tests.unit.strategy_factory import TODAY

GOAL = {
    "title": '"Paid in 10 days"',
    "owner": '"ana"',
    "due": "2027-06-30",
    "metric": '{ name = "days", baseline = 34, target = 10 }',
}
WORK = {"title": '"Reminders"', "status": '"active"', "owner": '"ana"', "links": '["g"]', "end": "2027-03-01"}


def found(root: Path, goal: dict[str, str], work: dict[str, str], more: str = "") -> list[tuple[str, str]]:
    text = 'format = 1\nvision = "Paid at once"\n'
    for name, identity, fields in (("goals", "g", goal), ("initiatives", "w", work)):
        text += f'[[{name}]]\nid = "{identity}"\n' + "".join(f"{key} = {value}\n" for key, value in fields.items())
    (root / "strategy.toml").write_text(text + more)
    workspace = read_workspace(root).workspace
    report = check(workspace, StrategyGraph.of(workspace), TODAY)
    return [(finding.rule, finding.about.id) for finding in report.findings]


def without(fields: dict[str, str], key: str, **more: str) -> dict[str, str]:
    return {**{name: value for name, value in fields.items() if name != key}, **more}


def test_a_whole_plan_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, GOAL, WORK) == []


@pytest.mark.parametrize(
    "goal",
    [
        without(GOAL, "owner", owner="10:00:00"),
        without(GOAL, "owner", onwer='"ana"'),
        without(GOAL, "metric", metric='"days, 34 to 10"'),
        without(GOAL, "metric", metirc='{ name = "days", target = 10 }'),
        without(GOAL, "due", due='"next summer"'),
        without(GOAL, "due", Due="2027-06-30"),
    ],
    ids=["owner of a wrong type", "owner misspelt", "metric", "metric misspelt", "due", "due in capitals"],
)
def test_a_wrong_field_of_a_goal_is_one_finding(tmp_path: Path, goal: dict[str, str]) -> None:
    other = '[[goals]]\nid = "o"\ntitle = "Other"\nstatus = "proposed"\nowner = "bea"\n'
    assert found(tmp_path, goal, WORK, other) == [("invalid-value", "g")]


def test_where_one_owner_is_wrong_the_goals_without_are_told_one_by_one(tmp_path: Path) -> None:
    bare = "".join(f'[[goals]]\nid = "{each}"\ntitle = "{each}"\ndue = 2027-06-30\nparent = "g"\n' for each in "ab")
    told = found(tmp_path, without(GOAL, "owner", owner="7"), WORK, bare)
    assert ("invalid-value", "g") in told
    assert ("ownerless", "g") not in told
    assert ("ownerless", "vision") not in told


def test_work_whose_status_is_misspelt_is_not_called_late(tmp_path: Path) -> None:
    late = {**WORK, "status": '"dnoe"', "end": "2026-01-31"}
    assert found(tmp_path, GOAL, late) == [("invalid-value", "w")]
    assert ("overdue", "w") in found(tmp_path, GOAL, {**late, "status": '"active"'})


def test_work_whose_end_is_no_date_has_no_missing_one(tmp_path: Path) -> None:
    waits = '[[initiatives]]\nid = "x"\ntitle = "Launch"\nstatus = "planned"\nowner = "ana"\nlinks = ["g"]\n'
    waits += 'start = 2027-04-01\nend = 2027-04-30\ndepends-on = ["w"]\n'
    assert found(tmp_path, GOAL, without(WORK, "end", end='"spring"'), waits) == [("invalid-value", "w")]
    assert found(tmp_path, GOAL, without(WORK, "end"), waits) == [("undated-dependency", "w")]


def test_evidence_of_a_wrong_type_is_not_called_none(tmp_path: Path) -> None:
    canvas = 'model = "swot"\nid = "swot"\n[[strengths]]\nid = "s"\ntext = "Known by all banks"\nstate = "fact"\n'
    (tmp_path / "swot.toml").write_text(canvas + "evidnce = ['A count of 2026']\n")
    assert found(tmp_path, GOAL, WORK) == [("invalid-value", "s")]
    (tmp_path / "swot.toml").write_text(canvas)
    assert found(tmp_path, GOAL, WORK) == [("fact-unbacked", "s")]


def test_a_goal_with_a_late_key_result_is_told_once(tmp_path: Path) -> None:
    """Whether it still holds is asked first; work and number are asked of a goal that does."""
    late = without(GOAL, "metric")
    late["key-results"] = '[{ title = "Teams are happy", due = 2026-06-22 }]'
    cancelled = {**WORK, "status": '"cancelled"'}
    assert found(tmp_path, late, cancelled) == [("overdue", "g")]
    late["key-results"] = late["key-results"].replace("2026-06-22", "2027-06-22")
    assert {rule for rule, _ in found(tmp_path, late, cancelled)} == {"goal-unmeasured", "goal-without-initiative"}
