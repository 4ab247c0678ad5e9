"""What a killed save leaves behind: thrown away when it is ours, and never when it may be somebody's only copy."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

import pytest

from canvas_tui.storage.read.fingerprint import digest_of
from canvas_tui.storage.read.safe_open import place_of, read_all
from canvas_tui.storage.write import inplace, leftovers
from canvas_tui.storage.write.commit import commit
from canvas_tui.storage.write.inplace import Image
from canvas_tui.storage.write.locking import Deadline, locked_file

OLD, OURS, THEIRS = b"old\n", b"old\nours\n", b"old\ntheirs\n"
HOUR = 3600.0


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_bytes(OLD)
    return path


def left_beside(plan: Path) -> list[str]:
    return sorted(set(os.listdir(plan.parent)) - {plan.name})


def sweep(plan: Path, after: float = 0.0) -> bool:
    with place_of(plan, plan.parent) as place, locked_file(place, Deadline.after(1)):
        return leftovers.sweep(place, plan.read_bytes(), now=time.time() + after)


def swapped_out(plan: Path, data: bytes, base: bytes = OLD, new: bytes = OURS) -> Path:
    name = leftovers.swap_name(leftovers.temporary_name(plan.name), digest_of(base), digest_of(new))
    leftover = plan.with_name(name)
    leftover.write_bytes(data)
    return leftover


def test_a_half_written_temporary_goes_when_it_is_old(plan: Path) -> None:
    plan.with_name(leftovers.temporary_name(plan.name)).write_bytes(b"half")
    sweep(plan)
    assert len(left_beside(plan)) == 1, "a young one may belong to a save that just begins"
    sweep(plan, after=HOUR)
    assert left_beside(plan) == []


def test_a_temporary_of_a_living_process_stays_however_old(plan: Path) -> None:
    temporary = plan.with_name(leftovers.temporary_name(plan.name))
    with open(temporary, "wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sweep(plan, after=HOUR)
        assert temporary.exists()


@pytest.mark.parametrize("data", [OLD, OURS])
def test_a_swapped_out_version_that_is_ours_goes_at_once(plan: Path, data: bytes) -> None:
    swapped_out(plan, data)
    assert sweep(plan) is False
    assert left_beside(plan) == []
    assert plan.read_bytes() == OLD


def test_a_foreign_version_goes_back_when_the_swap_that_took_it_out_was_never_acknowledged(plan: Path) -> None:
    plan.write_bytes(OURS)
    swapped_out(plan, THEIRS)
    commit(plan, plan.parent, lambda data: data + b"more\n")
    assert plan.read_bytes() == THEIRS + b"more\n"
    assert left_beside(plan) == []


def test_a_foreign_version_is_kept_and_told_when_the_file_has_gone_on(plan: Path) -> None:
    plan.write_bytes(b"later\n")
    swapped_out(plan, THEIRS)
    commit(plan, plan.parent, lambda data: data + b"more\n")
    assert plan.read_bytes() == b"later\nmore\n"
    assert [file.read_bytes() for file in leftovers.rescued(plan.parent)] == [THEIRS]
    sweep(plan, after=HOUR)
    assert len(leftovers.rescued(plan.parent)) == 1, "a rescued version is for a person to throw away"


def test_what_only_looks_like_ours_is_left_alone(plan: Path) -> None:
    strange = [".plan.toml.canvas-tui-", ".plan.toml.canvas-tui-zzzzzzzz", ".other.toml.canvas-tui-00000000"]
    for name in strange:
        plan.with_name(name).write_bytes(b"")
    plan.with_name(".plan.toml.canvas-tui-00000000").symlink_to(plan)
    sweep(plan, after=HOUR)
    assert left_beside(plan) == sorted([*strange, ".plan.toml.canvas-tui-00000000"])


def test_names_of_ours_are_told_from_those_of_others() -> None:
    assert leftovers.is_ours(leftovers.temporary_name("plan.toml"))
    assert leftovers.is_ours(leftovers.lock_name("plan.toml"))
    assert not leftovers.is_ours("plan.toml")
    assert not leftovers.is_ours(".plan.toml.swp")


# -- images of a write in place -----------------------------------------------------------------------------------

A, B = bytes([65]) * 5000, bytes([66]) * 9000


def with_image(plan: Path, content: bytes, image: bytes) -> None:
    plan.write_bytes(content)
    plan.with_name(leftovers.image_name(leftovers.temporary_name(plan.name))).write_bytes(image)


@pytest.mark.parametrize(
    ("old", "new", "torn"),
    [
        (A, B, A + B[5000:]),
        (A, B, B[:512] + A[512:] + B[5000:]),
        (A, B, B[:700] + A[700:] + B[5000:]),
        (A, B, A + bytes(4000)),
        (A, B, A + B[5000:6000]),
        (A, B, B[:4096] + A[4096:]),
        (B, A, A[:1024] + B[1024:]),
        (B, A, A + B[5000:]),
    ],
)
def test_a_write_in_place_that_was_cut_is_finished(plan: Path, old: bytes, new: bytes, torn: bytes) -> None:
    with_image(plan, torn, Image(old, new).encode())
    assert inplace.recover(plan, plan.parent) is True
    assert plan.read_bytes() == new
    assert left_beside(plan) == []


@pytest.mark.parametrize("whole", [A, B, b"edited by hand since\n" * 300])
def test_a_whole_file_is_not_touched_by_an_image(plan: Path, whole: bytes) -> None:
    with_image(plan, whole, Image(A, B).encode())
    assert inplace.recover(plan, plan.parent) is False
    assert plan.read_bytes() == whole
    assert left_beside(plan) == []


def test_an_image_that_was_itself_cut_changes_nothing(plan: Path) -> None:
    with_image(plan, A, Image(A, B).encode()[:-1])
    assert inplace.recover(plan, plan.parent) is False
    assert plan.read_bytes() == A


def test_a_file_edited_long_after_the_image_is_its_editors(plan: Path) -> None:
    edited = B[:512] + A[512:] + B[5000:]
    with_image(plan, edited, Image(A, B).encode())
    os.utime(plan, (time.time() + HOUR, time.time() + HOUR))
    assert inplace.recover(plan, plan.parent) is False
    assert plan.read_bytes() == edited


def test_an_image_of_a_living_process_is_left_to_it(plan: Path) -> None:
    with_image(plan, A + B[5000:], Image(A, B).encode())
    image = plan.with_name(left_beside(plan)[0])
    with open(image, "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert inplace.recover(plan, plan.parent) is False
    assert image.exists()


def test_planted_leftovers_of_any_size_are_not_read(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each would cost a tenth of a second under the lock, and there may be thousands."""
    read: list[int] = []

    def counted(fd: int) -> bytes:
        read.append(os.fstat(fd).st_size)
        return read_all(fd)

    for module in (leftovers, inplace):
        monkeypatch.setattr(module, "read_all", counted)
    temporary = leftovers.temporary_name(plan.name)
    names = (leftovers.swap_name(temporary, "0" * 32, "1" * 32), leftovers.image_name(temporary))
    for name in names:
        (plan.parent / name).touch()
        os.truncate(plan.parent / name, 5 * 1024 * 1024)
    inplace.recover(plan, plan.parent)
    assert read
    assert max(read) < 1024 * 1024
    assert [path.stat().st_size for path in leftovers.rescued(plan.parent)] == [5 * 1024 * 1024]
