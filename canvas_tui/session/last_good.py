"""Shows a file that cannot be read just now as it last was, so that a half-written file takes nothing off the screen.

It keeps what each file held when it could be read. Such a document still has its problems and is not readable, so that
findings and overview report it, and nothing is written to it.
"""

from __future__ import annotations

from dataclasses import replace

from canvas_tui.core.places import Conflict, EditError
from canvas_tui.core.workspace import Document, UnknownElement, Workspace


class LastGood:
    """Turns each version of a workspace into the one to show."""

    def __init__(self) -> None:
        self._good: dict[str, Document] = {}
        self._of: Workspace | None = None
        self._shown: Workspace | None = None

    def shown(self, workspace: Workspace) -> Workspace:
        """The workspace, with the last good contents of unreadable files. The same workspace gives the same object."""
        if self._of is not workspace or self._shown is None:
            self._shown = self._made(workspace)
            self._of = workspace
        return self._shown

    def explained(self, error: Conflict | UnknownElement, shown: Workspace) -> EditError | UnknownElement:
        """The error, or a clearer one if the edit failed because its file cannot be read."""
        item = shown.find(error.address)
        document = shown.document(item.file) if item is not None else None
        if document is None or document.is_readable:
            return error
        return EditError(f"nothing is written, {document.path} is unreadable now - bring it back")

    def _made(self, workspace: Workspace) -> Workspace:
        documents = []
        for document in workspace.documents:
            if document.is_readable:
                self._good[document.path] = document
            elif (good := self._good.get(document.path)) is not None:
                document = replace(good, problems=document.problems, is_readable=False)
            documents.append(document)
        gone = self._good.keys() - {document.path for document in documents}
        for path in gone:
            del self._good[path]
        if all(one is other for one, other in zip(documents, workspace.documents, strict=True)):
            return workspace
        return replace(workspace, documents=tuple(documents))


def has_content(document: Document) -> bool:
    """Whether a document is unreadable and has its last good contents."""
    return any(True for _ in document.elements())


def has_shrunk(document: Document) -> bool:
    """Whether the reader found that most of the file is gone, as if it were half written."""
    problems = document.problems if document.is_readable else ()
    return any(each.line == 1 and each.message.startswith("the file lost") for each in problems)
