"""No TOML file, however hostile, costs more than 2 s or 300 MB, ends in a traceback, or is changed by being read."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.lanes import few_or_many
from tests.promises.app import bytes_of, opened, walk_on
from tests.promises.hostile.files import HEAD, KINDS, files
from tests.promises.hostile.reading import CPU_SECONDS, MEGABYTES, run
from tests.promises.pty_session import modes_left_set


@few_or_many("count", 3 * len(KINDS), 200)
def test_hostile_files_are_loaded_or_refused_in_time(count: int) -> None:
    outcome = run(count)
    assert outcome.wrong == []
    assert outcome.files == count
    assert outcome.loaded > count // 10, "a checker that refuses everything proves nothing"
    assert outcome.refused > count // 10
    assert outcome.slowest <= CPU_SECONDS
    assert outcome.largest <= MEGABYTES


def test_control_the_parser_alone_breaks_or_takes_longer() -> None:
    with pytest.raises(RecursionError):
        tomllib.loads("x = " + "[" * 5_000 + "]" * 5_000)
    key = ".".join(f"k{number}" for number in range(20_000))
    limit = int(CPU_SECONDS)
    done = subprocess.run(
        [sys.executable, "-c", f"import tomllib; tomllib.loads({key!r} + ' = 1')"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit)),
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0


def test_a_number_that_python_cannot_print_is_refused_and_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(HEAD + b"[[problem]]\ntext = 'x'\nimportance = 0x" + b"f" * 9_000 + b"\n")
    done = subprocess.run([sys.executable, "-m", "canvas_tui", "check", str(path)], capture_output=True, text=True)
    assert done.returncode == 2
    assert "plan.toml:5: A number has too many digits" in done.stdout + done.stderr


def test_a_folder_of_all_of_them_opens_and_quits_and_stays_as_it_was(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    plan.mkdir()
    (plan / "strategy.toml").write_text('name = "Plan"\n')
    (plan / "good.toml").write_bytes(HEAD + b'problem = ["A good one among them"]\n')
    for name, data in files(3 * len(KINDS), seed=3):
        if len(data) < 100_000:  # the big ones are read one by one below
            (plan / f"{name}.toml").write_bytes(data)
    before = bytes_of(plan)
    with opened("open", str(plan), state=tmp_path / "state", size=(100, 30)) as app:
        for keys in (["g", "o"], ["G"], ["g", "f"], ["G"], ["g", "b"]):
            walk_on(app, keys)
        app.send("q")
        assert app.wait() == 0
        assert modes_left_set(bytes(app.raw)) == set()
        assert b"Traceback" not in app.raw
    assert bytes_of(plan) == before


@pytest.mark.parametrize("kind", sorted({make.__name__ for make in KINDS}))
def test_a_file_of_every_kind_opens_or_is_refused_and_stays_as_it_was(kind: str, tmp_path: Path) -> None:
    data = next(data for name, data in files(2 * len(KINDS), seed=4) if name.startswith(kind))
    path = tmp_path / "plan.toml"
    path.write_bytes(data)
    with opened("open", str(path), state=tmp_path / "state") as app:
        walk_on(app, ["g", "f"])
        app.send("q")
        assert app.wait() == 0
        assert b"Traceback" not in app.raw
    assert path.read_bytes() == data
    assert sorted(os.listdir(tmp_path)) in (["plan.toml"], ["plan.toml", "state"])
    assert not list((tmp_path / "state").rglob("crash-*"))
