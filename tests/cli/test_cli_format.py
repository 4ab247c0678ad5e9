"""What the file format promises may be written, whether anything reads it yet or not: it is told as no mistake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_tui.core.commands import SetField
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import EditError
from canvas_tui.core.typed import set_typed
from canvas_tui.core.workspace import Problem
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.storage.read import read_workspace
from canvas_tui.tui.dialogs.form_state import FormState
from tests.cli.conftest import Run
from tests.unit.strategy_factory import TODAY

EVERYTHING = """
format = 1
vision = "Paid at once"
[review]
sign-off = ["ana"]

[[goals]]
id = "paid"
title = "Paid in 10 days"
status = "achieved"
result = 9.5
grade = 0.9
learned = '''
Reminders
work'''
next = "Five days"
follows = "older"
due = 2026-06-30
metric = { name = "days", target = 10 }
key-results = [{ id = "kr", title = "Half", baseline = 1, current = 2, target = 3, unit = "%", due = 2026-03-31 }]

[[initiatives]]
id = "reminders"
title = "Reminders"
status = "done"
links = ["paid"]
result = "Sent to 300 people"
learned = "Mondays work best"

[[experiments]]
id = "letter-test"
title = "Letters"
tests = ["late"]
status = "planned"
due = 2027-01-31

[[decisions]]
id = "letters-first"
title = "Letters first"
date = 2026-05-01
about = ["paid"]

[[checkins]]
of = "paid"
date = 2026-05-01
value = 12

[[tripwires]]
id = "too-slow"
on = "paid"
when = "current < 30"
by = 2026-12-31
then = ["reminders"]

[[notes]]
id = "n1"
of = "paid"
text = "Why ten?"

[[signed]]
of = "paid"
fingerprint = "abc"
"""
CANVAS = """
model = "lean-canvas"
id = "lean"
status = "draft"

[[unfair-advantage]]
text = "Bank feeds"
hard-to-copy = true
priority = 1

[[problem]]
id = "late"
text = "Late"
state = "fact"
subject = "payment.days"
value = 34
owner = "ana"
note = "All of it"
group = "Money"
links = ["letter-test"]
evidence = [
    "12 interviews",
    { text = "Survey of 300", date = 2026-03-12, url = "https://example.org/s", kind = "survey", by = "bea" },
]

[[experiments]]
id = "call-test"
title = "Calls"
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "strategy.toml").write_text(EVERYTHING)
    (tmp_path / "lean.toml").write_text(CANVAS)
    return tmp_path


def problems(root: Path) -> Iterator[Problem]:
    for document in read_workspace(root).workspace.documents:
        yield from document.problems


def test_nothing_that_the_format_promises_is_told_as_a_mistake(plan: Path) -> None:
    assert list(problems(plan)) == []
    workspace = read_workspace(plan).workspace
    structure = ["dangling-link", "invalid-value", "unknown-cell", "duplicate-id"]
    assert check(workspace, StrategyGraph.of(workspace), TODAY, select=structure).findings == ()


def test_a_cell_that_is_called_experiments_stays_a_cell(plan: Path) -> None:
    (plan / "models").mkdir()
    (plan / "models" / "tree.toml").write_text(
        'id = "tree"\ntitle = "Tree"\norder = ["experiments"]\n'
        '[[cells]]\nid = "experiments"\ntitle = "Experiments"\ncolumns = [1, 10]\nrows = [1, 3]\n'
    )
    (plan / "tree.toml").write_text('model = "tree"\n[[experiments]]\nid = "first"\ntext = "Letters"\n')
    found = read_workspace(plan).workspace.find("first")
    assert found is not None
    assert found.kind is Kind.ENTRY


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("5", "evidence must be a list of texts or tables"),
        ("[5]", "evidence must be a list of texts or tables"),
        ("[{ text = 5 }]", "text in evidence is 5, which is no text"),
        ('[{ text = "x", url = true }]', "url in evidence is true, which is no text"),
        ('[{ text = "x", date = "March" }]', "date in evidence is 'March', which is no date"),
    ],
)
def test_evidence_that_cannot_be_right_is_told(plan: Path, evidence: str, said: str) -> None:
    (plan / "lean.toml").write_text(f'model = "lean-canvas"\n[[problem]]\ntext = "Late"\nevidence = {evidence}\n')
    (problem,) = problems(plan)
    assert problem.message.startswith(said)
    assert problem.line == 4


def test_evidence_in_tables_is_shown_and_found(plan: Path, run: Run) -> None:
    shown = " ".join(run("show", "late", cwd=plan).out.split())
    assert "12 interviews; Survey of 300 (survey, 2026-03-12, https://example.org/s, by: bea)" in shown
    data = run("show", "late", "--json", cwd=plan).data("show")
    assert data["fields"]["evidence"][1]["date"] == "2026-03-12"


def test_no_form_and_no_typed_value_destroys_evidence_in_tables(plan: Path) -> None:
    workspace = read_workspace(plan).workspace
    late = workspace.get("late")
    form = FormState.of(workspace, late)
    assert "evidence" not in [field.spec.name for field in form.fields]
    with pytest.raises(EditError, match=r"evidence has dates .* change it in lean\.toml"):
        set_typed(workspace, late, {"evidence": "one survey"})
    removal = set_typed(workspace, late, {"evidence": ""})
    assert isinstance(removal, SetField)
    assert removal.value is None


def test_evidence_in_texts_stays_a_line_of_the_form(plan: Path) -> None:
    (plan / "lean.toml").write_text('model = "lean-canvas"\n[[problem]]\nid = "p"\ntext = "x"\nevidence = ["a", "b"]\n')
    workspace = read_workspace(plan).workspace
    fields = {field.spec.name: field.text for field in FormState.of(workspace, workspace.get("p")).fields}
    assert fields["evidence"] == "a; b"


def test_a_form_asks_what_came_of_it_once_it_has_ended(plan: Path) -> None:
    def fields(address: str, status: str) -> set[str]:
        text = EVERYTHING.replace('"achieved"', f'"{status}"').replace("result = 9.5", "")
        (plan / "strategy.toml").write_text(text)
        workspace = read_workspace(plan).workspace
        return {field.spec.name for field in FormState.of(workspace, workspace.get(address)).fields}

    assert {"result", "learned"} <= fields("paid", "achieved")
    assert "result" not in fields("paid", "active")
    assert "learned" in fields("paid", "active")  # it is written there


def test_what_came_of_a_goal_and_of_work_can_be_set(plan: Path, run: Run) -> None:
    assert run("set", "reminders", "result=Sent to 400", "learned=Tuesdays", cwd=plan).code == 0
    assert run("set", "paid", "result=8", cwd=plan).code == 0
    text = (plan / "strategy.toml").read_text()
    assert 'result = "Sent to 400"' in text
    assert "result = 8\n" in text
