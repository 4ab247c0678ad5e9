"""How a session starts: what is loaded, what is refused, and that a reader never loads a writer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.sessions import SAMPLES, copy_of

_SCRIPT = """
import sys
from pathlib import Path
from canvas_tui.tui import launch
launch.refuse_reason = lambda *_: None
import canvas_tui.tui.terminal.exits as exits

def run(app, **options):
    app.get_default_screen()
    if {prepared}:
        app._driver = None
        app.after_first_paint()
    print(sorted(name for name in sys.modules if name.startswith("canvas_tui.storage.write")))
    print(sorted(name for name in sys.modules if name in ("tomlkit", "networkx", "filelock")))
    print(sorted(name for name in sys.modules if name.startswith("canvas_tui.rules")))
    return 0

exits.run = run
sys.exit(launch.open_workspace(Path(sys.argv[1]), read_only={read_only}))
"""


def modules_of(path: Path, *, read_only: bool, prepared: bool) -> list[str]:
    script = _SCRIPT.format(read_only=read_only, prepared=prepared)
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("prepared", [False, True])
def test_a_read_only_session_never_loads_the_writer(prepared: bool) -> None:
    assert modules_of(SAMPLES / "fieldnote", read_only=True, prepared=prepared)[:2] == ["[]", "[]"]


@pytest.mark.parametrize("read_only", [False, True])
def test_no_rule_is_loaded_before_the_first_paint(read_only: bool, tmp_path: Path) -> None:
    assert modules_of(copy_of("fieldnote", tmp_path), read_only=read_only, prepared=False)[2] == "[]"


def test_an_editing_session_loads_its_writer_after_the_first_paint(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = modules_of(path, read_only=False, prepared=False)
    assert "canvas_tui.storage.write.store" not in before[0]
    assert before[1] == "[]"
    assert "canvas_tui.storage.write.store" in modules_of(path, read_only=False, prepared=True)[0]


_COSTS = """
import collections, dataclasses, re, sys
from pathlib import Path
counted = collections.Counter()

def counting(what, real):
    def count(*arguments, **options):
        counted[what] += sys._getframe(1).f_globals["__name__"].startswith("canvas_tui")
        return real(*arguments, **options)
    return count

re.compile, dataclasses.dataclass = counting("patterns", re.compile), counting("dataclasses", dataclasses.dataclass)
from canvas_tui.tui import launch
launch.refuse_reason = lambda *_: None
import canvas_tui.tui.terminal.exits as exits

def run(app, **options):
    app.get_default_screen()
    modules = sum(name.startswith("canvas_tui") for name in sys.modules)
    print(modules, counted["patterns"], counted["dataclasses"])
    return 0

exits.run = run
sys.exit(launch.open_workspace(Path(sys.argv[1]), read_only=False))
"""


def test_little_is_loaded_and_made_before_the_first_paint(tmp_path: Path) -> None:
    """What the first picture waits for, counted and not timed. A module takes a sixth of a millisecond, a pattern up to
    one, a frozen dataclass half of one (a tuple with names a tenth). Whoever needs more of them weighs that."""
    path = copy_of("fieldnote", tmp_path)
    done = subprocess.run([sys.executable, "-c", _COSTS, str(path)], capture_output=True, text=True, check=True)
    modules, patterns, dataclasses = map(int, done.stdout.split())
    assert modules <= 124
    assert patterns <= 18
    assert dataclasses <= 16


@pytest.mark.parametrize(("path", "words"), [("nowhere", "there is no"), (".", "strategy.toml")])
def test_what_is_no_workspace_is_refused_with_a_sentence(path: str, words: str, tmp_path: Path) -> None:
    script = _SCRIPT.format(read_only=True, prepared=False)
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("canvas-tui: ")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_terminal_the_session_is_refused_and_show_is_named() -> None:
    script = "import sys; from pathlib import Path; from canvas_tui.tui.launch import open_workspace; "
    script += "sys.exit(open_workspace(Path(sys.argv[1]), read_only=True))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(SAMPLES / "fieldnote")],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "canvas-tui show" in done.stderr


@pytest.mark.parametrize(
    ("environ", "is_plain"),
    [
        ({"LANG": "C"}, True),
        ({"LANG": "de_DE.UTF-8", "LC_CTYPE": "en_US.ISO-8859-1"}, True),
        ({"LANG": "C", "LC_CTYPE": "de_DE.UTF-8"}, False),
        ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, True),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, False),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({}, False),
    ],
)
def test_a_locale_without_utf_8_gets_ascii_signs(
    environ: dict[str, str], is_plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from canvas_tui.tui import launch

    for name in ("LC_ALL", "LANG", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert launch._speaks_unicode() is not is_plain


_LEAVES = """
import sys
from pathlib import Path
from canvas_tui.tui import launch
launch.refuse_reason = lambda *_: None
import canvas_tui.tui.terminal.exits as exits

def run(app, **options):
    print(app.get_default_screen().state.canvas_id)
    app.session.left_canvas = "swot"
    return 0

exits.run = run
sys.exit(launch.open_workspace(Path(sys.argv[1]), read_only=sys.argv[2] == "view"))
"""


def first_board(path: Path, state: Path, *, how: str) -> str:
    """The board that a session begins with; it ends on the SWOT."""
    done = subprocess.run(
        [sys.executable, "-c", _LEAVES, str(path), how], capture_output=True, text=True, check=True,
        env={**os.environ, "XDG_STATE_HOME": str(state)},
    )  # fmt: skip
    return done.stdout.strip()


def test_a_session_begins_with_the_board_that_was_left_last(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = {each: each.read_bytes() for each in path.rglob("*") if each.is_file()}
    assert first_board(path, tmp_path / "state", how="open") == "lean"
    assert first_board(path, tmp_path / "state", how="open") == "swot"
    assert {each: each.read_bytes() for each in path.rglob("*") if each.is_file()} == before


def test_a_read_only_session_remembers_nothing(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    assert first_board(path, tmp_path / "state", how="view") == "lean"
    assert first_board(path, tmp_path / "state", how="view") == "lean"
    assert not (tmp_path / "state").exists()
