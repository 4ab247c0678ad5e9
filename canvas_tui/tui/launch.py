"""From a path to a running session: read the workspace, choose reader or writer, run the app, give the exit code.

Owns the order of imports: the environment is scrubbed before textual is imported, and the writer half of storage is
never imported where the session is read-only. The one module of tui that knows storage.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_tui.core.charset import has_only_ascii_signs
from canvas_tui.core.workspace import Workspace
from canvas_tui.tui.terminal.environment import refuse_reason, scrub

if TYPE_CHECKING:
    from canvas_tui.session.saving import Saving
    from canvas_tui.session.session import Session
    from canvas_tui.storage.read.workspace import Loaded
    from canvas_tui.tui.app import CanvasApp
    from canvas_tui.tui.sandbox.fence import Fence

_UNREADABLE = 2


def open_workspace(
    path: Path,
    *,
    read_only: bool,
    ascii: bool = False,  # noqa: A002
    color: str = "auto",
    needs_fence: bool = False,
) -> int:
    """Show the workspace at `path` until the person leaves; the exit code.

    `color` is "auto", "always" or "never". A read-only session takes away this process's right to
    write, for good. The exit code is 2, after a sentence on stderr, where there is no terminal, where nothing can be
    read, or where a read-only session `needs_fence` and a layer of the fence is missing.
    """
    gc.disable()  # until the first paint: collecting took a tenth of the start, and found nothing to free
    scrub(os.environ)
    if reason := refuse_reason(sys.stdin, sys.stdout, os.environ):
        return _refused(reason)
    fence = _fence() if read_only else None  # before anything of the workspace is read, and any thread is started
    if needs_fence and fence is not None and fence.told:
        return _refused(f"{fence.told} - use a machine that has it, or leave --require-sandbox out")
    from canvas_tui.storage.read.folder import ReadError
    from canvas_tui.storage.read.workspace import read_workspace

    try:
        loaded = read_workspace(path)
    except ReadError as error:
        return _refused(str(error))
    from canvas_tui.tui.config import config_path, read_config

    options = {
        "config": read_config(config_path(os.environ)),
        "is_ascii": ascii or not _speaks_unicode(),
        "environ": _coloured(color),
        "today": date.today(),
    }
    return _view(loaded, options, fence) if fence is not None else _edit(loaded, options)


def _fence() -> Fence:
    from canvas_tui.tui.sandbox.fence import put_up

    return put_up()


def _view(loaded: Loaded, options: dict[str, object], fence: Fence) -> int:
    """A read-only session: no writer, no drafts, no crash reports."""
    from canvas_tui.session.session import Session
    from canvas_tui.storage.read.workspace import refresh

    held = [loaded]

    def follow() -> tuple[Workspace, frozenset[str]]:
        held[0], changed = refresh(held[0])
        return held[0].workspace, changed

    session = Session(loaded.workspace, _today(options), follow=follow)
    return _run(session, loaded, options, fence=fence)


def _edit(loaded: Loaded, options: dict[str, object]) -> int:
    from canvas_tui.crash import reports_folder
    from canvas_tui.session.drafts import Shelf
    from canvas_tui.session.session import Session
    from canvas_tui.storage.write.drafts import Drafts, drafts_folder
    from canvas_tui.storage.write.presence.left import Left, left_folder

    drafts = Drafts(drafts_folder(), loaded.root)
    shelf = Shelf(drafts, [(each.key, each.text, each.base, each.home, each.about) for each in drafts.pending()])
    session = Session(loaded.workspace, _today(options), lambda: _saving(loaded))
    left = Left(left_folder(), loaded.root)
    session.left_canvas = left.canvas
    options |= {"shelf": shelf}

    def keep() -> None:
        drafts.flush_now()
        left.keep(session.left_canvas)

    try:
        code = _run(session, loaded, options, session.prepare, keep=keep, reports=reports_folder())
        _tell_unsaved(session)
        return code
    finally:
        drafts.close()
        session.close()
        left.keep_at_end(session.left_canvas)


def _saving(loaded: Loaded) -> Saving:
    """What carries out edits, with the journal; loaded when the first screen is painted."""
    from canvas_tui.session.saving import Saving
    from canvas_tui.storage.write.queue.journal import Journal, journal_folder
    from canvas_tui.storage.write.queue.pending import PendingStore
    from canvas_tui.storage.write.store import Store

    return Saving(PendingStore(Store(loaded), Journal(journal_folder(), loaded.root)))


def _tell_unsaved(session: Session) -> None:
    """The screen is gone: say in the shell that something is not in the files yet."""
    if count := len(session.pending):
        from canvas_tui.session.unsaved_text import ended_text

        sys.stderr.write(f"canvas-tui: {ended_text(count, is_safe=session.is_safe)}\n")


def _run(
    session: Session, loaded: Loaded, options: dict[str, object], prepare: Callable[[], object] | None = None, *,
    keep: Callable[[], None] | None = None, reports: Path | None = None, fence: Fence | None = None,
) -> int:  # fmt: skip
    from canvas_tui.tui.app import CanvasApp
    from canvas_tui.tui.background import Background
    from canvas_tui.tui.terminal import exits

    options.pop("today")
    app: CanvasApp = CanvasApp(session, **options)  # type: ignore[arg-type]
    if fence is not None:
        app.status.fenced_by = fence.status
        if fence.told and not app.status.message:
            app.status.say(fence.told[:1].upper() + fence.told[1:], "warning")
    background = Background(
        loaded, app.company, later=app.call_later, follow=lambda: app.disk.follow(), prepare=prepare
    )
    app.after_first_paint = background.start
    try:
        return exits.run(app, keep=keep, reports=reports)
    finally:
        background.stop()


def _today(options: dict[str, object]) -> date:
    today = options["today"]
    assert isinstance(today, date)
    return today


def _coloured(color: str) -> dict[str, str]:
    """The environment, changed as `--color` asks."""
    environ = dict(os.environ)
    if color == "never":
        environ["NO_COLOR"] = "1"
    elif color == "always":
        environ.pop("NO_COLOR", None)
    return environ


def _speaks_unicode() -> bool:
    """Whether the terminal has the signs of the board, as far as its encoding and the locale tell."""
    return not has_only_ascii_signs(os.environ, getattr(sys.stdout, "encoding", None) or "utf-8")


def _refused(reason: str) -> int:
    sys.stderr.write(f"canvas-tui: {reason}\n")
    return _UNREADABLE
