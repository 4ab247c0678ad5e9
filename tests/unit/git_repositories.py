"""Small git repositories for tests, made with an environment of their own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_WHO = {
    "GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "ana@example.org", "GIT_AUTHOR_DATE": "2026-03-01T12:00:00Z",
    "GIT_COMMITTER_NAME": "Ana", "GIT_COMMITTER_EMAIL": "ana@example.org", "GIT_COMMITTER_DATE": "2026-03-01T12:00:00Z",
}  # fmt: skip

STRATEGY = """\
format = 1
name = "Acme"
vision = "Every bakery sells out by noon."

[[goals]]
id = "sell-out"
title = "Nothing is left at noon"
due = 2027-06-30
"""
LEAN = """\
model = "lean-canvas"
title = "Bakeries"

[[problem]]
id = "leftovers"
text = "A third of the bread is thrown away"
links = ["sell-out"]
"""


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Run git there, without anybody's settings; what it wrote."""
    environ = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", **_WHO}
    options = ["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]
    done = subprocess.run(
        ["git", *options, *arguments], cwd=folder, env=environ, input=stdin, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def write(folder: Path, files: Mapping[str, str | None]) -> None:
    """Write these files there; None takes one away."""
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def commit(folder: Path, files: Mapping[str, str | None], message: str = "more") -> str:
    """Write these files and commit everything; the id of the commit."""
    write(folder, files)
    git(folder, "add", "-A", ".")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def repository(folder: Path, files: Mapping[str, str | None] | None = None) -> Path:
    """A new repository with one commit: a small strategy, or these files."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    commit(folder, {"strategy.toml": STRATEGY, "lean.toml": LEAN} if files is None else files, "first")
    return folder
