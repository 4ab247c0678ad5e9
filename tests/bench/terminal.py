"""What the screen costs, measured through a real pseudo-terminal: first paint, bytes a key, an edit's latency."""

from __future__ import annotations

import os
import select
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.promises.app import copy_of_sample
from tests.promises.pty_session import PtySession

SAMPLES = Path(__file__).parents[2] / "samples"
EMPTY_APP = "from textual.app import App\nApp().run()\n"
APP = (sys.executable, "-m", "canvas_tui")


def burst(session: PtySession, quiet: float = 0.3, limit: float = 20.0) -> tuple[int, float]:
    """Read until the program is silent for `quiet` seconds (or says nothing for one): bytes, seconds to the last."""
    begin = last = time.perf_counter()
    count, final = 0, 0.0
    while time.perf_counter() - begin < limit and time.perf_counter() - last < (quiet if count else max(quiet, 1.0)):
        if not select.select([session.master], [], [], 0.002)[0]:
            continue
        data = session.read(0)
        if not data:
            break
        last = time.perf_counter()
        final, count = last - begin, count + len(data)
    return count, final


def _start(command: tuple[str, ...], size: tuple[int, int], is_painted: Callable[[PtySession], bool]) -> float:
    """Seconds from starting the program to the moment its screen is whole."""
    begin = time.perf_counter()
    with PtySession(command, size=size, env=environment()) as session:
        while not is_painted(session):
            if time.perf_counter() - begin > 20:
                raise AssertionError(f"never painted:\n{session.text}")
            session.read(0.002)
        return time.perf_counter() - begin


def environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME") if name in os.environ}


def first_paint(rounds: int = 7) -> tuple[float, float]:
    """Median seconds to the first full paint of samples/fieldnote, and of an empty Textual app. Taken in turns."""
    board, empty = [], []
    for _ in range(rounds):
        # a whole board has its last corner and the footer; an empty app has sent its last byte once the alternate
        # screen has been filled, which Textual ends by the closing of its synchronised update
        command = (*APP, "open", str(SAMPLES / "fieldnote"))
        board.append(_start(command, (80, 24), lambda session: "┘" in session.text and "keys" in session.text))
        empty.append(_start((sys.executable, "-c", EMPTY_APP), (80, 24), _is_filled))
    return statistics.median(board), statistics.median(empty)


def _is_filled(session: PtySession) -> bool:
    return b"\x1b[?1049h" in session.raw and bytes(session.raw).count(b"\n") >= 23


def bytes_per_key(size: tuple[int, int] = (80, 24)) -> int:
    """Median bytes a cursor key writes to the terminal."""
    keys = ["down", "down", "right", "down", "left", "tab", "j", "l", "k", "h", "s-tab", "down", "up", "right", "right"]
    with PtySession((*APP, "open", str(SAMPLES / "fieldnote")), size=size, env=environment()) as session:
        session.until("Problem")
        burst(session, 1.0)
        counts = []
        for key in keys:
            session.send(key)
            counts.append(burst(session)[0])
        session.send("q")  # a session that is killed leaves a note of its presence in the sample
        session.wait()
    return round(statistics.median(counts))


def bytes_per_edit(folder: Path) -> int:
    """Median bytes from the key that confirms an edit to the board at rest again."""
    place = copy_of_sample(folder / "fieldnote")
    counts = []
    with PtySession((*APP, "open", str(place)), env=environment()) as session:
        session.until("Problem")
        burst(session, 1.0)
        for number in range(5):
            session.send("e")
            burst(session)
            session.send(f" {number}")
            burst(session)
            session.send("enter")
            counts.append(burst(session, 0.6)[0])
    return round(statistics.median(counts))


def edit_latency(file: Path, rounds: int = 9) -> float:
    """Median seconds from the key that confirms an edit in a big file to the edit on the screen, fsync included."""
    seconds = []
    with PtySession((*APP, "open", str(file)), size=(100, 30), env=environment()) as session:
        session.until("keys")
        burst(session, 2.0)
        for number in range(rounds):
            session.send("e")
            burst(session)
            word = f"edit{number}"
            session.send(f" {word}")
            burst(session)
            begin = time.perf_counter()
            session.send("enter")
            # the screen may say "done" only once it is on disk, so the first bytes after that are the answer
            while not (session.read(0.001) and word in file.read_text()):
                if time.perf_counter() - begin > 10:
                    raise AssertionError(f"the edit never came:\n{session.text}")
            seconds.append(time.perf_counter() - begin)
            burst(session, 0.6)
    return statistics.median(seconds)
