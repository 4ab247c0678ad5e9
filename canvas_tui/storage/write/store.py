"""Carries out commands on the files: when `apply` returns, the edit is on disk; if it raises, nothing has changed.

The store holds the loaded workspace of a session that edits. A file that changed meanwhile is read again under its
lock, and the command is applied to its new contents. A new text is parsed and compared before it replaces the old one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from canvas_tui.core.changes import Change
from canvas_tui.core.commands import Command
from canvas_tui.core.workspace import Workspace
from canvas_tui.storage.read.safe_open import unchanged
from canvas_tui.storage.read.workspace import Loaded, refresh
from canvas_tui.storage.write.edit import Edit, NewFileExists, files_of
from canvas_tui.storage.write.errors import SaveError, half_done
from canvas_tui.storage.write.titles import title_of
from canvas_tui.storage.write.undertakings import Begun, take_back_interrupted
from canvas_tui.storage.write.undo_text import Hint, Record


@dataclass(frozen=True)
class Done:
    """An edit that is on disk.

    `inverse` with `hint` takes it back byte for byte. `made` is the address of what was made or changed. `merged`: a
    file had changed meanwhile. `durable` is False if the disk did not confirm.
    """

    workspace: Workspace
    inverse: Command
    hint: object | None
    changes: tuple[Change, ...]
    made: str
    merged: bool = False
    durable: bool = True


class Store:
    """The one writer of a session."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    @property
    def workspace(self) -> Workspace:
        """The workspace as it was last read from disk, or written."""
        return self._loaded.workspace

    @property
    def root(self) -> Path:
        """The workspace's folder, or its one file."""
        return self._loaded.root

    @property
    def loaded(self) -> Loaded:
        """The workspace with the bytes it was read from."""
        return self._loaded

    def refresh(self) -> frozenset[str]:
        """Read again what changed on disk. Gives the files that did. Raises ReadError if the root is gone."""
        self._loaded, changed = refresh(self._loaded)
        return changed

    def apply(self, command: Command, hint: object | None = None) -> Done:
        """Carry out a command, on disk before this returns.

        For an inverse, `hint` is the one that Done gave with it. Raises EditError (Conflict if somebody changed the
        same), UnknownElement, SaveError or WriteMismatch; then nothing was written.
        """
        records = hint if isinstance(hint, tuple) and all(isinstance(each, Record) for each in hint) else ()
        if take_back_interrupted(self.root):  # that took back an interrupted edit, and so changed files
            self.refresh()
        edit = self._edit(command, records)
        was_stale = self._is_stale(edit) and bool(self.refresh())
        if was_stale:  # so that conflicts show before the first write
            edit = self._edit(command, records)
        try:
            return self._carry_out(edit, was_stale)
        except NewFileExists:
            self.refresh()
            return self._carry_out(self._edit(command, records), True)

    def _edit(self, command: Command, records: Hint) -> Edit:
        return Edit(self._loaded, command, records, Begun(self.root, title_of(command)))

    def _is_stale(self, edit: Edit) -> bool:
        """Whether a file that the edit touches may have changed on disk."""
        files = self._loaded.files
        return any(
            file not in files or not unchanged(self._loaded.path_of(file), files[file].fingerprint)
            for file in files_of(edit.applied.changes)
            if self.workspace.document(file) is not None
        )

    def _carry_out(self, edit: Edit, was_stale: bool) -> Done:
        try:
            for file in edit.files():
                edit.save(file)
        except BaseException as problem:
            left = edit.begun.take_back()
            if left and isinstance(problem, SaveError):
                raise half_done(problem, left) from problem
            raise
        edit.begun.end()
        self._loaded = edit.loaded
        applied = edit.applied
        return Done(
            self.workspace,
            applied.inverse,
            tuple(edit.records),
            applied.changes,
            applied.made,
            was_stale or edit.is_merged,
            edit.is_durable,
        )
