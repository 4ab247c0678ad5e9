"""Every action that the registry names has a deed on each of its screens, and no deed is without an action."""

from __future__ import annotations

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.session.session import Session
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.board.screen import BoardScreen
from canvas_tui.tui.input.actions import BY_ID, EVERYWHERE, actions_on
from canvas_tui.tui.input.deeds import IDLE, Deed, merged
from canvas_tui.tui.screens.base import CanvasScreen
from tests.tui.sessions import SAMPLES, TODAY
from tests.unit.fake_shell import Asked, fake_shell


def screen_of(name: str) -> CanvasScreen:
    """A full screen of an app that does not run."""
    return CanvasApp(Session(read_workspace(SAMPLES / "fieldnote").workspace, TODAY)).navigator.screen_named(name)


@pytest.mark.parametrize("name", sorted(EVERYWHERE))
def test_every_action_of_a_screen_has_a_deed(name: str) -> None:
    screen = screen_of(name)
    assert [action.id for action in actions_on(name) if action.id not in screen.deeds] == []


@pytest.mark.parametrize("name", sorted(EVERYWHERE))
def test_no_deed_is_without_an_action(name: str) -> None:
    screen = screen_of(name)
    own, *attached = screen.tables
    assert own, "it does nothing of its own"
    assert [action_id for action_id in own if name not in BY_ID[action_id].screens] == []
    assert [action_id for table in attached for action_id in table if action_id not in BY_ID] == []
    assert [action_id for action_id in screen.shell.deeds if action_id not in BY_ID] == []


def test_what_is_nearer_counts_before_what_is_shared() -> None:
    near, far = Deed(lambda: "near"), Deed(lambda: "far")
    table = merged({"back": near}, {"back": far, "help": far})
    assert (table["back"], table["help"]) == (near, far)


def test_an_action_that_a_screen_does_not_have_is_told() -> None:
    shell = fake_shell(Workspace(), TODAY)
    screen = CanvasScreen(shell)
    screen.run_action_by_id("zoom")
    assert shell.status.message == "Zoom: nothing to do here"


@pytest.mark.parametrize("action_id", ["edit", "add", "cursor-down", "zoom", "link-add", "fix"])
def test_a_board_without_a_canvas_has_nothing_to_move_in_or_to_edit(action_id: str) -> None:
    board = BoardScreen(fake_shell(Workspace(), TODAY))
    board.follow()
    assert board.deed(action_id) is IDLE


def test_what_is_refused_is_told_before_anything_is_done() -> None:
    asked = Asked()
    screen = CanvasScreen(fake_shell(Workspace(), TODAY, asked))
    screen.offer({"note": Deed(asked.noting("done"), can=lambda: False, refused=lambda: "There are two of these")})
    screen.run_action_by_id("note")
    assert screen.shell.status.message == "There are two of these"
    assert "done" not in asked.names()
