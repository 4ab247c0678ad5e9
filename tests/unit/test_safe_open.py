"""Whoever may read a file may lock it too, for ever: that keeps nobody from reading."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from canvas_tui.storage.read import safe_open
from canvas_tui.storage.read.safe_open import read_file


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses made while reading; they pass by a clock of their own."""
    made: list[float] = []
    clock = SimpleNamespace(sleep=made.append, monotonic=lambda: 1000.0 + sum(made), time_ns=time.time_ns)
    monkeypatch.setattr(safe_open, "time", clock)
    monkeypatch.setattr(safe_open._waited_in_vain, "at", float("-inf"))
    return made


def test_one_wait_in_vain_is_enough_for_many_locked_files(tmp_path: Path, pauses: list[float]) -> None:
    held = []
    for number in range(20):
        (tmp_path / f"{number}.toml").write_text("")
        held.append(os.open(tmp_path / f"{number}.toml", os.O_RDONLY))
        fcntl.flock(held[-1], fcntl.LOCK_EX)
    for number in range(20):
        assert read_file(tmp_path / f"{number}.toml", tmp_path).data == b""
    assert 0 < sum(pauses) < 0.06, "one patience, not twenty"
    pauses.append(safe_open._NO_PATIENCE)  # later a writer is waited for again
    read_file(tmp_path / "0.toml", tmp_path)
    assert sum(pauses) > safe_open._NO_PATIENCE + 0.1
    for fd in held:
        os.close(fd)
