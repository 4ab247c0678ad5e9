"""An audit hook: Python itself refuses what a read-only session never does, and names it.

A tripwire for our own mistakes and not a wall: C code, `os.mkfifo` and a few more pass it unseen. It works everywhere,
and an error that comes from it says what was tried.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, Final

_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_TMPFILE", 0) & ~os.O_DIRECTORY
_NEVER: Final = (
    *("os.chmod", "os.chown", "os.chflags", "os.lockf", "os.truncate", "os.utime", "os.setxattr", "os.removexattr"),
    *("os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.mkdir"),
    *("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system"),
    *("subprocess.Popen", "pty.spawn", "webbrowser.open", "tempfile.mkstemp", "tempfile.mkdtemp"),
    *("socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"),
    *("fcntl.lockf", "sqlite3.connect", "shutil.move", "shutil.rmtree", "shutil.copyfile", "shutil.make_archive"),
)


def hold() -> None:
    """From now on the interpreter refuses, for good, in all threads."""
    judges: dict[str, Callable[[tuple[Any, ...]], bool]] = dict.fromkeys(_NEVER, lambda arguments: True)
    judges["open"] = _is_to_write
    judges["socket.__new__"] = _is_for_others
    judges["os.kill"] = judges["os.killpg"] = _is_another
    asked = judges.get

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        judge = asked(event)
        if judge is not None and judge(arguments):
            raise PermissionError(f"a read-only session was about to do this: {event}")

    sys.addaudithook(hook)


def _is_to_write(arguments: tuple[Any, ...]) -> bool:
    flags = arguments[2] if len(arguments) > 2 else 0
    return isinstance(flags, int) and bool(flags & _WRITES) and not isinstance(arguments[0], int)


def _is_for_others(arguments: tuple[Any, ...]) -> bool:
    """Whether a socket is not the event loop's own pair of local sockets, the only allowed one."""
    return arguments[1] not in (1, -1)  # AF_UNIX, or that of a socket there is already


def _is_another(arguments: tuple[Any, ...]) -> bool:
    return bool(arguments[0] != os.getpid())
