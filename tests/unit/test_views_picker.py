"""Choosing one of many: what fits, in what order, and what the picker says."""

from __future__ import annotations

from canvas_tui.core.elements import Kind
from canvas_tui.core.text import width
from canvas_tui.rules.fix import Wants
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.dialogs.choices import NEW_GOAL, cell_items, items_to_link, link_items, linked_with, model_items
from canvas_tui.tui.dialogs.frame import place_for
from canvas_tui.tui.dialogs.matching import Item, Matcher, grouped, matched_positions, with_matches
from canvas_tui.tui.dialogs.picker_view import PickerState, Wording
from canvas_tui.tui.paint.style import ASCII, UNICODE, plain
from tests.unit.strategy_factory import canvas, entry, goal, work, workspace
from tests.unit.views_workspace import small

WORDS = Wording("Link with", "link", "unlink")


def picker(query: str = "") -> PickerState:
    plan = small()
    return PickerState.of(link_items(plan, plan.get("late-payment"), UNICODE), WORDS, query)


def shown(state: PickerState, columns: int = 80, height: int = 20) -> str:
    return "\n".join(plain(line) for line in state.lines(columns, height, UNICODE))


def test_the_best_match_is_under_the_cursor() -> None:
    state = picker("500 pay")
    assert state.choice is not None
    assert state.choice.value == "consultants-500"


def test_letters_in_order_fit_and_the_others_do_not() -> None:
    matcher = Matcher([Item("a", "Profitable by 2027"), Item("b", "Banks do it too")])
    assert [item.value for item in matcher.fitting("pft27")] == ["a"]
    assert matcher.fitting("zz") == []


def test_narrowing_and_widening_again_finds_the_same() -> None:
    items = [Item(str(number), f"Entry {number} about {number * 7 % 13}") for number in range(300)]
    one, other = Matcher(items), Matcher(items)
    for query in ("e", "en", "ent1", "ent12", "ent1", "en"):
        assert [i.value for i in one.fitting(query)] == [i.value for i in Matcher(items).fitting(query)]
    assert other.fitting("") == items


def test_matched_letters_are_the_underlined_ones() -> None:
    assert matched_positions("bob", "Bank of Boats") == {0, 5, 8}
    assert [text for text, style in with_matches("Café Zürich", "zur") if style == "match"] == ["Zür"]
    assert "".join(text for text, _ in with_matches("Straße 7", "ss7")) == "Straße 7"


def test_items_stand_in_groups_the_best_group_first() -> None:
    groups = grouped([Item("1", "x", "Goals"), Item("2", "y", "Entries"), Item("3", "z", "Goals")])
    assert [(name, [item.value for item in items]) for name, items in groups] == [
        ("Goals", ["1", "3"]),
        ("Entries", ["2"]),
    ]


def test_what_is_linked_is_ticked_and_enter_unlinks_it() -> None:
    state = picker()
    ticked = {item.value for _, items in state._groups for item in items if item.is_ticked}
    assert ticked == {"paid-in-10-days", "self-sending"}
    while state.choice is not None and not state.choice.is_ticked:
        state.move(1)
    assert "enter unlink" in shown(state)


def test_a_placeholder_is_no_answer_and_nothing_to_link_with() -> None:
    cells = {"problem": [entry("late")], "solution": [entry("<What answers it?>", id="open"), entry("TBD", id="tbd"),
             entry("Reminders", id="mail"), entry("<Linked once>", "late", id="old")]}  # fmt: skip
    plan = workspace(canvas("lean-canvas", cells), goals=[goal("g", title="<Which goal?>")], works=[work("w")])
    late = plan.get("late")
    answers = items_to_link(plan, late, Wants((Kind.INITIATIVE,), ("solution",)), UNICODE)
    assert {item.value for item in answers if not item.is_creator} == {"w", "mail"}
    offered = {item.value for item in link_items(plan, late, UNICODE)}
    assert offered.isdisjoint({"open", "g"})
    assert "old" in offered, "what is linked can be unlinked"


def test_links_written_at_the_other_end_count() -> None:
    workspace = small()
    assert "self-sending" in linked_with(workspace, workspace.get("late-payment"))
    assert "auto-reminders" in linked_with(workspace, workspace.get("self-sending"))


def test_the_last_lines_create_what_is_typed() -> None:
    state = picker("Ten banks by spring")
    text = shown(state)
    assert "create goal “Ten banks by spring”" in text
    assert "create initiative “Ten banks by spring”" in text
    assert state.choice is not None
    assert state.choice.value == NEW_GOAL
    assert "enter create" in text


def test_nothing_is_created_before_anything_is_typed() -> None:
    assert "create" not in shown(picker(), height=60)


def test_an_element_is_not_offered_to_itself() -> None:
    state = picker()
    assert "late-payment" not in {item.value for _, items in state._groups for item in items}


def test_every_line_fits_its_width() -> None:
    for columns in (40, 62, 80):
        for query in ("", "a", "pay", "nothing like this"):
            for line in picker(query).lines(columns, 14, ASCII):
                assert width(plain(line)) <= columns


def test_many_items_are_cut_and_told() -> None:
    state = PickerState.of([Item(str(n), f"Entry {n}", "Entries") for n in range(2000)], WORDS, "entry")
    for _ in range(400):
        state.move(1)
    assert "1700 more" in shown(state)
    assert "2000 of 2000" in shown(state)


def test_the_cursor_stays_in_sight_when_it_moves() -> None:
    state = PickerState.of([Item(str(n), f"Entry {n}", "Entries") for n in range(50)], WORDS)
    for _ in range(30):
        state.move(1)
        assert f"{UNICODE.cursor}  Entry {state.cursor}" in shown(state, height=10)


def test_typing_again_puts_the_cursor_on_the_best() -> None:
    state = picker()
    state.move(3)
    state.type(Buffer.of("profit"))
    assert state.cursor == 0


def test_cells_to_move_to_begin_with_those_of_the_own_canvas() -> None:
    workspace = small()
    items = cell_items(workspace, workspace.get("late-payment"))
    assert items[0].value == "lean/problem"
    assert items[0].is_ticked
    assert {item.value for item in items} >= {"swot/threats", "lean/existing-alternatives"}


def test_every_model_can_be_started_those_in_use_last() -> None:
    groups = [item.group for item in model_items(small())]
    assert groups == sorted(groups)
    assert "lean-canvas" in {item.value for item in model_items(small())}


def test_a_dialog_never_covers_what_it_is_about() -> None:
    for columns, rows in ((60, 20), (80, 24), (100, 30), (140, 45)):
        for x in range(0, columns, 7):
            for y in range(1, rows - 2):
                for across, down in ((1, 1), (20, 2), (50, 2)):
                    spot = (x, y, min(across, columns - x), min(down, rows - 2 - y))
                    place = place_for(columns, rows, spot)
                    assert (place.x >= 0, place.y >= 0, place.height >= 6) == (True, True, True)
                    assert place.x + place.width <= columns
                    assert place.y + place.height <= rows
                    beside = place.x + place.width <= x or x + spot[2] <= place.x
                    assert beside or place.y + place.height <= y or y + spot[3] <= place.y


def test_enter_at_once_never_moves_an_entry_to_where_it_is() -> None:
    workspace = small()
    state = PickerState.of(cell_items(workspace, workspace.get("late-payment")), Wording("Move to", "move there"))
    assert state.choice is not None
    assert not state.choice.is_ticked


def test_enter_at_once_never_takes_a_link_out() -> None:
    state = picker()
    assert state.choice is not None
    assert not state.choice.is_ticked
    assert "enter link" in shown(state)
