"""The session: edits through a store, undo beside other people's edits, and nothing at all where it is read-only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from canvas_tui.core import edits
from canvas_tui.core.changes import Change
from canvas_tui.core.commands import Command
from canvas_tui.core.elements import Canvas, Cell, Entry, Header
from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.session.outcome import Outcome, Refused, touched
from canvas_tui.session.saving import Saving
from canvas_tui.session.session import ReadOnlyError, Session, StepOutdated
from canvas_tui.storage.write.queue.journal import Journal
from canvas_tui.storage.write.queue.pending import PendingStore
from tests.unit.board_workspace import template

TODAY = date(2026, 11, 21)


def workspace() -> Workspace:
    cells = {"problem": Cell("problem", (Entry({"id": "one", "text": "One"}), Entry({"text": "Two"})))}
    canvas = Canvas("lean", "lean-canvas", cells, {"model": "lean-canvas", "id": "lean"})
    header = Document("strategy.toml", header=Header({"name": "W", "vision": "V"}))
    return Workspace((header, Document("lean.toml", canvas=canvas)), {"lean-canvas": template("lean-canvas")})


@dataclass
class Done:
    workspace: Workspace
    inverse: Command
    hint: object | None
    changes: tuple[Change, ...]
    made: str
    merged: bool = False
    durable: bool = True


class MemoryStore:
    """A store without a disk, which remembers the hints it was given."""

    root = Path("/nowhere/plan")

    def __init__(self) -> None:
        self.workspace = workspace()
        self.hints: list[object | None] = []

    def apply(self, command: Command, hint: object | None = None) -> Done:
        done = command.apply(self.workspace)
        self.workspace = done.workspace
        self.hints.append(hint)
        return Done(done.workspace, done.inverse, f"hint {len(self.hints)}", done.changes, done.made)

    def refresh(self) -> frozenset[str]:
        return frozenset({"lean.toml"})


def session_on(store: MemoryStore) -> Session:
    """A session that edits this store; nothing here has to wait, so the journal is never written."""
    pending = PendingStore(store, Journal(Path("/nowhere/state"), store.root))
    return Session(store.workspace, TODAY, lambda: Saving(pending))  # type: ignore[arg-type]


def problem_of(outcome: Outcome | None) -> Exception:
    """Why nothing was changed."""
    assert isinstance(outcome, Refused)
    return outcome.problem


def looked_at(outcome: Outcome | None) -> str:
    """Where the cursor goes after an undo that was done."""
    assert outcome is not None
    assert not isinstance(outcome, Refused)
    return touched(outcome.applied)


def texts(session: Session) -> list[str]:
    return [entry.text for entry in session.workspace.canvases[0].cell("problem").entries]


def test_undo_and_redo_go_all_the_way_and_back() -> None:
    store = MemoryStore()
    session = session_on(store)
    first = session.workspace
    session.do(edits.add_entry("lean/problem", "Three"), "Added Three")
    session.do(edits.remove(session.workspace, session.workspace.get("one")), "Deleted One")
    assert texts(session) == ["Two", "Three"]
    assert looked_at(session.undo()) == "one"
    assert session.history.next_redo is not None
    assert session.history.next_redo.title == "Deleted One"
    assert looked_at(session.undo())
    assert session.workspace.documents == first.documents
    assert session.undo() is None
    assert looked_at(session.redo())
    assert looked_at(session.redo())
    assert session.redo() is None
    assert texts(session) == ["Two", "Three"]


def test_an_inverse_comes_back_with_the_hint_of_its_edit() -> None:
    store = MemoryStore()
    session = session_on(store)
    session.do(edits.add_entry("lean/problem", "Three"), "Added")
    session.undo()
    assert store.hints == [None, "hint 1"]
    session.redo()
    assert store.hints[-1] == "hint 2"


def test_undo_points_to_what_came_back_or_to_its_neighbour() -> None:
    store = MemoryStore()
    session = session_on(store)
    session.do(edits.add_entry("lean/problem", "Three"), "Added")
    assert looked_at(session.undo()) == "lean/problem/2"


def test_an_undo_that_meets_anothers_edit_changes_nothing_and_bars_no_other_undo() -> None:
    store = MemoryStore()
    session = session_on(store)
    session.do(edits.change_text(session.workspace.get("one"), "Once"), "Changed One")
    session.do(edits.add_entry("lean/problem", "Three"), "Added Three")
    added = session.workspace.get("lean/problem/3")
    store.workspace = edits.change_text(added, "Theirs").apply(store.workspace).workspace
    problem = problem_of(session.undo())
    assert isinstance(problem, StepOutdated)
    assert re.search(r"^not taken back, somebody changed it since.*: Added Three$", str(problem))
    assert texts(session) == ["Once", "Two", "Theirs"]
    assert looked_at(session.undo()) == "one"
    assert session.history.next_redo is not None
    assert session.history.next_redo.title == "Changed One"
    assert texts(session) == ["One", "Two", "Theirs"]
    store.workspace = edits.change_text(session.workspace.get("one"), "Other").apply(store.workspace).workspace
    problem = problem_of(session.redo())
    assert isinstance(problem, StepOutdated)
    assert str(problem).startswith("not done again, somebody changed it since")
    assert session.history.next_redo is None


def test_an_edit_that_fails_is_no_step() -> None:
    store = MemoryStore()
    session = session_on(store)
    assert "needs a text" in str(problem_of(session.do(edits.add_entry("lean/problem", "  "), "Added")))
    assert session.history.next_undo is None


def test_a_read_only_session_changes_nothing() -> None:
    session = Session(workspace(), TODAY)
    assert session.is_read_only
    problem = problem_of(session.do(edits.add_entry("lean/problem", "Three"), "Added"))
    assert isinstance(problem, ReadOnlyError)
    assert "read-only" in str(problem)
    assert session.refresh() == frozenset()


def test_a_read_only_session_follows_the_reader() -> None:
    other = workspace().without_document("lean.toml")
    session = Session(workspace(), TODAY, follow=lambda: (other, frozenset({"lean.toml"})))
    assert session.refresh() == {"lean.toml"}
    assert session.workspace is other


def test_graph_and_findings_are_made_when_asked_for_and_then_known() -> None:
    store = MemoryStore()
    session = session_on(store)
    assert session.known_graph is None
    assert session.known_report is None
    assert session.report.findings
    assert session.is_up_to_date
    before = session.known_report
    session.do(edits.add_entry("lean/channels", "Door to door"), "Added")
    assert not session.is_up_to_date
    assert session.known_report is before
    assert session.report is not before
