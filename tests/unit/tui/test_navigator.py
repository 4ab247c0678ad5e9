"""Where one is and came from, without Textual: screens are made once, Esc and Backspace come back."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen

from canvas_tui.tui.navigator import Navigator, ScreenCalls, Visit
from canvas_tui.tui.screens.base import CanvasScreen
from tests.unit.tui.conftest import Stand


class Somewhere(CanvasScreen):
    """A screen on which the cursor stands wherever it is put; nothing is painted."""

    address: str | None = None

    @property
    def selected(self) -> str | None:
        return self.address

    def put_cursor(self, address: str) -> bool:
        self.address = address
        return True


class World:
    """A navigator, and the screens that are open."""

    def __init__(self, stand: Stand) -> None:
        self.stand, self.open, self.made = stand, list[Screen[Any]](), list[str]()
        calls = ScreenCalls(lambda: self.open, lambda screen, name: None, self._switch, self._push)
        self.navigator = Navigator(calls, stand.session, stand.shell.status, self._make)

    def _make(self, name: str) -> CanvasScreen:
        self.made.append(name)
        screen = Somewhere(self.stand.shell)
        screen.screen_name = name  # type: ignore[misc]
        return screen

    def _switch(self, screen: Screen[Any]) -> None:
        self.open[-1:] = [screen]

    def _push(self, screen: Screen[Any], done: object = None) -> None:
        self.open.append(screen)


@pytest.fixture
def world(stand: Stand) -> World:
    world = World(stand)
    world.navigator.open_screen("board")
    return world


def at(world: World) -> Visit:
    """Where one is."""
    visit = world.navigator.visit
    assert visit is not None
    return visit


def test_before_the_first_screen_one_is_nowhere(stand: Stand) -> None:
    navigator = World(stand).navigator
    assert (navigator.here, navigator.top, navigator.visit, navigator.selected) == (None, None, None, "")
    assert not navigator.is_free
    navigator.repaint()
    navigator.do("help")
    navigator.show("late")


def test_a_screen_is_made_once(world: World) -> None:
    for name in ("tree", "board", "tree"):
        world.navigator.open_screen(name)
    assert world.made == ["board", "tree"]


def test_esc_goes_back_through_the_screens_and_then_takes_the_message_away(world: World) -> None:
    for name in ("tree", "findings", "tree"):
        world.navigator.open_screen(name)
    back = world.navigator.deeds["back"]
    world.navigator.go_back()
    assert at(world).screen == "findings"
    assert back.can()
    world.navigator.go_back()
    assert at(world).screen == "board"
    assert not back.can()
    world.stand.shell.status.say("Something was said")
    world.navigator.go_back()
    assert (at(world).screen, world.stand.said) == ("board", "")


@pytest.mark.parametrize(("address", "screen"), [("late", "board"), ("lean/channels", "board"), ("paid", "tree")])
def test_an_element_is_shown_where_it_belongs_and_backspace_comes_back(address: str, screen: str, world: World) -> None:
    world.navigator.show("lean/problem/2")
    world.navigator.goto(address)
    assert at(world) == Visit(screen, address)
    world.navigator.jump_back()
    assert at(world) == Visit("board", "lean/problem/2")
    assert not world.navigator.deeds["back-jump"].can()


def test_what_is_not_there_any_more_is_told_and_nothing_moves(world: World) -> None:
    world.navigator.goto("gone")
    assert world.stand.said == "Nothing here is called gone any more"
    assert at(world) == Visit("board", None)
    assert not world.navigator.deeds["back-jump"].can()


def test_going_where_one_is_is_not_offered(world: World) -> None:
    deeds = world.navigator.deeds
    assert not deeds["go-board"].can()
    assert deeds["go-findings"].can()


def test_under_a_dialog_one_is_where_one_was_and_not_free(world: World) -> None:
    assert world.navigator.is_free
    dialog: Screen[str] = Screen()
    world.navigator.ask(dialog)
    assert world.navigator.top is dialog
    assert at(world).screen == "board"
    assert not world.navigator.is_free


def test_a_place_that_was_just_left_is_remembered_once(world: World) -> None:
    for _ in range(3):
        world.navigator.remember_place()
    world.navigator.open_screen("tree")
    world.navigator.jump_back()
    assert at(world).screen == "board"
    assert not world.navigator.deeds["back-jump"].can()
