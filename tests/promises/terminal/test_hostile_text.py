"""No text can make the terminal do anything: of everything a session writes, all is Textual's own or plain text.

Run on a real terminal with widgets that nobody taught to clean; Textual as it comes is the control.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.hostile import ESCAPES, PAYLOADS, foreign_sequences
from tests.promises.pty_session import PtySession

APP = str(Path(__file__).with_name("session_app.py"))
COLOURS = {*map(str, range(30, 39)), *map(str, range(40, 49)), *map(str, range(90, 98)), *map(str, range(100, 108))}


def attributes(raw: bytes) -> set[str]:
    """The parameters of every SGR sequence: colours and attributes as they were asked for."""
    return {part for each in re.findall(r"\x1b\[([0-9;:]*)m", raw.decode("latin-1")) for part in re.split("[;:]", each)}


def output(state: Path, *flags: str, typed: str = "", shown: bytes = b"loud", **env: str) -> bytes:
    """Everything a session wrote from start to a quit, which it is told when it has written `shown`."""
    command = [sys.executable, APP, str(state), *flags]
    with PtySession(command, size=(120, 60), env=env, cwd=state) as session:
        session.until(lambda: b"loud" in session.raw)
        if typed:
            session.send(typed)
        session.until(lambda: shown in session.raw)
        session.settle()  # the rest of that screen
        session.send("c-q")
        assert session.wait() == 0
        return bytes(session.raw)


def test_no_widget_lets_hostile_text_through(tmp_path: Path) -> None:
    raw = output(tmp_path, "hostile", shown=b"titled")
    assert foreign_sequences(raw) == []
    assert b"red" in raw


def test_control_stock_textual_lets_it_through(tmp_path: Path) -> None:
    foreign = foreign_sequences(output(tmp_path, "stock", "hostile", shown=b"titled"))
    assert any(b"\x1b]8;" in each for each in foreign)
    assert any("\u202e".encode() in each for each in foreign)
    assert len(foreign) > 10


def test_what_is_pasted_is_shown_without_power(tmp_path: Path) -> None:
    pasted = "\x1b[200~" + "a\x9b31mb\u202ec\x1b[201~"
    assert foreign_sequences(output(tmp_path, typed=pasted, shown=b"31mb")) == []


@pytest.mark.parametrize("payload", [text for text in ESCAPES if text not in ("line\rover",)])
def test_the_check_itself_sees_every_payload(payload: str) -> None:
    ours = {"\x1b[31mred\x1b[0m", "\x1b[?1049l", "\x1b[?1000h", "\x1b[2J\x1b[H"}  # what Textual writes as well
    assert bool(foreign_sequences(payload.encode())) == (payload not in ours)


def test_the_check_passes_plain_text_and_what_textual_writes() -> None:
    sequences = b"\x1b[?2026h\x1b[1;31;48;2;1;2;3mx\x1b[0m\x1b[12;4H\x1b[>25u"
    assert foreign_sequences("ä 界 👩\u200d🚀\r\n".encode() + sequences) == []
    assert all(isinstance(payload, str) for payload in PAYLOADS)


def test_no_color_means_no_colour_at_all(tmp_path: Path) -> None:
    raw = output(tmp_path, NO_COLOR="1")
    assert not attributes(raw) & COLOURS
    assert {"1", "7"} <= attributes(raw), "bold and reverse stay"


def test_control_stock_textual_paints_greys_under_no_color(tmp_path: Path) -> None:
    assert attributes(output(tmp_path, "stock", NO_COLOR="1")) & COLOURS


def test_a_plain_xterm_gets_the_16_colours_it_has(tmp_path: Path) -> None:
    raw = output(tmp_path, TERM="xterm", COLORTERM="")
    assert attributes(raw) & COLOURS
    assert not attributes(raw) & {"38", "48"}
    assert attributes(output(tmp_path, TERM="xterm-256color")) & {"38", "48"}, "or else this would see nothing"


def test_a_terminal_known_for_all_colours_gets_them(tmp_path: Path) -> None:
    assert re.search(rb"\x1b\[[0-9;]*38;2;", output(tmp_path, TERM="alacritty", COLORTERM=""))


def test_textuals_own_environment_does_nothing(tmp_path: Path) -> None:
    env = {
        "TEXTUAL_LOG": str(tmp_path / "log"),
        "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path),
        "TEXTUAL_SCREENSHOT_FILENAME": "shot.svg",
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_DRIVER": "nowhere:Driver",
        "TEXTUAL_PRESS": "q",
    }
    output(tmp_path, shown=b"loud", **env)
    assert {path.name for path in tmp_path.iterdir()} <= {"drafts", "crashes"}


def test_control_stock_textual_writes_where_the_environment_says(tmp_path: Path) -> None:
    output(tmp_path, "stock", TEXTUAL_LOG=str(tmp_path / "log"))
    assert (tmp_path / "log").exists()
