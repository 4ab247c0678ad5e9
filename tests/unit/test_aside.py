"""Work beside the event loop: its result comes back, nobody waits for it at the end, and it can be given up."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from canvas_tui.tui.aside import Waited

ENDLESS = """
import asyncio, threading
{how}
async def main():
    task = asyncio.create_task(begun())
    await asyncio.sleep(0.1)
asyncio.run(main())
"""
OURS = """
from canvas_tui.tui.aside import Waited
begun = Waited(lambda go_on: threading.Event().wait).result
"""
TO_THREAD = "begun = lambda: asyncio.to_thread(threading.Event().wait)\n"


async def test_the_result_comes_back_and_the_loop_goes_on_meanwhile() -> None:
    goes_on = threading.Event()
    waited = Waited(lambda go_on: lambda: goes_on.wait(20))
    asyncio.get_running_loop().call_later(0.01, goes_on.set)  # only a loop that is free can set it
    assert await waited.result() is True


async def test_what_the_work_raises_is_raised_where_it_is_awaited() -> None:
    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await Waited(lambda go_on: fail).result()


async def test_work_that_is_given_up_ends_at_its_next_step() -> None:
    def prepare(go_on: Callable[[], None]) -> Callable[[], str]:
        def work() -> str:
            while True:
                go_on()

        return work

    waited = Waited(prepare)
    asyncio.get_running_loop().call_later(0.01, waited.cancel)
    assert await waited.result() is None


def test_a_program_that_ends_does_not_wait_for_it() -> None:
    done = subprocess.run([sys.executable, "-c", ENDLESS.format(how=OURS)], timeout=60, check=False)
    assert done.returncode == 0


def test_control_a_thread_of_asyncio_would_be_waited_for() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", ENDLESS.format(how=TO_THREAD)], timeout=3, check=False)
