"""Finds edits of this session that another program has overwritten, keeps them, and offers them back.

`own_edits` decides which edits are lost, and which were taken out on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # not needed before the first edit
    from canvas_tui.core.changes import Change
    from canvas_tui.core.commands import Command
    from canvas_tui.core.workspace import Workspace
    from canvas_tui.session.outcome import Saved
    from canvas_tui.session.own_edits import OwnEdit, OwnEdits

    OfferBack = Callable[[Command, str, str], None]  # (edit, title, reason): keeps the edit and offers it to the person

TAKEN_OUT = "was saved, and is not in the files any more"  # why an edit is offered back


class LostEdits:
    """The session's own edits, and which of them were lost. Used from one thread, as the store is."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._own: OwnEdits | None = None
        self._clock = clock
        self._untold: tuple[OwnEdit, ...] = ()
        self._ways_back: list[Command] = []  # the inverses of lost edits

    def take(self) -> Sequence[OwnEdit]:
        """The lost edits that the person was not told of yet. Each is given once."""
        lost, self._untold = self._untold, ()
        return lost

    def has_lost(self, way_back: Command) -> bool:
        """Whether the edit that `way_back` would take back is lost: then there is nothing to take back."""
        return any(way_back is each for each in self._ways_back)

    def saved(self, command: Command, title: str, outcome: Saved, offer_back: OfferBack) -> None:
        """Remember an edit that is on disk, and look whether its files have lost earlier ones."""
        from canvas_tui.session.own_edits import OwnEdit, OwnEdits

        self._own, done = self._own or OwnEdits(), outcome.applied
        if outcome.was_merged:
            files = {document.path for document in done.workspace.documents}
            self._offer(done.workspace, files, offer_back, done.changes)
        self._own.made(OwnEdit(command, done.inverse, title, done.changes, self._clock()), done.workspace)

    def look(self, workspace: Workspace, changed: Collection[str], offer_back: OfferBack) -> None:
        """Offer back the edits that these files, which changed on disk, have lost."""
        if changed:
            self._offer(workspace, changed, offer_back)

    def _offer(
        self, workspace: Workspace, changed: Collection[str], offer_back: OfferBack, beside: Collection[Change] = ()
    ) -> None:
        if self._own is None:
            return
        from canvas_tui.session.own_edits import remaining

        lost = self._own.lost(workspace, changed, self._clock(), beside)
        for edit in lost:
            offer_back(remaining(workspace, edit.command), edit.title, TAKEN_OUT)
            self._ways_back.append(edit.inverse)
        self._untold = (*self._untold, *lost)
