"""What another program wrote over of this session's edits: found when files change, kept, and offered back.

What is lost, and what somebody took out on purpose, is the core's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # before the first edit nothing of this is needed
    from canvas_tui.core.changes import Change
    from canvas_tui.core.commands import Command
    from canvas_tui.core.workspace import Workspace
    from canvas_tui.session.outcome import Saved
    from canvas_tui.session.own_edits import OwnEdit, OwnEdits

    OfferBack = Callable[[Command, str, str], None]  # keeps an edit, its title and why, and offers it

TAKEN_OUT = "was saved, and is not in the files any more"  # why an edit is offered back


class LostEdits:
    """The session's own edits, and which of them were lost. Used from one thread, as the store is."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._own: OwnEdits | None = None
        self._clock = clock
        self._untold: tuple[OwnEdit, ...] = ()
        self._ways_back: list[Command] = []  # what would take back an edit that is lost

    def take(self) -> Sequence[OwnEdit]:
        """The lost ones that nobody was told of yet; each is given once."""
        lost, self._untold = self._untold, ()
        return lost

    def has_lost(self, way_back: Command) -> bool:
        """Whether the edit that this command would take back is lost: there is nothing to take back."""
        return any(way_back is each for each in self._ways_back)

    def saved(self, command: Command, title: str, outcome: Saved, offer_back: OfferBack) -> None:
        """An edit is on disk: see whether the file had lost earlier ones, and remember it."""
        from canvas_tui.session.own_edits import OwnEdit, OwnEdits

        self._own, done = self._own or OwnEdits(), outcome.applied
        if outcome.was_merged:
            files = {document.path for document in done.workspace.documents}
            self._offer(done.workspace, files, offer_back, done.changes)
        self._own.made(OwnEdit(command, done.inverse, title, done.changes, self._clock()), done.workspace)

    def look(self, workspace: Workspace, changed: Collection[str], offer_back: OfferBack) -> None:
        """These files changed on disk: what they have lost is offered back."""
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
