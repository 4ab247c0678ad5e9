"""Drafts of earlier sessions without a screen: told, opened again, and where their element is gone put elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core.commands import AddEntry
from canvas_tui.tui.flows.draft_recovery import DraftRecovery
from canvas_tui.tui.input.actions import BOARD, TREE
from canvas_tui.tui.navigator import Visit
from tests.unit.session.plan import somebody_else
from tests.unit.tui.conftest import Stand

ENTRY = '[[problem]]\nid = "late"\ntext = "Clients pay late"\nnote = "12 interviews"\n\n'


class Person:
    """Somebody who is on a screen, and the recovery of their drafts."""

    def __init__(self, stand: Stand) -> None:
        self.at: Visit | None = Visit(TREE, "paid")
        self.stand, self.shelf = stand, stand.shell.shelf
        self.drafts = DraftRecovery(stand.shell, visit=lambda: self.at, is_free=lambda: stand.is_free)

    def loses_an_element(self, root: Path) -> None:
        """A draft is begun, and somebody else deletes its element."""
        self.shelf.keep("late:text", "Clients pay later", "Clients pay late")
        somebody_else(root, ENTRY, "")
        self.stand.session.refresh()


@pytest.fixture
def person(stand: Stand) -> Person:
    return Person(stand)


def test_a_draft_from_before_is_told_with_the_key_that_leads_to_it(person: Person) -> None:
    person.shelf.keep("late:text", "Clients pay later", "Clients pay late")
    person.drafts.tell()
    assert person.stand.said == "A draft from before is kept on “Clients pay late” · R to go on"
    person.at = Visit(BOARD, "late")
    person.stand.shell.status.say("")
    person.drafts.tell()
    assert person.stand.said.endswith("· enter to go on"), "where its field is at hand"


def test_a_draft_that_was_saved_after_all_is_dropped_and_not_told(person: Person) -> None:
    person.shelf.keep("late:text", "Clients pay late", "Clients pay")
    person.drafts.tell()
    assert len(person.shelf) == 0
    assert person.stand.said == ""


def test_going_on_leads_to_the_element_and_opens_its_field(person: Person) -> None:
    person.shelf.keep("late:text", "Clients pay later", "Clients pay late")
    person.at = Visit(BOARD, "late")
    person.drafts.bring_back()
    assert person.stand.asked.calls == [("goto", "late"), ("do", "edit")]


def test_that_an_element_is_gone_is_told_once_and_not_while_somebody_types(person: Person, root: Path) -> None:
    person.stand.is_free = False
    person.loses_an_element(root)
    person.drafts.tell_gone()
    assert person.stand.said == ""
    person.stand.is_free = True
    person.drafts.tell_gone()
    assert person.stand.said.startswith("Your draft is kept")
    person.stand.shell.status.say("")
    person.drafts.tell_gone()
    assert person.stand.said == ""


def test_why_an_edit_failed_names_the_draft_that_is_kept(person: Person, root: Path) -> None:
    assert person.drafts.with_draft("It failed.", "late:text") == "It failed."
    person.shelf.keep("late:text", "Clients pay later", "Clients pay late")
    assert person.drafts.with_draft("It failed.", "late:text") == "It failed. · your text is kept as a draft"
    person.loses_an_element(root)
    assert person.drafts.with_draft("It failed.", "late:text").startswith("It is gone, your text is kept")


def test_a_draft_whose_element_is_gone_is_thrown_away_or_kept(person: Person, root: Path) -> None:
    person.loses_an_element(root)
    person.drafts.bring_back()
    person.stand.answer(None)
    assert len(person.shelf) == 1
    assert person.stand.said == "Draft kept · R shows it again"
    person.stand.answer("drop")
    assert len(person.shelf) == 0
    assert person.stand.said == "Draft thrown away"


def test_it_is_put_back_as_an_entry_by_an_edit_that_takes_the_draft_along(person: Person, root: Path) -> None:
    person.at = Visit(BOARD, "lean/problem/1")
    person.loses_an_element(root)
    person.drafts.bring_back()
    person.stand.answer("put")
    [(_, command, _, draft)] = [call for call in person.stand.asked.calls if call[0] == "edit"]
    assert isinstance(command, AddEntry)
    assert (command.fields["text"], draft) == ("Clients pay later", "late:text")
    assert len(person.shelf) == 1, "it goes when the edit is on disk"
