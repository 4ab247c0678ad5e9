"""Reading a workspace for a command: which one, what to say when there is none, and what could not be read.

Owns the sentences for paths. Reads through storage's reader half only, so no reading command ever loads a writer.
"""

from __future__ import annotations

from pathlib import Path

from canvas_tui.cli.exits import FINE, USAGE, Failure
from canvas_tui.cli.output import Output
from canvas_tui.core.workspace import Located, UnknownElement, Workspace
from canvas_tui.storage.read import Loaded, find_root, read_workspace


def load(path: str | None) -> Loaded:
    """The workspace at PATH, or the nearest at or above the current folder. Raises Failure where there is none."""
    return read_workspace(root_of(path))


def root_of(path: str | None) -> Path:
    """Where the workspace is: a folder with strategy.toml, or a single file. Raises Failure where there is none."""
    start = Path(path).expanduser() if path else _current_folder()
    if path and not start.exists():
        what = "a link to nothing" if start.is_symlink() else "no folder or file"
        raise Failure(f"{path} is {what} - check the path, or start a workspace there with `canvas-tui new {path}`")
    root = find_root(start)
    if root is None:
        where = path or "this folder"
        raise Failure(f"there is no workspace at or above {where} - name one, or start one with `canvas-tui new PATH`")
    return root


def find(workspace: Workspace, address: str) -> Located:
    """The element at this address. Raises Failure with the closest address there is."""
    try:
        return workspace.get(address)
    except UnknownElement as error:
        raise Failure(str(error)) from None


def tell_problems(workspace: Workspace, out: Output) -> int:
    """Tell on stderr everything that could not be read; USAGE where there is anything, else FINE."""
    unread = [document for document in workspace.documents if not document.is_readable]
    for document in unread:
        for problem in document.problems:
            out.complain(str(problem))
    for problem in workspace.problems:
        out.complain(str(problem))
    return USAGE if unread or workspace.problems else FINE


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise Failure("the current folder is gone - go to another one, or give a PATH") from None
