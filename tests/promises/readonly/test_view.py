"""`view` writes, starts and connects to nothing, and holds no code that could; no key and no variable changes that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_tui.tui.input.actions import ACTIONS
from tests.promises.app import COMMAND, bytes_of, opened, session, until_shown, walk_on, write_entry
from tests.promises.pty_session import PtySession
from tests.promises.readonly.tracing import calls_of, opened_for_writing, sockets, started, why_not

_HELD = """
import atexit, json, sys
out = open({out!r}, "w")  # now: a read-only session can open nothing to write later
def tell():
    out.write(json.dumps(sorted(sys.modules)))
atexit.register(tell)
from canvas_tui.__main__ import main
sys.exit(main())
"""


@pytest.fixture
def unchanged(plan: Path, tmp_path: Path) -> Iterator[None]:
    """Nothing in or beside the workspace changes, and no state is left."""
    before = bytes_of(plan)
    names = sorted(os.listdir(tmp_path))
    yield
    assert bytes_of(plan) == before
    assert sorted(os.listdir(tmp_path)) == names


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
def test_it_opens_nothing_for_writing_starts_nothing_and_opens_no_socket(plan: Path, tmp_path: Path) -> None:
    subprocess.run([*COMMAND, "--version"], check=True, capture_output=True)  # where a run begins is compiled then
    calls = calls_of("view", plan, tmp_path / "state", tmp_path / "log")
    assert len(calls) > 300, "nothing was traced, so nothing is proved"
    assert any(str(plan / "lean-canvas.toml") in call for call in calls)
    assert opened_for_writing(calls) == []
    assert started(calls) == []
    assert sockets(calls) == []


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
def test_control_the_same_look_at_an_editing_session_sees_its_writes(plan: Path, tmp_path: Path) -> None:
    calls = calls_of("open", plan, tmp_path / "state", tmp_path / "log", ["a"], ["from ana"], ["enter"])
    assert any(str(plan) in call for call in opened_for_writing(calls))


def keys_that_change() -> list[list[str]]:
    """Every key of every action that changes something, as a terminal sends it."""
    names = {"ctrl+r": ["c-r"], "enter": ["enter"], "del": ["del"]}
    found = [names.get(str(key).lower(), list(str(key))) for action in ACTIONS if action.mutates for key in action.keys]
    return [keys for keys in found if all(len(key) == 1 or key in {"c-r", "enter", "del"} for key in keys)]


def press_all(app: PtySession) -> None:
    """Press each of these keys, type something into what it opens, and leave that again."""
    for keys in keys_that_change():
        walk_on(app, keys)
        walk_on(app, ["x", "enter", "esc", "esc"])


def test_no_key_of_any_change_changes_a_byte(plan: Path, tmp_path: Path, unchanged: None) -> None:
    assert len(keys_that_change()) > 10
    with opened("view", str(plan), state=tmp_path / "state", size=(100, 30)) as app:
        for screen in (["g", "b"], ["g", "s"], ["g", "f"], ["g", "o"]):
            walk_on(app, screen)
            press_all(app)
        app.send("q")
        assert app.wait() == 0


def test_control_the_same_keys_change_an_editing_session(plan: Path, tmp_path: Path) -> None:
    before = bytes_of(plan)
    with opened("open", str(plan), state=tmp_path / "state", size=(100, 30)) as app:
        press_all(app)
        app.until(lambda: bytes_of(plan) != before)


def test_the_code_that_could_write_is_not_in_its_process(plan: Path, tmp_path: Path) -> None:
    held = _modules("view", plan, tmp_path)
    assert held & _MUST_NOT == set()
    assert "canvas_tui.tui.sandbox.tripwire" in held


def test_control_an_editing_session_holds_that_code_and_no_fence(plan: Path, tmp_path: Path) -> None:
    held = _modules("open", plan, tmp_path)
    assert not {name for name in held if name.startswith("canvas_tui.tui.sandbox")}
    assert {"canvas_tui.storage.write.store", "canvas_tui.storage.write*"} <= held & _MUST_NOT


def _modules(command: str, plan: Path, folder: Path) -> set[str]:
    """What was imported in the process when it ended."""
    out = folder / f"modules-{command}"
    script = [sys.executable, "-c", _HELD.format(out=str(out))]
    with session(command, str(plan), state=folder / "state", command=script, size=(100, 30)) as app:
        until_shown(app)
        for keys in (["y"], ["esc"], ["g", "s"], ["g", "f"], ["g", "o"], ["g", "b"], ["/"], ["esc"], ["?"], ["esc"]):
            walk_on(app, keys)
        if command == "open":
            write_entry(app, "From ana")
        app.send("q")
        assert app.wait() == 0
    held = set(json.loads(out.read_text()))
    return held | {"canvas_tui.storage.write*" for name in held if name.startswith("canvas_tui.storage.write")}


_MUST_NOT = {
    *("canvas_tui.storage.write*", "canvas_tui.storage.write", "canvas_tui.storage.write.store", "canvas_tui.git"),
    *("tomlkit", "filelock", "canvas_tui.cli.editing", "pty", "socketserver", "http.server", "smtplib", "ftplib"),
}
ATTACKS = [
    {"TEXTUAL_LOG": "{top}/log"},
    {"TEXTUAL_SCREENSHOT": "0", "TEXTUAL_SCREENSHOT_LOCATION": "{top}", "TEXTUAL_SCREENSHOT_FILENAME": "shot.svg"},
    {"TEXTUAL_DRIVER": "evil:Driver", "PYTHONPATH": ""},
    {"TEXTUAL_DEBUG": "1", "TEXTUAL": "devtools,debug"},
    {"TEXTUAL_PRESS": "ctrl+p,a,x,enter"},
    {"PYTHONINSPECT": "1", "PYTHONSTARTUP": "{top}/evil.py"},
    {
        "EDITOR": "touch {top}/log",
        "VISUAL": "touch {top}/log",
        "PAGER": "touch {top}/log",
        "BROWSER": "touch {top}/log",
    },
    {"GIT_DIR": "{top}", "GIT_EXTERNAL_DIFF": "touch {top}/log", "LESSOPEN": "|touch {top}/log"},
]


@pytest.mark.parametrize("attack", ATTACKS, ids=[next(iter(each)) for each in ATTACKS])
def test_no_variable_makes_it_write(attack: dict[str, str], plan: Path, tmp_path: Path) -> None:
    (tmp_path / "evil.py").write_text(f"open({str(tmp_path / 'log')!r}, 'w')\n")
    before, names = bytes_of(plan), sorted(os.listdir(tmp_path))
    env = {name: value.format(top=tmp_path) for name, value in attack.items()}
    with opened("view", str(plan), state=tmp_path / "state", size=(100, 30), env=env, cwd=tmp_path) as app:
        for keys in (["y"], ["esc"], ["o"], [":"], ["esc"]):
            walk_on(app, keys)
        app.send("q")
        assert app.wait() == 0, "an interpreter told to stay would be a way to run anything"
    assert bytes_of(plan) == before
    assert sorted(os.listdir(tmp_path)) == names


def test_control_python_itself_stays_when_it_is_told_to(tmp_path: Path) -> None:
    with PtySession([sys.executable, "-c", "raise SystemExit(2)"], env={"PYTHONINSPECT": "1"}) as python:
        python.until(">>>")
