"""Values in messages are written as in a file, never as Python writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from canvas_tui.core.elements import Kind
from canvas_tui.core.schema import SCHEMA, complaint_about
from canvas_tui.core.toml_words import as_read, evidence_as_read, in_sentence, in_toml
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.storage.read import read_workspace
from tests.unit.strategy_factory import TODAY, goal, workspace

ODD = [
    True,
    False,
    1.5,
    float("nan"),
    float("-inf"),
    date(2027, 6, 30),
    datetime(2027, 6, 30, 10),
    time(10, 0),
    [True, time(10, 0)],
    {"name": "days", "at": time(10, 0), "on": True},
    [],
    {},
]
PYTHON = ("True", "False", "is None", "None,", "datetime", "time(", "{'", "['", "': ")


def python_in(words: str) -> list[str]:
    return [each for each in PYTHON if each in words]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"),
        (time(10, 0), "10:00:00"),
        (date(2027, 6, 30), "2027-06-30"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (1.5, "1.5"),
        (["a", False], '["a", false]'),
        ({"name": 'a "b"', "n": 1}, '{ name = "a \\"b\\"", n = 1 }'),
        ({}, "{}"),
    ],
)
def test_a_value_is_written_as_a_file_has_it(value: object, written: str) -> None:
    assert in_toml(value) == written
    assert in_sentence(value) == written


def test_a_long_value_is_clipped() -> None:
    assert in_sentence("x" * 100) == "'" + "x" * 38 + "…"


@pytest.mark.parametrize("value", ODD, ids=str)
def test_no_complaint_speaks_python(value: object) -> None:
    for specs in SCHEMA.values():
        for spec in specs:
            assert python_in(complaint_about(spec, value) or "") == []
    assert python_in(as_read(value)) == []
    assert python_in(evidence_as_read({"text": value, "date": value, "who": value})) == []


def _messages(root: Path) -> Iterator[str]:
    strategy = read_workspace(root).workspace
    for problem in [problem for document in strategy.documents for problem in document.problems]:
        yield str(problem)
    for finding in check(strategy, StrategyGraph.of(strategy), TODAY).findings:
        yield f"{finding.message} {finding.fix}"


@pytest.mark.parametrize("value", ["true", "10:00:00", "1979-05-27T07:32:00Z", "{ a = true }", "[true]", "nan"])
def test_no_finding_speaks_python_whatever_stands_in_the_fields(tmp_path: Path, value: str) -> None:
    fields = {
        kind: "\n".join(f"{spec.name} = {value}" for spec in SCHEMA[kind] if "." not in spec.name and not spec.is_vital)
        for kind in Kind
    }
    metric = f"metric = {{ name = {value}, baseline = {value}, target = {value} }}"
    plain_goal = fields[Kind.GOAL].replace(f"metric = {value}", metric)
    (tmp_path / "strategy.toml").write_text(
        f"format = 1\n[rules]\noff = [{value}]\n"
        f"[rules.severity]\ncycle = {value}\n[rules.settings]\nmin-impact = {value}\n"
        f'[[goals]]\nid = "g"\ntitle = "G"\n{plain_goal}\n[[goals]]\nid = "h"\ntitle = "H"\n{fields[Kind.GOAL]}\n'
        f'[[initiatives]]\nid = "i"\ntitle = "I"\n{fields[Kind.INITIATIVE]}\n'
        f'[[waivers]]\nrule = "cycle"\nelement = "g"\nuntil = {value}\n'
    )
    (tmp_path / "swot.toml").write_text(
        f'model = "swot"\n{fields[Kind.CANVAS]}\n[[threats]]\ntext = "T"\n{fields[Kind.ENTRY]}\n'
        f"[cell.threats]\n{fields[Kind.CELL]}\n"
    )
    told = list(_messages(tmp_path))
    assert len(told) > 20
    assert [words for words in told if python_in(words)] == []


def test_the_key_at_the_head_of_a_message_is_written_as_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "strategy.toml").write_text(
        'format = 1\n[[goals]]\nid = "g"\ntitle = "G"\nmetric = { name = "n", target = true }\n'
    )
    assert any(words.startswith("metric.target is true, which is no number.") for words in _messages(tmp_path))


def test_a_version_that_lost_is_told_in_the_words_of_the_file() -> None:
    kept = [{"field": "due", "other": date(2027, 1, 1)}, {"field": "metric", "other": {"target": True}}]
    strategy = workspace(goals=[goal("g", conflict=kept)])
    told = [finding.message for finding in check(strategy, StrategyGraph.of(strategy), TODAY).findings]
    assert any("“2027-01-01”" in words for words in told)
    assert any("“target: true”" in words for words in told)
    assert [words for words in told if python_in(words)] == []
