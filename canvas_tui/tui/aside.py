"""Long work in a thread beside the event loop. It can be given up, and the end of the program does not wait for it.

`asyncio.to_thread` will not do: a program that ends waits for its threads, and `q` would have to wait with it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")
GoOn = Callable[[], None]


class GivenUp(Exception):
    """Raised inside the work, between two steps, when nobody wants the result any more."""


class Waited(Generic[T]):
    """A result that is worked out in a thread.

    `prepare` gives the work. It is handed a function that the work calls between its steps: that raises GivenUp where
    nobody wants the result any more.
    """

    def __init__(self, prepare: Callable[[GoOn], Callable[[], T]]) -> None:
        self._prepare = prepare
        self._is_cancelled = threading.Event()

    def cancel(self) -> None:
        """Nobody wants the result any more: the work ends at its next step."""
        self._is_cancelled.set()

    async def result(self) -> T | None:
        """The result; None where it was given up. What the work raises is raised here."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T | None] = loop.create_future()
        make = self._prepare(self._go_on)

        def settle(result: T | None, error: BaseException | None) -> None:
            if not future.done():
                if error is None:
                    future.set_result(result)
                else:
                    future.set_exception(error)

        def work() -> None:
            result: T | None = None
            failure: BaseException | None = None
            try:
                result = make()
            except GivenUp:
                pass
            except BaseException as error:  # noqa: BLE001 - it is raised again where the result is awaited
                failure = error
            with suppress(RuntimeError):  # the loop is closed: the app has ended
                loop.call_soon_threadsafe(settle, result, failure)

        threading.Thread(target=work, name="canvas-aside", daemon=True).start()
        return await future

    def _go_on(self) -> None:
        if self._is_cancelled.is_set():
            raise GivenUp
