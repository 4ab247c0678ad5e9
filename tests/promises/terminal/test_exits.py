"""However a session ends, the draft is kept, the terminal is restored, the code is right and nothing is left running.

Each way is also tried on Textual as it comes, which must fail: else these tests would see nothing.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import termios
from pathlib import Path

import pytest

from canvas_tui.storage.write.drafts import Drafts
from tests.promises.pty_session import PtySession, modes_left_set
from tests.promises.terminal.stalling import fill

APP = str(Path(__file__).with_name("session_app.py"))
TYPED = "late payment"
SIGNALS = [signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT]


def start(state: Path, *flags: str, **options: object) -> PtySession:
    return PtySession([sys.executable, APP, str(state), *flags], cwd=state, **options)  # type: ignore[arg-type]


def drafts_left(state: Path) -> list[str]:
    return [draft.text for draft in Drafts(state / "drafts", state).pending()]


def type_text(session: PtySession) -> None:
    session.until("ready")
    session.until("loud")
    session.send(TYPED)
    session.until(f"seen {len(TYPED)}")  # painted is not yet told: only then is it a draft


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_keeps_the_draft_and_restores_the_terminal(number: signal.Signals, tmp_path: Path) -> None:
    with start(tmp_path) as session:
        type_text(session)
        assert modes_left_set(bytes(session.raw)), "nothing was set, so nothing is proved"
        assert session.line_settings() != session.before
        session.signal(number)
        assert session.wait() == 128 + number
        assert modes_left_set(bytes(session.raw)) == set()
        assert session.line_settings() == session.before
    assert drafts_left(tmp_path) == [TYPED]
    assert drafts_left(tmp_path) == [], "a draft is handed on once"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_control_stock_textual_leaves_the_terminal_broken_by_a_signal(number: signal.Signals, tmp_path: Path) -> None:
    with start(tmp_path, "stock") as session:
        type_text(session)
        session.signal(number)
        assert session.wait() == -number
        assert modes_left_set(bytes(session.raw))
        assert session.line_settings() != session.before


def test_signals_upon_signals_end_it_once(tmp_path: Path) -> None:
    with start(tmp_path) as session:
        type_text(session)
        for number in SIGNALS * 2:
            if session.process.poll() is None:
                session.signal(number)
        assert session.wait() in {128 + number for number in SIGNALS}
        assert modes_left_set(bytes(session.raw)) == set()
    assert drafts_left(tmp_path) == [TYPED]


@pytest.mark.parametrize("ignored", [(), (signal.SIGHUP,)])
def test_a_closed_terminal_ends_it_with_the_draft_kept(ignored: tuple[signal.Signals, ...], tmp_path: Path) -> None:
    with start(tmp_path, ignored=ignored) as session:
        type_text(session)
        session.hang_up()
        assert session.wait(reading=False) == 129
    assert drafts_left(tmp_path) == [TYPED]


def test_the_end_of_input_ends_it_and_restores_the_screen(tmp_path: Path) -> None:
    with start(tmp_path, own_input=True) as session:
        type_text(session)
        session.end_input()
        assert session.wait() == 129
        assert modes_left_set(bytes(session.raw)) == set()
    assert drafts_left(tmp_path) == [TYPED]


def test_control_stock_textual_spins_at_the_end_of_input(tmp_path: Path) -> None:
    with start(tmp_path, "stock", own_input=True) as session:
        type_text(session)
        before = session.cpu_seconds()
        session.end_input()
        session.until(lambda: session.cpu_seconds() - before > 0.5)
        assert session.process.poll() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminal_nobody_reads_does_not_hold_up_the_end(number: signal.Signals, tmp_path: Path) -> None:
    with start(tmp_path, "noisy") as session:
        session.until("loud")
        session.send(TYPED)
        session.until(f"seen {len(TYPED)}")
        fill(session)
        session.signal(number)
        assert session.wait(reading=False) == 128 + number
        assert session.line_settings() == session.before
        while session.read(0.01):
            pass
        assert modes_left_set(bytes(session.raw)) == set()
    assert drafts_left(tmp_path) == [TYPED]


def test_quitting_works_in_a_terminal_nobody_reads(tmp_path: Path) -> None:
    with start(tmp_path, "noisy") as session:
        session.until("loud")
        fill(session)
        session.send("c-q")
        assert session.wait(reading=False) == 0
        while session.read(0.01):
            pass
        assert modes_left_set(bytes(session.raw)) == set()
        assert session.line_settings() == session.before


def test_control_stock_textual_cannot_quit_in_a_terminal_nobody_reads(tmp_path: Path) -> None:
    with start(tmp_path, "stock", "noisy") as session:
        session.until("loud")
        fill(session)
        session.send("c-q")
        assert session.wait(reading=False, steps=40) is None


def test_a_terminal_that_is_read_again_shows_the_whole_screen(tmp_path: Path) -> None:
    with start(tmp_path, "noisy") as session:
        session.until("loud")
        fill(session)
        assert session.wait(reading=False, steps=20) is None
        session.screen.reset()
        session.until("loud")  # which never changes: only a full repaint brings it back
        session.send("c-q")
        assert session.wait() == 0


def test_an_error_is_told_in_one_line_after_the_terminal_is_restored(tmp_path: Path) -> None:
    with start(tmp_path) as session:
        type_text(session)
        session.send("c-o")
        assert session.wait() == 4
        raw = bytes(session.raw)
        assert modes_left_set(raw) == set()
        assert session.line_settings() == session.before
    told = raw[raw.rindex(b"\x1b[?1049l") :].partition(b"\x1b[?25h")[2].decode()
    assert told.strip().count("\n") == 0
    assert "ValueError: on purpose␛[31m" in told
    assert b"hunter2" not in raw
    (report,) = (tmp_path / "crashes").iterdir()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    text = report.read_text()
    assert "action_fail" in text
    assert "hunter2" not in text
    assert "\x1b" not in text
    assert drafts_left(tmp_path) == [TYPED]


def test_control_stock_textual_prints_local_variables(tmp_path: Path) -> None:
    with start(tmp_path, "stock") as session:
        type_text(session)
        session.send("c-o")
        assert session.wait() == 1
        assert b"hunter2" in session.raw


def test_an_error_in_a_thread_ends_it_like_any_other(tmp_path: Path) -> None:
    with start(tmp_path) as session:
        type_text(session)
        session.send("c-t")
        assert session.wait() == 4
        assert b"LookupError: in a thread" in session.raw
        assert modes_left_set(bytes(session.raw)) == set()


def test_quitting_restores_the_terminal(tmp_path: Path) -> None:
    with start(tmp_path) as session:
        type_text(session)
        session.send("c-q")
        assert session.wait() == 0
        assert modes_left_set(bytes(session.raw)) == set()
        assert session.line_settings() == session.before


def test_a_suspended_session_gives_the_terminal_back_and_takes_it_again(tmp_path: Path) -> None:
    with start(tmp_path) as session:
        type_text(session)
        session.signal(signal.SIGTSTP)
        session.until(lambda: modes_left_set(bytes(session.raw)) == set())
        session.until_stopped()
        assert session.line_settings() == session.before
        session.signal(signal.SIGCONT)
        written = len(session.raw)
        session.until(lambda: "1049" in modes_left_set(bytes(session.raw)))
        session.until(lambda: b"loud" in session.raw[written:])  # the whole screen is painted anew
        session.send("!")
        session.until(TYPED + "!")
        session.signal(signal.SIGTERM)
        assert session.wait() == 143
        assert modes_left_set(bytes(session.raw)) == set()


def test_a_session_stopped_without_warning_takes_the_terminal_again(tmp_path: Path) -> None:
    """After SIGSTOP the shell sets the line as it likes it; going on must not add a second reader, nor stay in it."""
    with start(tmp_path) as session:
        type_text(session)
        session.signal(signal.SIGSTOP)
        session.until_stopped()
        session.settle(1)  # what it wrote before it stopped
        termios.tcsetattr(session.slave, termios.TCSANOW, session.before)
        written = len(session.raw)
        session.signal(signal.SIGCONT)
        session.until(lambda: session.line_settings() != session.before)
        session.until(lambda: b"loud" in session.raw[written:])  # the whole screen is painted anew
        session.send("!?")
        session.until(TYPED + "!?")
        session.signal(signal.SIGTERM)
        assert session.wait() == 143
        assert modes_left_set(bytes(session.raw)) == set()
        assert session.line_settings() == session.before
    assert drafts_left(tmp_path) == [TYPED + "!?"]


def test_a_draft_survives_kill_9(tmp_path: Path) -> None:
    """The first key is kept at once; a session killed outright leaves it to the next."""
    with start(tmp_path) as session:
        session.until("loud")
        session.send("l")
        session.until(lambda: any((tmp_path / "drafts").glob("*.json")))
        session.kill()
    assert drafts_left(tmp_path) == ["l"]


def test_bytes_that_are_no_utf_8_do_not_end_it(tmp_path: Path) -> None:
    with start(tmp_path) as session:
        session.until("loud")
        os.write(session.master, b"a\xe9\xff\xc3")
        session.send("b")
        session.until("a")
        session.send("c-q")
        assert session.wait() == 0
