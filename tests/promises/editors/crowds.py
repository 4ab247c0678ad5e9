"""Several editor processes on one file, alone or beside programs that know no lock; counts what is missing at the end.

An edit is lost when its editor said that it is saved and it is neither in the file nor kept beside it
(`leftovers.rescued`), where `check` tells of it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from canvas_tui.storage.write.save import leftovers
from tests.promises.app import REPOSITORY, copy_of_sample, texts_in
from tests.promises.editors import driver

NAMES = "abcdefgh"


@dataclass
class Outcome:
    acknowledged: int = 0
    gone: int = 0  # of those, told that somebody else took the entry away
    lost: int = 0
    foreign: int = 0  # saves of the foreign program
    foreign_lost: int = 0  # of those, neither in the file nor kept beside it
    told: int = 0  # of those, not in the file but kept beside it
    overwritten: int = 0  # edits of ours that the foreign program wrote over: it never looks
    gave_up: int = 0  # editors that ended with an error


def run(saves: int, *, editors: int = 2, how: str = "store", foreign: str | None = None, writes: int = 0) -> Outcome:
    """Let `editors` processes make `saves` edits each, beside one program making `writes` saves as `foreign`."""
    folder = Path(tempfile.mkdtemp(prefix="canvas-tui-editors-"))
    try:
        workspace = copy_of_sample(folder / "plan")
        people = [start("driver", str(workspace), name, str(saves), how) for name in NAMES[:editors]]
        if foreign is not None:
            people.append(start("foreign", str(workspace / driver.FILE), str(writes), foreign))
        said = [process.communicate()[0] for process in people]
        outcome = Outcome(foreign=writes, gave_up=sum(process.returncode != 0 for process in people))
        return count(workspace, said, outcome)
    finally:
        shutil.rmtree(folder)


def start(module: str, *arguments: str, **options: object) -> subprocess.Popen[str]:
    """A process of this package's own module, whose stdout can be read."""
    command = [sys.executable, "-m", f"tests.promises.editors.{module}", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY, **options)  # type: ignore[call-overload, no-any-return]


def count(workspace: Path, said: list[str], outcome: Outcome) -> Outcome:
    """Fill in what is missing of everything that was acknowledged."""
    path = workspace / driver.FILE
    present = set(texts_in(path))
    beside = {text for file in leftovers.rescued(workspace) for text in texts_in(file)}
    lines = [line for each in said for line in each.splitlines()]
    outcome.acknowledged, outcome.gone = len(lines), sum(line.endswith(" gone") for line in lines)
    missing = missing_of(lines, present)
    if outcome.foreign:
        outcome.overwritten = len(missing)
    else:
        outcome.lost = len(missing)
    absent = {f"f{number}" for number in range(outcome.foreign)} - present
    outcome.told, outcome.foreign_lost = len(absent & beside), len(absent - beside)
    return outcome


def missing_of(lines: list[str], present: set[str]) -> list[str]:
    """The acknowledged edits that the file does not show: an entry that is not there, or there again though taken out.

    An added entry may have been changed since, and taken out, by its own editor; nobody else touches it. Where the
    editor was told that an entry is gone, nothing was acknowledged.
    """
    removed = {name for name, _, what in map(_parts, lines) if what == "removed"}
    return [line for line in lines if _is_missing(*_parts(line), removed, present)]


def _parts(line: str) -> tuple[str, str, str]:
    return line.partition(" ")


def _is_missing(name: str, _: str, what: str, removed: set[str], present: set[str]) -> bool:
    is_there = f"{name} changed" in present or (what != "changed" and f"{name} added" in present)
    if what == "removed":
        return is_there
    return what != "gone" and name not in removed and not is_there
