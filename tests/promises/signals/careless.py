"""The real app made careless: `careless.py FLAGS open PATH`, FLAGS joined by commas. The negative control of `runs`.

no-drafts: what is typed is kept nowhere. early: an edit is called saved while the file still is the old one. stock:
driver and ways out are those that Textual has by itself. deaf: SIGHUP is ignored, as under nohup.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

FLAGS = set(sys.argv[1].split(","))


def keep_no_drafts() -> None:
    from canvas_tui.storage.write.drafts import Drafts

    Drafts.keep = lambda *_: None  # type: ignore[method-assign]


def save_early() -> None:
    from canvas_tui.storage.write import edit
    from canvas_tui.storage.write.commit import commit
    from canvas_tui.storage.write.pending import PendingStore

    PendingStore.refresh = lambda self: frozenset()  # type: ignore[method-assign]  # or it would see what it did

    def early(path: Path, *arguments: Any, **options: Any) -> Any:
        before = path.read_bytes()
        done = commit(path, *arguments, **options)
        path.write_bytes(before)
        return done

    vars(edit)["commit"] = early


def end_as_textual_does() -> None:
    from textual.drivers.linux_driver import LinuxDriver

    from canvas_tui.tui.terminal import exits, safe_app

    class Stock(LinuxDriver):
        leaves_out_frame = False

    def run(app: Any, **_: Any) -> int:
        app.run()
        return app.return_code or 0

    vars(safe_app)["SafeDriver"] = Stock
    exits.run = run


if __name__ == "__main__":
    from canvas_tui.__main__ import main

    if "no-drafts" in FLAGS:
        keep_no_drafts()
    if "early" in FLAGS:
        save_early()
    if "stock" in FLAGS:
        end_as_textual_does()
    if "deaf" in FLAGS:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    sys.exit(main(sys.argv[2:]))
