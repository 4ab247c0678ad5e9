"""Edits of several files, cut off at every instant or by a disk that is full half way: all of it stands, or none.

A process takes a goal out that other files link to, and dies just before its n-th call that changes the disk. Then the
next session comes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from canvas_tui.core import edits
from canvas_tui.storage.read.undertakings import unfinished_edits
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write import undertakings
from canvas_tui.storage.write.save import exchange
from canvas_tui.storage.write.save.recovery import recover_all
from canvas_tui.storage.write.store import Store
from tests.promises.app import bytes_of, copy_of_sample
from tests.promises.save import writers

GOAL = "paid-in-10-days"
CALLS = ("open", "write", "pwrite", "rename", "unlink", "fsync", "fdatasync")


@dataclass
class Outcome:
    cut: int = 0  # processes that died in the middle
    half: int = 0  # of them, those that left a part of the edit
    told: int = 0  # and were told of by `check` before the next session came
    wrong: list[str] = field(default_factory=list)  # neither all nor none when it had come


def run(*, step: int = 1, careful: bool = True) -> Outcome:
    """One process for each `step`-th call. `careful` False is the control: nothing is noted before it is written."""
    outcome = Outcome()
    with _scene() as (plan, fresh, before, after):
        number = 1
        while True:
            shutil.rmtree(plan, ignore_errors=True)
            shutil.copytree(fresh, plan)
            if _ended(plan, number, careful=careful):
                return outcome
            outcome.cut += 1
            if files_of(plan) not in (before, after):
                outcome.half += 1
                outcome.told += bool(list(unfinished_edits(plan)))
            recover_all(read_workspace(plan))
            if (found := files_of(plan)) not in (before, after) or list(unfinished_edits(plan)):
                names = [name for name in before if found.get(name) not in (before[name],)]
                outcome.wrong.append(f"before call {number}: changed {', '.join(names)}")
            number += step


@contextmanager
def _scene() -> Iterator[tuple[Path, Path, dict[str, bytes], dict[str, bytes]]]:
    state = os.environ.get("XDG_STATE_HOME")
    with tempfile.TemporaryDirectory(prefix="canvas-tui-several-") as folder:
        os.environ["XDG_STATE_HOME"] = f"{folder}/state"
        try:
            fresh, plan = copy_of_sample(Path(folder) / "fresh"), Path(folder) / "plan"
            shutil.copytree(fresh, plan)
            take_out(plan)
            yield plan, fresh, files_of(fresh), files_of(plan)
        finally:
            os.environ.pop("XDG_STATE_HOME")
            if state is not None:
                os.environ["XDG_STATE_HOME"] = state


def files_of(plan: Path) -> dict[str, bytes]:
    """What the workspace says: its TOML files, without what saves left beside them."""
    return {name: data for name, data in bytes_of(plan).items() if name.endswith(".toml")}


def take_out(plan: Path) -> None:
    """The edit: a goal, and the links to it from two other files and more."""
    store = Store(read_workspace(plan))
    store.apply(edits.remove(store.workspace, store.workspace.get(GOAL)))


def _ended(plan: Path, number: int, *, careful: bool) -> bool:
    """Whether the edit came to its end before the call of that number."""

    def work() -> None:
        if not careful:
            undertakings.Begun.will_write = lambda *_: None  # type: ignore[method-assign]
        _die_before(number)
        take_out(plan)

    return os.waitstatus_to_exitcode(os.waitpid(writers.child(work), 0)[1]) == 0


def _die_before(number: int) -> None:
    left = [number]

    def counting(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os._exit(9)
            return real(*arguments, **options)

        return call

    for name in CALLS:
        setattr(os, name, counting(getattr(os, name)))
    exchange.exchange = counting(exchange.exchange)
