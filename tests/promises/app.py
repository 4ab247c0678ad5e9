"""The real app in a terminal, on a copy of a real workspace: what every test with a person's session starts with.

Owns starting `canvas-tui open` and `view` ready to be typed at, and what such a session leaves in its state folder.
"""

from __future__ import annotations

import json
import shutil
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.promises.pty_session import PtySession

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "samples" / "fieldnote"
COMMAND = (sys.executable, "-m", "canvas_tui")


def copy_of_sample(folder: Path) -> Path:
    """A fresh copy of the sample workspace at `folder`."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".canvas-tui"))
    return folder


def session(
    *arguments: str,
    state: Path,
    size: tuple[int, int] = (80, 24),
    command: Sequence[str] = COMMAND,
    **options: Any,
) -> PtySession:
    """A session that is not waited for. `state` is where its drafts, journal and settings go; options: PtySession's."""
    env = {"XDG_STATE_HOME": str(state), "XDG_CONFIG_HOME": str(state / "config"), **options.pop("env", {})}
    return PtySession([*command, *arguments], size=size, env=env, **options)


def opened(*arguments: str, state: Path, **options: Any) -> PtySession:
    """A session with its first screen painted. AssertionError where it never comes."""
    new = session(*arguments, state=state, **options)
    until_shown(new)
    return new


def until_shown(session: PtySession) -> None:
    """Wait for the first whole screen."""
    session.until(lambda: b"\x1b[?1049h" in session.raw and len(session.text.strip()) > 100)
    session.settle()


def write_entry(session: PtySession, text: str) -> None:
    """Add an entry after the cursor and wait until the screen says that it is saved."""
    session.send("a")
    session.until("enter save")
    session.send(text)
    session.until(lambda: _end_of(text) in session.text)
    session.send("enter")
    session.until("Added")
    session.settle(2)


def walk_on(session: PtySession, keys: Sequence[str]) -> None:
    """Press the next keys of a walk, and read until they are painted.

    An Esc is sent as terminals with the kitty protocol do: after a bare one a session waits 100 ms for what may follow.
    """
    session.send(*("kitty-esc" if name == "esc" else name for name in keys))
    session.settle(1)


def _end_of(text: str) -> str:
    return text.split()[-1][-8:]


def drafts_on_disk(state: Path) -> list[str]:
    """The texts of all drafts in a state folder."""
    found = []
    for path in (state / "canvas-tui" / "drafts").glob("*"):
        if path.suffix in (".json", ".last"):
            found += [draft["text"] for draft in json.loads(path.read_bytes())["drafts"]]
    return found


def texts_in(path: Path) -> list[str]:
    """The text of every entry, goal and initiative in one TOML file. Raises TOMLDecodeError for a torn one."""
    return list(_texts(tomllib.loads(path.read_text(encoding="utf-8"))))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (each for key, each in value.items() if key in ("text", "title") and isinstance(each, str))
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, str):
                yield each
            else:
                yield from _texts(each)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, by its path in it; without those of git and those that say who is here."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", ".canvas-tui"} & set(path.parts)
    }
