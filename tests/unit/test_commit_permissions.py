"""Whoever saves, the file keeps its group, mode, ACL and attributes, and its owner keeps access.

Most of these need root, to become two real Unix users (`daemon` and `bin`, which every system has).
"""

from __future__ import annotations

import ctypes  # noqa: F401 - loaded here: a user made below may not be able to read it
import os
import pickle
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from canvas_tui.storage.read.fingerprint import digest_of
from canvas_tui.storage.read.leftovers import problems_of
from canvas_tui.storage.write.save import attributes, inplace, leftovers
from canvas_tui.storage.write.save.attributes import owner_keeps_access
from canvas_tui.storage.write.save.commit import SaveError, commit, create
from tests.unit.left_saves import planted

OLD = b'name = "old"\n' * 100
NEW = b'name = "new, and longer"\n' * 100
DAEMON, BIN = 1, 2  # uid and gid of two users; daemon is in no group but its own

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user or mount")


@dataclass(frozen=True)
class Result:
    how: str  # how it was saved, or the kind of error
    message: str = ""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can reach."""
    made = Path(tempfile.mkdtemp(prefix="canvas-tui-permissions-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def a_file(folder: Path, *, owner: int, group: int, mode: int) -> Path:
    path = folder / "plan.toml"
    path.write_bytes(OLD)
    os.chown(path, owner, group)
    path.chmod(mode)
    return path


@pytest.fixture(autouse=True)
def _states(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A state folder for each user, where receipts of saves are kept."""
    made = Path(tempfile.mkdtemp(prefix="canvas-tui-permissions-state-"))
    made.chmod(0o755)
    for uid in (os.geteuid(), DAEMON, BIN):
        (made / str(uid)).mkdir(exist_ok=True)
        if os.geteuid() == 0:
            os.chown(made / str(uid), uid, uid)
    monkeypatch.setenv("XDG_STATE_HOME", f"{made}/{os.geteuid()}")
    yield
    shutil.rmtree(made)


def state_of(uid: int) -> str:
    """The state folder of that user, unless a test has set one for all."""
    given = Path(os.environ["XDG_STATE_HOME"])
    return str(given.parent / str(uid)) if given.name.isdigit() else str(given)


def as_user(uid: int, work: Callable[[], Result], groups: tuple[int, ...] = (), umask: int = 0o077) -> Result:
    """Do `work` in a process of that user, whose own group is `uid`, and who is in `groups` too."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.environ["XDG_STATE_HOME"] = state_of(uid)
            os.setgroups(list(groups))
            os.setgid(uid)
            os.setuid(uid)
            os.umask(umask)
            answer = work()
        except BaseException as reason:
            answer = Result("broke", repr(reason))
        os.write(write, pickle.dumps(answer))
        os._exit(0)
    os.close(write)
    with open(read, "rb") as pipe:
        answer = pickle.loads(pipe.read())
    os.waitpid(pid, 0)
    assert isinstance(answer, Result)
    return answer


def saving(path: Path) -> Callable[[], Result]:
    def save() -> Result:
        try:
            return Result(commit(path, path.parent, lambda _: NEW).how)
        except SaveError as problem:
            return Result(problem.kind, problem.message)

    return save


def seen(path: Path) -> tuple[int, int, str]:
    info = path.stat()
    return info.st_uid, info.st_gid, oct(stat.S_IMODE(info.st_mode))


def tool(*command: str) -> str:
    """Run a system tool, or skip where it is missing or not permitted."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"{' '.join(command[:2])} is not permitted here: {done.stderr.strip()}")
    return done.stdout


# -- one user -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444 | 0o200, 0o755])
def test_the_mode_stays_whatever_the_umask(folder: Path, mode: int) -> None:
    path = a_file(folder, owner=os.getuid(), group=os.getgid(), mode=mode)
    before = os.umask(0o077)
    try:
        assert saving(path)().how == "exchange"
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_extended_attributes_stay(folder: Path) -> None:
    path = a_file(folder, owner=os.getuid(), group=os.getgid(), mode=0o640)
    try:
        os.setxattr(path, "user.reviewed-by", b"ana")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    assert saving(path)().how == "exchange"
    assert os.getxattr(path, "user.reviewed-by") == b"ana"


