"""A fuzzer over all that takes foreign text: `python -m tests.promises.hostile.fuzz [SECONDS] [--target NAME]`.

Starts one process a target (`fuzz_child.py`, coverage-guided by atheris, the extra `fuzz`), as many at once as there
are cores; starts a process that was ended by a hang again; counts. Every finding is left as a file with its traceback.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.promises.app import REPOSITORY
from tests.promises.hostile.fuzz_child import CPU_SECONDS, TARGETS

# What is taken away, where that must show within seconds, and as what.
CONTROLS = (("cleaning", "text", "ForeignText"), ("limits", "file", ""))
CONTROL_SECONDS = 20
_PATIENCE = 180  # seconds beyond its time: imports, and one input that hangs
_COVERED = re.compile(r"cov: (\d+)")
MISSING = "atheris is not installed - `pip install canvas-tui[fuzz]` where it has wheels (Linux on x86-64)"


@dataclass
class Outcome:
    """What one target gave."""

    target: str
    runs: int = 0
    seconds: float = 0.0
    covered: int = 0  # edges of the code of canvas_tui
    findings: list[Path] = field(default_factory=list)

    @property
    def found(self) -> str:
        """The figures of a row."""
        return f"{self.covered} edges of the code reached, {len(self.findings)} findings"

    @property
    def holds(self) -> bool:
        """Whether it ran, and nothing was found."""
        return self.runs > 0 and not self.findings

    def of_kind(self, kind: str) -> int:
        """How many findings are errors of a kind."""
        return sum(path.with_suffix(".txt").read_text(encoding="utf-8").startswith(kind) for path in self.findings)

    def __str__(self) -> str:
        rate = self.runs / self.seconds if self.seconds else 0
        return f"{self.target}: {self.runs} runs in {self.seconds:.0f} s ({rate:.0f} a second), " + (
            f"{self.covered} edges, {len(self.findings)} findings"
        )


def why_not() -> str | None:
    """Why nothing can be fuzzed here; None where it can."""
    return None if importlib.util.find_spec("atheris") else MISSING


def run(
    seconds: float, targets: tuple[str, ...] = TARGETS, away: str = "none", folder: Path | None = None
) -> list[Outcome]:
    """Fuzz each target, for `seconds` in all, counted in each process; findings are left in `folder`, or a new one.

    `away` weakens the code for a control: "cleaning" or "limits".
    """
    folder = folder or Path(tempfile.mkdtemp(prefix="canvas-tui-fuzz-found-"))
    folder.mkdir(parents=True, exist_ok=True)
    workers = min(len(targets), os.cpu_count() or 1)
    each = seconds / len(targets)
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda name: _fuzz(name, each, away, folder), targets))


def _fuzz(name: str, seconds: float, away: str, folder: Path) -> Outcome:
    outcome = Outcome(name)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 1 and len(outcome.findings) < 50:
        said = folder / f"{name}.log"
        with said.open("wb") as log:
            done = _child(name, max(2, int(left)), away, folder, log)
        _count(outcome, folder, said)
        if done == 0:
            break
    confirm(outcome, folder, away)
    return outcome


def _child(name: str, seconds: int, away: str, folder: Path, log: IO[bytes], *more: str, limit: float = 0) -> int:
    command = [sys.executable, "-m", "tests.promises.hostile.fuzz_child", name, str(seconds), str(folder), away, *more]
    room = tempfile.mkdtemp(prefix="canvas-tui-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY), "TMPDIR": room}
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=environ,
            stdout=log,
            stderr=log,
            timeout=limit or seconds + _PATIENCE,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return 124
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _count(outcome: Outcome, folder: Path, said: Path) -> None:
    figures = folder / f"{outcome.target}.json"
    if figures.exists():
        told = json.loads(figures.read_text())
        figures.unlink()
        outcome.runs += told["runs"]
        outcome.seconds += told["seconds"]
    text = said.read_text(encoding="utf-8", errors="replace")
    outcome.covered = max([outcome.covered, *(int(each) for each in _COVERED.findall(text))])


def confirm(outcome: Outcome, folder: Path, away: str) -> None:
    """Keep what is wrong without instrumentation too: the fuzzer's own code is slower than what a person runs."""
    found = [path for path in sorted(folder.glob(f"{outcome.target}-*")) if path.is_file() and path.suffix != ".txt"]
    for path in found:
        note = path.with_suffix(".txt")
        with tempfile.TemporaryFile() as log:
            code = _child(outcome.target, 20, away, folder, log, str(path), limit=20 + 10 * CPU_SECONDS)
            log.seek(0)
            said = log.read().decode("utf-8", "replace")
        taken = re.search(r"^([\d.]+) s of processor, (\d+) MB", said, re.MULTILINE)
        is_fine = code == 0 and taken is not None and float(taken[1]) < CPU_SECONDS
        is_of_many = note.exists() and note.read_text().startswith("memory")  # grown over many inputs, not by one
        if is_fine and not is_of_many:
            path.unlink()
            note.unlink(missing_ok=True)
            continue
        if not note.exists():
            note.write_text(said, encoding="utf-8")
        outcome.findings.append(path)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.promises.hostile.fuzz", description=__doc__)
    parser.add_argument(
        "seconds",
        nargs="?",
        type=float,
        default=60,
        help="for all targets together, counted in each process (default: 60)",
    )
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this one; may be given again")
    parser.add_argument(
        "--away", choices=("none", "cleaning", "limits"), default="none", help="weaken it, as a control"
    )
    parser.add_argument("--folder", type=Path, help="where findings and corpus go, kept for the next run")
    given = parser.parse_args()
    if reason := why_not():
        print(reason, file=sys.stderr)
        return 2
    outcomes = run(given.seconds, tuple(given.target or TARGETS), given.away, given.folder)
    for outcome in outcomes:
        print(outcome)
        for path in outcome.findings:
            print(f"\n{path}\n{path.with_suffix('.txt').read_text(encoding='utf-8')}")
    return 1 if any(outcome.findings for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
