"""Presence is advice: what others wrote is shown clean and short, what is stale goes, and nothing of it can fail."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.presence_reader import FOLDER, People, foreign_sessions, host_name
from canvas_tui.storage.write.presence.presence import Presence

PATIENCE = 10.0


class Ticks:
    """A monotonic clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "strategy.toml").write_text('name = "Test"\n')
    return tmp_path


def own_file(root: Path) -> Path:
    [path] = (root / FOLDER).glob("session-*")
    return path


def put(root: Path, number: int = 1, **told: Any) -> Path:
    """Another session's file, by hand."""
    (root / FOLDER).mkdir(exist_ok=True)
    path = root / FOLDER / f"session-{number}-{number:08x}.json"
    good = {"pid": os.getpid(), "host": host_name(), "name": "bea", "since": 5, "where": "", "editing": False}
    path.touch()
    return written_there(path, good | told)


def written_there(path: Path, told: dict[str, Any]) -> Path:
    """As a session writes its file: it says which one it is."""
    with path.open("r+") as file:
        file.write(json.dumps(told | {"own": Origin.of(file.fileno())}))
    return path


def names(people: People) -> list[str]:
    people.look()
    return [person.name for person in people.others()]


def test_one_sees_the_others_and_never_oneself(root: Path) -> None:
    ana, bea = Presence(root, "ana"), Presence(root, "bea")
    ana.at("lean/problem", is_editing=True)
    ana.look()
    bea.look()
    [person] = bea.others()
    assert (person.name, person.where, person.is_editing) == ("ana", "lean/problem", True)
    assert names(ana) == ["bea"]
    ana.stop()
    assert names(bea) == []
    bea.stop()
    assert os.listdir(root) == ["strategy.toml"]


def test_a_move_is_told_and_told_no_more_than_once_a_second(root: Path) -> None:
    ticks = Ticks()
    ana, reader = Presence(root, "ana", ticks=ticks), People(root)
    ana.at("one")
    ana.look()
    for where in ("two", "three"):
        ana.at(where)
        ana.look()
    reader.look()
    assert reader.others()[0].where == "one"
    ticks.now += 1
    ana.look()
    reader.look()
    assert reader.others()[0].where == "three"


def test_the_thread_follows_a_move_and_tells_of_others(root: Path) -> None:
    changed = threading.Event()
    reader = People(root, on_change=changed.set)
    ana = Presence(root, "ana")
    ana.start()
    reader.start()
    assert changed.wait(PATIENCE)
    changed.clear()
    ana.at("lean/problem")
    assert changed.wait(PATIENCE)
    assert reader.others()[0].where == "lean/problem"
    changed.clear()
    ana.stop()
    assert changed.wait(PATIENCE)
    assert reader.others() == ()
    reader.stop()
    assert not (root / FOLDER).exists()


def test_the_heart_beat_keeps_a_session_alive(root: Path) -> None:
    ticks = Ticks()
    ana = Presence(root, "ana", ticks=ticks)
    ana.look()
    os.utime(own_file(root), (0, 0))
    assert names(People(root)) == []
    ticks.now += 10
    ana.look()
    assert names(People(root)) == ["ana"]


@pytest.mark.parametrize("age", [60, -3600], ids=["long silent", "from the future"])
def test_a_stale_session_is_not_shown_and_is_swept_by_those_who_edit(root: Path, age: float) -> None:
    path = put(root, host="another host")
    os.utime(path, (time.time() - age,) * 2)
    assert names(People(root)) == []
    assert path.exists(), "who only reads sweeps nothing"
    assert names(Presence(root, "ana")) == []
    assert not path.exists()


def brought(path: Path) -> Path:
    """The same name and content on another inode, as after a commit, a clone and a checkout."""
    other = path.with_name("checked-out")
    other.write_bytes(path.read_bytes())
    path.rename(path.with_name("was"))
    return other.rename(path)


@pytest.mark.parametrize("host", [None, "another host"])
@pytest.mark.parametrize("age", [0, 3600])
def test_a_session_that_came_with_a_clone_is_nobody_and_is_left_alone(root: Path, host: str | None, age: float) -> None:
    path = put(root, host=host or host_name())
    assert names(People(root)) == ["bea"], "the control: the same where it was written"
    assert foreign_sessions(root) == []
    brought(path)
    os.utime(path, (time.time() - age,) * 2)
    ana = Presence(root, "ana")
    assert names(ana) == []
    ana.stop()
    assert path.exists()
    assert foreign_sessions(root) == [path.name]


def test_an_ignore_file_that_came_with_a_clone_stays(root: Path) -> None:
    ana = Presence(root, "ana")
    ana.look()
    brought(root / FOLDER / ".gitignore")
    (root / FOLDER / "was").unlink()
    ana.stop()
    assert os.listdir(root / FOLDER) == [".gitignore"]


