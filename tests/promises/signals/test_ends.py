"""However the real app is ended, while typing or saving: it is gone, what it called saved is on disk, typing is kept.

200 sessions together with those of `terminal/soak`, which ends the same machinery at random moments. Careless twins of
both apps go through the same checks, and must fail each of them.
"""

from __future__ import annotations

import pytest

from tests.promises.signals.runs import WAYS, run
from tests.promises.terminal.soak import WAYS as SOAK_WAYS
from tests.promises.terminal.soak import rounds

REAL = 12  # sessions of the real app for each of five ways: 60
SOAK = 24  # sessions of the small one for each of five ways: 120; `test_exits` ends twenty more


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_ending_loses_what_was_saved_or_typed(way: str) -> None:
    outcome = run(way, REAL)
    assert outcome.lost == []
    assert outcome.wrong == []
    assert outcome.sessions == REAL
    assert outcome.saved >= REAL // 2


@pytest.mark.parametrize("way", ["HUP", "KILL"])
def test_control_without_drafts_and_with_early_acknowledgement_both_losses_are_seen(way: str) -> None:
    outcome = run(way, 2, careless="no-drafts,early")
    assert outcome.lost
    assert [each for each in outcome.wrong if "kept []" in each]


@pytest.mark.parametrize("way", ["TERM", "stalled terminal"])
def test_control_with_the_ends_of_stock_textual_the_broken_terminal_is_seen(way: str) -> None:
    wrong = " ".join(run(way, 2, careless="stock", steps=40).wrong)
    assert "exit code -" in wrong
    assert "modes left set" in wrong
    assert "the line is not as it was" in wrong


def test_control_stock_textual_that_ignores_a_hang_up_is_seen_to_stay() -> None:
    wrong = run("closed terminal", 1, careless="stock,deaf", steps=40).wrong
    assert "closed terminal: not gone" in wrong


@pytest.mark.parametrize("way", SOAK_WAYS)
def test_random_moments_break_no_promise_of_the_terminal(way: str) -> None:
    assert rounds(way, SOAK) == []


@pytest.mark.parametrize("way", SOAK_WAYS)
def test_control_stock_textual_breaks_them(way: str) -> None:
    faults = rounds(way, 1, stock=True, steps=40)
    assert [each for each in faults if "kept []" in each]
    assert [each for each in faults if "exit code" in each]
