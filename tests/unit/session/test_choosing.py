"""Two people changed one thing: what each choice makes of it, and what undo makes of the choice."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core import edits
from canvas_tui.core.commands import Command
from canvas_tui.core.places import Conflict
from canvas_tui.core.versions import Version, versions_of
from canvas_tui.core.workspace import Workspace
from canvas_tui.session.choosing import (
    LEFT_THEIRS,
    Dispute,
    first_kept,
    give_up_mine,
    let_mine_be_had_back,
    settle_kept,
)
from canvas_tui.session.conflict import settled
from canvas_tui.session.outcome import Refused, Saved
from canvas_tui.session.session import Session
from tests.refusing_disk import Disk
from tests.unit.session.plan import Begin, lean, somebody_else, texts


class TestChoices:
    """What mine, theirs and both come to."""

    def changed(self, base: Workspace) -> tuple[Workspace, Command, Conflict]:
        mine = edits.change_text(base.get("late"), "Mine")
        theirs = edits.change_text(base.get("late"), "Theirs").apply(base).workspace
        with pytest.raises(Conflict) as caught:
            mine.apply(theirs)
        return theirs, mine, caught.value

    def after(self, choice: str, base: Workspace) -> list[str]:
        theirs, mine, conflict = self.changed(base)
        command = settled(theirs, conflict, mine, choice)
        return texts(theirs if command is None else command.apply(theirs).workspace)

    def test_theirs_changes_nothing(self, begin: Begin) -> None:
        assert self.after("theirs", begin().workspace) == ["Theirs", "Nobody reads reminders"]

    def test_mine_takes_its_place(self, begin: Begin) -> None:
        assert self.after("mine", begin().workspace) == ["Mine", "Nobody reads reminders"]

    def test_both_stand_one_below_the_other(self, begin: Begin) -> None:
        assert self.after("both", begin().workspace) == ["Theirs", "Mine", "Nobody reads reminders"]

    def test_a_removal_that_met_a_change_removes_on_mine_only(self, begin: Begin) -> None:
        base = begin().workspace
        mine = edits.remove(base, base.get("late"))
        theirs = edits.change_text(base.get("late"), "Theirs").apply(base).workspace
        with pytest.raises(Conflict) as caught:
            mine.apply(theirs)
        assert settled(theirs, caught.value, mine, "both") is None
        command = settled(theirs, caught.value, mine, "mine")
        assert command is not None
        assert texts(command.apply(theirs).workspace) == ["Nobody reads reminders"]


def in_dispute(session: Session, root: Path, *, them: str = "bea") -> Dispute:
    """Bea saved her text while the person of the session typed; the session's edit was refused."""
    command = edits.change_text(session.workspace.get("late"), "Mine")
    somebody_else(root, "Clients pay late", "Theirs")
    outcome = session.do(command, "Changed")
    assert isinstance(outcome, Refused)
    assert outcome.conflict is not None
    return Dispute(outcome.conflict, command, "ana", them)


def carry_out(session: Session, dispute: Dispute, choice: str) -> tuple[Workspace, str]:
    """The workspace before the choice, and what the choice is called."""
    before = session.workspace
    chosen = dispute.chosen(before, choice)
    assert chosen.edit is not None
    session.do(chosen.edit, chosen.title)
    return before, chosen.title


def versions(session: Session) -> list[Version]:
    item = session.workspace.get("late")
    return list(versions_of(item.kind, item.element.fields))


@pytest.mark.parametrize(
    ("choice", "title", "text", "kept"),
    [
        ("mine", "Changed to yours, theirs is kept beside it", "Mine", Version("text", "Theirs", "bea")),
        ("theirs", "Kept what is there now, yours is kept beside it", "Theirs", Version("text", "Mine", "ana")),
    ],
)
def test_the_version_that_loses_is_kept_with_its_name_and_the_title_says_so(
    choice: str, title: str, text: str, kept: Version, begin: Begin, root: Path
) -> None:
    session = begin()
    assert carry_out(session, in_dispute(session, root), choice)[1] == title
    assert session.workspace.get("late").text == text
    assert [(each.field, each.other, each.who) for each in versions(session)] == [(kept.field, kept.other, kept.who)]


def test_a_name_from_outside_is_cleaned_and_cut_before_it_is_written(begin: Begin, root: Path) -> None:
    session = begin()
    carry_out(session, in_dispute(session, root, them="\x1b[31m" + "b" * 99), "mine")
    assert len(versions(session)[0].who) <= 60
    assert "\x1b" not in lean(root)


def test_both_are_two_entries_and_undo_takes_the_choice_back(begin: Begin, root: Path) -> None:
    session = begin()
    dispute = in_dispute(session, root)
    before = lean(root)
    assert carry_out(session, dispute, "both")[1] == "Both are kept"
    assert texts(session.workspace) == ["Theirs", "Mine", "Nobody reads reminders"]
    session.undo()
    assert lean(root) == before


def test_after_theirs_undo_puts_mine_there_and_once_more_what_was_there(begin: Begin, root: Path) -> None:
    session = begin()
    dispute = in_dispute(session, root)
    first = lean(root)
    before, title = carry_out(session, dispute, "theirs")
    assert let_mine_be_had_back(session, before, dispute, title)
    assert isinstance(session.undo(), Saved)
    assert session.workspace.get("late").text == "Mine"
    assert isinstance(session.undo(), Saved)
    assert lean(root) == first


def test_a_choice_that_has_to_wait_is_taken_back_as_a_whole(begin: Begin, disk: Disk, root: Path) -> None:
    session = begin()
    dispute = in_dispute(session, root)
    disk.kind = "full"
    before, title = carry_out(session, dispute, "theirs")
    assert not let_mine_be_had_back(session, before, dispute, title)
    session.undo()
    assert (session.pending, session.history.next_undo) == ((), None)


def test_where_the_element_is_gone_theirs_needs_no_edit_and_undo_writes_mine_anew(begin: Begin, root: Path) -> None:
    session = begin()
    command = edits.change_text(session.workspace.get("lean/problem/2"), "Mine")
    somebody_else(root, '[[problem]]\ntext = "Nobody reads reminders"\n', "")
    outcome = session.do(command, "Changed")
    assert isinstance(outcome, Refused)
    assert outcome.conflict is not None
    dispute = Dispute(outcome.conflict, command)
    assert dispute.mine == "Mine"
    chosen = dispute.chosen(session.workspace, "theirs")
    assert (chosen.edit, chosen.title) == (None, LEFT_THEIRS)
    assert give_up_mine(session, dispute)
    session.undo()
    assert texts(session.workspace) == ["Clients pay late", "Mine"]


def test_a_kept_version_is_settled_once(begin: Begin, root: Path) -> None:
    session = begin()
    carry_out(session, in_dispute(session, root), "mine")
    version = first_kept(session.workspace.get("late"))
    assert version is not None
    chosen = settle_kept(session.workspace, "late", version, "kept")
    assert chosen is not None
    assert chosen.edit is not None
    assert chosen.title == "Settled: the other one stays"
    session.do(chosen.edit, chosen.title)
    assert session.workspace.get("late").text == "Theirs"
    assert first_kept(session.workspace.get("late")) is None
    assert settle_kept(session.workspace, "late", version, "kept") is None, "it is settled already"
    assert settle_kept(session.workspace, "gone", version, "kept") is None
