"""What a killed save leaves behind: thrown away when it is ours, and never when it may be somebody's only copy."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

import pytest

from canvas_tui.storage.read.leftovers import UNFINISHED, is_leftover, problems_of
from canvas_tui.storage.read.receipts import names_in, receipts_folder
from canvas_tui.storage.read.safe_open import place_of
from canvas_tui.storage.write.save import inplace, leftovers
from canvas_tui.storage.write.save.commit import commit
from canvas_tui.storage.write.save.inplace import Image
from canvas_tui.storage.write.save.locking import Deadline, locked_file
from tests.unit.left_saves import left_image, left_swap, left_temporary

OLD, OURS, THEIRS = b"old\n", b"old\nours\n", b"old\ntheirs\n"
HOUR = 3600.0


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "plan.toml"
    path.write_bytes(OLD)
    return path


def left_beside(plan: Path) -> list[str]:
    return sorted(set(os.listdir(plan.parent)) - {plan.name, "state"})


def sweep(plan: Path) -> bool:
    with place_of(plan, plan.parent) as place, locked_file(place, Deadline.after(1)) as fd:
        return leftovers.sweep(place, fd)


def test_a_half_written_temporary_goes(plan: Path) -> None:
    left_temporary(plan, b"half")
    sweep(plan)
    assert left_beside(plan) == []
    assert names_in(receipts_folder()) == []


def test_a_temporary_of_a_living_process_stays(plan: Path) -> None:
    temporary = left_temporary(plan, b"half")
    with open(temporary, "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sweep(plan)
        assert temporary.exists()
    (name,) = names_in(receipts_folder())
    with open(receipts_folder() / name, "rb") as receipt:
        fcntl.flock(receipt, fcntl.LOCK_EX)
        sweep(plan)
        assert temporary.exists()


@pytest.mark.parametrize("data", [OLD, OURS])
def test_a_swapped_out_version_that_is_ours_goes_at_once(plan: Path, data: bytes) -> None:
    left_swap(plan, data, OLD, OURS)
    assert sweep(plan) is False
    assert left_beside(plan) == []
    assert plan.read_bytes() == OLD


def test_a_foreign_version_goes_back_when_the_swap_that_took_it_out_was_never_acknowledged(plan: Path) -> None:
    plan.write_bytes(OURS)
    left_swap(plan, THEIRS, OLD, OURS)
    commit(plan, plan.parent, lambda data: data + b"more\n")
    assert plan.read_bytes() == THEIRS + b"more\n"
    assert left_beside(plan) == []
    assert names_in(receipts_folder()) == []


def test_a_foreign_version_is_kept_and_told_when_the_file_has_gone_on(plan: Path) -> None:
    left_swap(plan, THEIRS, OLD, OURS)
    plan.write_bytes(b"later\n")
    commit(plan, plan.parent, lambda data: data + b"more\n")
    assert plan.read_bytes() == b"later\nmore\n"
    assert [file.read_bytes() for file in leftovers.rescued(plan.parent)] == [THEIRS]
    sweep(plan)
    assert len(leftovers.rescued(plan.parent)) == 1, "a rescued version is for a person to throw away"
    (told,) = problems_of(plan.parent, "", os.listdir(plan.parent))
    assert told.rule == UNFINISHED
    leftovers.rescued(plan.parent)[0].unlink()
    sweep(plan)
    assert names_in(receipts_folder()) == []


def test_what_only_looks_like_ours_is_left_alone(plan: Path) -> None:
    strange = [".plan.toml.canvas-tui-", ".plan.toml.canvas-tui-zzzzzzzz", f".other.toml.canvas-tui-{'0' * 16}"]
    for name in strange:
        plan.with_name(name).write_bytes(b"")
    plan.with_name(f".plan.toml.canvas-tui-{'0' * 16}").symlink_to(plan)
    sweep(plan)
    assert left_beside(plan) == sorted([*strange, f".plan.toml.canvas-tui-{'0' * 16}"])


def test_names_that_saves_give_are_told_from_those_of_others() -> None:
    assert is_leftover(leftovers.temporary_name("plan.toml", "0" * 16))
    assert is_leftover(leftovers.lock_name("plan.toml"))
    assert not is_leftover("plan.toml")
    assert not is_leftover(".plan.toml.swp")


# -- images of a write in place -----------------------------------------------------------------------------------

A, B = bytes([65]) * 5000, bytes([66]) * 9000


def with_image(plan: Path, content: bytes, image: bytes) -> None:
    plan.write_bytes(content)
    left_image(plan, image)


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
