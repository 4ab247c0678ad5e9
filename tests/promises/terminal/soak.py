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
from tests.promises.pty_session import PtySession, modes_left_set

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
    session.wait(reading=False, steps=20)
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


def one_round(way: str, chance: random.Random) -> list[str]:
    """The promises one session broke; it is ended after a random number of typed characters."""
    flags, own_input, end = WAYS[way]
    broken = []
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder)
        command = [sys.executable, APP, folder, *flags]
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
            code = session.wait(reading=not is_closed and end is not in_a_stall)
            if code != wanted:
                broken.append(f"exit code {code} instead of {wanted}")
            while not is_closed and session.read(0.01):
                pass
            if not is_closed and (left := modes_left_set(bytes(session.raw))):
                broken.append(f"modes left set: {sorted(left)}")
            if not is_closed and session.line_settings() != session.before:
                broken.append("the line is not as it was")
        drafts = [draft.text for draft in Drafts(state / "drafts", state).pending()]
        if drafts != [text]:
            broken.append(f"typed {text!r}, kept {drafts}")
    return broken


def soak(rounds: int, seed: int = 1) -> dict[str, list[str]]:
    """Run every way of ending `rounds` times; what broke, by way."""
    chance = random.Random(seed)
    return {way: [fault for _ in range(rounds) for fault in one_round(way, chance)] for way in WAYS}


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    faults = soak(count, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for name, each in faults.items():
        print(f"{name}: {count} rounds, {len(each)} broken promises", *each, sep="\n  ")
    sys.exit(any(faults.values()))
