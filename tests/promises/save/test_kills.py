"""A process killed while it saves leaves the old version or the new one, and nothing acknowledged is lost."""

from __future__ import annotations

import pytest

from tests.promises.save.kills import SHORT, How, run


@pytest.mark.parametrize("how", ["exchange", "rename", "in-place"])
def test_a_killed_save_leaves_the_old_version_or_the_new_one(how: How) -> None:
    outcome = run(SHORT[how], how)
    assert outcome.acknowledged > SHORT[how] // 2, "the processes were killed before they saved anything"
    assert (outcome.torn, outcome.lost, outcome.leftovers) == (0, 0, 0)
    assert (outcome.finished > 0) == (how == "in-place"), "only a write in place can need finishing, and must"


def test_the_same_kills_tear_a_naively_written_file() -> None:
    outcome = run(SHORT["naive"], "naive")
    assert outcome.torn > 0
