"""What counts as somebody's own words, and what only stands where they are to come."""

from __future__ import annotations

import pytest

from canvas_tui.core.placeholder import hint_of, is_placeholder, is_undecided, says_something


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("<Who has the problem?>", "Who has the problem?"),
        (" < The first goal >\n", "The first goal"),
        ("<Über uns>", "Über uns"),
        ("<two\nlines>", "two lines"),
    ],
)
def test_a_text_wholly_in_angle_brackets_is_a_placeholder(text: str, hint: str) -> None:
    assert is_placeholder(text)
    assert hint_of(text) == hint
    assert not says_something(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "<>", "< >", "<5>", "<", "a <b>", "<a> and <b>", "<b>bold</b>", "<<no>>", "Fewer than <5 min",
        "<https://example.org/a>", "<ana@example.org>", "->", "<-",
    ],
)  # fmt: skip
def test_other_angle_brackets_are_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)
    assert hint_of(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "TBD", "tbd.", "Tbc", "TBA", "TODO", "to do", "To-do", "?", "???", " ? ", "...", "…", "xxx",
        "n/a yet", "na yet",
        "to be defined", "To be decided.", "to be confirmed with finance",
        "Still to be determined", "still open question",
        "TBD with Henk", "TBD (after the pilot)", "tbd - in June", "to be defined after the survey", "Not yet",
        "not decided yet", "not yet defined", "nothing agreed yet",
        "undecided", "What if wishlists are below 60,000? ???",
    ],
)  # fmt: skip
def test_what_only_says_that_it_is_to_be_decided_is_undecided(text: str) -> None:
    assert is_undecided(text)
    assert not says_something(text)


@pytest.mark.parametrize(
    "text",
    [
        "TBD: 19 or 29 a month", "To do lists people share", "To be defined by others feels like losing control",
        "n/a", "none yet", "Unknown", "Who decides?", "What is to be decided", "Do we need a budget?", "Todoist", "-",
        "Not decided by price. Decided by trust", "To be paid on the day", "xx", "To be announced: prices from 9 EUR",
        "Pay?", "One partner, others to be confirmed", "A plan, tbd", "The list of things that are to be decided",
    ],
)  # fmt: skip
def test_what_says_anything_else_is_decided(text: str) -> None:
    assert not is_undecided(text)
    assert says_something(text)


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_a_blank_text_says_nothing(text: str) -> None:
    assert not says_something(text)
    assert not is_undecided(text)


LONG = 300_000


@pytest.mark.parametrize("text", ["<" + "a" * LONG, "<" + "a " * LONG + ">", "<" + "@" * LONG + " a>", "? " * LONG])
def test_a_text_of_any_length_is_answered_at_once(text: str) -> None:
    assert is_placeholder(text) == text.endswith(">")
    assert not is_undecided(text)
