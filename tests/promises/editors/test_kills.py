"""An editor killed outright at any moment leaves a whole file with every edit in it that it said was saved."""

from __future__ import annotations

import pytest

from tests.lanes import few_or_many
from tests.promises.editors.kills import Way, run


@few_or_many("kills", 30, 200)
@pytest.mark.parametrize("way", ["exchange", "rename", "in-place"])
def test_killed_editors_tear_nothing_and_lose_nothing_acknowledged(way: Way, kills: int) -> None:
    outcome = run(kills, way=way)
    assert outcome.kills == kills
    assert outcome.acknowledged > kills // 4, "they were killed before they saved anything"
    assert (outcome.torn, outcome.lost, outcome.leftovers) == (0, 0, 0)
    assert outcome.finished == 0 or way == "in-place", "only a write in place can need finishing"


def test_control_the_same_kills_tear_a_naively_written_file() -> None:
    outcome = run(120, "naive", crowd=1)
    assert outcome.torn + outcome.lost > 0
