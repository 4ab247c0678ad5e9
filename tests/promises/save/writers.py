"""The ways of saving that the promises compare: ours, the naive ones that must fail, and foreign programs.

Each takes a path and an edit (bytes to bytes). A document here is a list of words, each on lines of its own, with
a digest over all: a torn file cannot pass for a whole one.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from canvas_tui.storage.write.save import exchange
from canvas_tui.storage.write.save.commit import commit

Edit = Callable[[bytes], bytes]
Save = Callable[[Path, Edit], None]


class TornError(ValueError):
    """The bytes are no whole document."""


def document(words: list[str], pages: int = 4) -> bytes:
    """A whole document of these words, `pages` x 4 KB larger than they are."""
    text = "".join(f"{word}\n" for word in words).encode()
    # Every page differs from that of any other document: a file of pages from two of them is seen to be torn.
    filling = hashlib.blake2b(text, digest_size=32).hexdigest().encode() * 64
    body = text + (b"#" + filling[:-2] + b"\n") * pages
    return hashlib.blake2b(body, digest_size=16).hexdigest().encode() + b"\n" + body


def words_of(data: bytes) -> list[str]:
    """The words of a whole document. Raises TornError for any other bytes."""
    digest, _, body = data.partition(b"\n")
    if hashlib.blake2b(body, digest_size=16).hexdigest().encode() != digest:
        raise TornError(f"{len(data)} bytes are no whole document")
    return body.partition(b"#")[0].decode().split()


def adding(word: str) -> Edit:
    return lambda data: document([*words_of(data), word])


def ours(path: Path, edit: Edit) -> None:
    commit(path, path.parent, edit)


def ours_stalled(path: Path, edit: Edit) -> None:
    """Ours, held up by a busy machine at the worst instant: after the last look, before the swap."""
    real = exchange.exchange

    def late(folder: int, one: str, other: str) -> None:
        exchange.exchange = real
        time.sleep(0.003)
        real(folder, one, other)

    exchange.exchange = late
    try:
        commit(path, path.parent, edit)
    finally:
        exchange.exchange = real


def naive(path: Path, edit: Edit) -> None:
    """What a program does that was never told otherwise."""
    data = edit(path.read_bytes())
    with open(path, "wb", buffering=4096) as file:
        for at in range(0, len(data), 4096):
            file.write(data[at : at + 4096])
        file.flush()
        os.fsync(file.fileno())


def renaming_without_lock(path: Path, edit: Edit) -> None:
    """Atomic, and blind to everybody else. Also what vim does with `backupcopy=no`."""
    temporary = path.with_name(f".{secrets.token_hex(4)}.swp")
    temporary.write_bytes(edit(path.read_bytes()))
    os.rename(temporary, path)


def renaming_under_a_lock(path: Path, edit: Edit) -> None:
    """Careful among its own kind, and blind to vim and git: it never looks at what it replaces."""
    while True:
        with open(path, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                if os.stat(path).st_ino != os.fstat(file.fileno()).st_ino:
                    continue
            except FileNotFoundError:
                continue
            data = edit(file.read())
            temporary = path.with_name(f".{secrets.token_hex(4)}.tmp")
            with open(temporary, "wb") as new:
                new.write(data)
                new.flush()
                os.fsync(new.fileno())
            os.rename(temporary, path)
            return


def unlinking_and_creating(path: Path, edit: Edit) -> None:
    """What git does in a checkout."""
    data = edit(path.read_bytes())
    path.unlink()
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    os.write(fd, data)
    os.close(fd)


@contextlib.contextmanager
def without_exchange() -> Iterator[None]:
    """As on a file system, or a system, that cannot swap two names."""
    real = exchange._system_call

    def nothing() -> None:
        return None

    exchange._system_call = nothing  # type: ignore[assignment]
    try:
        yield
    finally:
        exchange._system_call = real


def child(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own; its id. It ends with 0, or 1 after an exception."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException as reason:
        os.write(2, f"child: {reason!r}\n".encode())
        os._exit(1)


def ended_well(pid: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