def test_the_acl_stays(folder: Path) -> None:
    path = a_file(folder, owner=os.getuid(), group=os.getgid(), mode=0o640)
    tool("setfacl", "-m", f"u:{BIN}:rw,g:{DAEMON}:r", str(path))
    before = tool("getfacl", "-n", "-c", str(path))
    assert saving(path)().how == "exchange"
    assert tool("getfacl", "-n", "-c", str(path)) == before


def test_the_default_acl_of_the_folder_does_not_get_onto_a_file_without_it(folder: Path) -> None:
    path = a_file(folder, owner=os.getuid(), group=os.getgid(), mode=0o640)
    tool("setfacl", "-d", "-m", f"u:{BIN}:rwx", str(folder))
    before = tool("getfacl", "-n", "-c", str(path))
    assert saving(path)().how == "exchange"
    assert tool("getfacl", "-n", "-c", str(path)) == before


@pytest.mark.parametrize("new", [NEW, b"short\n", b""])
def test_a_file_with_a_second_name_stays_one_file(folder: Path, new: bytes) -> None:
    path = a_file(folder, owner=os.getuid(), group=os.getgid(), mode=0o640)
    other = folder / "other-name.toml"
    os.link(path, other)
    inode = path.stat().st_ino
    assert commit(path, folder, lambda _: new).how == "in-place"
    assert path.stat().st_ino == other.stat().st_ino == inode
    assert other.read_bytes() == new
    assert set(os.listdir(folder)) == {"plan.toml", "other-name.toml"}


def test_a_write_in_place_that_fails_half_way_puts_the_old_bytes_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_file(folder, owner=os.getuid(), group=os.getgid(), mode=0o640)
    os.link(path, folder / "other-name.toml")
    real = os.pwrite
    failures = [1]

    def fails_once_in_the_middle(fd: int, data: bytes, at: int) -> int:
        if failures and os.fstat(fd).st_nlink == 2 and at == 0:
            real(fd, data[:700], at)
            failures.pop()
            raise OSError(28, "No space left on device")
        return real(fd, data, at)

    monkeypatch.setattr(os, "pwrite", fails_once_in_the_middle)
    assert saving(path)().how == "full"
    assert failures == []
    assert path.read_bytes() == OLD
    assert set(os.listdir(folder)) == {"plan.toml", "other-name.toml"}


# -- two users ----------------------------------------------------------------------------------------------------


@as_root
def test_in_a_team_folder_a_member_saves_what_another_owns_and_group_and_mode_stay(folder: Path) -> None:
    os.chown(folder, 0, DAEMON)
    folder.chmod(0o2775)
    path = a_file(folder, owner=DAEMON, group=DAEMON, mode=0o664)
    assert as_user(BIN, saving(path), groups=(DAEMON,)).how == "exchange"
    assert path.read_bytes() == NEW
    assert seen(path)[1:] == (DAEMON, "0o664")
    path.write_bytes(OLD)
    as_user(DAEMON, saving(path))
    assert path.read_bytes() == NEW, "its first owner must still be able to save"


@as_root
def test_a_new_file_in_a_team_folder_may_be_written_by_the_team_whatever_the_umask(folder: Path) -> None:
    os.chown(folder, 0, DAEMON)
    folder.chmod(0o2775)
    path = folder / "new.toml"

    def make() -> Result:
        return Result(create(path, folder, OLD).how)

    assert as_user(BIN, make, groups=(DAEMON,)).how == "created"
    assert seen(path) == (BIN, DAEMON, "0o660")


@as_root
def test_where_its_owner_would_lose_access_the_file_stays_the_same_inode(folder: Path) -> None:
    folder.chmod(0o777)
    path = a_file(folder, owner=DAEMON, group=0, mode=0o600)
    tool("setfacl", "-m", f"u:{BIN}:rw", str(path))
    before = path.stat().st_ino, tool("getfacl", "-n", "-c", str(path))
    assert as_user(BIN, saving(path)).how == "in-place"
    assert (path.stat().st_ino, tool("getfacl", "-n", "-c", str(path))) == before
    assert path.read_bytes() == NEW
    assert os.listdir(folder) == ["plan.toml"]


