"""Power lost during a save, modelled: what was written and not yet synced may be there, in part, or not at all.

A save is recorded as its writes, renames and syncs. For every instant, every state that a disk may then hold is laid
out in a real folder, as the next session would find it: what was synced is there; of the rest the names are as after
any number of the changes made since (file systems keep their order), and each unsynced file is old, half, zero or new.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.receipts import image_key, swap_key
from canvas_tui.storage.write.save import exchange, inplace
from canvas_tui.storage.write.save.errors import SaveError
from tests.promises.save import writers

How = Literal["exchange", "rename", "in-place", "naive", "unsynced"]
OLD, NEW = writers.document(["old"], pages=1), writers.document(["new"], pages=2)


@dataclass
class Outcome:
    states: int = 0
    wrong: list[str] = field(default_factory=list)


State = dict[str, tuple[int, bytes]]  # what is found in the folder: the inode of each name, and what it holds


@dataclass
class _Disk:
    """What the operations so far have left: contents by inode, names by name, each as it is and as it is synced."""

    contents: dict[int, bytes]
    names: list[dict[str, int]]  # after each change of a name since the last sync of the folder, oldest first
    synced: dict[int, bytes]

    def states(self) -> Iterator[State]:
        """Every folder that may be found after a power loss at this instant."""
        dirty = [inode for inode, data in self.contents.items() if self.synced.get(inode) != data]
        for names in self.names:
            choices = [list(_may_hold(self.synced.get(inode, b""), self.contents[inode])) for inode in dirty]
            for choice in itertools.product(*choices):
                found = {**self.contents, **dict(zip(dirty, choice, strict=True))}
                yield {name: (inode, found[inode]) for name, inode in names.items()}


def _may_hold(synced: bytes, written: bytes) -> Iterator[bytes]:
    half = len(written) // 1024 * 512
    yield synced
    yield written
    yield written[:half] + synced[half:]
    yield synced[:half] + written[half:] if len(synced) >= half else bytes(half) + written[half:]
    if len(written) > len(synced):
        yield synced + bytes(len(written) - len(synced))


Operation = Callable[[_Disk], None]


def run(how: How) -> Outcome:
    """Lay out every crash state of one save, let the next session find it, and look what the file holds."""
    outcome = Outcome()
    operations, disk = _record(how)
    for number in range(len(operations) + 1):
        if number:
            operations[number - 1](disk)
        for state in disk.states():
            outcome.states += 1
            found = _found(state, recover=how not in ("naive", "unsynced"))
            acknowledged = number == len(operations)
            if found != NEW and (acknowledged or found != OLD):
                outcome.wrong.append(f"after operation {number} of {len(operations)}: {len(found)} bytes")
    return outcome


def _found(state: State, *, recover: bool) -> bytes:
    with _a_disk() as folder:
        for name, (_, data) in state.items():
            (folder / name).write_bytes(data)
        _as_on_that_disk(folder, state)
        path = folder / "plan.toml"
        if recover:
            with contextlib.suppress(SaveError, OSError):
                inplace.recover(path, path.parent)
        return path.read_bytes() if path.exists() else b""


@contextlib.contextmanager
def _a_disk() -> Iterator[Path]:
    """One folder for the file and for the receipts of its saves, so that one model of a disk holds both."""
    with tempfile.TemporaryDirectory(prefix="canvas-tui-power-") as state:
        folder, before = Path(state) / "canvas-tui" / "saves", os.environ.get("XDG_STATE_HOME")
        folder.mkdir(parents=True, mode=0o700)
        os.environ["XDG_STATE_HOME"] = state
        try:
            yield folder
        finally:
            os.environ.pop("XDG_STATE_HOME")
            if before is not None:
                os.environ["XDG_STATE_HOME"] = before


def _as_on_that_disk(folder: Path, state: State) -> None:
    """Let the receipts name the inodes that the files have in this folder, as they did in the one that was recorded."""
    now = {inode: _origin(folder / name) for name, (inode, _) in state.items()}
    for name, (_, data) in state.items():
        try:
            told = json.loads(data)
        except ValueError:
            continue  # a file of another kind, or a receipt that did not get to the disk
        for key in ("own", "file", "made"):
            if told[key] is not None:
                told[key] = now.get(told[key][0], [1, 1, 1])
        told["folder"] = _origin(folder)
        key = image_key(told["file"][0]) if told["kind"] == "image" else swap_key(told["folder"][0], told["name"])
        (folder / name).write_text(json.dumps(told))
        (folder / name).rename(folder / f"{key}{told['token']}")


def _origin(path: Path) -> list[int]:
    fd = os.open(path, os.O_RDONLY)
    try:
        return list(Origin.of(fd))
    finally:
        os.close(fd)


def _record(how: How) -> tuple[list[Operation], _Disk]:
    """The operations of one real save, and the disk as it was before."""
    with _a_disk() as folder:
        path = folder / "plan.toml"
        path.write_bytes(OLD)
        names = {"plan.toml": path.stat().st_ino}
        if how == "in-place":
            path.with_name("other.toml").hardlink_to(path)
        recorder = _Recorder(path.parent)
        disk = _Disk({path.stat().st_ino: OLD}, [names], {path.stat().st_ino: OLD})
        renaming = writers.without_exchange() if how == "rename" else contextlib.nullcontext()
        with recorder.listening(syncs=how != "unsynced"), renaming:
            _save(path, how)
        return recorder.operations, disk


def _save(path: Path, how: How) -> None:
    if how != "naive":
        writers.ours(path, lambda _: NEW)
        return
    fd = os.open(path, os.O_WRONLY)
    os.ftruncate(fd, 0)
    os.write(fd, NEW)
    os.fsync(fd)
    os.close(fd)


class _Recorder:
    """Stands between a save and `os`, and notes what changes the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.operations: list[Operation] = []

    @contextlib.contextmanager
    def listening(self, *, syncs: bool) -> Iterator[None]:
        real = {name: getattr(os, name) for name in ("open", "write", "pwrite", "ftruncate", "rename", "unlink")}
        real_sync, real_exchange = os.fsync, exchange.exchange

        def heard(name: str) -> Callable[..., Any]:
            def call(*args: Any, **options: Any) -> Any:
                result = real[name](*args, **options)
                self._changed(args[0] if name in ("write", "pwrite", "ftruncate") else None)
                return result

            return call

        def sync(fd: int) -> None:
            real_sync(fd)
            if syncs:
                self._synced(os.fstat(fd).st_ino)

        def swap(folder: int, one: str, other: str) -> None:
            real_exchange(folder, one, other)
            self._changed(None)

        for name in real:
            setattr(os, name, heard(name))
        os.fsync, exchange.exchange = sync, swap  # type: ignore[assignment]
        try:
            yield
        finally:
            for name, function in real.items():
                setattr(os, name, function)
            os.fsync, exchange.exchange = real_sync, real_exchange

    def _changed(self, fd: int | None) -> None:
        """Note the folder's names (fd None), or the content of the open file."""
        if fd is not None:
            inode, data = os.fstat(fd).st_ino, os.pread(fd, 1 << 20, 0) if _readable(fd) else b""
            if not _readable(fd):
                data = next(p.read_bytes() for p in self.folder.iterdir() if p.stat().st_ino == inode)
            self.operations.append(lambda disk: disk.contents.__setitem__(inode, data))
            return
        names = {entry.name: entry.inode() for entry in os.scandir(self.folder)}

        def rename(disk: _Disk) -> None:
            for inode in names.values():
                disk.contents.setdefault(inode, b"")
            if disk.names[-1] != names:
                disk.names.append(names)

        self.operations.append(rename)

    def _synced(self, inode: int) -> None:
        if inode == self.folder.stat().st_ino:
            self.operations.append(lambda disk: disk.names.__delitem__(slice(0, -1)))
        else:
            self.operations.append(lambda disk: disk.synced.__setitem__(inode, disk.contents[inode]))


def _readable(fd: int) -> bool:
    try:
        os.pread(fd, 1, 0)
    except OSError:
        return False
    return True
