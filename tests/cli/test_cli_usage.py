"""Arguments, paths and exit codes: a sentence on stderr, nothing on stdout, the right code, never a traceback."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from canvas_tui import __version__
from canvas_tui.cli.tree import COMMANDS
from tests.cli.conftest import Ran, Run, files_of

ROOT = os.geteuid() == 0


def is_sentence(ran: Ran) -> bool:
    """One line for a person: what is wrong - what to do."""
    lines = ran.err.splitlines()
    return len(lines) == 1 and lines[0].startswith("canvas-tui: ") and " - " in lines[0] and not ran.stdout


def test_version_is_printed(run: Run) -> None:
    assert run("--version").out == f"canvas-tui {__version__}\n"


def test_help_lists_every_command_within_80_columns(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert all(spec.usage in ran.out and spec.summary in ran.out for spec in COMMANDS)
    assert max(map(len, ran.lines)) <= 80


@pytest.mark.parametrize("name", [spec.name for spec in COMMANDS])
def test_every_command_has_help(run: Run, name: str) -> None:
    ran = run(name, "--help", env={"COLUMNS": "80"})
    assert ran.code == 0
    assert ran.out.startswith(f"usage: canvas-tui {name}")
    assert not ran.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chekc"], "did you mean `canvas-tui check`?"),
        (["show", "--jsn"], "did you mean --json?"),
        (["why"], "ELEMENT is missing"),
        (["link", "one"], "TO is missing"),
        (["set"], "ELEMENT and FIELD=VALUE are missing"),
        (["set", "x", "state"], "write FIELD=VALUE"),
        (["check", "--today", "tomorrow"], "write it like 2027-06-30"),
        (["check", "--fail-on", "anything"], "use error, warning, info or never"),
        (["check", "--select", "orphan-entri"], "did you mean 'orphan-entry'?"),
        (["rules", "orphan-entri"], "did you mean 'orphan-entry'?"),
        (["show", "--color", "blue"], "use auto, always or never"),
        (["new", "x", "--template", "big"], "use one of: lean, full, empty"),
        (["keys", "please"], "one argument too many"),
        (["move", "a", "b/c", "--before", "x", "--after", "y"], "not allowed with"),
    ],
)
def test_bad_arguments_are_told_with_what_is_close(run: Run, arguments: list[str], words: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert is_sentence(ran)
    assert words in ran.err


@pytest.mark.parametrize("command", ["open", "view", "show", "check", "why x", "add a/b c", "set x note=y", "rm x"])
def test_without_a_workspace_a_sentence_says_so(run: Run, command: str) -> None:
    ran = run(*command.split())
    assert ran.code == 2
    assert is_sentence(ran)
    assert "canvas-tui new" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"], ["show", "plan"], ["why", "plan"], ["how", "plan"], ["set", "plan", "title=x"], ["rm", "plan"],
        ["add", "goal", "x"], ["link", "a", "b"], ["unlink", "a", "b"], ["move", "a", "b/c"],
    ],
)  # fmt: skip
def test_a_command_without_a_workspace_names_the_option_that_it_takes(
    run: Run, arguments: list[str], tmp_path: Path
) -> None:
    ran = run(*arguments, cwd=tmp_path)
    assert ran.code == 2
    assert "give -w PATH, or start one" in ran.err


@pytest.mark.parametrize("arguments", [["check"], ["view"], ["open"], []])
def test_a_command_that_takes_a_path_asks_for_one(run: Run, arguments: list[str], tmp_path: Path) -> None:
    ran = run(*arguments, cwd=tmp_path)
    assert ran.code == 2
    assert "give a PATH, or start one" in ran.err


@pytest.mark.parametrize("arguments", [["check", "nowhere"], ["show", "-w", "nowhere"], ["open", "nowhere"], ["./no"]])
def test_a_missing_folder_is_told(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert is_sentence(ran)


def test_a_mistyped_element_gets_the_closest_one(run: Run, fieldnote: Path) -> None:
    for command in ("show", "why", "how", "rm"):
        ran = run(command, "late-paiment", cwd=fieldnote)
        assert ran.code == 2
        assert is_sentence(ran)
        assert "did you mean 'late-payment'?" in ran.err


def test_the_nearest_workspace_above_is_taken(run: Run, fieldnote: Path) -> None:
    deep = fieldnote / "notes" / "2026"
    deep.mkdir(parents=True)
    assert run("why", "late-payment", cwd=deep).stdout == run("why", "late-payment", "-w", str(fieldnote)).stdout


def test_a_single_file_is_a_workspace(run: Run) -> None:
    one = Path(__file__).parents[2] / "samples" / "one-file.toml"
    assert run("show", "-w", str(one)).code == 0


@pytest.mark.skipif(ROOT, reason="root may read everything")
def test_an_unreadable_file_is_told_and_the_rest_is_shown(run: Run, fieldnote: Path) -> None:
    (fieldnote / "swot.toml").chmod(0)
    ran = run("check", str(fieldnote))
    assert ran.code == 2
    assert "swot.toml" in ran.err
    assert "cells linked" in ran.out


def test_the_screen_is_refused_without_a_terminal(run: Run, fieldnote: Path) -> None:
    for command in (["open", str(fieldnote)], ["view", str(fieldnote)], [str(fieldnote)]):
        ran = run(*command)
        assert ran.code == 2
        assert is_sentence(ran)
        assert "canvas-tui show" in ran.err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_signal_ends_a_waiting_edit_without_a_trace(
    fieldnote: Path, environ: dict[str, str], number: int, code: int
) -> None:  # fmt: skip
    before = files_of(fieldnote)
    command = [sys.executable, "-m", "canvas_tui", "add", "lean/problem", "-"]
    with subprocess.Popen(
        command,
        cwd=fieldnote,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # it may be ignored where the tests run
    ) as process:
        assert process.stdin is not None
        while not is_reading_stdin(process.pid):
            assert process.poll() is None
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
    assert process.returncode == code  # a shell sees 128 + n of a process that a signal ended
    assert err == b""
    assert files_of(fieldnote) == before


def is_reading_stdin(pid: int) -> bool:
    """Whether the process waits in read(0, ...)."""
    try:
        call = Path(f"/proc/{pid}/syscall").read_text().split()
    except OSError:
        time.sleep(1)
        return True
    return call[:2] == ["0", "0x0"] if platform.machine() == "x86_64" else call[1:2] == ["0x0"]


def test_a_mistake_of_ours_is_one_line_and_code_4(fieldnote: Path, environ: dict[str, str]) -> None:
    code = (
        "import sys, canvas_tui.cli.run as r, canvas_tui.cli.commands.show as s\n"
        "def run(args, out): raise RuntimeError('\\x1b[2J oh')\n"
        "s.run = run\nsys.exit(r.run(['show']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=fieldnote, env=environ, capture_output=True, check=False)
    assert done.returncode == 4
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stderr


def test_the_environment_cannot_choose_what_a_library_loads(run: Run, fieldnote: Path) -> None:
    ran = run("check", str(fieldnote), env={"NETWORKX_BACKEND_PRIORITY": "something"})
    assert ran.code == 1, ran.err
    assert not ran.err
