"""Turns a person's choice between two versions into an edit, its title, and what undo does with it.

The commands come from `conflict` and core. The screen asks the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_tui.core.places import Conflict, EditError
from canvas_tui.core.settling import settle
from canvas_tui.core.text import clean_input, counted
from canvas_tui.core.versions import Version, versions_of
from canvas_tui.session.conflict import given_up, settled, wanted
from canvas_tui.session.history import Step
from canvas_tui.session.outcome import Kept

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.core.workspace import Located, Workspace
    from canvas_tui.session.session import Session

_NAME = 60  # the most characters of a person's name that are written into a file
LEFT_THEIRS = "Kept what is there now"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The edit that carries out a choice (None: there is nothing to do), and the title that undo shows for it."""

    edit: Command | None
    title: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """An edit that met a conflict. `me` and `them` are names of people, "" if unknown. `command` is the edit, None if
    it is not known what was to be written."""

    conflict: Conflict
    command: Command | None
    me: str = ""
    them: str = ""

    @property
    def mine(self) -> Any:
        """What the person wanted to write."""
        return wanted(self.command, self.conflict)

    def chosen(self, workspace: Workspace, choice: str) -> Chosen:
        """The edit for the choice "mine", "theirs" or "both", in the workspace as it is now."""
        edit = settled(
            workspace, self.conflict, self.command, choice, me=self.me, them=clean_input(self.them).strip()[:_NAME]
        )
        title = {"mine": "Changed to yours", "theirs": LEFT_THEIRS, "both": "Both are kept"}[choice]
        if edit is not None and _keeps_one_more(edit, workspace, self.conflict.address):
            title += {"mine": ", theirs is kept beside it", "theirs": ", yours is kept beside it"}.get(choice, "")
        return Chosen(edit, title)


def give_up_mine(session: Session, dispute: Dispute) -> bool:
    """After the choice "theirs" that needs no edit: let undo put mine there. Gives whether undo can do that."""
    mine = dispute.chosen(session.workspace, "mine").edit
    if mine is not None:
        session.history.did(Step(mine, LEFT_THEIRS))
    return mine is not None


def let_mine_be_had_back(session: Session, before: Workspace, dispute: Dispute, title: str) -> bool:
    """After the choice "theirs" was carried out in the workspace `before`: let undo put mine there, and a second undo
    what was there before. False if undo can only take back the choice as a whole."""
    step = session.history.next_undo
    mine = settled(before, dispute.conflict, dispute.command, "mine", keeps=False)
    if mine is None or step is None or isinstance(step.hint, Kept):  # the edit is queued: its result is not known yet
        return False
    try:
        back = given_up(session.workspace, dispute.conflict, dispute.command)
        first = mine.apply(before).inverse
    except (EditError, LookupError):
        return False
    if back is None:
        return False
    session.history.forget_undo()
    session.history.did(Step(first, "Changed to yours"))
    session.history.did(Step(back, title))
    return True


def first_kept(item: Located) -> Version | None:
    """The first of the versions that an element keeps, or None."""
    return next(iter(versions_of(item.kind, item.element.fields)), None)


def settle_kept(workspace: Workspace, address: str, version: Version, choice: str) -> Chosen | None:
    """The edit that settles a version that an element keeps; None if somebody else settled it meanwhile.

    Raises EditError if the edits that it is made of do.
    """
    item = workspace.find(address)
    kept = versions_of(item.kind, item.element.fields) if item is not None else ()
    if item is None or version not in kept:
        return None
    stays = {"this": "this one stays", "kept": "the other one stays", "both": "both stay"}[choice]
    left = len(kept) - 1
    more = f", {counted(left, 'more', 'more')} to settle" if left else ""
    return Chosen(settle(workspace, item, version, choice), f"Settled: {stays}{more}")


def _keeps_one_more(edit: Command, before: Workspace, address: str) -> bool:
    try:
        after = edit.apply(before).workspace
    except (EditError, LookupError):
        return False
    was, now = before.find(address), after.find(address)
    if was is None or now is None or now.kind is not was.kind:
        return False
    return len(versions_of(now.kind, now.element.fields)) > len(versions_of(was.kind, was.element.fields))
