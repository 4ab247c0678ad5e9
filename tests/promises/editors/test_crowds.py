"""Two editors on one file lose nothing of each other, and nothing that vim or git writes under them goes silently."""

from __future__ import annotations

import pytest

from tests.promises.editors.crowds import run

SAVES, WRITES = 500, 250


def test_two_editors_with_500_edits_each_lose_nothing() -> None:
    outcome = run(SAVES)
    assert (outcome.acknowledged, outcome.lost, outcome.gave_up) == (2 * SAVES, 0, 0)


@pytest.mark.parametrize("how", ["naive", "no-lock"])
def test_control_two_editors_that_save_carelessly_lose_edits(how: str) -> None:
    try:
        outcome = run(SAVES // 2, how=how)
    except ValueError:
        return  # torn: the file is no TOML any more
    assert outcome.lost > 0 or outcome.gave_up > 0


@pytest.mark.parametrize("foreign", ["vim", "git"])
def test_no_foreign_save_is_lost_silently_under_two_editors(foreign: str) -> None:
    outcome = run(SAVES, foreign=foreign, writes=WRITES)
    assert outcome.foreign_lost == 0
    assert outcome.gave_up == 0
    assert outcome.acknowledged == 2 * SAVES


def test_control_a_lock_alone_loses_what_a_foreign_program_writes() -> None:
    assert run(SAVES, how="side-lock", foreign="vim", writes=WRITES).foreign_lost > 0
