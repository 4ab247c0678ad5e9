"""The numbers of `stat` are believed only once the clock that stamps files must have ticked since the file was read."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path

import pytest

from canvas_tui.storage.read import workspace as reading
from canvas_tui.storage.read.fingerprint import Fingerprint, is_too_new
from canvas_tui.storage.read.safe_open import Snapshot, read_file
from canvas_tui.storage.read.watch import Watcher
from canvas_tui.storage.read.workspace import Loaded, read_workspace, refresh

MS = 1_000_000
SECOND = 1000 * MS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "strategy.toml").write_text('name = "One"\n')
    return tmp_path


def in_the_same_tick(loaded: Loaded, file: str) -> Loaded:
    """As if the file's numbers were those of now when it was read: what a second write in one tick looks like."""
    snapshot, info = loaded.files[file], os.stat(loaded.path_of(file))
    numbers = replace(snapshot.fingerprint, mtime_ns=info.st_mtime_ns, ctime_ns=info.st_ctime_ns, size=info.st_size)
    return loaded._replace(files={**loaded.files, file: snapshot._replace(fingerprint=numbers)})


def test_a_file_as_new_as_the_look_at_it_is_read_again(root: Path) -> None:
    info = os.stat(root / "strategy.toml")
    ctime = info.st_ctime_ns
    assert not Fingerprint.of(info, b"", ctime + 2 * MS).looks_like(info)
    assert not Fingerprint.of(info, b"", ctime - SECOND).looks_like(info), "the server's clock is ahead"
    assert not Fingerprint.of(info, b"").looks_like(info), "written and not read"
    assert Fingerprint.of(info, b"", ctime + 2 * SECOND).looks_like(info)


def test_a_file_system_of_whole_seconds_is_given_two_of_them() -> None:
    assert is_too_new(7 * SECOND, 8 * SECOND)
    assert not is_too_new(7 * SECOND, 9 * SECOND)
    assert not is_too_new(7 * SECOND + 1, 8 * SECOND)


def test_a_second_write_of_the_same_size_in_one_tick_is_seen(root: Path) -> None:
    loaded = read_workspace(root)
    (root / "strategy.toml").write_text('name = "Two"\n')
    again, changed = refresh(in_the_same_tick(loaded, "strategy.toml"))
    assert changed == {"strategy.toml"}
    assert again.workspace.name == "Two"


def test_a_file_that_is_old_enough_is_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    time.sleep(0.03)
    read: list[Path] = []

    def counted(path: Path, root: Path) -> Snapshot:
        read.append(path)
        return read_file(path, root)

    monkeypatch.setattr(reading, "read_file", counted)
    loaded = refresh(read_workspace(root))[0]
    assert len(read) == 1
    fresh = replace(loaded.files["strategy.toml"].fingerprint, is_racy=True)
    files = {"strategy.toml": loaded.files["strategy.toml"]._replace(fingerprint=fresh)}
    loaded, changed = refresh(loaded._replace(files=files))
    assert (len(read), changed) == (2, frozenset())
    refresh(loaded)
    assert len(read) == 2, "one more look settles it"


def test_polling_looks_once_more_at_what_was_new_when_it_looked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from canvas_tui.storage.read import watch

    stamp = (1, 1, 1, 5 * SECOND + 1, 5 * SECOND + 1)
    monkeypatch.setattr(watch, "listing_of", lambda root, only: {"strategy.toml": stamp})
    looks = chain([5 * SECOND + 5 * MS], repeat(90 * SECOND))
    monkeypatch.setattr(time, "time_ns", lambda: next(looks))
    calls: list[int] = []
    watcher = Watcher(root, lambda: calls.append(1), prefer="polling", seconds=0.001)
    watcher.start()
    assert watcher.wait_until_watching(10)
    for _ in range(400):
        if len(calls) < 2:
            time.sleep(0.005)
    time.sleep(0.05)
    watcher.stop()
    assert len(calls) == 2, "the change, and one look more: not one at every look from now on"
