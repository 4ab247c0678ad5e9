"""Everything the fuzzer looks at: all that the screens and the command line make of a workspace, as plain text.

Pure painting and the text commands only, in this process; no terminal. Owns the check that no character of them is one
that a terminal obeys, that turns a line round, or that hides: written out here, apart from the code that cleans.
"""

from __future__ import annotations

import io
import re
import unicodedata
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from canvas_tui.cli.exits import Failure
from canvas_tui.cli.output import Output
from canvas_tui.cli.parser import load_command
from canvas_tui.core.search import search
from canvas_tui.core.workspace import Located, UnknownElement, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Report, check
from canvas_tui.tui.board.cell import lines_needed
from canvas_tui.tui.board.contents import Contents, contents_of
from canvas_tui.tui.board.facts import facts_of
from canvas_tui.tui.board.header import board_header
from canvas_tui.tui.board.inspector import inspect
from canvas_tui.tui.board.layout import arrange
from canvas_tui.tui.board.paint import paint_board
from canvas_tui.tui.board.signs import figures_of, known_of
from canvas_tui.tui.dialogs.choices import cell_items, link_items, model_items
from canvas_tui.tui.dialogs.form_state import FormState
from canvas_tui.tui.dialogs.form_view import form_lines
from canvas_tui.tui.dialogs.picker_view import PickerState, Wording
from canvas_tui.tui.findings.view import finding_detail, findings_header, findings_rows, waiver_question
from canvas_tui.tui.overview.view import overview_header, overview_rows
from canvas_tui.tui.paint.parts import quoted, title_of
from canvas_tui.tui.paint.style import ASCII, UNICODE, Line, plain
from canvas_tui.tui.search.view import search_rows
from canvas_tui.tui.strategy.nodes import rows_of, tree_of
from canvas_tui.tui.strategy.view import detail_lines
from canvas_tui.tui.why.view import how_rows, why_rows
from tests.tree_lines import tree_rows

SIZES = ((80, 24), (140, 45))
TODAY = date(2026, 11, 21)
_MOST = 3  # elements, findings and cells looked at one by one: a fuzzer sees the others in other runs

# C0, DEL, C1, bidi controls, tag characters, and halves of characters.
FOREIGN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)


class ForeignText(AssertionError):
    """A text that was about to be shown holds what no text may bring to a terminal."""


def assert_clean(text: str, where: str) -> None:
    """Raises ForeignText where a line for the screen is more than text."""
    if found := FOREIGN.search(text):
        name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}")
        at = found.start()
        raise ForeignText(f"{where}: {name} in {text[max(0, at - 30) : at + 30]!r}")


def look_at(workspace: Workspace, path: Path | None = None) -> int:
    """Paint and print all of it; the characters looked at. With `path` the text commands read it from there too."""
    graph = StrategyGraph.of(workspace)
    report = check(workspace, graph, TODAY)
    seen = 0
    for columns, rows in SIZES:
        for where, line in _screens(workspace, graph, report, columns, rows):
            text = plain(line)
            assert_clean(text, f"{where} at {columns}x{rows}")
            seen += len(text)
    if path is not None:
        for text in printed(workspace, path):
            for line_of_it in text.split("\n"):
                assert_clean(line_of_it, "command line")
            seen += len(text)
    return seen


def printed(workspace: Workspace, path: Path) -> Iterator[str]:
    """What `show` and `check` print of the workspace at this path, as text and as JSON."""
    names = [None, *(item.address for item in islice(workspace.elements(), 2))]
    for as_json in (False, True):
        for name in names[: 1 if as_json else None]:
            yield _said("show", workspace=str(path), element=name, json=as_json)
        yield _said("check", path=str(path), json=as_json, today=TODAY, preview=True)


def _said(name: str, **given: object) -> str:
    """What a command prints that is given this, and nothing else but the defaults of its options."""
    command, parser = load_command(name)
    stdout, stderr = io.StringIO(), io.StringIO()
    try:
        command.run(Namespace(**{**vars(parser.parse_args([])), **given}), Output(stdout, stderr, {}))
    except Failure as failure:
        Output(stdout, stderr, {}).fail(str(failure))
    return stdout.getvalue() + stderr.getvalue()


