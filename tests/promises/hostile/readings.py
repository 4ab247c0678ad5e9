"""Every command that reads a repository, on one that would run something at each chance; and git without care."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.promises.hostile.canaries import Nest

# The bare repository is read by commands that need nothing on disk.
COMMANDS = [
    "check", "check --at HEAD", "check --at HEAD~1", "check --at old:", "check --base HEAD~1", "check --base old...",
    "check --merge side", "check --at HEAD --merge old", "merge --check",
    "merge --resolve lean.toml",
    "show --at HEAD", "show leftovers --at side", "show --at HEAD:lean.toml", "diff", "diff HEAD~1", "diff old..side",
    "diff HEAD~1...side --markdown", "diff old side --json", "diff --stat", "diff --textconv lean.toml",
]  # fmt: skip
IN_BARE = ["check --at HEAD", "check --at HEAD --base HEAD~1", "show --at side", "diff old side"]
BROKEN = ["check --at nope", "diff nope", "diff old...nope", "check --base nope"]


class Found(NamedTuple):
    """How many commands were run, which canaries sang, and what else was not as it must be."""

    commands: int
    sung: frozenset[str]
    wrong: tuple[str, ...]


def runs(nest: Nest) -> list[tuple[str, Path]]:
    """Each command, and where it is run."""
    return [(command, nest.root) for command in (*COMMANDS, *BROKEN)] + [(command, nest.bare) for command in IN_BARE]


def of_all(nest: Nest) -> Found:
    """Run every command."""
    before = everything_in(nest.root.parent)
    wrong: list[str] = []
    for command, folder in runs(nest):
        done = ours(command, folder)
        if done.returncode not in ((2,) if command in BROKEN else (0, 1)):
            wrong.append(f"{command}: exit code {done.returncode}, {done.stderr.decode()}")
    if everything_in(nest.root.parent) != before:
        wrong.append("a file was written")
    return Found(len(runs(nest)), frozenset(nest.sung), tuple(wrong))


def without_care(nest: Nest) -> set[str]:
    """What git itself runs there, of commands that people type."""
    nest.by_git("status")
    nest.by_git("diff")
    (nest.root / ".gitattributes").write_text("*.toml diff=canary\n")  # the filter ends whatever comes after it
    for command in ("diff old side", "log -p", "log", "commit -am x", "checkout -f side"):
        nest.by_git(*command.split())
    nest.lose_an_object()
    nest.by_git("cat-file", "-p", nest.lost)
    return nest.sung


def ours(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """One command as a person runs it."""
    environ = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "xterm", "GIT_PAGER": "false"}
    words = [sys.executable, "-m", "canvas_tui", *command.split()]
    return subprocess.run(words, cwd=folder, env=environ, capture_output=True, timeout=60, check=False)


def everything_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder: bytes, and when it was last written."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
