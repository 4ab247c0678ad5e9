"""However the real app is ended, while typing or saving: it is gone, what it called saved is on disk, typing is kept.

200 sessions together with those of `terminal/soak`, which ends the same machinery at random moments.
"""

from __future__ import annotations

import random

import pytest

from tests.promises.signals.runs import WAYS, run
from tests.promises.terminal.soak import WAYS as SOAK_WAYS
from tests.promises.terminal.soak import one_round

REAL = 12  # sessions of the real app for each of five ways: 60
SOAK = 24  # sessions of the small one for each of five ways: 120; `test_exits` ends twenty more


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_ending_loses_what_was_saved_or_typed(way: str) -> None:
    outcome = run(way, REAL)
    assert outcome.lost == []
    assert outcome.wrong == []
    assert outcome.sessions == REAL
    assert outcome.saved >= REAL // 2


@pytest.mark.parametrize("way", SOAK_WAYS)
def test_random_moments_break_no_promise_of_the_terminal(way: str) -> None:
    chance = random.Random(way)
    assert [fault for _ in range(SOAK) for fault in one_round(way, chance)] == []
