"""Colleagues and git at work under an open screen: who is where is shown, and what goes away is said."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.app import copy_of_sample, opened, texts_in
from tests.promises.users.people import ANA, BEA, Office, office, why_not

FIRST = "Clients pay on average 34 days late"


@pytest.fixture
def shared() -> Iterator[Office]:
    if reason := why_not():
        pytest.skip(reason)
    with office() as made:
        yield made


def name_of(user: int) -> str:
    return str(user)  # users that no passwd file knows go by their number


def test_two_users_see_who_writes_where_and_a_reader_is_not_seen(shared: Office) -> None:
    plan = str(shared.plan)
    with shared.opened(ANA, "open", plan) as ana, shared.opened(BEA, "open", plan) as bea:
        ana.until(f"{name_of(BEA)} is in Problem")
        bea.send("5")
        ana.until(f"{name_of(BEA)} is in Channels")
        bea.send("enter")
        bea.until("enter save")
        ana.until(f"{name_of(BEA)} is editing Channels")
        with shared.opened(BEA, "view", plan) as reader:
            reader.until(f"{name_of(BEA)} is editing Channels, 1 more here")
            ana.settle(40)
            assert "more here" not in ana.text
            reader.send("q")
            assert reader.wait() == 0
        bea.send("esc")
        ana.until(f"{name_of(BEA)} is in Channels")
        bea.send("q")
        assert bea.wait() == 0
        ana.until(lambda: name_of(BEA) not in ana.text)
        ana.send("q")
        assert ana.wait() == 0
    assert not (shared.plan / ".canvas-tui").exists()


def test_a_field_says_who_changed_its_entry_and_never_loses_a_letter(shared: Office) -> None:
    plan = str(shared.plan)
    with shared.opened(ANA, "open", plan) as ana, shared.opened(BEA, "open", plan) as bea:
        for session in (ana, bea):
            session.send("enter")
            session.until("enter save")
        bea.send(" by bea")
        bea.until("by bea")
        ana.until(f"{name_of(BEA)} is editing Problem")
        ana.send(" by ana")
        bea.send("enter")
        ana.until(f"{name_of(BEA)} changed this entry · enter asks")
        assert "by ana" in ana.text
        ana.send("enter")
        ana.until("Two versions")
        ana.send("b")
        ana.until("Both are kept")
        for session in (ana, bea):
            session.send("q")
            assert session.wait() == 0
    assert {f"{FIRST} by ana", f"{FIRST} by bea"} <= set(texts_in(shared.plan / "lean-canvas.toml"))


def git(plan: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=plan, check=True, capture_output=True)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A repository whose branch `bare` has no lean canvas, and whose branch `broken` has half of one."""
    plan = copy_of_sample(tmp_path / "plan")
    git(plan, "init", "-q", "-b", "main")
    git(plan, "add", ".")
    git(plan, "commit", "-qm", "all")
    git(plan, "checkout", "-qb", "bare")
    git(plan, "rm", "-q", "lean-canvas.toml")
    git(plan, "commit", "-qm", "no canvas")
    git(plan, "checkout", "-qb", "broken", "main")
    path = plan / "lean-canvas.toml"
    path.write_text(path.read_text(encoding="utf-8")[:700] + '"', encoding="utf-8")
    git(plan, "commit", "-qam", "half a file")
    git(plan, "checkout", "-q", "main")
    return plan


def test_a_branch_without_the_canvas_is_said_and_the_canvas_comes_back_with_its_branch(
    plan: Path, tmp_path: Path
) -> None:
    with opened("open", str(plan), state=tmp_path / "state", size=(100, 30)) as screen:
        git(plan, "checkout", "-q", "bare")
        screen.until("is gone: its file was deleted, renamed or switched")
        assert "Fieldnote for consultants" not in screen.text.splitlines()[0]
        git(plan, "checkout", "-q", "main")
        screen.until(lambda: "Fieldnote for consultants" in screen.text.splitlines()[0])
        screen.send("q")
        assert screen.wait() == 0


def test_what_is_typed_while_the_canvas_is_away_is_there_when_it_is_back(plan: Path, tmp_path: Path) -> None:
    with opened("open", str(plan), state=tmp_path / "state", size=(100, 30)) as screen:
        screen.send("a")
        screen.until("enter save")
        screen.send("Written ")
        screen.until("Written")
        git(plan, "checkout", "-q", "bare")
        screen.until("This canvas is gone from disk")
        screen.send("meanwhile", "enter")
        screen.until(lambda: "Fieldnote for consultants" not in screen.text.splitlines()[0])
        assert "your text is kept as a draft" in screen.text
        git(plan, "checkout", "-q", "main")
        screen.until(lambda: "Fieldnote for consultants" in screen.text.splitlines()[0])
        screen.send("a")
        screen.until(lambda: "Written" in screen.text and "meanwhile" in screen.text)
        screen.send("enter")
        screen.until("Added")
        screen.send("q")
        assert screen.wait() == 0
    assert "Written meanwhile" in texts_in(plan / "lean-canvas.toml")


def test_half_a_file_leaves_the_last_good_picture_and_says_so(plan: Path, tmp_path: Path) -> None:
    with opened("open", str(plan), state=tmp_path / "state", size=(100, 30)) as screen:
        git(plan, "checkout", "-q", "broken")
        screen.until("Shown as it last was")
        assert FIRST[:24] in screen.text
        assert "file unreadable, shown as it was" in screen.text
        git(plan, "checkout", "-q", "main")
        screen.until(lambda: "unreadable" not in screen.text)
        screen.send("q")
        assert screen.wait() == 0
