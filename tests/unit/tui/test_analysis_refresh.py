"""When graph and findings are made again, without a screen: before the repaint, a moment later, or in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from textual.screen import Screen

from canvas_tui.core import edits
from canvas_tui.tui.flows.analysis_refresh import SOONEST, AnalysisRefresh
from canvas_tui.tui.navigator import Navigator, ScreenCalls
from canvas_tui.tui.screens.base import CanvasScreen
from tests.unit.tui.conftest import Stand


class Watching(CanvasScreen):
    """A screen that notes whether graph and findings were up to date when it was painted."""

    def __init__(self, stand: Stand) -> None:
        super().__init__(stand.shell)
        self.painted: list[bool] = []

    def refresh_all(self) -> None:
        self.painted.append(self.session.is_up_to_date)


class Dialog(Screen[None]):
    """A dialog that follows both."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def workspace_changed(self) -> None:
        self.told.append("workspace")

    def analysis_changed(self) -> None:
        self.told.append("analysis")


class Scene:
    """One screen, and what is begun on the loop."""

    def __init__(self, stand: Stand) -> None:
        self.stand, self.session, self.begun = stand, stand.session, list[Coroutine[Any, Any, None]]()
        self.screen = Watching(stand)
        self.open: list[Screen[Any]] = [self.screen]
        calls = ScreenCalls(lambda: self.open, lambda *_: None, lambda _: None, lambda *_: None)
        navigator = Navigator(calls, stand.session, stand.shell.status, lambda name: self.screen)
        self.analysis = AnalysisRefresh(stand.session, navigator, after=stand.timer, begin=self.begun.append)

    def edit(self, text: str) -> None:
        """Make an edit, and tell of it."""
        self.session.do(edits.add_entry("lean/problem", text), f"Added {text}")
        self.analysis.workspace_changed()

    def let_run(self) -> None:
        """Run what was begun, to its end."""
        begun, self.begun = self.begun, []

        async def all_of_it() -> None:
            await asyncio.gather(*begun)

        asyncio.run(all_of_it())


@pytest.fixture
def scene(stand: Stand) -> Scene:
    return Scene(stand)


def test_where_it_is_quick_it_is_made_before_the_one_repaint(scene: Scene) -> None:
    scene.analysis.cost = 0.0
    assert scene.analysis.graph is scene.session.graph
    scene.edit("More")
    assert scene.screen.painted == [True]
    assert scene.stand.timers == []


def test_where_it_is_not_the_edit_is_painted_first_and_the_last_of_several_counts(scene: Scene) -> None:
    scene.analysis.cost = 0.02
    scene.edit("More")
    scene.edit("And more")
    assert scene.screen.painted == [False, False]
    assert scene.stand.running == [SOONEST]
    scene.stand.timers[-1].call()
    assert scene.screen.painted == [False, False, True]
    assert scene.begun == []


def test_what_takes_long_is_made_in_a_thread_and_shown_when_it_is_there(scene: Scene) -> None:
    scene.edit("More")
    assert scene.analysis.report is None
    scene.stand.timers[-1].call()
    assert len(scene.begun) == 1
    scene.let_run()
    assert scene.session.is_up_to_date
    assert scene.screen.painted == [False, True]
    assert scene.analysis.cost < 1.0, "the next one may be quicker"


def test_what_is_made_of_an_earlier_workspace_is_given_up_for_a_newer_one(scene: Scene) -> None:
    scene.edit("More")
    scene.analysis.make_aside()
    scene.analysis.make_aside()
    assert len(scene.begun) == 1, "of one workspace once"
    scene.edit("And more")
    scene.analysis.make_aside()
    assert len(scene.begun) == 2
    scene.let_run()
    assert scene.session.is_up_to_date
    assert scene.screen.painted == [False, False, True]


def test_after_several_were_given_up_one_is_waited_for(scene: Scene) -> None:
    for number in range(9):
        scene.edit(f"Number {number}")
        scene.analysis.make_aside()
    assert len(scene.begun) == 4, "the first, and three for which one before was given up"
    timers = len(scene.stand.timers)
    scene.stand.timers[-1].call()
    assert len(scene.begun) == 4
    assert len(scene.stand.timers) == timers + 1, "looked at again a moment later"
    scene.let_run()
    assert scene.session.is_up_to_date


def test_a_dialog_is_told_of_both(scene: Scene) -> None:
    dialog = Dialog()
    scene.open.append(dialog)
    scene.edit("More")
    scene.analysis.make_aside()
    scene.let_run()
    assert dialog.told == ["workspace", "analysis"]


@pytest.mark.parametrize("stays", [True, False])
def test_who_asks_for_the_findings_gets_them_later_unless_something_was_opened_since(stays: bool, scene: Scene) -> None:
    found: list[object] = []
    scene.analysis.with_stops(lambda stops, report: found.append(report))
    assert found == []
    if not stays:
        scene.open.append(Dialog())
    scene.analysis.make_aside()
    scene.let_run()
    assert found == ([scene.session.report] if stays else [])
