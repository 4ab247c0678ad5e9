"""Every row of the table in docs/merge.md comes to what it says, and the page is fresh."""

from __future__ import annotations

import shutil
import tomllib

import pytest

from tests.merge_table import BASE, PAGE, ROWS, Row, came_of, page_with, table

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="the page compares with git")


@needs_git
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.one}; {row.other}".replace(" ", "-"))
def test_what_two_branches_do_comes_to_what_the_page_says(row: Row) -> None:
    came = came_of(row)
    tomllib.loads(came.text)
    for text in row.holds:
        assert text in came.text
    for text in row.lacks:
        assert text not in came.text
    assert came.conflicts == row.conflicts
    assert bool(came.told) == ("told" in row.comes_to or "new id" in row.comes_to or bool(row.conflicts)), came.told


@needs_git
def test_the_table_is_fresh_and_long_enough() -> None:
    assert len(ROWS) >= 20
    text = PAGE.read_text()
    assert page_with(text, table()) == text, "python -m tests.merge_table writes it anew"


def test_the_file_of_the_table_is_as_plain_as_it_looks() -> None:
    assert tomllib.loads(BASE)["model"] == "lean-canvas"