def _screens(
    workspace: Workspace, graph: StrategyGraph, report: Report, columns: int, rows: int
) -> Iterator[tuple[str, Line]]:
    marks = UNICODE if columns > 100 else ASCII
    yield "overview", overview_header(workspace, report, columns, marks)
    yield from _named("overview", (row.line for row in overview_rows(workspace, graph, report, columns, marks)))
    yield from _named("board", _boards(workspace, graph, report, columns, rows))
    yield from _named("tree", _tree(workspace, graph, report, columns, rows))
    yield "findings", findings_header(report, workspace, columns, marks, waived=False)
    yield from _named("findings", (row.line for row in islice(findings_rows(report, workspace, columns, marks), 60)))
    for finding in report.findings[:_MOST]:
        yield from _named("finding", finding_detail(finding, workspace, columns, rows, marks))
        yield "waiver", ((" ".join(waiver_question([finding], workspace)), ""),)
    for item in islice(workspace.elements(), _MOST):
        yield from _of_one(workspace, graph, report, item, columns, rows)
    if columns == SIZES[0][0]:
        yield from _named("models", PickerState.of(model_items(workspace), Wording("x")).lines(columns, rows, UNICODE))
    hits = search(workspace, "e")
    yield from _named("search", (row.line for row in islice(search_rows(hits, "e", workspace, columns, marks), 60)))


def _named(where: str, lines: Iterable[Line]) -> Iterator[tuple[str, Line]]:
    return ((where, line) for line in lines)


def _of_one(
    workspace: Workspace, graph: StrategyGraph, report: Report, item: Located, columns: int, rows: int
) -> Iterator[tuple[str, Line]]:
    try:
        workspace.get(item.address)
    except UnknownElement:
        return
    title = quoted(title_of(item, workspace))
    yield from _named("why", (row.line for row in why_rows(workspace, graph, report, item.address, columns, UNICODE)))
    yield from _named("how", (row.line for row in how_rows(workspace, graph, report, item.address, columns, UNICODE)))
    yield from _named("form", form_lines(FormState.of(workspace, item), columns, rows, UNICODE, title=title))
    items = [link_items(workspace, item, UNICODE)]
    if item.canvas is not None:
        items.append(cell_items(workspace, item))
    for each in items:
        yield from _named("picker", PickerState.of(each, Wording(title)).lines(columns, rows, UNICODE))


def _tree(
    workspace: Workspace, graph: StrategyGraph, report: Report, columns: int, rows: int
) -> Iterator[Line]:  # fmt: skip
    by_element = report.by_element
    shown = list(islice(rows_of(tree_of(workspace, graph), frozenset()), 60))
    yield from tree_rows(shown, columns, graph, by_element, TODAY, UNICODE)
    for row in shown[:_MOST]:
        yield from detail_lines(row, columns, rows, workspace, by_element, TODAY, UNICODE)


def _boards(
    workspace: Workspace, graph: StrategyGraph, report: Report, columns: int, rows: int
) -> Iterator[Line]:  # fmt: skip
    known = known_of(workspace, graph, report)
    for canvas in islice(workspace.canvases, 3):
        contents = contents_of(workspace, canvas, known.signs, "all")
        name = workspace.header.name if workspace.header is not None else ""
        yield board_header(name, contents, figures_of(contents, known), columns, UNICODE, is_read_only=False)

        def need(cell: str, wide: int, contents: Contents = contents) -> int:
            return sum(lines_needed(contents.cells[each], wide) for each in contents.chain(cell))

        for cell in islice(contents.cells, _MOST):
            grid = arrange(contents.template, columns, rows - 8, cell, need)
            place = 0 if contents.cells[cell].shown else None
            yield from paint_board(contents, grid, cell, place, {}, UNICODE).lines
            view = contents.cells[cell]
            for number in ["", *(f"/{entry.index + 1}" for entry in view.shown[:2])]:
                item = workspace.find_by_position(f"{canvas.id}/{cell}{number}")  # as the board does
                if item is not None and item.canvas is not None:
                    facts = facts_of(workspace, item, graph, report, UNICODE)
                    yield from inspect(facts, columns, 7, UNICODE)
