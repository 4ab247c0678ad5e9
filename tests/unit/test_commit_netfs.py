"""On a file system of several hosts a save also holds a lock file beside the data."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.storage.read.safe_open import place_of
from canvas_tui.storage.write.save import leftovers, netfs
from canvas_tui.storage.write.save.commit import SaveError, commit
from canvas_tui.storage.write.save.locking import Deadline


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(netfs, "is_network", lambda _: True)
    path = tmp_path / "plan.toml"
    path.write_bytes(b"old\n")
    return path


@contextlib.contextmanager
def held_by_another_host(plan: Path) -> Iterator[Path]:
    marker = plan.with_name(leftovers.lock_name(plan.name))
    marker.write_text("12345\nanother-host\n")
    yield marker
    marker.unlink(missing_ok=True)


def test_a_local_disk_is_not_a_network_and_proc_is_no_failure(tmp_path: Path) -> None:
    for folder in (tmp_path, Path("/")):
        fd = os.open(folder, os.O_RDONLY)
        assert netfs.is_network(fd) is False
        os.close(fd)
    assert netfs.is_network(-1) is False


def test_the_lock_file_is_there_during_the_save_and_gone_after(plan: Path) -> None:
    marker = plan.with_name(leftovers.lock_name(plan.name))
    seen: list[int] = []

    def produce(_: bytes) -> bytes:
        seen.append(stat.S_IMODE(marker.stat().st_mode))
        return b"new\n"

    before = os.umask(0o007)
    try:
        assert commit(plan, plan.parent, produce).how == "exchange"
    finally:
        os.umask(before)
    assert [oct(mode & 0o640) for mode in seen] == ["0o640"]
    assert os.listdir(plan.parent) == ["plan.toml"]


def test_a_lock_held_on_another_host_is_told_as_busy(plan: Path) -> None:
    with held_by_another_host(plan), pytest.raises(SaveError) as raised:
        commit(plan, plan.parent, lambda _: b"new\n", timeout=0.1)
    assert raised.value.kind == "busy"
    assert plan.read_bytes() == b"old\n"


def test_a_lock_file_without_a_heart_beat_is_broken(plan: Path) -> None:
    with held_by_another_host(plan) as marker:
        long_ago = time.time() - netfs.STALE_AFTER - 10
        os.utime(marker, (long_ago, long_ago))
        commit(plan, plan.parent, lambda _: b"new\n", timeout=2)
    assert plan.read_bytes() == b"new\n"
    assert os.listdir(plan.parent) == ["plan.toml"]


def test_the_heart_beats_while_the_lock_is_held(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(netfs, "HEART_BEAT", 0.01)
    touched = threading.Event()
    real = os.utime

    def utime(path: Any, *args: Any, **options: Any) -> None:
        real(path, *args, **options)
        touched.set()

    monkeypatch.setattr(os, "utime", utime)
    with (
        place_of(plan, plan.parent) as place,
        netfs.lock_beside(place, leftovers.lock_name(plan.name), Deadline.after(1)),
    ):
        assert touched.wait(10)
