"""Ids written in two ways or in another case, and numbers that are none: told or understood, and in nobody's way."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from canvas_tui.core import edits
from canvas_tui.core.commands import RemoveEntry, SetField
from canvas_tui.core.places import ref_to
from canvas_tui.core.text import is_valid_id
from canvas_tui.core.values import NAN, is_number, same
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.storage.read import read_workspace
from canvas_tui.storage.write.queue.serial import from_data, to_data
from canvas_tui.storage.write.store import Store
from tests.cli.conftest import Run
from tests.unit.strategy_factory import TODAY

NFC = "größer-café"
NFD = unicodedata.normalize("NFD", NFC)
PLAN = f"""format = 1
vision = "More"

[[goals]]
id = "{NFD}"
title = "Bigger"
parent = "vision"

[[goals]]
id = "part"
title = "A part"
parent = "{NFC}"

[[initiatives]]
id = "slow"
title = "Slow"
links = ["{NFC}"]

[[initiatives]]
id = "first-é"
title = "First"
depends-on = ["slow"]

[[initiatives]]
id = "second"
title = "Second"
depends-on = ["first-e\u0301"]
links = ["{NFD}"]
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "strategy.toml").write_text(PLAN)
    return tmp_path


def found(root: Path, rule: str) -> list[str]:
    workspace = read_workspace(root).workspace
    return [each.message for each in check(workspace, StrategyGraph.of(workspace), TODAY, select=[rule]).findings]


# one letter written in two ways


def test_an_id_and_a_link_in_other_signs_for_the_same_letters_meet(plan: Path, run: Run) -> None:
    assert NFD != NFC
    for rule in ("dangling-link", "invalid-value", "duplicate-id", "initiative-without-goal"):
        assert found(plan, rule) == [], rule
    for name in (NFC, NFD):
        data = run("show", name, "--json", cwd=plan).data("show")
        assert {link["id"] for link in data["backlinks"]} == {"part", "slow", "second"}
    assert run("why", "slow", cwd=plan).out.count("Bigger") >= 1


def test_the_same_id_in_two_ways_is_used_twice(plan: Path) -> None:
    with (plan / "strategy.toml").open("a") as file:
        file.write(f'\n[[goals]]\nid = "{NFC}"\ntitle = "Again"\n')
    (message,) = found(plan, "duplicate-id")
    assert "used twice" in message


def test_what_stands_in_the_file_stays_as_it_is(plan: Path, run: Run) -> None:
    assert run("set", NFC, "owner=ana", cwd=plan).code == 0
    assert run("link", "part", NFC, cwd=plan).code == 0
    assert run("unlink", "second", NFC, cwd=plan).code == 0
    text = (plan / "strategy.toml").read_text()
    assert f'id = "{NFD}"\ntitle = "Bigger"' in text
    assert 'depends-on = ["first-e\u0301"]\nlinks' not in text
    assert 'depends-on = ["first-e\u0301"]' in text
    assert run("rm", NFC, cwd=plan).code == 0
    text = (plan / "strategy.toml").read_text()
    assert NFD not in text
    assert NFC not in text


def test_a_canvas_takes_its_id_from_a_file_name_in_either_way(plan: Path) -> None:
    (plan / "cafe\u0301.toml").write_text('model = "swot"\n[[threats]]\ntext = "x"\n')
    workspace = read_workspace(plan).workspace
    assert workspace.get("café/threats/1") == workspace.get("cafe\u0301/threats/1")


@pytest.mark.parametrize("name", [NFD, "हिन्दी-लक्ष्य", "e\u0301"])
def test_letters_with_marks_are_letters(name: str) -> None:
    assert is_valid_id(name)
    assert not is_valid_id("\u0301")


# another case


@pytest.mark.parametrize("command", [["show", "SLOW"], ["link", "part", "SLOW"], ["why", "Slow"], ["rm", "SLOW"]])
def test_an_id_in_another_case_is_named(plan: Path, run: Run, command: list[str]) -> None:
    ran = run(*command, cwd=plan)
    assert ran.code == 2
    assert "did you mean 'slow'?" in ran.err


@pytest.mark.parametrize("command", [["show", "part"], ["link", "slow", "part"], ["set", "slow", "links=part"]])
def test_what_may_be_in_an_unread_file_is_said_to_be_perhaps_there(plan: Path, run: Run, command: list[str]) -> None:
    slow = '[[initiatives]]\nid = "slow"\ntitle = "Slow"\n'
    (plan / "strategy.toml").write_text(f"format = 1\n{slow}")
    (plan / "goals.toml").write_text('[[goals]]\nid = "part\n')
    ran = run(*command, cwd=plan)
    assert ran.code == 2
    assert "nothing here is called 'part'" in ran.err
    assert "goals.toml could not be read" in ran.err


