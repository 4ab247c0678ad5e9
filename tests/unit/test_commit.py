"""commit and create, branch by branch."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from canvas_tui.storage.read.fingerprint import Fingerprint
from canvas_tui.storage.read.safe_open import FileProblem, read_file, unchanged
from canvas_tui.storage.write.save import exchange, leftovers, swap
from canvas_tui.storage.write.save.commit import SaveError, commit, create

OLD = b'name = "old"\n'
NEW = b'name = "new"\n'


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_bytes(OLD)
    return path


def to(data: bytes) -> Callable[[bytes], bytes]:
    return lambda _: data


def left_beside(plan: Path) -> set[str]:
    return set(os.listdir(plan.parent)) - {plan.name}


def just_before_the_swap(monkeypatch: pytest.MonkeyPatch, happen: Callable[[], None], times: int = 1) -> None:
    """Let something happen at the worst instant: after the last look at the file, before the names are swapped."""
    real = exchange.exchange
    left = [times]

    def late(folder: int, one: str, other: str) -> None:
        if left[0]:
            left[0] -= 1
            happen()
        real(folder, one, other)

    monkeypatch.setattr(exchange, "exchange", late)


def void(_: object) -> None:
    """Take an answer that nobody wants."""


def replace_by(path: Path, data: bytes) -> None:
    other = path.with_name("vim-swap")
    other.write_bytes(data)
    os.rename(other, path)


# -- the plain case ---------------------------------------------------------------------------------------------


def test_a_save_replaces_the_content_and_leaves_nothing_beside_it(plan: Path) -> None:
    seen = read_file(plan, plan.parent)
    done = commit(plan, plan.parent, lambda data: data + NEW, known=seen.fingerprint)
    assert plan.read_bytes() == done.data == OLD + NEW
    assert (done.how, done.durable, done.merged) == ("exchange", True, False)
    assert left_beside(plan) == set()


def test_the_fingerprint_of_a_save_is_that_of_the_file_it_left(plan: Path) -> None:
    done = commit(plan, plan.parent, to(NEW))
    assert done.fingerprint == read_file(plan, plan.parent).fingerprint


def test_what_a_save_left_is_looked_at_once_more_before_stat_is_believed(plan: Path) -> None:
    done = commit(plan, plan.parent, to(NEW))
    assert not unchanged(plan, done.fingerprint), "somebody may have written in place in the same tick of the clock"
    time.sleep(0.03)
    assert unchanged(plan, read_file(plan, plan.parent).fingerprint)


def test_a_save_that_changes_nothing_writes_nothing(plan: Path) -> None:
    before = os.stat(plan)
    assert commit(plan, plan.parent, to(OLD)).how == "unchanged"
    assert os.stat(plan).st_ino == before.st_ino
    assert os.stat(plan).st_mtime_ns == before.st_mtime_ns


def test_where_names_cannot_be_swapped_the_file_is_renamed_over(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_system_call", lambda: None)
    assert commit(plan, plan.parent, to(NEW)).how == "rename"
    assert plan.read_bytes() == NEW
    assert left_beside(plan) == set()


def test_an_exception_of_the_caller_passes_through_and_nothing_is_written(plan: Path) -> None:
    reason = FileNotFoundError("the caller's own")

    def refuse(_: bytes) -> bytes:
        raise reason

    with pytest.raises(FileNotFoundError) as raised:
        commit(plan, plan.parent, refuse)
    assert raised.value is reason
    assert plan.read_bytes() == OLD
    assert left_beside(plan) == set()


def test_the_writer_of_files_is_loaded_without_ctypes_filelock_or_platformdirs() -> None:
    code = (
        "import sys, canvas_tui.storage.write.save.commit as c; "
        "print(sorted({'ctypes', 'filelock', 'platformdirs', 'tomlkit'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


# -- somebody else writes ---------------------------------------------------------------------------------------


def test_a_file_that_changed_since_it_was_read_is_told_as_merged(plan: Path) -> None:
    known = read_file(plan, plan.parent).fingerprint
    plan.write_bytes(b"theirs\n")
    done = commit(plan, plan.parent, lambda data: data + NEW, known=known)
    assert done.merged
    assert plan.read_bytes() == b"theirs\n" + NEW


def test_a_touched_file_with_the_same_bytes_is_not_told_as_merged(plan: Path) -> None:
    known = read_file(plan, plan.parent).fingerprint
    replace_by(plan, OLD)
    assert not unchanged(plan, known)
    assert not commit(plan, plan.parent, to(NEW), known=known).merged


def test_a_version_renamed_in_during_the_save_is_merged(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    just_before_the_swap(monkeypatch, lambda: replace_by(plan, b"theirs\n"))
    done = commit(plan, plan.parent, lambda data: data + NEW)
    assert plan.read_bytes() == b"theirs\n" + NEW
    assert done.merged
    assert left_beside(plan) == set()


def test_a_version_written_into_the_file_during_the_save_is_merged(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    just_before_the_swap(monkeypatch, lambda: void(plan.write_bytes(b"theirs\n")))
    commit(plan, plan.parent, lambda data: data + NEW)
    assert plan.read_bytes() == b"theirs\n" + NEW


def test_a_file_created_anew_during_the_save_as_git_does_is_merged(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def checkout() -> None:
        plan.unlink()
        plan.write_bytes(b"theirs\n")

    just_before_the_swap(monkeypatch, checkout)
    commit(plan, plan.parent, lambda data: data + NEW)
    assert plan.read_bytes() == b"theirs\n" + NEW


def test_a_refusal_to_merge_leaves_their_version_in_the_file(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_from_old(data: bytes) -> bytes:
        if data != OLD:
            raise ValueError("cannot merge")
        return NEW

    just_before_the_swap(monkeypatch, lambda: replace_by(plan, b"theirs\n"))
    with pytest.raises(ValueError, match="cannot merge"):
        commit(plan, plan.parent, only_from_old)
    assert plan.read_bytes() == b"theirs\n"
    assert left_beside(plan) == set()


def test_of_two_versions_written_during_one_save_the_first_is_kept_beside(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = iter([b"first\n", b"second\n"])
    just_before_the_swap(monkeypatch, lambda: replace_by(plan, next(versions)), times=2)
    commit(plan, plan.parent, lambda data: data + NEW)
    assert plan.read_bytes() == b"second\n" + NEW
    assert [file.read_bytes() for file in leftovers.rescued(plan.parent)] == [b"first\n"]


def test_a_file_that_never_rests_is_told_as_busy(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = [0]

    def write() -> None:
        count[0] += 1
        replace_by(plan, b"%d\n" % count[0])

    real = swap.swap_in

    def always_overtaken(*args: object) -> object:
        write()
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(swap, "swap_in", always_overtaken)
    with pytest.raises(SaveError) as raised:
        commit(plan, plan.parent, lambda data: data + NEW, timeout=0.1)
    assert raised.value.kind == "busy"
    assert plan.read_bytes() == b"%d\n" % count[0]


def test_a_locked_file_is_told_as_busy_after_the_timeout(plan: Path) -> None:
    with open(plan, "rb") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        with pytest.raises(SaveError) as raised:
            commit(plan, plan.parent, to(NEW), timeout=0.05)
    assert raised.value.kind == "busy"
    assert plan.read_bytes() == OLD


def test_whoever_waited_for_the_lock_works_from_the_version_of_the_one_before(plan: Path) -> None:
    pid = -1

    def first(data: bytes) -> bytes:
        nonlocal pid
        pid = os.fork()
        if pid == 0:
            commit(plan, plan.parent, lambda data: data + b"second\n")
            os._exit(0)
        return data + b"first\n"

    commit(plan, plan.parent, first)
    assert os.waitpid(pid, 0)[1] == 0
    assert plan.read_bytes() == OLD + b"first\nsecond\n"


# -- where the file is --------------------------------------------------------------------------------------------


def test_a_link_inside_the_workspace_is_followed_and_stays_a_link(plan: Path) -> None:
    link = plan.with_name("link.toml")
    link.symlink_to(plan.name)
    commit(link, plan.parent, to(NEW))
    assert link.is_symlink()
    assert plan.read_bytes() == NEW


def test_a_link_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "secret.toml"
    outside.write_bytes(OLD)
    root = tmp_path / "workspace"
    root.mkdir()
    (root / "plan.toml").symlink_to(outside)
    with pytest.raises(SaveError) as raised:
        commit(root / "plan.toml", root, to(NEW))
    assert raised.value.kind == "refused"
    with pytest.raises(FileProblem, match="leads out"):
        read_file(root / "plan.toml", root)
    assert outside.read_bytes() == OLD


def test_a_folder_that_becomes_a_link_out_of_the_workspace_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, outside = tmp_path / "root" / "team", tmp_path / "outside"
    inside.mkdir(parents=True)
    outside.mkdir()
    (inside / "plan.toml").write_bytes(OLD)
    (outside / "plan.toml").write_bytes(OLD)
    real = os.path.realpath

    def swapped_after_resolving(path: object, **options: object) -> str:
        answer = real(path)  # type: ignore[call-overload]
        if inside.is_dir() and not inside.is_symlink() and str(answer).endswith("plan.toml"):
            inside.rename(tmp_path / "moved")
            inside.symlink_to(outside)
        return str(answer)

    (tmp_path / "root" / "link.toml").symlink_to("team/plan.toml")
    monkeypatch.setattr(os.path, "realpath", swapped_after_resolving)
    with pytest.raises(SaveError):
        commit(tmp_path / "root" / "link.toml", tmp_path / "root", to(NEW))
    assert inside.is_symlink(), "the folder was swapped"
    assert (outside / "plan.toml").read_bytes() == OLD


@pytest.mark.parametrize("way", ["team/link/plan.toml", "team/../plan.toml", "team/up/plan.toml"])
def test_no_way_with_links_or_dots_leads_out_of_the_workspace(tmp_path: Path, way: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "team").mkdir(parents=True)
    outside.mkdir()
    (outside / "plan.toml").write_bytes(OLD)
    (root / "plan.toml").write_bytes(NEW)
    (root / "team" / "link").symlink_to(outside)
    (root / "team" / "up").symlink_to("..")
    if "link" in way:
        with pytest.raises(FileProblem, match="leads out"):
            read_file(root / way, root)
    else:
        assert read_file(root / way, root).data == NEW
        assert commit(root / way, root, to(OLD)).data == OLD == (root / "plan.toml").read_bytes()
    with pytest.raises(FileProblem, match="leads out"):
        read_file(root / "team" / ".." / ".." / "outside" / "plan.toml", root)


def test_the_root_may_be_the_file_itself_and_then_nothing_else_is_inside(plan: Path) -> None:
    other = plan.with_name("other.toml")
    other.write_bytes(OLD)
    assert read_file(plan, plan).data == OLD
    assert commit(plan, plan, to(NEW)).data == NEW
    with pytest.raises(SaveError):
        commit(other, plan, to(NEW))


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_regular_file_is_refused_and_cannot_hang_us(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "plan.toml")
    with pytest.raises(FileProblem):
        read_file(tmp_path / "plan.toml", tmp_path)
    with pytest.raises(SaveError) as raised:
        commit(tmp_path / "plan.toml", tmp_path, to(NEW))
    assert raised.value.kind == "refused"


def test_a_missing_file_is_told_as_gone(tmp_path: Path) -> None:
    with pytest.raises(SaveError) as raised:
        commit(tmp_path / "plan.toml", tmp_path, to(NEW), timeout=0.05)
    assert raised.value.kind == "gone"
    with pytest.raises(FileProblem, match="does not exist"):
        read_file(tmp_path / "plan.toml", tmp_path)


def test_a_file_name_of_the_greatest_length_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / ("ß" * 125 + ".toml")
    create(path, tmp_path, OLD)
    commit(path, tmp_path, to(NEW))
    assert path.read_bytes() == NEW
    assert left_beside(path) == set()


# -- create -------------------------------------------------------------------------------------------------------


def test_create_makes_a_whole_file(tmp_path: Path) -> None:
    done = create(tmp_path / "new.toml", tmp_path, NEW)
    assert (done.how, done.durable, done.merged) == ("created", True, False)
    assert done.fingerprint == read_file(tmp_path / "new.toml", tmp_path).fingerprint
    assert os.listdir(tmp_path) == ["new.toml"]


@pytest.mark.parametrize("supported", [True, False])
def test_create_never_goes_over_an_existing_file(plan: Path, monkeypatch: pytest.MonkeyPatch, supported: bool) -> None:
    if not supported:
        monkeypatch.setattr(exchange, "_system_call", lambda: None)
    monkeypatch.setattr(os.path, "lexists", lambda _: False)  # somebody makes it after we looked
    with pytest.raises(SaveError) as raised:
        create(plan, plan.parent, NEW)
    assert raised.value.kind == "refused"
    assert plan.read_bytes() == OLD
    assert left_beside(plan) == set()


def test_create_does_not_write_through_a_dangling_link(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(SaveError):
        create(tmp_path / "plan.toml", tmp_path, NEW)
    assert not (tmp_path / "elsewhere.toml").exists()


# -- after the commit point ---------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_synced_is_told_as_doubt_and_not_as_failure(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fails_for_folders(fd: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{fd}"):
            raise OSError(5, "Input/output error")
        real(fd)

    monkeypatch.setattr(os, "fsync", fails_for_folders)
    done = commit(plan, plan.parent, to(NEW))
    assert not done.durable
    assert plan.read_bytes() == NEW


def test_a_full_disk_leaves_the_file_untouched(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(fd: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(SaveError) as raised:
        commit(plan, plan.parent, to(NEW))
    assert raised.value.kind == "full"
    assert plan.read_bytes() == OLD
    assert left_beside(plan) == set()


def test_a_fingerprint_tells_a_changed_file(plan: Path) -> None:
    time.sleep(0.03)  # older than a tick of the clock that stamps files
    seen = read_file(plan, plan.parent)
    assert seen.data == OLD
    assert unchanged(plan, seen.fingerprint)
    plan.write_bytes(NEW + NEW)
    assert not unchanged(plan, seen.fingerprint)
    plan.unlink()
    assert not unchanged(plan, seen.fingerprint)
    assert seen.fingerprint != Fingerprint(0, 0, 0, 0, 0, "")


def test_a_system_that_takes_few_bytes_at_a_time_gets_all_of_them(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, pwrite = os.write, os.pwrite
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, data[:1000]))
    monkeypatch.setattr(os, "pwrite", lambda fd, data, at: pwrite(fd, data[:1000], at))
    commit(plan, plan.parent, to(NEW * 1000))
    assert plan.read_bytes() == NEW * 1000
    os.link(plan, plan.with_name("other-name.toml"))
    assert commit(plan, plan.parent, to(OLD * 2000)).how == "in-place"
    assert plan.read_bytes() == OLD * 2000
