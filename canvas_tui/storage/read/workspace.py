"""Reads a workspace from a folder or a file on disk, and reads it again when something changed.

It decides which files belong to a workspace. Nothing here opens a file for writing. Contents of files never raise:
mistakes in them become problems in the documents.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from canvas_tui.core.copies import copies_by_ids, is_alike, is_named_after, originals_of
from canvas_tui.core.template import Template
from canvas_tui.core.unread import Unread
from canvas_tui.core.workspace import Copy, Document, Problem, Workspace
from canvas_tui.storage.read.document import parse_document
from canvas_tui.storage.read.folder import Listing, ModelFile, ReadError, list_folder
from canvas_tui.storage.read.leftovers import beside
from canvas_tui.storage.read.limits import LimitExceeded, check_size
from canvas_tui.storage.read.passed import HEADER_FILE
from canvas_tui.storage.read.safe_open import FileProblem, Snapshot, read_file, unchanged
from canvas_tui.storage.read.source import Disk
from canvas_tui.storage.read.templates import builtin_templates, read_own_templates

_MANY, _MOST = 5, 0.2  # a file that held `_MANY` elements and has less than `_MOST` of them left has shrunk


class Loaded(NamedTuple):
    """A workspace as read: where it is, and the bytes of each file by its path relative to the root."""

    workspace: Workspace
    root: Path  # a folder, or the one file
    files: Mapping[str, Snapshot]
    models: tuple[ModelFile, ...] = ()  # the files of the workspace's own templates
    model_copies: tuple[Copy, ...] = ()
    told: tuple[Problem, ...] = ()  # problems of its folders
    others: Mapping[str, Document] = {}  # files that were read and are left out

    def path_of(self, file: str) -> Path:
        """Where a document's file is."""
        return self.root / file if self.workspace.is_folder else self.root

    def is_header(self, file: str) -> bool:
        """Whether this file may hold name, vision, rules and waivers."""
        return not self.workspace.is_folder or file == HEADER_FILE


def find_root(start: Path) -> Path:
    """The workspace at `start` or the nearest folder above it that holds strategy.toml.

    A TOML file is a workspace itself, but strategy.toml stands for its folder. Raises ReadError.
    """
    if start.name == HEADER_FILE and start.is_file():
        return start.parent
    if start.suffix == ".toml" and start.is_file():
        return start
    if not os.path.lexists(start):
        raise ReadError(f"there is no {start} - check the path, or start a workspace with `canvas-tui new {start}`")
    if not start.is_dir():
        raise ReadError(f"{start} is neither a folder nor a TOML file - name a folder with strategy.toml")
    here = start.absolute()
    for folder in (here, *here.parents):
        if (folder / HEADER_FILE).is_file():
            return folder
    raise ReadError(f"there is no strategy.toml at or above {start} - start one with `canvas-tui new PATH`")


def read_workspace(path: Path) -> Loaded:
    """The workspace at `path`: a folder with strategy.toml, or a TOML file. Raises ReadError if it is neither."""
    is_folder = path.is_dir()
    if is_folder and not (path / HEADER_FILE).is_file():
        raise ReadError(f"{path} has no strategy.toml - start a workspace with `canvas-tui new {path}`")
    if not is_folder and not os.path.lexists(path):
        raise ReadError(f"there is no {path} - check the path, or start a workspace with `canvas-tui new {path}`")
    listing = _list(path, is_folder)
    templates, problems, copies = _templates(path, listing)
    name = path.absolute().name if is_folder else path.stem
    empty = Workspace((), templates, is_folder, name, (*listing.problems, *problems), listing.unread)
    return _read_all(Loaded(empty, path, {}, listing.models, copies, listing.problems), listing)[0]


def refresh(loaded: Loaded) -> tuple[Loaded, frozenset[str]]:
    """(the workspace as it is on disk now, the files that are new, gone or changed).

    Files that did not change keep their documents. A file that became empty or unreadable gives an unreadable
    document that says so; what it held before is still in the `loaded` that was given. Raises ReadError if the root is
    gone.
    """
    workspace = loaded.workspace
    if workspace.is_folder and not loaded.root.is_dir():
        raise ReadError(f"{loaded.root} is gone - bring the folder back")
    listing = _list(loaded.root, workspace.is_folder)
    if listing.models != loaded.models:
        templates, problems, copies = _templates(loaded.root, listing)
        problems = (*listing.problems, *problems)
        workspace = replace(workspace, templates=templates, problems=problems, unread_folders=listing.unread)
        documents = tuple(
            _parse(loaded, document.path, loaded.files[document.path].data, templates)
            if document.is_readable and document.path in loaded.files
            else document
            for document in workspace.documents
        )
        workspace = replace(workspace, documents=documents)
        # forget `others`: with other models they may belong to the workspace now
        loaded = loaded._replace(workspace=workspace, models=listing.models, model_copies=copies, others={})
    elif listing.problems != loaded.told:
        problems = (*listing.problems, *workspace.problems[len(loaded.told) :])
        workspace = replace(workspace, problems=problems, unread_folders=listing.unread)
        loaded = loaded._replace(workspace=workspace)
    now, changed = _read_all(loaded, listing)
    news = {problem.file for problem in set(listing.problems) ^ set(loaded.told)}
    return now._replace(told=listing.problems), changed | news