def test_a_dead_process_of_this_host_is_gone_at_once_and_one_elsewhere_is_not(root: Path) -> None:
    child = subprocess.Popen(["true"])
    child.wait()
    put(root, 1, pid=child.pid, name="dead")
    put(root, 2, pid=child.pid, host="another host", name="elsewhere")
    assert names(People(root)) == ["elsewhere"]


def test_a_session_swept_or_cleaned_away_comes_back(root: Path) -> None:
    ana = Presence(root, "ana")
    ana.look()
    own_file(root).unlink()
    (root / FOLDER / ".gitignore").unlink()
    (root / FOLDER).rmdir()
    ana.look()
    assert names(People(root)) == ["ana"]


def test_git_sees_nothing_of_it(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    ana = Presence(root, "ana")
    ana.look()
    command = ["git", "status", "--porcelain", "--untracked-files=all"]
    seen = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    assert seen == "?? strategy.toml\n"
    (root / FOLDER / ".gitignore").unlink()
    seen = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    assert FOLDER in seen


def test_what_others_wrote_is_clean_and_short(root: Path) -> None:
    put(root, name="\x1b[31mbea\u202e" + "x" * 500, where="\x07lean/" + "y" * 500)
    reader = People(root)
    reader.look()
    [person] = reader.others()
    assert person.name.startswith("␛[31mbea<U+202E>xxx")
    assert person.where.startswith("␇lean/yyy")
    assert (len(person.name), len(person.where)) == (40, 120)


BAD = [
    b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 4000, b'{"name": 5, "where": "", "since": 1}',
    b'{"name": "bea", "where": "", "since": NaN}', b'{"name": " ", "where": "", "since": 1}',
    b'{"name": "bea", "where": "", "since": 1, "pad": "' + b"x" * 5000 + b'"}',
]  # fmt: skip


@pytest.mark.parametrize("data", BAD, ids=range(len(BAD)))
def test_what_makes_no_sense_is_passed_over(root: Path, data: bytes) -> None:
    put(root, 1).write_bytes(data)
    put(root, 2, name="good")
    assert names(Presence(root, "ana")) == ["good"]


@pytest.mark.parametrize("pid", [0, -1, 2**40, "1", None, True, 1.5])
def test_an_odd_process_number_counts_as_dead(root: Path, pid: object) -> None:
    put(root, 1, pid=pid)
    assert names(People(root)) == []


def test_a_folder_full_of_files_costs_little(root: Path) -> None:
    for number in range(200):
        put(root, number)
    assert len(names(People(root))) == 64


def test_links_fifos_and_folders_in_the_place_of_files_are_passed_over(root: Path) -> None:
    other = put(root, 9, name="linked").rename(root / "elsewhere.json")
    (root / FOLDER / "session-1-00000001.json").symlink_to(other)
    os.mkfifo(root / FOLDER / "session-2-00000002.json")
    (root / FOLDER / "session-3-00000003.json").mkdir()
    put(root, 4, name="good")
    assert names(People(root)) == ["good"]


def test_workspaces_of_one_file_in_one_folder_are_told_apart(root: Path) -> None:
    (root / "other.toml").write_text("")
    ana = Presence(root / "strategy.toml", "ana")
    ana.look()
    assert names(People(root / "strategy.toml")) == ["ana"]
    assert names(People(root / "other.toml")) == []
    assert names(People(root)) == []


@pytest.mark.parametrize("call", ["mkdir", "open", "pwrite", "utime", "fchmod"])
@pytest.mark.parametrize("problem", [errno.EROFS, errno.ENOSPC, errno.EACCES, errno.ESTALE])
def test_whatever_fails_nobody_hears_of_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str, problem: int
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError(problem, os.strerror(problem))

    ana = Presence(root, "ana")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        ana.look()
        ana.at("x")
        assert ana.others() == ()
    ana.look()
    assert names(People(root)) == ["ana"]
    ana.stop()
    assert not (root / FOLDER).exists()


def test_it_never_waits_for_the_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("presence is worth no sync")

    for name in ("fsync", "fdatasync", "sync"):
        monkeypatch.setattr(os, name, forbidden)
    ana = Presence(root, "ana")
    ana.look()
    assert list((root / FOLDER).glob("session-*")), "nothing was written, so nothing is proved"
    ana.stop()
    assert not (root / FOLDER).exists()


def test_who_only_reads_writes_nothing(root: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.presence_reader import People, foreign_sessions
bad = []
def hook(event, arguments):
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        bad.append(arguments[0])
    elif event.startswith(("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.utime", "os.chmod", "socket")):
        bad.append(event)
sys.addaudithook(hook)
people = People(Path(sys.argv[1]))
people.start()
people.look()
people.stop()
print(len(people.others()), bad, [name for name in sys.modules if "storage.write" in name])
"""
    put(root, 1)
    put(root, 2)
    os.utime(root / FOLDER / "session-2-00000002.json", (0, 0))
    done = subprocess.run([sys.executable, "-c", code, root], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1 [] []"
