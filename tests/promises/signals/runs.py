"""The real app, ended in every way and at random moments of typing and saving; what was kept, and how long it took.

`run` is a batch of sessions ended by one of the WAYS; `outcome` knows what must hold then. The other half of the
promise, on an app made for it, is in `tests/promises/terminal`; over ssh, in `tests/promises/ssh/runs`.
"""

from __future__ import annotations

import random
import signal
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.promises.app import copy_of_sample, opened
from tests.promises.pty_session import STEP_SECONDS, STEPS, PtySession, modes_left_set
from tests.promises.signals.outcome import Outcome, Work, command_of, together
from tests.promises.terminal.side_by_side import side_by_side
from tests.promises.terminal.stalling import drain, fill

KEPT_SECONDS = 1.0  # typing may lose its last second when the process is killed outright


def by(number: signal.Signals) -> Callable[[PtySession], int]:
    def end(session: PtySession) -> int:
        session.signal(number)
        return 128 + number

    return end


def hang_up(session: PtySession) -> int:
    session.hang_up()
    return 129


def stall(session: PtySession) -> int:
    """Nobody reads the screen until it takes no more, while keys still come in; then it is told to end."""
    fill(session, by_resizing=True)
    for number in range(10):
        session.send("right" if number % 2 else "left")
    session.signal(signal.SIGTERM)
    return 128 + signal.SIGTERM


def killed(session: PtySession) -> int:
    session.signal(signal.SIGKILL)
    return -signal.SIGKILL


WAYS: dict[str, Callable[[PtySession], int]] = {
    "HUP": by(signal.SIGHUP),
    "TERM": by(signal.SIGTERM),
    "closed terminal": hang_up,
    "stalled terminal": stall,
    "KILL": killed,
}


def run(
    way: str, sessions: int, *, careless: str = "", steps: int = STEPS, at_a_time: int = 2, seed: int = 1
) -> Outcome:
    """End so many sessions in this way, half of them while typing and half while saving.

    careless: flags of `careless.py`, for the negative control. steps: how long a process may take to end before it
    counts as not gone. at_a_time: how many sessions run side by side.
    """
    return together(side_by_side(partial(_session, way, careless, steps, seed), sessions, at_a_time))


def _session(way: str, careless: str, steps: int, seed: int, number: int) -> Outcome:
    outcome = Outcome(sessions=1)
    chance = random.Random(f"{way} {seed} {number}")
    with tempfile.TemporaryDirectory(prefix="canvas-tui-signals-") as folder:
        try:
            _end(Path(folder), way, careless, steps, chance, outcome, is_saving=number % 2 == 1)
        except AssertionError as error:  # what should have come to the screen did not: a broken promise, not our end
            outcome.wrong.append(f"{way}: {error}")
    return outcome


def _end(
    folder: Path, way: str, careless: str, steps: int, chance: random.Random, outcome: Outcome, *, is_saving: bool
) -> None:
    plan, state = copy_of_sample(folder / "plan"), folder / "state"
    with opened("open", str(plan), state=state, command=command_of(careless)) as session:
        work = Work(session, chance, is_saving=is_saving)
        if way == "KILL":
            session.settle(round(1.2 * KEPT_SECONDS / STEP_SECONDS))
        wanted = WAYS[way](session)
        began = time.monotonic()
        code = session.wait(reading=way in ("HUP", "TERM"), steps=steps)
        outcome.slowest = time.monotonic() - began
        if code != wanted:
            told = f"exit code {code} instead of {wanted}" if code is not None else "not gone"
            outcome.wrong.append(f"{way}: {told}{_last_words(session)}")
        if way not in ("closed terminal", "KILL"):
            drain(session)
            _look_at_terminal(session, way, outcome)
    work.judge(way, plan, state, outcome)


def _look_at_terminal(session: PtySession, way: str, outcome: Outcome) -> None:
    if left := modes_left_set(bytes(session.raw)):
        outcome.wrong.append(f"{way}: modes left set {sorted(left)}")
    if session.line_settings() != session.before:
        outcome.wrong.append(f"{way}: the line is not as it was")


def _last_words(session: PtySession) -> str:
    """What the program wrote after it left the screen: the one line of an error."""
    words = bytes(session.raw).rpartition(b"\x1b[?25h")[2].decode("utf-8", "replace").strip()
    return f", saying {words[:200]!r}" if "canvas-tui" in words else ""
