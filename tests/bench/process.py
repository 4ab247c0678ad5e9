"""What commands cost as whole processes: start-up, `check` on a big workspace, memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from samples.generate import main as generate

PARSE = """
import sys, time, tomllib, pathlib
texts = [path.read_text() for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.toml"))]
begin = time.perf_counter()
for text in texts:
    tomllib.loads(text)
import networkx
print(time.perf_counter() - begin)
"""
EDIT = """
import sys, time, tomlkit, pathlib
text = pathlib.Path(sys.argv[1]).read_text()
begin = time.perf_counter()
document = tomlkit.parse(text)
entries = next(value for value in document.values() if isinstance(value, list) and len(value) > 50)
entries[20]["text"] = "another text"
tomlkit.dumps(document)
print(time.perf_counter() - begin)
"""


def generated(folder: Path, entries: int, files: int) -> Path:
    """A workspace of that size, made by samples/generate.py."""
    place = folder / f"of-{entries}"
    if not place.exists():
        generate([str(place), "--entries", str(entries), "--files", str(files)])
    return place


def one_file(folder: Path, entries: int) -> Path:
    """One canvas file with that many entries."""
    place = folder / f"one-{entries}.toml"
    if not place.exists():
        generate([str(place), "--one-file", str(entries)])
    return place


def seconds_of(command: list[str], rounds: int) -> float:
    """Median wall time of a command that may exit 1 (findings)."""
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        taken.append(time.perf_counter() - begin)
        assert done.returncode in (0, 1), done.returncode
    return statistics.median(taken)


def printed_seconds(code: str, argument: Path, rounds: int = 5) -> float:
    """Median of what a Python snippet prints, each time in a fresh process."""
    command = [sys.executable, "-c", code, str(argument)]
    return statistics.median(float(subprocess.check_output(command)) for _ in range(rounds))


def check_seconds(workspace: Path, rounds: int = 5) -> float:
    """Median seconds of `canvas-tui check`, start-up included."""
    return seconds_of([sys.executable, "-m", "canvas_tui", "check", str(workspace), "--fail-on", "never"], rounds)


def merge_and_check_seconds(one: Path, rounds: int = 5) -> tuple[float, float]:
    """Processor seconds of merging a big file that both sides changed in many places, and of checking the result."""
    text = one.read_text()
    files = [one.with_name(f"{one.stem}-{name}.toml") for name in ("base", "ours", "theirs", "merged")]
    for number, path in enumerate(files[:3]):
        path.write_text(_changed(text, number))
    merge = [sys.executable, "-m", "canvas_tui", "merge", *map(str, files[:3]), "-o", str(files[3])]
    check = [sys.executable, "-m", "canvas_tui", "check", str(files[3]), "--fail-on", "never"]
    merged = min(_processor_seconds(merge) for _ in range(rounds))
    return merged, min(_processor_seconds(check) for _ in range(rounds))


def _changed(text: str, side: int) -> str:
    """Every fiftieth entry of a file with another text; others for each side, none for side 0."""
    parts = text.split('\ntext = "')
    places = range(side, len(parts), 50) if side else range(0)
    return '\ntext = "'.join(f"Side {side}: {part}" if at in places else part for at, part in enumerate(parts))


def _processor_seconds(command: list[str]) -> float:
    """What a command takes of the processor: other work on the machine does not count."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return usage.ru_utime + usage.ru_stime


def check_memory(workspace: Path) -> float:
    """Peak resident memory of `canvas-tui check`, in MB."""
    process = subprocess.Popen(
        [sys.executable, "-m", "canvas_tui", "check", str(workspace), "--json", "--fail-on", "never"],
        stdout=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
