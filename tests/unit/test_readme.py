"""The README says what is so: its made parts are fresh, its examples work, its commands exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from canvas_tui.cli.tree import BY_NAME
from canvas_tui.storage.read.workspace import read_workspace
from tests.readme import README, environment_table, key_table, with_part
from tests.readme.__main__ import PICTURE, board_picture


def test_the_key_table_is_the_registry() -> None:
    text = README.read_text()
    assert with_part(text, "keys", key_table()) == text, "python -m tests.readme writes it anew"


def test_every_variable_that_is_read_is_told() -> None:
    text = README.read_text()
    assert with_part(text, "environment", environment_table()) == text, "python -m tests.readme writes it anew"


async def test_the_picture_shows_the_board_as_it_is() -> None:
    assert await board_picture() == PICTURE.read_text(), "python -m tests.readme makes it anew"


def test_the_examples_of_files_are_a_strategy_that_reads_without_a_problem(tmp_path: Path) -> None:
    names = []
    for block in re.findall(r"```toml\n(.*?)```", README.read_text(), re.DOTALL):
        tomllib.loads(block)
        name = re.match(r"# ([\w-]+\.toml)\n", block)
        if name:
            names.append(name[1])
            (tmp_path / name[1]).write_text(block)
    assert names == ["strategy.toml", "goals.toml", "lean-canvas.toml"]
    workspace = read_workspace(tmp_path).workspace
    assert [document.problems for document in workspace.documents] == [()] * 3


def test_every_command_is_in_the_table() -> None:
    words = set(re.findall(r"[a-z]+", "".join(re.findall(r"^\| .*? \|", README.read_text(), re.MULTILINE))))
    assert set(BY_NAME) <= words
