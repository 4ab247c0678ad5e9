"""`--at` and `--base`: a revision read without touching the working tree, and only what a change brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, files_of
from tests.unit.git_repositories import LEAN, STRATEGY, commit, git, repository

DANGLING = LEAN.replace("sell-out", "sold-out")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Two commits: a link that is sound, then one that dangles; on disk it is sound again."""
    root = repository(tmp_path / "r")
    commit(root, {"lean.toml": DANGLING})
    (root / "lean.toml").write_text(LEAN)
    return root


def rules(findings: list[dict[str, str]]) -> list[str]:
    return [each["rule"] for each in findings]


def test_check_and_show_read_a_revision(run: Run, repo: Path) -> None:
    before = files_of(repo)
    assert "dangling-link" not in run("check", cwd=repo).out
    then = run("check", "--at", "HEAD", "--json", cwd=repo)
    assert then.code == 1
    assert "dangling-link" in rules(then.data("check")["findings"])
    assert "dangling-link" not in run("check", str(repo), "--at", "HEAD~1").out
    assert "sold-out" in run("show", "leftovers", "--at", "HEAD", cwd=repo).out
    assert "sold-out" not in run("show", "leftovers", "-w", str(repo), "--at", "HEAD~1").out
    assert files_of(repo) == before


def test_a_bare_repository_is_checked_as_on_a_server(run: Run, repo: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", "r", "acme.git")
    ran = run("check", "--at", "main", "--base", "main~1", cwd=tmp_path / "acme.git")
    assert ran.code == 1
    assert "dangling-link" in ran.out


def test_only_what_is_new_fails(run: Run, repo: Path) -> None:
    assert "1 gone" in run("check", "--base", "HEAD", cwd=repo).out
    (repo / "lean.toml").write_text(DANGLING)
    old = run("check", "--base", "HEAD", cwd=repo)
    assert (old.code, old.lines[-1].split(",")[0]) == (0, "0 new since HEAD")
    new = run("check", "--base", "HEAD~1", "--json", cwd=repo)
    told = new.data("check")
    assert new.code == 1
    assert rules(told["findings"]) == ["dangling-link"]
    assert (told["base"], rules(told["gone"])) == ("HEAD~1", ["goal-without-initiative"])  # it may be what was meant
    assert "dangling-link" not in rules(told["still"])


def test_a_base_with_dots_is_where_the_branch_began(run: Run, repo: Path) -> None:
    (repo / "lean.toml").write_text(DANGLING)
    git(repo, "branch", "other", "HEAD")
    git(repo, "checkout", "-q", "-f", "-b", "mine", "HEAD~1")
    (repo / "lean.toml").write_text(DANGLING)
    assert run("check", "--base", "other", cwd=repo).code == 0
    assert run("check", "--base", "other...", cwd=repo).code == 1


def test_a_workspace_that_was_not_there_is_new_as_a_whole(run: Run, repo: Path) -> None:
    commit(repo, {"plans/strategy.toml": STRATEGY, "plans/lean.toml": DANGLING.replace("leftovers", "waste")})
    ran = run("check", "plans", "--base", "HEAD~1", cwd=repo)
    assert ran.code == 1
    assert ran.err.startswith("there is no workspace here in HEAD~1, so everything is new - ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--at", "nope"),
        ("check", "--base", "nope..."),
        ("show", "--at=--help"),
        ("check", "/", "--at", "HEAD"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(run: Run, repo: Path, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, cwd=repo)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert " - " in ran.err


PLAN = """\
[[initiatives]]
id = "reminders"
title = "Reminders"
status = "planned"
start = 2027-01-01
end = 2027-02-28

[[initiatives]]
id = "stop-chasing"
title = "Stop chasing"
status = "planned"
start = 2027-04-01
end = 2027-05-31
depends-on = ["reminders"]
"""


def test_two_branches_that_are_fine_alone_are_told_where_they_are_not_together(run: Run, tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"strategy.toml": STRATEGY, "plan.toml": PLAN})
    git(root, "checkout", "-q", "-b", "early")
    commit(root, {"plan.toml": PLAN.replace("2027-04-01", "2027-03-05")})
    git(root, "checkout", "-q", "main")
    (root / "plan.toml").write_text(PLAN.replace("2027-02-28", "2027-03-31"))
    before, day = files_of(root), ("--today", "2026-11-21")
    for side in ((), ("--at", "early")):
        assert "work-before-ready" not in run("check", *side, *day, cwd=root).out
    ran = run("check", "--merge", "early", "--json", *day, cwd=root)
    told = ran.data("check")
    assert (ran.code, len(told["findings"])) == (1, 1)
    assert rules(told["findings"]) == ["work-before-ready"]
    assert told["findings"][0]["elements"][0]["id"] == "stop-chasing"
    assert run("check", "--merge", "main", *day, cwd=root).code == 0
    git(root, "commit", "-aqm", "late")
    assert run("check", "--at", "main", "--merge", "early", *day, cwd=root).lines[-1] == (
        "Merged with early: 1 finding that neither side has"
    )
    git(root, "reset", "-q", "--soft", "HEAD~1")
    assert {name: data for name, data in files_of(root).items() if not name.startswith(".git/")} == {
        name: data for name, data in before.items() if not name.startswith(".git/")
    }


def test_a_merge_with_what_is_no_toml_is_one_sentence(run: Run, repo: Path) -> None:
    git(repo, "checkout", "-q", "-f", "-b", "bad")
    commit(repo, {"lean.toml": "<<<<<<< x\n"})
    git(repo, "checkout", "-q", "main")
    (repo / "lean.toml").write_text(LEAN)
    ran = run("check", "--merge", "bad", cwd=repo)
    assert ran.code == 2
    assert ran.err.startswith("canvas-tui: lean.toml cannot be merged with bad: ")
