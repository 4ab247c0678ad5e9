"""No edit is let go of: what the store cannot write waits, is shown, and is saved in order when it can be."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.core.commands import AddEntry, ChangeEntry, Command, SetField
from canvas_tui.core.places import Conflict, EditError, Ref
from canvas_tui.core.workspace import UnknownElement
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write import edit as edit_module
from canvas_tui.storage.write.queue.journal import Journal
from canvas_tui.storage.write.queue.pending import NotSavedYet, PendingStore
from canvas_tui.storage.write.queue.titles import title_of
from canvas_tui.storage.write.save.commit import commit
from canvas_tui.storage.write.save.errors import SaveError, save_error
from canvas_tui.storage.write.store import Done, Store

LEAN = """model = "lean-canvas"
id = "lean"

[[problem]]
id = "late"
text = "Clients pay late"
"""
SWOT = """model = "swot"
id = "swot"

[[strengths]]
id = "team"
text = "A good team"
"""
NEW = AddEntry("lean/problem", {"id": "new", "text": "A new problem"})


class Disk:
    """Makes saves of some files fail, as `commit` would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.failing: dict[str, BaseException] = {}
        self._commit = commit
        monkeypatch.setattr(edit_module, "commit", self._maybe)

    def fail(self, kind: Any, *files: str) -> None:
        self.failing = {file: save_error(Path(file), kind) for file in files or ("lean.toml", "swot.toml")}

    def _maybe(self, path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name in self.failing:
            raise self.failing[path.name]
        return self._commit(path, *arguments, **options)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "strategy.toml").write_text('format = 1\nname = "Test"\nvision = "All is well."\n')
    (folder / "lean.toml").write_text(LEAN)
    (folder / "swot.toml").write_text(SWOT)
    return folder


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def begin(root: Path, tmp_path: Path) -> Callable[[], PendingStore[Done]]:
    return lambda: PendingStore(Store(read_workspace(root)), Journal(tmp_path / "state", root))


Begin = Callable[[], PendingStore[Done]]


def kept(store: PendingStore[Done], command: Command, title: str = "") -> NotSavedYet:
    with pytest.raises(NotSavedYet) as caught:
        store.apply(command, title=title)
    return caught.value


def text_of(space: Any, address: str) -> str:
    return str(space.get(address).text)


def test_an_edit_that_can_be_saved_passes_through(begin: Begin, root: Path) -> None:
    store = begin()
    done = store.apply(ChangeEntry(Ref("late", "Clients pay late"), "Later"))
    assert "Later" in (root / "lean.toml").read_text()
    assert store.apply(done.inverse, done.hint).made == "late"
    assert (root / "lean.toml").read_text() == LEAN
    assert store.pending == ()


@pytest.mark.parametrize("kind", ["full", "busy", "read-only", "io", "refused", "gone"])
def test_an_edit_that_cannot_be_saved_waits_and_is_shown(begin: Begin, disk: Disk, root: Path, kind: str) -> None:
    store = begin()
    disk.fail(kind)
    told = kept(store, NEW, "Added “A new problem”")
    assert isinstance(told, SaveError)
    assert (told.kind, told.reason.kind, told.pending.title) == (kind, kind, "Added “A new problem”")
    assert "not saved yet" in told.message
    assert (root / "lean.toml").read_text() == LEAN
    assert "new" not in store.saved
    assert text_of(store.workspace, "new") == "A new problem"
    assert store.unsaved == {"new"}
    assert store.workspace is store.workspace
    disk.failing = {}
    [result] = store.retry()
    assert result.is_saved
    assert result.done is not None
    assert "A new problem" in (root / "lean.toml").read_text()
    assert (store.pending, store.unsaved) == ((), frozenset())
    assert store.workspace is store.saved


def test_an_error_of_the_system_and_a_folder_that_is_gone_are_no_loss_either(begin: Begin, disk: Disk) -> None:
    store = begin()
    disk.failing = {"lean.toml": OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))}
    assert kept(store, NEW).kind == "full"


def test_an_edit_in_a_workspace_moved_away_waits_until_it_is_back(begin: Begin, root: Path) -> None:
    store = begin()
    root.rename(root.with_name("away"))
    kept(store, NEW)
    root.with_name("away").rename(root)
    assert [result.is_saved for result in store.retry()] == [True]
    assert "A new problem" in (root / "lean.toml").read_text()


def test_what_a_person_must_choose_about_is_not_kept(begin: Begin, disk: Disk) -> None:
    store = begin()
    disk.fail("changed")
    with pytest.raises(SaveError) as caught:
        store.apply(NEW)
    assert not isinstance(caught.value, NotSavedYet)
    with pytest.raises(Conflict):
        store.apply(ChangeEntry(Ref("late", "something else"), "x"))
    with pytest.raises(EditError):
        store.apply(ChangeEntry(Ref("late"), ""))
    with pytest.raises(UnknownElement):
        store.apply(ChangeEntry(Ref("nothing"), "x"))
    assert store.pending == ()


