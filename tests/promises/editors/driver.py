"""An editor without a screen: `python -m tests.promises.editors.driver WORKSPACE NAME COUNT [HOW]`.

Makes COUNT edits through the app's own save path, adding entries and changing those it added, and says each on stdout
once `apply` has returned: `a12 added`, `a12 changed`, or `a12 gone` where the
entry to change was taken away and the editor told. HOW is `store`, or one of the careless ways of saving
that the promises compare with. Where the file is away or locked this instant it tries again, as a person with a retry
key; an edit that cannot be made within ten seconds ends it with code 1.
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

from canvas_tui.core.commands import AddEntry, Command, SetField
from canvas_tui.core.places import Conflict, EditError, Ref
from canvas_tui.core.workspace import UnknownElement
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.errors import SaveError
from canvas_tui.storage.write.store import Store
from canvas_tui.storage.write.verify import WriteMismatch

CELL = "lean/problem"
FILE = "lean-canvas.toml"
PATIENCE_SECONDS = 10
GONE_SECONDS = 0.5  # how long git may leave a file away; longer, and the entry was taken by somebody
Save = Callable[[int], bool]


def name_of(editor: str, number: int) -> str:
    return f"{editor}{number}"


def by_store(workspace: Path, editor: str) -> Save:
    """The app's way. Even numbers add an entry, odd ones change the entry added before."""
    store = Store(read_workspace(workspace))

    def save(number: int) -> bool:
        name = name_of(editor, number - number % 2)
        command: Command = AddEntry(CELL, {"id": name, "text": f"{name} added"})
        if number % 2:
            command = SetField(Ref(name), "text", f"{name} changed", expected=f"{name} added")
        return insist(store, command)

    return save


def insist(store: Store, command: Command) -> bool:
    """Apply; once more while the file is away, half written or locked by somebody else.

    False where the entry to change is gone for good: somebody wrote over it, and the person is told.
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
            if isinstance(error, UnknownElement) and isinstance(command, SetField) and waited > GONE_SECONDS:
                return False
            if waited > PATIENCE_SECONDS:
                raise
            time.sleep(0.002)
            store.refresh()


def carelessly(workspace: Path, editor: str, *, locks: bool, renames: bool) -> Save:
    """What a program does that was never told otherwise: read, change, write."""
    path = workspace / FILE

    def save(number: int) -> bool:
        name = name_of(editor, number - number % 2)
        with open(workspace / "strategy.toml", "rb") if locks else nullcontext() as lock:
            if lock is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            text = path.read_text()
            if number % 2:
                text = text.replace(f'"{name} added"', f'"{name} changed"')
            else:
                text += f'\n[[problem]]\nid = "{name}"\ntext = "{name} added"\n'
            time.sleep(0.001)  # a busy machine, or a slow disk
            target = path.with_name(f".{secrets.token_hex(4)}.tmp") if renames else path
            with open(target, "w", buffering=512) as file:
                file.write(text)
            if renames:
                os.rename(target, path)
        return True

    return save


WAYS: dict[str, Callable[[Path, str], Save]] = {
    "store": by_store,
    "naive": lambda workspace, editor: carelessly(workspace, editor, locks=False, renames=False),
    "no-lock": lambda workspace, editor: carelessly(workspace, editor, locks=False, renames=True),
    "side-lock": lambda workspace, editor: carelessly(workspace, editor, locks=True, renames=True),
}


def work(
    workspace: Path, editor: str, count: int, how: str, acknowledge: Callable[[str], None], first: int = 0
) -> None:
    """Make the edits `first` to `first + count`, and acknowledge each when it is saved."""
    save = WAYS[how](workspace, editor)
    for number in range(first, first + count):
        what = "gone" if not save(number) else "changed" if number % 2 else "added"
        acknowledge(f"{name_of(editor, number - number % 2)} {what}\n")


if __name__ == "__main__":
    words = sys.argv[1:]
    work(
        Path(words[0]),
        words[1],
        int(words[2]),
        words[3] if len(words) > 3 else "store",
        lambda line: print(line, end="", flush=True),
    )
