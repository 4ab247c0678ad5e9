"""Two hosts save one file of a file server, where a lock of the kernel on one means nothing on the other.

The stand-in: one folder mounted twice by sshfs, each with an sftp server of its own and no network in between.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_tui.storage.read.safe_open import read_file
from canvas_tui.storage.write.save.commit import commit
from tests.promises.save import writers
from tests.promises.save.crowds import insist

SAVES = 60
_SERVERS = ("/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/lib/ssh/sftp-server")


@pytest.fixture
def hosts() -> Iterator[tuple[Path, Path, Path]]:
    """The server's folder, and the two places where two hosts see it."""
    server = next((path for path in _SERVERS if os.path.exists(path)), None)
    if shutil.which("sshfs") is None or server is None:
        pytest.skip("sshfs and an sftp server are not installed")
    top = Path(tempfile.mkdtemp(prefix="canvas-tui-hosts-"))
    connect = top / "connect"
    connect.write_text(f"#!/bin/sh\nexec {server}\n")
    connect.chmod(0o755)
    places = top / "server", top / "one", top / "two"
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, top, ignore_errors=True)
        for place in places:
            place.mkdir()
        for place in places[1:]:
            command = ["sshfs", f"server:{places[0]}", str(place), "-o", f"ssh_command={connect}"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=20)
            if done.returncode:
                pytest.skip(f"sshfs is not permitted here: {done.stderr.strip()}")
            stack.callback(subprocess.run, ["fusermount", "-u", "-z", str(place)], check=False)
        yield places


def saves_in_the_end(hosts: tuple[Path, Path, Path], save: writers.Save) -> int:
    """How many of the saves of both hosts are in the file at the end."""
    path = hosts[0] / "plan.toml"
    path.write_bytes(writers.document([]))

    def host(folder: Path) -> None:
        for number in range(SAVES):
            word = f"{folder.name}{number}"
            insist(lambda: save(folder / "plan.toml", writers.adding(word)))  # noqa: B023 - done before the next

    people = [writers.child(lambda folder=folder: host(folder)) for folder in hosts[1:]]  # type: ignore[misc]
    assert sum(not writers.ended_well(pid) for pid in people) == 0
    return len(set(writers.words_of(path.read_bytes())))


def test_two_hosts_lose_nothing(hosts: tuple[Path, Path, Path]) -> None:
    assert saves_in_the_end(hosts, writers.ours) == 2 * SAVES
    ours = [name for name in os.listdir(hosts[0]) if not name.startswith(".fuse_hidden")]  # sshfs's own, for a while
    assert ours == ["plan.toml"]


def test_two_hosts_with_the_kernels_locks_alone_lose_saves(hosts: tuple[Path, Path, Path]) -> None:
    assert saves_in_the_end(hosts, writers.renaming_under_a_lock) < 2 * SAVES


def test_each_host_works_from_what_the_other_saved_last(hosts: tuple[Path, Path, Path]) -> None:
    there = hosts[0] / "plan.toml"
    there.write_bytes(b"")
    for number in range(20):
        for folder in hosts[1:]:
            before = there.read_bytes()
            assert read_file(folder / "plan.toml", folder).data == before
            line = b"%d on %s\n" % (number, folder.name.encode())
            commit(folder / "plan.toml", folder, lambda data, line=line: data + line)  # type: ignore[misc]
            assert there.read_bytes() == before + line
