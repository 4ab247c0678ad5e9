"""Sessions side by side: most of a session is waiting, so a batch of them is done two or three at a time.

Each worker is a process made by fork, for a session starts programs and must not do so from a thread. Knows nothing of
what is done; whoever calls gives every piece of work folders of its own.
"""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")


def side_by_side(work: Callable[[int], T], count: int, at_a_time: int = 2) -> list[T]:
    """`work(0)` to `work(count - 1)`, in this order. AssertionError, with its traceback, where one of them failed."""
    fork = multiprocessing.get_context("fork")
    workers = []
    for first in range(min(at_a_time, count)):
        here, there = fork.Pipe(duplex=False)
        share = range(first, count, at_a_time)
        process = fork.Process(target=_do, args=(work, share, there), daemon=True)
        process.start()
        there.close()
        workers.append((share, here, process))
    found: dict[int, T] = {}
    for share, here, process in workers:
        try:
            results = here.recv()
        except EOFError:
            results = "a worker died"
        process.join()
        assert not isinstance(results, str), results
        found |= zip(share, results, strict=True)
    return [found[number] for number in range(count)]


def _do(work: Callable[[int], T], share: range, answer: Connection) -> None:
    try:
        answer.send([work(number) for number in share])
    except BaseException:
        answer.send(traceback.format_exc())
