"""A workspace as a revision has it, read into the same values as one on disk."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from canvas_tui.git.objects import Objects, opened
from canvas_tui.git.process import GitError
from canvas_tui.git.repository import Repository
from canvas_tui.git.tree import Tree
from canvas_tui.storage.read.limits import MAX_BYTES
from canvas_tui.storage.read.passed import HEADER_FILE
from canvas_tui.storage.read.safe_open import FileProblem
from canvas_tui.storage.read.sourced import Sourced, workspace_from, workspace_of_file


def workspace_at(path: Path, revision: str) -> Sourced:
    """The workspace at `path`, or at the nearest folder above it, as it was in the revision.

    `path` need not exist any more. A revision may name a folder or a file itself (`main:plans/strategy`). Raises
    GitError where there is none, ReadError for one beyond all measure.
    """
    found = _read(path, revision, may_go_up=True)
    if found is None:
        where = f"at or above {path}" if path.suffix != ".toml" else f"at {path}"
        hint = f"if it was in another folder then, name that one, as {revision.partition(':')[0]}:FOLDER"
        raise GitError(f"there is no workspace {where} in {revision} - {hint}")
    return found


def workspace_if_any(root: Path, revision: str) -> Sourced | None:
    """The workspace at exactly this root in the revision, or None. Raises GitError and ReadError."""
    return _read(root, revision, may_go_up=False)


def _read(path: Path, revision: str, *, may_go_up: bool) -> Sourced | None:
    path = path.absolute()
    if path.name == HEADER_FILE:
        path = path.parent
    repository = Repository.around(path)
    with opened(repository.folder) as objects:
        meant = objects.get(repository.resolve(revision))
        if meant.kind == "blob":
            name = revision.rpartition(":")[2]
            return workspace_of_file(name, objects.read(meant, MAX_BYTES))
        if meant.kind == "tree":
            tree = Tree(objects, meant.id, "", revision)
            named = PurePosixPath(revision.partition(":")[2]).name or _name_of(repository.folder)
            return workspace_from(tree, named) if tree.has(HEADER_FILE) else None
        root = objects.get(f"{meant.id}^{{tree}}").id
        if path.suffix == ".toml" and not path.is_dir():
            return _file(Tree(objects, root, repository.inside, revision), path.name)
        return _folder(objects, root, repository.inside, revision, path, may_go_up=may_go_up)


def _file(tree: Tree, name: str) -> Sourced | None:
    if not tree.has(name):
        return None
    try:
        return workspace_of_file(name, tree.read(name))
    except FileProblem as problem:
        raise GitError(f"{tree.label}:{name} {problem.message} - {problem.hint}") from None


def _folder(
    objects: Objects, root: str, inside: str, revision: str, path: Path, *, may_go_up: bool
) -> Sourced | None:  # fmt: skip
    """The workspace in a folder of the repository; `path` is where that folder is on disk."""
    while True:
        tree = Tree(objects, root, inside, f"{revision}:{inside}")
        if tree.has(HEADER_FILE):
            return workspace_from(tree, _name_of(path))
        if not inside or not may_go_up:
            return None
        inside, path = inside.rstrip("/").rpartition("/")[0], path.parent
        inside = f"{inside}/" if inside else ""


def _name_of(folder: Path) -> str:
    return folder.name.removesuffix(".git") or folder.parent.name
