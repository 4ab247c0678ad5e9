"""Reads a workspace once from any source: a revision in git is read by the same rules and limits as a folder.

Contents of files never raise: mistakes in them become problems in the documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from canvas_tui.core.unread import Unread
from canvas_tui.core.workspace import Document, Problem, Workspace
from canvas_tui.storage.read.document import parse_document
from canvas_tui.storage.read.folder import list_folder
from canvas_tui.storage.read.passed import HEADER_FILE
from canvas_tui.storage.read.safe_open import FileProblem
from canvas_tui.storage.read.source import Source
from canvas_tui.storage.read.templates import builtin_templates, read_own_templates
from canvas_tui.storage.read.workspace import put_together


class Sourced(NamedTuple):
    """A workspace, and the bytes of its files."""

    workspace: Workspace
    files: Mapping[str, bytes]


def workspace_from(source: Source, name: str) -> Sourced:
    """The workspace whose root is `source`. `name` is what its folder is called. Raises ReadError."""
    listing = list_folder(source)
    templates, problems, models = read_own_templates([each for each, _, _ in listing.models], source.read)
    read: list[Document] = []
    files: dict[str, bytes] = {}
    for path in listing.files:
        try:
            files[path] = source.read(path)
        except FileProblem as problem:
            told = Problem(path, 0, problem.message, problem.hint)
            read.append(Document(path, problems=(told,), is_readable=False, unread=Unread()))
        else:
            read.append(parse_document(path, files[path], is_header=path == HEADER_FILE, templates=templates))
    documents, copies = put_together(read, files, is_folder=True, models=models)
    kept = {document.path for document in documents}
    left_out = frozenset((*(document.path for document in read if document.path not in kept), *listing.passed))
    problems = (*listing.problems, *problems)
    workspace = Workspace(documents, templates, True, name, problems, listing.unread, copies, left_out)
    return Sourced(workspace, files)


def workspace_of_files(files: Mapping[str, bytes], like: Workspace) -> Workspace:
    """The workspace made of these files (path -> bytes). `like` is a workspace whose name and models it has."""
    if not like.is_folder and len(files) == 1:
        return workspace_of_file(*next(iter(files.items()))).workspace
    templates = like.templates
    read = [
        parse_document(path, data, is_header=path == HEADER_FILE, templates=templates) for path, data in files.items()
    ]
    documents, copies = put_together(read, files, is_folder=True, models=())
    return Workspace(documents, templates, True, like.folder_name, like.problems, like.unread_folders, copies)


def workspace_of_file(path: str, data: bytes) -> Sourced:
    """The workspace that one file is by itself."""
    templates = builtin_templates()
    name = PurePosixPath(path).name
    document = parse_document(name, data, is_header=True, templates=templates)
    return Sourced(Workspace((document,), templates, False, PurePosixPath(path).stem), {name: data})