def test_edits_on_top_of_one_that_waits_wait_behind_it_and_are_saved_in_order(
    begin: Begin, disk: Disk, root: Path
) -> None:
    store = begin()
    disk.fail("read-only", "lean.toml")
    kept(store, NEW)
    kept(store, ChangeEntry(Ref("new", "A new problem"), "A better one"))
    assert text_of(store.workspace, "new") == "A better one"
    store.apply(SetField(Ref("team"), "importance", 5))
    assert "importance = 5" in (root / "swot.toml").read_text(), "another file is saved at once"
    assert [result.is_conflict for result in store.retry()] == [False, False]
    disk.failing = {}
    assert [result.is_saved for result in store.retry()] == [True, True]
    assert "A better one" in (root / "lean.toml").read_text()


def test_an_edit_behind_one_that_waits_does_so_for_the_same_reason(begin: Begin, disk: Disk) -> None:
    store = begin()
    disk.fail("full")
    kept(store, NEW)
    with pytest.raises(NotSavedYet) as behind:
        store.apply(ChangeEntry(Ref("new", "A new problem"), "A better one"))
    assert behind.value.reason.kind == "full", "no other program holds anything here"


def test_a_retry_stops_at_a_full_disk_but_passes_a_file_that_refuses(begin: Begin, disk: Disk) -> None:
    store = begin()
    disk.fail("full")
    kept(store, NEW)
    kept(store, SetField(Ref("team"), "importance", 5))
    assert [result.is_saved for result in store.retry()] == [False]
    assert len(store.pending) == 2
    disk.fail("read-only", "lean.toml")
    assert [result.is_saved for result in store.retry()] == [False, True]
    assert [pending.reason for pending in store.pending] == [
        "may not be written by you - ask its owner for write permission, or work on a copy"
    ]


def test_a_conflict_is_told_and_kept_until_dropped(begin: Begin, disk: Disk, root: Path) -> None:
    store = begin()
    disk.fail("full")
    kept(store, ChangeEntry(Ref("late", "Clients pay late"), "mine"))
    (root / "lean.toml").write_text(LEAN.replace("Clients pay late", "theirs"))
    disk.failing = {}
    [result] = store.retry()
    assert result.is_conflict
    assert isinstance(result.problem, Conflict)
    assert (result.problem.mine, result.problem.theirs) == ("mine", "theirs")
    assert "theirs" in (root / "lean.toml").read_text()
    [offer] = store.offers()
    assert offer.lines[1:] == ("- theirs", "+ mine")
    store.drop(offer.pending.id)
    assert (store.pending, store.retry()) == ((), [])


def test_what_waits_survives_the_session_and_is_offered_at_the_next_start(
    begin: Begin, disk: Disk, root: Path, tmp_path: Path
) -> None:
    store = begin()
    disk.fail("full")
    kept(store, NEW, "Added a problem")
    store.close()
    disk.failing = {}
    again = begin()
    [offer] = again.offers()
    assert (again.pending, again.retry()) == ((), []), "nothing is saved before the person said so"
    assert "new" not in again.workspace
    assert offer.pending.title == "Added a problem"
    assert offer.lines == ("lean/problem: new entry", "+ A new problem", "+ id: new")
    again.accept()
    assert (again.offered, "new" in again.workspace) == ((), True)
    assert [result.is_saved for result in again.retry()] == [True]
    again.close()
    assert list((tmp_path / "state").iterdir()) == []


def test_an_edit_saved_just_before_a_kill_is_not_made_twice(begin: Begin, disk: Disk, root: Path) -> None:
    entry = AddEntry("lean/problem", {"text": "Only once"})
    store = begin()
    disk.fail("full")
    kept(store, entry)
    disk.failing = {}
    store._store.apply(entry)  # saved, and killed before the journal forgot it
    store.close()
    again = begin()
    assert again.offers()[0].is_done
    again.accept()
    [result] = again.retry()
    assert result.is_saved
    assert (root / "lean.toml").read_text().count("Only once") == 1
    assert again.pending == ()


def test_where_not_even_the_journal_can_be_written_the_edit_lives_on_in_memory(
    root: Path, tmp_path: Path, disk: Disk
) -> None:
    (tmp_path / "state").write_text("no folder")
    store = PendingStore(Store(read_workspace(root)), Journal(tmp_path / "state", root))
    disk.fail("full")
    told = kept(store, NEW)
    assert (told.pending.is_durable, store.is_durable) == (False, False)
    assert "in memory only" in told.message
    disk.failing = {}
    assert [result.is_saved for result in store.retry()] == [True]


def test_an_edit_without_a_title_gets_one_of_its_kind() -> None:
    assert title_of(NEW) == "Add entry"
    assert title_of(SetField(Ref("a"), "b", 1)) == "Set field"
