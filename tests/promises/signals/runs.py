"""The real app, ended in every way and at random moments of typing and saving; what was kept, and how long it took.

`one` is one session: it saves some entries, types another, and is ended by one of the WAYS. Owns what must hold then.
The other half of the promise, on an app made for it, is in `tests/promises/terminal`.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.promises.app import copy_of_sample, drafts_on_disk, opened, texts_in
from tests.promises.pty_session import PtySession, modes_left_set

FILE = "lean-canvas.toml"
TYPED = "Typed to the very end of it"
GONE_SECONDS = 2.0
KEPT_SECONDS = 1.0  # typing may lose its last second when the process is killed outright


@dataclass
class Outcome:
    sessions: int = 0
    saved: int = 0
    slowest: float = 0.0  # seconds from the end to the process being gone
    lost: list[str] = field(default_factory=list)  # saved edits that are not on disk
    wrong: list[str] = field(default_factory=list)


def by(number: signal.Signals) -> Callable[[PtySession], int | None]:
    def end(session: PtySession) -> int:
        session.signal(number)
        return 128 + number

    return end


def hang_up(session: PtySession) -> int:
    session.hang_up()
    return 129


def stall(session: PtySession) -> int:
    """Nobody reads the screen while keys still come in; then it is told to end."""
    for number in range(60):
        session.send("right" if number % 2 else "left")
    time.sleep(0.1)
    session.signal(signal.SIGTERM)
    return 128 + signal.SIGTERM


def killed(session: PtySession) -> int:
    session.signal(signal.SIGKILL)
    return -signal.SIGKILL


WAYS: dict[str, Callable[[PtySession], int | None]] = {
    "HUP": by(signal.SIGHUP),
    "TERM": by(signal.SIGTERM),
    "closed terminal": hang_up,
    "stalled terminal": stall,
    "KILL": killed,
}


def run(way: str, sessions: int, seed: int = 1) -> Outcome:
    """End so many sessions in this way, half of them while typing and half while saving."""
    chance = random.Random(f"{way} {seed}")
    outcome = Outcome()
    for number in range(sessions):
        with tempfile.TemporaryDirectory(prefix="canvas-tui-signals-") as folder:
            _one(Path(folder), way, chance, outcome, is_saving=number % 2 == 1)
        outcome.sessions += 1
    return outcome


def _one(folder: Path, way: str, chance: random.Random, outcome: Outcome, *, is_saving: bool) -> None:
    plan, state = copy_of_sample(folder / "plan"), folder / "state"
    text = f"{TYPED[: chance.randint(8, len(TYPED))]} qz"
    acknowledged: list[str] = []
    with opened("open", str(plan), state=state) as session:
        if is_saving:
            _save_some(session, chance, acknowledged)
        else:
            session.send("a")
            session.until("enter save")
            session.send(text)
            session.until("qz")
            if way == "KILL":
                session.settle(round(1.2 * KEPT_SECONDS / 0.05))
        wanted = WAYS[way](session)
        began = time.monotonic()
        code = session.wait(reading=way in ("HUP", "TERM"))
        outcome.slowest = max(outcome.slowest, time.monotonic() - began)
        if code != wanted:
            outcome.wrong.append(f"{way}: exit code {code} instead of {wanted}")
        if way not in ("closed terminal", "KILL"):
            while session.read(0.01):
                pass
            if left := modes_left_set(bytes(session.raw)):
                outcome.wrong.append(f"{way}: modes left set {sorted(left)}")
            if session.line_settings() != session.before:
                outcome.wrong.append(f"{way}: the line is not as it was")
    present = texts_in(plan / FILE)
    outcome.saved += len(acknowledged)
    outcome.lost += [f"{way}: {each}" for each in acknowledged if each not in present]
    if not is_saving and text not in drafts_on_disk(state):
        outcome.wrong.append(f"{way}: typed {text!r}, kept {drafts_on_disk(state)}")


def _save_some(session: PtySession, chance: random.Random, acknowledged: list[str]) -> None:
    """Save entries without pause; those the screen says are saved count. Ends in the middle of the next."""
    for number in range(chance.randint(1, 2)):
        text = f"entry-{number}-{os.getpid()}"
        session.send("a")
        session.until("enter save")
        session.send(text, "enter")
        session.until(lambda text=text: "Added" in session.text and text in session.text)  # type: ignore[misc]
        acknowledged.append(text)
    session.send("a")
    session.until("enter save")
    session.send("one more", "enter")
    time.sleep(chance.uniform(0, 0.02))
