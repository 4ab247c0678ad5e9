"""Drafts whose element is gone: none is lost, none goes to a neighbour, and each says where it can go."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import EditError
from canvas_tui.session.drafts import Home, Shelf, form_text, gone_keys, take_over, whereabouts
from canvas_tui.session.gone_drafts import (
    Target,
    entry_of,
    put_in_form,
    shown_draft,
    target_of,
)
from canvas_tui.session.session import Session
from tests.unit.session.plan import Begin, somebody_else

SECOND = '[[problem]]\ntext = "Nobody reads reminders"\n'


def shelf_of(session: Session, *drafts: tuple[str, str, str]) -> Shelf:
    """A shelf with these drafts: key, text, what the field held."""
    shelf = Shelf()
    shelf.whereabouts = lambda key: whereabouts(session.workspace, key)
    for draft in drafts:
        shelf.keep(*draft)
    return shelf


def test_a_draft_is_gone_with_its_entry_and_back_with_it(begin: Begin, root: Path) -> None:
    session = begin()
    shelf = shelf_of(session, ("lean/problem/2:note", "My note", ""), ("late:text", "Mine", "Clients pay late"))
    assert gone_keys(session.workspace, shelf) == []
    somebody_else(root, SECOND, "")
    session.refresh()
    assert gone_keys(session.workspace, shelf) == ["lean/problem/2:note"]
    somebody_else(root, "[[channels]]", f"{SECOND}\n[[channels]]")
    session.refresh()
    assert gone_keys(session.workspace, shelf) == []


def test_at_the_start_drafts_follow_their_entries_and_those_that_were_saved_go(begin: Begin, root: Path) -> None:
    somebody_else(root, '[[problem]]\nid = "late"', '[[problem]]\ntext = "A new one above"\n\n[[problem]]\nid = "late"')
    session = begin()
    left = [
        ("lean/problem/2:text", "Nobody reads them", "Nobody reads reminders"),
        ("late:text", "Clients pay late", "Clients pay"),
        ("lean/problem:new", "Typed and not saved", ""),
        ("gone:text", "Kept all the same", "Old"),
    ]
    shelf = Shelf(left=left)
    take_over(session.workspace, shelf)
    assert sorted(shelf.keys) == ["gone:text", "lean/problem/3:text", "lean/problem:new"]
    assert shelf.base_of("lean/problem/3:text", "") == "Nobody reads reminders"


def test_at_the_start_no_draft_takes_the_place_of_another(begin: Begin) -> None:
    session = begin()
    shelf = Shelf(
        left=[("lean/problem/9:note", "One", "", "", "Nobody reads reminders"), ("lean/problem/2:note", "Two", "")]
    )
    take_over(session.workspace, shelf)
    assert dict(shelf.items()) == {"lean/problem/9:note": "One", "lean/problem/2:note": "Two"}


@pytest.mark.parametrize(
    ("home", "here", "target"),
    [
        (Home("lean/channels", "Fairs"), None, Target("lean/channels", "Channels")),
        (Home("lean/channels", "Fairs"), "late", Target("lean/channels", "Channels")),
        (Home("gone/problem", "Fairs"), "late", Target("lean/problem", "Problem, where the cursor is")),
        (Home("gone/problem", "Fairs"), "paid", None),
        (Home("gone/problem", "Fairs"), None, None),
        (Home("goal", "Grow"), "late", Target("goal", "a new goal", Kind.GOAL)),
    ],
)
def test_a_draft_goes_back_into_its_cell_or_where_the_cursor_is(
    home: Home, here: str | None, target: Target | None, begin: Begin
) -> None:
    assert target_of(begin().workspace, "away:text", home, here) == target


def test_what_a_draft_says_becomes_an_entry(begin: Begin) -> None:
    space = begin().workspace
    assert entry_of(space, "away:text", " Mine ", "Old") == {"text": "Mine"}
    assert entry_of(space, "away:note", "My note", "Old") == {"text": "Old", "note": "My note"}
    assert entry_of(space, "away:note", "My note", "") == {"text": "My note"}, "nothing is known of its entry"
    form = form_text({"id": "taken", "importance": "3"})
    assert entry_of(space, "away:fields", form, "Old") == {"text": "Old", "importance": 3}
    with pytest.raises(EditError):
        entry_of(space, "away:fields", form_text({"importance": "many"}), "Old")


def test_a_draft_of_a_goal_becomes_that_of_the_form_of_a_new_one_and_never_over_another(begin: Begin) -> None:
    shelf = shelf_of(begin(), ("paid:fields", form_text({"id": "paid", "owner": "ana"}), "{}"))
    shelf.keep("gone:text", "Other", "")
    assert put_in_form(shelf, "paid:fields", Kind.GOAL)
    assert shelf.text_of("new goal:fields") == form_text({"owner": "ana", "title": "Be paid"})
    assert shelf.text_of("paid:fields") is None
    assert not put_in_form(shelf, "gone:text", Kind.GOAL)
    assert shelf.text_of("gone:text") == "Other"


def test_the_draft_of_a_form_is_shown_a_line_a_field() -> None:
    assert shown_draft("one:text", "{}") == "{}"
    assert shown_draft("one:fields", form_text({"title": "T", "owner": "ana"})) == "title: T\nowner: ana"
