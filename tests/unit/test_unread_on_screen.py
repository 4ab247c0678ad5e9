"""While a file cannot be read, no screen tells as missing what may be in it; the file itself comes first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph, coverage
from canvas_tui.rules import check
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.board.contents import contents_of
from canvas_tui.tui.board.header import board_header
from canvas_tui.tui.board.signs import figures_of, known_of
from canvas_tui.tui.overview.next_steps import next_steps
from canvas_tui.tui.overview.view import overview_rows
from canvas_tui.tui.paint.style import UNICODE, plain
from canvas_tui.tui.strategy.nodes import rows_of, tree_of
from canvas_tui.tui.strategy.view import detail_lines, tree_line
from tests.unit.strategy_factory import TODAY
from tests.unit.test_unread import CANVAS, GOALS, SPOILT, STRATEGY, WORK

SPOIL = SPOILT["conflict markers"]


def plan(root: Path, **spoilt: str) -> Workspace:
    """A whole strategy; the files named are spoilt, or read as the text given."""
    files: Mapping[str, str] = {"strategy": STRATEGY, "goals": GOALS, "work": WORK, "lean": CANVAS}
    for name, text in files.items():
        (root / f"{name}.toml").write_bytes(SPOIL(text) if name in spoilt else text.encode())
    return read_workspace(root).workspace


def board(workspace: Workspace, columns: int = 100) -> str:
    graph = StrategyGraph.of(workspace)
    known = known_of(workspace, graph, check(workspace, graph, TODAY))
    (canvas,) = workspace.canvases
    contents = contents_of(workspace, canvas, known.signs)
    return plain(board_header("Plan", contents, figures_of(contents, known), columns, UNICODE, is_read_only=False))


def screens(workspace: Workspace) -> str:
    """Overview and tree, each row of the tree with what is said below it."""
    graph = StrategyGraph.of(workspace)
    report = check(workspace, graph, TODAY)
    findings = report.by_element
    lines = [row.line for row in overview_rows(workspace, graph, report, 140, UNICODE)]
    for row in rows_of(tree_of(workspace, graph), frozenset()):
        lines.append(tree_line(row, 140, graph, findings, TODAY, UNICODE))
        lines += detail_lines(row, 140, 9, workspace, findings, TODAY, UNICODE)
    return "\n".join(map(plain, lines))


def test_the_unreadable_file_is_the_first_thing_to_do_and_told_once(tmp_path: Path) -> None:
    workspace = plan(tmp_path, goals="")
    first, *others = next_steps(workspace, check(workspace, StrategyGraph.of(workspace), TODAY))
    assert first.sentence == "Mend goals.toml, line 9: it cannot be read"
    assert not [each for each in others if "goal" in each.sentence]


def test_nothing_is_told_as_missing_that_may_be_in_it(tmp_path: Path) -> None:
    shown = screens(plan(tmp_path, goals=""))
    assert "Initiatives without a goal that can be read" in shown
    for untrue in ("serve no goal", "first goal", "0 of", "No goals", "linked"):
        assert untrue not in shown
    assert "The vision may be in a file that cannot be read" in screens(plan(tmp_path, strategy=""))
    assert "Write the vision" not in screens(plan(tmp_path, strategy=""))
    assert "None that can be read" in screens(plan(tmp_path, lean=""))
    assert "first canvas" not in screens(plan(tmp_path, lean=""))


@pytest.mark.parametrize("name", ["goals", "work"])
def test_how_much_is_linked_is_not_told_and_the_board_names_the_file(tmp_path: Path, name: str) -> None:
    workspace = plan(tmp_path, **{name: ""})
    counts = coverage(StrategyGraph.of(workspace))
    assert {counts.cells.linked, counts.goals.linked, counts.initiatives.linked} == {None}
    assert counts.cells.filled == 9
    assert f"! {name}.toml unreadable   9/12 cells filled" in board(workspace)
    assert "! file unread" in board(workspace, 40)
    assert "linked" in board(plan(tmp_path))
