"""Drafts of a session: kept, found again, and dropped once their text is in the workspace."""

from __future__ import annotations

from canvas_tui.session.drafts import (
    Home,
    Shelf,
    draft_place,
    form_fields,
    form_text,
    is_gone,
    key_now,
    was_saved,
    whereabouts,
)
from tests.unit.session.test_session import workspace


class Keeper:
    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []

    def keep(self, key: str, text: str, base: str, home: str = "", about: str = "") -> None:
        self.calls.append(("keep", key, text, base, *(part for part in (home, about) if part)))

    def drop(self, key: str) -> None:
        self.calls.append(("drop", key))


def test_what_is_kept_is_kept_where_a_crash_cannot_reach_it_too() -> None:
    keeper = Keeper()
    shelf = Shelf(keeper, [("one:text", "from before", "One")])
    assert shelf.text_of("one:text") == "from before"
    shelf.keep("one:text", "now", "One")
    shelf.drop("one:text")
    assert shelf.text_of("one:text") is None
    assert keeper.calls == [("keep", "one:text", "now", "One"), ("drop", "one:text")]
    assert len(shelf) == 0


def test_a_draft_that_was_saved_just_before_the_end_is_known() -> None:
    here = workspace()
    assert was_saved(here, "one:text", "One")
    assert was_saved(here, "lean/problem:new", "Two")
    assert was_saved(here, "one:text", "  ")
    assert not was_saved(here, "one:text", "One and more")
    assert not was_saved(here, "lean/problem:new", "Three")
    assert not was_saved(here, "gone:text", "One")


def test_the_place_of_a_draft_is_said_in_words() -> None:
    here = workspace()
    assert draft_place(here, "one:text") == "on “One”"
    assert draft_place(here, "lean/problem:new") == "in Problem"
    assert draft_place(here, "new goal:fields") == "of a new goal"


def test_a_draft_finds_its_entry_where_that_stands_now() -> None:
    here = workspace()
    assert key_now(here, "lean/problem/1:text", "Two") == "lean/problem/2:text"
    assert key_now(here, "lean/problem/2:text", "Two") == "lean/problem/2:text"
    assert key_now(here, "lean/problem/2:text", "Nobody's") == "lean/problem/2:text"
    assert key_now(here, "one:text", "Other") == "one:text"


def test_a_draft_is_gone_with_its_element_and_never_taken_for_its_neighbours() -> None:
    here = workspace()
    assert not is_gone(here, "one:text", "One")
    assert is_gone(here, "gone:text", "Once")
    assert is_gone(here, "gone/problem:new")
    assert not is_gone(here, "new goal:fields")
    assert not is_gone(here, "lean/problem/2:note", "Two")
    assert is_gone(here, "lean/problem/2:note", "Another")
    assert key_now(here, "lean/problem/1:note", "", "Two") == "lean/problem/2:note"


def test_where_a_draft_was_begun_is_kept_with_it() -> None:
    here, keeper = workspace(), Keeper()
    shelf = Shelf(keeper)
    shelf.whereabouts = lambda key: whereabouts(here, key)
    shelf.keep("one:text", "now", "One")
    assert keeper.calls == [("keep", "one:text", "now", "One", "lean/problem", "One")]
    shelf.whereabouts = lambda key: Home()
    shelf.keep("one:text", "later", "One")
    assert shelf.home_of("one:text") == ("lean/problem", "One"), "its element is gone, where it was is not"


def test_the_draft_of_an_edit_goes_once_the_edit_would_outlive_the_session() -> None:
    shelf = Shelf()
    shelf.keep("one:text", "Mine", "One")
    shelf.edit_made("one:text", is_safe=True)
    assert shelf.keys == ()


def test_the_draft_of_an_edit_in_memory_stays_until_all_is_saved() -> None:
    keeper = Keeper()
    shelf = Shelf(keeper)
    shelf.keep("one:text", "Mine", "One")
    shelf.edit_made("one:text", is_safe=False)
    assert shelf.text_of("one:text") == "Mine"
    shelf.all_saved()
    assert (shelf.keys, keeper.calls[-1]) == ((), ("drop", "one:text"))


def test_a_save_drops_no_draft_that_was_begun_after_the_edit() -> None:
    shelf = Shelf()
    shelf.keep("one:text", "Mine", "One")
    shelf.edit_made("one:text", is_safe=False)
    shelf.keep("one:text", "Mine and more", "Mine")
    shelf.all_saved()
    assert shelf.text_of("one:text") == "Mine and more", "nobody saved that"
    shelf.drop("one:text")
    shelf.keep("one:text", "Later", "Mine")
    shelf.all_saved()
    assert shelf.text_of("one:text") == "Later", "the save was of another draft"


def test_the_fields_of_a_form_are_one_text_and_come_back_as_they_were() -> None:
    fields = {"title": "Be paid “soon”", "due": ""}
    assert form_fields(form_text(fields)) == fields
    assert (form_fields(""), form_fields("{"), form_fields("[1]")) == ({}, {}, {})
