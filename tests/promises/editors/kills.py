"""kill -9 at random moments of editors that save without pause: nothing torn, nothing acknowledged lost.

Besides `save/kills`, which kills bare saves, this kills whole editors: read the workspace, apply commands, acknowledge.
Each is a process of its own, made by fork from one that has loaded the code.
"""

from __future__ import annotations

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

from canvas_tui.storage.read.safe_open import place_of
from canvas_tui.storage.write import inplace, leftovers
from canvas_tui.storage.write.locking import Deadline, locked_file
from tests.promises.app import copy_of_sample, texts_in
from tests.promises.editors import driver
from tests.promises.editors.crowds import is_there

LONGEST_SECONDS = 0.03  # about two edits
FRESH_EVERY = 60  # kills on one file before a new one, or the file grows and edits get slow


@dataclass
class Outcome:
    kills: int = 0
    acknowledged: int = 0
    torn: int = 0
    lost: int = 0
    leftovers: int = 0  # files beside the data after the last sweep


def run(count: int, how: str = "store", *, crowd: int = 2, linked: bool = False, seed: int = 1) -> Outcome:
    """Kill `count` editors, `crowd` of them at work at a time on one file; look at the file after each crowd.

    linked: the file has a second name, so that it is written in place.
    """
    chance = random.Random(seed)
    outcome = Outcome()
    for begin in range(0, count, FRESH_EVERY):
        folder = Path(tempfile.mkdtemp(prefix="canvas-tui-editor-kills-"))
        try:
            workspace = copy_of_sample(folder / "plan")
            if linked:
                os.link(workspace / driver.FILE, folder / "other-name")
            _one_file(workspace, min(FRESH_EVERY, count - begin), how, crowd, chance, outcome)
        finally:
            shutil.rmtree(folder)
    return outcome


def _one_file(workspace: Path, count: int, how: str, crowd: int, chance: random.Random, outcome: Outcome) -> None:
    said: list[str] = []
    path = workspace / driver.FILE
    before = set(os.listdir(workspace))
    for turn in range(0, count, crowd):
        started = [_start(workspace, f"k{turn + number}x", how) for number in range(crowd)]
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
            inplace.recover(path, workspace)
        try:
            present = set(texts_in(path))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            outcome.torn += 1
            return
        lost = [line for line in said if not is_there(line, present)]
        outcome.lost += len(lost)
        outcome.acknowledged += len(said)
        said = []
    if how == "store":
        with place_of(path, workspace) as place, locked_file(place, Deadline.after(5)):
            leftovers.sweep(place, path.read_bytes(), now=time.time() + 3600)
        outcome.leftovers += len(set(os.listdir(workspace)) - before)


def _start(workspace: Path, name: str, how: str) -> tuple[int, int]:
    """An editor at work: its process, and the pipe it acknowledges through."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            driver.work(workspace, name, 10_000, how, lambda line: void(os.write(writing, line.encode())))
        finally:
            os._exit(1)
    os.close(writing)
    return pid, reading


def void(_: object) -> None: ...
