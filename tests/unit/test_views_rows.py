"""A list with a cursor: it scrolls, passes over headings, and tells what is out of sight."""

from __future__ import annotations

from canvas_tui.tui.paint.rows import Rows
from canvas_tui.tui.paint.style import UNICODE, plain


def rows_of_numbers(count: int, selectable: frozenset[int] | None = None) -> Rows:
    rows = Rows()
    rows.set([((f" row {number}", ""),) for number in range(count)], 0, selectable)
    return rows


def test_the_cursor_passes_over_headings_and_stays_in_sight() -> None:
    rows = rows_of_numbers(30, frozenset(range(1, 30, 3)))
    rows.lines(40, 6, UNICODE)
    for _ in range(12):
        rows.move(1)
        shown = [plain(line) for line in rows.lines(40, 6, UNICODE)]
        assert any(line.startswith(f"{UNICODE.cursor}row {rows.cursor}") for line in shown)
        assert rows.cursor % 3 == 1
    assert rows.cursor == 28


def test_what_is_out_of_sight_is_counted() -> None:
    rows = rows_of_numbers(30)
    assert plain(rows.lines(40, 10, UNICODE)[-1]).endswith("+20")
    rows.last()
    assert plain(rows.lines(40, 10, UNICODE)[0]).endswith("+20")


def test_a_list_without_a_cursor_scrolls() -> None:
    rows = rows_of_numbers(30, frozenset())
    rows.lines(40, 10, UNICODE)
    rows.move(1)
    assert plain(rows.lines(40, 10, UNICODE)[1]).startswith(" row 2")
    rows.last()
    assert "row 29" in plain(rows.lines(40, 10, UNICODE)[-1])


def test_the_cursor_survives_rows_going_away() -> None:
    rows = rows_of_numbers(30)
    rows.last()
    rows.set([((" only", ""),)])
    assert plain(rows.lines(40, 5, UNICODE)[0]) == f"{UNICODE.cursor}only"
    rows.set([])
    assert rows.lines(40, 5, UNICODE) == []