def test_a_link_a_model_and_a_key_in_another_case_are_named(plan: Path) -> None:
    (plan / "swot.toml").write_text('model = "SWOT"\n[[threats]]\ntext = "x"\nIMPACT = 3\nlinks = ["PART"]\n')
    told = [str(problem) for document in read_workspace(plan).workspace.documents for problem in document.problems]
    assert any("did you mean 'swot'?" in words for words in told)
    assert any("did you mean 'impact'?" in words for words in told)
    workspace = read_workspace(plan).workspace
    (finding,) = check(workspace, StrategyGraph.of(workspace), TODAY, select=["dangling-link"]).findings
    assert "'part'" in finding.fix


def test_a_field_in_another_case_is_named(plan: Path, run: Run) -> None:
    assert "did you mean 'status'?" in run("set", "slow", "STATUS=done", cwd=plan).err


# no numbers

METRIC = 'metric = { name = "n", baseline = 1, current = nan, target = inf }'


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    (tmp_path / "strategy.toml").write_text(
        f'format = 1\n[[goals]]\nid = "g"\ntitle = "G"\n{METRIC}\nkey-results = [{{ title = "k", target = nan }}]\n'
        '[[initiatives]]\nid = "i"\ntitle = "I"\nresult = -inf\n'
    )
    (tmp_path / "swot.toml").write_text('model = "swot"\n[[threats]]\nid = "t"\ntext = "T"\nweight = nan\n')
    return tmp_path


def test_what_is_no_number_is_told_in_a_file(odd: Path) -> None:
    told = sorted(found(odd, "invalid-value"))
    assert [words.partition(",")[0].partition(" - ")[0] for words in told] == [
        "Result is -inf.",
        "metric.current is nan",
        "metric.target is inf",
    ]


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "Infinity", "1e999"])
@pytest.mark.parametrize("field", ["metric.current", "result", "value"])
def test_what_is_no_number_is_refused_when_typed(odd: Path, run: Run, field: str, typed: str) -> None:
    before = (odd / "strategy.toml").read_text()
    ran = run("set", "g", f"{field}={typed}", cwd=odd)
    assert ran.code == 2
    assert field in ran.err
    assert (odd / "strategy.toml").read_text() == before


@pytest.mark.parametrize("command", [["show"], ["show", "g"], ["show", "t"], ["check"]])
def test_it_is_null_in_json_and_all_else_is_there(odd: Path, run: Run, command: list[str]) -> None:
    ran = run(*command, "--json", cwd=odd)
    answer = json.loads(ran.stdout, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    if command[-1] == "g":
        metric = answer["data"]["fields"]["metric"]
        assert metric == {"name": "n", "baseline": 1, "current": None, "target": None}
    assert run(*command, cwd=odd).code in (0, 1)


def test_every_other_field_can_be_set_and_the_odd_one_mended(odd: Path, run: Run) -> None:
    for field in ("owner=ana", "metric.baseline=2", "metric.current=7", "metric.target=9"):
        ran = run("set", "g", field, cwd=odd)
        assert ran.code == 0, ran.err
    assert 'metric = { name = "n", baseline = 2, current = 7, target = 9 }' in (odd / "strategy.toml").read_text()


def test_an_edit_of_what_holds_nan_is_no_conflict_when_somebody_else_wrote_meanwhile(odd: Path) -> None:
    store = Store(read_workspace(odd))
    entry = store.workspace.get("t")
    removal = RemoveEntry(ref_to(entry), dict(entry.entry.fields))
    (odd / "swot.toml").write_text((odd / "swot.toml").read_text() + '[[threats]]\ntext = "Another"\n')
    store.apply(from_data(to_data(removal)))
    assert "weight" not in (odd / "swot.toml").read_text()
    store.apply(SetField(ref_to(store.workspace.get("g")), "metric.current", 4, float("nan")))
    assert "current = 4" in (odd / "strategy.toml").read_text()
    store.apply(edits.remove(store.workspace, store.workspace.get("g")))
    assert store.workspace.find("g") is None


def test_nan_is_the_same_as_itself_and_no_number() -> None:
    assert same({"a": [float("nan")]}, {"a": (NAN,)})
    assert not same(NAN, 1.0)
    assert not same([NAN], [NAN, NAN])
    assert [is_number(value) for value in (1, 1.5, 10**400, True, NAN, float("inf"), "1")] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip
