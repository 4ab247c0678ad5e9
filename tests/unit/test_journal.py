"""An edit kept is there again after a crash, once, in order, and to one session at a time."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.core.commands import AddEntry, Batch, ChangeEntry, RemoveEntry, SetField
from canvas_tui.core.places import Conflict, EditError, Ref
from canvas_tui.core.structure import AddGoal
from canvas_tui.core.workspace import Workspace
from canvas_tui.storage.write.queue.journal import RESERVE, Journal, Pending
from canvas_tui.storage.write.queue.queued_diff import describe, offers
from tests.unit import strategy_factory as make

ROOT = Path("/nowhere/plan")


def add(text: str) -> AddEntry:
    return AddEntry("lean-canvas/problem", {"text": text})


def titles(journal: Journal) -> list[str]:
    return [pending.title for pending in journal.pending()]


def killed(journal: Journal) -> None:
    """The session's process is no more: its locks are free, and nothing else was tidied."""
    for session in journal._sessions.held:
        journal._sessions.release(session)


def test_what_is_kept_comes_back_in_order_after_a_crash(tmp_path: Path) -> None:
    first = Journal(tmp_path, ROOT)
    for name in ("one", "two", "three"):
        first.keep(add(name), name, "the disk is full")
    killed(first)
    second = Journal(tmp_path, ROOT)
    found = second.pending()
    assert [pending.title for pending in found] == ["one", "two", "three"]
    assert [pending.command for pending in found] == [add("one"), add("two"), add("three")]
    assert found[0].reason == "the disk is full"
    assert not any(second.is_ours(pending.id) for pending in found)


def test_a_clock_set_back_does_not_change_the_order(tmp_path: Path) -> None:
    times = iter((1000.0, 10.0, 2000.0))
    journal = Journal(tmp_path, ROOT, clock=lambda: next(times))
    for name in ("one", "two", "three"):
        journal.keep(add(name), name, "")
    assert titles(journal) == ["one", "two", "three"]


def test_what_is_dropped_does_not_come_back_and_nothing_is_left_behind(tmp_path: Path) -> None:
    first = Journal(tmp_path, ROOT)
    first.prepare()
    kept = [first.keep(add(name), name, "") for name in ("one", "two")]
    first.drop(kept[0].id)
    first.drop("unknown")
    killed(first)
    second = Journal(tmp_path, ROOT)
    second.prepare()
    assert titles(second) == ["two"]
    second.drop(kept[1].id)
    assert titles(second) == []
    second.close()
    assert list(tmp_path.iterdir()) == []


def test_a_session_that_ends_in_order_leaves_what_waits_to_the_next(tmp_path: Path) -> None:
    first = Journal(tmp_path, ROOT)
    first.prepare()
    first.keep(add("one"), "one", "")
    first.close()
    assert titles(Journal(tmp_path, ROOT)) == ["one"]


def test_two_sessions_at_once_do_not_eat_each_others_edits(tmp_path: Path) -> None:
    first, second = Journal(tmp_path, ROOT), Journal(tmp_path, ROOT)
    first.keep(add("one"), "one", "")
    second.keep(add("two"), "two", "")
    assert (titles(first), titles(second)) == (["one"], ["two"])
    killed(first)
    third, fourth = Journal(tmp_path, ROOT), Journal(tmp_path, ROOT)
    assert titles(third) == ["one"]
    assert titles(fourth) == [], "an edit left behind is offered to one session only"
    assert titles(second) == ["two"]
    killed(third)
    assert titles(fourth) == ["one"], "and to the next, when that one dies too"


def test_without_the_lock_an_edit_would_be_offered_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    first = Journal(tmp_path, ROOT)
    first.keep(add("one"), "one", "")
    assert titles(Journal(tmp_path, ROOT)) == ["one"]


