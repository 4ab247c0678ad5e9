"""Which board a session begins with, and what is remembered of the last one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from canvas_tui.core.elements import Canvas, Cell, Entry, Initiative
from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.storage.write.presence.left import Left
from canvas_tui.tui.board.first import first_canvas


def canvas(name: str, model: str = "swot", status: str = "active", links: int = 0) -> Canvas:
    entry = Entry({"text": "Something", "links": [f"goal-{number}" for number in range(links)]})
    fields = {"model": model, "id": name, "status": status}
    return Canvas(name, model, {"cell": Cell("cell", (entry,))}, fields)


def first(*canvases: Canvas, left: str = "", work: tuple[Initiative, ...] = ()) -> str:
    documents = [Document(f"{each.id}.toml", canvas=each) for each in canvases]
    return first_canvas(Workspace((*documents, Document("work.toml", initiatives=work)), {}), left)


def test_the_canvas_with_the_most_links_comes_first() -> None:
    assert first(canvas("a", links=1), canvas("b", links=3), canvas("c", links=2)) == "b"


def test_links_from_the_work_count_too() -> None:
    work = Initiative("work", {"id": "work", "links": ["b/cell/1", "b", "c"]})
    assert first(canvas("a", links=1), canvas("b"), canvas("c"), work=(work,)) == "b"


@pytest.mark.parametrize("model", ["persona", "competitor", "segment-profile", "customer-journey", "creative-brief"])
def test_one_of_many_never_comes_before_a_plan(model: str) -> None:
    assert first(canvas("a", model, links=9), canvas("b", "lean-canvas")) == "b"


@pytest.mark.parametrize("model", ["lean-canvas", "business-model-canvas"])
def test_of_two_with_as_many_links_the_plan_of_the_whole_comes_first(model: str) -> None:
    assert first(canvas("a", links=2), canvas("b", model, links=2)) == "b"


def test_a_draft_is_never_shown_first_while_something_is_active() -> None:
    assert first(canvas("a", "lean-canvas", "draft", links=9), canvas("b", "persona")) == "b"


def test_what_was_put_away_is_shown_when_there_is_nothing_else() -> None:
    assert first(canvas("a", status="archived"), canvas("b", status="draft")) == "b"
    assert first(canvas("a", status="archived")) == "a"
    assert first() == ""


@pytest.mark.parametrize(("status", "shown"), [("active", "b"), ("draft", "b"), ("archived", "a")])
def test_the_board_that_was_left_is_shown_again_unless_it_was_put_away(status: str, shown: str) -> None:
    assert first(canvas("a", "lean-canvas", links=2), canvas("b", status=status), left="b") == shown


def test_a_board_that_is_gone_is_not_asked_for() -> None:
    assert first(canvas("a"), left="gone") == "a"


def test_what_was_left_is_kept_for_this_workspace_alone(tmp_path: Path) -> None:
    Left(tmp_path / "state", tmp_path / "one").keep("lean")
    assert Left(tmp_path / "state", tmp_path / "one").canvas == "lean"
    assert Left(tmp_path / "state", tmp_path / "two").canvas == ""
    Left(tmp_path / "state", tmp_path / "one").keep_at_end("swot")
    assert Left(tmp_path / "state", tmp_path / "one").canvas == "swot"


def test_nothing_is_written_while_nothing_is_known_or_new(tmp_path: Path) -> None:
    left = Left(tmp_path / "state", tmp_path)
    left.keep("")
    assert not (tmp_path / "state").exists()
    left.keep("lean")
    file = next((tmp_path / "state").iterdir())
    before = file.stat().st_ino
    left.keep("lean")
    assert file.stat().st_ino == before


@pytest.mark.parametrize("text", ["", "[]", "{", '{"canvas": "lean"}', '{"workspace": "/else", "canvas": "lean"}'])
def test_a_damaged_file_is_as_if_nothing_had_been_left(tmp_path: Path, text: str) -> None:
    Left(tmp_path / "state", tmp_path).keep("lean")
    next((tmp_path / "state").iterdir()).write_text(text, encoding="utf-8")
    assert Left(tmp_path / "state", tmp_path).canvas == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    left = Left(tmp_path / "state", tmp_path)
    left.keep("lean")
    assert left.canvas == ""
