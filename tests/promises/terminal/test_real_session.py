"""The app itself keeps what its parts promise: its drafts, the terminal it found, and no power for any text.

Real sessions of `python -m canvas_tui` on a copy of the sample and on a workspace made of hostile text.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.hostile import PAYLOADS, foreign_sequences, toml_string
from tests.promises.app import drafts_on_disk, opened, until_shown, walk_on
from tests.promises.pty_session import PtySession, modes_left_set
from tests.promises.terminal.test_hostile_text import COLOURS, attributes

TYPED = "Nobody reads our reminders"


def start(*arguments: str, state: Path, **env: str) -> PtySession:
    return opened(*arguments, state=state, env=env)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_text_being_typed_outlives_a_signal(number: signal.Signals, plan: Path, tmp_path: Path) -> None:
    with start(str(plan), state=tmp_path / "state") as session:
        session.send("a")
        session.until("enter save")
        session.send(TYPED)
        session.until(TYPED)
        session.signal(number)
        assert session.wait() == 128 + number
        assert modes_left_set(bytes(session.raw)) == set()
        assert session.line_settings() == session.before
    assert TYPED in drafts_on_disk(tmp_path / "state")


def test_a_storm_of_window_sizes_neither_ends_it_nor_leaves_a_stale_picture(plan: Path, tmp_path: Path) -> None:
    with start(str(plan), state=tmp_path / "state") as session:
        session.until("error")  # graph and findings are there
        session.settle()
        before = session.text
        for number in range(600):
            session.resize(40 + number % 120, 10 + number % 40)
        session.resize(80, 24)
        session.until(lambda: session.text == before)  # a busy machine may take a while to get there
        session.settle()
        assert session.text == before
        session.send("q")
        assert session.wait() == 0


def test_a_read_only_session_keeps_no_drafts_and_leaves_no_file(plan: Path, tmp_path: Path) -> None:
    with start("view", str(plan), state=tmp_path / "state") as session:
        session.send("a")
        session.settle()
        session.send("words")
        session.settle()
        session.signal(signal.SIGTERM)
        assert session.wait() == 143, session.text
        assert modes_left_set(bytes(session.raw)) == set()
    assert not (tmp_path / "state").exists()


def hostile_workspace(folder: Path) -> Path:
    """Every payload that a TOML file can hold, in titles, entries, notes, ids' places and a file's name."""
    folder.mkdir()
    texts = [toml_string(text) for text in PAYLOADS if "\ud800" not in text]
    some = iter(texts * 2)
    (folder / "strategy.toml").write_text(f"format = 1\nname = {next(some)}\nvision = {texts[70]}\n")
    goals = "".join(f'[[goals]]\nid = "g{number}"\ntitle = {text}\n' for number, text in enumerate(texts[60:120]))
    (folder / "goals.toml").write_text(goals)
    entries = ", ".join(texts)
    canvas = f'model = "lean-canvas"\ntitle = {texts[75]}\nproblem = [{entries}]\n'
    canvas += f"[[solution]]\ntext = {texts[80]}\nnote = {texts[90]}\nowner = {texts[100]}\nlinks = [{texts[85]}]\n"
    (folder / "lean.toml").write_text(canvas)
    (folder / "bad\x1b[31m\u202e.toml").write_text("model = ")
    return folder


SCREENS = (["j"] * 5, ["z"], ["esc"], ["y"], ["esc"], ["g", "s"], ["g", "f"], ["g", "o"], ["g", "b"], ["/", "a"])
UNCLEANED = """
import canvas_tui.core.text as text
text.clean = lambda given, **_: given
text.drop_unsafe = lambda given: given
from canvas_tui.__main__ import main
main()
"""


def output_of_every_screen(session: PtySession) -> bytes:
    for keys in SCREENS:
        walk_on(session, keys)
    session.signal(signal.SIGTERM)
    session.wait()
    return bytes(session.raw)


def test_no_hostile_text_reaches_the_terminal_on_any_screen(tmp_path: Path) -> None:
    folder = hostile_workspace(tmp_path / "evil")
    with start("view", str(folder), state=tmp_path / "state") as session:
        raw = output_of_every_screen(session)
        assert session.process.returncode == 143
    assert foreign_sequences(raw) == []
    assert modes_left_set(raw) == set()
    assert "␛".encode() in raw, "nothing hostile was shown, so nothing is proved"
    assert b"<U+" in raw


def test_control_without_cleaning_hostile_text_reaches_the_terminal(tmp_path: Path) -> None:
    folder = hostile_workspace(tmp_path / "evil")
    command = [sys.executable, "-c", UNCLEANED, "view", str(folder)]
    with PtySession(command, env={"XDG_STATE_HOME": str(tmp_path / "state")}) as session:
        until_shown(session)
        assert foreign_sequences(output_of_every_screen(session))


def test_no_color_means_no_colour_on_the_board(plan: Path, tmp_path: Path) -> None:
    with start("view", str(plan), state=tmp_path / "state", NO_COLOR="1") as session:
        assert not attributes(bytes(session.raw)) & COLOURS
        assert attributes(bytes(session.raw)) & {"1", "2", "7"}, "what colour said is said by bold, dim and reverse"
    with start("view", str(plan), state=tmp_path / "state") as session:
        assert attributes(bytes(session.raw)) & COLOURS, "or else this would see nothing"


def test_a_plain_xterm_is_asked_for_no_more_than_16_colours(plan: Path, tmp_path: Path) -> None:
    with start("view", str(plan), state=tmp_path / "state", TERM="xterm", COLORTERM="") as session:
        assert attributes(bytes(session.raw)) & COLOURS
        assert not attributes(bytes(session.raw)) & {"38", "48"}


def test_without_a_terminal_it_names_the_way_that_works(plan: Path, tmp_path: Path) -> None:
    with PtySession([sys.executable, "-m", "canvas_tui", str(plan)], env={"TERM": "dumb"}) as session:
        assert session.wait() == 2
        assert b"canvas-tui show" in session.raw
        assert b"\x1b" not in session.raw
