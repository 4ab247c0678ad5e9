"""Commands are pure, take themselves back exactly, and never touch what they do not name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_tui.core import edits
from canvas_tui.core.commands import AddEntry, AddLink, Batch, ChangeEntry, Command, MoveEntry, RemoveEntry, SetField
from canvas_tui.core.elements import Canvas, Cell, Entry, Goal, Header, Kind
from canvas_tui.core.places import Conflict, EditError, Place, Ref, locate, ref_to
from canvas_tui.core.structure import AddGoal, RemoveElement
from canvas_tui.core.template import template_from
from canvas_tui.core.typed import set_typed
from canvas_tui.core.waiving import AddWaiver
from canvas_tui.core.workspace import Document, UnknownElement, Workspace

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


def canvas(name: str, **cells: list[dict[str, Any]]) -> Document:
    made = {cell: Cell(cell, tuple(Entry(fields) for fields in entries)) for cell, entries in cells.items()}
    return Document(f"{name}.toml", canvas=Canvas(name, "grid", made, {"model": "grid"}))


def workspace() -> Workspace:
    header = Document("strategy.toml", header=Header({"name": "Test", "vision": "All is well."}))
    one = canvas("one", left=[{"text": "a"}, {"text": "b"}, {"text": "a"}], right=[{"text": "c", "id": "sea"}])
    two = canvas("two", left=[{"text": "d", "links": ["sea", "win"]}])
    goals = Document("goals.toml", goals=(Goal("win", {"id": "win", "title": "Win"}),))
    return Workspace((header, goals, one, two), {"grid": GRID})


def texts(space: Workspace, address: str) -> list[str]:
    cell = space.get(address).element
    assert isinstance(cell, Cell)
    return [entry.text for entry in cell.entries]


def assert_goes_back(before: Workspace, command: Command) -> Workspace:
    done = command.apply(before)
    back = done.inverse.apply(done.workspace)
    assert back.workspace == before
    assert back.inverse.apply(back.workspace).workspace == done.workspace
    return done.workspace


def test_an_entry_is_added_where_asked() -> None:
    space = workspace()
    after = Place(after=Ref("one/left/1", "a"))
    assert texts(assert_goes_back(space, AddEntry("one/left", {"text": "x"}, after)), "one/left") == list("axba")
    before = Place(before=Ref("one/left/1", "a"))
    assert texts(assert_goes_back(space, AddEntry("one/left", {"text": "x"}, before)), "one/left") == list("xaba")
    assert texts(assert_goes_back(space, AddEntry("one/left", {"text": "x"})), "one/left") == list("abax")


@pytest.mark.parametrize("text", ["", "  \n", None, 5])
def test_an_entry_without_a_text_is_refused(text: object) -> None:
    with pytest.raises(EditError, match="needs a text"):
        AddEntry("one/left", {"text": text}).apply(workspace())


def test_an_entry_without_an_id_is_found_again_after_another_persons_edit() -> None:
    space = workspace()
    mine = ChangeEntry(Ref("one/left/2", "b"), "B")
    theirs = AddEntry("one/left", {"text": "new"}, Place(before=Ref("one/left/1"))).apply(space).workspace
    assert texts(mine.apply(theirs).workspace, "one/left") == ["new", "a", "B", "a"]


def test_the_nearest_of_two_entries_with_the_same_text_is_meant() -> None:
    theirs = RemoveEntry(Ref("one/left/2", "b")).apply(workspace()).workspace
    assert locate(theirs, Ref("one/left/3", "a")).index == 1


def test_changing_what_somebody_else_changed_is_a_conflict_and_changes_nothing() -> None:
    space = workspace()
    theirs = ChangeEntry(Ref("sea", "c"), "theirs").apply(space).workspace
    with pytest.raises(Conflict) as caught:
        ChangeEntry(Ref("sea", "c"), "mine").apply(theirs)
    assert (caught.value.mine, caught.value.theirs) == ("mine", "theirs")
    assert theirs.get("sea").text == "theirs"


def test_making_the_same_change_twice_is_no_conflict() -> None:
    theirs = ChangeEntry(Ref("sea", "c"), "same").apply(workspace()).workspace
    assert ChangeEntry(Ref("sea", "c"), "same").apply(theirs).changes == ()


def test_removing_what_somebody_else_changed_is_a_conflict() -> None:
    space = workspace()
    remove = edits.remove(space, space.get("one/left/2"))
    theirs = SetField(Ref("one/left/2", "b"), "importance", 5).apply(space).workspace
    with pytest.raises(Conflict):
        remove.apply(theirs)


def test_removing_an_entry_takes_the_links_to_it_along_and_undo_brings_them_back() -> None:
    space = workspace()
    after = assert_goes_back(space, edits.remove(space, space.get("sea")))
    assert after.get("two/left/1").element.links == ("win",)


def test_removing_a_goal_takes_parents_and_links_along() -> None:
    space = edits.add_goal(workspace(), "Sub", {"parent": "win"}).apply(workspace()).workspace
    after = assert_goes_back(space, edits.remove(space, space.get("win")))
    assert after.get("sub").element.fields == {"id": "sub", "title": "Sub"}
    assert after.get("two/left/1").element.links == ("sea",)


def test_linking_to_an_entry_without_an_id_gives_it_one_in_the_same_step() -> None:
    space = workspace()
    after = assert_goes_back(space, edits.link(space, space.get("win"), space.get("one/left/2")))
    assert after.get("b").text == "b"
    assert after.get("win").element.links == ("b",)


def test_a_link_is_not_written_twice_nor_to_itself() -> None:
    space = workspace()
    with pytest.raises(EditError, match="already"):
        AddLink(Ref("two/left/1", "d"), "sea").apply(space)
    with pytest.raises(EditError, match="itself"):
        edits.link(space, space.get("sea"), space.get("sea"))


def test_unlinking_finds_the_link_whichever_end_wrote_it() -> None:
    space = workspace()
    for pair in (("two/left/1", "sea"), ("sea", "two/left/1")):
        after = assert_goes_back(space, edits.unlink(space, space.get(pair[0]), space.get(pair[1])))
        assert after.get("two/left/1").element.links == ("win",)


def test_moving_between_canvases_keeps_the_entry_whole() -> None:
    space = workspace()
    after = assert_goes_back(space, edits.move(space.get("two/left/1"), "one/right", Place(before=Ref("sea"))))
    assert texts(after, "one/right") == ["d", "c"]
    assert after.get("one/right/1").element.links == ("sea", "win")


@pytest.mark.parametrize(("number", "by", "expected"), [(1, 1, "baa"), (2, 1, "aab"), (2, -1, "baa"), (3, -1, "aab")])
def test_shifting_moves_one_place(number: int, by: int, expected: str) -> None:
    space = workspace()
    command = edits.shift(space.get(f"one/left/{number}"), by)
    assert command is not None
    assert texts(assert_goes_back(space, command), "one/left") == list(expected)


def test_shifting_past_the_end_is_nothing() -> None:
    assert edits.shift(workspace().get("one/left/3"), 1) is None
    assert edits.shift(workspace().get("one/left/1"), -1) is None


def test_a_dotted_field_makes_and_drops_its_table() -> None:
    space = workspace()
    after = assert_goes_back(space, set_typed(space, space.get("win"), {"metric.target": "10"}))
    assert after.get("win").element.fields["metric"] == {"target": 10}
    again = assert_goes_back(after, set_typed(after, after.get("win"), {"metric.target": ""}))
    assert "metric" not in again.get("win").element.fields


@pytest.mark.parametrize(
    ("field", "typed", "complaint"),
    [
        ("due", "soon", "no date"),
        ("status", "busy", "use one of"),
        ("value", "much", "no number"),
        ("xyz", "1", "no field"),
    ],
)
def test_a_field_that_does_not_fit_is_told_in_words(field: str, typed: str, complaint: str) -> None:
    with pytest.raises(EditError, match=complaint):
        set_typed(workspace(), workspace().get("win"), {field: typed})


def test_the_id_of_a_goal_never_changes() -> None:
    with pytest.raises(EditError, match="never changes"):
        SetField(Ref("win"), "id", "lose").apply(workspace())


def test_an_unknown_element_is_told_with_the_closest_address() -> None:
    with pytest.raises(UnknownElement, match="did you mean 'one/right'"):
        edits.add_entry("one/rigth", "x").apply(workspace())


def test_a_new_goal_goes_where_goals_are() -> None:
    command = edits.add_goal(workspace(), "Win")
    assert (command.file, command.fields["id"]) == ("goals.toml", "win-2")
    assert_goes_back(workspace(), command)


def test_undoing_the_first_goal_takes_its_file_away_again() -> None:
    space = workspace().without_document("goals.toml")
    after = assert_goes_back(space, edits.add_goal(space, "Win"))
    assert after.document("goals.toml") is not None


def test_an_unreadable_file_is_never_written_to() -> None:
    space = workspace().with_document(Document("goals.toml", is_readable=False))
    with pytest.raises(EditError, match="cannot be read"):
        AddGoal({"id": "x", "title": "X"}, "goals.toml").apply(space)


def test_a_canvas_with_entries_is_not_removed() -> None:
    with pytest.raises(EditError, match="not empty"):
        RemoveElement(Ref("one")).apply(workspace())


def test_a_canvas_is_added_in_a_file_of_its_own() -> None:
    after = assert_goes_back(workspace(), edits.add_canvas(workspace(), "grid", "One"))
    assert after.document("one-2.toml") is not None


def test_a_waiver_needs_a_reason_and_goes_back() -> None:
    assert_goes_back(workspace(), AddWaiver({"rule": "orphan-entry", "element": "sea", "reason": "On purpose"}))
    with pytest.raises(EditError, match="reason"):
        AddWaiver({"rule": "orphan-entry", "element": "sea"}).apply(workspace())


def test_a_batch_is_all_or_nothing() -> None:
    space = workspace()
    with pytest.raises(UnknownElement):
        Batch((RemoveEntry(Ref("sea")), RemoveEntry(Ref("nowhere")))).apply(space)
    assert space == workspace()


def test_a_duplicate_id_is_not_edited() -> None:
    space = workspace().with_document(canvas("three", left=[{"text": "other", "id": "sea"}]))
    with pytest.raises(EditError, match="used twice"):
        ChangeEntry(Ref("sea"), "which?").apply(space)


def _random_command(data: st.DataObject, space: Workspace) -> Command | None:
    items = list(space.elements())
    entries = [item for item in items if item.kind is Kind.ENTRY]
    cells = ["one/left", "one/right", "two/left", "two/right"]
    kind = data.draw(st.sampled_from("add change remove move shift link unlink field goal".split()))
    item = data.draw(st.sampled_from(entries)) if entries else None
    text = data.draw(st.text(min_size=1, max_size=5).filter(lambda each: each.strip()))
    try:
        match kind:
            case "add":
                place = Place(after=ref_to(item)) if item else Place()
                return AddEntry(data.draw(st.sampled_from(cells)), {"text": text}, place)
            case "goal":
                return edits.add_goal(space, text)
            case "link" | "unlink" | "remove":
                source, target = data.draw(st.sampled_from(items)), data.draw(st.sampled_from(items))
                if kind == "remove":
                    return edits.remove(space, source) if source.kind in (Kind.ENTRY, Kind.GOAL) else None
                return edits.link(space, source, target) if kind == "link" else edits.unlink(space, source, target)
        if item is None:
            return None
        match kind:
            case "change":
                return edits.change_text(item, text)
            case "move":
                anchor = data.draw(st.sampled_from(entries))
                return MoveEntry(ref_to(item), data.draw(st.sampled_from(cells)), Place(before=ref_to(anchor)))
            case "shift":
                return edits.shift(item, data.draw(st.sampled_from([-1, 1])))
            case _:
                return set_typed(space, item, {"importance": str(data.draw(st.integers(1, 5)))})
    except EditError:
        return None


@given(st.data())
def test_taking_back_any_row_of_edits_gives_the_workspace_that_was(data: st.DataObject) -> None:
    start = space = workspace()
    inverses: list[Command] = []
    for _ in range(data.draw(st.integers(1, 12))):
        command = _random_command(data, space)
        if command is None:
            continue
        try:
            done = command.apply(space)
        except EditError:
            continue
        inverses.append(done.inverse)
        space = done.workspace
    for inverse in reversed(inverses):
        space = inverse.apply(space).workspace
    assert space == start


def test_what_is_typed_as_a_note_is_kept_without_the_blanks_around_it() -> None:
    space = workspace()
    done = set_typed(space, space.get("win"), {"note": "\n  said twice \n\n  by ana \n"}).apply(space)
    assert done.workspace.get("win").element.fields["note"] == "said twice \n\n  by ana"
