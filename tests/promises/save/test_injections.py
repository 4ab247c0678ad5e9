"""Whatever system call of a save fails, or is its process's last: the old version or the new one, truly reported."""

from __future__ import annotations

import functools
from itertools import product

import pytest

from tests.lanes import some_quick
from tests.promises.save.injections import Fault, How, run, why_not

cannot = functools.cache(why_not)


HOWS: tuple[How, ...] = ("exchange", "rename", "in-place")
FAULTS: tuple[Fault, ...] = ("KILL", "EIO", "ENOSPC")


@some_quick("case", product(HOWS, FAULTS), quick=[("exchange", "KILL"), ("in-place", "EIO")])
def test_a_fault_at_any_system_call_leaves_old_or_new(case: tuple[How, Fault]) -> None:
    how, fault = case
    if cannot():
        pytest.skip(cannot())
    outcome = run(how, fault)
    assert outcome.wrong == []
    assert outcome.trials > 40
    assert outcome.old > 0
    assert outcome.new > 0


def test_the_same_faults_tear_a_naively_written_file() -> None:
    if cannot():
        pytest.skip(cannot())
    assert run("naive", "KILL").wrong != []
