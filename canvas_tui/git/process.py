"""How git is run: with an environment of our own, a time limit, and one sentence for everything that goes wrong.

Owns what a repository of a stranger could make git do. Commands that look at the index or the working tree run programs
that the repository names (fsmonitor, filters); so only commands that read objects are used, and the few settings that
could still start something are overruled here.
"""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

TIMEOUT = 20.0  # seconds that one answer may take

# What git is told of the environment. HOME and XDG_CONFIG_HOME lead to the person's own settings, where safe.directory
# stands; under sudo git asks SUDO_UID whose repositories it may read.
_KEPT = ("PATH", "HOME", "XDG_CONFIG_HOME", "SUDO_UID")
_FIXED: Mapping[str, str] = {
    "LC_ALL": "C",  # its messages are told apart by their words
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",  # a revision holds what its id says
    "GIT_NO_LAZY_FETCH": "1",  # of a partial clone nothing is fetched; git before 2.45 does not know this one,
    "GIT_ALLOW_PROTOCOL": "none",  # and fetches by no way at all: a remote may name any program
}
_OPTIONS = ("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")


class GitError(Exception):
    """What git could not do for us, as a sentence: what is wrong - what to do."""


class Refused(GitError):
    """git ended with an error; `said` is what it wrote."""

    def __init__(self, said: str) -> None:
        super().__init__(_in_one_sentence(said))
        self.said = said


def run_git(folder: Path, arguments: Sequence[str], *, stdin: bytes = b"") -> bytes:
    """What a git command in this folder writes. Raises Refused where it fails, GitError where it cannot be run.

    Only for commands that read objects, refs, attributes or settings, and for the settings of the merge driver: see
    the top of this module.
    """
    done = _run(folder, arguments, stdin)
    if done.returncode != 0:
        raise Refused(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def answer_of(folder: Path, arguments: Sequence[str]) -> tuple[int, bytes]:
    """The exit code of a git command, and what it writes, for one whose code is an answer. Raises GitError."""
    done = _run(folder, arguments, b"")
    return done.returncode, done.stdout


def _run(folder: Path, arguments: Sequence[str], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [git_program(), *_OPTIONS, *arguments]
    try:
        return subprocess.run(
            command, cwd=folder, env=environment(), input=stdin, capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        raise _too_slow() from None
    except (OSError, ValueError) as error:
        raise _cannot_run(error) from None


class Conversation:
    """A running git command that answers line by line. Close it at the end; if it is too slow it is ended."""

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        command = [git_program(), *_OPTIONS, *arguments]
        try:
            self._process = subprocess.Popen(
                command, cwd=folder, env=environment(), bufsize=0,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            raise _cannot_run(error) from None
        self._unread = bytearray()

    def ask(self, line: bytes) -> bytes | None:
        """Send a line. Gives the first line of the answer, or None if git ended. Raises GitError if it takes long."""
        assert self._process.stdin is not None
        self._deadline = time.monotonic() + TIMEOUT
        try:
            self._process.stdin.write(line + b"\n")
        except OSError:
            return None
        while (end := self._unread.find(b"\n")) < 0:
            if not self._read_more():
                return None
        answer = bytes(self._unread[:end])
        del self._unread[: end + 1]
        return answer

    def rest(self, size: int) -> bytes | None:
        """The next `size` bytes of the answer; None if git ended before."""
        while len(self._unread) < size:
            if not self._read_more():
                return None
        answer = bytes(self._unread[:size])
        del self._unread[:size]
        return answer

    def close(self) -> None:
        """End the command, whatever it is at."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.kill()
        self._process.wait()

    def _read_more(self) -> bool:
        assert self._process.stdout is not None
        poll = select.poll()
        poll.register(self._process.stdout, select.POLLIN)
        if not poll.poll(max(0.0, self._deadline - time.monotonic()) * 1000):
            raise _too_slow()
        part = os.read(self._process.stdout.fileno(), 1 << 16)
        self._unread += part
        return bool(part)


def git_program() -> str:
    """Where git is. Raises GitError where there is none. A folder of PATH that is no whole path is passed over: it
    would be looked for in the repository."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder, "git")
        if os.path.isabs(folder) and os.access(path, os.X_OK) and not os.path.isdir(path):
            return path
    raise GitError("there is no git on this machine - install it, or compare two folders instead of revisions")


def environment() -> dict[str, str]:
    """What git is told of the environment: nothing that makes it run, write or fetch anything."""
    return {**{name: os.environ[name] for name in _KEPT if name in os.environ}, **_FIXED}


def _too_slow() -> GitError:
    return GitError(f"git did not answer within {TIMEOUT:.0f} seconds - look at the disk or the repository")


def _cannot_run(error: Exception) -> GitError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return GitError(f"git cannot be run ({reason}) - look at how it is installed")


def _in_one_sentence(said: str) -> str:
    """What git itself says, on one line and without its prefix."""
    lines = [line.strip() for line in said.split("\n") if line.strip()]
    told = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else "no reason")
    reason = told.removeprefix("fatal:").removeprefix("error:").strip()
    return f"git cannot read this repository ({reason[:300]}) - `git fsck` may tell more"
