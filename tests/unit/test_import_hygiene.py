"""What a command loads, seen in a fresh process: speed and safety both hang on what is *not* imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FIELDNOTE = str(Path(__file__).parents[2] / "samples" / "fieldnote")
SCREEN = ("textual", "rich", "canvas_tui.tui.app")
WRITER = ("tomlkit", "filelock", "canvas_tui.storage.write")
PROBE = """
import json, os, sys
before = set(sys.modules)
from canvas_tui.__main__ import main
real, sys.stdout = sys.stdout, open(os.devnull, "w")
code = main({arguments!r})
sys.stdout = real
{extra}
print(json.dumps([code, sorted(set(sys.modules) - before)]))
"""


def loaded_by(*arguments: str, extra: str = "") -> set[str]:
    """The modules that this command line has loaded in a process of its own; the command must have worked."""
    code = PROBE.format(arguments=list(arguments), extra=extra)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    exit_code, modules = json.loads(done.stdout)
    assert exit_code in (0, 1), done.stderr
    return set(modules)


def of(modules: set[str], *packages: str) -> set[str]:
    """Those of the modules that are one of the packages, or in one."""
    return {name for name in modules if any(name == each or name.startswith(f"{each}.") for each in packages)}


def test_version_loads_nothing_but_ourselves() -> None:
    assert loaded_by("--version") == {"canvas_tui", "canvas_tui.__main__"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "-w", FIELDNOTE],
        ["show", "-w", FIELDNOTE, "--json"],
        ["show", "late-payment", "-w", FIELDNOTE],
        ["why", "late-payment", "-w", FIELDNOTE],
        ["how", "late-payment", "-w", FIELDNOTE],
    ],
)
def test_show_and_traces_load_no_screen_no_writer_no_networkx(arguments: list[str]) -> None:
    assert not of(loaded_by(*arguments), *SCREEN, *WRITER, "networkx")


def test_check_loads_no_screen_and_no_writer() -> None:
    assert not of(loaded_by("check", FIELDNOTE), *SCREEN, *WRITER)


def test_git_is_loaded_where_a_revision_is_asked_for_and_nowhere_else() -> None:
    revisions = ("subprocess", "canvas_tui.git", "canvas_tui.core.matching", "canvas_tui.core.differences")
    assert not of(loaded_by("check", FIELDNOTE), *revisions)
    assert not of(loaded_by("show", "-w", FIELDNOTE), *revisions)
    modules = loaded_by("diff", FIELDNOTE, FIELDNOTE)
    assert of(modules, "canvas_tui.core.differences")
    assert not of(modules, *SCREEN, *WRITER)


@pytest.mark.parametrize("name", ["models", "rules", "keys"])
def test_lists_load_no_screen_no_writer_no_networkx(name: str) -> None:
    assert not of(loaded_by(name), *SCREEN, *WRITER, "networkx")


def test_starting_a_workspace_loads_no_screen_and_no_graph(tmp_path: Path) -> None:
    assert not of(loaded_by("new", str(tmp_path / "acme")), *SCREEN, "networkx", "canvas_tui.graph")


def test_a_merge_loads_no_screen_no_graph_and_no_rules(tmp_path: Path) -> None:
    for name, more in (("base", ""), ("ours", "# one\n"), ("theirs", "# other\n")):
        (tmp_path / f"{name}.toml").write_text(f'model = "swot"\n{more}')
    modules = loaded_by("merge", *(str(tmp_path / f"{name}.toml") for name in ("base", "ours", "theirs")))
    assert of(modules, "canvas_tui.storage.merge")
    assert not of(modules, *SCREEN, "networkx", "canvas_tui.graph", "canvas_tui.rules")


def test_an_edit_loads_no_screen_and_no_graph(tmp_path: Path) -> None:
    loaded_by("new", str(tmp_path / "acme"), "--template", "empty")
    modules = loaded_by("add", "goal", "Be paid", "-w", str(tmp_path / "acme"))
    assert not of(modules, *SCREEN, "networkx", "canvas_tui.graph", "canvas_tui.rules")
    assert of(modules, "canvas_tui.storage.write")


LOOKS = """
from datetime import date
from pathlib import Path
from canvas_tui.session import conflict, drafts, error_text, presence_text
from canvas_tui.session.session import Session
from canvas_tui.storage.read.workspace import read_workspace, refresh
from canvas_tui.core import edits
held = read_workspace(Path({path!r}))
session = Session(held.workspace, date(2026, 11, 21), follow=lambda: (refresh(held)[0].workspace, frozenset()))
session.refresh(), session.report
session.do(edits.change_text(session.workspace.get("late-payment"), "Mine"), "Changed")
"""


def test_a_session_that_only_looks_loads_no_screen_and_no_writer() -> None:
    assert not of(loaded_by("--version", extra=LOOKS.format(path=FIELDNOTE)), *SCREEN, *WRITER)


def test_the_probe_would_see_a_stray_import() -> None:
    assert of(loaded_by("--version", extra="import networkx"), "networkx")
