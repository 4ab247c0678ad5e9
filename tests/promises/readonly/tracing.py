"""A session under strace: every file it opened to write, process it started and socket it opened.

Owns starting the app that way, walking through its screens by keys, and reading the log of system calls.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.promises.app import COMMAND, session, until_shown, walk_on

CALLS = "%file,%process,%network,memfd_create,ftruncate,fchmod,fchown,fsetxattr"
_WRITES = re.compile(r"O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)")
_CHANGES = re.compile(
    r"^(?:rename|renameat2?|unlink|unlinkat|mkdir|mkdirat|rmdir|link|linkat|symlink|symlinkat|mknod|mknodat|truncate"
    r"|ftruncate|f?chmod|fchmodat2?|[fl]?chown|fchownat|utime|utimes|utimensat|futimesat|[fl]?setxattr|[fl]?removexattr"
    r"|creat|mount|umount2)\("
)
_STARTS = re.compile(r"^(?:execve|execveat|fork|vfork|clone|clone3)\(")
_SOCKETS = re.compile(r"^(?:socket|socketpair|connect|bind|listen|accept4?|sendto|sendmsg)\(")
_READING = (["j"] * 3, ["z"], ["esc"], ["y"], ["esc"], ["g", "s"], ["g", "f"], ["g", "o"], ["g", "b"], ["/"], ["pay"],
            ["esc"], ["?"], ["esc"], [":"], ["esc"], ["c-l"])  # fmt: skip


def why_not() -> str:
    """Why no process can be traced here; empty where one can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    done = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if done.returncode == 0 else "strace may not trace a process here"


def calls_of(command: str, workspace: Path, state: Path, log: Path, *keys: list[str]) -> list[str]:
    """The system calls of a session that looks at every screen, presses `keys` and quits: one line each.

    Those before the interpreter has started are left out: strace's own `execve` is not the session's.
    """
    traced = ["strace", "-f", "-qq", "-y", "-s", "200", "-e", f"trace={CALLS}", "-o", str(log), *COMMAND]
    with session(command, str(workspace), state=state, command=traced, size=(100, 30)) as app:
        until_shown(app)
        for each in (*_READING, *keys):
            walk_on(app, each)
        walk_on(app, ["esc"])
        app.send("q")
        assert app.wait() == 0
    lines = [re.sub(r"^\d+ +", "", line) for line in log.read_text(errors="replace").splitlines()]
    return lines[1:]


def opened_for_writing(calls: list[str]) -> list[str]:
    """Calls that open something to write outside /dev, or change a name, mode, owner, time or attribute."""
    found = []
    for call in calls:
        if re.match(r"^open(?:at2?)?\(", call) and _WRITES.search(call):
            path = re.search(r'"([^"]*)"', call)
            if path is None or not path[1].startswith("/dev/"):
                found.append(call)
        elif _CHANGES.match(call) or call.startswith("memfd_create("):
            found.append(call)
    return found


def started(calls: list[str]) -> list[str]:
    """Calls that start a process or another program; threads of its own are none."""
    return [call for call in calls if _STARTS.match(call) and "CLONE_THREAD" not in call]


def sockets(calls: list[str]) -> list[str]:
    """Calls on sockets. The pair an event loop wakes itself with leads nowhere and does not count."""
    own_pair = re.compile(r'^(?:socketpair\(AF_UNIX|sendto\(\d+<[^>]*\[\d+(?:->\d+)?\]>, "\\0", 1,)')
    return [call for call in calls if _SOCKETS.match(call) and not own_pair.match(call)]
