"""A real sshd on loopback, with keys, configuration and port of its own, for as long as a test needs it.

Owns the server, the clients' options, and finding the app's process at the far end. Nothing of the machine's own ssh
configuration is read or changed; only `/run/sshd` is made where the system has not started an sshd yet.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.promises.app import COMMAND, REPOSITORY
from tests.promises.pty_session import STEP_SECONDS, STEPS, PtySession

ALIVE_SECONDS, ALIVE_COUNT = 1, 3  # a client that answers nothing is dropped after about four seconds
_CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
PidFile {folder}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
AcceptEnv LANG TEXTUAL_* PYTHON* EDITOR PAGER
Subsystem sftp internal-sftp
ClientAliveInterval {alive}
ClientAliveCountMax {count}
LogLevel ERROR
"""


@dataclass
class Server:
    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def client(self, key: str, *words: str, env: Mapping[str, str] | None = None, tty: bool = True) -> list[str]:
        """The command of a client that logs in with one of the keys (`editor`, `viewer`)."""
        sent = [option for name in env or {} for option in ("-o", f"SendEnv={name}")]
        program = words[0] if words and words[0] in ("sftp", "scp") else "ssh"
        options = [
            "-F", "none", "-i", str(self.folder / key), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
            "-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={self.folder}/known", "-o", "LogLevel=ERROR",
            "-P" if program != "ssh" else "-p", str(self.port), *sent,
        ]  # fmt: skip
        host = f"{getpass.getuser()}@127.0.0.1"
        if program == "sftp":
            return ["sftp", *options, host]
        if program == "scp":
            return ["scp", *options, words[1], f"{host}:{words[2]}"]
        return ["ssh", *(["-tt"] if tty else ["-T"]), *options, host, *words]

    def session(self, key: str, *words: str, env: Mapping[str, str] | None = None) -> PtySession:
        """A client in a terminal."""
        return PtySession(self.client(key, *words, env=env), size=(100, 30), env=env)


def app_words(command: str, workspace: Path, state: Path, program: Sequence[str] = COMMAND) -> list[str]:
    """What to run at the far end; quoted for its shell, as none of our paths needs more."""
    state_home = f"XDG_STATE_HOME={state}"
    return ["cd", str(REPOSITORY), "&&", "exec", "env", state_home, *program, command, str(workspace)]


def why_not() -> str:
    """Why there can be no server here; empty where there can."""
    missing = [name for name in ("ssh", "sftp", "ssh-keygen") if shutil.which(name) is None]
    if _sshd() is None:
        missing.append("sshd")
    return f"not installed: {', '.join(missing)}" if missing else ""


@contextlib.contextmanager
def serving(folder: Path, forced: str) -> Iterator[Server]:
    """A server in `folder`, where the key `viewer` may only run the `forced` command."""
    folder.mkdir()
    for name in ("host", "editor", "viewer"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    editor, viewer = ((folder / f"{name}.pub").read_text() for name in ("editor", "viewer"))
    (folder / "authorized_keys").write_text(f'{editor}command="{forced}",restrict,pty {viewer}')
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = _CONFIG.format(port=port, folder=folder, alive=ALIVE_SECONDS, count=ALIVE_COUNT)
    (folder / "config").write_text(config)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    sshd = _sshd()
    assert sshd is not None
    log = open(folder / "log", "wb")  # noqa: SIM115 - as long as the server
    process = subprocess.Popen([sshd, "-D", "-e", "-f", str(folder / "config")], stderr=log, cwd=folder)
    try:
        _until_it_answers(port, process, folder / "log")
        yield Server(folder, port, process)
    finally:
        process.terminate()
        process.wait()
        log.close()


def _until_it_answers(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(STEPS):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None:
            break
        time.sleep(STEP_SECONDS)
    raise AssertionError(f"sshd does not answer\n{log.read_text()}")


def _sshd() -> str | None:
    return shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")


def app_at(workspace: Path) -> int:
    """The process of the app that has this workspace open. AssertionError where there is none."""
    found = [pid for pid, words in _processes() if words[:1] == [sys.executable] and words[-1] == str(workspace)]
    assert len(found) == 1, f"{len(found)} processes have it open"
    (pid,) = found
    return pid


def sshd_of(pid: int) -> int:
    """The sshd process above an app's process: the one that holds its terminal."""
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        if Path(f"/proc/{pid}/comm").read_text().startswith("sshd"):
            return pid
    raise AssertionError("the app was not started by sshd")


def is_gone(pid: int, steps: int = STEPS) -> bool:
    """Whether the process has ended within this number of steps; it is killed where it has not."""
    for _ in range(steps):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(STEP_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return False


def _processes() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                yield int(folder.name), (folder / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")[:-1]
