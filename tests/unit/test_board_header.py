"""The line above a board tells what is linked in the same way as the overview and `check`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from canvas_tui.tui.board.header import board_header
from canvas_tui.tui.board.signs import Figures
from canvas_tui.tui.paint.style import UNICODE
from tests.unit.board_workspace import board


def header(figures: Figures, columns: int = 80) -> str:
    line = board_header("Plan", board(problem=["Late payment"]), figures, columns, UNICODE, is_read_only=False)
    return "".join(text for text, _ in line)


def test_linked_cells_are_told_out_of_the_filled_ones() -> None:
    assert "9/11 cells linked" in header(Figures(linked=9, filled=11, total=12))


@pytest.mark.parametrize(("columns", "words"), [(80, "0/12 cells filled"), (34, "0/12 filled")])
def test_an_empty_board_says_how_many_cells_wait(columns: int, words: str) -> None:
    assert words in header(Figures(linked=0, filled=0, total=12, warnings=9), columns)


def test_before_the_graph_is_made_nothing_is_claimed() -> None:
    assert "linked" not in header(Figures())


@pytest.mark.parametrize("columns", [140, 80, 60])
def test_a_draft_says_so_however_long_its_title_is(columns: int) -> None:
    contents = board(problem=["Late payment"])
    fields = {**contents.canvas.fields, "status": "draft", "title": "A canvas with quite a long title " * 3}
    draft = contents._replace(canvas=replace(contents.canvas, fields=fields))
    line = board_header("Plan", draft, Figures(9, 11, 12, 4, 2, 3), columns, UNICODE, is_read_only=False)
    text = "".join(each for each, _ in line)
    assert ("  draft" if columns == 60 else "…  draft") in text
    assert len(text) == columns
