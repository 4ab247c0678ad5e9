"""Hostile workspaces on every screen: opened, walked through by keys, clicked all over, and what came of it.

Owns the walk and the ways to weaken the app for the controls. `Outcome.foreign` holds whatever reached the terminal
that Textual would not have written by itself.
"""

from __future__ import annotations

import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile import foreign_sequences
from tests.promises.app import COMMAND, bytes_of, session, walk_on
from tests.promises.hostile import texts
from tests.promises.pty_session import PtySession, modes_left_set

SIZES = ((80, 24), (140, 45))
_FORMS = (["i"], ["esc"], ["n"], ["esc"], ["e"], ["esc"], ["f", "a"], ["esc"], ["f", "d"], ["esc"], ["f", "b"], ["esc"])
_CHAINS = (["y"], ["pgdn"], ["esc"], ["Y"], ["esc"])
_BOARD = (*_FORMS, *_CHAINS, ["m"], ["esc"], ["z"], ["j"], ["j"], ["esc"], ["tab"], ["j"], ["i"], ["pgdn"], ["esc"],
          ["tab"], ["]"], ["]"], ["y"], ["esc"], ["&"], ["&"], ["&"])  # fmt: skip
_LIST = (["j"], ["G"], ["k"], ["pgup"], ["home"], ["j"], ["j"])
_PASTES = (
    ["\x1b[200~\x1b[31mpasted\u202e\x9b2J\x1b[201~"],
    ["a"], ["\x1b[200~\x1b]0;t\x07pasted\x9d0;t\x9c\x1b[201~"], ["esc"],
)  # fmt: skip
Walk = tuple[Sequence[str], ...]
WALK: Walk = (
    *_BOARD, ["v"], *_BOARD, ["v"], ["i"], ["esc"],
    ["g", "s"], *_LIST, *_FORMS, *_CHAINS,
    ["g", "f"], *_LIST, ["W"], ["esc"], ["y"], ["esc"], ["G"], ["enter"],
    ["g", "o"], *_LIST, ["g", "b"],
    ["/"], ["T0"], ["pgdn"], ["esc"], [":"], ["a"], ["esc"], ["?"], ["pgdn"], ["esc"],
    *_PASTES,
)  # fmt: skip
SHORT_WALK: Walk = (  # every screen and most dialogs once
    ["z"], ["j"], ["esc"], ["tab"], ["j"], ["v"], ["tab"], *_CHAINS,
    ["i"], ["esc"], ["n"], ["esc"], ["f", "a"], ["esc"], ["&"], ["g", "s"], ["j"], ["y"], ["esc"],
    ["g", "f"], ["j"], ["G"], ["W"], ["esc"], ["g", "o"], ["G"], ["g", "b"],
    ["/"], ["T0"], ["esc"], ["?"], ["esc"], *_PASTES,
)  # fmt: skip

# What the controls take away. The filter keeps the real functions, so that each layer can be looked at alone.
_WEAKER = {
    "no cleaning": (
        "import importlib.util, canvas_tui.core.text as text, canvas_tui.tui.terminal.line_filter as last\n"
        "real = importlib.util.module_from_spec(text.__spec__)\n"
        "text.__spec__.loader.exec_module(real)\n"
        "last.clean, last.drop_unsafe = real.clean, real.drop_unsafe\n"
        "text.clean = lambda given, **_: given\n"
    ),
    "no filter": "from canvas_tui.tui.terminal.safe_app import SafeApp\nSafeApp.get_line_filters = lambda self: []\n",
}
_START = (
    "import os\nfrom canvas_tui.tui.terminal.environment import scrub\nscrub(os.environ)\n"
    "{weaker}import sys\nfrom canvas_tui.__main__ import main\nsys.exit(main())\n"
)


@dataclass
class Outcome:
    texts: int = 0
    shown: set[str] = field(default_factory=set)  # tags of texts that were on a screen
    foreign: list[bytes] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)  # anything else that should not be


def run(which: int, size: tuple[int, int], *weaker: str, clicks: bool = True, walk: Walk = WALK) -> Outcome:
    """Walk through one workspace at one size, with the app weakened in the ways named (none: as it is)."""
    top = Path(tempfile.mkdtemp(prefix="canvas-tui-hostile-"))
    outcome = Outcome()
    try:
        (top / "here").mkdir()
        outcome.texts = texts.make(top / "here" / "evil", which)
        before = bytes_of(top / "here")
        command = COMMAND
        if weaker:
            command = (sys.executable, "-c", _START.format(weaker="".join(_WEAKER[name] for name in weaker)))
        with session(
            "open",
            str(top / "here" / "evil"),
            state=top / "state",
            size=size,
            command=command,
            cwd=top / "here" / "evil",
        ) as app:
            app.until(lambda: b"\x1b[?1049h" in app.raw and len(app.text.strip()) > 100)
            app.settle()
            _walk(app, walk, outcome)
            if clicks:
                _click_everywhere(app, size, outcome)
            _end(app, outcome)
        if bytes_of(top / "here") != before:
            outcome.wrong.append("a file changed that nobody edited")
        if left := {path.name for path in top.iterdir()} - {"here", "state"}:
            outcome.wrong.append(f"something wrote {sorted(left)}")
    finally:
        shutil.rmtree(top)
    return outcome


def _walk(app: PtySession, walk: Walk, outcome: Outcome) -> None:
    for keys in walk:
        if app.process.poll() is not None:
            return
        walk_on(app, keys)
        outcome.shown.update(re.findall(r"T\d{4}", app.text))


def _click_everywhere(app: PtySession, size: tuple[int, int], outcome: Outcome) -> None:
    """Press and release the button on every second line, every sixth column, of three screens."""
    for screen in (["g", "b"], ["g", "f"], ["g", "o"]):
        walk_on(app, ["esc"])
        walk_on(app, screen)
        for row in range(1, size[1] + 1, 2):
            if app.process.poll() is not None:
                return
            app.send("".join(f"\x1b[<0;{x};{row}M\x1b[<0;{x};{row}m" for x in range(2, size[0], 6)))
            app.read(0.01)
        app.settle(2)
        outcome.shown.update(re.findall(r"T\d{4}", app.text))


def _end(app: PtySession, outcome: Outcome) -> None:
    if app.process.poll() is None:
        app.signal(signal.SIGTERM)
    code = app.wait()
    raw = bytes(app.raw)
    if code != 128 + signal.SIGTERM:
        outcome.wrong.append(f"ended with {code}: {app.text[-300:]!r}")
    if left := modes_left_set(raw):
        outcome.wrong.append(f"modes left set: {sorted(left)}")
    outcome.foreign = foreign_sequences(raw)


if __name__ == "__main__":
    for number in range(texts.WORKSPACES):
        for each in SIZES:
            done = run(number, each)
            print(number, each, done.texts, len(done.shown), done.foreign[:3], done.wrong, flush=True)
