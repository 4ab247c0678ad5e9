"""The question what stays where two people changed the same thing: asked at once, and again of what was kept.

Owns the way from the question to the edit and what undo does with it; the commands are `conflict`'s and core's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas_tui.core.places import Conflict, EditError
from canvas_tui.core.text import clean_input
from canvas_tui.core.versions import versions_of
from canvas_tui.session.conflict import given_up, is_over_versions, settled, wanted
from canvas_tui.session.error_text import sentence_of
from canvas_tui.session.history import Step
from canvas_tui.session.outcome import Refused, Saved
from canvas_tui.tui.account import account_name
from canvas_tui.tui.dialogs.choice import conflict_screen, settle_screen
from canvas_tui.tui.views.parts import counted

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.core.workspace import Located, Workspace
    from canvas_tui.tui.shell import Shell

_NAME = 60  # characters of a name that are written down
_TOLD = "Kept what is there now"


def ask_about(
    shell: Shell,
    conflict: Conflict,
    command: Command | None,
    *,
    draft: str = "",
    chosen: Callable[[bool], None] | None = None,
) -> None:
    """Show mine and theirs and let the person choose; the one that loses is kept at the element.

    `chosen` is told whether that settled it. The draft goes with the choice; with Esc it stays.
    """
    kept = " · your text stays as a draft" if draft else ""
    if is_over_versions(conflict):
        shell.say(f"Somebody else settles this too · look at it again{kept}", "warning")
        if chosen is not None:
            chosen(False)
        return

    def choose(choice: str | None) -> None:
        if choice is None:
            shell.say(f"Left as it is{kept}", "draft" if draft else "")
        is_settled = choice is not None and _carry_out(shell, conflict, command, choice, draft)
        if chosen is not None:
            chosen(is_settled)

    shown = Conflict(conflict.address, conflict.field, wanted(command, conflict), conflict.theirs)
    shell.ask(conflict_screen(shown, who=shell.seen_at(conflict.address)), choose)


def _carry_out(shell: Shell, conflict: Conflict, command: Command | None, choice: str, draft: str) -> bool:
    before, them = shell.session.workspace, clean_input(shell.seen_at(conflict.address)).strip()[:_NAME]
    edit = settled(before, conflict, command, choice, me=account_name(), them=them)
    if edit is None:
        shell.shelf.drop(draft)
        _give_up(shell, settled(before, conflict, command, "mine", them=them))  # with no element nothing can keep it
        return True
    title = {"mine": "Changed to yours", "theirs": _TOLD, "both": "Both are kept"}[choice]
    if _keeps_one_more(edit, before, conflict.address):
        title += {"mine": ", theirs is kept beside it", "theirs": ", yours is kept beside it"}.get(choice, "")
    outcome = shell.carry_out(edit, title, draft=draft)
    if isinstance(outcome, Refused):
        return False
    if choice == "theirs" and isinstance(outcome, Saved):
        _let_be_had_back(shell, before, conflict, command, title)
    cell = conflict.address.rpartition("/")[0]
    if before.find(conflict.address) is None and shell.shelf.text_of(f"{cell}:new") == wanted(command, conflict):
        shell.shelf.drop(f"{cell}:new")  # it was kept for a new entry, and is one now
    return True


def _keeps_one_more(edit: Command, before: Workspace, address: str) -> bool:
    try:
        after = edit.apply(before).workspace
    except (EditError, LookupError):
        return False
    was, now = before.find(address), after.find(address)
    if was is None or now is None or now.kind is not was.kind:
        return False
    return len(versions_of(now.kind, now.element.fields)) > len(versions_of(was.kind, was.element.fields))


def _give_up(shell: Shell, mine: Command | None) -> None:
    """Theirs stays, and undo puts mine there: a choice is no more final than any edit."""
    if mine is None:
        shell.say(_TOLD)
        return
    shell.session.history.did(Step(mine, _TOLD))
    shell.say(f"{_TOLD} · {shell.key_of('undo')} puts yours there")


def _let_be_had_back(shell: Shell, before: Workspace, conflict: Conflict, command: Command | None, title: str) -> None:
    """Undo puts mine there, and undo once more what was there before: as if mine had been written and given up."""
    history = shell.session.history
    mine = settled(before, conflict, command, "mine", keeps=False)
    try:
        back = given_up(shell.session.workspace, conflict, command)
        first = mine.apply(before).inverse if mine is not None else None
    except (EditError, LookupError):
        return
    if back is None or first is None:
        return
    history.forget_undo()
    history.did(Step(first, "Changed to yours"))
    history.did(Step(back, title))
    shell.say(f"{title} · {shell.key_of('undo')} puts yours there")


def settle_later(shell: Shell, item: Located) -> None:
    """Ask what stays of an element and the first version that it keeps: one edit, and one undo."""
    from canvas_tui.core.settling import choices, settle

    version = next(iter(versions_of(item.kind, item.element.fields)), None)
    if version is None:
        return
    asked = version

    def choose(choice: str | None) -> None:
        workspace = shell.session.workspace
        now = workspace.find(item.address)
        if choice is None:
            shell.say("Left as it is")
            return
        if now is None or asked not in versions_of(now.kind, now.element.fields):
            shell.say("Somebody else settled it meanwhile", "warning")
            return
        left = len(versions_of(now.kind, now.element.fields)) - 1
        stays = {"this": "this one stays", "kept": "the other one stays", "both": "both stay"}[choice]
        more = f", {counted(left, 'more', 'more')} to settle" if left else ""
        try:
            shell.edit(settle(workspace, now, asked, choice), f"Settled: {stays}{more}")
        except EditError as error:
            shell.say(sentence_of(error), "error")

    offered = choices(shell.session.workspace, item, asked)
    shell.ask(settle_screen(item, asked, offered), choose)
