"""What becomes of an edit: saved, queued or refused; and what undo makes of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core import edits
from canvas_tui.core.places import Conflict
from canvas_tui.core.workspace import UnknownElement
from canvas_tui.session.outcome import Outcome, Queued, Refused, Saved, touched
from canvas_tui.session.saving import EDIT_PATIENCE, NEXT_PATIENCE, QUIET_PATIENCE
from canvas_tui.session.session import Session, StepOutdated
from canvas_tui.storage.write import edit as edit_module
from canvas_tui.storage.write.text.verify import WriteMismatch
from tests.refusing_disk import Disk
from tests.unit.session.plan import LEAN, Begin, lean, somebody_else, texts

NEW = edits.add_entry("lean/problem", "A third problem")


def queued(outcome: Outcome | None) -> Queued:
    assert isinstance(outcome, Queued), outcome
    return outcome


def refused(outcome: Outcome | None) -> Refused:
    assert isinstance(outcome, Refused), outcome
    return outcome


def saved(outcome: Outcome | None) -> Saved:
    assert isinstance(outcome, Saved), outcome
    return outcome


def change_late(session: Session, text: str) -> Outcome:
    return session.do(edits.change_text(session.workspace.get("late"), text), f"Changed to {text}")


def test_an_edit_that_is_saved_is_in_the_file_and_undo_restores_every_byte(begin: Begin, root: Path) -> None:
    session = begin()
    outcome = saved(session.do(NEW, "Added"))
    assert "A third problem" in lean(root)
    assert (outcome.was_merged, outcome.is_confirmed) == (False, True)
    assert (session.pending, session.unsaved) == ((), frozenset())
    saved(session.undo())
    assert lean(root) == LEAN


def test_an_edit_beside_somebody_elses_is_saved_and_says_so(begin: Begin, root: Path) -> None:
    session = begin()
    somebody_else(root, "Word of mouth", "Accountants")
    assert saved(session.do(NEW, "Added")).was_merged
    assert "Accountants" in lean(root)
    assert texts(session.workspace, "channels") == ["Accountants"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("full", "the disk is full"),
        ("read-only", "you may not write there"),
        ("busy", "another program holds it"),
        ("gone", "the file is gone"),
        ("io", "the disk gave an error"),
        ("refused", "that is no regular file"),
    ],
)
def test_an_edit_that_cannot_be_saved_is_shown_queued_and_says_why(
    kind: str, reason: str, begin: Begin, disk: Disk, root: Path
) -> None:
    session = begin()
    disk.kind = kind
    outcome = queued(session.do(NEW, "Added"))
    assert (outcome.reason, session.why_unsaved, outcome.is_safe) == (reason, reason, True)
    assert texts(session.workspace)[-1] == "A third problem"
    assert outcome.applied.workspace is session.workspace
    assert session.unsaved == {outcome.applied.made}
    assert lean(root) == LEAN


def test_where_the_journal_cannot_be_written_either_the_edit_is_not_safe(
    begin: Begin, disk: Disk, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("no folder")
    session = begin()
    disk.kind = "full"
    assert not queued(session.do(NEW, "Added")).is_safe
    assert not session.is_safe
    disk.kind = ""
    assert [each.is_saved for each in session.retry()] == [True]
    assert session.is_safe


def test_undo_takes_a_queued_edit_out_of_the_journal_and_no_file_is_touched(
    begin: Begin, disk: Disk, root: Path
) -> None:
    session = begin()
    disk.kind = "full"
    session.do(NEW, "Added")
    outcome = saved(session.undo())
    assert touched(outcome.applied) == "lean/problem/2"
    assert (session.pending, texts(session.workspace)) == ((), ["Clients pay late", "Nobody reads reminders"])
    queued(session.redo())
    assert texts(session.workspace)[-1] == "A third problem"
    assert lean(root) == LEAN


def test_undo_after_a_late_save_restores_every_byte(begin: Begin, disk: Disk, root: Path) -> None:
    session = begin()
    disk.kind = "full"
    session.do(NEW, "Added")
    disk.kind = ""
    (result,) = session.retry()
    assert result.is_saved
    assert "A third problem" in lean(root)
    saved(session.undo())
    assert lean(root) == LEAN


def test_an_undo_may_have_to_wait_itself(begin: Begin, disk: Disk, root: Path) -> None:
    session = begin()
    session.do(NEW, "Added")
    disk.kind = "busy"
    queued(session.undo())
    assert texts(session.workspace) == ["Clients pay late", "Nobody reads reminders"]
    disk.kind = ""
    session.retry()
    assert "A third problem" not in lean(root)
    saved(session.redo())
    assert "A third problem" in lean(root)


def test_what_waits_and_is_given_up_is_no_step_of_the_history(begin: Begin, disk: Disk) -> None:
    session = begin()
    disk.kind = "full"
    session.do(NEW, "Added")
    session.drop(session.pending[0].id)
    assert (session.pending, session.undo()) == ((), None)


def test_what_an_earlier_session_left_is_saved_when_accepted_and_can_be_undone(
    begin: Begin, disk: Disk, root: Path
) -> None:
    first = begin()
    disk.kind = "full"
    first.do(NEW, "Added a third")
    first.close()
    disk.kind = ""
    again = begin()
    again.prepare()
    assert ([each.title for each in again.offered], again.pending) == (["Added a third"], ())
    assert [each.pending.title for each in again.offers()] == ["Added a third"]
    again.accept()
    assert [each.is_saved for each in again.retry()] == [True]
    saved(again.undo())
    assert lean(root) == LEAN


def test_an_edit_of_what_somebody_else_changed_is_refused_with_both_texts(begin: Begin, root: Path) -> None:
    session = begin()
    somebody_else(root, "Clients pay late", "Theirs")
    before = lean(root)
    outcome = refused(change_late(session, "Mine"))
    assert outcome.conflict is not None
    assert (outcome.conflict.mine, outcome.conflict.theirs) == ("Mine", "Theirs")
    assert not outcome.can_try_again
    assert (lean(root), session.history.next_undo) == (before, None)


def test_an_edit_of_an_element_that_is_gone_is_refused(begin: Begin, root: Path) -> None:
    session = begin()
    goal = session.workspace.get("paid")
    somebody_else(root, 'id = "paid"', 'id = "other"', "goals.toml")
    outcome = refused(session.do(edits.change_text(goal, "Be paid soon"), "Changed"))
    assert isinstance(outcome.problem, (Conflict, UnknownElement))
    assert session.history.next_undo is None


def test_an_edit_in_a_file_that_cannot_be_read_now_says_that_and_nothing_of_a_conflict(
    begin: Begin, root: Path
) -> None:
    session = begin()
    session.prepare()
    assert texts(session.workspace)
    (root / "lean.toml").write_text("<<<<<<< ours\n", encoding="utf-8")
    session.refresh()
    outcome = refused(change_late(session, "Mine"))
    assert outcome.conflict is None
    assert str(outcome.problem) == "nothing is written, lean.toml is unreadable now - bring it back"
    assert lean(root) == "<<<<<<< ours\n"


def test_an_undo_in_such_a_file_is_refused_and_not_forgotten(begin: Begin, root: Path) -> None:
    session = begin()
    saved(change_late(session, "Mine"))
    kept = lean(root)
    (root / "lean.toml").write_text("<<<<<<< ours\n", encoding="utf-8")
    session.refresh()
    assert "unreadable now" in str(refused(session.undo()).problem)
    (root / "lean.toml").write_text(kept, encoding="utf-8")
    session.refresh()
    saved(session.undo())
    assert lean(root) == LEAN


def test_a_step_that_somebody_changed_since_is_refused_once_and_forgotten(begin: Begin, root: Path) -> None:
    session = begin()
    saved(session.do(NEW, "Added"))
    saved(change_late(session, "Mine"))
    somebody_else(root, "Mine", "Theirs")
    outcome = refused(session.undo())
    assert isinstance(outcome.problem, StepOutdated)
    assert outcome.conflict is None, "nobody is asked what stays: undo goes on with the step before"
    saved(session.undo())
    assert "Theirs" in lean(root)
    assert "A third problem" not in lean(root)


def test_what_the_store_refuses_to_write_can_be_tried_again(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    def mismatch(*_: object, **__: object) -> None:
        raise WriteMismatch("lean.toml would say something else")

    session = begin()
    monkeypatch.setattr(edit_module, "commit", mismatch)
    outcome = refused(session.do(NEW, "Added"))
    assert outcome.can_try_again
    assert (session.pending, session.history.next_undo) == ((), None)


def test_an_edit_that_met_a_change_it_cannot_merge_with_can_be_tried_again(begin: Begin, disk: Disk) -> None:
    session = begin()
    disk.kind = "changed"
    assert refused(session.do(NEW, "Added")).can_try_again
    assert session.pending == ()


def test_an_edit_that_another_program_writes_over_is_offered_back(begin: Begin, root: Path) -> None:
    session = begin()
    saved(session.do(NEW, "Added a third"))
    (root / "lean.toml").write_text(LEAN, encoding="utf-8")
    assert session.refresh() == {"lean.toml"}
    assert [each.title for each in session.lost.take()] == ["Added a third"]
    assert [each.title for each in session.offered] == ["Added a third"]
    assert "offered back already" in str(refused(session.undo()).problem)
    session.accept()
    assert [each.is_saved for each in session.retry()] == [True]
    assert "A third problem" in lean(root)


def test_a_queued_edit_that_met_somebody_elses_waits_until_it_is_dropped(begin: Begin, disk: Disk, root: Path) -> None:
    session = begin()
    disk.kind = "busy"
    change_late(session, "Mine")
    disk.kind = ""
    somebody_else(root, "Clients pay late", "Theirs")
    (result,) = session.retry()
    assert (result.is_conflict, session.why_unsaved) == (True, "somebody changed it too")
    assert isinstance(result.problem, Conflict)
    assert len(session.pending) == 1
    session.drop(result.pending.id)
    assert texts(session.workspace)[0] == "Theirs"


def test_no_key_waits_long_for_a_file_that_another_program_holds(begin: Begin, disk: Disk) -> None:
    session = begin()
    disk.kind = "busy"
    session.do(NEW, "Added")
    session.do(edits.add_entry("lean/problem", "A fourth"), "Added")
    session.retry()
    session.retry(is_quiet=True)
    assert disk.patience[:3] == [EDIT_PATIENCE, NEXT_PATIENCE, NEXT_PATIENCE]
    assert disk.patience[-1] == QUIET_PATIENCE, "nobody asked: no key waits for it"


def test_patience_ends_with_what_it_was_for() -> None:
    from canvas_tui.storage.write.save.locking import Deadline, patience

    with patience(0.0):
        assert Deadline.after(60.0).passed
        with patience(30.0):
            assert not Deadline.after(60.0).passed
        assert Deadline.after(60.0).passed
    assert not Deadline.after(60.0).passed
