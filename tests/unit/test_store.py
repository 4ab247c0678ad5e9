"""The store: written through, merged with what others wrote, taken back, and nothing written where that cannot be."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import tomli

import canvas_tui.storage.write.edit as edit_module
from canvas_tui.core import edits
from canvas_tui.core.commands import AddEntry, AddLink, Batch, ChangeEntry, Command, MoveEntry, RemoveEntry, SetField
from canvas_tui.core.elements import Canvas, Entry, Goal
from canvas_tui.core.places import Conflict, EditError, Ref
from canvas_tui.core.structure import AddGoal
from canvas_tui.core.workspace import Document, UnknownElement
from canvas_tui.storage.read import read_workspace
from canvas_tui.storage.write.new_workspace import start_workspace
from canvas_tui.storage.write.save.commit import SaveError, commit
from canvas_tui.storage.write.store import Store
from canvas_tui.storage.write.text.verify import WriteMismatch, says_same

CANVAS = 'model = "swot"\nid = "s"\n\n[[strengths]]\nid = "a"\ntext = "A"\n\n# of b\n[[strengths]]\ntext = "B"\n'
OTHER = 'model = "swot"\nid = "o"\n\n[[threats]]\ntext = "T"\n'
GOALS = '[[goals]]\nid = "g"\ntitle = "G"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"strategy.toml": 'vision = "v"\n', "s.toml": CANVAS, "o.toml": OTHER, "goals.toml": GOALS}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(read_workspace(folder))


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_an_edit_is_on_disk_when_apply_returns(store: Store, folder: Path) -> None:
    done = store.apply(ChangeEntry(Ref("a"), "A2"))
    assert (folder / "s.toml").read_text() == CANVAS.replace('"A"', '"A2"')
    assert done.made == "a"
    assert done.workspace is store.workspace
    assert store.workspace.get("a").text == "A2"
    assert not done.merged
    assert store.refresh() == frozenset()


def test_a_save_parses_the_new_text_once_and_waits_for_the_disk_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a key waits for, counted and not timed: for the file's content, and for its name in the folder."""
    parsed: list[str] = []
    synced: list[bool] = []  # whether it was a folder
    real_loads, real_fsync = tomli.loads, os.fsync

    def loads(text: str) -> dict[str, Any]:
        parsed.append(text)
        return real_loads(text)

    def fsync(fd: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(fd).st_mode))
        real_fsync(fd)

    monkeypatch.setattr(tomli, "loads", loads)
    monkeypatch.setattr(os, "fsync", fsync)
    store.apply(ChangeEntry(Ref("a"), "A2"))
    assert parsed == [CANVAS.replace('"A"', '"A2"')]
    assert synced == [False, True]


def test_lines_are_fresh_after_every_edit(store: Store) -> None:
    assert store.workspace.get("s/strengths/2").line == 9
    store.apply(SetField(Ref("a"), "note", "one\ntwo"))
    assert store.workspace.get("s/strengths/2").line == 12


def test_two_people_s_edits_of_one_file_both_survive(store: Store, folder: Path) -> None:
    other = Store(read_workspace(folder))
    other.apply(AddEntry("s/threats", {"text": "theirs"}))
    done = store.apply(ChangeEntry(Ref("s/strengths/2", "B"), "mine"))
    assert done.merged
    assert store.workspace.get("s/threats/1").text == "theirs"
    written = (folder / "s.toml").read_text()
    assert 'text = "theirs"' in written
    assert 'text = "mine"' in written


