"""The parts of the board, each without a screen: what is shown, moving about, the field that is typed into."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from textual.events import Key

from canvas_tui.core.commands import AddEntry, ChangeEntry, MoveEntry
from canvas_tui.core.workspace import Workspace
from canvas_tui.tui.board.editing import BoardEditing
from canvas_tui.tui.board.moving import BoardMoving
from canvas_tui.tui.board.picture import Picture
from canvas_tui.tui.board.state import BoardState
from canvas_tui.tui.board.typing import BoardCalls, EntryField
from canvas_tui.tui.flows.element_actions import ElementActions, UnderCursor
from canvas_tui.tui.paint.style import UNICODE, plain
from tests.unit.fake_shell import Asked, fake_shell
from tests.unit.strategy_factory import TODAY, canvas, entry, workspace


def plan(*problems: str) -> Workspace:
    """A lean canvas with these problems (whose texts are their ids), and a SWOT."""
    return workspace(
        canvas("lean-canvas", {"problem": [entry(each) for each in problems], "channels": [entry("mail")]}),
        canvas("swot", {"threats": [entry("rain")]}),
    )


class Parts(SimpleNamespace):
    """The parts of a board as its screen puts them together, and what they ask for."""

    asked: Asked
    state: BoardState
    picture: Picture
    field: EntryField
    moving: BoardMoving
    editing: BoardEditing

    def follow(self) -> None:
        """As the screen does it."""
        if self.state.follow(is_typing=self.field.is_open):
            self.field.look()
            if not self.field.is_adding:
                self.state.find_cursor()

    def paint(self) -> list[str]:
        """The board's lines as text."""
        shown = self.field.with_typed(self.state.contents)
        return [plain(line) for line in self.field.with_field(self.picture.lines(shown, 120, 30))]

    def type(self, *keys: str) -> None:
        """Press keys in the field."""
        for key in keys:
            self.field.press(Key(key, key if len(key) == 1 else None))

    def changed(self, now: Workspace) -> None:
        """Somebody else changed the files."""
        self.asked.disk = now
        self.shell.session.refresh()
        self.follow()


def parts(*problems: str) -> Parts:
    """The parts of a board over `plan`, with the cursor on the first problem."""
    asked, made = Asked(), Parts()
    shell = fake_shell(plan(*problems), TODAY, asked)
    state = BoardState(shell)
    picture = Picture(state, UNICODE)
    calls = BoardCalls(made.follow, lambda: None, state.put_cursor, lambda place: None)
    field = EntryField(shell, state, picture, calls)
    elements = ElementActions(shell, UnderCursor(lambda: state.address, lambda: state.item))
    moving = BoardMoving(shell, state, picture, lambda: None)
    editing = BoardEditing(shell, state, field, elements, calls)
    made.__dict__.update(
        asked=asked, shell=shell, state=state, picture=picture, field=field, moving=moving, editing=editing
    )
    made.follow()
    made.paint()
    return made


# what is shown


def test_the_cursor_stays_on_its_entry_when_others_come_before_it() -> None:
    board = parts("late", "begging")
    assert board.state.put_cursor("begging")
    board.changed(plan("new", "late", "begging"))
    assert (board.state.address, board.state.cursor.place) == ("begging", 2)


def test_each_canvas_keeps_its_cursor() -> None:
    board = parts("late", "begging")
    board.state.put_cursor("begging")
    board.state.turn(1)
    board.follow()
    assert board.state.contents.canvas.id == "swot"
    board.state.turn(1)
    board.follow()
    assert board.state.address == "begging"


def test_a_canvas_that_goes_is_told_and_so_is_its_coming_back() -> None:
    board = parts("late")
    board.changed(workspace(canvas("swot", {"threats": [entry("rain")]})))
    assert board.state.contents.canvas.id == "swot"
    assert "is gone: its file was deleted" in board.shell.status.message
    board.changed(plan("late"))
    assert board.state.contents.canvas.id == "lean-canvas"
    assert "is back" in board.shell.status.message


def test_where_no_canvas_is_left_the_overview_is_opened() -> None:
    board = parts("late")
    board.changed(workspace())
    assert not board.state.has_canvas
    assert ("later", board.shell.open_screen, "overview") in board.asked.calls