@as_root
def test_where_the_group_cannot_be_given_the_file_stays_the_same_inode(folder: Path) -> None:
    folder.chmod(0o777)
    path = a_file(folder, owner=BIN, group=DAEMON, mode=0o660)
    assert as_user(BIN, saving(path)).how == "in-place"
    assert seen(path) == (BIN, DAEMON, "0o660")


@as_root
def test_in_a_sticky_folder_the_file_of_another_stays_theirs(folder: Path) -> None:
    folder.chmod(0o1777)
    path = a_file(folder, owner=DAEMON, group=DAEMON, mode=0o666)
    assert as_user(BIN, saving(path)).how == "in-place"
    assert seen(path) == (DAEMON, DAEMON, "0o666")
    assert path.read_bytes() == NEW


@as_root
def test_in_a_folder_that_may_not_be_written_a_writable_file_can_be_saved(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = folder / "state"
    state.mkdir()
    state.chmod(0o777)
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    workspace = folder / "workspace"
    workspace.mkdir()
    path = a_file(workspace, owner=DAEMON, group=DAEMON, mode=0o666)
    assert as_user(BIN, saving(path)).how == "in-place"
    assert path.read_bytes() == NEW
    assert seen(path) == (DAEMON, DAEMON, "0o666")
    assert os.listdir(workspace) == ["plan.toml"]
    assert os.listdir(state / "canvas-tui" / "images") == [], "the image goes when the save is done"


@as_root
def test_a_folder_that_may_be_entered_but_not_listed_is_no_obstacle(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = folder / "state"
    state.mkdir()
    state.chmod(0o777)
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    path = a_file(folder, owner=DAEMON, group=DAEMON, mode=0o666)
    folder.chmod(0o711)
    answer = as_user(BIN, saving(path))
    assert answer.how == "in-place", answer.message
    assert path.read_bytes() == NEW


@as_root
def test_without_a_place_for_the_image_nothing_is_written_in_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "nowhere"))
    path = a_file(folder, owner=DAEMON, group=DAEMON, mode=0o666)
    answer = as_user(BIN, saving(path))
    assert (answer.how, path.read_bytes()) == ("refused", OLD)
    assert "nowhere" in answer.message


@as_root
def test_a_file_that_one_may_only_read_is_not_taken_over_in_a_writable_folder(folder: Path) -> None:
    folder.chmod(0o777)
    path = a_file(folder, owner=DAEMON, group=DAEMON, mode=0o644)
    answer = as_user(BIN, saving(path))
    assert (answer.how, path.read_bytes(), seen(path)) == ("read-only", OLD, (DAEMON, DAEMON, "0o644"))
    assert os.listdir(folder) == ["plan.toml"]


@as_root
def test_root_gives_the_file_back_to_its_owner(folder: Path) -> None:
    path = a_file(folder, owner=DAEMON, group=BIN, mode=0o640)
    assert saving(path)().how == "exchange"
    assert seen(path) == (DAEMON, BIN, "0o640")


@as_root
def test_what_a_member_left_half_written_is_told_to_the_others_and_finished_by_its_maker(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attributes, "_groups_of", lambda uid: frozenset({uid, DAEMON}))  # as the system would say
    os.chown(folder, 0, DAEMON)
    folder.chmod(0o2775)
    path = a_file(folder, owner=DAEMON, group=DAEMON, mode=0o664)
    os.link(path, folder / "other-name.toml")
    with pytest.raises(EOFError):
        as_user(BIN, dying_half_way(path), groups=(DAEMON,))
    half = path.read_bytes()
    assert half not in (OLD, NEW)

    def told() -> Result:
        rules = [problem.rule for problem in problems_of(folder, "", os.listdir(folder))]
        return Result(f"{inplace.recover(path, folder)} {rules}")

    assert as_user(DAEMON, told).how == "False ['foreign-leftover']"
    assert path.read_bytes() == half
    assert as_user(BIN, told, groups=(DAEMON,)).how == "True ['half-saved']"
    assert path.read_bytes() == NEW
    assert set(os.listdir(folder)) == {"plan.toml", "other-name.toml"}