def parse_again(loaded: Loaded, file: str, data: bytes) -> Document:
    """The document in the new bytes of a file; an unreadable one if nearly all that it held is gone."""
    before = loaded.workspace.document(file)
    held = sum(1 for _ in before.elements()) if before is not None else 0
    if before is not None and not data.strip() and (held or not before.is_readable):
        what = f"the file is empty now; it held {held} elements when it was last read" if held else "the file is empty"
        problem = Problem(file, 1, what, "bring it back, as with `git checkout`, or delete the file")
        return Document(file, problems=(problem,), is_readable=False, unread=Unread())
    document = _parse(loaded, file, data, loaded.workspace.templates)
    left = sum(1 for _ in document.elements())
    if document.is_readable and held >= _MANY and left < held * _MOST:
        what = f"the file lost {held - left} of its {held} elements since it was last read"
        problem = Problem(file, 1, what, "bring them back, as with `git checkout`, if that was not meant")
        return replace(document, problems=(problem, *document.problems), is_ours=True)
    return replace(document, is_ours=True) if held and not document.is_ours else document


def _parse(loaded: Loaded, file: str, data: bytes, templates: Mapping[str, Template]) -> Document:
    return parse_document(file, data, is_header=loaded.is_header(file), templates=templates)


def _read_all(loaded: Loaded, listing: Listing) -> tuple[Loaded, frozenset[str]]:
    documents = {**loaded.others, **{document.path: document for document in loaded.workspace.documents}}
    files: dict[str, Snapshot] = {}
    read: list[Document] = []
    changed: set[str] = set()
    for file in listing.files:
        old, document = loaded.files.get(file), documents.pop(file, None)
        path = loaded.path_of(file)
        if old is None or document is None or not unchanged(path, old.fingerprint):
            before = document
            document, snapshot = _read_one(loaded, file, path, old, before)
            if document is not before:
                changed.add(file)
        else:
            snapshot = old
        read.append(document)
        if snapshot is not None:
            files[file] = snapshot
    changed.update(documents)
    workspace = loaded.workspace
    kept, copies = put_together(
        read,
        {file: each.data for file, each in files.items()},
        is_folder=workspace.is_folder,
        models=loaded.model_copies,
    )
    paths = {document.path for document in kept}
    others = {document.path: document for document in read if document.path not in paths}
    changed -= (others.keys() | loaded.others.keys()) - paths - {each.path for each in workspace.documents}
    changed |= {copy.file for copy in {*copies} ^ {*workspace.copies}}
    left_out = frozenset((*others, *listing.passed))
    if changed or not loaded.files or left_out != workspace.left_out:
        workspace = replace(workspace, documents=kept, copies=copies, left_out=left_out)
    return loaded._replace(workspace=workspace, files=files, others=others), frozenset(changed)


def put_together(
    read: Iterable[Document], files: Mapping[str, bytes], *, is_folder: bool, models: tuple[Copy, ...]
) -> tuple[tuple[Document, ...], tuple[Copy, ...]]:
    """(the documents that count, the header's first; the files that are copies of others).

    `files` are the bytes of the files that could be opened, `models` the copies among the workspace's own models.
    """
    ordered = sorted(read, key=lambda document: (is_folder and document.path != HEADER_FILE, document.path))
    if not is_folder:
        return tuple(ordered), ()
    ours = [document for document in ordered if document.is_ours]
    copies = _copies(ours, files, models)
    copied = {copy.file for copy in copies}
    return tuple(document for document in ours if document.path not in copied), copies


def _copies(documents: list[Document], files: Mapping[str, bytes], models: tuple[Copy, ...]) -> tuple[Copy, ...]:
    """The copies among the files, each with what it is a copy of, and those among the workspace's own models."""

    def is_one(copy: str, original: str) -> bool:
        return copy in files and original in files and is_alike(files[copy], files[original])

    among = originals_of(document.path for document in documents)
    found = {copy: original for copy, original, is_certain in among if is_certain or is_one(copy, original)}
    ids = {each.path: each.ids for each in documents if each.path not in found}
    for copy, original, is_certain in copies_by_ids(ids):
        if copy not in found and original not in found and (is_certain or is_one(copy, original)):
            found[copy] = original
    for each in documents:  # copies of strategy.toml share no ids with it
        is_aside = each.path not in found and is_named_after(each.path, HEADER_FILE)
        if is_aside and is_one(each.path, HEADER_FILE):
            found[each.path] = HEADER_FILE
    return (*(Copy(copy, found[copy]) for copy in sorted(found)), *models)


def _read_one(
    loaded: Loaded, file: str, path: Path, old: Snapshot | None, before: Document | None
) -> tuple[Document, Snapshot | None]:
    try:
        _check_size(path)
        snapshot = read_file(path, loaded.root)
    except FileProblem as problem:
        told = Problem(file, 0, problem.message, problem.hint)
        if before is not None and before.problems == (told,):
            return before, None
        return Document(file, problems=(told,), is_readable=False, unread=Unread()), None
    if before is not None and old is not None and old.data == snapshot.data:
        return before, snapshot
    return parse_again(loaded, file, snapshot.data), snapshot


def _check_size(path: Path) -> None:
    """Raises FileProblem for a file that is too large to be parsed, before it is read into memory."""
    with suppress(OSError):  # reported when it is opened
        try:
            check_size(os.stat(path).st_size)
        except LimitExceeded as problem:
            raise FileProblem(path, problem.message, problem.hint) from None


def _list(path: Path, is_folder: bool) -> Listing:
    return list_folder(Disk(path)) if is_folder else Listing((path.name,), problems=beside(path))


def _templates(root: Path, listing: Listing) -> tuple[Mapping[str, Template], tuple[Problem, ...], tuple[Copy, ...]]:
    if not listing.models:
        return builtin_templates(), (), ()
    return read_own_templates([name for name, _, _ in listing.models], Disk(root).read)