# moving about


@pytest.mark.parametrize(
    ("action", "expected"),
    [("cursor-down", "begging"), ("last", "third"), ("first", "late"), ("cursor-up", "late")],
)
def test_moving_within_a_cell(action: str, expected: str) -> None:
    board = parts("late", "begging", "third")
    board.moving.deeds[action].do()
    assert board.state.address == expected


def test_a_number_leads_to_the_cell_of_that_turn_and_a_number_too_high_is_told() -> None:
    board = parts("late")
    order = board.state.contents.template.order
    board.shell.keys.last_key = "2"
    board.moving.deeds["go-to-cell"].do()
    assert board.state.cursor.cell == order[1]
    board.state.turn(1)
    board.follow()
    board.shell.keys.last_key = "9"
    board.moving.deeds["go-to-cell"].do()
    assert board.shell.status.message == "No cell 9 here: they go from 1 to 4"


def test_a_click_puts_the_cursor_on_what_is_there() -> None:
    board = parts("late", "begging")
    lines = board.paint()
    y = next(number for number, line in enumerate(lines) if "begging" in line)
    board.moving.clicked(lines[y].index("begging"), y)
    assert board.state.address == "begging"


# the field


def test_what_is_typed_stands_where_the_entry_is_and_is_a_draft_at_once() -> None:
    board = parts("late", "begging")
    board.editing.deeds["edit"].do()
    board.type("r", "!")
    assert any("later!" in line for line in board.paint())
    assert board.shell.shelf.text_of("late:text") == "later!"
    assert board.asked.names() == [], "nothing is an edit yet"


def test_enter_makes_one_edit_that_knows_the_text_it_began_with() -> None:
    board = parts("late")
    board.editing.deeds["edit"].do()
    board.type("r", "enter")
    [(name, command, title, draft)] = board.asked.calls
    assert (name, title, draft) == ("edit", "Changed to “later”", "late:text")
    assert isinstance(command, ChangeEntry)
    assert (command.entry.text, command.text) == ("late", "later")
    assert not board.field.is_open


def test_esc_keeps_what_was_typed_and_puts_the_cursor_back() -> None:
    board = parts("late", "begging")
    board.editing.deeds["add"].do()
    board.type("x", "escape")
    assert board.state.address == "late"
    assert board.shell.shelf.text_of("lean-canvas/problem:new") == "x"
    assert board.shell.status.message == "Draft kept · a to go on"


def test_a_text_left_as_it_was_is_no_edit_and_no_draft() -> None:
    board = parts("late")
    board.editing.deeds["edit"].do()
    board.type("r", "backspace", "enter")
    assert board.asked.names() == []
    assert board.shell.shelf.keys == ()


def test_an_entry_that_goes_under_the_field_becomes_a_new_one() -> None:
    board = parts("late", "begging")
    board.state.put_cursor("begging")
    board.editing.deeds["edit"].do()
    board.type("!")
    board.changed(plan("late"))
    assert "removed this entry" in board.shell.status.message
    assert board.field.is_adding
    board.type("enter")
    command = board.asked.calls[-1][1]
    assert isinstance(command, AddEntry)
    assert command.fields["text"] == "begging!"


def test_a_canvas_that_goes_under_the_field_leaves_the_board_as_it_was() -> None:
    board = parts("late")
    board.editing.deeds["edit"].do()
    board.type("!")
    board.changed(workspace(canvas("swot", {"threats": [entry("rain")]})))
    assert board.state.contents.canvas.id == "lean-canvas"
    assert "your text is kept as a draft" in board.shell.status.message


# editing


def test_an_entry_is_moved_only_where_there_is_room() -> None:
    deeds = parts("late", "begging").editing.deeds
    assert (deeds["move-up"].can(), deeds["move-down"].can()) == (False, True)


def test_moving_an_entry_down_is_one_edit() -> None:
    board = parts("late", "begging")
    board.editing.deeds["move-down"].do()
    [(name, command, title, _)] = board.asked.calls
    assert (name, title) == ("edit", "Moved “late” down")
    assert isinstance(command, MoveEntry)
