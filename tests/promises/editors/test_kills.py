"""An editor killed outright at any moment leaves a whole file with every edit in it that it said was saved.

2 000 kills together with those of `save/test_kills`.
"""

from __future__ import annotations

import pytest

from tests.promises.editors.kills import Way, run
from tests.promises.save.kills import SHORT

KILLS = -(-(2_000 - SHORT["exchange"] - SHORT["rename"] - SHORT["in-place"]) // 3)


@pytest.mark.parametrize("way", ["exchange", "rename", "in-place"])
def test_killed_editors_tear_nothing_and_lose_nothing_acknowledged(way: Way) -> None:
    outcome = run(KILLS, way=way)
    assert outcome.kills == KILLS
    assert outcome.acknowledged > KILLS // 4, "they were killed before they saved anything"
    assert (outcome.torn, outcome.lost, outcome.leftovers) == (0, 0, 0)
    assert outcome.finished == 0 or way == "in-place", "only a write in place can need finishing"


def test_control_the_same_kills_tear_a_naively_written_file() -> None:
    outcome = run(120, "naive", crowd=1)
    assert outcome.torn + outcome.lost > 0
