"""Two people changed the same thing: ask which version stays, at once, or later if both were kept.

Owns the questions and what is said after them. `session.choosing` works out what a choice leads to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas_tui.core.places import Conflict, EditError
from canvas_tui.core.settling import choices
from canvas_tui.session.choosing import (
    LEFT_THEIRS,
    Dispute,
    first_kept,
    give_up_mine,
    let_mine_be_had_back,
    settle_kept,
)
from canvas_tui.session.conflict import is_over_versions
from canvas_tui.session.error_text import sentence_of
from canvas_tui.tui.account import account_name
from canvas_tui.tui.dialogs.choice import conflict_screen, settle_screen

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.core.workspace import Located
    from canvas_tui.tui.shell import Shell


def ask_about(
    shell: Shell,
    conflict: Conflict,
    command: Command | None,
    *,
    follow: Callable[[], object],
    draft: str = "",
    chosen: Callable[[bool], None] | None = None,
) -> None:
    """Show mine and theirs and let the person choose; the one that loses is kept at the element.

    `follow` looks at the files first, so that all is shown as it is now. `chosen` is told whether the choice settled
    it. The draft goes with the choice; with Esc it stays.
    """
    follow()
    kept = " · your text stays as a draft" if draft else ""
    if is_over_versions(conflict):
        shell.say(f"Somebody else settles this too · look at it again{kept}", "warning")
        if chosen is not None:
            chosen(False)
        return
    dispute = Dispute(conflict, command, account_name(), shell.seen_at(conflict.address))

    def choose(choice: str | None) -> None:
        if choice is None:
            shell.say(f"Left as it is{kept}", "draft" if draft else "")
        is_settled = choice is not None and _carry_out(shell, dispute, choice, draft)
        if chosen is not None:
            chosen(is_settled)

    shown = Conflict(conflict.address, conflict.field, dispute.mine, conflict.theirs)
    shell.ask(conflict_screen(shown, who=dispute.them), choose)


def _carry_out(shell: Shell, dispute: Dispute, choice: str, draft: str) -> bool:
    session, before, address = shell.session, shell.session.workspace, dispute.conflict.address
    chosen, puts_back = dispute.chosen(before, choice), f" · {shell.key_of('undo')} puts yours there"
    if chosen.edit is None:
        shell.shelf.drop(draft)
        shell.say(LEFT_THEIRS + (puts_back if give_up_mine(session, dispute) else ""))
        return True
    if shell.edit(chosen.edit, chosen.title, draft=draft) is None:
        return False
    if choice == "theirs" and let_mine_be_had_back(session, before, dispute, chosen.title):
        shell.say(chosen.title + puts_back)
    cell = address.rpartition("/")[0]
    if before.find(address) is None and shell.shelf.text_of(f"{cell}:new") == dispute.mine:
        shell.shelf.drop(f"{cell}:new")  # the text was a draft of a new entry, which exists now
    return True


def settle_later(shell: Shell, item: Located) -> None:
    """Ask what stays of an element and the first version that it keeps: one edit, and one undo."""
    if (version := first_kept(item)) is None:
        return

    def choose(choice: str | None) -> None:
        if choice is None:
            shell.say("Left as it is")
            return
        try:
            chosen = settle_kept(shell.session.workspace, item.address, version, choice)
        except EditError as error:
            shell.say(sentence_of(error), "error")
            return
        if chosen is None or chosen.edit is None:
            shell.say("Somebody else settled it meanwhile", "warning")
        else:
            shell.edit(chosen.edit, chosen.title)

    offered = choices(shell.session.workspace, item, version)
    shell.ask(settle_screen(item, version, offered), choose)
