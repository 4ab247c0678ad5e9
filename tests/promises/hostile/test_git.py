"""No command of ours runs anything that a repository names, and none changes a byte of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.promises.hostile import readings
from tests.promises.hostile.canaries import Nest


@pytest.fixture
def nest(tmp_path: Path) -> Nest:
    return Nest(tmp_path)


def test_nothing_that_a_repository_names_is_run(nest: Nest) -> None:
    assert readings.of_all(nest) == readings.Found(len(readings.runs(nest)), frozenset(), ())


def test_the_driver_is_put_up_and_taken_away_without_running_anything(nest: Nest) -> None:
    for command in ("merge --install", "merge --check", "merge --uninstall"):
        assert readings.ours(command, nest.root).returncode == 0
        assert nest.sung == set(), command


def test_nothing_is_fetched_of_what_a_clone_lacks(nest: Nest) -> None:
    nest.lose_an_object()
    for command, folder in (("check --at HEAD~1", nest.root), ("diff HEAD~1", nest.root), ("show --at old", nest.bare)):
        done = readings.ours(command, folder)
        assert done.returncode == 2
        assert b"nothing is fetched from here" in done.stderr
        assert done.stderr.count(b"\n") == 1
        assert nest.sung == set(), command


def test_the_canaries_sing_where_git_is_used_without_care(nest: Nest) -> None:
    sung = readings.without_care(nest)
    assert {"core.fsmonitor", "gpg.program", "diff.canary.command", "diff.canary.textconv"} <= sung
    for kind in ("filter.canary", "remote.origin", "hook:"):
        assert any(name.startswith(kind) for name in sung), sung
