"""Whichever write of a save is cut short, and by whatever: the old version or the new one, truly reported."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from canvas_tui.storage.write.save.errors import explain
from tests.promises.save import disks, short_writes
from tests.promises.save.injections import How, Outcome

WAYS = pytest.mark.parametrize("how", ["exchange", "rename", "in-place"])


def assert_old_or_new(outcome: Outcome) -> None:
    assert outcome.wrong == []
    assert outcome.old > 0
    assert outcome.new > 0


@WAYS
def test_a_write_cut_short_leaves_old_or_new_whether_the_save_goes_on_fails_or_is_killed(how: How) -> None:
    outcome = short_writes.run(how)
    assert_old_or_new(outcome)
    assert outcome.trials >= 9


@WAYS
def test_a_limit_on_the_size_of_files_leaves_old_or_new(how: How) -> None:
    assert_old_or_new(short_writes.under_limits(how, short_writes.FEW_SIZES))


def test_who_may_not_write_so_large_a_file_is_told_that_and_not_that_the_file_is_unsafe(tmp_path: Path) -> None:
    said = explain(tmp_path, OSError(errno.EFBIG, os.strerror(errno.EFBIG)))
    assert "larger than your limit" in said.message
    assert "limit" in said.hint


@WAYS
def test_a_disk_with_some_pages_left_leaves_old_or_new(how: How) -> None:
    try:
        outcome = short_writes.on_a_full_disk(how, short_writes.FEW_PAGES)
    except disks.CannotMount as reason:
        pytest.skip(str(reason))
    assert_old_or_new(outcome)


def test_control_the_same_cuts_and_limits_tear_a_file_written_without_looking() -> None:
    assert short_writes.run("naive", ["goes on"]).wrong != []
    assert short_writes.under_limits("naive", short_writes.FEW_SIZES).wrong != []


def test_control_the_same_full_disk_tears_a_file_written_without_looking() -> None:
    try:
        assert short_writes.on_a_full_disk("naive", [0]).wrong != []
    except disks.CannotMount as reason:
        pytest.skip(str(reason))
