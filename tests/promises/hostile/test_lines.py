"""No name and no text of a file starts a line that a CI host, a shell or an editor takes for something else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import toml_string
from tests.promises.app import COMMAND
from tests.promises.hostile.ci_hosts import commands_in, options_in, place_in

NAMES = (
    "::error file=x::ci.toml", "  ::error::spaced.toml", "-rf.toml", "--help.toml", "##[error]boxed.toml",
    " begins.toml",
    "##vso[task.setvariable variable=a]b.toml", "##teamcity[buildProblem description='x'].toml", "--- group.toml",
    "+++ more.toml", "@arguments.toml", "#.toml", "~root.toml", "in ##[group]the middle.toml",
)  # fmt: skip
TEXTS = (
    "::error file=goals.toml,line=1::All is lost",
    "::add-mask::a",
    "  ::set-output name=x::y",
    "\u2003::error::after a wide space",
    "##[error]All is lost",
    "said in passing ##[group]x",
    "##vso[task.setvariable variable=PATH]/tmp",
    "###vso[task.complete result=Succeeded;]DONE",
    "##teamcity[testFailed name='x']",
    "--- a group",
    "+++ an open one",
    "one line\n::error::and another\n##[error]and a third",
    "a line of so many words that the next of them ".ljust(69, "x") + " ::error::wraps to the beginning of a line",
)
UNGUARDED = (
    "import canvas_tui.core.told as told\n"
    "told.told_path = lambda path: path\n"
    "told.told_place = lambda path, line: f'{path}:{line}'\n"
    "told.harmless_line = lambda line: line\n"
    "told.harmless_json = lambda text: text\n"
    "import sys\nfrom canvas_tui.__main__ import main\nsys.exit(main())\n"
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A workspace whose names and texts all pretend; one file of it cannot be read."""
    folder = tmp_path / "plan"
    folder.mkdir()
    some = [toml_string(text) for text in TEXTS]
    goals = "".join(
        f'[[goals]]\nid = "g{number}"\ntitle = {text}\nnote = {text}\nowner = {text}\nlinks = [{text}]\n'
        f'[[initiatives]]\nid = "i{number}"\ntitle = {text}\nlinks = ["g{number}"]\nteam = {text}\n'
        for number, text in enumerate(some)
    )
    (folder / "strategy.toml").write_text(f"name = {some[0]}\nvision = {some[4]}\n{goals}", encoding="utf-8")
    for number, name in enumerate(NAMES):
        text = some[number % len(some)]
        canvas = (
            f'model = "lean-canvas"\nid = "c{number}"\ntitle = {text}\nnote = {text}\nproblem = [{", ".join(some)}]\n'
        )
        (folder / name).write_text(canvas + f"[[solution]]\nid = {text}\ntext = {text}\nnote = {text}\n{text} = 1\n")
    (folder / "::error::broken.toml").write_text("model = ")
    return folder


def outputs(plan: Path, *command: str) -> dict[str, str]:
    """Everything that the reading commands, and an edit that cannot be made, say on both streams."""
    place = ("-w", str(plan))
    found = {}
    for words in (
        *(("check", str(plan)), ("check", str(plan), "--json"), ("check", str(plan), "--color", "always")),
        *(("show", *place), ("show", *place, "--json"), ("show", *place, "--color", "always"), ("show", "c0", *place)),
        *(("show", "g0", *place), ("show", "g11", *place), ("why", "i0", *place), ("how", "vision", *place)),
        *(
            ("how", "g4", *place),
            ("set", "g0", "links=x", *place),
            ("show", "::error::x", *place),
            ("show", "-w", NAMES[0]),
        ),
    ):
        done = subprocess.run([*command, *words], capture_output=True, check=False, cwd=plan)
        found[" ".join(words[:2])] = (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")
    return found


def test_no_line_of_any_command_is_one_of_a_ci_host(plan: Path) -> None:
    said = outputs(plan, *COMMAND)
    assert [found for output in said.values() for found in commands_in(output)] == []
    assert "All is lost" in said[f"show {'-w'}"], "nothing hostile was said, so nothing is proved"
    assert "./::error file=x: :ci.toml" in said[f"check {plan}"].replace("file=x::", "file=x: :")


def test_no_path_is_taken_for_an_option_and_every_one_can_be_opened(plan: Path) -> None:
    done = subprocess.run([*COMMAND, "check", str(plan)], capture_output=True, check=False, text=True)
    assert list(options_in(done.stdout + done.stderr)) == []
    found = subprocess.run([*COMMAND, "check", str(plan), "--json"], capture_output=True, check=False, text=True)
    files = {each["file"] for finding in json.loads(found.stdout)["data"]["findings"] for each in finding["elements"]}
    assert {f"./{name}" for name in NAMES if not name[0].isalnum()} <= files
    assert [name for name in files if not (plan / name).is_file()] == []


def test_a_name_that_looks_like_a_place_sends_no_editor_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "strategy.toml").write_text('name = "Plan"\n')
    (tmp_path / "strategy.toml:1: all is well.toml").write_text('[[goals]]\nid = "g"\ntitle = "G"\nlinks = ["gone"]\n')
    done = subprocess.run([*COMMAND, "check", str(tmp_path)], capture_output=True, check=False, text=True)
    (line,) = [line for line in done.stdout.splitlines() if "gone" in line]
    place = place_in(line)
    assert place is not None
    assert place[0] != "strategy.toml"
    assert place[0].replace("\\:", ":") == "strategy.toml:1: all is well.toml"


def test_json_says_the_same_whatever_a_host_would_read_in_it(plan: Path) -> None:
    done = subprocess.run([*COMMAND, "show", "-w", str(plan), "--json"], capture_output=True, check=False, text=True)
    data = json.loads(done.stdout)["data"]
    assert data["vision"] == TEXTS[4]
    assert "##" not in done.stdout


def test_control_without_the_guard_every_host_is_told_something(plan: Path) -> None:
    said = outputs(plan, sys.executable, "-c", UNGUARDED)
    found = {found.partition(":")[0] for output in said.values() for found in commands_in(output)}
    assert found == {"GitHub", "Azure, GitHub", "TeamCity", "Buildkite"}
    assert list(options_in(said[f"check {plan}"]))
