"""A process killed while it saves leaves the old version or the new one, and nothing acknowledged is lost."""

from __future__ import annotations

import pytest

from tests.lanes import few_or_many
from tests.promises.save.kills import How, run


@few_or_many("kills", 60, 600)
@pytest.mark.parametrize("how", ["exchange", "rename", "in-place"])
def test_a_killed_save_leaves_the_old_version_or_the_new_one(how: How, kills: int) -> None:
    outcome = run(kills, how)
    assert outcome.acknowledged > kills // 2, "the processes were killed before they saved anything"
    assert (outcome.torn, outcome.lost, outcome.leftovers) == (0, 0, 0)
    assert (outcome.finished > 0) == (how == "in-place"), "only a write in place can need finishing, and must"


def test_the_same_kills_tear_a_naively_written_file() -> None:
    assert run(60, "naive").torn > 0
