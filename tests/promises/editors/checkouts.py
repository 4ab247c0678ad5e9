"""`git checkout` in a loop under working editors, and under an open screen.

Two branches differ in goals.toml; the editors work on lean-canvas.toml, which git then leaves alone as it is (changed,
not committed). With `same_file` the branches differ in the very file that is edited, and everything is committed before
each checkout: an edit is then safe when it is in the file or in a commit. Git looks, and then writes without looking
again, so an edit that falls between is git's to overwrite; those are counted, not hidden.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.promises.app import copy_of_sample, opened, texts_in
from tests.promises.editors import driver
from tests.promises.editors.crowds import NAMES, Outcome, count, missing_of, start

EVERY_SECONDS = 0.05
OTHER_FILE = "goals.toml"
_ON_BRANCH = '\n[[goals]]\nid = "on-a-branch"\ntitle = "Only on the other branch"\n'


@dataclass
class Checkouts(Outcome):
    checkouts: int = 0
    torn: bool = False  # the file was no TOML at the end
    screen: str = ""  # what was wrong with the open screen; empty where nothing was


def run(saves: int, *, editors: int = 2, same_file: bool = False, how: str = "store") -> Checkouts:
    """Let editors make `saves` edits each while branches change under them and under an open screen."""
    folder = Path(tempfile.mkdtemp(prefix="canvas-tui-checkouts-"))
    try:
        workspace = copy_of_sample(folder / "plan")
        _two_branches(workspace, driver.FILE if same_file else OTHER_FILE)
        outcome = Checkouts()
        with opened("open", str(workspace), state=folder / "state") as screen:
            people = [start("driver", str(workspace), name, str(saves), how) for name in NAMES[:editors]]
            git = _Switching(workspace, commits=same_file)
            git.start()
            said = [""] * editors
            readers = [threading.Thread(target=_listen, args=(people, at, said)) for at in range(editors)]
            for reader in readers:
                reader.start()
            while any(reader.is_alive() for reader in readers):
                screen.read()
            git.stop()
            outcome.checkouts = git.count
            outcome.gave_up = sum(process.returncode != 0 for process in people)
            if screen.process.poll() is not None:
                outcome.screen = f"ended with {screen.process.returncode}"
            else:
                screen.send("q")
                outcome.screen = "" if screen.wait() == 0 else "did not quit"
        return _judged(workspace, said, outcome, same_file)
    finally:
        shutil.rmtree(folder)


class _Switching(threading.Thread):
    def __init__(self, workspace: Path, *, commits: bool) -> None:
        super().__init__()
        self.count = 0
        self._workspace, self._commits = workspace, commits
        self._over = threading.Event()

    def run(self) -> None:
        branch = "main"
        while not self._over.wait(EVERY_SECONDS):
            if self._commits:
                git(self._workspace, "commit", "-q", "-a", "-m", "what is there")
            branch = "main" if branch == "other" else "other"
            self.count += git(self._workspace, "checkout", "-q", branch) == 0

    def stop(self) -> None:
        self._over.set()
        self.join()


def git(workspace: Path, *arguments: str) -> int:
    """Run git as any user has it; its exit code."""
    who = ["-c", "user.name=ana", "-c", "user.email=ana@example.org"]
    done = subprocess.run(["git", *who, *arguments], cwd=workspace, capture_output=True, check=False)
    return done.returncode


def _two_branches(workspace: Path, file: str) -> None:
    steps = (
        ("init", "-q", "-b", "main"),
        ("add", "."),
        ("commit", "-q", "-m", "one"),
        ("checkout", "-q", "-b", "other"),
    )
    for words in steps:
        assert git(workspace, *words) == 0
    path = workspace / file
    path.write_text(path.read_text() + (_ON_BRANCH if file == OTHER_FILE else '\n[[solution]]\ntext = "On a branch"\n'))
    assert git(workspace, "commit", "-q", "-a", "-m", "two") == 0
    assert git(workspace, "checkout", "-q", "main") == 0


def _listen(people: list[subprocess.Popen[str]], at: int, said: list[str]) -> None:
    said[at] = people[at].communicate()[0]


def _judged(workspace: Path, said: list[str], outcome: Checkouts, same_file: bool) -> Checkouts:
    try:
        count(workspace, said, outcome)
    except tomllib.TOMLDecodeError:
        outcome.torn = True
        return outcome
    if same_file:
        known = set(texts_in(workspace / driver.FILE)) | _texts_ever_committed(workspace)
        missing = missing_of([line for each in said for line in each.splitlines()], known)
        outcome.overwritten, outcome.lost = sum(not line.endswith("removed") for line in missing), 0
    return outcome


def _texts_ever_committed(workspace: Path) -> set[str]:
    log = subprocess.run(["git", "log", "--all", "-p", "--format="], cwd=workspace, capture_output=True, check=True)
    lines = log.stdout.decode().splitlines()
    return {line.split('"')[1] for line in lines if line.startswith("+text = ") and line.count('"') == 2}


if __name__ == "__main__":
    began = time.monotonic()
    print(run(100), run(100, same_file=True), time.monotonic() - began)
