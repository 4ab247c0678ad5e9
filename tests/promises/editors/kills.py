"""kill -9 at random moments of editors that save without pause: nothing torn, nothing acknowledged lost.

Besides `save/kills`, which kills bare saves, this kills whole editors: read the workspace, apply commands, acknowledge.
Each is a process of its own, made by fork from one that has loaded the code. The file is saved in one of three ways:
by an exchange, by a rename as where there is no exchange, or in place, as where the file has a second name.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from canvas_tui.storage.write.save import inplace
from tests.promises.app import copy_of_sample, texts_in
from tests.promises.editors import driver
from tests.promises.editors.crowds import missing_of
from tests.promises.save import writers
from tests.promises.save.kills import write_slowly

LONGEST_SECONDS = 0.03  # about two edits
FRESH_EVERY = 60  # kills on one file before a new one, or the file grows and edits get slow
Way = Literal["exchange", "rename", "in-place"]


@dataclass
class Outcome:
    kills: int = 0
    acknowledged: int = 0
    torn: int = 0
    lost: int = 0
    finished: int = 0  # files found in the middle of a write in place, and finished by the next to come
    leftovers: int = 0  # files beside the data after the last sweep


def run(count: int, how: str = "store", way: Way = "exchange", *, crowd: int = 2, seed: int = 1) -> Outcome:
    """Kill `count` editors, `crowd` of them at work at a time on one file; look at the file after each crowd."""
    chance = random.Random(seed)
    outcome = Outcome()
    for begin in range(0, count, FRESH_EVERY):
        folder = Path(tempfile.mkdtemp(prefix="canvas-tui-editor-kills-"))
        try:
            workspace = copy_of_sample(folder / "plan")
            if way == "in-place":
                os.link(workspace / driver.FILE, folder / "other-name")
            kills = min(FRESH_EVERY, count - begin)
            _one_file(workspace, [min(crowd, left) for left in range(kills, 0, -crowd)], how, way, chance, outcome)
        finally:
            shutil.rmtree(folder)
    return outcome


def _one_file(workspace: Path, crowds: list[int], how: str, way: Way, chance: random.Random, outcome: Outcome) -> None:
    said: list[str] = []
    present: set[str] = set()
    path = workspace / driver.FILE
    before = set(os.listdir(workspace))
    for turn, crowd in enumerate(crowds):
        started = [_start(workspace, f"k{turn}{name}", how, way) for name in "abcdefgh"[:crowd]]
        for pid, pipe in started:
            with open(pipe, "rb") as lines:
                heard = [lines.readline() for _ in range(chance.randrange(3))]
                time.sleep(chance.uniform(0, LONGEST_SECONDS))
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                heard += lines.readlines()
            said += [line.decode().strip() for line in heard if line.endswith(b"\n")]
            outcome.kills += 1
        if how == "store":
            outcome.finished += inplace.recover(path, workspace) and way == "in-place"
        try:
            present = set(texts_in(path))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            outcome.torn += 1
            return
    outcome.acknowledged += len(said)
    outcome.lost += len(missing_of(said, present))
    if how == "store":
        inplace.recover(path, workspace)
        outcome.leftovers += len(set(os.listdir(workspace)) - before)


def _start(workspace: Path, name: str, how: str, way: Way) -> tuple[int, int]:
    """An editor at work: its process, and the pipe it acknowledges through."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            inplace._write_at = write_slowly
            with writers.without_exchange() if way == "rename" else contextlib.nullcontext():
                driver.work(workspace, name, 10_000, how, lambda line: void(os.write(writing, line.encode())))
        finally:
            os._exit(1)
    os.close(writing)
    return pid, reading


def void(_: object) -> None: ...
