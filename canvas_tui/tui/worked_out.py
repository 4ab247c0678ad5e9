"""What is made of the whole plan for a screen: kept until it is made of something else, and never waited for by a key.

Of a small plan it is made at once, so that one picture is enough. Of a large one it is made beside the event loop, and
what was made before, or nothing, is there meanwhile. Knows neither plans nor screens.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Hashable
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from canvas_tui.core.gone_through import MANY
from canvas_tui.tui.aside import GoOn, Waited

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, None]], object]

AT_ONCE = MANY  # elements that are gone through before a repaint: 20 ms at most, which nobody feels


class Recipe(NamedTuple, Generic[T]):
    """What is to be made, and of what: things that are the same only if they are one, and the wishes of a person.

    `size` is how many elements are gone through. Where these are many `make` is called in another thread: it changes
    nothing that anybody else looks at, and calls what it is given now and then, which ends it when it is given up.
    """

    made_of: tuple[object, ...]
    wishes: Hashable
    size: int
    make: Callable[[GoOn], T]

    def is_as(self, other: Recipe[T] | None) -> bool:
        """Whether both make the same."""
        return other is not None and self.is_of(other) and self.wishes == other.wishes

    def is_of(self, other: Recipe[T]) -> bool:
        """Whether both are made of the same things: compared one by one, since plans are large."""
        return len(self.made_of) == len(other.made_of) and all(
            one is another for one, another in zip(self.made_of, other.made_of, strict=True)
        )


class WorkedOut(Generic[T]):
    """The result of the last recipe. `run` begins a coroutine on the loop, `came` is told when a result came later."""

    def __init__(self, run: Run, came: Callable[[], None]) -> None:
        self._run, self._came = run, came
        self._done: Recipe[T] | None = None
        self._value: T | None = None
        self._begun: Recipe[T] | None = None
        self._waited: Waited[T] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether something else is being made than what is there."""
        return self._begun is not None

    @property
    def is_other_wished(self) -> bool:
        """Whether what is there is not what was last wished for."""
        return self._begun is not None and (self._done is None or self._done.wishes != self._begun.wishes)

    def of(self, recipe: Recipe[T]) -> T | None:
        """The result of a recipe; of a large one what is there until it comes: that of the recipe before, or None.

        A wish gives up what is being made for another wish. Other things do not, for they may change without end: it is
        finished first, and then made anew.
        """
        if recipe.is_as(self._done):
            self._give_up()
            return self._value
        if recipe.size <= AT_ONCE:
            self._give_up()
            self._done, self._value = recipe, recipe.make(lambda: None)
        elif self._begun is None or recipe.wishes != self._begun.wishes:
            self._begin(recipe)
        return self._value

    def forget(self) -> None:
        """What is there is of no use any more."""
        self._done = self._value = None

    def _begin(self, recipe: Recipe[T]) -> None:
        self._give_up()
        self._begun, self._waited = recipe, Waited(lambda go_on: partial(recipe.make, go_on))
        self._run(self._take(self._waited))

    def _give_up(self) -> None:
        if self._waited is not None:
            self._waited.cancel()
        self._begun = self._waited = None

    async def _take(self, waited: Waited[T]) -> None:
        value = await waited.result()
        if waited is self._waited and value is not None:
            self._done, self._value = self._begun, value
            self._begun = self._waited = None
            self._came()
