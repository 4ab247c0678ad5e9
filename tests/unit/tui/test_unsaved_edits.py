"""Unsaved edits without a screen: told, tried again, asked about, and left only with open eyes."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core import edits
from canvas_tui.tui.flows.unsaved_edits import LOCKED_SECONDS, RETRY_SECONDS, FailedEdit, UnsavedEdits
from tests.refusing_disk import Disk
from tests.unit.session.plan import Begin, lean, somebody_else
from tests.unit.tui.conftest import Stand, stand_of

NEW = edits.add_entry("lean/problem", "A third problem")


def unsaved_in(stand: Stand) -> UnsavedEdits:
    note = stand.asked.noting
    return UnsavedEdits(
        stand.shell,
        is_free=lambda: stand.is_free,
        every=stand.timer,
        changed=note("changed"),
        follow=note("follow"),
        show_draft=note("show draft"),
        leave=note("leave"),
    )


@pytest.fixture
def unsaved(stand: Stand) -> UnsavedEdits:
    return unsaved_in(stand)


@pytest.mark.parametrize(("kind", "seconds"), [("full", RETRY_SECONDS), ("busy", LOCKED_SECONDS)])
def test_as_long_as_something_is_unsaved_it_is_told_and_tried_again(
    kind: str, seconds: float, stand: Stand, unsaved: UnsavedEdits, disk: Disk, root: Path
) -> None:
    disk.kind = kind
    stand.session.do(NEW, "Added it")
    unsaved.update()
    unsaved.update()
    assert "1 edit not saved yet" in stand.shell.status.unsaved
    assert stand.running == [seconds]
    disk.kind = ""
    stand.timers[-1].call()
    assert "A third problem" in lean(root)
    assert stand.said == "Saved now: Added it"
    assert (stand.shell.status.unsaved, stand.running) == ("", [])
    assert "changed" in stand.asked.names()


def test_a_try_that_nobody_asked_for_does_not_disturb_whoever_types(
    stand: Stand, unsaved: UnsavedEdits, disk: Disk, root: Path
) -> None:
    disk.kind = "full"
    stand.session.do(NEW, "Added it")
    disk.kind, stand.is_free = "", False
    unsaved.retry_quietly()
    assert "A third problem" not in lean(root)
    stand.is_free = True
    unsaved.retry_quietly()
    assert "A third problem" in lean(root)


def test_with_all_saved_one_leaves_without_a_question(stand: Stand, unsaved: UnsavedEdits) -> None:
    unsaved.leave()
    assert stand.asked.names() == ["leave"]


@pytest.mark.parametrize(("choice", "leaves"), [("leave", True), (None, False), ("retry", False)])
def test_with_something_unsaved_one_is_asked_before_one_leaves(
    choice: str | None, leaves: bool, stand: Stand, unsaved: UnsavedEdits, disk: Disk
) -> None:
    disk.kind = "full"
    stand.session.do(NEW, "Added it")
    unsaved.leave()
    assert stand.asked.names() == ["ask"]
    stand.answer(choice)
    assert ("leave" in stand.asked.names()) is leaves


def test_a_retry_that_saves_all_on_the_way_out_leaves(stand: Stand, unsaved: UnsavedEdits, disk: Disk) -> None:
    disk.kind = "full"
    stand.session.do(NEW, "Added it")
    unsaved.leave()
    disk.kind = ""
    stand.answer("retry")
    assert stand.asked.names()[-1] == "leave"


def test_an_edit_that_was_not_even_queued_is_tried_again_as_it_was(stand: Stand, unsaved: UnsavedEdits) -> None:
    unsaved.failed = FailedEdit(NEW, "Added it", "lean/problem:new")
    assert unsaved.deeds["retry-save"].can()
    unsaved.save_again()
    assert stand.asked.calls == [("edit", NEW, "Added it", "lean/problem:new")]


def test_with_all_saved_the_key_shows_a_draft(stand: Stand, unsaved: UnsavedEdits) -> None:
    deed = unsaved.deeds["retry-save"]
    assert deed.label is not None
    assert not deed.can()
    stand.shell.shelf.keep("late:text", "Later", "Clients pay late")
    assert (deed.can(), deed.label()) == (True, "draft")
    unsaved.save_again()
    assert stand.asked.names() == ["show draft"]


def test_what_is_on_disk_is_told_with_its_time_and_drafts_kept_for_it_go(stand: Stand, unsaved: UnsavedEdits) -> None:
    shelf = stand.shell.shelf
    shelf.keep("late:text", "Later", "Clients pay late")
    shelf.edit_made("late:text", is_safe=False)
    assert len(shelf) == 1
    unsaved.saved(is_confirmed=False)
    assert len(shelf) == 0
    assert stand.shell.status.right == "saved, not confirmed by the disk"


def left_by_another(begin: Begin, disk: Disk) -> Stand:
    """A session that finds what an earlier one could not save."""
    disk.kind = "full"
    first = begin()
    first.do(NEW, "Added it")
    first.close()
    disk.kind = ""
    session = begin()
    session.prepare()
    assert len(session.offered) == 1
    return stand_of(session)


def test_what_an_earlier_session_left_is_offered_and_saved_when_wanted(begin: Begin, disk: Disk, root: Path) -> None:
    stand = left_by_another(begin, disk)
    unsaved_in(stand).offer_left()
    assert "A third problem" not in lean(root)
    stand.answer("save")
    assert "A third problem" in lean(root)


def test_it_is_dropped_only_after_a_second_question(begin: Begin, disk: Disk, root: Path) -> None:
    stand = left_by_another(begin, disk)
    unsaved_in(stand).offer_left()
    stand.answer("drop")
    stand.answer(None)
    assert len(stand.session.offered) == 1, "Esc there offers it again"
    stand.answer("drop")
    stand.answer("drop")
    assert stand.session.offered == ()
    assert stand.said == "Dropped 1 edit"
    assert "A third problem" not in lean(root)


def test_looked_at_later_it_stays_and_the_key_to_it_is_told(begin: Begin, disk: Disk) -> None:
    stand = left_by_another(begin, disk)
    unsaved_in(stand).offer_left()
    stand.answer(None)
    assert len(stand.session.offered) == 1
    assert stand.said == "1 edit from before is kept, not saved · R shows it"


def test_a_queued_edit_that_met_anothers_is_asked_about_after_a_look_at_the_files(
    stand: Stand, disk: Disk, root: Path
) -> None:
    unsaved = unsaved_in(stand)
    disk.kind = "full"
    late = stand.session.workspace.get("late")
    stand.session.do(edits.change_text(late, "Clients pay later"), "Changed it")
    somebody_else(root, "Clients pay late", "Clients never pay")
    disk.kind = ""
    unsaved.save_again()
    assert stand.asked.names()[-2:] == ["follow", "ask"]
    stand.answer(None)
    assert len(stand.session.pending) == 1, "Esc leaves it queued"
