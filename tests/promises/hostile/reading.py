"""`canvas-tui check` on one hostile file after another, each in a process of its own whose time and memory are counted.

A process is made by fork from one that has loaded the code, so that what is counted is the file and not the imports.
"""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.promises.hostile.files import files

CPU_SECONDS, MEGABYTES = 2.0, 300
_KILLED_SECONDS = 20  # a parser that hangs is ended by the system


@dataclass
class Outcome:
    files: int = 0
    loaded: int = 0  # exit code 0 or 1
    refused: int = 0  # exit code 2
    slowest: float = 0.0  # processor seconds
    largest: int = 0  # megabytes
    wrong: list[str] = field(default_factory=list)


def run(count: int, seed: int = 1) -> Outcome:
    """Check `count` hostile files, each as a workspace of one file and as a file of a folder."""
    import canvas_tui.cli.commands.check
    import canvas_tui.cli.run
    import canvas_tui.graph.digraph  # noqa: F401 - loaded before the forks

    outcome = Outcome()
    folder = Path(tempfile.mkdtemp(prefix="canvas-tui-files-"))
    try:
        (folder / "plan").mkdir()
        (folder / "plan" / "strategy.toml").write_text('name = "Plan"\n')
        for number, (name, data) in enumerate(files(count, seed)):
            path = folder / ("plan/file.toml" if number % 2 else "file.toml")
            path.write_bytes(data)
            code, seconds, megabytes, said = check(path.parent if number % 2 else path)
            outcome.files += 1
            outcome.loaded += code in (0, 1)
            outcome.refused += code == 2
            outcome.slowest, outcome.largest = max(outcome.slowest, seconds), max(outcome.largest, megabytes)
            if code not in (0, 1, 2):
                outcome.wrong.append(f"{name}: exit code {code}: {said[-300:]}")
            if "Traceback" in said or "internal error" in said:
                outcome.wrong.append(f"{name}: {said[-300:]}")
            if seconds > CPU_SECONDS or megabytes > MEGABYTES:
                outcome.wrong.append(f"{name}: {seconds:.1f} s, {megabytes} MB")
            if path.read_bytes() != data:
                outcome.wrong.append(f"{name}: the file changed")
            path.unlink()
    finally:
        shutil.rmtree(folder)
    return outcome


def check(path: Path) -> tuple[int, float, int, str]:
    """Exit code (negative for a signal), processor seconds, megabytes at most, and everything it said."""
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if pid == 0:
            code = 99
            try:
                resource.setrlimit(resource.RLIMIT_CPU, (_KILLED_SECONDS, _KILLED_SECONDS))
                os.environ["XDG_STATE_HOME"] = str(path.parent)  # for reports of our own mistakes
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
                code = _check(path)
            finally:
                os._exit(code)
        _, status, used = os.wait4(pid, 0)
        said.seek(0)
        seconds = used.ru_utime + used.ru_stime
        text = said.read().decode("utf-8", "replace")
        return os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss // 1024, text


def _check(path: Path) -> int:
    import io
    import sys

    from canvas_tui.cli.run import run as run_command

    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", write_through=True)
    return run_command(["check", str(path)])


if __name__ == "__main__":
    import sys

    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
