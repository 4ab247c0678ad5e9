"""An editor without a screen: `python -m tests.promises.editors.driver WORKSPACE NAME COUNT [HOW]`.

Makes COUNT edits through the app's own save path and says each on stdout once `apply` has returned: an entry added,
then changed, and taken out again when it is the oldest of many, so that the file stays small: `a12 added`,
`a12 changed`, `a12 removed`, or `a12 gone` where somebody else took it away and the editor was told. HOW is `store`,
or one of the careless ways of saving that the promises compare with. Where the file is away or locked this instant it
tries again, as a person with a retry key; an edit that cannot be made within ten seconds ends it with code 1.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Literal

from canvas_tui.core.commands import AddEntry, Command, RemoveEntry, SetField
from canvas_tui.core.places import Conflict, EditError, Ref
from canvas_tui.core.workspace import UnknownElement
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.save.errors import SaveError
from canvas_tui.storage.write.store import Store
from canvas_tui.storage.write.text.verify import WriteMismatch

CELL = "lean/problem"
FILE = "lean-canvas.toml"
PATIENCE_SECONDS = 10
GONE_SECONDS = 0.5  # how long git may leave a file away; longer, and the entry was taken by somebody
KEPT = 30  # entries of one editor before it takes the oldest out
What = Literal["added", "changed", "removed"]
Save = Callable[[str, What], bool]  # of the entry with that id; False where it is gone


def edit_of(editor: str, number: int) -> tuple[str, What]:
    """The entry and what happens to it: two edits an entry, and a third once there are enough of them."""
    if number < 2 * KEPT:
        return f"{editor}{number // 2}", "changed" if number % 2 else "added"
    turn, step = divmod(number - 2 * KEPT, 3)
    if step == 2:
        return f"{editor}{turn}", "removed"
    return f"{editor}{KEPT + turn}", "changed" if step else "added"


def by_store(workspace: Path) -> Save:
    """The app's way."""
    store = Store(read_workspace(workspace))

    def save(name: str, what: What) -> bool:
        command: Command = AddEntry(CELL, {"id": name, "text": f"{name} added"})
        if what == "changed":
            command = SetField(Ref(name), "text", f"{name} changed", expected=f"{name} added")
        elif what == "removed":
            command = RemoveEntry(Ref(name))
        return insist(store, command)

    return save


def insist(store: Store, command: Command) -> bool:
    """Apply; once more while the file is away, half written or locked by somebody else.

    False where the entry to change or take out is gone for good: somebody wrote over it, and the person is told.
    """
    began = time.monotonic()
    while True:
        waited = time.monotonic() - began
        try:
            store.apply(command)
            return True
        except Conflict:
            raise
        except (SaveError, EditError, UnknownElement, WriteMismatch) as error:
            if isinstance(error, UnknownElement) and not isinstance(command, AddEntry) and waited > GONE_SECONDS:
                return False
            if waited > PATIENCE_SECONDS:
                raise
            time.sleep(0.002)
            store.refresh()


def carelessly(workspace: Path, *, locks: bool, renames: bool) -> Save:
    """What a program does that was never told otherwise: read, change, write."""
    path = workspace / FILE

    def save(name: str, what: What) -> bool:
        with open(workspace / "strategy.toml", "rb") if locks else nullcontext() as lock:
            if lock is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            text = path.read_text()
            entry = f'\n[[problem]]\nid = "{name}"\ntext = "{name} %s"\n'
            if what == "removed" and entry % "changed" not in text:
                return False
            if what == "added":
                text += entry % "added"
            else:
                before = "added" if what == "changed" else "changed"
                text = text.replace(entry % before, entry % "changed" if what == "changed" else "")
            time.sleep(0.001)  # a busy machine, or a slow disk
            target = path.with_name(f".{secrets.token_hex(4)}.tmp") if renames else path
            with open(target, "w", buffering=512) as file:
                file.write(text)
            if renames:
                os.rename(target, path)
        return True

    return save


WAYS: dict[str, Callable[[Path], Save]] = {
    "store": by_store,
    "naive": lambda workspace: carelessly(workspace, locks=False, renames=False),
    "no-lock": lambda workspace: carelessly(workspace, locks=False, renames=True),
    "side-lock": lambda workspace: carelessly(workspace, locks=True, renames=True),
}


def work(workspace: Path, editor: str, count: int, how: str, acknowledge: Callable[[str], None]) -> None:
    """Make that many edits, and acknowledge each when it is saved."""
    save = WAYS[how](workspace)
    gone: set[str] = set()
    for number in range(count):
        name, what = edit_of(editor, number)
        if name in gone or not save(name, what):
            gone.add(name)
        acknowledge(f"{name} {'gone' if name in gone else what}\n")


if __name__ == "__main__":
    words = sys.argv[1:]
    work(
        Path(words[0]),
        words[1],
        int(words[2]),
        words[3] if len(words) > 3 else "store",
        lambda line: print(line, end="", flush=True),
    )
