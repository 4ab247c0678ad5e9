"""An edit that the screen has shown as saved, and that another program writes over: the screen says which, and one key
brings it back.

The program read the file before the edit and writes its own version after it, as vim, git and sync clients do. The
control is a program that has read the edit, and takes it out on purpose.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from tests.promises.app import copy_of_sample, opened, texts_in, write_entry
from tests.promises.pty_session import PtySession

Program = Literal["vim", "git", "a sync client"]
PROGRAMS: tuple[Program, ...] = get_args(Program)
FILE, FIRST, OURS = "lean-canvas.toml", "Clients pay on average 34 days late", "A thought of ours"


@dataclass
class Outcome:
    lost: int = 0  # edits that the program wrote over
    told: int = 0  # of them, those that the screen named
    back: int = 0  # and those that were in the file again after the key
    wrong: list[str] = field(default_factory=list)


def write(program: Program, path: Path, text: str) -> None:
    """Put a version there as the program does."""
    match program:
        case "vim":
            other = path.with_name("4913")
            other.write_text(text)
            os.rename(other, path)
        case "git":
            path.unlink()
            path.write_text(text)
        case "a sync client":
            path.write_text(text)


EDITS: dict[str, Callable[[PtySession], None]] = {
    "an entry added": lambda session: write_entry(session, OURS),
    "an entry taken out": lambda session: _send(session, "d", "Deleted"),
}


def _send(session: PtySession, key: str, until: str) -> None:
    session.send(key)
    session.until(until)


def run(program: Program, edit: str) -> Outcome:
    """One session: the edit, the program's write over it, and the way back."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="canvas-tui-over-") as folder:
        plan = copy_of_sample(Path(folder) / "plan")
        path = plan / FILE
        with opened("open", str(plan), state=Path(folder) / "state", size=(80, 24)) as session:
            read_before = path.read_text()
            EDITS[edit](session)
            saved = texts_in(path)
            write(program, path, read_before + "\n# a line of theirs\n")
            outcome.lost = 1
            try:
                session.until("brings it back")
                outcome.told = 1
                session.send("u")
                session.until("offered back already")
                session.send("R")
                session.until("written over")
                session.send("s")
                session.until(lambda: sorted(texts_in(path)) == sorted(saved))
                outcome.back = 1
            except AssertionError as problem:
                outcome.wrong.append(f"{program}, {edit}: {problem}")
            if "# a line of theirs" not in path.read_text():
                outcome.wrong.append(f"{program}, {edit}: what they wrote is gone")
            session.send("q")
            session.wait()
    return outcome


def run_on_purpose() -> bool:
    """The control: whoever has read two edits takes the first one out. Whether that is told as written over."""
    with tempfile.TemporaryDirectory(prefix="canvas-tui-over-") as folder:
        plan = copy_of_sample(Path(folder) / "plan")
        path = plan / FILE
        with opened("open", str(plan), state=Path(folder) / "state", size=(80, 24)) as session:
            write_entry(session, OURS)
            write_entry(session, "Another thought")
            text = path.read_text()
            at = text.index(f'text = "{OURS}"')
            begin = text.rindex("[[", 0, at)
            write("vim", path, text[:begin] + text[at + len(f'text = "{OURS}"\n') :])
            session.until("changed on disk")
            session.settle(4)
            was_told = "Written over" in session.text
            session.send("q")
            session.wait()
            return was_told
