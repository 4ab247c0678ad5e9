"""What other programs do to the files: looked at, told, and shown.

Owns what is said about it. Reading is the session's; when to look is for `background` and for whoever is about to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from canvas_tui.session.error_text import sentence_of

if TYPE_CHECKING:
    from canvas_tui.tui.shell import Shell

_ROOT = "the workspace"  # the topic of messages about all of it


class DiskChanges:
    """Follows the files. `changed` is called when the workspace is another one; `tell_gone_drafts` says which drafts
    have lost their element by it."""

    def __init__(self, shell: Shell, *, changed: Callable[[], object], tell_gone_drafts: Callable[[], object]) -> None:
        self._shell, self._session, self._status = shell, shell.session, shell.status
        self._changed, self._tell_gone_drafts = changed, tell_gone_drafts
        self._is_root_gone = False

    def follow(self) -> None:
        """Look whether files changed on disk, and show what they hold now."""
        from canvas_tui.storage.read.folder import ReadError

        try:
            changed = self._session.refresh()
        except ReadError as error:
            self._is_root_gone = True
            self._status.tell(sentence_of(error), "error", topic=_ROOT)
            self._shell.repaint()
            return
        if self._is_root_gone:
            self._is_root_gone = False
            self._status.tell("The workspace is back", "good", topic=_ROOT)
            self._shell.repaint()
        if changed:
            self._tell_changed(changed)
            tell_lost(self._shell)
            self._changed()
            self._tell_gone_drafts()

    def _tell_changed(self, changed: Collection[str]) -> None:
        """What became of these files: first of all, which of them cannot be read now."""
        from canvas_tui.session.disk_text import changed_text, troubles

        self._status.outdate(changed)
        found = list(troubles(self._session.workspace, changed))
        for each in found:
            self._status.tell(each.sentence, "error", topic=each.path)
        if not found:
            self._status.tell(changed_text(changed))


def tell_lost(shell: Shell) -> None:
    """Edits that were shown as saved are gone again: another program wrote without looking. Say which."""
    lost = shell.session.lost.take()
    if not lost:
        return
    from canvas_tui.session.unsaved_text import lost_text

    shell.status.tell(lost_text([each.title for each in lost], shell.key_of("retry-save")), "error")
    shell.repaint()