def test_a_file_that_changes_under_the_lock_is_merged_too(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = commit

    def late(path: Path, root: Path, produce: Callable[[bytes], bytes], **how: Any) -> Any:
        path.write_text("# theirs\n" + path.read_text().replace('"B"', '"B2"'))
        return real(path, root, produce, **how)

    monkeypatch.setattr(edit_module, "commit", late)
    done = store.apply(ChangeEntry(Ref("a"), "mine"))
    assert done.merged
    assert (folder / "s.toml").read_text() == "# theirs\n" + CANVAS.replace('"A"', '"mine"').replace('"B"', '"B2"')
    assert store.workspace.get("s/strengths/2").text == "B2"


def test_an_edit_of_what_somebody_changed_is_a_conflict_and_writes_nothing(store: Store, folder: Path) -> None:
    other = Store(read_workspace(folder))
    other.apply(ChangeEntry(Ref("a"), "theirs"))
    before = texts(folder)
    with pytest.raises(Conflict) as conflict:
        store.apply(SetField(Ref("a"), "text", "mine", "A"))
    assert (conflict.value.mine, conflict.value.theirs) == ("mine", "theirs")
    assert texts(folder) == before
    assert store.workspace.get("a").text == "theirs"


def test_an_edit_of_what_somebody_removed_is_told(store: Store, folder: Path) -> None:
    Store(read_workspace(folder)).apply(RemoveEntry(Ref("a")))
    with pytest.raises(UnknownElement):
        store.apply(ChangeEntry(Ref("a"), "mine"))


def test_a_file_emptied_by_somebody_is_not_written_to(store: Store, folder: Path) -> None:
    (folder / "s.toml").write_text("")
    with pytest.raises((EditError, UnknownElement)):
        store.apply(ChangeEntry(Ref("a"), "mine"))
    assert (folder / "s.toml").read_text() == ""


def test_a_file_that_became_unreadable_is_not_written_to(store: Store, folder: Path) -> None:
    (folder / "goals.toml").write_text("[[goals]\n")
    with pytest.raises(EditError):
        store.apply(AddGoal({"id": "h", "title": "H"}, "goals.toml"))
    assert (folder / "goals.toml").read_text() == "[[goals]\n"


def test_undo_beside_another_s_edit_keeps_theirs(store: Store, folder: Path) -> None:
    done = store.apply(RemoveEntry(Ref("s/strengths/2", "B")))
    Store(read_workspace(folder)).apply(ChangeEntry(Ref("a"), "theirs, and longer"))
    store.apply(done.inverse, done.hint)
    assert (folder / "s.toml").read_text() == CANVAS.replace('"A"', '"theirs, and longer"')


def test_undo_without_its_hint_says_the_same(store: Store, folder: Path) -> None:
    before = store.workspace
    done = store.apply(edits.remove(store.workspace, store.workspace.get("a")))
    store.apply(done.inverse)
    for document in before.documents:
        now = store.workspace.document(document.path)
        assert now is not None
        assert says_same(document, now)


def test_a_hint_that_no_longer_fits_is_only_a_hint(store: Store, folder: Path) -> None:
    done = store.apply(ChangeEntry(Ref("a"), "A2"))
    other = store.apply(ChangeEntry(Ref("s/strengths/2", "B"), "B2"))
    store.apply(done.inverse, other.hint)
    assert (folder / "s.toml").read_text() == CANVAS.replace('"B"', '"B2"')
    store.apply(AddLink(Ref("a"), "g"), hint="nonsense")
    assert store.workspace.get("a").element.links == ("g",)


def test_an_entry_moves_to_another_file_with_its_comments(store: Store, folder: Path) -> None:
    done = store.apply(MoveEntry(Ref("s/strengths/2", "B"), "o/threats"))
    assert (folder / "o.toml").read_text() == OTHER + '\n# of b\n[[threats]]\ntext = "B"\n'
    assert (folder / "s.toml").read_text() == CANVAS.partition("\n# of b")[0]
    store.apply(done.inverse, done.hint)
    assert (folder / "s.toml").read_text() == CANVAS
    assert (folder / "o.toml").read_text() == OTHER


@pytest.mark.parametrize("home", [OTHER, 'model = "swot"\nid = "o"\nthreats = [\n  "T",\n]\n'])
def test_an_entry_takes_on_the_line_ends_of_the_file_it_moves_to(folder: Path, home: str) -> None:
    (folder / "s.toml").write_text(CANVAS.replace('text = "B"', 'text = """\nB\nC"""\nlinks = [\n  "g",\n]'))
    (folder / "o.toml").write_bytes(home.replace("\n", "\r\n").encode())
    store = Store(read_workspace(folder))
    store.apply(MoveEntry(Ref("s/strengths/2", "B\nC"), "o/threats"))
    written = (folder / "o.toml").read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
    assert store.workspace.get("o/threats/2").text == "B\nC"


def test_a_link_to_an_entry_without_id_writes_the_id_first(store: Store, folder: Path) -> None:
    workspace = store.workspace
    done = store.apply(edits.link(workspace, workspace.get("g"), workspace.get("o/threats/1")))
    assert [change.file for change in done.changes] == ["o.toml", "goals.toml"]
    assert 'id = "t"' in (folder / "o.toml").read_text()
    assert 'links = ["t"]' in (folder / "goals.toml").read_text()


def test_a_failure_at_the_second_file_takes_the_first_one_back(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = commit
    before = texts(folder)

    def full(path: Path, root: Path, produce: Callable[[bytes], bytes], **how: Any) -> Any:
        if path.name == "goals.toml":
            raise SaveError(path, "cannot be saved", "free some space", "full")
        return real(path, root, produce, **how)

    monkeypatch.setattr(edit_module, "commit", full)
    workspace = store.workspace
    with pytest.raises(SaveError):
        store.apply(edits.link(workspace, workspace.get("g"), workspace.get("o/threats/1")))
    assert texts(folder) == before
    assert store.workspace is workspace


def test_files_are_made_and_taken_back(store: Store, folder: Path) -> None:
    before = texts(folder)
    canvas = store.apply(edits.add_canvas(store.workspace, "tows", "Tows"))
    work = store.apply(edits.add_initiative(store.workspace, "Work"))
    assert (folder / "tows.toml").read_text() == 'model = "tows"\nid = "tows"\ntitle = "Tows"\nstatus = "draft"\n'
    assert (folder / "initiatives.toml").read_text() == '[[initiatives]]\nid = "work"\ntitle = "Work"\n'
    store.apply(work.inverse, work.hint)
    again = store.apply(canvas.inverse, canvas.hint)
    assert texts(folder) == before
    store.apply(again.inverse, again.hint)
    assert (folder / "tows.toml").exists()


def test_a_new_file_never_overwrites_one_made_meanwhile(store: Store, folder: Path) -> None:
    theirs = '# theirs\n[[initiatives]]\nid = "x"\ntitle = "X"\n'
    command = edits.add_initiative(store.workspace, "Work")
    (folder / "initiatives.toml").write_text(theirs)
    done = store.apply(command)
    assert (folder / "initiatives.toml").read_text() == theirs + '\n[[initiatives]]\nid = "work"\ntitle = "Work"\n'
    assert done.merged


def test_a_file_that_was_made_and_got_comments_since_keeps_them(store: Store, folder: Path) -> None:
    done = store.apply(edits.add_initiative(store.workspace, "Work"))
    path = folder / "initiatives.toml"
    path.write_text("# mine\n\n" + path.read_text())
    store.apply(done.inverse, done.hint)
    assert path.read_text() == "# mine\n"


def test_a_text_that_would_say_something_else_is_never_written(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(folder)
    monkeypatch.setattr(edit_module, "patch", lambda text, *rest: text.replace('"A"', '"something else"'))
    with pytest.raises(WriteMismatch, match="nothing was written"):
        store.apply(ChangeEntry(Ref("a"), "A2"))
    assert texts(folder) == before
    assert store.workspace.get("a").text == "A"


@pytest.mark.parametrize("value", [{1, 2}, "half \ud800", [None]])
def test_what_toml_cannot_hold_is_refused(store: Store, folder: Path, value: object) -> None:
    before = texts(folder)
    with pytest.raises(WriteMismatch):
        store.apply(SetField(Ref("a"), "own", value))
    assert texts(folder) == before


def test_a_command_that_changes_nothing_writes_nothing(store: Store, folder: Path) -> None:
    stamp = (folder / "s.toml").stat().st_mtime_ns
    done = store.apply(Batch(()))
    assert done.changes == ()
    assert (folder / "s.toml").stat().st_mtime_ns == stamp


def test_a_command_that_refuses_writes_nothing(store: Store, folder: Path) -> None:
    class Failing:
        def apply(self, workspace: Any) -> Any:
            raise EditError("no")

    with pytest.raises(EditError):
        store.apply(Failing())
    assert texts(folder)["s.toml"] == CANVAS


def doc(value: Any) -> Document:
    entries = (Entry({"text": "t", "own": value}),)
    from canvas_tui.core.elements import Cell

    return Document("a", canvas=Canvas("c", "m", {"x": Cell("x", entries)}, {"model": "m"}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((1, True), (1, 1.0), (0.0, -0.0), ("1", 1), (None, ""), (date(2027, 1, 1), datetime(2027, 1, 1))),
        *(([1], [True]), (["1", 1], ["1", True]), ({"a": 1}, {"a": 1.0}), ([["a", 1]], [["a", True]])),
    ],
)
def test_comparing_tells_types_apart(one: object, other: object) -> None:
    assert not says_same(doc(one), doc(other))
    assert says_same(doc(one), doc(one))


def test_comparing_takes_nan_for_nan_and_any_order_of_keys() -> None:
    assert says_same(doc([float("nan")]), doc([float("nan")]))
    assert says_same(doc({"a": 1, "b": (2,)}), doc({"b": [2], "a": 1}))


def test_an_id_made_of_the_title_counts_only_where_it_may() -> None:
    written = Document("a", goals=(Goal("grow", {"id": "grow", "title": "Grow"}),))
    implied = Document("a", goals=(Goal("grow", {"title": "Grow"}),))
    assert not says_same(written, implied)
    assert says_same(written, implied, ids_may_be_implied=True)


# starting


@pytest.mark.parametrize("template", ["lean", "full", "empty"])
@pytest.mark.parametrize("name", ["folder", "file.toml"])
def test_a_new_workspace_is_valid_and_can_be_edited(tmp_path: Path, template: Any, name: str) -> None:
    written = start_workspace(tmp_path / "new" / name, template, 'A "name"')
    assert written
    assert all(path.read_text().startswith("#") for path in written)
    store = Store(read_workspace(tmp_path / "new" / name))
    assert store.workspace.name == 'A "name"'
    assert [p for document in store.workspace.documents for p in document.problems] == []
    ids = {item.address for item in store.workspace.elements()}
    for item in store.workspace.elements():
        if hasattr(item.element, "links") and item.address != "vision":
            assert set(item.element.links) <= ids
    command: Command = edits.add_goal(store.workspace, "Another goal")
    store.apply(command)
    assert "another-goal" in read_workspace(store.root).workspace


def test_starting_never_writes_over_anything(tmp_path: Path) -> None:
    (tmp_path / "lean-canvas.toml").write_text("mine")
    with pytest.raises(SaveError, match="exists already"):
        start_workspace(tmp_path, "lean", "X")
    assert texts(tmp_path) == {"lean-canvas.toml": "mine"}
