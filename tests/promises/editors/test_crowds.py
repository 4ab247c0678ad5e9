"""Two editors on one file lose nothing of each other, and nothing that vim or git writes under them goes silently."""

from __future__ import annotations

import pytest

from tests.lanes import few_or_many
from tests.promises.editors.crowds import run

EACH = few_or_many("saves", 100, 500)


@EACH
def test_two_editors_lose_nothing_of_each_other(saves: int) -> None:
    outcome = run(saves)
    assert (outcome.acknowledged, outcome.lost, outcome.gave_up) == (2 * saves, 0, 0)


@pytest.mark.parametrize("how", ["naive", "no-lock"])
def test_control_two_editors_that_save_carelessly_lose_edits(how: str) -> None:
    try:
        outcome = run(100, how=how)
    except ValueError:
        return  # torn: the file is no TOML any more
    assert outcome.lost > 0 or outcome.gave_up > 0


@EACH
@pytest.mark.parametrize("foreign", ["vim", "git"])
def test_no_foreign_save_is_lost_silently_under_two_editors(foreign: str, saves: int) -> None:
    outcome = run(saves, foreign=foreign, writes=saves // 2)
    assert outcome.foreign_lost == 0
    assert outcome.gave_up == 0
    assert outcome.acknowledged == 2 * saves


def test_control_a_lock_alone_loses_what_a_foreign_program_writes() -> None:
    assert run(100, how="side-lock", foreign="vim", writes=50).foreign_lost > 0
