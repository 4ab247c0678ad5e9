"""Entries in their cells, and borders around them, as plain text."""

from __future__ import annotations

import pytest

from canvas_tui.core.text import width
from canvas_tui.tui.board.cell import lines_needed, sections
from canvas_tui.tui.board.contents import Signs
from canvas_tui.tui.board.entries import shown_lines
from canvas_tui.tui.board.layout import arrange, zoomed
from canvas_tui.tui.board.paint import Painting, paint_board
from canvas_tui.tui.paint.style import ASCII, UNICODE, plain
from tests.unit.board_workspace import board


def painted(
    columns: int = 80, rows: int = 16, cell: str = "problem", place: int | None = 0, **cells: list[str]
) -> Painting:
    contents = board("lean-canvas", None, "all", **cells)

    def need(name: str, wide: int) -> int:
        return sum(lines_needed(contents.cells[each], wide) for each in contents.chain(name))

    grid = arrange(contents.template, columns, rows, cell, need)
    return paint_board(contents, grid, cell, place, {}, UNICODE)


def text_of(painting: Painting) -> str:
    return "\n".join(plain(line) for line in painting.lines)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "word " * 2_000,
        "漢字" * 300,
        "👩‍👩‍👧‍👦 family " * 40,
        "שלום עולם " * 30,
        "e\u0301" * 200,
        "\x1b[31m red",
        "a\tb\nc",
        "",
    ],
)
def test_any_text_keeps_every_line_as_wide_as_the_window(text: str) -> None:
    painting = painted(problem=[text, "next"], channels=[text])
    assert all(width(plain(line)) == 80 for line in painting.lines)
    assert "\x1b" not in text_of(painting)


def test_entries_wrap_where_there_is_room_and_are_clipped_where_there_is_none() -> None:
    text = "Clients pay on average thirty-four days late, every time"
    roomy = text_of(painted(problem=[text]))
    assert "every" in roomy
    tight = text_of(painted(problem=[text] * 9, existing_alternatives=["A spreadsheet"]))
    assert tight.count("Clients pay on average") == 9
    assert "every" not in tight


def test_a_cell_too_full_says_how_much_is_not_shown_and_scrolls_with_the_cursor() -> None:
    many = [f"Entry {number}" for number in range(50)]
    top = painted(problem=many)
    assert "+4" in text_of(top)
    assert "Entry 0" in text_of(top)
    low = painted(problem=many, place=49)
    assert "Entry 49" in text_of(low)
    assert "above" in text_of(low)
    assert low.spot_of("problem", 49) is not None
    assert low.spot_of("problem", 0) is None


def test_scrolling_moves_no_further_than_the_cursor_needs() -> None:
    contents = board(problem=[f"Entry {number}" for number in range(50)])
    grid = zoomed("problem", 40, 12)
    tops: dict[str, int] = {}
    for place in (0, 5, 7, 6, 5, 20, 19):
        painting = paint_board(contents, grid, "problem", place, tops, UNICODE)
        before = tops.get("problem", 0)
        tops = dict(painting.tops)
        assert painting.spot_of("problem", place) is not None
        if place in (6, 5, 19):
            assert tops["problem"] == before


def test_an_empty_cell_shows_its_prompt_and_where_the_cursor_is() -> None:
    painting = painted(cell="channels", place=None)
    line = next(plain(line) for line in painting.lines if "How do you reach" in plain(line))
    assert "▌ How do you reach the segments?" in line


def test_signs_stand_at_the_right_edge() -> None:
    orphans, errors, warnings = {"c/problem/1"}, {"c/problem/2"}, {"c/problem/1", "c/problem/3"}
    signs = Signs({"c/problem/4": 12}, frozenset(orphans), frozenset(errors), frozenset(warnings))
    contents = board(signs=signs, problem=["orphan", "error", "warning", "linked"])
    grid = zoomed("problem", 40, 12)
    lines = [plain(line) for line in paint_board(contents, grid, "problem", 0, {}, UNICODE).lines]
    assert [line[-3:-1].strip() for line in lines[1:5]] == ["·○", "!", "·", "9+"]
    ascii_lines = [plain(line) for line in paint_board(contents, grid, "problem", 0, {}, ASCII).lines]
    assert ascii_lines[1].endswith("-o|")
    assert all(line.isascii() for line in ascii_lines)


def test_borders_meet_in_the_right_signs() -> None:
    lines = text_of(painted()).split("\n")
    assert (lines[0][0], lines[0][-1], lines[-1][0], lines[-1][-1]) == ("┌", "┐", "└", "┘")
    for y, line in enumerate(lines):
        for x, sign in enumerate(line):
            below = lines[y + 1][x] if y + 1 < len(lines) else " "
            is_under_a_title = y + 1 < len(lines) and "─" in lines[y + 1]
            if sign in "│┌┐├┤┬┼" and not (is_under_a_title and (below.isalnum() or below == " ")):
                assert below in "│└┘├┤┴┼", (x, y)


def test_titles_show_number_and_count_and_give_way_to_short_ones() -> None:
    text = text_of(painted(problem=["one", "two"], solution=["three"]))
    assert "1 Problem" in text
    assert " 2 ┬" in text
    assert "4 Soluti─1" in text
    assert "Customer segments" in text_of(painted(columns=160, rows=30))


def test_a_full_cell_leaves_its_sub_cell_in_sight() -> None:
    contents = board(problem=["x"] * 30, existing_alternatives=["y"] * 30)
    chain = [contents.cells["problem"], contents.cells["existing-alternatives"]]
    parts = sections(chain, 30, 11, "problem")
    assert [part.has_title for part in parts] == [False, True]
    assert sum(part.height for part in parts) == 11
    assert parts[1].height >= 2
    one = sections(chain, 30, 2, "existing-alternatives")
    assert [part.cell for part in one] == ["existing-alternatives"]


def test_the_mouse_finds_what_is_shown() -> None:
    painting = painted(problem=["one", "two"])
    spot = painting.spot_at(5, 2)
    assert spot is not None
    assert (spot.cell, spot.place) == ("problem", 1)
    assert painting.spot_at(200, 2) is None


def test_only_as_much_of_a_long_text_is_wrapped_as_is_shown() -> None:
    lines = shown_lines("word " * 100_000, 20, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_a_filter_hides_entries_and_says_so() -> None:
    signs = Signs(orphans=frozenset({"c/problem/2"}))
    contents = board(signs=signs, shown="orphans", problem=["fine", "orphan"], channels=["fine"])
    assert [view.address for view in contents.cells["problem"].shown] == ["c/problem/2"]
    lines = [
        plain(line) for line in paint_board(contents, zoomed("channels", 40, 9), "channels", None, {}, UNICODE).lines
    ]
    assert "1 hidden" in lines[1]
    assert "0/1" in lines[0]
