"""kill -9 at random moments while a process saves without pause. `run` serves the short and the long tests."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from canvas_tui.storage.write.save import inplace
from tests.promises.save import writers

How = Literal["exchange", "rename", "in-place", "naive"]
SHORT: dict[How, int] = {
    "exchange": 600,
    "rename": 600,
    "in-place": 200,
    "naive": 150,
}  # a save in place is the slowest


@dataclass
class Outcome:
    kills: int = 0
    acknowledged: int = 0
    torn: int = 0
    lost: int = 0
    finished: int = 0  # files found in the middle of a write in place, and finished by the next to come
    leftovers: int = 0  # files beside the data after the last sweep


def run(count: int, how: How, seed: int = 1) -> Outcome:
    """Kill `count` saving processes, each at a random moment; look at the file after each."""
    chance = random.Random(seed)
    outcome = Outcome()
    folder = Path(tempfile.mkdtemp(prefix="canvas-tui-kills-"))
    try:
        path = folder / "plan.toml"
        _start_over(path, how)
        for turn in range(count):
            longest = 0.03 if how == "in-place" else 0.005  # about two saves
            said = _kill_one(path, how, chance.randrange(3), chance.uniform(0, longest))
            outcome.kills += 1
            outcome.acknowledged += len(said)
            _judge(path, how, said, outcome)
            if turn % 50 == 49:
                inplace.recover(path, path.parent)
        if how != "naive":
            inplace.recover(path, path.parent)
        outcome.leftovers = len(set(os.listdir(folder)) - {"plan.toml", "other-name.toml"})
    finally:
        shutil.rmtree(folder)
    return outcome


def _start_over(path: Path, how: How) -> None:
    path.write_bytes(writers.document(["0"], pages=32))
    with contextlib.suppress(FileNotFoundError):
        path.with_name("other-name.toml").unlink()
    if how == "in-place":
        os.link(path, path.with_name("other-name.toml"))


def _kill_one(path: Path, how: How, saves: int, after: float) -> list[int]:
    """Let a process count up; kill it `after` seconds after so many saves. The numbers it acknowledged."""
    read, write = os.pipe()
    pid = writers.child(lambda: _count_up(path, how, write))
    os.close(write)
    with open(read, "rb") as pipe:
        said = [pipe.readline() for _ in range(1 + saves)]
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        said += pipe.readlines()
    return [int(number) for number in said[1:] if number.endswith(b"\n")]


def _count_up(path: Path, how: How, acknowledge: int) -> None:
    save = writers.naive if how == "naive" else writers.ours
    inplace._write_at = write_slowly
    with writers.without_exchange() if how == "rename" else contextlib.nullcontext():
        os.write(acknowledge, b"ready\n")
        start = int(writers.words_of(path.read_bytes())[0])
        for number in range(start + 1, start + 1_000_000):
            save(path, lambda _, number=number: writers.document([str(number)], pages=32))  # type: ignore[misc]
            os.write(acknowledge, f"{number}\n".encode())


def write_slowly(fd: int, data: bytes, at: int) -> None:
    """As a slow disk does, a page at a time: a kill then hits the middle of it often enough to count.

    Only the file itself, which has two names here, is slow; cutting its image short costs nobody anything.
    """
    pause = 0.0003 if os.fstat(fd).st_nlink > 1 else 0
    for start in range(0, len(data), 4096):
        os.pwrite(fd, data[start : start + 4096], at + start)
        if pause:
            time.sleep(pause)


def _judge(path: Path, how: How, said: list[int], outcome: Outcome) -> None:
    if how == "in-place":
        outcome.finished += inplace.recover(path, path.parent)
    try:
        found = int(writers.words_of(path.read_bytes())[0])
    except (writers.TornError, IndexError):
        outcome.torn += 1
        _start_over(path, how)
        return
    if said and found not in (said[-1], said[-1] + 1):
        outcome.lost += 1
