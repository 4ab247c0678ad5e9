"""Other Unix users at the real app: a folder they share, an interpreter they may run, and what they run with it.

Needs root, to become them. The interpreter and the code of a test run often lie in root's own home, where nobody else
may look: then another interpreter of the machine and a copy of the code are used.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.promises.app import REPOSITORY, copy_of_sample, session, until_shown
from tests.promises.pty_session import PtySession
from tests.promises.together.users import ANA, BEA, EVE, GROUP

__all__ = ["ANA", "BEA", "EVE", "GROUP", "Office", "office", "why_not"]

_PACKAGES = (
    "textual rich tomlkit networkx filelock markdown_it mdurl mdit_py_plugins pygments typing_extensions"
).split()
_INTERPRETERS = (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3")
_USES = "import canvas_tui.tui.app, canvas_tui.storage.write.store, networkx"


@functools.cache
def why_not() -> str:
    """Why other users cannot be tested here; empty where they can."""
    if os.geteuid() != 0:
        return "needs root, to be two other users"
    try:
        _launcher()
    except LookupError as error:
        return str(error)
    return ""


@functools.cache
def _launcher() -> tuple[str, str]:
    """An interpreter and a PYTHONPATH that any user of this machine can run the app with."""
    places = [Path(path) for path in sys.path if path.endswith("site-packages")]
    in_place = os.pathsep.join(str(path) for path in (REPOSITORY, *places))
    for path in (in_place, ""):
        path = path or str(_copy_of_the_code())
        for interpreter in _INTERPRETERS:
            if _can_run(interpreter, path):
                return interpreter, path
    raise LookupError("no Python of this machine can be run by other users with what the app needs")


def _can_run(interpreter: str, path: str) -> bool:
    try:
        done = subprocess.run(
            [interpreter, "-c", _USES], env={"PYTHONPATH": path}, user=EVE, group=EVE, extra_groups=[],
            capture_output=True, cwd="/", check=False,
        )  # fmt: skip
    except OSError:
        return False
    return done.returncode == 0


@functools.cache
def _copy_of_the_code() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="canvas-tui-code-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    shutil.copytree(REPOSITORY / "canvas_tui", folder / "canvas_tui")
    for name in _PACKAGES:
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            continue
        origin = Path(found.origin)
        if origin.name == "__init__.py":
            shutil.copytree(origin.parent, folder / name)
        else:
            shutil.copy(origin, folder)
    subprocess.run(["chmod", "-R", "go+rX", str(folder)], check=True)
    return folder


@dataclass
class Office:
    """A folder that ANA made for the GROUP, and homes for everybody."""

    top: Path

    @property
    def plan(self) -> Path:
        return self.top / "plan"

    def state(self, user: int) -> Path:
        return self.top / f"home-{user}" / "state"

    def env(self, user: int) -> dict[str, str]:
        return {"HOME": str(self.top / f"home-{user}"), "PYTHONPATH": _launcher()[1]}

    def opened(self, user: int, *arguments: str, wait: bool = True) -> PtySession:
        """The app in a terminal as that user, with a umask that gives nobody anything."""
        new = session(
            *arguments, state=self.state(user), size=(100, 30), env=self.env(user), cwd=self.top,
            command=[_launcher()[0], "-m", "canvas_tui"], user=(user, groups_of(user)), umask=0o077,
        )  # fmt: skip
        if wait:
            until_shown(new)
        return new

    def command(self, user: int, *arguments: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """A command line of that user; `before`: a program that starts it, as root."""
        identity = {} if before else {"user": user, "group": user, "extra_groups": groups_of(user)}
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [*before, _launcher()[0], "-m", "canvas_tui", *arguments], env=self.env(user), cwd=self.top, umask=0o077,
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **identity,  # type: ignore[call-overload]
        )  # fmt: skip
        return done


def groups_of(user: int) -> list[int]:
    return [] if user == EVE else [GROUP]


@contextlib.contextmanager
def office(folder_mode: int = 0o2770, file_mode: int = 0o660) -> Iterator[Office]:
    """A copy of the sample that ANA shares with the group in a setgid folder."""
    top = Path(tempfile.mkdtemp(prefix="canvas-tui-office-"))
    try:
        top.chmod(0o755)
        copy_of_sample(top / "plan")
        for path in (*(top / "plan").rglob("*"), top / "plan"):
            os.chown(path, ANA, GROUP)
            path.chmod(folder_mode if path.is_dir() else file_mode)
        for user in (ANA, BEA, EVE):
            home = top / f"home-{user}"
            home.mkdir(mode=0o700)
            os.chown(home, user, user)
        yield Office(top)
    finally:
        shutil.rmtree(top)
