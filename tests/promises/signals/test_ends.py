"""However the real app is ended, while typing or saving: it is gone, what it called saved is on disk, typing is kept.

In the slow lane 180 sessions together with those of `terminal/soak`, which ends the same machinery at random moments.
Careless twins of both apps go through the same checks, and must fail each of them.
"""

from __future__ import annotations

import pytest

from tests.lanes import few_or_many
from tests.promises.signals.runs import WAYS, run
from tests.promises.terminal.soak import WAYS as SOAK_WAYS
from tests.promises.terminal.soak import rounds

# Sessions for each of five ways: one while typing and one while saving, or 60 of the real app and 120 of the small one.
EACH_REAL = few_or_many("count", 2, 12)
EACH_SMALL = few_or_many("count", 2, 24)


@EACH_REAL
@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_ending_loses_what_was_saved_or_typed(way: str, count: int) -> None:
    outcome = run(way, count)
    assert outcome.lost == []
    assert outcome.wrong == []
    assert outcome.sessions == count
    assert outcome.saved >= count // 2


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


@EACH_SMALL
@pytest.mark.parametrize("way", SOAK_WAYS)
def test_random_moments_break_no_promise_of_the_terminal(way: str, count: int) -> None:
    assert rounds(way, count) == []


@pytest.mark.parametrize("way", SOAK_WAYS)
def test_control_stock_textual_breaks_them(way: str) -> None:
    faults = rounds(way, 1, stock=True, steps=40)
    assert [each for each in faults if "kept []" in each]
    assert [each for each in faults if "exit code" in each]
