"""Forms: what is typed is checked as it is typed, and saved as one step."""

from __future__ import annotations

from datetime import date

import pytest

from canvas_tui.core.commands import Batch
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import EditError
from canvas_tui.core.text import width
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.dialogs.form_state import FormState
from canvas_tui.tui.dialogs.form_view import form_lines
from canvas_tui.tui.paint.style import ASCII, UNICODE, plain
from tests.unit.views_workspace import small


def form(address: str = "auto-reminders") -> FormState:
    workspace = small()
    return FormState.of(workspace, workspace.get(address))


def put(state: FormState, name: str, text: str) -> None:
    state.cursor = next(number for number, each in enumerate(state.fields) if each.spec.name == name)
    state._set(Buffer.of(text))


def shown(state: FormState, columns: int = 80, height: int = 24) -> str:
    return "\n".join(plain(line) for line in form_lines(state, columns, height, UNICODE, title="Form"))


def test_all_changed_fields_are_saved_as_one_step_and_come_back_as_one() -> None:
    state = form()
    put(state, "title", "Reminders by themselves")
    put(state, "end", "2026-12-05")
    put(state, "effort", "8")
    command = state.command()
    assert isinstance(command, Batch)
    done = command.apply(state.workspace)
    fields = done.workspace.get("auto-reminders").element.fields
    assert (fields["title"], fields["end"], fields["effort"]) == ("Reminders by themselves", date(2026, 12, 5), 8)
    assert done.inverse.apply(done.workspace).workspace == state.workspace


def test_nothing_changed_is_no_edit() -> None:
    assert form().command() is None


def test_an_emptied_field_is_taken_out() -> None:
    state = form()
    put(state, "start", "")
    command = state.command()
    assert command is not None
    assert "start" not in command.apply(state.workspace).workspace.get("auto-reminders").element.fields


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("start", "2026-13-01", "no date"),
        ("effort", "much", "no number"),
        ("effort", "5000", "from 0 to 1000"),
        ("status", "soon", "use one of"),
        ("title", "", "needs a title"),
        ("parent", "profitable", "is a goal"),
        ("parent", "auto-reminders", "itself - name another one"),
        ("depends-on", "stop-chasing, auto-remindrs", "did you mean 'auto-reminders'"),
        ("end", "2026-08-01", "before the start"),
    ],
)
def test_a_complaint_stands_beside_its_field_in_words(field: str, text: str, words: str) -> None:
    state = form()
    put(state, field, text)
    assert words in state.here.complaint
    line = next(line for line in shown(state, 160).splitlines() if line.strip("▌ ").startswith(state.here.spec.label))
    assert words in line
    with pytest.raises(EditError, match=r"\w"):
        state.command()


def test_a_right_value_is_not_told_off() -> None:
    state = form()
    put(state, "depends-on", "stop-chasing, other-currencies")
    assert state.here.complaint == ""


def test_a_new_form_does_not_tell_off_before_anything_is_typed() -> None:
    state = FormState.new(small(), Kind.GOAL)
    assert "needs a title" not in shown(state)
    state.touch_all()
    assert "needs a title" in shown(state)


def test_choices_turn_with_arrows_and_letters_and_can_be_none() -> None:
    state = form()
    state.cursor = next(number for number, each in enumerate(state.fields) if each.spec.name == "status")
    state.press("right", None)
    assert state.here.text == "blocked"
    state.press("d", "d")
    assert state.here.text == "done"
    state.press("backspace", None)
    assert state.here.text == ""
    state.press("left", None)
    assert state.here.text == "cancelled"


def test_an_id_is_completed_by_right() -> None:
    state = form()
    put(state, "depends-on", "auto-reminders, other")
    assert state.suggestions()[0] == "other-currencies"
    state.press("right", None)
    assert state.here.text == "auto-reminders, other-currencies"


def test_a_new_goal_has_its_place_its_id_and_its_metric() -> None:
    state = FormState.new(small(), Kind.GOAL, {"parent": "profitable"})
    put(state, "title", "Ten banks")
    put(state, "metric.target", "10")
    put(state, "metric.name", "banks")
    put(state, "due", "2027-03-31")
    command = state.command()
    assert command is not None
    done = command.apply(state.workspace)
    fields = done.workspace.get("ten-banks").element.fields
    assert fields["parent"] == "profitable"
    assert fields["metric"] == {"name": "banks", "target": 10}
    assert fields["due"] == date(2027, 3, 31)
    assert "links" not in fields


def test_a_new_initiative_keeps_the_link_it_was_given() -> None:
    state = FormState.new(small(), Kind.INITIATIVE, {"links": ["consultants-500"]})
    put(state, "title", "A stand at the fair")
    command = state.command()
    assert command is not None
    assert command.apply(state.workspace).workspace.get("a-stand-at-the-fair").element.links == ("consultants-500",)


def test_a_draft_comes_back_and_what_is_unchanged_is_none() -> None:
    state = form()
    put(state, "owner", "bea")
    assert state.draft == {"owner": "bea"}
    again = FormState.of(state.workspace, state.workspace.get("auto-reminders"), state.draft)
    assert again.draft == {"owner": "bea"}


def test_an_entry_asks_for_impact_only_where_its_cell_does() -> None:
    names = [each.spec.name for each in form("late-payment").fields]
    assert "state" in names
    assert "impact" not in names
    workspace = small()
    threat = FormState.of(workspace, workspace.get("swot/threats/1"))
    assert "impact" in [each.spec.name for each in threat.fields]


def test_a_note_of_several_lines_is_not_squeezed_into_one() -> None:
    workspace = small()
    item = workspace.get("late-payment")
    from canvas_tui.core.commands import SetField
    from canvas_tui.core.places import ref_to

    workspace = SetField(ref_to(item), "note", "one\ntwo\n").apply(workspace).workspace
    state = FormState.of(workspace, workspace.get("late-payment"))
    state.cursor = next(number for number, each in enumerate(state.fields) if each.spec.name == "note")
    assert not state.press("x", "x")
    assert state.command() is None
    assert "2 lines" in shown(state)


def test_a_form_fits_every_window_and_scrolls_to_its_cursor() -> None:
    for columns, height in ((60, 12), (80, 14), (62, 24)):
        state = form()
        for _ in state.fields:
            lines = form_lines(state, columns, height, ASCII, title="A title that is rather long for a form")
            assert len(lines) == height
            assert all(width(plain(line)) <= columns for line in lines)
            assert any(plain(line).startswith(f"{ASCII.cursor}{state.here.spec.label}") for line in lines)
            state.press("down", None)


def test_a_day_may_be_typed_without_leading_zeros() -> None:
    state = form()
    put(state, "start", "2027-9-3")
    put(state, "end", "2027-10-1")
    assert [each.complaint for each in state.fields if each.complaint] == []
    put(state, "end", "2027-9-2")
    assert [each.complaint for each in state.fields if each.complaint] == [
        "the end is before the start - change one of them"
    ]


def test_a_new_element_is_written_in_the_order_a_person_would() -> None:
    state = FormState.new(small(), Kind.GOAL, {"parent": "profitable"})
    put(state, "title", "Bills go out on Fridays")
    put(state, "team", "product")
    table = state.command().apply(small()).workspace.get("bills-go-out-on-fridays").element.fields  # type: ignore[union-attr]
    assert list(table) == ["id", "title", "team", "parent"]
