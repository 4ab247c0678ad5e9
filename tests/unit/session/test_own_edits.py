"""An edit that another program wrote over is told from one that was taken out on purpose; in doubt it is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from canvas_tui.core import edits
from canvas_tui.core.commands import AddEntry, Command, RemoveEntry, SetField
from canvas_tui.core.places import EditError, Ref
from canvas_tui.core.structure import RemoveElement
from canvas_tui.core.workspace import UnknownElement, Workspace
from canvas_tui.session.own_edits import AT_ONCE, REMEMBERED, OwnEdit, OwnEdits, remaining
from tests.unit.strategy_factory import canvas, entry, goal, workspace

FILE = "lean.toml"


def plan() -> Workspace:
    cells: dict[str, list[Any]] = {"problem": [entry("late"), "no id"], "solution": [entry("answer")]}
    return workspace(canvas("lean-canvas", cells, id="lean"), goals=[goal("growth"), goal("trust")])


def made(own: OwnEdits, space: Workspace, command: Command, when: float = 0.0) -> Workspace:
    applied = command.apply(space)
    own.made(OwnEdit(command, applied.inverse, type(command).__name__, applied.changes, when), applied.workspace)
    return applied.workspace


def titles(lost: tuple[OwnEdit, ...]) -> list[str]:
    return [each.title for each in lost]


def everywhere(space: Workspace) -> set[str]:
    return {document.path for document in space.documents}


KINDS: dict[str, Callable[[Workspace], Command]] = {
    "an entry added": lambda _: AddEntry("lean/problem", {"text": "new"}),
    "an entry added with an id": lambda _: AddEntry("lean/problem", {"id": "new", "text": "new"}),
    "a text changed": lambda _: SetField(Ref("late"), "text", "later", expected="late"),
    "a field set": lambda _: SetField(Ref("late"), "state", "fact", expected=None),
    "the text of an entry without an id": lambda space: edits.change_text(space.get("lean/problem/2"), "now"),
    "an entry taken out": lambda _: RemoveEntry(Ref("late")),
    "an entry moved": lambda space: edits.move(space.get("late"), "lean/solution"),
    "a link": lambda space: edits.link(space, space.get("late"), space.get("growth")),
    "a goal added": lambda space: edits.add_goal(space, "Another"),
    "a goal taken out": lambda _: RemoveElement(Ref("trust")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_version_from_before_the_edit_has_lost_it(kind: str) -> None:
    before, own = plan(), OwnEdits()
    after = made(own, before, KINDS[kind](before))
    assert titles(own.lost(after, everywhere(after), 1.0)) == [], "the control: it stands"
    assert len(own.lost(before, everywhere(before), 2.0)) == 1
    assert own.lost(before, everywhere(before), 3.0) == (), "it is told once"


def test_of_an_edit_of_two_files_the_part_that_was_lost_is_done_again() -> None:
    cells: dict[str, list[Any]] = {"problem": [entry("late", "growth")]}
    before, own = workspace(canvas("lean-canvas", cells, id="lean"), goals=[goal("growth")]), OwnEdits()
    command = edits.remove(before, before.get("growth"))
    after = made(own, before, command)
    lean = before.document(FILE)
    assert lean is not None
    written_over = after.with_document(lean)
    (lost,) = own.lost(written_over, {FILE}, 1.0)
    with pytest.raises((EditError, UnknownElement)):
        lost.command.apply(written_over)
    again = remaining(written_over, lost.command).apply(written_over).workspace
    assert again.documents == after.documents
    assert remaining(after, command) is command, "nothing of it can be done: a person has to look at all of it"


def test_what_somebody_takes_out_who_has_read_a_later_edit_is_no_loss() -> None:
    own = OwnEdits()
    one = made(own, plan(), AddEntry("lean/problem", {"id": "one", "text": "one"}))
    two = made(own, one, AddEntry("lean/problem", {"id": "two", "text": "two"}))
    without_one = RemoveEntry(Ref("one")).apply(two).workspace
    assert own.lost(without_one, {FILE}, 1.0) == ()


def test_all_edits_since_somebody_read_the_file_are_lost_however_long_ago() -> None:
    before, own = plan(), OwnEdits()
    space = before
    for number in range(3):
        space = made(own, space, AddEntry("lean/problem", {"text": f"new {number}"}), when=100.0 * number)
    assert len(own.lost(before, {FILE}, 300.0)) == 3


def test_another_text_in_the_place_of_ours_is_a_loss_at_once_and_later_a_persons_wish() -> None:
    for age, count in ((AT_ONCE - 1, 1), (AT_ONCE + 1, 0)):
        own = OwnEdits()
        after = made(own, plan(), SetField(Ref("late"), "text", "ours", expected="late"))
        theirs = SetField(Ref("late"), "text", "theirs", expected="ours").apply(after).workspace
        assert len(own.lost(theirs, {FILE}, age)) == count


def test_what_is_long_ago_is_nobodys_loss() -> None:
    before, own = plan(), OwnEdits()
    made(own, before, AddEntry("lean/problem", {"text": "new"}))
    assert own.lost(before, {FILE}, REMEMBERED + 1) == ()


def test_what_the_session_takes_back_itself_is_no_loss() -> None:
    before, own = plan(), OwnEdits()
    after = made(own, before, AddEntry("lean/problem", {"id": "new", "text": "new"}))
    undone = made(own, after, RemoveEntry(Ref("new")))
    assert own.lost(undone, {FILE}, 1.0) == ()
    assert len(own.lost(after, {FILE}, 1.0)) == 1, "but a version that brings it back has lost the undoing"


def test_a_file_that_cannot_be_read_has_lost_nothing_yet() -> None:
    before, own = plan(), OwnEdits()
    after = made(own, before, AddEntry("lean/problem", {"text": "new"}))
    document = after.document(FILE)
    assert document is not None
    unread = after.with_document(replace(document, canvas=None, is_readable=False))
    assert own.lost(unread, {FILE}, 1.0) == ()
    assert own.lost(after.without_document(FILE), {FILE}, 2.0) == (), "git takes it away before it writes anew"
    assert len(own.lost(before, {FILE}, 3.0)) == 1


def test_files_that_did_not_change_have_lost_nothing() -> None:
    before, own = plan(), OwnEdits()
    made(own, before, AddEntry("lean/problem", {"text": "new"}))
    assert own.lost(before, {"goals.toml"}, 1.0) == ()
