"""What a key does on the event loop does not grow with the plan: for every action, on every screen that has it.

Told by counting calls in the loop's own thread, so that neither a clock nor a busy machine has a say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from textual.pilot import Pilot

from canvas_tui.tui import worked_out
from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.input.actions import BY_ID, EVERYWHERE, actions_on
from tests.tui.sessions import editing_app, press, running

SMALL, LARGE = 520, 1_560  # goals, and as many initiatives: both are more than is gone through at once
SPARE = 1.3, 4_000  # what may differ without a reason: a factor, and calls
SCREENS = tuple(sorted(EVERYWHERE - {"search"}))  # its letters are typed from each of the others
ALL = frozenset(BY_ID)
HEAVY = frozenset({"link-add", "search", "filter"})  # what goes through the whole plan
Counted = dict[tuple[str, str], int]  # calls, by screen and action
# These write, or end the session. What opens a dialog is pressed, and closed.
WRITES = frozenset({"delete", "move-down", "move-up", "make-active", "undo", "redo", "retry-save", "quit"})


def plan(folder: Path, count: int) -> Path:
    """A strategy of so many goals and initiatives in several files, and a canvas of the same size at any time."""
    folder.mkdir()
    files = {
        "strategy.toml": 'vision = "Far up"\n[[goals]]\nid = "g0"\ntitle = "Goal 0"\n',
        "goals.toml": "".join(
            f'[[goals]]\nid = "g{n}"\ntitle = "Goal {n}"\nparent = "g{n // 4}"\n' for n in range(1, count)
        ),
        "work.toml": "".join(f'[[initiatives]]\nid = "i{n}"\ntitle = "Work {n}"\n{_link(n)}' for n in range(count)),
        "lean.toml": 'model = "lean-canvas"\nid = "lean"\n'
        + "".join(f'[[problem]]\nid = "e{n}"\ntext = "Entry {n}"\n{_link(n)}' for n in range(40)),
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def _link(number: int) -> str:
    return f'links = ["g{number}"]\n' if number % 2 else ""


class Calls:
    """Counts what this thread calls while it is asked to."""

    def __init__(self) -> None:
        self.count = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        def note(frame: FrameType, event: str, argument: object) -> None:
            self.count += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            yield
        finally:
            sys.setprofile(None)


async def settled(pilot: Pilot[None]) -> None:
    """Everything that is worked out beside the loop has come."""
    for _ in range(400):
        await pilot.pause(0.01)
        if not any(worker.is_running for worker in pilot.app.workers):
            return
    raise AssertionError("it never comes to an end")


async def closed(pilot: Pilot[None], app: CanvasApp, name: str) -> None:
    """Close whatever was opened, and be on that screen again."""
    while app.screen is not app.navigator.here:
        await press(pilot, "escape")
    app.navigator.open_screen(name)
    await settled(pilot)


async def calls_of_every_key(path: Path, screens: Iterable[str] = SCREENS, only: frozenset[str] = ALL) -> Counted:
    """How many calls each action takes, by the screen it is done on; letters of the search and of a picker as well."""
    app, found = editing_app(path), Counted()
    async with running(app, (100, 30)) as pilot:
        await settled(pilot)
        for name in screens:
            for action in actions_on(name):
                if action.id in WRITES or action.id not in only:
                    continue
                await closed(pilot, app, name)
                calls = Calls()
                with calls.counted():
                    await press(pilot, *action.keys[0].split())
                    await settled(pilot)
                    for key in ("e", "1", "backspace") if action.id in ("search", "link-add") else ():
                        await press(pilot, key)
                        await settled(pilot)
                found[name, action.id] = calls.count
    return found


def grown(small: Counted, large: Counted) -> dict[tuple[str, str], tuple[int, int]]:
    """What takes more of the large plan than of the small one."""
    factor, spare = SPARE
    return {key: (small[key], large[key]) for key in small if large[key] > small[key] * factor + spare}


@pytest.mark.slow
async def test_no_key_does_more_on_the_loop_in_a_larger_plan(tmp_path: Path) -> None:
    small = await calls_of_every_key(plan(tmp_path / "small", SMALL))
    large = await calls_of_every_key(plan(tmp_path / "large", LARGE))
    assert len(small) > 100
    if suspects := grown(small, large):  # a timer may have come in between; what grows with the plan grows twice
        screens, actions = {screen for screen, _ in suspects}, frozenset(action for _, action in suspects)
        again = await calls_of_every_key(plan(tmp_path / "again", LARGE), screens, actions)
        large |= {key: min(large[key], again[key]) for key in suspects}
    assert grown(small, large) == {}


async def test_what_goes_through_the_whole_plan_does_no_more_on_the_loop_in_a_larger_one(tmp_path: Path) -> None:
    small = await calls_of_every_key(plan(tmp_path / "small", SMALL), ["tree"], HEAVY)
    large = await calls_of_every_key(plan(tmp_path / "large", LARGE), ["tree"], HEAVY)
    assert {action for _, action in small} == HEAVY
    assert grown(small, large) == {}


async def test_control_what_is_made_at_once_grows_with_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worked_out, "AT_ONCE", 1_000_000)
    small = await calls_of_every_key(plan(tmp_path / "small", SMALL), ["tree"], HEAVY)
    large = await calls_of_every_key(plan(tmp_path / "large", LARGE), ["tree"], HEAVY)
    assert {action for _, action in grown(small, large)} == HEAVY
