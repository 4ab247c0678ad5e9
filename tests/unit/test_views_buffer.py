"""The one-line field: what each key makes of the text, and what of it is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_tui.core.text import is_unsafe, width
from canvas_tui.tui.dialogs.buffer import LIMIT, Buffer
from canvas_tui.tui.paint.field import field_line
from canvas_tui.tui.paint.style import plain

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
KEYS = ["left", "right", "home", "end", "ctrl+left", "ctrl+right", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k"]


@pytest.mark.parametrize(
    ("key", "text", "cursor", "after", "at"),
    [
        ("backspace", "abc", 2, "ac", 1),
        ("delete", "abc", 1, "ac", 1),
        ("ctrl+w", "one two", 7, "one ", 4),
        ("ctrl+u", "one two", 4, "two", 0),
        ("ctrl+k", "one two", 3, "one", 3),
        ("ctrl+a", "one", 2, "one", 0),
        ("ctrl+e", "one", 0, "one", 3),
        ("ctrl+left", "one two", 6, "one two", 4),
        ("ctrl+right", "one two", 1, "one two", 4),
        ("backspace", "abc", 0, "abc", 0),
        ("delete", "abc", 3, "abc", 3),
    ],
)
def test_each_key_edits_where_the_cursor_is(key: str, text: str, cursor: int, after: str, at: int) -> None:
    assert Buffer(text, cursor).pressed(key) == Buffer(after, at)


def test_an_emoji_of_several_characters_is_deleted_and_passed_as_one() -> None:
    buffer = Buffer.of(f"a{FAMILY}")
    assert buffer.left().cursor == 1
    assert buffer.backspace().text == "a"
    assert Buffer(f"a{FAMILY}", 1).right().cursor == len(f"a{FAMILY}")


def test_a_paste_is_one_line_without_control_characters() -> None:
    pasted = Buffer("x", 1).typed("red\x1b[31m\nnext\u202e")
    assert pasted.text.startswith("xred next")
    assert not any(is_unsafe(character) for character in pasted.text)


def test_a_space_typed_stays_a_space() -> None:
    assert Buffer.of("a").pressed("space", " ") == Buffer("a ", 2)


def test_a_key_that_edits_nothing_is_given_back() -> None:
    assert Buffer("a", 1).pressed("f5") is None
    assert Buffer("a", 1).pressed("enter", "\r") is None


def test_a_text_never_grows_beyond_its_limit() -> None:
    assert len(Buffer.of("").typed("x" * (LIMIT + 5)).text) == LIMIT


@given(st.text(alphabet=st.sampled_from("ab 日é\U0001f600"), max_size=60), st.lists(st.sampled_from(KEYS), max_size=20))
def test_the_cursor_stays_inside_the_text_and_in_sight(text: str, keys: list[str]) -> None:
    buffer, start = Buffer.of(text), 0
    for key in keys:
        buffer = buffer.pressed(key) or buffer
        assert 0 <= buffer.cursor <= len(buffer.text)
        shown, cell, start = buffer.window(12, start)
        assert width(shown) <= 12
        assert 0 <= cell < 12


def test_a_long_text_scrolls_so_that_its_end_is_seen() -> None:
    line, start = field_line(Buffer.of("word " * 40 + "end"), 20, 0)
    assert start > 0
    assert plain(line).rstrip().endswith("end")


def test_wide_characters_keep_the_field_in_its_width() -> None:
    line, _ = field_line(Buffer.of("日本語" * 20), 11, 0)
    assert width(plain(line)) <= 11


def test_an_empty_field_shows_what_to_type() -> None:
    line, _ = field_line(Buffer(), 30, 0, "any word")
    assert "any word" in plain(line)
