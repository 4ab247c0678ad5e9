"""Carries out one command on disk, file by file: the text is patched, parsed again, compared, and only then written.

It handles a file that somebody changed meanwhile, and an edit of several files of which a later one fails. It keeps
nothing between edits; the store does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from canvas_tui.core.changes import CanvasRemoved, Change, EntryAdded, EntryRemoved
from canvas_tui.core.commands import Applied, Command
from canvas_tui.core.structure import is_bare
from canvas_tui.core.workspace import Document
from canvas_tui.storage.read.blocks import Scan, scan
from canvas_tui.storage.read.document import parse_document
from canvas_tui.storage.read.safe_open import Snapshot
from canvas_tui.storage.read.syntax import BOM
from canvas_tui.storage.read.workspace import Loaded, parse_again
from canvas_tui.storage.write.commit import Committed, SaveError, commit, create
from canvas_tui.storage.write.elements import Lifted
from canvas_tui.storage.write.patch import lifted, patch
from canvas_tui.storage.write.removal import remove_file
from canvas_tui.storage.write.team_folder import make_folders
from canvas_tui.storage.write.undertakings import Begun
from canvas_tui.storage.write.undo_text import Hint, Record, record
from canvas_tui.storage.write.verify import WriteMismatch, says_same

_BOM = BOM.encode()


class NewFileExists(Exception):
    """A file that was to be made exists: somebody else has just made it."""


@dataclass
class Edit:
    """One command that is being carried out, file by file. `loaded` is the workspace as it is on disk so far."""

    loaded: Loaded
    command: Command
    hints: Hint
    begun: Begun
    records: list[Record] = field(default_factory=list)
    is_merged: bool = False
    is_durable: bool = True
    _saved: list[str] = field(default_factory=list)
    _carried: dict[int, Lifted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._base = self.loaded.workspace
        self.applied = self._apply()

    def _apply(self) -> Applied:
        applied = self.command.apply(self._base)
        self._carried = self._lift_all(applied.changes)
        return applied

    def files(self) -> Iterator[str]:
        """The files to save, in the order of the changes."""
        while True:
            left = [file for file in files_of(self.applied.changes) if file not in self._saved]
            if not left:
                return
            yield left[0]

    def save(self, file: str) -> None:
        """Write one file as the command changes it; make or remove it if need be."""
        before, after = self._base.document(file), self.applied.workspace.document(file)
        if before is None:
            assert after is not None
            self._create(file, after)
        elif after is None:
            self._remove(file)
        else:
            self._commit(file)
        self._saved.append(file)

    def _commit(self, file: str) -> None:
        snapshot = self.loaded.files[file]
        made: list[Document] = []
        read: list[bytes] = [snapshot.data]

        def produce(data: bytes) -> bytes:
            if data != read[-1]:
                self._merge(file, data)
                read.append(data)
            new, document = self._new_text(file, data)
            made.append(document)
            self._will_write(file, data, new)
            return new

        path = self.loaded.path_of(file)
        done = commit(path, self.loaded.root, produce, known=snapshot.fingerprint)
        self.is_merged = self.is_merged or done.merged
        self.records.insert(0, record(file, read[-1], done.data))
        self._keep(file, made[-1], done)

    def _merge(self, file: str, data: bytes) -> None:
        """Somebody else wrote the file: apply the command to its new contents."""
        fresh = parse_again(self.loaded, file, data)
        self._base = self._base.with_document(fresh)
        self.loaded = self.loaded._replace(workspace=self.loaded.workspace.with_document(fresh))
        saved = [change for change in self.applied.changes if change.file in self._saved]
        self.applied = self._apply()
        if [change for change in self.applied.changes if change.file in self._saved] != saved:
            raise WriteMismatch(file, "it changed while the edit was written to other files")
        self.is_merged = True

    def _new_text(self, file: str, data: bytes) -> tuple[bytes, Document]:
        """The file's new bytes and their document: taken from a hint if one fits, else patched."""
        expected = self.applied.workspace.document(file)
        assert expected is not None
        for hint in self.hints:
            for old in hint.texts(data) if hint.file == file else ():
                document = self._parse(file, old)
                if says_same(document, expected, ids_may_be_implied=True):
                    return old, document
        changes = [change for change in self.applied.changes if change.file == file]
        mark = _BOM if data.startswith(_BOM) else b""
        text = data.removeprefix(_BOM).decode("utf-8")
        new = mark + _encoded(file, self._patched(file, text, changes, expected))
        document = self._parse(file, new, scan(text))
        if not says_same(document, expected):
            raise WriteMismatch(file, text=new.decode("utf-8"))
        return new, document

    def _patched(self, file: str, text: str, changes: Sequence[Change], document: Document) -> str:
        try:
            return patch(text, changes, self._cells(document), self._carried)
        except (LookupError, AssertionError) as error:
            raise WriteMismatch(file) from error
        except ValueError as error:
            raise WriteMismatch(file, str(error)) from error

    def _create(self, file: str, expected: Document) -> None:
        data, document = self._new_file(file, expected)
        path = self.loaded.path_of(file)
        make_folders(path.parent)
        self._will_write(file, None, data)
        try:
            done = create(path, self.loaded.root, data)
        except SaveError as error:
            if path.exists() and not self._saved:
                raise NewFileExists from error
            raise
        self.records.insert(0, record(file, None, data))
        self._keep(file, document, done)

    def _new_file(self, file: str, expected: Document) -> tuple[bytes, Document]:
        for hint in self.hints:
            if hint.file == file and hint.now is None and hint.before is not None:
                document = self._parse(file, hint.before)
                if says_same(document, expected, ids_may_be_implied=True):
                    return hint.before, document
        changes = [change for change in self.applied.changes if change.file == file]
        data = _encoded(file, self._patched(file, "", changes, expected))
        document = self._parse(file, data)
        if not says_same(document, expected):
            raise WriteMismatch(file, text=data.decode("utf-8"))
        return data, document

    def _remove(self, file: str) -> None:
        """Delete the file. If it holds a person's comments it stays, with nothing else in it."""
        snapshot = self.loaded.files[file]
        changes = [change for change in self.applied.changes if change.file == file]
        if not any(isinstance(change, CanvasRemoved) for change in changes):
            text = snapshot.data.removeprefix(_BOM).decode("utf-8")
            left = self._patched(file, text, changes, Document(file))
            if left.strip():
                self._base = self._base.with_document(replace(self._base_document(file)))
                bare = parse_document(file, left.encode(), is_header=False, templates=self._base.templates)
                if not is_bare(bare):
                    raise WriteMismatch(file)
                self._will_write(file, snapshot.data, left.encode())
                done = commit(
                    self.loaded.path_of(file), self.loaded.root, lambda _: left.encode(), known=snapshot.fingerprint
                )
                self.records.insert(0, record(file, snapshot.data, done.data))
                self._keep(file, bare, done)
                return
        self._will_write(file, snapshot.data, None)
        self.is_durable = remove_file(self.loaded.path_of(file), self.loaded.root, snapshot.data) and self.is_durable
        self.records.insert(0, record(file, snapshot.data, None))
        files = {name: each for name, each in self.loaded.files.items() if name != file}
        self.loaded = self.loaded._replace(workspace=self.loaded.workspace.without_document(file), files=files)

    def _will_write(self, file: str, before: bytes | None, now: bytes | None) -> None:
        self.begun.will_write(file, before, now, files_of(self.applied.changes))

    def _base_document(self, file: str) -> Document:
        document = self._base.document(file)
        assert document is not None
        return document

    def _keep(self, file: str, document: Document, done: Committed) -> None:
        self.is_durable = self.is_durable and done.durable
        files = {**self.loaded.files, file: Snapshot(done.data, done.fingerprint)}
        self.loaded = self.loaded._replace(workspace=self.loaded.workspace.with_document(document), files=files)

    def _parse(self, file: str, data: bytes, near: Scan | None = None) -> Document:
        templates = self.loaded.workspace.templates
        return parse_document(file, data, is_header=self.loaded.is_header(file), templates=templates, near=near)

    def _cells(self, document: Document) -> Sequence[str]:
        return self._base.template(document.canvas).cell_ids if document.canvas is not None else ()

    def _lift_all(self, changes: Sequence[Change]) -> dict[int, Lifted]:
        """The entries that changes move to another file, with their text in the old file, by the change's index."""
        found: dict[int, Lifted] = {}
        added = {id(change.entry) for change in changes if isinstance(change, EntryAdded)}
        for change in changes:
            if not isinstance(change, EntryRemoved) or id(change.entry) not in added:
                continue
            document, snapshot = self._base.document(change.file), self.loaded.files.get(change.file)
            if document is None or document.canvas is None or snapshot is None:
                continue
            entries = document.canvas.cell(change.cell).entries
            index = next((i for i, each in enumerate(entries) if each is change.entry), None)
            if index is not None:
                text = snapshot.data.removeprefix(_BOM).decode("utf-8")
                found[id(change.entry)] = lifted(text, change.cell, index, change.entry)
        return found


def files_of(changes: Sequence[Change]) -> list[str]:
    """The files that changes touch, in order, also those that are made or removed."""
    return list(dict.fromkeys(change.file for change in changes))


def _encoded(file: str, text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise WriteMismatch(file, "the text holds half of a character") from None
