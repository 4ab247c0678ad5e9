"""A failure at every system call of one save: killed there, or told that the disk is broken or full.

A process waits, just before it saves, for strace to attach to it; strace then spoils the n-th call of one kind.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import select
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from canvas_tui.storage.write.save import inplace
from canvas_tui.storage.write.save.commit import SaveError
from tests.promises.save import writers

How = Literal["exchange", "rename", "in-place", "naive"]
Fault = Literal["KILL", "EIO", "ENOSPC"]

# Memory and threads of the interpreter are no part of a save; failing them only tests Python.
_NOT_OURS = frozenset(
    {"mmap", "munmap", "mprotect", "madvise", "brk", "mremap", "futex", "rt_sigaction", "rt_sigprocmask",
     "exit_group", "rseq", "set_robust_list", "sigaltstack", "gettid", "clone", "clone3", "prctl", "restart_syscall"}
)  # fmt: skip
OLD, NEW = writers.document(["old"]), writers.document(["new"], pages=5)


@dataclass
class Outcome:
    trials: int = 0
    old: int = 0
    new: int = 0
    wrong: list[str] = field(default_factory=list)  # what broke a promise: call, fault, and how


def why_not() -> str:
    """Why this machine cannot run it; empty where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    with scene("naive") as path, _saving(path, "naive") as process, _tracing(process.pid, []) as tracer:
        return "" if tracer.attached else "strace may not attach to a process here"


def calls_of_a_save(how: How) -> list[tuple[str, int]]:
    """Every system call of one save, as (name, which one of that name, from 1)."""
    with scene(how) as path, _saving(path, how) as process:
        with _tracing(process.pid, []) as tracer:
            process.go()
        log = tracer.log
    # From the read that waits for the start to the write that reports the end.
    names = [match[1] for match in re.finditer(r"^(?:\[pid +\d+\] )?(\w+)\(", log, re.MULTILINE)]
    seen: Counter[str] = Counter()
    calls = []
    for name in names:
        seen[name] += 1
        if name not in _NOT_OURS:
            calls.append((name, seen[name]))
    # The first is the wait itself: it has begun when the tracer comes, which sees it or not. It is no part of a save.
    return calls[1:] if calls[:1] == [("read", 1)] else calls


def run(how: How, fault: Fault) -> Outcome:
    """One save for each of its system calls, with that call spoiled."""
    outcome = Outcome()
    for call, number in calls_of_a_save(how):
        outcome.trials += 1
        spoiled = "signal=KILL" if fault == "KILL" else f"error={fault}"
        with scene(how) as path, _saving(path, how) as process:
            with _tracing(process.pid, [f"inject={call}:{spoiled}:when={number}"], call):
                said = process.go()
            where = f"{fault} at {call} {number}"
            if fault == "KILL" and said:
                outcome.wrong.append(f"{where}: was not killed")
            judge(path, said, where, how, outcome)
    return outcome


def judge(path: Path, said: bytes, where: str, how: How, outcome: Outcome) -> None:
    """Old or new, nothing else; new where the save said so, old where it said that it failed."""
    with contextlib.suppress(SaveError, OSError):
        if how != "naive":
            inplace.recover(path, path.parent)
    found = path.read_bytes()
    outcome.old += found == OLD
    outcome.new += found == NEW
    if found not in (OLD, NEW):
        outcome.wrong.append(f"{where}: the file is torn ({len(found)} bytes)")
    elif said == b"saved" and found != NEW:
        outcome.wrong.append(f"{where}: said saved, and is not")
    elif said == b"failed" and found != OLD:
        outcome.wrong.append(f"{where}: said failed, and is saved")
    elif said.startswith(b"broke") and how != "naive":
        outcome.wrong.append(f"{where}: {said.decode()}")


@contextlib.contextmanager
def scene(how: How, disk: Path | None = None) -> Iterator[Path]:
    """A file with the old version in a folder of its own, on that disk or where there is room."""
    with tempfile.TemporaryDirectory(prefix="canvas-tui-inject-", dir=disk) as folder:
        path = Path(folder) / "plan.toml"
        path.write_bytes(OLD)
        os.utime(path, (1_700_000_000, 1_700_000_000))  # not new, or the save waits for a writer
        if how == "in-place":
            path.with_name("other-name.toml").hardlink_to(path)
        yield path


@dataclass
class _Saving:
    pid: int
    start: int
    report: int

    def go(self) -> bytes:
        """Let it save. What it said: saved, failed, broke: ..., or nothing where it was killed."""
        os.write(self.start, b"go")
        ready, _, _ = select.select([self.report], [], [], 20)
        return os.read(self.report, 4096) if ready else b"broke: it hangs"


@contextlib.contextmanager
def _saving(path: Path, how: How) -> Iterator[_Saving]:
    warm_up()
    start_read, start_write = os.pipe()
    report_read, report_write = os.pipe()
    pid = writers.child(lambda: _save_once(path, how, start_read, report_write))
    os.close(start_read)
    os.close(report_write)
    try:
        assert os.read(report_read, 5) == b"ready"
        yield _Saving(pid, start_write, report_read)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(start_write)
        os.close(report_read)


def _save_once(path: Path, how: How, start: int, report: int) -> None:
    _let_strace_attach()
    save = writers.naive if how == "naive" else writers.ours
    with writers.without_exchange() if how == "rename" else contextlib.nullcontext():
        os.write(report, b"ready")
        os.read(start, 2)
        said = attempt(path, save)
    while True:  # strace may spoil this one too
        with contextlib.suppress(OSError):
            os.write(report, said)
            os._exit(0)


def attempt(path: Path, save: writers.Save) -> bytes:
    """Save the new version once. What the save said of itself, as `_Saving.go` tells it."""
    try:
        save(path, lambda _: NEW)
        return b"saved"
    except SaveError:
        return b"failed"
    except BaseException as reason:
        return f"broke: {reason!r}".encode()


@functools.cache
def warm_up() -> None:
    """Load what a first save loads, so that the calls are those of the save and not of imports."""
    with tempfile.TemporaryDirectory() as other:
        file = Path(other) / "x"
        file.write_bytes(OLD)
        writers.ours(file, lambda _: NEW)
        file.with_name("y").hardlink_to(file)
        writers.ours(file, lambda _: OLD)


def _let_strace_attach() -> None:
    import ctypes

    set_ptracer, anyone = 0x59616D61, ctypes.c_ulong(-1)
    ctypes.CDLL(None).prctl(set_ptracer, anyone, 0, 0, 0)


@dataclass
class _Tracer:
    attached: bool
    log: str = ""


@contextlib.contextmanager
def _tracing(pid: int, inject: list[str], only: str = "all") -> Iterator[_Tracer]:
    with tempfile.NamedTemporaryFile(mode="r", prefix="canvas-tui-strace-") as log:
        command = ["strace", "-f", "-o", log.name, "-e", f"trace={only}", "-p", str(pid)]
        for expression in inject:
            command += ["-e", expression]
        strace = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert strace.stderr is not None
        said = strace.stderr.readline()
        tracer = _Tracer(attached="attached" in said)
        try:
            yield tracer
        finally:
            with contextlib.suppress(subprocess.TimeoutExpired):
                strace.wait(timeout=2)
            if strace.poll() is None:
                strace.terminate()
                strace.wait()
            strace.stderr.close()
            tracer.log = re.sub(r"^\d+ +", "", log.read(), flags=re.MULTILINE)
