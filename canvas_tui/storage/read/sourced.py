"""A workspace as it stands in any source, read once: a revision is read as a folder is, by the same rules and limits.

Never raises for what is in a file; what is wrong is told by problems in the documents.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from canvas_tui.core.unread import Unread
from canvas_tui.core.workspace import Document, Problem, Workspace
from canvas_tui.storage.read.document import parse_document
from canvas_tui.storage.read.folder import list_folder
from canvas_tui.storage.read.passed import HEADER_FILE
from canvas_tui.storage.read.safe_open import FileProblem
from canvas_tui.storage.read.source import Source
from canvas_tui.storage.read.templates import builtin_templates, read_own_templates
from canvas_tui.storage.read.workspace import put_together


def workspace_from(source: Source, name: str) -> Workspace:
    """The workspace whose root the source is; `name` is what its folder is called. Raises ReadError."""
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
    return Workspace(documents, templates, True, name, (*listing.problems, *problems), listing.unread, copies, left_out)


def workspace_of_file(path: str, data: bytes) -> Workspace:
    """One file that is a whole workspace."""
    templates = builtin_templates()
    document = parse_document(PurePosixPath(path).name, data, is_header=True, templates=templates)
    return Workspace((document,), templates, False, PurePosixPath(path).stem)