def dying_half_way(path: Path) -> Callable[[], Result]:
    """A save in place, killed in the middle."""

    def dies() -> Result:
        def cut(fd: int, old: bytes, new: bytes) -> None:
            os.pwrite(fd, new[:600], 0)
            os._exit(0)

        inplace.overwrite = cut
        return saving(path)()

    return dies


@as_root
@pytest.mark.parametrize(
    ("group", "mode", "keeps"),
    [(DAEMON, 0o660, True), (DAEMON, 0o640, False), (BIN, 0o660, False), (BIN, 0o666, True), (DAEMON, 0o606, False)],
)
def test_whether_an_owner_keeps_access_follows_from_group_and_mode(
    folder: Path, group: int, mode: int, keeps: bool
) -> None:
    path = a_file(folder, owner=DAEMON, group=group, mode=mode)
    with open(path, "rb") as file:
        assert owner_keeps_access(file.fileno(), os.fstat(file.fileno())) is keeps


# -- file systems that say no -----------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own, 256 KB large."""
    at = folder / "disk"
    at.mkdir()
    tool("mount", "-t", "tmpfs", "-o", "size=256k", "canvas-tui-test", str(at))
    yield at
    subprocess.run(["umount", "-l", str(at)], check=False)


@as_root
@pytest.mark.parametrize("linked", [False, True])
def test_a_full_disk_is_told_and_leaves_the_file_as_it_was(small_disk: Path, linked: bool) -> None:
    path = a_file(small_disk, owner=0, group=0, mode=0o644)
    if linked:
        os.link(path, small_disk / "other-name.toml")
    before = set(os.listdir(small_disk))
    with pytest.raises(SaveError) as raised:
        commit(path, small_disk, lambda _: b"#" * 300_000)
    assert raised.value.kind == "full"
    assert path.read_bytes() == OLD
    assert set(os.listdir(small_disk)) == before


@as_root
def test_a_read_only_mount_is_told(small_disk: Path) -> None:
    path = a_file(small_disk, owner=0, group=0, mode=0o644)
    tool("mount", "-o", "remount,ro", str(small_disk))
    told = saving(path)()
    assert told.how == "read-only"
    assert told.message == "is on a read-only file system", "its owner can do nothing about that"
    with pytest.raises(SaveError) as raised:
        create(small_disk / "new.toml", small_disk, NEW)
    assert raised.value.kind == "read-only"


@as_root
def test_an_immutable_file_is_told(folder: Path) -> None:
    path = a_file(folder, owner=0, group=0, mode=0o644)
    tool("chattr", "+i", str(path))
    try:
        assert saving(path)().how == "read-only"
        assert path.read_bytes() == OLD
    finally:
        tool("chattr", "-i", str(path))


@as_root
def test_in_a_folder_that_only_takes_new_files_a_save_leaves_none(folder: Path) -> None:
    path = a_file(folder, owner=0, group=0, mode=0o644)
    tool("chattr", "+a", str(folder))
    try:
        assert saving(path)().how == "in-place"
        assert path.read_bytes() == NEW
        with pytest.raises(SaveError) as raised:
            create(folder / "new.toml", folder, NEW)
        assert raised.value.kind == "read-only"
        assert os.listdir(folder) == ["plan.toml"]
    finally:
        tool("chattr", "-a", str(folder))


@as_root
def test_a_file_mounted_by_itself_is_written_in_place(folder: Path) -> None:
    path = a_file(folder, owner=0, group=0, mode=0o644)
    source = folder / "source.toml"
    source.write_bytes(OLD)
    tool("mount", "--bind", str(source), str(path))
    try:
        assert saving(path)().how == "in-place"
    finally:
        subprocess.run(["umount", str(path)], check=True)
    assert source.read_bytes() == NEW


