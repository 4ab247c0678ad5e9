"""What leaves the program: nothing a file holds can make a terminal do anything, and no stream makes it stumble."""

from __future__ import annotations

import errno
import json
import os
import pty
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from canvas_tui.cli import run as run_module
from tests.cli.conftest import Run
from tests.hostile import PAYLOADS, foreign_sequences, toml_string

READERS = [["show"], ["show", "trap"], ["show", "trap/problem"], ["why", "gate"], ["how", "gate"], ["check"]]


def writable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A workspace in which every text is a payload, as TOML lets a stranger write it."""
    root = tmp_path / "hostile"
    root.mkdir()
    texts = [toml_string(text) for text in PAYLOADS if writable(text)]
    everything = toml_string("".join(text for text in PAYLOADS if writable(text)))
    (root / "strategy.toml").write_text(f"format = 1\nname = {everything}\nvision = {everything}\n")
    (root / "goals.toml").write_text(
        "".join(
            f'[[goals]]\nid = "goal-{number}"\ntitle = {text}\nowner = {text}\nteam = {text}\nnote = {text}\n'
            f"status = {text}\nmetric = {{ name = {text}, unit = {text}, target = 3 }}\n{text} = {text}\n\n"
            for number, text in enumerate(texts)
        )
        + f'[[goals]]\nid = "gate"\ntitle = {everything}\nparent = {everything}\n'
    )
    (root / "trap.toml").write_text(
        f'model = "lean-canvas"\nid = "trap"\ntitle = {everything}\n\n'
        + "".join(f"[[problem]]\ntext = {text}\nowner = {text}\nlinks = [{text}]\n\n" for text in texts)
        + f"[cell.solution]\nnote = {everything}\n\n[[{everything}]]\ntext = {everything}\n"
    )
    (root / "not\x1b[2Jread\u202eable.toml").write_text(f"x = {everything}\nx = 2\n")
    return root


@pytest.mark.parametrize("arguments", READERS, ids=" ".join)
@pytest.mark.parametrize("json_too", [False, True], ids=["text", "json"])
def test_no_text_of_a_file_reaches_a_stream_raw(run: Run, hostile: Path, arguments: list[str], json_too: bool) -> None:
    ran = run(*arguments, *(["--json"] if json_too else []), cwd=hostile)
    assert ran.code in (0, 1, 2)
    assert ran.stdout
    assert "Traceback" not in ran.err
    assert foreign_sequences(ran.stdout) == []
    assert foreign_sequences(ran.stderr) == []
    assert b"\x1b" not in ran.stdout + ran.stderr


def test_the_harness_would_see_raw_text(hostile: Path) -> None:
    assert foreign_sequences("a\x1b[2Jb\u202e".encode()) != []
    assert "\\u001B" in (hostile / "strategy.toml").read_text()


@pytest.mark.parametrize("payload", ["a\x1b[2Jb", "a\x9b2Jb", "a\u202eb", "\udcff"])
def test_arguments_are_told_clean(run: Run, fieldnote: Path, payload: str) -> None:
    for command in (
        ["show", payload],
        [payload],
        ["show", "-w", payload],
        ["check", "--today", payload],
        ["new", payload + "/x/\0"],
    ):
        if "\0" in "".join(command):
            continue
        ran = run(*command, cwd=fieldnote)
        assert ran.code == 2
        assert foreign_sequences(ran.stderr) == []


def test_json_keeps_the_exact_text(run: Run, fieldnote: Path) -> None:
    text = "Zahlung \u2013 30 Tage \u65e5\u672c"
    run("set", "late-payment", f"text={text}", cwd=fieldnote)
    ran = run("show", "late-payment", "--json", cwd=fieldnote)
    assert ran.stdout.isascii()
    assert ran.data("show")["text"] == text


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C"},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=lambda env: " ".join(f"{key}={value}" for key, value in env.items()),
)
def test_a_poor_locale_gets_ascii_signs_and_never_a_crash(run: Run, fieldnote: Path, env: dict[str, str]) -> None:
    run("set", "late-payment", "text=\u65e5\u672c \u2013 late", cwd=fieldnote)
    for arguments in (["show"], ["why", "self-sending"], ["how", "vision"], ["check"], ["models"], ["keys"], ["rules"]):
        ran = run(*arguments, cwd=fieldnote, env=env)
        assert ran.code in (0, 1)
        assert not ran.stderr
    signs = run("how", "vision", cwd=fieldnote, env=env).stdout
    assert b"`- " in signs
    assert "\u2514".encode() not in signs


@pytest.mark.parametrize("name", ["LANG", "LC_CTYPE", "LC_ALL"])
def test_a_locale_with_another_charset_gets_ascii_signs(run: Run, fieldnote: Path, name: str) -> None:
    signs = run("how", "vision", cwd=fieldnote, env={name: "en_US.ISO-8859-1"}).stdout
    assert b"`- " in signs, "also where this system has no such locale, and Python takes another"
    assert "\u2514".encode() not in signs


def test_ascii_is_a_wish_too(run: Run, fieldnote: Path) -> None:
    assert "\u2514" in run("how", "vision", cwd=fieldnote).out
    assert "\u2514" not in run("how", "vision", "--ascii", cwd=fieldnote).out


@pytest.mark.parametrize("arguments", [["show"], ["check"], ["show", "--json"], ["keys"]], ids=" ".join)
def test_a_closed_pipe_ends_quietly(fieldnote: Path, environ: dict[str, str], arguments: list[str]) -> None:
    command = [sys.executable, "-m", "canvas_tui", *arguments]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, cwd=fieldnote, env=environ, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.returncode == 141
    assert done.stderr == b""


def test_closed_streams_do_not_stop_an_answer(fieldnote: Path, environ: dict[str, str]) -> None:
    for closing in (">&-", "2>&-", "<&-", ">&- 2>&-"):
        line = f"exec {sys.executable} -m canvas_tui show {closing}"
        done = subprocess.run(["sh", "-c", line], cwd=fieldnote, env=environ, capture_output=True, check=False)
        assert done.returncode == 0, closing
        assert b"Traceback" not in done.stderr


ANSWERS = (["show"], ["show", "--json"], ["check"], ["--help"], ["show", "--help"], ["rules"], ["models"], ["keys"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_a_full_disk_under_stdout_is_told_and_is_no_mistake_of_ours(
    fieldnote: Path, environ: dict[str, str], arguments: list[str]
) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "canvas_tui", *arguments]
        done = subprocess.run(command, cwd=fieldnote, env=environ, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_edit_whose_answer_is_lost_says_that_it_is_saved(fieldnote: Path, environ: dict[str, str]) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "canvas_tui", "set", "late-payment", "text=Paid late"]
        done = subprocess.run(command, cwd=fieldnote, env=environ, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"but the edit is saved" in done.stderr) == (2, True)
    assert b"Paid late" in (fieldnote / "lean-canvas.toml").read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_the_version_on_a_full_disk_has_no_traceback(environ: dict[str, str]) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "canvas_tui", "--version"]
        done = subprocess.run(command, env=environ, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (2, b"")


@pytest.mark.parametrize("limit", [0, 512])
def test_a_limit_on_the_size_of_files_is_no_mistake_of_ours(
    fieldnote: Path, tmp_path: Path, environ: dict[str, str], limit: int
) -> None:
    """As with a quota: the output goes to a file that may not grow further."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    with open(tmp_path / "out", "wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "canvas_tui", "show", "--json"],
            cwd=fieldnote, env=environ, stdout=out, stderr=subprocess.PIPE, check=False, preexec_fn=limited,
        )  # fmt: skip
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.EIO])
def test_a_machine_without_room_is_told_from_a_mistake_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    def fails(_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(run_module, "_dispatch", fails)
    assert run_module.run(["show"]) == 2
    assert "no room" in capsys.readouterr().err

    def mistake(_: object) -> int:
        raise TypeError("ours")

    monkeypatch.setattr(run_module, "_dispatch", mistake)
    assert run_module.run(["show"]) == 4


def on_a_terminal(arguments: list[str], cwd: Path, env: dict[str, str]) -> bytes:
    """What a run writes to a terminal of its own."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "canvas_tui", *arguments]
    with subprocess.Popen(command, cwd=cwd, env=env, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        written = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the last one to hold the terminal has gone
                break
            if not part:
                break
            written += part
        process.wait(60)
    os.close(ours)
    return written


def test_colour_only_on_a_terminal_and_never_against_no_color(fieldnote: Path, environ: dict[str, str]) -> None:
    assert b"\x1b[1m" in on_a_terminal(["show"], fieldnote, environ)
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert b"\x1b" not in on_a_terminal(["show"], fieldnote, environ | env)
    assert b"\x1b" not in on_a_terminal(["show", "--color", "never"], fieldnote, environ)


def test_colour_in_a_pipe_when_asked_for(run: Run, fieldnote: Path) -> None:
    assert b"\x1b" not in run("show", cwd=fieldnote).stdout
    asked = run("show", "--color", "always", cwd=fieldnote, env={"NO_COLOR": "1"})
    assert b"\x1b[1m" in asked.stdout
    assert foreign_sequences(asked.stdout) == []


def test_json_has_no_colour_even_when_asked(run: Run, fieldnote: Path) -> None:
    json.loads(run("show", "--json", "--color", "always", cwd=fieldnote).stdout)
