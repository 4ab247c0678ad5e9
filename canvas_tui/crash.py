"""What happens to an error nobody expected: one line for the person, a report in their own folder.

Owns the crash report (0600, no local variables, nothing of what was being typed beyond the message) and the hook that
keeps tracebacks off the terminal. Imports little until something has gone wrong.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_KEPT_REPORTS = 20


def reports_folder() -> Path:
    """The user's state folder for crash reports. Not created here."""
    from canvas_tui.storage.read.state_folder import state_folder

    return state_folder() / "crashes"


def report(error: BaseException, folder: Path | None) -> str:
    """Write the report into `folder` (created 0700) and give the one line to tell. Never raises.

    Without a folder, or where it cannot be written, the line names the place in the code instead.
    """
    from canvas_tui.core.text import clean, clip

    what = clip(clean(f"{type(error).__name__}: {error}"), 120)
    path = None
    if folder is not None:
        with suppress(Exception):
            path = _written(error, folder)
    if path is None:
        return f"canvas-tui: internal error at {_place(error)}, {what} - please tell the maintainers"
    return f"canvas-tui: internal error, {what} - please send {clean(str(path))}"


def install(folder: Callable[[], Path | None]) -> None:
    """Keep every traceback off the terminal, in threads too, for what no caller caught. `folder` as for `report`."""

    def tell(error: BaseException | None) -> None:
        if isinstance(error, Exception):
            print(report(error, folder()), file=sys.stderr)  # noqa: T201 - the one line a person gets

    sys.excepthook = lambda kind, error, trace: tell(error)
    threading.excepthook = lambda details: tell(details.exc_value)


def _written(error: BaseException, folder: Path) -> Path:
    import platform
    import time
    import traceback

    from canvas_tui import __version__
    from canvas_tui.core.text import clean
    from canvas_tui.storage.write.own_folder import make_own

    make_own(folder)
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    details = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    text = f"canvas-tui {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{details}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(clean(text, multiline=True))
    for old in sorted(folder.glob("crash-*.txt"))[:-_KEPT_REPORTS]:
        old.unlink(missing_ok=True)
    return path


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