def test_where_even_the_old_bytes_cannot_be_put_back_the_image_stays_and_the_next_save_finishes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_file(folder, owner=os.getuid(), group=os.getgid(), mode=0o640)
    os.link(path, folder / "other-name.toml")
    real = os.pwrite

    def breaks_for_good(fd: int, data: bytes, at: int) -> int:
        if os.fstat(fd).st_nlink == 2 and at == 0:
            real(fd, data[:512], at)
            raise OSError(5, "Input/output error")
        return real(fd, data, at)

    with monkeypatch.context() as broken:
        broken.setattr(os, "pwrite", breaks_for_good)
        broken_save = saving(path)()
    assert broken_save.how == "io"
    assert "half written" in broken_save.message
    commit(path, folder, lambda data: data + b"more\n")
    assert path.read_bytes() in (OLD + b"more\n", NEW + b"more\n")
    assert set(os.listdir(folder)) == {"plan.toml", "other-name.toml"}


@as_root
@pytest.mark.parametrize("linked", [False, True])
def test_a_link_planted_where_our_temporary_will_be_is_not_written_through(
    folder: Path, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    shared = folder / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    victim = folder / "victim"
    victim.write_bytes(b"precious\n")
    path = a_file(shared, owner=0, group=0, mode=0o644)
    if linked:
        os.link(path, shared / "other-name.toml")
    monkeypatch.setattr(leftovers, "temporary_name", lambda *_: ".guessed")
    (shared / ".guessed").symlink_to(victim)
    assert saving(path)().how == "refused"
    assert victim.read_bytes() == b"precious\n"
    assert path.read_bytes() == OLD
    assert (shared / ".guessed").is_symlink()


@as_root
@pytest.mark.parametrize("owner", [0, DAEMON, BIN])
def test_a_planted_leftover_does_not_get_into_the_file_whoever_owns_it(folder: Path, owner: int) -> None:
    folder.chmod(0o777)
    path = a_file(folder, owner=DAEMON, group=DAEMON, mode=0o666)
    torn = NEW[:512] + OLD[512:] + NEW[len(OLD) :]
    path.write_bytes(torn)
    plants = [
        planted(path, inplace.Image(OLD, NEW).encode(), ".image"),
        planted(path, b"evil\n", f".{digest_of(OLD)[:16]}-{digest_of(torn)[:16]}"),
    ]
    for plant in plants:
        os.chown(plant, owner, owner)

    def recovered() -> Result:
        return Result(str(inplace.recover(path, folder)))

    assert as_user(DAEMON, recovered).how == "False"
    assert path.read_bytes() == torn
    assert all(plant.exists() for plant in plants)


@as_root
def test_an_owner_who_would_be_locked_out_is_told_what_another_left_half_written(folder: Path) -> None:
    folder.chmod(0o777)
    path = a_file(folder, owner=DAEMON, group=DAEMON, mode=0o600)
    tool("setfacl", "-m", f"u:{BIN}:rw", str(path))
    with pytest.raises(EOFError):
        as_user(BIN, dying_half_way(path))
    half = path.read_bytes()
    assert half not in (OLD, NEW)
    assert as_user(DAEMON, lambda: Result(str(inplace.recover(path, folder)))).how == "False"
    assert path.read_bytes() == half
    (image,) = set(os.listdir(folder)) - {"plan.toml"}
    assert as_user(DAEMON, lambda: Result(str(NEW in (folder / image).read_bytes()))).how == "True", "by hand"
    assert as_user(BIN, lambda: Result(str(inplace.recover(path, folder)))).how == "True"
    assert path.read_bytes() == NEW
    assert os.listdir(folder) == ["plan.toml"]


@as_root
@pytest.mark.parametrize("bits", [0, stat.S_ISUID, stat.S_ISGID])
def test_no_file_is_made_that_runs_as_whoever_saved_it(folder: Path, bits: int) -> None:
    folder.chmod(0o777)
    path = a_file(folder, owner=BIN, group=DAEMON, mode=0o666)
    path.chmod(0o777 | bits)
    saved = as_user(DAEMON, saving(path))
    assert saved.how == ("in-place" if bits else "exchange")
    info = path.stat()
    assert not info.st_mode & (stat.S_ISUID | stat.S_ISGID)
    assert path.read_bytes() == NEW
