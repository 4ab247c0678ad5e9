"""Nothing is lost when several save one file at once, nor when vim or git write it without our lock."""

from __future__ import annotations

import pytest

from tests.promises.save import writers
from tests.promises.save.crowds import SHORT_FOREIGN, SHORT_SAVES, run


def test_two_writers_lose_nothing() -> None:
    outcome = run(SHORT_SAVES, writers.ours)
    assert (outcome.saved, outcome.lost) == (2 * SHORT_SAVES, 0)


def test_four_writers_lose_nothing() -> None:
    assert run(SHORT_SAVES // 5, writers.ours, editors=4).lost == 0


def test_two_writers_in_place_lose_nothing() -> None:
    assert run(SHORT_SAVES // 2, writers.ours, linked=True).lost == 0


def test_two_writers_without_a_lock_lose_saves() -> None:
    assert run(SHORT_SAVES, writers.renaming_without_lock).lost > 0


FOREIGN = [
    pytest.param(writers.renaming_without_lock, id="vim"),
    pytest.param(writers.unlinking_and_creating, id="git"),
]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_what_a_foreign_program_writes_is_never_lost_silently(foreign: writers.Save) -> None:
    outcome = run(SHORT_SAVES, writers.ours, foreign=foreign, foreign_saves=SHORT_FOREIGN)
    assert (outcome.saved, outcome.lost) == (SHORT_FOREIGN, 0)


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_writer_stalled_just_before_the_swap_loses_nothing_either(foreign: writers.Save) -> None:
    outcome = run(SHORT_SAVES, writers.ours_stalled, foreign=foreign, foreign_saves=SHORT_FOREIGN)
    assert (outcome.saved, outcome.lost) == (SHORT_FOREIGN, 0)


def test_a_lock_alone_loses_what_a_foreign_program_writes() -> None:
    outcome = run(
        SHORT_SAVES,
        writers.renaming_under_a_lock,
        foreign=writers.renaming_without_lock,
        foreign_saves=SHORT_FOREIGN,
    )
    assert outcome.lost > 0
