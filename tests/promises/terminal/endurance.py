"""What a session costs over a long time: processor, memory and open files, left alone and under what terminals do.

A terminal that is resized without pause, stopped and continued, left by its reader and taken up again, or gone from the
start; and viewers that follow a file which never rests. Each is measured on the real app; `seconds` says for how long.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from canvas_tui.tui.tidying import EVERY
from tests.promises.app import COMMAND, copy_of_sample, opened
from tests.promises.pty_session import PtySession

Storm = Literal["left alone", "resized", "stopped and continued", "left and taken up again"]
STORMS: tuple[Storm, ...] = get_args(Storm)
VIEWERS, CHANGES = 4, 10  # viewers of one workspace, and changes of one of its files a second
RESIZES = 200  # a second
_AFTER = 5.0  # seconds that a session is left alone after a storm
_WARM = 3.0  # seconds until what a session loads late is there


IDLE = 0.2  # percent of a core that a session may use which nobody touches
GROWTH = 24.0  # MB that a storm may add: what is kept for sizes of the window has an end, the rest is tidied away
_CARELESS = """
import os, sys
from canvas_tui.tui.terminal import driver
driver._WATCH_MS = driver._IDLE_MS = 1
tell, kept = driver.SafeDriver._tell_size, []
def keeping(self):
    kept.append((os.open("/dev/null", os.O_RDONLY), os.urandom(100_000)))
    tell(self)
driver.SafeDriver._tell_size = keeping
from canvas_tui.__main__ import main
sys.exit(main())
"""


@dataclass
class Load:
    """What one process used: of a core while it lasted and when it was over, in percent; MB and open files."""

    during: float
    after: float
    memory: tuple[float, float]
    files: tuple[int, int]
    wrong: str = ""
    is_idle: bool = False  # nobody touched it at all

    @property
    def holds(self) -> bool:
        """Whether it is as it was when it is over, and costs as good as nothing."""
        is_quiet = self.after <= IDLE and (self.during <= IDLE or not self.is_idle)
        return is_quiet and self.grew <= GROWTH and self.files[0] == self.files[1] and not self.wrong

    @property
    def grew(self) -> float:
        """MB more at the end than at the beginning."""
        return self.memory[1] - self.memory[0]

    def __str__(self) -> str:
        text = f"{self.during:.2f} % of a core, {self.after:.2f} % when it was over; {self.memory[0]:.0f} MB"
        text += f" and {self.grew:+.1f}; {self.files[0]} files open, then {self.files[1]}"
        return f"{text}; {self.wrong}" if self.wrong else text


def why_not() -> str:
    """Why this machine cannot measure it; empty where it can."""
    return "" if sys.platform == "linux" else "reads what a process uses from /proc"


def under(storm: Storm, seconds: float, command: str = "open", *, careful: bool = True, rest: float = _AFTER) -> Load:
    """One session under this for so long, and then left alone for `rest` seconds.

    `careful` False is the control: it looks for keys a thousand times a second, and keeps a file and some memory for
    each size it had.
    """
    with tempfile.TemporaryDirectory(prefix="canvas-tui-endurance-") as folder:
        plan = copy_of_sample(Path(folder) / "plan")
        program = COMMAND if careful else (sys.executable, "-c", _CARELESS)
        with opened(command, str(plan), state=Path(folder) / "state", command=program) as session:
            _rest(session, _WARM)
            if storm != "left alone":
                _ACTS[storm](session, 1.0)  # what the first time of anything loads is no growth
            load = _measured(session, lambda: _ACTS[storm](session, seconds), rest)
            load.wrong, load.is_idle = _what_is_wrong(session), storm == "left alone"
            return load


def _measured(session: PtySession, act: Callable[[], None], rest: float) -> Load:
    pid = session.process.pid
    memory, files, share = _memory(pid), _files(pid), _Share(pid)
    act()
    during = share.percent()
    _rest(session, EVERY + 1.0)  # what the storm left behind is tidied away once
    share = _Share(pid)
    _rest(session, rest)
    after = share.percent()
    return Load(during, after, (memory, _memory(pid)), (files, _files(pid)))


class _Share:
    """How much of a core a process uses from now on. The kernel's own clock for each thread counts what is too short
    for the usual one."""

    def __init__(self, pid: int) -> None:
        self._pid, self._began, self._used = pid, time.monotonic(), _nanoseconds(pid)

    def percent(self) -> float:
        now = _nanoseconds(self._pid)
        used = sum(spent - self._used.get(thread, 0) for thread, spent in now.items())
        return used / 1e7 / (time.monotonic() - self._began)


def _nanoseconds(pid: int) -> dict[str, int]:
    threads = Path(f"/proc/{pid}/task")
    return {each.name: int((each / "schedstat").read_text().split()[0]) for each in threads.iterdir()}


def _what_is_wrong(session: PtySession) -> str:
    """Whether the session still lives, shows its board in the size it has, and ends when it is told to."""
    session.resize(100, 30)

    def is_right() -> bool:
        lines = session.text.rstrip().splitlines()
        return len(lines) == 30 and "Fieldnote" in lines[0]

    try:
        session.until(lambda: session.process.poll() is not None or is_right())
    except AssertionError:
        return "the screen is not right"
    if session.process.poll() is not None:
        return "it is gone"
    session.send("q")
    return "" if session.wait() == 0 else "it does not end"


def _rest(session: PtySession, seconds: float) -> None:
    """Read what comes, and do nothing."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        session.read(min(left, 1.0))


