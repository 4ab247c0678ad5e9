"""A repository that brings files named like our own, and what the program makes of them: the attack and its control.

The author knows the program, the canvases and the names of files in the clone; the victim clones, and opens, looks,
checks or saves. Used by the tests and by `python -m tests.promises`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from canvas_tui.storage.read.fingerprint import digest_of
from canvas_tui.storage.read.presence_reader import FOLDER
from canvas_tui.storage.write.save.inplace import Image
from tests.promises.app import bytes_of, copy_of_sample, opened
from tests.unit.left_saves import planted

Act = Literal["open and quit", "a save", "view", "check"]
ACTS: tuple[Act, ...] = get_args(Act)
EVIL = "Written by the author of the branch"
_GIT = ("git", "-c", "user.name=author", "-c", "user.email=a@b.invalid", "-c", "init.defaultBranch=main")


@dataclass
class Outcome:
    """What became of the clone: files that changed, and the leftovers that `check` told of."""

    brought: int = 0
    changed: list[str] = field(default_factory=list)
    told: int = 0


def run(act: Act) -> Outcome:
    """Let the victim do this in a fresh clone, then look at every byte of it, and ask `check`."""
    with clone() as plan:
        before, leftovers = bytes_of(plan), leftovers_in(plan)
        state = plan.parent / "state"
        _act(act, plan, state)
        after = bytes_of(plan)
        changed = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
        if act == "a save" and EVIL not in after["swot.toml"].decode():
            changed.remove("swot.toml")
        told = [each for each in _check(plan, state) if each["rule"] == "foreign-leftover"]
        return Outcome(len(leftovers), changed, len(told))


def run_by_name() -> Outcome:
    """The control: a program that trusts a leftover for its name and content."""
    with clone() as plan:
        before = bytes_of(plan)
        recover_by_name(plan)
        after = bytes_of(plan)
        return Outcome(changed=[name for name in before if name.endswith(".toml") and before[name] != after.get(name)])


def recover_by_name(plan: Path) -> None:
    """What a careful program does that asks nobody where the file comes from."""
    for leftover in sorted(plan.glob(".*.canvas-tui-*")):
        name, _, rest = leftover.name[1:].partition(".canvas-tui-")
        target, (_, _, kind) = plan / name, rest.partition(".")
        if kind == "image":
            image = Image.decode(leftover.read_bytes())
            if image is not None and image.is_torn(target.read_bytes()):
                target.write_bytes(image.new)
        elif kind.endswith(digest_of(target.read_bytes())[:16]):
            leftover.rename(target)


@contextmanager
def clone() -> Iterator[Path]:
    """A clone of a repository whose author planted leftovers of every kind, in a folder with room for a state."""
    with tempfile.TemporaryDirectory(prefix="canvas-tui-brought-") as folder:
        origin, plan = Path(folder) / "origin", Path(folder) / "plan"
        copy_of_sample(origin)
        _plant(origin)
        for command in (("init", "-q"), ("add", "--force", "--all"), ("commit", "-qm", "A better plan")):
            subprocess.run([*_GIT, *command], cwd=origin, check=True)
        subprocess.run([*_GIT, "clone", "-q", str(origin), str(plan)], check=True)
        shutil.rmtree(plan / ".git")
        yield plan


def leftovers_in(plan: Path) -> list[Path]:
    """The files of the clone that are named as ours are."""
    return sorted([*plan.glob(".*.canvas-tui-*"), *plan.glob(f"{FOLDER}/session-*")])


def _plant(origin: Path) -> None:
    swot, goals, lean = (origin / name for name in ("swot.toml", "goals.toml", "lean-canvas.toml"))
    evil = swot.read_text().replace("text = ", f'text = "{EVIL}" # ', 1).encode()
    planted(swot, evil, f".{'0' * 16}-{digest_of(swot.read_bytes())[:16]}")
    planted(swot, evil, ".rescued")
    planted(swot, evil)
    now = goals.read_bytes()
    planted(goals, Image(now[:512].upper() + now[512:], now + EVIL.encode()).encode(), ".image")
    new = EVIL.encode() + lean.read_bytes()[len(EVIL.encode()) :]
    planted(lean, Image(new[:512] + lean.read_bytes()[512:-1] + b"\n\n", new).encode(), ".image")
    planted(lean, b"").rename(origin / ".lean-canvas.toml.canvas-tui-lock")
    (origin / FOLDER).mkdir()
    (origin / FOLDER / ".gitignore").write_text("*\n")
    session = {"pid": 1, "host": "", "name": "bea", "since": time.time(), "where": "", "editing": True, "file": ""}
    (origin / FOLDER / "session-1-00000001.json").write_text(json.dumps({**session, "own": [2, 3, 4]}))


def _act(act: Act, plan: Path, state: Path) -> None:
    match act:
        case "open and quit" | "view":
            command = "view" if act == "view" else "open"
            with opened(command, str(plan), state=state) as session:
                session.settle(1)
                assert "bea" not in session.text, "somebody who never was here is told to be"
                session.send("q")
                session.wait()
        case "a save":
            _ran(plan, state, "add", "swot/strengths", "A strength of ours", "-w", str(plan))
        case "check":
            _check(plan, state)


def _check(plan: Path, state: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(_ran(plan, state, "check", str(plan), "--json"))["data"]["findings"]
    return found


def _ran(plan: Path, state: Path, *arguments: str) -> str:
    env = {**os.environ, "XDG_STATE_HOME": str(state)}
    done = subprocess.run([sys.executable, "-m", "canvas_tui", *arguments], env=env, capture_output=True, text=True)
    return done.stdout
