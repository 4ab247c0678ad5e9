"""Sessions ended at random moments, many times over: `python -m tests.promises.terminal.soak [ROUNDS] [SEED]`.

Owns the long form of the terminal promises; the short one is in `test_exits`. Prints one line a way of ending and exits
1 when any round broke a promise.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from canvas_tui.storage.write.drafts import Drafts
from tests.promises.pty_session import STEPS, PtySession, modes_left_set
from tests.promises.terminal.side_by_side import side_by_side
from tests.promises.terminal.stalling import drain, fill

APP = str(Path(__file__).with_name("session_app.py"))
TYPED = "late payment of an invoice"


def by_signal(number: signal.Signals) -> Callable[[PtySession], int]:
    def end(session: PtySession) -> int:
        session.signal(number)
        return 128 + number

    return end


def by_hanging_up(session: PtySession) -> int:
    session.hang_up()
    return 129


def by_input_end(session: PtySession) -> int:
    session.end_input()
    return 129


def in_a_stall(session: PtySession) -> int:
    fill(session)
    session.signal(signal.SIGTERM)
    return 143


# name -> flags of the app, whether input is a terminal of its own, how it ends
WAYS: dict[str, tuple[tuple[str, ...], bool, Callable[[PtySession], int]]] = {
    "HUP": ((), False, by_signal(signal.SIGHUP)),
    "TERM": ((), False, by_signal(signal.SIGTERM)),
    "closed terminal": ((), False, by_hanging_up),
    "end of input": ((), True, by_input_end),
    "stalled terminal": (("noisy",), False, in_a_stall),
}


def one_round(way: str, chance: random.Random, *, stock: bool = False, steps: int = STEPS) -> list[str]:
    """The promises one session broke; it is ended after a random number of typed characters.

    stock: of the app as Textual gives it, the negative control. steps: how long it may take to end.
    """
    flags, own_input, end = WAYS[way]
    broken = []
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder)
        command = [sys.executable, APP, folder, *flags, *(["stock"] if stock else [])]
        with PtySession(command, own_input=own_input, cwd=state) as session:
            session.until("loud")
            text = TYPED[: chance.randint(6, len(TYPED))]
            session.send(text)
            session.until(text)
            time.sleep(0.1)  # what is painted is not yet told to the app: a field does that right after
            for _ in range(chance.randint(1, 6)):
                session.read()
            wanted = end(session)
            is_closed = end is by_hanging_up
            code = session.wait(reading=not is_closed and end is not in_a_stall, steps=steps)
            if code != wanted:
                broken.append(f"exit code {code} instead of {wanted}")
            if not is_closed:
                drain(session)
                if left := modes_left_set(bytes(session.raw)):
                    broken.append(f"modes left set: {sorted(left)}")
                if session.line_settings() != session.before:
                    broken.append("the line is not as it was")
        drafts = [draft.text for draft in Drafts(state / "drafts", state).pending()]
        if drafts != [text]:
            broken.append(f"typed {text!r}, kept {drafts}")
    return broken


def rounds(
    way: str, count: int, *, stock: bool = False, steps: int = STEPS, at_a_time: int = 2, seed: int = 1
) -> list[str]:
    """What `count` rounds broke, some of them side by side."""

    def work(number: int) -> list[str]:
        try:
            return one_round(way, random.Random(f"{way} {seed} {number}"), stock=stock, steps=steps)
        except AssertionError as error:  # something never came to the screen
            return [str(error)]

    return [fault for faults in side_by_side(work, count, at_a_time) for fault in faults]


def soak(count: int, seed: int = 1, at_a_time: int = 2) -> dict[str, list[str]]:
    """Run every way of ending `count` times; what broke, by way."""
    return {way: rounds(way, count, at_a_time=at_a_time, seed=seed) for way in WAYS}


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    faults = soak(count, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for name, each in faults.items():
        print(f"{name}: {count} rounds, {len(each)} broken promises", *each, sep="\n  ")
    sys.exit(any(faults.values()))
