"""Several processes save one file at once: ours among themselves, and ours with programs that know no lock.

`run` counts what is missing in the end. A foreign program may write over *us* (it never looks), so there only what
the foreign program wrote is counted: that is ours to keep.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from canvas_tui.storage.write.save import leftovers
from canvas_tui.storage.write.save.commit import SaveError
from tests.promises.save import writers

SHORT_SAVES = 250
SHORT_FOREIGN = 120


@dataclass
class Outcome:
    saved: int
    lost: int
    told: int  # not in the file, but kept beside it and listed by leftovers.rescued


def run(
    saves: int,
    save: writers.Save,
    *,
    editors: int = 2,
    foreign: writers.Save | None = None,
    foreign_saves: int = 0,
    linked: bool = False,
) -> Outcome:
    """Let `editors` processes make `saves` each, beside one foreign program; `linked`: the file has two names."""
    folder = Path(tempfile.mkdtemp(prefix="canvas-tui-crowd-"))
    path = folder / "plan.toml"
    path.write_bytes(writers.document([]))
    if linked:
        (folder / "other-name.toml").hardlink_to(path)
    try:
        people = [writers.child(_editor(path, save, name, saves)) for name in "abcdefgh"[:editors]]
        if foreign is not None:
            people.append(writers.child(_foreigner(path, foreign, foreign_saves)))
        failed = [pid for pid in people if not writers.ended_well(pid)]
        if failed:
            raise AssertionError(f"{len(failed)} writers gave up")
        wanted = {f"f{number}" for number in range(foreign_saves)}
        if foreign is None:
            wanted = {f"{name}{number}" for name in "abcdefgh"[:editors] for number in range(saves)}
        return _missing(path, wanted)
    finally:
        shutil.rmtree(folder)


def _missing(path: Path, wanted: set[str]) -> Outcome:
    missing = wanted - set(writers.words_of(path.read_bytes()))
    kept = {word for file in leftovers.rescued(path.parent) for word in writers.words_of(file.read_bytes())}
    return Outcome(saved=len(wanted), lost=len(missing - kept), told=len(missing & kept))


def _editor(path: Path, save: writers.Save, name: str, saves: int) -> Callable[[], None]:
    def work() -> None:
        for number in range(saves):
            insist(lambda number=number: save(path, writers.adding(f"{name}{number}")))  # type: ignore[misc]

    return work


def _foreigner(path: Path, save: writers.Save, saves: int) -> Callable[[], None]:
    def work() -> None:
        for number in range(saves):
            time.sleep(0.004)  # a person saves, looks, saves again
            insist(lambda number=number: save(path, writers.adding(f"f{number}")))  # type: ignore[misc]

    return work


def insist(save: Callable[[], None]) -> None:
    """Save; where the file is away or half written by another this instant, do as a person: once more."""
    give_up = time.monotonic() + 10
    while True:
        try:
            save()
            return
        except (FileNotFoundError, FileExistsError, writers.TornError, SaveError):
            if time.monotonic() > give_up:
                raise
            time.sleep(0.001)
