"""What all tests of screens wait by: Textual's wait for an idle process, in shorter looks.

Textual looks every 20 ms whether the process rests, twice a key: nine tenths of the time of these tests went into that.
Here it is 2 ms, and besides nobody may have a message left: a busy machine, which gives the process no time at all, is
not taken for rest. Nor is it taken for a large workspace, whose findings would come later than the edit.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic, process_time, thread_time

import pytest
from textual._context import active_app

from canvas_tui.tui.flows import analysis_refresh
from tests.tui.sessions import copy_of

_LOOK_SECONDS = 0.002
_RESTS = _LOOK_SECONDS / 4  # seconds of processor within a look that still are rest


def _has_work() -> bool:
    """Whether the app, its screens or their widgets have something left to do."""
    app = active_app.get(None)
    if app is None:
        return False
    if app._resize_event is not None:
        return True
    pumps = [app, *(node for screen in app.screen_stack for node in screen.walk_children(with_self=True))]
    return any(not pump._message_queue.empty() or pump._next_callbacks for pump in pumps)


async def until_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """In place of Textual's `wait_for_idle`."""
    began = monotonic()
    while (passed := monotonic() - began) < max_sleep:
        used = process_time()
        await asyncio.sleep(_LOOK_SECONDS)
        if passed >= min_sleep and process_time() - used < _RESTS and not _has_work():
            return


@pytest.fixture(autouse=True)
def _cost_without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis_refresh, "perf_counter", thread_time)


@pytest.fixture(autouse=True)
def _short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", until_idle)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the sample."""
    return copy_of("fieldnote", tmp_path)
