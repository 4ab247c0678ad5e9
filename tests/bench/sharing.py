"""What working together costs: a save by the whole protocol, and how long another's edit takes to one's own screen."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import Literal

from canvas_tui.core.commands import SetField
from canvas_tui.core.places import Ref
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.store import Store
from tests.bench.terminal import APP, burst, environment
from tests.promises.pty_session import PtySession

How = Literal["inotify", "polling"]
EDITS = 20
ENTRY = "late-payment"  # of samples/fieldnote, at the top of its board
# The app where inotify is refused, as where a user has used up their watches: it must look again and again.
POLLING = (
    sys.executable,
    "-c",
    "import sys; from canvas_tui.storage.read import watch\n"
    "def refuse(*_, **__): raise watch.NotWatchable('a measurement')\n"
    "watch.FolderWatches = refuse\n"
    "from canvas_tui.__main__ import main; sys.exit(main())",
)


def save_seconds(file: Path, saves: int = 200) -> float:
    """The 95th percentile of seconds a save takes: lock, read, patch, parse and compare, write, flush, exchange."""
    store = Store(read_workspace(file))
    (document,) = store.workspace.documents
    assert document.canvas is not None
    entries = [entry for cell in document.canvas.cells.values() for entry in cell.entries if entry.id]
    text = {entry.id: entry.text for entry in entries}
    chance, taken = random.Random(1), []
    for number in range(saves):
        name = chance.choice(entries).id
        command = SetField(Ref(str(name)), "text", f"another text {number}", expected=text[name])
        begin = time.perf_counter()
        store.apply(command)
        taken.append(time.perf_counter() - begin)
        text[name] = f"another text {number}"
    return sorted(taken)[round(0.95 * saves) - 1]


def others_edit_seconds(workspace: Path, how: How) -> float:
    """The longest of EDITS: from the moment another's edit is on disk until it stands on an open screen."""
    store = Store(read_workspace(workspace))
    chance, slowest = random.Random(how), 0.0
    command = APP if how == "inotify" else POLLING
    with PtySession((*command, "open", str(workspace)), size=(140, 45), env=environment()) as session:
        session.until("Problem")
        burst(session, 1.0)
        for number in range(EDITS):
            time.sleep(chance.uniform(0, 1.5))  # polling must be met at any moment of its round
            text = f"Seen {how} {number}"
            store.apply(SetField(Ref(ENTRY), "text", text))
            begin = time.perf_counter()
            while text not in session.text:
                session.read(0.002)
                if time.perf_counter() - begin > 20:
                    raise AssertionError(f"{text} never came:\n{session.text}")
            slowest = max(slowest, time.perf_counter() - begin)
    return slowest