def test_other_workspaces_and_their_edits_are_apart(tmp_path: Path) -> None:
    first = Journal(tmp_path, ROOT)
    first.keep(add("one"), "one", "")
    killed(first)
    assert titles(Journal(tmp_path, Path("/nowhere/other"))) == []
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    direct = Journal(tmp_path, tmp_path / "real")
    direct.keep(add("two"), "two", "")
    killed(direct)
    assert titles(Journal(tmp_path, tmp_path / "link")) == ["two"]


def test_only_the_user_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        journal = Journal(tmp_path / "state", ROOT)
        journal.prepare()
        journal.keep(add("secret"), "one", "")
    finally:
        os.umask(before)
    paths = list((tmp_path / "state").iterdir())
    assert len(paths) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_an_edit_nobody_can_read_is_told_and_kept_and_hides_no_other(tmp_path: Path) -> None:
    first = Journal(tmp_path, ROOT)
    kept = [first.keep(add(name), name, "") for name in ("one", "two", "three")]
    (tmp_path / f"{kept[0].id}.json").write_bytes(b"{ half")
    path = tmp_path / f"{kept[1].id}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"command": {"$": "FromTheFuture"}}))
    killed(first)
    for _ in range(2):
        second = Journal(tmp_path, ROOT)
        assert titles(second) == ["three"]
        assert len(second.unreadable) == 2
        assert all(Path(file).exists() for file in second.unreadable)
        second.close()


def test_an_edit_that_came_with_a_home_is_neither_offered_nor_removed(tmp_path: Path) -> None:
    """A dotfiles repository or the home of an image may bring edits that somebody else wrote."""
    state, made = tmp_path / "state", tmp_path / "made"
    first = Journal(state, ROOT)
    first.keep(add("planted"), "planted", "")
    killed(first)
    state.rename(made)
    shutil.copytree(made, state)
    found = Journal(state, ROOT)
    assert found.pending() == ()
    assert len(found.unreadable) == 1
    found.close()
    assert Path(found.unreadable[0]).exists()
    shutil.rmtree(state)
    made.rename(state)
    assert titles(Journal(state, ROOT)) == ["planted"], "the control: where it was written"


def test_where_it_cannot_be_written_it_is_kept_in_memory_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    journal = Journal(tmp_path / "file" / "state", ROOT)
    journal.prepare()
    pending = journal.keep(add("one"), "one", "")
    assert (pending.is_durable, journal.is_durable) == (False, False)
    assert journal.problem == "not a directory"
    assert titles(journal) == ["one"]
    (tmp_path / "file").unlink()
    assert journal.again(pending.id, "still full").is_durable
    assert journal.is_durable
    journal.drop(pending.id)
    journal.close()


@pytest.mark.parametrize("prepared", [True, False])
def test_a_full_disk_still_takes_an_edit_in_the_room_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepared: bool
) -> None:
    journal = Journal(tmp_path, ROOT)
    if prepared:
        journal.prepare()
        [reserve] = tmp_path.glob("*.reserve")
        assert reserve.stat().st_blocks * 512 >= RESERVE
    limit = RESERVE if prepared else 0
    real = os.write

    def nearly_full(fd: int, data: bytes) -> int:
        used = sum(path.stat().st_size for path in tmp_path.iterdir())
        if used + len(data) > limit:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(fd, data)

    monkeypatch.setattr(os, "write", nearly_full)
    for name in ("one", "two", "three"):
        assert journal.keep(add(name), name, "").is_durable is prepared
    killed(journal)
    assert titles(Journal(tmp_path, ROOT)) == (["one", "two", "three"] if prepared else [])


def test_the_reason_follows_the_last_try(tmp_path: Path) -> None:
    first = Journal(tmp_path, ROOT)
    pending = first.keep(add("one"), "one", "full")
    first.again(pending.id, "may not be written")
    killed(first)
    assert [each.reason for each in Journal(tmp_path, ROOT).pending()] == ["may not be written"]


