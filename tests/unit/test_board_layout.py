"""Rectangles of a board: they fill the window, share one border, and hold still."""

from __future__ import annotations

import pytest

from canvas_tui.core.template import Template, fallback_template
from canvas_tui.tui.board.layout import Box, Grid, arrange, tracks_of, widens
from tests.unit.board_workspace import MODELS, template

ALL_MODELS = sorted(path.stem for path in MODELS.glob("*.toml"))
SIZES = [(60, 13), (80, 16), (100, 20), (140, 31), (200, 46)]


def some_lines(cell: str, width: int) -> int:
    return 3


def cells_covered(grid: Grid) -> dict[tuple[int, int], str]:
    covered: dict[tuple[int, int], str] = {}
    for box in grid.boxes:
        for x in range(box.x, box.x + box.width):
            for y in range(box.y, box.y + box.height):
                assert (x, y) not in covered, f"{box.cell} overlaps {covered[(x, y)]}"
                covered[(x, y)] = box.cell
    return covered


@pytest.mark.parametrize("model", ALL_MODELS)
@pytest.mark.parametrize("size", SIZES)
def test_boxes_fill_the_window_and_never_overlap(model: str, size: tuple[int, int]) -> None:
    columns, rows = size
    known = template(model)
    for focus in known.order:
        grid = arrange(known, columns, rows, focus, some_lines)
        assert (grid.xs[0], grid.xs[-1]) == (0, columns - 1)
        assert (grid.ys[0], grid.ys[-1]) == (0, rows - 1)
        covered = cells_covered(grid)
        assert all(0 < x < columns - 1 and 0 < y < rows - 1 for x, y in covered)
        assert all(box.width >= 4 and box.height >= 1 for box in grid.boxes)


@pytest.mark.parametrize("model", ALL_MODELS)
@pytest.mark.parametrize("size", SIZES)
def test_exactly_one_border_stands_between_two_cells(model: str, size: tuple[int, int]) -> None:
    known = template(model)
    grid = arrange(known, *size, known.order[0], some_lines)
    for one in grid.boxes:
        for other in grid.boxes:
            same_rows = one.y < other.y + other.height and other.y < one.y + one.height
            if one is not other and same_rows and one.x < other.x:
                between = [b for b in grid.boxes if b not in (one, other) and one.x < b.x < other.x]
                if not between:
                    assert other.x - (one.x + one.width) >= 1


def test_the_column_in_focus_is_the_wide_one_at_80_columns() -> None:
    lean = template("lean-canvas")
    for cell in ("problem", "solution", "channels"):
        grid = arrange(lean, 80, 16, cell, some_lines)
        widths = {box.cell: box.width for box in grid.boxes if box.height < 12 or box.cell == "problem"}
        assert widths[cell] == 34
        assert {width for name, width in widths.items() if name in ("problem", "solution", "channels")} <= {34, 10}


def test_columns_are_even_where_all_can_be_read() -> None:
    lean = template("lean-canvas")
    for cell in lean.order:
        assert arrange(lean, 140, 31, cell, some_lines) == arrange(lean, 140, 31, "problem", some_lines)
    assert not widens(template("swot"), "strengths", 80)
    assert widens(lean, "problem", 80)
    assert not widens(lean, "cost-structure", 80)


def by_cell(grid: Grid) -> dict[str, Box]:
    return {box.cell: box for box in grid.boxes}


def test_a_cell_that_lacks_lines_takes_them_from_one_that_has_some_to_spare() -> None:
    lean = template("lean-canvas")
    even = by_cell(arrange(lean, 140, 31, "problem", some_lines))
    full = by_cell(arrange(lean, 140, 31, "problem", lambda cell, _: 14 if cell == "channels" else 1))
    assert full["channels"].height == 14 > even["channels"].height
    assert full["unfair-advantage"].height < even["unfair-advantage"].height


def test_a_cell_of_five_hundred_does_not_starve_the_others() -> None:
    swot = template("swot")
    grid = arrange(swot, 80, 16, "strengths", lambda cell, _: 500 if cell == "strengths" else 4)
    assert all(box.height >= 4 for box in grid.boxes)


def test_the_row_tracks_know_their_lines() -> None:
    grid = arrange(template("swot"), 80, 17, "strengths", some_lines)
    assert grid.row_at(1) == 0
    assert grid.row_at(grid.ys[1] - 1) == 0
    assert grid.row_at(grid.ys[1] + 1) == 1
    assert grid.row_at(16) == 1


def test_a_window_too_small_for_the_grid_gives_the_cell_in_focus_all_of_it() -> None:
    tall = Template("tall", "Tall", template("customer-journey").cells, template("customer-journey").order, 5, 7,
                    column_weights=(1,) * 5, row_weights=(1,) * 7)  # fmt: skip
    grid = arrange(tall, 60, 10, tall.order[8], some_lines)
    assert [box.cell for box in grid.boxes] == [tall.order[8]]
    assert (grid.boxes[0].width, grid.boxes[0].height) == (58, 8)


def test_a_model_nobody_knows_has_a_grid_all_the_same() -> None:
    plain = fallback_template("own", ("one", "two", "three", "four"))
    grid = arrange(plain, 80, 16, "one", some_lines)
    assert {box.cell for box in grid.boxes} == {"one", "two", "three", "four"}
    assert len(tracks_of(plain).column_weights) == 3
