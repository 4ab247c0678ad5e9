"""Which two versions `diff` compares: revisions, what is on disk, or two folders or files of any kind.

If a word could mean a revision or a path, that is an error: it never guesses.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from canvas_tui.cli.exits import Failure
from canvas_tui.cli.loading import BY_OPTION, current_folder, load, path_from, root_of
from canvas_tui.cli.revisions import is_revision, load_at, load_if_any, meant_by
from canvas_tui.core.workspace import Workspace
from canvas_tui.storage.read.sourced import Sourced

ON_DISK = "the working tree"


class Side(NamedTuple):
    """One of the two versions: what it is called, what it holds, and the bytes of its files."""

    label: str
    workspace: Workspace
    files: Mapping[str, bytes]


class Sides(NamedTuple):
    """The two versions. `notes` are sentences about what could not be found as it was asked for."""

    before: Side
    after: Side
    notes: tuple[str, ...] = ()


def sides_of(words: Sequence[str], workspace: str | None) -> Sides:
    """The two versions that `diff [A] [B]` means, `workspace` being what -w names. Raises Failure."""
    is_range = len(words) == 1 and ".." in words[0] and not words[0].endswith("...")  # `A...` is against the disk
    if is_range and not _is_path(words[0], workspace):
        return _of_range(words[0], workspace)
    words = list(words)
    paths = [word for word in words if _is_path(word, workspace)]
    if len(words) == 2 and len(paths) == 2:
        return Sides(_on_disk(words[0], words[0]), _on_disk(words[1], words[1]))
    if paths and len(words) == 1:
        if workspace is not None:
            raise Failure(f"{words[0]} and {workspace} are both workspaces - name two, or one and a revision")
        words, workspace = [], words[0]
    elif paths:
        raise Failure(f"{paths[0]} is on disk and the other is a revision - name the workspace with -w {paths[0]}")
    if len(words) == 2:
        return _of_revisions(words[0], words[1], workspace)
    revision = words[0] if words else "HEAD"
    after = _on_disk(workspace, ON_DISK)
    root = root_of(workspace, BY_OPTION)
    return _sides(revision, load_if_any(root, meant_by(root, revision)), after, after.workspace)


def _of_range(word: str, workspace: str | None) -> Sides:
    """`A..B`, and `A...B`: from where the two parted to B. What is left out is HEAD."""
    dots = "..." if "..." in word else ".."
    one, _, other = word.partition(dots)
    one, other = one or "HEAD", other or "HEAD"
    if dots == "..":
        return _of_revisions(one, other, workspace)
    return _of_revisions(meant_by(_start(workspace), f"{one}...", other), other, workspace, f"{one}...{other}")


def _of_revisions(one: str, other: str, workspace: str | None, label: str = "") -> Sides:
    after = load_at(workspace, other, BY_OPTION)
    try:
        root = root_of(workspace, BY_OPTION)
    except Failure:  # a bare repository, or a workspace that is no longer on disk
        before: Sourced | None = load_at(workspace, one, BY_OPTION)
    else:
        before = load_if_any(root, one)
    return _sides(label or one, before, Side(other, after.workspace, after.files), after.workspace)


def _sides(revision: str, before: Sourced | None, after: Side, like: Workspace) -> Sides:
    if before is not None:
        return Sides(Side(revision, before.workspace, before.files), after)
    note = f"there is no workspace here in {revision}, so everything is new"
    hint = f"if it was in another folder then, compare with {revision}:FOLDER"
    nothing = Workspace(templates=like.templates, is_folder=True)
    return Sides(Side(revision, nothing, {}), after, (f"{note} - {hint}",))


def _on_disk(path: str | None, label: str) -> Side:
    loaded = load(path, BY_OPTION)
    return Side(label, loaded.workspace, {name: each.data for name, each in loaded.files.items()})


def _is_path(word: str, workspace: str | None) -> bool:
    """Whether a word names a folder or a file. Raises Failure where it names a revision too."""
    if word in (".", "..") or word.startswith(("./", "../", "~", os.sep)):
        return True
    if not os.path.lexists(word):
        return False
    if word.endswith((".toml", os.sep)):
        return True
    if is_revision(_start(workspace), word):
        raise Failure(f"'{word}' is a revision and a folder - write ./{word} for the folder, or -w ./{word}")
    return True


def _start(workspace: str | None) -> Path:
    return path_from(workspace) if workspace else current_folder(BY_OPTION)