def _resized(session: PtySession, seconds: float) -> None:
    chance, end = random.Random(1), time.monotonic() + seconds
    with _reading(session):
        while time.monotonic() < end:
            session.resize(chance.randrange(20, 200), chance.randrange(5, 60))
            time.sleep(1 / RESIZES)
        session.resize(80, 24)


def _stopped(session: PtySession, seconds: float) -> None:
    chance, end = random.Random(1), time.monotonic() + seconds
    while time.monotonic() < end:
        session.signal(signal.SIGSTOP)
        _rest(session, chance.uniform(0, 0.2))
        session.signal(signal.SIGCONT)
        session.send("j" if chance.random() < 0.5 else "k")
        _rest(session, chance.uniform(0, 0.2))


def _left(session: PtySession, seconds: float) -> None:
    """Nobody reads for a while, as when a line hangs or somebody holds the scrolling; then somebody does again."""
    chance, end = random.Random(1), time.monotonic() + seconds
    while time.monotonic() < end:
        for _ in range(20):
            session.send(chance.choice("jkhl"))
        time.sleep(chance.uniform(0, 0.3))
        session.settle(2)


_ACTS: dict[Storm, Callable[[PtySession, float], None]] = {
    "left alone": _rest,
    "resized": _resized,
    "stopped and continued": _stopped,
    "left and taken up again": _left,
}


@contextmanager
def _reading(session: PtySession) -> Iterator[None]:
    """Throw away what comes meanwhile: a screen of a hundred sizes a second is for nobody to look at."""
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            with_data = os.read(session.master, 65536) if _has_data(session.master) else b""
            del with_data

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(5)


def _has_data(fd: int) -> bool:
    import select

    return bool(select.select([fd], [], [], 0.05)[0])


def following(seconds: float) -> list[Load]:
    """Viewers of one workspace, one file of which changes ten times a second."""
    with tempfile.TemporaryDirectory(prefix="canvas-tui-endurance-") as folder, ExitStack() as stack:
        plan = copy_of_sample(Path(folder) / "plan")
        path = plan / "lean-canvas.toml"
        text = path.read_text()
        viewers = [
            stack.enter_context(opened("view", str(plan), state=Path(folder) / f"state-{number}"))
            for number in range(VIEWERS)
        ]
        for viewer in viewers:
            _rest(viewer, _WARM / VIEWERS)
        _change(path, text, viewers, 2.0)
        pids = [each.process.pid for each in viewers]
        before = [(_memory(pid), _files(pid), _Share(pid)) for pid in pids]
        last = _change(path, text, viewers, seconds)
        during = [share.percent() for _, _, share in before]
        for viewer in viewers:
            viewer.until(last)
        for viewer in viewers:
            _rest(viewer, 1.0)
        shares = [_Share(pid) for pid in pids]
        for viewer in viewers:
            _rest(viewer, _AFTER / VIEWERS)
        return [
            Load(during[at], shares[at].percent(), (memory, _memory(pids[at])), (files, _files(pids[at])))
            for at, (memory, files, _) in enumerate(before)
        ]


