"""The thread that writes to the terminal never holds anybody up, and loses no last word."""

from __future__ import annotations

import os
import re
import select
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_tui.tui.terminal import writer as writer_module
from canvas_tui.tui.terminal.modes import RESET, Terminal
from canvas_tui.tui.terminal.writer import BACKLOG, WAKE, Writer


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """A terminal nobody reads: its master and its slave."""
    before = signal.signal(WAKE, lambda *_: None)
    master, slave = os.openpty()
    yield master, slave
    os.close(master)
    os.close(slave)
    signal.signal(WAKE, before)


def new_writer(slave: int) -> tuple[Writer, list[str]]:
    told: list[str] = []
    writer = Writer(slave, lambda: told.append("gone"), lambda: told.append("caught up"))
    writer.start()
    return writer, told


def until_stuck(writer: Writer) -> None:
    """Wait until no more goes into the terminal."""
    done = -1
    while writer._done != done:
        done = writer._done
        threading.Event().wait(0.3)


def output(master: int) -> bytes:
    raw = b""
    while select.select([master], [], [], 0.05)[0]:
        raw += os.read(master, 65536)
    return raw


@pytest.mark.parametrize("size", [1, 97, 511, 512, 700, 5000])
def test_the_last_word_gets_through_whatever_write_is_stuck(size: int, ends: tuple[int, int]) -> None:
    master, slave = ends
    terminal = Terminal(slave, slave)
    terminal.is_active = True
    writer, _ = new_writer(slave)
    for _ in range(min(4000, 60_000 // size + 1)):
        writer.write(b"x" * size)
    until_stuck(writer)
    writer.stop()
    terminal.restore(writer.settle)
    assert output(master).endswith(RESET)
    assert not writer._is_writing


@pytest.mark.parametrize("size", [97, 700])
def test_finishing_in_a_stall_gives_up_and_says_so(size: int, ends: tuple[int, int]) -> None:
    master, slave = ends
    writer, _ = new_writer(slave)
    for _ in range(60_000 // size):
        writer.write(b"x" * size)
    until_stuck(writer)
    assert not writer.finish(b"last")
    assert b"last" not in output(master)


def test_everything_is_written_in_order_where_somebody_reads(ends: tuple[int, int]) -> None:
    master, slave = ends
    writer, told = new_writer(slave)
    for number in range(200):
        writer.write(b"%d," % number)
    while not writer._queue.empty():
        threading.Event().wait(0.01)
    assert writer.finish(b"last")
    assert output(master) == b"".join(b"%d," % number for number in range(200)) + b"last"
    assert told == []


def test_painting_never_waits_and_frames_left_out_are_asked_for_again(ends: tuple[int, int]) -> None:
    master, slave = ends
    writer, told = new_writer(slave)
    for _ in range(3 * BACKLOG // 1000):
        writer.write(b"f" * 1000)  # with a queue that blocks, this would never end
    written = 0
    while "caught up" not in told:
        written += len(output(master))
    assert 0 < written < 2 * BACKLOG
    writer.write(b"whole screen")
    assert writer.finish(b".")
    assert told == ["caught up"]


def test_a_line_that_is_behind_says_so_and_asks_for_the_newest_frame_when_it_is_free(ends: tuple[int, int]) -> None:
    master, slave = ends
    told: list[str] = []
    writer = Writer(slave, lambda: None, lambda: told.append("caught up"), lambda: told.append("free"))
    writer.start()
    for _ in range(60):
        writer.write(b"f" * 1000)
    until_stuck(writer)
    assert writer.is_behind
    writer.owe_frame()
    writer.owe_frame()
    assert told == []
    while "free" not in told:
        output(master)
    assert not writer.is_behind
    assert writer.finish(b".")
    assert told == ["free"]


def test_a_terminal_that_has_gone_is_told_once() -> None:
    master, slave = os.openpty()
    writer, told = new_writer(slave)
    os.close(master)
    for _ in range(5):
        writer.write(b"x")
    writer.finish(b"last")
    writer.join()
    assert told == ["gone"]
    os.close(slave)


def test_the_thread_takes_no_name_of_python_s_own() -> None:
    """`_is_stopped` once did, and made a thread that was stuck look ended."""
    own = set(re.findall(r"self\.(_\w+)", Path(writer_module.__file__).read_text()))
    plain = threading.Thread()
    assert not {name for name in own if name in vars(plain) or hasattr(threading.Thread, name)}
