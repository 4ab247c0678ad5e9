"""Two people change one entry at the same time: who is overruled has their text in the file, and `check` says so."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.promises.app import COMMAND, bytes_of, copy_of_sample, opened
from tests.promises.pty_session import PtySession

FIRST = "Clients pay on average 34 days late"
RULE = ("check", "--select", "conflict-open,opportunity-idle")
FORGETFUL = (
    COMMAND[0],
    "-c",
    "import canvas_tui.session.conflict as conflict\n"
    "conflict.keep = lambda item, version: None\n"
    "from canvas_tui.__main__ import main\n"
    "raise SystemExit(main())",
)


def checked(plan: Path) -> tuple[int, str]:
    done = subprocess.run([*COMMAND, *RULE, str(plan)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def is_told(plan: Path) -> bool:
    """Whether the check fails on bea's text."""
    code, told = checked(plan)
    return code == 1 and f"version is kept: “{FIRST} by bea”" in told and "conflict-open" in told


def overruled(plan: Path, state: Path, command: Sequence[str]) -> PtySession:
    """Bea's text is saved while ana writes into the same entry; ana's session after she chose hers."""
    ana = opened("open", str(plan), state=state / "ana", size=(100, 30), command=command)
    with opened("open", str(plan), state=state / "bea", size=(100, 30)) as bea:
        for session in (ana, bea):
            session.send("enter")
            session.until("enter save")
        bea.send(" by bea", "enter")
        bea.until("Changed to")
        ana.until("changed this entry")
        ana.send(" by ana")
        ana.until("by ana")
        ana.send("enter")
        ana.until("Two versions")
        ana.send("m")
        ana.until("Changed to yours")
        bea.until("by ana")
        bea.send("q")
        assert bea.wait() == 0
    return ana


def test_who_was_overruled_is_in_the_file_and_in_the_check_until_it_is_settled(tmp_path: Path) -> None:
    plan = copy_of_sample(tmp_path / "plan")
    before = checked(plan)
    assert before[0] == 1, "the sample has findings of its own, which must stay as they are"
    with overruled(plan, tmp_path, COMMAND) as ana:
        assert is_told(plan)
        held = bytes_of(plan)
        ana.until("c settle")
        ana.send("c")
        ana.until("k the kept one")
        ana.send("k")
        ana.until("Settled")
        assert checked(plan) == before
        assert f'text = "{FIRST} by bea"' in (plan / "lean-canvas.toml").read_text(encoding="utf-8")
        ana.send("u")
        ana.until("Undone")
        assert bytes_of(plan) == held
        ana.send("q")
        assert ana.wait() == 0


def test_an_app_that_forgets_the_loser_would_be_caught(tmp_path: Path) -> None:
    plan = copy_of_sample(tmp_path / "plan")
    with overruled(plan, tmp_path, FORGETFUL) as ana:
        assert not is_told(plan)
        assert "by bea" not in (plan / "lean-canvas.toml").read_text(encoding="utf-8")
        ana.send("q")
        assert ana.wait() == 0
