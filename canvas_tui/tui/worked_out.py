"""Results made from the whole plan for a screen, such as its rows. They are kept, and no key ever waits for them.

For a small plan a result is made right away, so one repaint is enough. For a large plan a thread makes it, and
until then the earlier result, or nothing, is shown. Knows neither plans nor screens.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Hashable
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from canvas_tui.core.gone_through import MANY
from canvas_tui.tui.aside import GoOn, Waited

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, None]], object]

AT_ONCE = MANY  # up to so many elements a result is made before the repaint: this takes 20 ms at most


class Recipe(NamedTuple, Generic[T]):
    """How to make a result, and what goes into it: `made_of` is compared by identity, `wishes` by equality.

    `size` is how many elements `make` goes through. If they are many, it runs in a thread. So it must change nothing
    that others look at, and must call its argument now and then: that raises an error when the work is given up.
    """

    made_of: tuple[object, ...]
    wishes: Hashable
    size: int
    make: Callable[[GoOn], T]

    def is_as(self, other: Recipe[T] | None) -> bool:
        """Whether both make the same."""
        return other is not None and self.is_of(other) and self.wishes == other.wishes

    def is_of(self, other: Recipe[T]) -> bool:
        """Whether both are made of the same things. They are compared by identity, since plans are large."""
        return len(self.made_of) == len(other.made_of) and all(
            one is another for one, another in zip(self.made_of, other.made_of, strict=True)
        )


class WorkedOut(Generic[T]):
    """The result of the last recipe. `run` starts a coroutine on the loop, `came` is called for a late result."""

    def __init__(self, run: Run, came: Callable[[], None]) -> None:
        self._run, self._came = run, came
        self._done: Recipe[T] | None = None
        self._value: T | None = None
        self._begun: Recipe[T] | None = None
        self._waited: Waited[T] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a newer result is being made."""
        return self._begun is not None

    @property
    def is_other_wished(self) -> bool:
        """Whether the result at hand was made for other wishes than the last ones."""
        return self._begun is not None and (self._done is None or self._done.wishes != self._begun.wishes)

    def of(self, recipe: Recipe[T]) -> T | None:
        """The result of a recipe. While a large one is being made, the result of the recipe before, or None.

        New wishes give up the work for old ones. A new plan does not, since files may change without end: the work is
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
        """Throw the result away."""
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
