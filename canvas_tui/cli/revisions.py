"""Reading a workspace at a revision for a command. Only commands that are asked for a revision import this, and with it
the layer that runs git.
"""

from __future__ import annotations

from pathlib import Path

from canvas_tui.cli.exits import Failure
from canvas_tui.cli.loading import current_folder, path_from
from canvas_tui.git.process import GitError
from canvas_tui.git.repository import Repository
from canvas_tui.git.revision import workspace_at, workspace_if_any
from canvas_tui.storage.read.folder import ReadError
from canvas_tui.storage.read.sourced import Sourced


def load_at(path: str | None, revision: str, by: str) -> Sourced:
    """The workspace at PATH, or the nearest at or above the current folder, in a revision. Raises Failure."""
    start = path_from(path) if path else current_folder(by)
    try:
        return workspace_at(start, revision)
    except (GitError, ReadError) as error:
        raise Failure(str(error)) from None


def meant_by(path: Path, revision: str, other: str = "HEAD") -> str:
    """The revision a person means: `main...` is where main and `other` parted. Raises Failure."""
    if not revision.endswith("..."):
        return revision
    try:
        return Repository.around(path).merge_base(revision.removesuffix("..."), other)
    except GitError as error:
        raise Failure(str(error)) from None


def load_if_any(root: Path, revision: str) -> Sourced | None:
    """The workspace at exactly this root in a revision; None where the revision has none there. Raises Failure."""
    try:
        return workspace_if_any(root, revision)
    except (GitError, ReadError) as error:
        raise Failure(str(error)) from None


def is_revision(path: Path, word: str) -> bool:
    """Whether a word means a revision in the repository around this path, if there is one."""
    try:
        Repository.around(path).resolve(word)
    except GitError:
        return False
    return True
