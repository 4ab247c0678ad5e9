"""The way from the command line to the screen: a workspace to open and a terminal to open it in.

The one place of the command line that reaches for the screen, and only once there is a terminal for it.
"""

from __future__ import annotations

import os
import sys

from canvas_tui.cli.exits import Failure
from canvas_tui.cli.loading import BY_PATH, root_of
from canvas_tui.tui.terminal.environment import refuse_reason


def open_screen(
    path: str | None, *, read_only: bool, ascii_only: bool = False, color: str = "auto", needs_fence: bool = False
) -> int:
    """Open the workspace at `path`; the exit code. Raises Failure where there is no workspace or no terminal.

    `needs_fence`: a read-only session is refused, with 2, where a layer that keeps it from writing is missing.
    """
    root = root_of(path, BY_PATH)
    if reason := refuse_reason(sys.stdin, sys.stdout, os.environ):
        raise Failure(reason)
    from canvas_tui.tui.launch import open_workspace

    return open_workspace(root, read_only=read_only, ascii=ascii_only, color=color, needs_fence=needs_fence)
