"""What code inside a read-only session might try, each attempt made for real with one layer of the fence, or none.

Owns the attempts and which layers must refuse each. Run as a program (`layer folder`) it puts that layer up in its own
process, tries everything in the folder, and prints as JSON what the kernel answered: an error's number, 0 for done.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from canvas_tui.tui.sandbox import landlock, seccomp, tripwire
from canvas_tui.tui.sandbox.native import NotHeld
from tests.promises.app import REPOSITORY

LAYERS = ("landlock", "seccomp", "audit")
REFUSALS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EXDEV}
RAN = "ran"
_libc = ctypes.CDLL(None, use_errno=True)


class Attempt(NamedTuple):
    """`held_by`: first letters of the layers that refuse it. `reached`: errors that only code past them gives.

    `since`: the version of Landlock that can refuse it.
    """

    run: Callable[[Path], object]
    held_by: str
    reached: frozenset[int] = frozenset()
    since: int = 1


class Answers(NamedTuple):
    """By name of the attempt: 0 where it was done, else the number of the error (EPERM where Python itself refused)."""

    found: dict[str, int]

    def refused(self, layer: str) -> list[str]:
        """Of the attempts that this layer must hold, those that were refused."""
        return [name for name in held_by(layer) if self.found[name] in REFUSALS]


def why_not() -> str:
    """Why this kernel cannot show what it holds; empty where it can."""
    if sys.platform != "linux":
        return "only Linux has these layers"
    try:
        landlock.version()
    except NotHeld as reason:
        return f"no Landlock: {reason}"
    return ""


def held_by(layer: str) -> list[str]:
    """The attempts that this layer must refuse on this kernel."""
    known = landlock.version() if layer == "landlock" else 0
    return [
        name
        for name, attempt in ATTEMPTS.items()
        if layer[0] in attempt.held_by and (layer != "landlock" or attempt.since <= known)
    ]


def tried(layer: str = "none") -> Answers:
    """Make all attempts in a process of its own, with this layer or none."""
    with tempfile.TemporaryDirectory(prefix="canvas-tui-attempts-") as folder:
        command = [sys.executable, "-m", __name__, layer, folder]
        done = subprocess.run(
            command, cwd=REPOSITORY, capture_output=True, text=True, check=True, start_new_session=True
        )
    lines = done.stdout.splitlines()
    return Answers(json.loads(lines[0]) | {"exec": 0 if lines[1:] == [RAN] else int(lines[1])})


def _c(name: str, *arguments: object) -> None:
    if getattr(_libc, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)


def _write(folder: Path, flags: int) -> None:
    os.close(os.open(folder / "file", flags, 0o600))


def _flagged(folder: Path, work: Callable[[int], object]) -> None:
    descriptor = os.open(folder / "file", os.O_RDONLY)
    try:
        work(descriptor)
    finally:
        os.close(descriptor)


def _forked(folder: Path) -> None:
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _tcp(folder: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.connect(("127.0.0.1", 9))


def _udp(folder: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", ("127.0.0.1", 9))


def _local_socket(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(folder / "s"))


def _chattr(descriptor: int) -> None:
    flags = fcntl.ioctl(descriptor, 0x80086601, bytes(8)) if sys.argv[1] != "seccomp" else bytes(8)
    fcntl.ioctl(descriptor, 0x40086602, flags)


def _type_for_others(folder: Path) -> None:
    """Put a key where whoever reads this terminal next, the shell of old, finds it typed."""
    with open("/dev/tty", "rb", buffering=0) as terminal:
        fcntl.ioctl(terminal, termios.TIOCSTI, b"x")


ATTEMPTS: dict[str, Attempt] = {
    "open to write": Attempt(lambda at: _write(at, os.O_WRONLY), "lsa"),
    "open to read and write": Attempt(lambda at: _write(at, os.O_RDWR), "lsa"),
    "append": Attempt(lambda at: (at / "file").open("a").close(), "lsa"),
    "make a file": Attempt(lambda at: (at / "new").touch(), "lsa"),
    "empty a file by reading it": Attempt(lambda at: _write(at, os.O_RDONLY | os.O_TRUNC), "lsa", since=3),
    "a file without a name": Attempt(lambda at: os.close(os.open(at, os.O_TMPFILE | os.O_RDWR)), "lsa"),
    "open by openat2": Attempt(
        lambda at: _c("syscall", 437, -100, bytes(at / "file"), (ctypes.c_uint64 * 3)(os.O_RDWR, 0, 0), 24), "ls"
    ),
    "truncate": Attempt(lambda at: os.truncate(at / "file", 1), "lsa", since=3),
    "remove": Attempt(lambda at: os.remove(at / "file"), "lsa"),
    "remove a folder": Attempt(lambda at: os.rmdir(at / "empty"), "lsa"),
    "make a folder": Attempt(lambda at: os.mkdir(at / "more"), "lsa"),
    "rename": Attempt(lambda at: os.rename(at / "file", at / "other"), "lsa"),
    "rename into another folder": Attempt(lambda at: os.replace(at / "file", at / "empty" / "file"), "lsa"),
    "hard link": Attempt(lambda at: os.link(at / "file", at / "second"), "lsa"),
    "symbolic link": Attempt(lambda at: os.symlink("file", at / "soft"), "lsa"),
    "FIFO": Attempt(lambda at: os.mkfifo(at / "fifo"), "ls"),
    "node": Attempt(lambda at: os.mknod(at / "node"), "ls"),
    "local socket": Attempt(_local_socket, "lsa"),
    "write through a device": Attempt(lambda at: os.close(os.open("/dev/null", os.O_WRONLY)), "lsa"),
    "mode": Attempt(lambda at: os.chmod(at / "file", 0o640), "sa"),
    "owner": Attempt(lambda at: os.chown(at / "file", os.getuid(), os.getgid()), "sa"),
    "times": Attempt(lambda at: os.utime(at / "file", (1, 1)), "sa"),
    "attribute": Attempt(lambda at: os.setxattr(at / "file", "user.canvas", b"1"), "sa"),
    "flags": Attempt(lambda at: _flagged(at, _chattr), "s"),
    "mode by descriptor": Attempt(lambda at: _flagged(at, lambda fd: _c("fchmod", fd, 0o600)), "s"),
    "lock out who writes": Attempt(lambda at: _flagged(at, lambda fd: fcntl.flock(fd, fcntl.LOCK_EX)), "s"),
    "file in memory": Attempt(lambda at: os.close(os.memfd_create("x")), "s"),
    "fork": Attempt(_forked, "sa"),
    "fork by clone3": Attempt(lambda at: _c("syscall", 435, None, 0), "s", frozenset({errno.EINVAL})),
    "start a program": Attempt(lambda at: subprocess.run(["true"], check=True), "lsa"),
    "TCP": Attempt(_tcp, "lsa", frozenset({errno.ECONNREFUSED}), since=4),
    "UDP": Attempt(_udp, "sa"),
    "signal to another process": Attempt(lambda at: os.kill(os.getppid(), 0), "lsa", since=6),
    "trace": Attempt(lambda at: _c("ptrace", 3, os.getpid(), None, None), "s", frozenset({errno.ESRCH})),
    "io_uring": Attempt(lambda at: _c("syscall", 425, 1, None), "s", frozenset({errno.EFAULT, errno.EINVAL})),
    "type into the terminal": Attempt(_type_for_others, "ls", frozenset({errno.EIO}), since=5),  # EIO: off here
    "raise a limit": Attempt(lambda at: _c("prlimit64", 0, 4, (ctypes.c_uint64 * 2)(0, 0), None), "s"),
    "exec": Attempt(lambda at: os.execv(sys.executable, [sys.executable, "-c", f"print({RAN!r})"]), "lsa"),
}


def _answer(attempt: Attempt, folder: Path) -> int:
    try:
        attempt.run(folder)
    except OSError as error:
        return error.errno or errno.EPERM  # Python's own refusal has no number
    return 0


def _put_up(layer: str) -> None:
    {"none": lambda: None, "landlock": landlock.hold, "seccomp": seccomp.hold, "audit": tripwire.hold}[layer]()


def _what_must_go_on(folder: Path) -> None:
    """Reading, threads, signals to ourselves, the event loop's pair: an AssertionError or OSError ends the child."""
    assert (folder / "file").read_bytes() == b"text"
    assert "file" in os.listdir(folder)
    thread = threading.Thread(target=os.getpid)
    thread.start()
    thread.join()
    signal.pthread_kill(threading.get_ident(), signal.SIGURG)
    os.kill(os.getpid(), 0)
    one, other = socket.socketpair()
    one.send(b"x")
    assert other.recv(1) == b"x"
    _flagged(folder, lambda descriptor: fcntl.flock(descriptor, fcntl.LOCK_SH))


def main() -> None:
    layer, top = sys.argv[1], Path(sys.argv[2])
    for number in range(len(ATTEMPTS)):
        (top / str(number) / "empty").mkdir(parents=True)
        (top / str(number) / "file").write_bytes(b"text")
    master, terminal = os.openpty()
    os.set_inheritable(master, True)  # or the terminal would hang up on what `exec` runs
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    _put_up(layer)
    _what_must_go_on(top / "0")
    answers = {
        name: _answer(attempt, top / str(number))
        for number, (name, attempt) in enumerate(ATTEMPTS.items())
        if name != "exec"
    }
    print(json.dumps(answers), flush=True)
    print(_answer(ATTEMPTS["exec"], top), flush=True)  # last: where it is done, nothing follows


if __name__ == "__main__":
    main()
