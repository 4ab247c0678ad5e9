"""Whatever a file within the limits holds, every command ends in time with an answer: exit code 0 or 1, no report."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.keys import LONGEST, Figure, Watched, largest, worst
from tests.lanes import some_quick
from tests.promises.app import COMMAND, session
from tests.promises.hostile.plans import PLANS, chain, written

CPU_SECONDS = 3
EACH_PLAN = some_quick("name", PLANS, quick=("chain", "many_words"))  # one that is deep and one that is long


def ends(*command: str, state: Path) -> subprocess.CompletedProcess[bytes]:
    """A run that the system ends after so much time of a processor: a busy machine makes no difference."""
    return subprocess.run(
        command,
        env={**os.environ, "XDG_STATE_HOME": str(state)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS)),
        capture_output=True,
        check=False,
    )


@EACH_PLAN
def test_every_command_ends_in_time_with_an_answer(name: str, tmp_path: Path) -> None:
    path, element = written(name, tmp_path)
    before, plan = path.read_bytes(), ("-w", str(path))
    for command in (
        *(("show", *plan), ("show", *plan, "--json"), ("show", element, *plan), ("show", element, *plan, "--json")),
        *(("why", element, *plan), ("how", element, *plan), ("how", element, *plan, "--json")),
        *(("check", str(path)), ("check", str(path), "--json")),
    ):
        done = ends(*COMMAND, *command, state=tmp_path / "state")
        assert done.returncode in (0, 1), (command, done.returncode, done.stderr[-500:])
        assert done.stdout
        assert done.stderr == b""
    assert path.read_bytes() == before


WALK = (
    *(["j"], ["y"], ["esc"], ["Y"], ["esc"], ["enter"], ["esc"], ["i"], ["esc"], ["n"], ["esc"], ["]"]),
    *(["g", "s"], ["j"], ["G"], ["h"], ["l"], ["y"], ["esc"], ["Y"], ["esc"], ["&"], ["&"], ["f", "a"], ["esc"]),
    *(["g", "f"], ["G"], ["y"], ["esc"], ["g", "o"], ["G"], ["/"], ["e"], ["esc"], ["g", "b"], ["z"], ["esc"]),
)


@EACH_PLAN
def test_every_screen_of_the_app_shows_it_no_key_waits_and_q_ends_it(name: str, tmp_path: Path) -> None:
    path, _ = written(name, tmp_path)
    before = path.read_bytes()
    waited = walked(path, tmp_path / "state")
    if worst(waited).seconds >= LONGEST:  # what is slow is slow twice; what a busy machine did is not
        again = walked(path, tmp_path / "state")
        waited = [min(pair, key=lambda each: each.seconds) for pair in zip(waited, again, strict=True)]
    assert worst(waited).seconds < LONGEST, worst(waited)
    assert path.read_bytes() == before
    assert not list((tmp_path / "state").rglob("crash-*"))


def walked(path: Path, state: Path) -> list[Figure]:
    """What each key of the walk cost in a session of its own, which `q` ends."""
    with Watched(path, state, size=(100, 30), quiet=0.12) as app:
        waited = [app.press(key) for keys in WALK for key in keys]
        for key in ("esc", "esc", "esc"):  # one by one: esc and q at once would be another key
            app.press(key)
        app.session.send("q")
        assert app.session.wait() == 0, app.session.text
    return waited


def test_control_what_is_worked_out_on_the_event_loop_is_waited_for(tmp_path: Path) -> None:
    weaker = "import canvas_tui.tui.worked_out as worked_out; worked_out.AT_ONCE = 1_000_000"
    with Watched(largest(tmp_path), tmp_path / "state", weaker=weaker) as app:
        assert worst([app.press(key) for key in "/e"]).seconds > LONGEST


@EACH_PLAN
def test_q_does_not_wait_for_what_is_worked_out(name: str, tmp_path: Path) -> None:
    """At once after the first paint, when graph and findings are being made, and on the screen that shows most."""
    path, _ = written(name, tmp_path)
    for keys in ((), ("g", "s"), ("g", "f")):
        with session("open", str(path), state=tmp_path / "state", size=(100, 30)) as app:
            app.until(lambda: b"\x1b[?1049h" in app.raw and len(app.text.strip()) > 100)
            app.send(*keys, "q")
            assert app.wait() == 0, app.text


def test_control_a_walk_that_recurses_does_not_come_through_the_chain() -> None:
    below: dict[str, list[str]] = {}
    goals = chain().text.split("[[goals]]")[1:]
    for goal in goals:
        fields = dict(line.split(" = ") for line in goal.split("[[")[0].splitlines() if " = " in line)
        below.setdefault(fields.get("parent", ""), []).append(fields["id"])

    def walk(address: str) -> int:
        return 1 + sum(map(walk, below.get(address, ())))

    with pytest.raises(RecursionError):
        walk("")


def test_control_a_command_that_takes_longer_is_ended(tmp_path: Path) -> None:
    done = ends(sys.executable, "-c", "while True: pass", state=tmp_path)
    assert done.returncode < 0
