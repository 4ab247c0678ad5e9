"""An edit of several files stands as a whole or not at all, whenever it is cut off, and what is half done is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.core import edits
from canvas_tui.storage.read.state_folder import state_folder
from canvas_tui.storage.read.undertakings import undertakings_folder, unfinished_edits
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.queue.journal import Journal
from canvas_tui.storage.write.queue.pending import NotSavedYet, PendingStore
from canvas_tui.storage.write.save.commit import Committed, commit
from canvas_tui.storage.write.save.recovery import recover_all
from canvas_tui.storage.write.store import Store
from tests.promises.app import bytes_of, copy_of_sample
from tests.promises.editors import several
from tests.promises.save import disks


def test_an_edit_of_several_files_that_is_cut_off_anywhere_stands_as_a_whole_or_not_at_all() -> None:
    outcome = several.run(step=3)
    assert outcome.wrong == []
    assert outcome.half > 5
    assert outcome.told == outcome.half


def test_control_who_notes_nothing_before_leaves_it_half_done() -> None:
    assert several.run(step=3, careful=False).wrong != []


def test_a_disk_that_fills_half_way_leaves_the_edit_in_the_journal_and_the_check_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    try:
        with disks.small_disk("1m") as disk:
            plan = copy_of_sample(disk / "plan")
            before = bytes_of(plan)
            store = PendingStore(Store(read_workspace(plan)), Journal(tmp_path / "journal", plan))
            remove = edits.remove(store.workspace, store.workspace.get(several.GOAL))
            with full_after_one_file(disk, monkeypatch) as filling, pytest.raises(NotSavedYet) as raised:
                store.apply(remove)
            assert "a part of the edit is in" in str(raised.value)
            assert len(store.pending) == 1
            assert [problem.rule for problem in unfinished_edits(plan)] == ["half-saved"]
            filling[0].unlink()
            assert [result.is_saved for result in store.retry()] == [True]
            assert store.workspace.find(several.GOAL) is None
            assert read_workspace(plan).workspace.find(several.GOAL) is None
            assert list(unfinished_edits(plan)) == []
            assert os.listdir(undertakings_folder()) == []
            assert bytes_of(plan).keys() == before.keys()
    except disks.CannotMount as reason:
        pytest.skip(str(reason))


@contextmanager
def full_after_one_file(disk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """The disk is full from the moment that one file of the edit is saved. What fills it."""
    filling: list[Path] = []

    def then_full(*arguments: Any, **options: Any) -> Committed:
        done = commit(*arguments, **options)
        if not filling:
            filling.append(disks.fill(disk))
        return done

    with monkeypatch.context() as patch:
        patch.setattr("canvas_tui.storage.write.edit.commit", then_full)
        yield filling


def test_what_somebody_wrote_since_is_not_taken_from_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    plan = copy_of_sample(tmp_path / "plan")
    left = cut_half_way(plan)
    changed = plan / left[0]
    changed.write_text(changed.read_text() + "\n# by hand\n")
    by_hand = changed.read_bytes()
    store = Store(read_workspace(plan))
    store.apply(edits.add_goal(store.workspace, "Another goal"))
    assert changed.read_bytes().startswith(by_hand[:200])
    assert b"# by hand" in changed.read_bytes()
    (problem,) = unfinished_edits(plan)
    assert "by hand, then delete" in problem.hint


def cut_half_way(plan: Path) -> list[str]:
    """Leave the edit in one of its files; which one."""
    fresh = Path(shutil.copytree(plan, plan.with_name("fresh")))
    before = bytes_of(plan)
    for number in range(1, 200):
        several._ended(plan, number, careful=True)
        changed = [name for name, data in bytes_of(plan).items() if name.endswith(".toml") and before[name] != data]
        if changed:
            assert len(changed) == 1
            return changed
        shutil.rmtree(plan)
        shutil.copytree(fresh, plan)
        # What the dead ones noted too: a save looks at each such note, and would then reach its files ever later.
        shutil.rmtree(state_folder(), ignore_errors=True)
    raise AssertionError("the edit was never half done")


@pytest.mark.parametrize("which", ["a copy of the state", "another folder of that name"])
def test_an_unfinished_edit_that_came_from_elsewhere_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    plan = copy_of_sample(tmp_path / "plan")
    cut_half_way(plan)
    (path,) = undertakings_folder().iterdir()
    if which == "a copy of the state":
        (copy := path.with_suffix(".copy")).write_bytes(path.read_bytes())
        copy.replace(path)
    else:
        plan.rename(tmp_path / "was")
        shutil.copytree(tmp_path / "was", plan)
    half = several.files_of(plan)
    assert recover_all(read_workspace(plan)) == ()
    assert several.files_of(plan) == half
