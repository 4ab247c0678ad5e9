"""The real app over a real ssh connection that dies in every way; what was kept, and how soon the app was gone.

`run` is a batch of sessions on one server (`serving`), lost in one of the WAYS while typing or saving. How long sshd
takes to notice that a client sleeps is sshd's matter: there the app's time begins when sshd has given it up.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.promises.app import copy_of_sample, until_shown
from tests.promises.pty_session import STEPS, PtySession
from tests.promises.signals.outcome import Outcome, Work, command_of, together
from tests.promises.ssh.line import Line
from tests.promises.ssh.server import Server, app_at, app_words, is_gone, sshd_of
from tests.promises.terminal.side_by_side import side_by_side

End = Callable[[PtySession, int, Line], None]


def sshd_killed(client: PtySession, sshd: int, line: Line) -> None:
    """The connection's own sshd dies, as when the server's side loses it."""
    os.kill(sshd, signal.SIGKILL)


def client_killed(client: PtySession, sshd: int, line: Line) -> None:
    client.process.kill()


def client_stalled(client: PtySession, sshd: int, line: Line) -> None:
    """The laptop sleeps: nobody answers any more, until sshd gives up on it."""
    client.signal(signal.SIGSTOP)


def line_cut(client: PtySession, sshd: int, line: Line) -> None:
    line.cut()


WAYS: dict[str, End] = {
    "sshd killed": sshd_killed,
    "client killed": client_killed,
    "client stalled": client_stalled,
    "line cut": line_cut,
}


def run(
    server: Server,
    way: str,
    sessions: int,
    *,
    careless: str = "",
    steps: int = STEPS,
    at_a_time: int = 2,
    seed: int = 1,
) -> Outcome:
    """Lose so many sessions in this way, half of them while typing and half while saving.

    careless: flags of `signals/careless.py`, for the negative control. steps: how long an app may take to end before
    it counts as not gone.
    """
    return together(side_by_side(partial(_session, server, way, careless, steps, seed), sessions, at_a_time))


def _session(server: Server, way: str, careless: str, steps: int, seed: int, number: int) -> Outcome:
    outcome = Outcome(sessions=1)
    chance = random.Random(f"{way} {seed} {number}")
    line = Line(server.port)
    with tempfile.TemporaryDirectory(prefix="canvas-tui-ssh-") as folder:
        try:
            there = replace(server, port=line.port)
            _lose(Path(folder), there, way, line, careless, steps, chance, outcome, is_saving=number % 2 == 1)
        except AssertionError as error:  # what should have come to the screen did not
            outcome.wrong.append(f"{way}: {error}")
        finally:
            line.cut()
    return outcome


def _lose(
    folder: Path, server: Server, way: str, line: Line, careless: str, steps: int, chance: random.Random,
    outcome: Outcome, *, is_saving: bool,
) -> None:  # fmt: skip
    plan, state = copy_of_sample(folder / "plan"), folder / "state"
    with server.session("editor", *app_words("open", plan, state, command_of(careless))) as client:
        until_shown(client)
        app = app_at(plan)
        sshd = sshd_of(app)
        work = Work(client, chance, is_saving=is_saving)
        WAYS[way](client, sshd, line)
        began = time.monotonic()
        if not is_gone(sshd):
            outcome.wrong.append(f"{way}: sshd never noticed")
        if way == "client stalled":
            began = time.monotonic()
        if not is_gone(app, steps):
            outcome.wrong.append(f"{way}: not gone")
        outcome.slowest = time.monotonic() - began
    work.judge(way, plan, state, outcome)
