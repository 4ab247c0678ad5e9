"""Two Unix users of one group, as child processes of a test that runs as root.

A child runs a function and sends what it returns, as JSON; one that `stays` goes on until it is told to end, or killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GROUP = 60_100
ANA, BEA, EVE = 60_101, 60_102, 60_103  # EVE is not of the group


@dataclass
class Child:
    """A process of another user; `first` is what it sent when its work was done."""

    pid: int
    first: Any
    _told: int

    def end(self) -> int:
        """Let it end in order; its exit code."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._told, b".")  # closing is not enough: children started later hold it open too
        os.close(self._told)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        """As a lost connection or the kernel would."""
        os.kill(self.pid, signal.SIGKILL)
        self.end()


def start(
    user: int, work: Callable[[], Any], *, ending: Callable[[], None] = lambda: None, umask: int = 0o077
) -> Child:
    """Run `work` as that user and then wait; `ending` is run when told to end."""
    results, result = os.pipe()
    told, telling = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(telling)
            os.close(results)
            signal.alarm(60)  # a test that hangs ends all the same
            os.umask(umask)
            become(user)
            os.write(result, json.dumps(work()).encode())
            os.close(result)
            os.read(told, 1)
            ending()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(told)
    os.close(result)
    with os.fdopen(results, "rb") as stream:
        data = stream.read()
    child = Child(pid, json.loads(data) if data else None, telling)
    if not data:
        raise AssertionError(f"the child of user {user} failed with {child.end()}")
    return child


def run(user: int, work: Callable[[], Any], *, umask: int = 0o077) -> Any:
    """What `work` returns when that user runs it."""
    child = start(user, work, umask=umask)
    assert child.end() == 0
    return child.first


def become(user: int) -> None:
    """Give up being root for good."""
    if user != 0:
        os.setgroups([] if user == EVE else [GROUP])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


@contextlib.contextmanager
def shared_folder(mode: int = 0o2770) -> Iterator[Path]:
    """A folder of ANA's for the group, in a place everybody may pass through."""
    top = Path(tempfile.mkdtemp(prefix="canvas-tui-shared-"))
    try:
        top.chmod(0o755)
        folder = top / "plan"
        folder.mkdir()
        os.chown(folder, ANA, GROUP)
        folder.chmod(mode)
        (folder / "strategy.toml").write_text('name = "Shared"\n')
        os.chown(folder / "strategy.toml", ANA, GROUP)
        (folder / "strategy.toml").chmod(0o660)
        yield folder
    finally:
        shutil.rmtree(top)
