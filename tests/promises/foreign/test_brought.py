"""A repository cannot rewrite a file by bringing leftovers of saves: they are left alone, and all are told."""

from __future__ import annotations

import pytest

from tests.promises.foreign.brought import ACTS, Act, run, run_by_name


@pytest.mark.parametrize("act", ACTS)
def test_leftovers_that_a_clone_brings_are_left_alone_and_told(act: Act) -> None:
    outcome = run(act)
    assert outcome.changed == []
    assert (outcome.brought, outcome.told) == (7, 7)


def test_control_who_trusts_a_name_lets_the_repository_rewrite_files() -> None:
    assert {"swot.toml"} < set(run_by_name().changed)
