"""Nothing is lost when several save one file at once, nor when vim or git write it without our lock."""

from __future__ import annotations

import pytest

from tests.lanes import few_or_many
from tests.promises.save import writers
from tests.promises.save.crowds import run

EACH = few_or_many("saves", 80, 250)  # of each writer; a foreign program makes half as many


@EACH
def test_two_writers_lose_nothing(saves: int) -> None:
    outcome = run(saves, writers.ours)
    assert (outcome.saved, outcome.lost) == (2 * saves, 0)


@EACH
def test_four_writers_lose_nothing(saves: int) -> None:
    assert run(saves // 5, writers.ours, editors=4).lost == 0


@EACH
def test_two_writers_in_place_lose_nothing(saves: int) -> None:
    assert run(saves // 2, writers.ours, linked=True).lost == 0


def test_two_writers_without_a_lock_lose_saves() -> None:
    assert run(80, writers.renaming_without_lock).lost > 0


FOREIGN = [
    pytest.param(writers.renaming_without_lock, id="vim"),
    pytest.param(writers.unlinking_and_creating, id="git"),
]


@EACH
@pytest.mark.parametrize("foreign", FOREIGN)
def test_what_a_foreign_program_writes_is_never_lost_silently(foreign: writers.Save, saves: int) -> None:
    outcome = run(saves, writers.ours, foreign=foreign, foreign_saves=saves // 2)
    assert (outcome.saved, outcome.lost) == (saves // 2, 0)


@EACH
@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_writer_stalled_just_before_the_swap_loses_nothing_either(foreign: writers.Save, saves: int) -> None:
    outcome = run(saves, writers.ours_stalled, foreign=foreign, foreign_saves=saves // 2)
    assert (outcome.saved, outcome.lost) == (saves // 2, 0)


def test_a_lock_alone_loses_what_a_foreign_program_writes() -> None:
    outcome = run(
        80,
        writers.renaming_under_a_lock,
        foreign=writers.renaming_without_lock,
        foreign_saves=40,
    )
    assert outcome.lost > 0