def test_an_edit_that_is_kept_stays_kept_when_its_new_reason_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    first = Journal(tmp_path, ROOT)
    pending = first.keep(add("one"), "one", "may not be written")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        assert first.again(pending.id, "full").is_durable
        assert not first.keep(add("two"), "two", "full").is_durable
        assert not first.is_durable
    killed(first)
    assert titles(Journal(tmp_path, ROOT)) == ["one"]


def test_the_journal_is_never_imported_to_read() -> None:
    modules = ", ".join(f"canvas_tui.storage.read.{name}" for name in ("presence_reader", "watch", "workspace"))
    code = f"import sys, {modules};"
    code += "print([name for name in sys.modules if 'storage.write' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# the offer


def space() -> Workspace:
    return make.workspace(
        make.header(),
        make.listed("more.toml", [make.goal("win")]),
        make.canvas("lean-canvas", {"problem": [make.entry("late"), make.entry("two words")]}),
    )


def waiting(*commands: Any) -> list[Pending]:
    return [Pending(str(index), command, "", "", 0.0, True) for index, command in enumerate(commands)]


def lines(command: Any) -> list[str]:
    return describe(space(), waiting(command)[0])


def test_an_edit_is_offered_as_what_is_and_what_would_be() -> None:
    assert lines(ChangeEntry(Ref("late", "late"), "later\nand longer")) == [
        "late: text", "- late", "+ later", "+ and longer"
    ]  # fmt: skip
    assert lines(AddEntry("lean-canvas/problem", {"text": "new", "importance": 3})) == [
        "lean-canvas/problem: new entry", "+ new", "+ importance: 3"
    ]  # fmt: skip
    assert lines(RemoveEntry(Ref("lean-canvas/problem/2", "two words"))) == [
        "lean-canvas/problem: entry taken out", "- two words"
    ]  # fmt: skip
    assert lines(SetField(Ref("win"), "title", "Win big"))[1:] == ["- Goal win", "+ Win big"]
    assert lines(Batch((add("x"), add("y")))) == [
        "lean-canvas/problem: new entry", "+ x", "lean-canvas/problem: new entry", "+ y"
    ]  # fmt: skip


def test_a_conflict_shows_theirs_and_mine() -> None:
    [offer] = offers(space(), waiting(ChangeEntry(Ref("late", "as it was"), "mine")))
    assert isinstance(offer.problem, Conflict)
    assert offer.lines == ("late: text was changed by somebody else", "- late", "+ mine")
    [offer] = offers(space(), waiting(ChangeEntry(Ref("gone", "x"), "mine")))
    assert offer.problem is not None
    assert "gone" in offer.lines[0]


def test_an_edit_that_builds_on_another_is_offered_on_top_of_it() -> None:
    first, second = offers(
        space(), waiting(ChangeEntry(Ref("late", "late"), "later"), ChangeEntry(Ref("late", "later"), "latest"))
    )
    assert first.problem is None
    assert second.lines == ("late: text", "- later", "+ latest")


def test_what_is_there_already_is_not_offered_again() -> None:
    there = space().get("lean-canvas/problem/2").entry.fields
    goal = space().get("win").element.fields
    done = (
        AddEntry("lean-canvas/problem", dict(there)),
        AddGoal(dict(goal), "more.toml"),
        ChangeEntry(Ref("late", "x"), "late"),
    )
    assert [offer.is_done for offer in offers(space(), waiting(*done))] == [True, True, True]
    [taken] = offers(space(), waiting(AddGoal({"id": "win", "title": "Another"}, "more.toml")))
    assert isinstance(taken.problem, EditError)


def test_hostile_text_in_an_offer_is_clean() -> None:
    shown = "".join(lines(AddEntry("lean-canvas/problem", {"text": "a\x1b[2Jb\u202e", "note\x9b": "\x07"})))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\x9b" not in shown
    assert "\x07" not in shown
