"""No text of a file gets past a view as it is: nothing that a terminal obeys, that turns a line, or that hides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from canvas_tui.core.elements import Canvas, Cell, Entry, Goal, Header, Initiative
from canvas_tui.core.places import Conflict
from canvas_tui.core.search import search
from canvas_tui.core.text import is_unsafe
from canvas_tui.core.versions import Version
from canvas_tui.core.workspace import Document, Problem, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.dialogs.choice import choice_lines, conflict_screen, settle_screen
from canvas_tui.tui.dialogs.choices import cell_items, link_items, model_items
from canvas_tui.tui.dialogs.form_state import FormState
from canvas_tui.tui.dialogs.form_view import form_lines
from canvas_tui.tui.dialogs.picker_view import PickerState, Wording
from canvas_tui.tui.findings.view import finding_detail, findings_header, findings_rows, waiver_question
from canvas_tui.tui.overview.view import overview_header, overview_rows
from canvas_tui.tui.paint.parts import quoted, title_of
from canvas_tui.tui.paint.style import UNICODE, Line, plain
from canvas_tui.tui.search.view import search_rows
from canvas_tui.tui.strategy.nodes import rows_of, tree_of
from canvas_tui.tui.strategy.view import detail_lines
from canvas_tui.tui.why.view import how_rows, why_rows
from tests.hostile import BIDI, CONTROLS, ESCAPES, HIDDEN
from tests.tree_lines import tree_rows
from tests.unit.views_workspace import TODAY, small, templates

PAYLOADS = {
    "controls": "".join(CONTROLS),
    "bidi": "a" + "b".join(BIDI),
    "hidden": "a" + "b".join(HIDDEN),
    "escapes": "x".join(ESCAPES),
}


def poisoned(payload: str) -> Workspace:
    """The small strategy with the payload in every text of every element, and in the names of files."""

    def table(fields: Any) -> dict[str, Any]:
        changed = {key: f"{value}{payload}" if isinstance(value, str) else value for key, value in fields.items()}
        kept = {key: fields[key] for key in ("id", "model", "parent") if key in fields}
        return {**changed, **kept, "owner": payload, "team": payload, "note": f"n{payload}", "status": payload}

    documents = []
    for document in small().documents:
        canvas = document.canvas
        if canvas is not None:
            cells = {
                name: Cell(
                    name, tuple(Entry({**table(e.fields), "state": payload}) for e in cell.entries), table(cell.fields)
                )
                for name, cell in canvas.cells.items()
            }
            canvas = Canvas(canvas.id, canvas.model, cells, table(canvas.fields))
        header = document.header
        documents.append(
            Document(
                f"{payload}{document.path}",
                Header(table(header.fields)) if header is not None else None,
                canvas,
                tuple(Goal(g.id, {**table(g.fields), "metric": {"name": payload, "unit": payload, "baseline": 1,
                                                               "current": 2, "target": 3}}) for g in document.goals),
                tuple(Initiative(i.id, table(i.fields)) for i in document.initiatives),
                tuple(Problem(payload, 1, payload, payload) for _ in document.problems),
                document.is_readable,
            )
        )  # fmt: skip
    return Workspace(tuple(documents), templates())


def every_line(workspace: Workspace) -> Iterator[Line]:
    graph = StrategyGraph.of(workspace)
    report = check(workspace, graph, TODAY)
    by_element = report.by_element
    rows = rows_of(tree_of(workspace, graph), frozenset())
    yield from tree_rows(rows, 140, graph, by_element, TODAY, UNICODE)
    for row in rows:
        yield from detail_lines(row, 80, 20, workspace, by_element, TODAY, UNICODE)
    yield overview_header(workspace, report, 80, UNICODE)
    yield from (row.line for row in overview_rows(workspace, graph, report, 140, UNICODE))
    yield findings_header(report, workspace, 80, UNICODE, waived=False)
    yield from (row.line for row in findings_rows(report, workspace, 140, UNICODE))
    for finding in report.findings:
        yield from finding_detail(finding, workspace, 140, 20, UNICODE)
        yield ((" ".join(waiver_question([finding], workspace)), ""),)
    for item in workspace.elements():
        yield from (row.line for row in why_rows(workspace, graph, report, item.address, 140, UNICODE))
        yield from (row.line for row in how_rows(workspace, graph, report, item.address, 140, UNICODE))
        yield from form_lines(FormState.of(workspace, item), 140, 30, UNICODE, title=quoted(title_of(item, workspace)))
    yield from (row.line for row in search_rows(search(workspace, "n"), "n", workspace, 140, UNICODE))
    source = workspace.get("late-payment")
    for items in (link_items(workspace, source, UNICODE), cell_items(workspace, source), model_items(workspace)):
        state = PickerState.of(items, Wording(quoted(title_of(source, workspace))))
        yield from state.lines(140, 200, UNICODE)
        state.type(Buffer.of("e"))
        yield from state.lines(140, 200, UNICODE)


@pytest.mark.parametrize("name", list(PAYLOADS))
def test_no_view_shows_what_a_terminal_obeys(name: str) -> None:
    for line in every_line(poisoned(PAYLOADS[name])):
        found = [character for character in plain(line) if is_unsafe(character)]
        assert not found, f"{found!r} in {plain(line)!r}"


def test_the_check_sees_what_is_not_cleaned() -> None:
    """The negative control: a line made of the text itself is caught."""
    line: Line = ((poisoned(PAYLOADS["escapes"]).goals[0].title, ""),)
    assert any(is_unsafe(character) for character in plain(line))


def test_a_conflict_shows_no_text_as_it_is() -> None:
    payload = PAYLOADS["escapes"]
    screen = conflict_screen(Conflict(payload, "text", payload, [payload]))
    for line in choice_lines(screen, 80):
        assert not any(is_unsafe(character) for character in plain(line) if character != "\n")
    assert not any(is_unsafe(character) for character in screen.question)


@pytest.mark.parametrize("name", list(PAYLOADS))
def test_a_version_that_is_kept_is_shown_no_more_than_any_text(name: str) -> None:
    payload = PAYLOADS[name]
    item = poisoned(payload).goals[0]
    assert item.title
    for version in (Version("title", payload, payload), Version(payload, [payload], payload)):
        screen = settle_screen(poisoned(payload).get(item.id), version, ("this", "kept", "both"))
        for line in (*choice_lines(screen, 80), ((screen.question, ""),)):
            assert not any(is_unsafe(character) for character in plain(line))


def test_what_a_form_cleans_for_the_eye_is_not_written_back() -> None:
    workspace = poisoned(PAYLOADS["bidi"])
    state = FormState.of(workspace, workspace.get("auto-reminders"))
    assert state.draft == {}
