"""Two canvases of one id, by the real command line: no edit guesses which is meant, and each of them can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, files_of

CURE = (
    "the id 'lean' is used twice, in eu/lean.toml and us/lean.toml - "
    'write id = "us-lean" at the top of us/lean.toml first'
)
EU = 'model = "lean-canvas"\ntitle = "Lean"\nchannels = ["Foo", "Bar"]\n'
US = 'model = "lean-canvas"\ntitle = "Lean US"\nchannels = ["Mail", "Wire"]\nproblem = ["Slow banks"]\n'


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    for name, text in {"strategy": 'format = 1\nname = "Two"\n', "eu/lean": EU, "us/lean": US}.items():
        path = tmp_path / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "goals.toml").write_text('[[goals]]\nid = "win"\ntitle = "Win"\n', encoding="utf-8")
    return tmp_path


EDITS = {
    "set": ["lean/channels/1", "text=Changed"],
    "set a canvas": ["lean", "title=Ours"],
    "set a cell": ["lean/channels", "note=Why"],
    "set in the other only": ["lean/problem/1", "state=fact"],
    "set by file": ["us/lean.toml/channels/1", "state=fact"],
    "rm": ["lean/channels/1"],
    "add": ["lean/channels", "New"],
    "move": ["lean/channels/1", "lean/problem"],
    "link": ["lean/channels/1", "win"],
    "link to": ["win", "lean"],
    "unlink": ["lean/channels/1", "win"],
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_either_is_refused_before_anything_is_written(name: str, plan: Path, run: Run) -> None:
    before = files_of(plan)
    ran = run(name.partition(" ")[0], *EDITS[name], cwd=plan)
    assert (ran.code, ran.out) == (2, "")
    assert CURE in ran.err
    assert files_of(plan) == before


def test_after_the_cure_each_edit_lands_in_its_own_file(plan: Path, run: Run) -> None:
    (plan / "us/lean.toml").write_text(f'id = "us-lean"\n{US}', encoding="utf-8")
    assert run("set", "us-lean/channels/1", "text=Changed", cwd=plan).code == 0
    assert run("rm", "lean/channels/1", cwd=plan).code == 0
    assert "Changed" in (plan / "us/lean.toml").read_text()
    assert "Foo" not in (plan / "eu/lean.toml").read_text()
    assert "Foo" not in (plan / "us/lean.toml").read_text()


def test_the_original_beside_a_copy_of_it_is_not_edited_either(plan: Path, run: Run) -> None:
    (plan / "us/lean.toml").unlink()
    named = f'id = "lean"\n{EU}'
    (plan / "eu/lean.toml").write_text(named, encoding="utf-8")
    (plan / "eu/spring.toml").write_text(named.replace("Lean", "Lean in spring"), encoding="utf-8")
    ran = run("rm", "lean/channels/1", cwd=plan)
    assert (ran.code, ran.out) == (2, "")
    assert "eu/lean.toml and eu/spring.toml - give one of them another id in eu/spring.toml first" in ran.err


def test_show_says_which_of_the_two_it_shows_and_shows_the_other_by_its_file(plan: Path, run: Run) -> None:
    ran = run("show", "lean", cwd=plan)
    assert ran.code == 0
    assert "Foo" in ran.out
    assert "eu/lean.toml" in ran.out
    assert ran.err.count("\n") == 1
    assert "this is the one in eu/lean.toml; `canvas-tui show us/lean.toml` shows the other" in ran.err
    other = run("show", "us/lean.toml", cwd=plan)
    assert "Mail" in other.out
    assert "Foo" not in other.out
    assert "this is the one in us/lean.toml; `canvas-tui show eu/lean.toml` shows the other" in other.err
    assert "Slow banks" in run("show", "us/lean.toml/problem", cwd=plan).out
    assert run("show", "us/lean.toml/channels/1", "--json", cwd=plan).data("show")["text"] == "Mail"
    whole = run("show", cwd=plan).out
    assert whole.count("lean · eu/lean.toml") == whole.count("lean · us/lean.toml") == 1


def test_a_trace_is_never_that_of_the_other_one(plan: Path, run: Run) -> None:
    (plan / "eu/lean.toml").write_text(f'{EU}[[problem]]\ntext = "Slow EU"\nlinks = ["win"]\n', encoding="utf-8")
    assert "Win" in run("why", "lean/problem/1", cwd=plan).out
    for command in ("why", "how"):
        ran = run(command, "us/lean.toml/problem/1", cwd=plan)
        assert (ran.code, ran.out) == (2, "")
        assert CURE in ran.err
    assert run("show", "us/lean.toml/problem/1", "--json", cwd=plan).data("show")["why"] == []
    assert "Win" not in run("show", "us/lean.toml/problem/1", cwd=plan).out


def test_a_canvas_whose_id_is_its_own_is_found_by_its_file_too_and_edited(plan: Path, run: Run) -> None:
    (plan / "eu/lean.toml").unlink()
    ran = run("add", "us/lean.toml/channels", "New", cwd=plan)
    assert (ran.code, ran.out, ran.err) == (0, "lean/channels/3\n", "")
