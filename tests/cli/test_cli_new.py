"""`new`: a small, valid workspace, and never a file of somebody overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run, files_of


@pytest.mark.parametrize("template", ["lean", "full", "empty"])
def test_a_new_workspace_has_no_errors_and_can_be_edited(run: Run, tmp_path: Path, template: str) -> None:
    ran = run("new", "acme", "--template", template, "--name", 'Acme "Ltd"')
    assert (ran.code, ran.out, ran.err) == (0, "acme\n", "")
    assert run("show", "-w", "acme", "--json").data("show")["name"] == 'Acme "Ltd"'
    found = run("check", "acme", "--select", "invalid-value,dangling-link,unknown-cell,duplicate-id", "--json")
    assert found.data("check")["findings"] == []
    assert all(b"#" in text for text in files_of(tmp_path / "acme").values())
    assert run("add", "goal", "Be paid", "-w", "acme").out == "be-paid\n"
    assert run("show", "be-paid", "-w", "acme").code == 0


def test_one_file_can_be_a_workspace(run: Run, tmp_path: Path) -> None:
    assert run("new", "acme.toml").out == "acme.toml\n"
    assert run("add", "goal", "Be paid", "-w", "acme.toml").out == "be-paid\n"
    assert [path.name for path in tmp_path.glob("*.toml")] == ["acme.toml"]


def test_nothing_is_ever_written_over(run: Run, fieldnote: Path) -> None:
    before = files_of(fieldnote)
    ran = run("new", str(fieldnote), "--template", "full")
    assert ran.code == 2
    assert not ran.stdout
    assert " - " in ran.err
    assert files_of(fieldnote) == before


def test_a_folder_with_one_of_the_files_gets_none_of_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "goals.toml").write_text("# mine\n")
    before = files_of(tmp_path)
    assert run("new", ".").code == 2
    assert files_of(tmp_path) == before


def test_a_path_below_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    ran = run("new", "taken/acme")
    assert ran.code in (2, 3)
    assert ran.err.count("\n") == 1
    assert " - " in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_refused_with_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    assert run("new", "locked/acme").code == 3


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder nobody can write to")
def test_a_folder_that_takes_no_files_is_refused_with_3(run: Run) -> None:
    ran = run("new", "/proc/acme")
    assert ran.code == 3
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("template", ["lean", "full", "empty"])
def test_an_untouched_plan_has_no_finding_and_does_not_read_as_whole(run: Run, template: str) -> None:
    run("new", "acme", "--template", template)
    ran = run("check", "acme")
    assert ran.code == 0
    assert ran.out.startswith("Nothing is written yet")
    covered = run("check", "acme", "--json").data("check")["coverage"]
    assert {count["filled"] for count in covered.values()} == {0}
    assert "0 entries, 0 goals, 0 initiatives" in run("show", "-w", "acme").out


def test_a_goal_whose_title_alone_was_written_has_no_day_that_nobody_chose(run: Run) -> None:
    run("new", "acme")
    run("set", "first-goal", "title=Ten customers pay", "-w", "acme")
    ran = run("check", "acme")
    assert "“Ten customers pay” has no metric, no target and no due date" in ran.out


def test_a_new_plan_asks_for_nothing_while_its_canvas_is_a_draft(run: Run) -> None:
    run("new", "acme")
    run("set", "main-problem", "text=Clients pay late", "-w", "acme")
    ran = run("check", "acme")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Only drafts are written yet, and nothing is asked of them")
    run("set", "lean", "status=active", "-w", "acme")
    rules = {each["rule"] for each in run("check", "acme", "--json").data("check")["findings"]}
    assert rules == {"no-goals"}


@pytest.mark.parametrize("command", ["why", "how"])
def test_a_vision_that_is_still_to_be_written_is_asked_about_in_peace(run: Run, command: str) -> None:
    run("new", "acme")
    ran = run(command, "vision", "-w", "acme")
    assert ran.code == 0
    assert "no vision is written yet" in ran.out
    assert run(command, "vision", "-w", "acme", "--json").code == 0
