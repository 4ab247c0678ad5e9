"""What is made of a plan: at once of a small one; of a large one beside the loop, given up for another wish."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from canvas_tui.tui.aside import GoOn
from canvas_tui.tui.worked_out import AT_ONCE, Recipe, WorkedOut

SOMETHING, OTHER = object(), object()


class Kitchen:
    """Makes values of recipes, and notes which thread made what, and what was given up."""

    def __init__(self) -> None:
        self.made: list[tuple[str, bool]] = []  # the wish, and whether the loop's own thread made it
        self.given_up: list[str] = []
        self.may_end = threading.Event()
        self.came = asyncio.Event()
        self._work: list[asyncio.Task[None]] = []
        self.worked_out: WorkedOut[str] = WorkedOut(self._run, self.came.set)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._work.append(asyncio.create_task(work))

    def recipe(self, wish: str, size: int, of: object = SOMETHING) -> Recipe[str]:
        def make(go_on: GoOn) -> str:
            self.made.append((wish, threading.current_thread() is threading.main_thread()))
            if size > AT_ONCE:
                self._wait(wish, go_on)
            return wish.upper()

        return Recipe((of,), wish, size, make)

    def _wait(self, wish: str, go_on: Callable[[], None]) -> None:
        try:
            while not self.may_end.wait(0.01):
                go_on()
        except BaseException:
            self.given_up.append(wish)
            raise


async def test_of_a_small_plan_it_is_there_at_once_and_made_once() -> None:
    kitchen = Kitchen()
    assert kitchen.worked_out.of(kitchen.recipe("a", AT_ONCE)) == "A"
    assert kitchen.worked_out.of(kitchen.recipe("a", AT_ONCE)) == "A"
    assert kitchen.made == [("a", True)]
    assert kitchen.worked_out.of(kitchen.recipe("a", AT_ONCE, OTHER)) == "A"
    assert len(kitchen.made) == 2


async def test_of_a_large_plan_it_is_made_in_a_thread_and_comes_later() -> None:
    kitchen = Kitchen()
    assert kitchen.worked_out.of(kitchen.recipe("a", AT_ONCE + 1)) is None
    assert kitchen.worked_out.is_waiting
    kitchen.may_end.set()
    await asyncio.wait_for(kitchen.came.wait(), 20)
    assert kitchen.worked_out.of(kitchen.recipe("a", AT_ONCE + 1)) == "A"
    assert kitchen.made == [("a", False)]
    assert not kitchen.worked_out.is_waiting


async def test_another_wish_gives_up_what_is_being_made() -> None:
    kitchen = Kitchen()
    for wish in ("a", "ab", "abc"):
        kitchen.worked_out.of(kitchen.recipe(wish, AT_ONCE + 1))
    for _ in range(2_000):
        if len(kitchen.given_up) == 2:
            break
        await asyncio.sleep(0.01)
    kitchen.may_end.set()
    await asyncio.wait_for(kitchen.came.wait(), 20)
    assert sorted(kitchen.given_up) == ["a", "ab"]
    assert kitchen.worked_out.of(kitchen.recipe("abc", AT_ONCE + 1)) == "ABC"


async def test_a_plan_that_changes_without_end_is_shown_all_the_same() -> None:
    kitchen = Kitchen()
    for of in (SOMETHING, OTHER, object()):
        kitchen.worked_out.of(kitchen.recipe("a", AT_ONCE + 1, of))
    kitchen.may_end.set()
    await asyncio.wait_for(kitchen.came.wait(), 20)
    assert kitchen.given_up == []
    assert kitchen.worked_out.of(kitchen.recipe("a", AT_ONCE + 1, object())) == "A", "what was made before, meanwhile"
    assert kitchen.worked_out.is_waiting
