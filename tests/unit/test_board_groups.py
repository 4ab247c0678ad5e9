"""Entries under the headings of their groups, and what a cell shows of an entry besides its text."""

from __future__ import annotations

from typing import Any

import pytest

from canvas_tui.core.elements import Cell, Entry
from canvas_tui.core.text import width
from canvas_tui.tui.board.cell import lines_needed
from canvas_tui.tui.board.contents import CellView, EntryView, Signs
from canvas_tui.tui.board.entries import entry_lines, headings
from canvas_tui.tui.paint.style import ASCII, UNICODE, Marks, plain
from tests.unit.board_workspace import board

GROUPED = [
    ("own shop", "Online"),
    ("newsletter", "Online"),
    ("fair", "On the road"),
    ("loose", ""),
    ("radio", "Online"),
]


def view_of(*entries: dict[str, Any]) -> CellView:
    shown = tuple(EntryView(Entry(fields), f"c/channels/{at}", at - 1) for at, fields in enumerate(entries, 1))
    return board().cells["channels"]._replace(shown=shown, count=len(shown))


def grouped(entries: list[tuple[str, str]] = GROUPED) -> CellView:
    return view_of(*({"text": text, "group": group} for text, group in entries))


def drawn(view: CellView, room: int, cursor: int | None = None, top: int = 0, marks: Marks = UNICODE) -> list[str]:
    lines, _, _ = entry_lines(view, 30, room, cursor, top, Signs(), marks)
    assert all(width(plain(line)) == 30 for line in lines)
    return [plain(line).strip() for line in lines]


def test_entries_of_one_group_that_follow_each_other_share_a_heading() -> None:
    assert drawn(grouped(), 20) == [
        "Online:", "own shop", "newsletter", "On the road:", "fair", "", "loose", "Online:", "radio",
    ]  # fmt: skip


def test_the_order_of_the_file_is_kept() -> None:
    texts = [text for text, _ in GROUPED]
    assert [line for line in drawn(grouped(), 20) if line in texts] == texts


@pytest.mark.parametrize(("room", "lines"), [(9, 9), (8, 8), (7, 5), (5, 5)])
def test_headings_give_way_before_entries_do(room: int, lines: int) -> None:
    assert len(drawn(grouped(), room)) == lines


def test_a_cell_asks_for_room_for_its_headings() -> None:
    assert lines_needed(grouped(), 30) == 9


MANY = [(f"entry {number}", f"group {number // 4}") for number in range(40)]


@pytest.mark.parametrize("cursor", range(0, 40, 3))
@pytest.mark.parametrize("room", [1, 2, 3, 5, 8, 13])
@pytest.mark.parametrize("top", [0, 20, 39])
def test_in_a_cell_that_scrolls_the_cursor_is_always_in_sight(cursor: int, room: int, top: int) -> None:
    view = grouped(MANY)
    lines, places, first = entry_lines(view, 30, room, cursor, top, Signs(), UNICODE)
    assert len(lines) <= max(room, 1)
    assert cursor in [place for place, _, _ in places]
    assert first <= cursor
    shown = [plain(line) for line in lines]
    assert all(f"entry {place}" in shown[y] or "group" in shown[y] for place, y, _ in places)


def test_a_group_that_began_above_the_sight_is_named_again() -> None:
    lines = drawn(grouped(MANY), 8, cursor=17, top=13)
    assert lines[0] == "group 3:"


def test_a_heading_belongs_to_the_entry_below_it() -> None:
    _, places, _ = entry_lines(grouped(), 30, 20, None, 0, Signs(), UNICODE)
    assert [place for place in places if place[0] == 2] == [(2, 4, 1), (2, 3, 1)]  # the entry first: it is edited there


@pytest.mark.parametrize(("marks", "sign"), [(UNICODE, "»"), (ASCII, "~")])
def test_what_is_not_so_yet_has_a_sign_and_is_dim(marks: Marks, sign: str) -> None:
    view = view_of({"text": "Resellers", "status": "future"})
    lines, _, _ = entry_lines(view, 30, 5, None, 0, Signs(), marks)
    assert plain(lines[0]).startswith(f"{sign} Resellers")
    assert ("Resellers", "dim") in lines[0]


@pytest.mark.parametrize(
    ("target", "shown"),
    [(10, "Days → 10"), (21000, "Days → 21 000"), ("2 %", "Days → 2 %"), (True, "Days"), ("", "Days")],
)
def test_the_number_to_reach_stands_behind_a_key_metric(target: object, shown: str) -> None:
    assert drawn(view_of({"text": "Days", "target": target}), 5) == [shown]


def test_blank_groups_are_none() -> None:
    assert headings(grouped([("a", " "), ("b", "")]).shown) == {}


def test_a_group_of_the_wrong_type_is_none() -> None:
    assert Cell("c", (Entry({"text": "a", "group": 3}),)).entries[0].group == ""
