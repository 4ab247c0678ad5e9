"""Where an address could mean either of two elements, nothing is edited by it: no edit lands in the other file, and
nothing goes that undo could not bring back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from canvas_tui.core import edits
from canvas_tui.core.commands import AddEntry, AddLink, ChangeEntry, Command, MoveEntry, RemoveEntry, SetField
from canvas_tui.core.elements import Canvas, Cell, Entry, Goal, Header, Kind
from canvas_tui.core.places import EditError, Place, Ref, locate
from canvas_tui.core.structure import RemoveElement
from canvas_tui.core.template import template_from
from canvas_tui.core.typed import set_typed
from canvas_tui.core.workspace import Document, Workspace

GRID = template_from(
    {
        "id": "grid",
        "columns": 2,
        "rows": 1,
        "cells": [
            {"id": "left", "columns": [1, 1], "rows": [1, 1]},
            {"id": "right", "columns": [2, 2], "rows": [1, 1]},
        ],
    }
)


def canvas(path: str, name: str, *, is_named: bool = False, **cells: list[dict[str, Any]]) -> Document:
    made = {cell: Cell(cell, tuple(Entry(fields) for fields in entries)) for cell, entries in cells.items()}
    fields = {"model": "grid"} | ({"id": name} if is_named else {})
    return Document(path, canvas=Canvas(name, "grid", made, fields))


def pair() -> Workspace:
    """Two canvases with the id lean, which neither writes; and one more that has an id of its own."""
    header = Document("strategy.toml", header=Header({"name": "Test", "vision": "All is well."}))
    eu = canvas("eu/lean.toml", "lean", left=[{"text": "Mail"}], right=[{"text": "Shop", "id": "shop"}])
    us = canvas("us/lean.toml", "lean", left=[{"text": "Wire"}, {"text": "Fair"}], right=[{"text": "Sea", "id": "sea"}])
    own = canvas("plan.toml", "plan", is_named=True, left=[{"text": "Own"}, {"text": "Two", "id": "two"}])
    goals = Document("goals.toml", goals=(Goal("win", {"id": "win", "title": "Win"}),))
    return Workspace((header, eu, goals, own, us), {"grid": GRID})


DOUBLED = {
    "change an entry": ChangeEntry(Ref("lean/left/1", "Mail"), "Post"),
    "change an entry of the second": ChangeEntry(Ref("lean/left/1", "Wire"), "Post"),
    "change an entry that the first has not": ChangeEntry(Ref("lean/left/2", "Fair"), "Post"),
    "change an entry that is gone from its place": ChangeEntry(Ref("lean/left/9", "Fair"), "Post"),
    "set a field": SetField(Ref("lean/left/1"), "state", "fact"),
    "set a field by the place of an entry with an id": SetField(Ref("lean/right/1"), "state", "fact"),
    "note a cell": SetField(Ref("lean/left"), "note", "Empty"),
    "name a canvas": SetField(Ref("lean"), "title", "Ours"),
    "take an id away": SetField(Ref("sea"), "id", None),
    "add": AddEntry("lean/left", {"text": "New"}),
    "add to a cell that is gone": AddEntry("lean/gone", {"text": "New"}, makes_cell=True),
    "remove": RemoveEntry(Ref("lean/left/1", "Mail")),
    "remove one with an id": RemoveEntry(Ref("sea")),
    "move within": MoveEntry(Ref("lean/left/2", "Fair"), "lean/left"),
    "move in": MoveEntry(Ref("plan/left/1", "Own"), "lean/left"),
    "move out": MoveEntry(Ref("sea"), "plan/left"),
    "link from": AddLink(Ref("lean/left/1"), "win"),
    "remove the canvas": RemoveElement(Ref("lean")),
}


@pytest.mark.parametrize("command", DOUBLED.values(), ids=DOUBLED.keys())
def test_nothing_is_edited_by_the_address_of_a_doubled_canvas_and_both_files_and_the_cure_are_told(
    command: Command,
) -> None:
    with pytest.raises(EditError) as told:
        command.apply(pair())
    assert str(told.value) == (
        "the id 'lean' is used twice, in eu/lean.toml and us/lean.toml - "
        'write id = "us-lean" at the top of us/lean.toml first'
    )


def test_an_entry_with_an_id_of_its_own_is_still_edited_and_undone() -> None:
    done = SetField(Ref("sea"), "text", "Ocean").apply(pair())
    document = done.workspace.document("us/lean.toml")
    assert document is not None
    assert document.find("sea") is not None
    assert document.find("sea").text == "Ocean"  # type: ignore[union-attr]
    assert done.inverse.apply(done.workspace).workspace == pair()


def test_the_cure_that_is_told_is_one() -> None:
    space = pair()
    us = space.document("us/lean.toml")
    assert us is not None
    assert us.canvas is not None
    cured = space.with_document(replace(us, canvas=replace(us.canvas, id="us-lean")))
    done = RemoveEntry(Ref("us-lean/left/1", "Wire")).apply(cured)
    assert done.inverse.apply(done.workspace).workspace == cured
    assert ChangeEntry(Ref("lean/left/1", "Mail"), "Post").apply(cured).changes[0].file == "eu/lean.toml"


def test_nothing_is_linked_with_an_id_that_could_mean_another() -> None:
    space = pair()
    for target in ("lean", "lean/left", "lean/left/1"):
        with pytest.raises(EditError, match=r"eu/lean\.toml and us/lean\.toml"):
            edits.link(space, space.get("win"), space.get(target))
    with pytest.raises(EditError, match=r"eu/lean\.toml and us/lean\.toml"):
        set_typed(space, space.get("win"), {"links": "lean"})


def test_an_id_that_two_goals_have_names_both_files() -> None:
    more = Document("more.toml", goals=(Goal("win", {"id": "win", "title": "Win too"}),))
    with pytest.raises(EditError, match=r"'win' is used twice, in goals.toml and more.toml - .* in more.toml first"):
        RemoveElement(Ref("win")).apply(pair().with_document(more))


def test_moving_past_an_entry_whose_id_is_used_twice_moves_by_one() -> None:
    other = canvas("x.toml", "x", is_named=True, left=[{"text": "Twin", "id": "two"}])
    plan = canvas(
        "plan.toml", "plan", is_named=True,
        left=[{"text": "Two", "id": "two"}, {"text": "Own"}, {"text": "Last"}, {"text": "Very last"}],
    )  # fmt: skip
    space = pair().with_document(other).with_document(plan)
    up = edits.shift(space.get("plan/left/2"), -1)
    assert up is not None
    cell = up.apply(space).workspace.get("plan/left").element
    assert isinstance(cell, Cell)
    assert [entry.text for entry in cell.entries] == ["Own", "Two", "Last", "Very last"]


def test_an_id_written_like_a_place_is_not_taken_for_the_entry_that_stands_there() -> None:
    odd = canvas("odd.toml", "odd", is_named=True, left=[{"text": "Odd", "id": "plan/left/1"}])
    space = pair().with_document(odd)
    for command in (ChangeEntry(Ref("plan/left/1", "Own"), "x"), RemoveEntry(Ref("plan/left/1", "Odd"))):
        with pytest.raises(EditError, match=r"odd\.toml has 'plan/left/1' as an id"):
            command.apply(space)


def test_an_element_called_vision_is_not_taken_for_the_vision() -> None:
    odd = Document("odd.toml", goals=(Goal("vision", {"id": "vision", "title": "Our vision"}),))
    space = pair().with_document(odd)
    for command in (SetField(Ref("vision"), "vision", "x"), RemoveElement(Ref("vision"))):
        with pytest.raises(EditError, match=r"'vision' is what links call the vision, and odd.toml"):
            command.apply(space)


def test_an_entry_of_an_unknown_cell_comes_back_though_a_goal_has_the_canvas_s_id() -> None:
    """A goal and a canvas of one id are doubled themselves; what stands in the canvas has addresses of its own."""
    space = pair().with_document(canvas("win.toml", "win", stray=[{"text": "Only one"}]))
    done = RemoveEntry(Ref("win/stray/1", "Only one")).apply(space)
    assert done.inverse.apply(done.workspace).workspace == space


def test_whatever_is_removed_or_moved_comes_back_or_is_refused() -> None:
    """Over every entry and goal of a workspace with doubled ids of all kinds."""
    space = pair().with_document(canvas("x.toml", "plan", is_named=True, left=[{"text": "Twin", "id": "two"}]))
    win = canvas("win.toml", "win", left=[{"text": "One"}, {"text": "One"}], stray=[{"text": "S"}])
    space = space.with_document(win)
    refused = done = 0
    for item in list(space.elements()):
        commands: list[Command] = []
        if item.kind in (Kind.ENTRY, Kind.GOAL):
            commands.append(edits.remove(space, item))
        if item.kind is Kind.ENTRY:
            commands += [edits.move(item, cell, Place()) for cell in ("win/left", "plan/right", "lean/left")]
            commands += [each for by in (1, -1) if (each := edits.shift(item, by)) is not None]
        for command in commands:
            try:
                made = command.apply(space)
            except EditError:
                refused += 1
                continue
            done += 1
            assert made.changes[0].file == item.file or isinstance(command, MoveEntry)
            assert made.inverse.apply(made.workspace).workspace == space, command
    assert refused
    assert done


def test_a_draft_of_a_doubled_canvas_is_for_no_entry() -> None:
    with pytest.raises(EditError, match="used twice"):
        locate(pair(), Ref("lean/left/1", "Wire"))
