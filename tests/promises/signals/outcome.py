"""What a batch of sessions came to, and the two things a session is ended at: typing and saving.

Owns the words in which a broken promise is told. Used for sessions in a terminal of our own and over ssh.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.promises.app import COMMAND, drafts_on_disk, texts_in
from tests.promises.pty_session import PtySession

FILE = "lean-canvas.toml"
TYPED = "Typed to the very end of it"
GONE_SECONDS = 2.0
CARELESS = str(Path(__file__).with_name("careless.py"))


@dataclass
class Outcome:
    sessions: int = 0
    saved: int = 0
    slowest: float = 0.0  # seconds from the end to the process being gone
    lost: list[str] = field(default_factory=list)  # saved edits that are not on disk
    wrong: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every promise held, and there was something to hold."""
        return self.saved > 0 and not self.lost and not self.wrong and self.slowest <= GONE_SECONDS

    def tells(self, sign: str) -> bool:
        """Whether a fault says this: a careless twin must fail as it is careless, and not by not starting."""
        return any(sign in fault for fault in self.lost + self.wrong)

    def __str__(self) -> str:
        text = f"{self.saved} saved edits, {len(self.lost)} lost; {len(self.wrong)} broke another promise"
        return f"{text}; gone in {self.slowest:.1f} s at most"


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """One outcome of all."""
    total = Outcome()
    for each in outcomes:
        total.sessions += each.sessions
        total.saved += each.saved
        total.slowest = max(total.slowest, each.slowest)
        total.lost += each.lost
        total.wrong += each.wrong
    return total


def command_of(careless: str) -> Sequence[str]:
    """How to start the app; with flags, its careless twin."""
    return (sys.executable, CARELESS, careless) if careless else COMMAND


class Work:
    """What a person does in one session until it ends: saves some entries, or types one and never sends it off."""

    def __init__(self, session: PtySession, chance: random.Random, *, is_saving: bool) -> None:
        self.acknowledged: list[str] = []
        self._typed: str | None = None
        if is_saving:
            self._save(session, chance)
        else:
            self._type(session, f"{TYPED[: chance.randint(8, len(TYPED))]} qz")

    def judge(self, way: str, plan: Path, state: Path, outcome: Outcome) -> None:
        """Note what of it is kept neither in the file nor as a draft."""
        present = texts_in(plan / FILE)
        outcome.saved += len(self.acknowledged)
        outcome.lost += [f"{way}: {each} was said to be saved" for each in self.acknowledged if each not in present]
        if self._typed is not None and self._typed not in (kept := drafts_on_disk(state)):
            outcome.wrong.append(f"{way}: typed {self._typed!r}, kept {kept}")

    def _type(self, session: PtySession, text: str) -> None:
        session.send("a")
        session.until("enter save")
        session.send(text)
        session.until("qz")
        time.sleep(0.1)  # what is painted is not yet told to the app: a field does that right after
        self._typed = text

    def _save(self, session: PtySession, chance: random.Random) -> None:
        """Save entries without pause; those the screen says are saved count. Ends in the middle of the next."""
        for number in range(chance.randint(1, 2)):
            text = f"entry-{number}-{os.getpid()}"
            session.send("a")
            session.until("enter save")
            session.send(text, "enter")
            session.until(lambda text=text: "Added" in session.text and text in session.text)  # type: ignore[misc]
            self.acknowledged.append(text)
        session.send("a")
        session.until("enter save")
        session.send("one more", "enter")
        time.sleep(chance.uniform(0, 0.02))
