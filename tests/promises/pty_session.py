"""A program in a pseudo-terminal, as a person or a failing line would treat it.

Owns starting, typing, reading, hanging up and waiting; and what a terminal would be left like (`modes_left_set`). Every
wait is counted in steps, so that a busy machine makes a test slow and not wrong.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "kitty-esc": "\x1b[27u",
    "tab": "\t",
    "s-tab": "\x1b[Z",
    "space": " ",
    "bs": "\x7f",
    "del": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pgup": "\x1b[5~",
    "pgdn": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
}
STEPS, STEP_SECONDS = 400, 0.05
DEFAULT_ON = {"7", "25"}
_INHERITED = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)  # ignored here, ignored in every program
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*(?:\$p|[a-gi-km-zA-Z])")
_MODE = re.compile(rb"\x1b\[(?:\?([0-9;]+)([hl])|(>)[0-9]+u|(<)[0-9]*u)")


def key(name: str) -> str:
    """What a terminal sends for `enter`, `c-s` and the like; any other text stands for itself."""
    if name.startswith("c-") and len(name) == 3:
        return chr(ord(name[2]) & 0x1F)
    return KEYS.get(name, name)


def modes_left_set(raw: bytes) -> set[str]:
    """The modes that are not what they were before the program wrote `raw`."""
    modes: dict[str, bool] = {}
    kitty = 0
    for match in _MODE.finditer(raw):
        names, value, pushed, popped = match.groups()
        kitty += bool(pushed) - bool(popped)
        for name in (names or b"").decode().split(";"):
            if name:
                modes[name] = value == b"h"
    left = {name for name, is_on in modes.items() if is_on != (name in DEFAULT_ON)}
    return left | ({f"kitty keyboard x{kitty}"} if kitty else set())


class PtySession:
    """A program with a terminal of `size` (columns, rows) as its controlling terminal.

    env: added to a small clean environment. own_input: a second terminal as standard input, so that either can go
    alone. ignored: signals the program starts with ignored, as under nohup. user: another user's number and their
    groups (for root only). `raw` is every byte it wrote so far.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        own_input: bool = False,
        ignored: Sequence[signal.Signals] = (),
        user: tuple[int, Sequence[int]] | None = None,
        umask: int = -1,
    ) -> None:
        self.raw = bytearray()
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.master, self.slave = os.openpty()
        self.input_master, input_slave = os.openpty() if own_input else (self.master, self.slave)
        self._set_size(size)
        self.before = self.line_settings()
        child = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        child |= {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}

        def become_session() -> None:
            fcntl.ioctl(1, termios.TIOCSCTTY, 0)
            for number in _INHERITED:  # whoever runs the tests may ignore them, as nohup does
                signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)

        as_user: dict[str, Any] = {}
        if user is not None:
            as_user = {"user": user[0], "group": user[0], "extra_groups": list(user[1])}
        self.process = subprocess.Popen(
            list(command),
            stdin=input_slave,
            stdout=self.slave,
            stderr=self.slave,
            env={**child, **(env or {})},
            cwd=cwd,
            start_new_session=True,
            preexec_fn=become_session,
            umask=umask,
            **as_user,
        )
        if own_input:
            os.close(input_slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        for descriptor in {self.master, self.slave, self.input_master}:
            with suppress(OSError):
                os.close(descriptor)

    @property
    def text(self) -> str:
        """The screen, as a person sees it."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, *names: str) -> None:
        """Type keys by name (`enter`, `c-q`) or text as it is."""
        for name in names:
            os.write(self.input_master, key(name).encode())

    def read(self, seconds: float = STEP_SECONDS) -> bytes:
        """What the program wrote within this time; answers the questions a terminal is asked."""
        if not select.select([self.master], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return b""
        self.raw += data
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))
        for mode in re.findall(rb"\x1b\[\?(\d+)\$p", data):
            os.write(self.input_master, b"\x1b[?" + mode + b";0$y")
        return data

    def until(self, condition: str | Callable[[], bool], steps: int = STEPS) -> None:
        """Read until the text is on screen or the condition holds. AssertionError, with the screen, if never."""

        def is_there() -> bool:
            return condition in self.text if isinstance(condition, str) else condition()

        for _ in range(steps):
            if is_there():
                return
            self.read()
        raise AssertionError(f"never came: {condition!r}\n{self.text}")

    def settle(self, quiet: int = 4) -> None:
        """Read until nothing has come for some steps."""
        silent = 0
        while silent < quiet:
            silent = 0 if self.read() else silent + 1

    def wait(self, *, reading: bool = True, steps: int = STEPS) -> int | None:
        """The exit code, negative for a signal, once the program has ended; None where it does not end."""
        for _ in range(steps):
            if self.process.poll() is not None:
                if reading:
                    while self.read(0.01):
                        pass
                return self.process.returncode
            if reading:
                self.read()
            else:
                time.sleep(STEP_SECONDS)
        return None

    def until_stopped(self) -> None:
        """Wait until the program has been stopped, by itself or by a signal: SIGCONT before that would be lost."""
        _, status = os.waitpid(self.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), "it ended"

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def hang_up(self) -> None:
        """Close the terminal under the program, as a lost connection does."""
        os.close(self.slave)
        os.close(self.master)

    def end_input(self) -> None:
        """Close the second terminal, the one of the standard input."""
        assert self.input_master != self.master
        os.close(self.input_master)

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        self._set_size((columns, rows))
        self.signal(signal.SIGWINCH)

    def line_settings(self) -> list[Any]:
        """The terminal's line settings (echo, line editing, signal keys)."""
        return termios.tcgetattr(self.slave)

    def cpu_seconds(self) -> float:
        """Processor time the program has used (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _set_size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
