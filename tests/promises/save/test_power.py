"""Power lost at any instant of a save: the next session finds the old version or the new one."""

from __future__ import annotations

import pytest

from tests.promises.save.power import How, run


@pytest.mark.parametrize("how", ["exchange", "rename", "in-place"])
def test_after_a_power_loss_there_is_the_old_version_or_the_new_one(how: How) -> None:
    outcome = run(how)
    assert outcome.states > 20
    assert outcome.wrong == []


@pytest.mark.parametrize("how", ["naive", "unsynced"])
def test_without_care_or_without_syncs_some_states_are_neither(how: How) -> None:
    assert run(how).wrong != []
