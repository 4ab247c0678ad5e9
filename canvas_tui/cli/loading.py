"""Reads a workspace for a command: finds it, and says what is wrong if there is none or files cannot be read.

Uses only the reader half of storage, so that no reading command loads what could write.
"""

from __future__ import annotations

from pathlib import Path

from canvas_tui.cli.exits import FINE, USAGE, Failure
from canvas_tui.cli.output import Output
from canvas_tui.core.told import told_path
from canvas_tui.core.twins import doubt_about, doubt_about_address, twins_of_canvas
from canvas_tui.core.workspace import Located, UnknownElement, Workspace
from canvas_tui.storage.read.folder import ReadError
from canvas_tui.storage.read.leftovers import is_about_leftovers
from canvas_tui.storage.read.workspace import Loaded, find_root, read_workspace

BY_PATH, BY_OPTION = "PATH", "-w PATH"  # how a command is told which workspace it is about


def load(path: str | None, by: str = BY_OPTION) -> Loaded:
    """The workspace at PATH, or the nearest at or above the current folder. Raises Failure where there is none."""
    root = root_of(path, by)
    try:
        return read_workspace(root)
    except ReadError as error:
        raise Failure(str(error)) from None


def root_of(path: str | None, by: str) -> Path:
    """Where the workspace is: a folder with strategy.toml, or a single file. Raises Failure where there is none."""
    start = path_from(path) if path else current_folder(by)
    try:
        return find_root(start)
    except ReadError as error:
        if path is None:
            hint = f"give {_named(by)}, or start one with `canvas-tui new PATH`"
            raise Failure(f"there is no workspace at or above this folder - {hint}") from None
        raise Failure(str(error)) from None


def path_from(word: str) -> Path:
    """The path a person means, ~ included. Raises Failure for the home of nobody."""
    try:
        return Path(word).expanduser()
    except RuntimeError:
        raise Failure(f"{word} names a home folder that is not known - write the whole path") from None


def find(workspace: Workspace, address: str) -> Located:
    """The element at this address. Raises Failure with the closest address there is."""
    try:
        return workspace.get(address)
    except UnknownElement as error:
        raise Failure(str(error)) from None


def refuse_twin(workspace: Workspace, item: Located) -> Failure:
    """The Failure for a trace of an element whose address links take for another element."""
    doubt = doubt_about(workspace, item)
    what = f"{doubt.why} - {doubt.cure} first" if doubt else f"two have the id '{item.address}' - give one another"
    return Failure(what)


def tell_doubt(workspace: Workspace, address: str, item: Located, out: Output) -> None:
    """Say on stderr if the address means another element too, and which of them is shown."""
    doubt = doubt_about_address(workspace, address, item)
    if doubt is None:
        return
    others = (
        [each for each in twins_of_canvas(workspace, item.canvas.id) if each.path != item.file] if item.canvas else ()
    )
    see = f"`canvas-tui show {told_path(others[0].path)}` shows the other" if others else doubt.cure
    out.complain(f"{doubt.why} - this is the one in {item.file}; {see}")


def tell_problems(workspace: Workspace, out: Output) -> int:
    """Say on stderr what could not be read. Gives the exit code USAGE if there is anything, else FINE."""
    unread = [document for document in workspace.documents if not document.is_readable]
    problems = [*workspace.problems, *(problem for document in unread for problem in document.problems)]
    for words in dict.fromkeys(str(problem) for problem in problems):
        out.complain(words)
    return USAGE if any(not is_about_leftovers(problem) for problem in problems) else FINE


def _named(by: str) -> str:
    return "a PATH" if by == BY_PATH else by


def current_folder(by: str) -> Path:
    """The folder the command runs in. Raises Failure where it is gone; `by` says how another one is named."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise Failure(f"the current folder is gone - go to another one, or give {_named(by)}") from None
