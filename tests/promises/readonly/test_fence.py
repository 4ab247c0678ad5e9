"""Each layer around `view` refuses by itself what it is there for; the session lives within all of them and says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.promises.app import COMMAND, REPOSITORY, opened, session
from tests.promises.readonly.attempts import LAYERS, REFUSALS, held_by, tried, why_not
from tests.promises.readonly.without import without

ALL_HOLD = "read-only: Landlock, seccomp, audit"


pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


def filters(process: Path) -> int:
    """How many seccomp filters a process or thread is under."""
    return int((process / "status").read_text().partition("Seccomp_filters:")[2].split()[0])


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_alone_refuses_what_it_is_there_for(layer: str) -> None:
    assert tried(layer).refused(layer) == held_by(layer)


def test_control_without_a_layer_the_same_attempts_succeed() -> None:
    found = tried().found
    refused = {name for name, code in found.items() if code in REFUSALS}
    switched_off_on_some_servers = {"io_uring", "fork by clone3", "open by openat2", "trace"}
    assert refused <= switched_off_on_some_servers


def test_a_fenced_session_follows_the_disk_through_everything_that_git_and_people_do(
    plan: Path, tmp_path: Path
) -> None:
    with opened("view", "--require-sandbox", str(plan), state=tmp_path / "state", size=(100, 30)) as app:
        app.until(ALL_HOLD)
        inside = [filters(thread) for thread in Path(f"/proc/{app.process.pid}/task").iterdir()]
        assert len(inside) > 2, "reading keys, writing, following the disk"
        assert set(inside) == {filters(Path("/proc/self")) + 1}
        lean = plan / "lean-canvas.toml"
        text = lean.read_text()
        lean.write_text(text.replace("Clients pay on average", "Customers pay on average"))
        app.until("Customers pay on average")
        beside = plan / "new.toml"
        beside.write_text(text.replace("Clients pay on average", "Buyers pay on average"))
        beside.replace(lean)  # as git and vim do
        app.until("Buyers pay on average")
        (plan / "more").mkdir()
        (plan / "more" / "swot.toml").write_text('model = "swot"\ntitle = "Newly come"\nstrengths = ["Trust"]\n')
        app.send("go")
        app.until("Newly come")
        app.send("?")
        app.until("Keys on the overview")
        app.send("esc")
        app.until(lambda: "Keys on the overview" not in app.text)
        app.send("q")
        assert app.wait() == 0


@pytest.mark.parametrize("layer", ["landlock", "seccomp"])
def test_where_a_layer_is_missing_view_goes_on_and_says_which(layer: str, plan: Path, tmp_path: Path) -> None:
    command = without(layer, COMMAND)
    with opened("view", str(plan), state=tmp_path, command=command, cwd=REPOSITORY) as app:
        name = {"landlock": "Landlock", "seccomp": "seccomp"}[layer]
        app.until(f"audit, no {name}")
        app.until(f"No {name} (not in this kernel)")
        app.send("q")
        assert app.wait() == 0


@pytest.mark.parametrize(
    ("layers", "words"),
    [("landlock", "no Landlock (not in this kernel)"), ("seccomp", "no seccomp (not in this kernel)")],
)
def test_require_sandbox_refuses_to_start_where_a_layer_is_missing(
    layers: str, words: str, plan: Path, tmp_path: Path
) -> None:
    command = without(layers, COMMAND)
    options: dict[str, Any] = {"state": tmp_path, "command": command, "cwd": REPOSITORY}
    with session("view", "--require-sandbox", str(plan), size=(200, 24), **options) as app:
        assert app.wait() == 2
        app.until(words)
        app.until("leave --require-sandbox out")
        assert b"\x1b[?1049h" not in app.raw


def test_a_layer_that_would_not_hold_for_all_threads_is_not_claimed() -> None:
    script = """
import threading
from canvas_tui.tui.sandbox.fence import put_up
stop = threading.Event()
threading.Thread(target=stop.wait).start()
print(put_up().told)
stop.set()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("no Landlock (threads run already)")


def test_the_versions_of_landlock_before_this_one_are_asked_for_as_they_were() -> None:
    script = """
import os, sys
from canvas_tui.tui.sandbox import landlock
newest = landlock.version()
for known in range(1, newest + 1):
    if os.fork() == 0:
        landlock.version = lambda: known
        landlock.hold()  # raises where a file can be opened to write after it
        os._exit(0)
    if os.wait()[1] != 0:
        sys.exit(known)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_fenced_session_survives_a_checkout_that_replaces_every_file(plan: Path, tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=ana", "-c", "user.email=ana@example.org")
        subprocess.run(["git", "-C", str(plan), *who, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    lean = plan / "lean-canvas.toml"
    lean.write_text(lean.read_text().replace("Clients pay on average", "Customers pay on average"))
    git("commit", "-qam", "two")
    with opened("view", str(plan), state=tmp_path / "state", size=(100, 30)) as app:
        app.until("Customers pay")
        git("checkout", "-q", "HEAD~1")
        app.until("Clients pay")
        app.send("q")
        assert app.wait() == 0