def _change(path: Path, text: str, viewers: list[PtySession], seconds: float) -> str:
    """Write a new version ten times a second; the words that the last one has."""
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        number += 1
        other = path.with_name(".new")
        other.write_text(text.replace("Clients pay", f"No {number} pay"))
        os.rename(other, path)
        for viewer in viewers:
            viewer.read(1 / CHANGES / len(viewers))
    return f"No {number}"


def gone_from_the_start(count: int) -> list[str]:
    """A terminal that is closed, or whose input is at its end, before the program has begun; what went wrong."""
    wrong = []
    with tempfile.TemporaryDirectory(prefix="canvas-tui-endurance-") as folder:
        plan = copy_of_sample(Path(folder) / "plan")
        for number in range(count):
            command = [*COMMAND, "view" if number % 2 else "open", str(plan)]
            env = {"XDG_STATE_HOME": f"{folder}/state"}
            session = PtySession(command, env=env)
            time.sleep(0.02 * (number % 10))  # some of them in the middle of the start
            session.hang_up()
            if session.wait(reading=False) is None:
                wrong.append(f"run {number}: still there with {session.cpu_seconds():.1f} s of processor")
            session.kill()
        for source in ("/dev/null", "-"):
            with open("/dev/null", "rb") as nothing:
                stdin = nothing if source == "/dev/null" else subprocess.PIPE
                done = subprocess.Popen([*COMMAND, "open", str(plan)], stdin=stdin, stdout=-1, stderr=-1)
                done.communicate(timeout=60)
                if done.returncode != 2:
                    wrong.append(f"no terminal ({source}): exit code {done.returncode}")
    return wrong


def in_tmux(seconds: float) -> Load:
    """One session in tmux, whose client detaches, is killed, and attaches again in another size."""
    with tempfile.TemporaryDirectory(prefix="canvas-tui-endurance-") as folder:
        plan, socket = copy_of_sample(Path(folder) / "plan"), f"{folder}/tmux"
        tmux = ["tmux", "-S", socket, "-f", "/dev/null"]
        env = {**os.environ, "XDG_STATE_HOME": f"{folder}/state", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        command = [*tmux, "new-session", "-d", "-x", "80", "-y", "24", *COMMAND, "open", str(plan)]
        subprocess.run(command, env=env, check=True)
        try:
            asked = [*tmux, "list-panes", "-F", "#{pane_pid}"]
            pid = int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)
            _attached(tmux, 4.0)
            memory, files, share = _memory(pid), _files(pid), _Share(pid)
            _attached(tmux, seconds)
            during = share.percent()
            time.sleep(1.0)
            share = _Share(pid)
            time.sleep(_AFTER)
            load = Load(during, share.percent(), (memory, _memory(pid)), (files, _files(pid)))
            shown = subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True).stdout
            load.wrong = "" if "Fieldnote" in shown else "the screen is not right"
        finally:
            subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)
        if not _is_gone(pid):
            load.wrong = "it outlives its terminal"
        return load


def _is_gone(pid: int) -> bool:
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def _attached(tmux: list[str], seconds: float) -> None:
    chance, end = random.Random(1), time.monotonic() + seconds
    while time.monotonic() < end:
        size = (chance.randrange(40, 160), chance.randrange(12, 50))
        with PtySession([*tmux, "attach"], size=size, env={"TERM": "xterm-256color"}) as client:
            _rest(client, chance.uniform(0.1, 0.5))
            client.send(chance.choice("jkhl"))
            if chance.random() < 0.5:
                subprocess.run([*tmux, "detach-client"], check=False, capture_output=True)
                client.wait()
            else:
                client.kill()


def _memory(pid: int) -> float:
    """MB that are the process's own: pages shared with others are none of its growth."""
    if sys.platform != "linux":
        return 0.0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd")) if sys.platform == "linux" else 0
