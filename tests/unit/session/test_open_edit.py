"""A field that somebody writes in: its draft, what others do meanwhile, and an edit that overwrites nobody unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from canvas_tui.session.drafts import Shelf, form_text
from canvas_tui.session.open_edit import FORM, OpenEdit, moved_to
from canvas_tui.session.outcome import Refused, Saved
from canvas_tui.session.session import Session
from tests.unit.session.plan import Begin, lean, somebody_else

SECOND = '[[problem]]\ntext = "Nobody reads reminders"\n'
Change = Callable[[Path], None]


def writing(session: Session, address: str, field: str = "text", shelf: Shelf | None = None) -> OpenEdit:
    item = session.workspace.get(address)
    there = {"text": item.text, "note": item.element.note}.get(field, "")
    return OpenEdit.of(Shelf() if shelf is None else shelf, item, field, there)


class TestDraft:
    """What is typed is kept, and what says nothing is not."""

    def test_what_is_typed_is_kept_under_its_element_and_field(self, begin: Begin) -> None:
        edit = writing(begin(), "late")
        assert edit.keep("Mine")
        assert edit.draft == "Mine"
        assert edit.shelf.items() == (("late:text", "Mine"),)
        edit.drop()
        assert edit.shelf.keys == ()

    @pytest.mark.parametrize("text", ["Clients pay late", " Clients pay late ", "", "  "])
    def test_a_text_that_says_nothing_else_is_no_draft(self, text: str, begin: Begin) -> None:
        edit = writing(begin(), "late")
        edit.keep("Mine")
        assert not edit.keep(text)
        assert edit.shelf.keys == ()

    def test_a_note_may_be_emptied(self, begin: Begin) -> None:
        edit = writing(begin(), "late", "note")
        assert edit.keep("")
        assert edit.draft == ""
        assert not edit.keep("12 interviews\n")

    def test_a_draft_goes_on_with_what_was_seen_when_it_was_begun(self, begin: Begin, root: Path) -> None:
        session, shelf = begin(), Shelf()
        writing(session, "late", shelf=shelf).keep("Mine")
        somebody_else(root, "Clients pay late", "Theirs")
        session.refresh()
        again = writing(session, "late", shelf=shelf)
        assert (again.base, again.was, again.draft) == ("Clients pay late", "Theirs", "Mine")
        assert again.keep("Mine and more")
        assert shelf.base_of("late:text", "") == "Clients pay late"

    def test_a_new_entry_and_a_new_goal_have_drafts_of_their_own(self) -> None:
        shelf = Shelf()
        assert OpenEdit.new(shelf, "lean/problem").keep("Typed")
        assert not OpenEdit.new(shelf, "lean/channels").keep(" ")
        OpenEdit.new(shelf, "new goal").keep_fields({"title": "Grow"})
        assert shelf.keys == ("lean/problem:new", "new goal:fields")

    def test_a_form_keeps_its_fields_with_what_each_held_when_it_was_begun(self, begin: Begin) -> None:
        session, shelf = begin(), Shelf()
        edit = writing(session, "paid", FORM, shelf)
        edit.keep_fields({"owner": "ana"}, {"owner": "", "title": "Be paid"})
        again = writing(session, "paid", FORM, shelf)
        assert (again.typed_fields, again.base_fields) == ({"owner": "ana"}, {"owner": ""})
        again.keep_fields({}, {})
        assert shelf.keys == ()


def changes_it(root: Path) -> None:
    somebody_else(root, "Clients pay late", "Theirs")


def changes_its_note(root: Path) -> None:
    somebody_else(root, "12 interviews", "20 interviews")


def removes_it(root: Path) -> None:
    somebody_else(root, '[[problem]]\nid = "late"\ntext = "Clients pay late"\nnote = "12 interviews"\n', "")


def moves_it(root: Path) -> None:
    somebody_else(root, '[[problem]]\nid = "late"', '[[solution]]\nid = "late"')


def gives_its_id_to_a_goal(root: Path) -> None:
    removes_it(root)
    somebody_else(root, 'id = "paid"', 'id = "late"', "goals.toml")


class TestMeanwhile:
    """What became of the element since the field was opened."""

    @pytest.mark.parametrize(
        ("change", "field", "is_gone", "changed"),
        [
            (changes_it, "text", False, ("text",)),
            (changes_it, "note", False, ()),
            (changes_its_note, "text", False, ()),
            (changes_its_note, "note", False, ("note",)),
            (changes_its_note, FORM, False, ("note",)),
            (changes_it, FORM, False, ()),
            (removes_it, "text", True, ()),
            (removes_it, FORM, True, ()),
            (moves_it, "text", False, ()),
            (gives_its_id_to_a_goal, "note", True, ()),
        ],
    )
    def test_of_an_element(
        self, change: Change, field: str, is_gone: bool, changed: tuple[str, ...], begin: Begin, root: Path
    ) -> None:
        session = begin()
        edit = writing(session, "late", field)
        assert edit.meanwhile(session.workspace, ["note"] if field == FORM else ())[1:] == ((), "Clients pay late")
        change(root)
        session.refresh()
        found = edit.meanwhile(session.workspace, ["note.of", "note"] if field == FORM else ())
        assert (found.is_gone, found.changed) == (is_gone, changed)

    def test_an_entry_that_is_moved_is_found_where_it_stands(self, begin: Begin, root: Path) -> None:
        session = begin()
        edit = writing(session, "late")
        moves_it(root)
        session.refresh()
        found = edit.meanwhile(session.workspace)
        assert found.now is not None
        assert edit.item is not None
        assert (found.now.cell, moved_to(edit.item, found.now)) == ("solution", True)
        assert not moved_to(found.now, found.now)

    @pytest.mark.parametrize("field", ["text", "note", FORM])
    def test_a_nameless_entry_is_never_taken_for_its_neighbour(self, field: str, begin: Begin, root: Path) -> None:
        session = begin()
        edit = writing(session, "lean/problem/2", field)
        somebody_else(root, "[[channels]]", '[[problem]]\ntext = "A third"\nnote = "Other"\n\n[[channels]]')
        removes_it(root)
        session.refresh()
        found = edit.meanwhile(session.workspace, ["note"] if field == FORM else ())
        assert found.now is not None
        assert (found.now.address, found.changed, found.text) == ("lean/problem/1", (), "Nobody reads reminders")

    def test_a_nameless_entry_that_says_something_else_is_told_with_what_stands_there(
        self, begin: Begin, root: Path
    ) -> None:
        session = begin()
        edit = writing(session, "lean/problem/2", "note")
        somebody_else(root, "Nobody reads reminders", "Theirs")
        session.refresh()
        assert edit.meanwhile(session.workspace) == (None, ("text",), "Theirs")

    def test_a_title_and_a_vision_are_texts_too(self, begin: Begin, root: Path) -> None:
        session = begin()
        goal, vision = writing(session, "paid"), writing(session, "vision")
        somebody_else(root, "Be paid", "Be paid soon", "goals.toml")
        somebody_else(root, "All is well", "All is better", "strategy.toml")
        session.refresh()
        assert goal.meanwhile(session.workspace).changed == ("text",)
        assert vision.meanwhile(session.workspace).changed == ("text",)

    def test_where_either_of_two_could_be_meant_nothing_is_said_to_be_gone(self, begin: Begin, root: Path) -> None:
        session = begin()
        edit = writing(session, "paid")
        (root / "copy.toml").write_text('[[goals]]\nid = "paid"\ntitle = "Another"\n', encoding="utf-8")
        session.refresh()
        found = edit.meanwhile(session.workspace)
        assert (found.now, found.is_gone, found.changed) == (None, False, ())

    def test_nothing_becomes_of_what_is_not_there_yet(self, begin: Begin) -> None:
        assert not OpenEdit.new(Shelf(), "lean/problem").meanwhile(begin().workspace).is_gone


class TestGoneAndBack:
    """The entry goes while somebody writes in it."""

    def test_what_is_typed_becomes_a_new_entry_of_the_cell_and_goes_back_with_the_old_one(
        self, begin: Begin, root: Path
    ) -> None:
        session = begin()
        edit = writing(session, "lean/problem/2")
        edit.keep("Mine")
        somebody_else(root, SECOND, "")
        session.refresh()
        new = edit.as_new_entry(session.workspace)
        assert new is not None
        edit.become(new, "Mine")
        assert edit.shelf.items() == (("lean/problem:new", "Mine"),)
        new.become(edit, "Mine, longer")
        assert edit.shelf.items() == (("lean/problem/2:text", "Mine, longer"),)
        assert edit.shelf.base_of(edit.key, "") == "Nobody reads reminders"

    def test_where_the_canvas_is_gone_too_the_draft_waits_for_it(self, begin: Begin, root: Path) -> None:
        session = begin()
        edit = writing(session, "late")
        edit.keep("Mine")
        (root / "lean.toml").unlink()
        session.refresh()
        assert edit.as_new_entry(session.workspace) is None
        assert edit.draft == "Mine"
        assert writing(session, "paid").as_new_entry(session.workspace) is None, "it stands in no cell"


class TestCommand:
    """What was seen goes with the edit."""

    @pytest.mark.parametrize(
        ("address", "field", "text", "written"),
        [
            ("late", "text", " Mine ", 'text = "Mine"'),
            ("lean/problem/2", "text", "Mine", 'text = "Mine"'),
            ("late", "note", "One\nTwo", "One\nTwo\n"),
            ("lean/channels/1", "note", "Mine", 'note = "Mine"'),
        ],
    )
    def test_what_is_typed_is_saved(
        self, address: str, field: str, text: str, written: str, begin: Begin, root: Path
    ) -> None:
        session = begin()
        assert isinstance(session.do(writing(session, address, field).command(text), "Changed"), Saved)
        assert written in lean(root)

    def test_an_emptied_note_is_taken_out(self, begin: Begin, root: Path) -> None:
        session = begin()
        session.do(writing(session, "late", "note").command(""), "Note changed")
        assert "note" not in lean(root)

    @pytest.mark.parametrize(
        ("address", "field", "file", "old"),
        [
            ("late", "text", "lean.toml", "Clients pay late"),
            ("lean/problem/2", "text", "lean.toml", "Nobody reads reminders"),
            ("late", "note", "lean.toml", "12 interviews"),
            ("paid", "text", "goals.toml", "Be paid"),
            ("vision", "text", "strategy.toml", "All is well."),
        ],
    )
    @pytest.mark.parametrize("is_left", [False, True], ids=["open", "left as a draft"])
    def test_somebody_elses_change_makes_a_conflict_and_is_not_overwritten(
        self, is_left: bool, address: str, field: str, file: str, old: str, begin: Begin, root: Path
    ) -> None:
        session, shelf = begin(), Shelf()
        edit = writing(session, address, field, shelf)
        edit.keep("Mine")
        somebody_else(root, old, "Theirs", file)
        if is_left:
            session = begin()
            edit = writing(session, address, field, shelf)
        before = (root / file).read_bytes()
        outcome = session.do(edit.command("Mine"), "Changed")
        assert isinstance(outcome, Refused)
        assert outcome.conflict is not None
        assert outcome.conflict.theirs == "Theirs"
        assert (root / file).read_bytes() == before


def test_a_form_s_draft_that_is_no_table_is_read_as_nothing() -> None:
    edit = OpenEdit(Shelf(left=[("paid:fields", "no table", "{")]), "paid:fields", "{")
    assert (edit.typed_fields, edit.base_fields) == ({}, {})
    assert form_text({}) == "{}"
