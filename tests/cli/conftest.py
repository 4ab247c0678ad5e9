"""Real runs of the program: `python -m canvas_tui` as a process of its own, on copies of the samples.

Owns the environment those runs see, so that nothing of the person who runs the tests leaks in.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True)
class Ran:
    """What a run left behind: its exit code and the raw bytes of both streams."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def data(self, command: str) -> Any:
        """The data of a `--json` answer; the envelope is looked at here."""
        answer = json.loads(self.stdout)
        assert set(answer) == {"schema", "command", "data"}
        assert (answer["schema"], answer["command"]) == (1, command)
        return answer["data"]


Run = Callable[..., Ran]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A small environment with a home of its own."""
    home = tmp_path / "home"
    home.mkdir()
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TERM": "xterm-256color"}


@pytest.fixture
def run(tmp_path: Path, environ: dict[str, str]) -> Run:
    """Runs the program with these arguments and gives what it left behind."""

    def run(
        *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None, stdin: bytes = b""
    ) -> Ran:  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "canvas_tui", *arguments],
            cwd=cwd or tmp_path, env={**environ, **(env or {})}, input=stdin, capture_output=True, timeout=60,
            check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def fieldnote(tmp_path: Path) -> Path:
    """A copy of the sample workspace."""
    return Path(
        shutil.copytree(SAMPLES / "fieldnote", tmp_path / "fieldnote", ignore=shutil.ignore_patterns(".canvas-tui"))
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the workspace with every kind of bad input."""
    return Path(shutil.copytree(SAMPLES / "broken", tmp_path / "broken"))


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and its bytes, to see that nothing changed."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
