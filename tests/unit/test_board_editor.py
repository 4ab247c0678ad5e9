"""A text being typed on the board: nothing of it is lost between its lines, and its cursor is in sight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from canvas_tui.core.text import width
from canvas_tui.tui.board.editor import field_lines, line_breaks, spliced
from canvas_tui.tui.paint.style import plain

TEXTS = st.text(st.sampled_from("ab  cdé漢字👍-"), max_size=80)


@given(TEXTS, st.integers(2, 30))
def test_the_lines_are_the_whole_text_in_order(text: str, columns: int) -> None:
    breaks = line_breaks(text, columns)
    assert "".join(text[start:end] for start, end in breaks) == text
    assert all(width(text[start:end].rstrip(" ")) <= columns for start, end in breaks)


@given(TEXTS, st.integers(2, 30), st.integers(1, 4), st.data())
def test_the_cursor_is_always_in_sight(text: str, columns: int, rows: int, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(text)))
    lines = field_lines(text, cursor, columns, rows)
    assert len(lines) <= rows
    assert sum(style == "cursor" for line in lines for _, style in line) == 1


def test_a_field_that_is_empty_shows_its_cursor() -> None:
    assert field_lines("", 0, 10, 1) == [((" ", "cursor"), ("", "prompt"))]


def test_a_piece_takes_exactly_its_place_in_a_line() -> None:
    line = (("│", "border"), ("▌ old text  5", ""), ("│", "border"))
    shown = plain(spliced(line, 3, 9, (("new", "chosen"),)))
    assert shown == "│▌ new       5│"
    wide = (("漢字漢字", ""),)
    assert width(plain(spliced(wide, 1, 2, (("ab", ""),)))) == 8


def test_a_space_that_hangs_over_the_end_of_a_line_does_not_push_what_is_beside_it() -> None:
    first, _ = field_lines("Typed and never sent", 0, 15, 2)
    assert width(plain(first)) == 16, "the text is broken after the space"
    assert plain(spliced((("│" + " " * 15 + "│", ""),), 1, 15, first)) == "│Typed and never│"


def test_a_word_wider_than_what_is_left_after_a_break_is_broken_too() -> None:
    assert line_breaks(" 字字", 3) == [(0, 1), (1, 2), (2, 3)]
