"""Where the cursor goes, and how it stays on its entry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from canvas_tui.tui.board.cursor import (
    Cursor,
    cursor_at,
    cursor_on,
    first_cursor,
    found_again,
    neighbour,
    next_in_order,
    step,
)
from tests.unit.board_workspace import MODELS, board, template

LEAN = template("lean-canvas")


def test_neighbours_are_those_of_the_models_grid() -> None:
    assert neighbour(LEAN, "problem", "right", 0) == "solution"
    assert neighbour(LEAN, "problem", "right", 1) == "key-metrics"
    assert neighbour(LEAN, "solution", "down", 0) == "key-metrics"
    assert neighbour(LEAN, "cost-structure", "up", 1) == "key-metrics"
    assert neighbour(LEAN, "cost-structure", "right", 2) == "revenue-streams"
    assert neighbour(LEAN, "problem", "left", 0) is None
    assert neighbour(LEAN, "problem", "up", 0) is None


def test_left_and_right_lead_back_where_one_came_from() -> None:
    for model in ("lean-canvas", "swot", "marketing-mix-4p", "customer-journey"):
        known = template(model)
        for cell in known.order:
            for row in range(known.rows):
                there = neighbour(known, cell, "right", row)
                if there is not None:
                    assert neighbour(known, there, "left", row) is not None


def test_every_cell_can_be_reached_by_arrows_alone() -> None:
    for model in sorted(path.stem for path in MODELS.glob("*.toml")):
        known = template(model)
        reached, front = {known.order[0]}, [known.order[0]]
        while front:
            cell = front.pop()
            for direction in ("up", "down", "left", "right"):
                for lane in range(max(known.rows, known.columns)):
                    there = neighbour(known, cell, direction, lane)
                    if there is not None and there not in reached:
                        reached.add(there)
                        front.append(there)
        assert reached == set(known.order), model


def test_down_goes_through_the_entries_then_the_sub_cell_then_below() -> None:
    contents = board(problem=["one", "two"], existing_alternatives=["three"])
    cursor = first_cursor(contents)
    seen = []
    for _ in range(4):
        seen.append(cursor.address)
        cursor = step(contents, cursor, "down", 0)
    assert seen == ["c/problem/1", "c/problem/2", "c/existing-alternatives/1", "c/cost-structure"]
    assert step(contents, cursor, "up", 2).address == "c/existing-alternatives/1"


def test_entering_from_the_side_keeps_the_height() -> None:
    contents = board(problem=["one"], solution=["a", "b", "c"])
    cursor = step(contents, first_cursor(contents), "right", 0, {"solution": ("solution", 2)})
    assert cursor.address == "c/solution/3"


def test_tab_goes_through_all_cells_and_round() -> None:
    contents = board()
    cell, seen = "problem", []
    for _ in contents.order:
        seen.append(cell)
        cell = next_in_order(contents, cell, 1)
    assert cell == "problem"
    assert seen == list(LEAN.cell_ids)
    assert next_in_order(contents, "problem", -1) == LEAN.cell_ids[-1]


def test_an_address_finds_its_entry_or_cell() -> None:
    contents = board(problem=["one", "two"])
    assert cursor_at(contents, "c/problem/2") == cursor_on(contents, "problem", 1)
    assert cursor_at(contents, "c/channels") == cursor_on(contents, "channels", None)
    assert cursor_at(contents, "c") == first_cursor(contents)
    assert cursor_at(contents, "elsewhere") is None


def test_the_cursor_stays_on_its_text_when_others_add_above_it() -> None:
    before = cursor_on(board(problem=["one", "two"]), "problem", 1)
    after = found_again(board(problem=["new", "one", "two"]), before)
    assert (after.text, after.address) == ("two", "c/problem/3")


def test_the_cursor_of_a_removed_entry_stays_at_its_place() -> None:
    before = cursor_on(board(problem=["one", "two", "three"]), "problem", 1)
    assert found_again(board(problem=["one", "three"]), before).text == "three"
    last = cursor_on(board(problem=["one", "two"]), "problem", 1)
    assert found_again(board(problem=["one"]), last).text == "one"
    assert found_again(board(), before) == Cursor("problem", None, "c/problem", "")


@given(
    st.lists(st.sampled_from("abcdef"), max_size=6, unique=True),
    st.lists(st.sampled_from("abcdef"), max_size=6, unique=True),
    st.integers(0, 5),
)
def test_the_cursor_is_always_on_something_that_is_shown(before: list[str], after: list[str], place: int) -> None:
    cursor = cursor_on(board(problem=before), "problem", place)
    again = found_again(board(problem=after), cursor)
    assert (again.place is None) == (not after)
    if cursor.text and cursor.text in after:
        assert again.text == cursor.text


@given(st.lists(st.sampled_from(["up", "down", "left", "right"]), max_size=40), st.integers(0, 2))
def test_no_way_leads_off_the_board(way: list[str], row: int) -> None:
    contents = board(problem=["a", "b"], existing_alternatives=["c"], channels=["d"], cost_structure=["e", "f"])
    cursor = first_cursor(contents)
    for direction in way:
        cursor = step(contents, cursor, direction, row)  # type: ignore[arg-type]
        view = contents.cells[cursor.cell]
        assert (cursor.place is None) == (not view.shown)
        assert cursor.place is None or view.shown[cursor.place].address == cursor.address
