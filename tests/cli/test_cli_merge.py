"""`canvas-tui merge` as people meet it: git runs it as a driver, and it settles files that are full of markers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tests.unit.git_repositories import commit
from tests.unit.git_repositories import git as git_there
from tests.unit.store_styles import STRATEGY, TABLES

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is what is tested")

ONE = ('text = "One [[problem]]', 'text = "Uno [[problem]]')
OTHER = ('text = "Consultants"', 'text = "Consultants and agencies"')
CONFLICT = ('vision = "Every habit survives."', 'vision = "Some habits survive."')

Git = Callable[..., Ran]


@pytest.fixture
def git(tmp_path: Path, environ: Mapping[str, str]) -> Git:
    """git in a repository, with a home of its own; whatever its exit code."""
    who = {f"GIT_{role}_{what}": "ana@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def run(*arguments: str, stdin: str = "") -> Ran:
        done = subprocess.run(
            ["git", *arguments], cwd=tmp_path / "repo", env={**environ, **who}, input=stdin.encode(),
            capture_output=True, check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with a hand-written canvas, before anything is installed."""
    folder = tmp_path / "repo"
    folder.mkdir()
    git_there(folder, "init", "-q")
    commit(folder, {"strategy.toml": STRATEGY, "lean-canvas.toml": TABLES, "tool.toml": "[tool]\na = 1\nb = 2\n"})
    return folder


def branches(repo: Path, git: Git, ours: tuple[str, str], theirs: tuple[str, str], file: str) -> None:
    """Two branches, `main` and `topic`, of which each makes one replacement in a file; `main` is checked out."""
    text = (repo / file).read_text()
    git("checkout", "-q", "-B", "topic")
    commit(repo, {file: text.replace(*theirs)}, "theirs")
    git("checkout", "-q", "-B", "main", "HEAD~")
    commit(repo, {file: text.replace(*ours)}, "ours")


def test_git_merges_rebases_and_picks_by_element_once_it_is_told_to(repo: Path, git: Git, run: Run) -> None:
    assert run("merge", "--check", cwd=repo).code == 1
    assert run("merge", "--install", cwd=repo).code == 0
    assert run("merge", "--check", cwd=repo).lines == ["git merges all 2 files by element here."]
    commit(repo, {}, "attributes")
    beside = ("[[problem]]\ntext = 'three'", "[[problem]]\ntext = \"four\"\n\n[[problem]]\ntext = 'three'")
    too = ("[[problem]]\ntext = 'three'", "[[problem]]\ntext = \"five\"\n\n[[problem]]\ntext = 'three'")
    branches(repo, git, beside, too, "lean-canvas.toml")
    both = TABLES.replace(beside[0], '[[problem]]\ntext = "four"\n\n[[problem]]\ntext = "five"\n\n' + too[0])
    for words in (("merge", "--no-edit", "topic"), ("cherry-pick", "topic")):
        assert git(*words).code == 0
        assert (repo / "lean-canvas.toml").read_text() == both
        git("reset", "-q", "--hard", "HEAD~")
    assert git("rebase", "topic").code == 0
    problems = tomllib.loads((repo / "lean-canvas.toml").read_text())["problem"]
    assert [each["text"] for each in problems[2:]] == ["five", "four", "three"]


def test_a_real_conflict_stays_valid_and_git_sees_it(repo: Path, git: Git, run: Run) -> None:
    run("merge", "--install", cwd=repo)
    commit(repo, {}, "attributes")
    branches(repo, git, CONFLICT, (CONFLICT[0], 'vision = "No habit survives."'), "strategy.toml")
    merged = git("merge", "topic")
    assert merged.code == 1
    assert "vision is" in merged.err
    assert git("status", "--porcelain").out.startswith("UU strategy.toml")
    kept = tomllib.loads((repo / "strategy.toml").read_text())["vision-conflict"]
    assert kept == [{"field": "vision", "other": "No habit survives."}]
    assert "conflict-open" in run("check", cwd=repo).out


def test_what_is_no_strategy_or_no_toml_is_merged_by_lines_and_told(repo: Path, git: Git, run: Run) -> None:
    run("merge", "--install", cwd=repo)
    commit(repo, {}, "attributes")
    branches(repo, git, ("a = 1", "a = 3"), ("a = 1", "a = 4"), "tool.toml")
    merged = git("merge", "topic")
    assert merged.code == 1
    assert "no part of a strategy" in merged.err
    assert "<<<<<<< ours\na = 3\n" in (repo / "tool.toml").read_text()
    git("merge", "--abort")
    branches(repo, git, ("[own-table]", "[own-table"), OTHER, "lean-canvas.toml")
    merged = git("merge", "topic")
    assert merged.code == 1, "a file that is broken must not look merged, though no line clashes"
    assert "the table header is not closed" in merged.err
    assert OTHER[1] in (repo / "lean-canvas.toml").read_text()


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_a_file_full_of_markers_is_merged_from_the_index(repo: Path, git: Git, run: Run, style: str) -> None:
    where = '# the first one\n[[problem]]\nid = "one"'
    beside = (where, f'[[problem]]\nid = "new"\ntext = "from main"\n\n{where}')
    branches(repo, git, beside, (where, f'[[problem]]\nid = "new"\ntext = "from topic"\n\n{where}'), "lean-canvas.toml")
    assert git("-c", f"merge.conflictStyle={style}", "merge", "topic").code == 1
    assert "<<<<<<<" in (repo / "lean-canvas.toml").read_text()
    resolved = run("merge", "--resolve", "lean-canvas.toml", cwd=repo)
    assert resolved.code == 0
    assert "'new-2'" in resolved.err
    problems = tomllib.loads((repo / "lean-canvas.toml").read_text())["problem"]
    assert [(each.get("id"), each["text"]) for each in problems[:2]] == [("new", "from main"), ("new-2", "from topic")]
    again = run("merge", "--resolve", "lean-canvas.toml", cwd=repo)
    assert (again.code, "no conflict markers" in again.err) == (0, True)


def test_what_was_settled_by_hand_between_markers_stays(repo: Path, git: Git, run: Run) -> None:
    branches(repo, git, CONFLICT, (CONFLICT[0], 'vision = "No habit survives."'), "strategy.toml")
    git("merge", "topic")
    path = repo / "strategy.toml"
    path.write_text(path.read_text().replace('reason = "On purpose"', 'reason = "By hand"'))
    assert run("merge", "--resolve", "strategy.toml", cwd=repo).code == 1
    found = tomllib.loads(path.read_text())
    assert found["waivers"][0]["reason"] == "By hand"
    assert (found["vision"], found["vision-conflict"][0]["other"]) == ("Some habits survive.", "No habit survives.")


def test_without_git_the_markers_alone_are_enough(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "lean-canvas.toml"
    file.write_text('model = "lean-canvas"\n<<<<<<< a\nteam = "x"\n||||||| b\n=======\nowner = "y"\n>>>>>>> c\n')
    assert run("merge", "--resolve", str(file)).code == 0
    assert tomllib.loads(file.read_text()) == {"model": "lean-canvas", "team": "x", "owner": "y"}
    file.write_text("<<<<<<< a\nteam = \n")
    before = file.read_bytes()
    assert (run("merge", "--resolve", str(file)).code, file.read_bytes()) == (2, before)
    file.write_text('model = "lean-canvas"\n=======\nteam = "y"\n>>>>>>> c\n')
    assert run("merge", "--resolve", str(file)).code == 2, "a conflict that lost its first line is not settled"


def test_the_driver_is_taken_away_without_a_trace(repo: Path, git: Git, run: Run) -> None:
    (repo / ".gitattributes").write_text("*.png binary\n")
    for _ in range(2):
        run("merge", "--install", cwd=repo)
    assert (repo / ".gitattributes").read_text() == "*.png binary\n*.toml merge=canvas-tui\n"
    assert run("merge", "--uninstall", cwd=repo).code == 0
    assert (repo / ".gitattributes").read_text() == "*.png binary\n"
    assert git("config", "--get-regexp", "merge").out == ""
    assert run("merge", "--uninstall", cwd=repo).lines == ["git was not told to merge by element here."]


def test_for_all_repositories_it_stands_in_the_persons_own_settings(
    repo: Path, git: Git, run: Run, environ: Mapping[str, str]
) -> None:
    assert run("merge", "--install", "--global", cwd=repo).code == 0
    assert (Path(environ["HOME"]) / ".config/git/attributes").read_text() == "*.toml merge=canvas-tui\n"
    assert not (repo / ".gitattributes").exists()
    assert run("merge", "--check", cwd=repo).code == 0
    run("merge", "--uninstall", "--global", cwd=repo)
    assert not (Path(environ["HOME"]) / ".config/git/attributes").exists()
    assert run("merge", "--check", cwd=repo).code == 1


def test_git_mergetool_with_the_settings_of_the_page(repo: Path, git: Git) -> None:
    page = (Path(__file__).parents[2] / "docs" / "merge.md").read_text()
    command = next(line.split("'")[1] for line in page.split("\n") if "mergetool.canvas-tui.cmd" in line)
    program = Path(sys.executable).with_name("canvas-tui")
    command = command.replace("canvas-tui", str(program), 1)
    git("config", "mergetool.canvas-tui.cmd", command)
    git("config", "mergetool.canvas-tui.trustExitCode", "true")
    branches(repo, git, CONFLICT, (CONFLICT[0], 'vision = "No habit survives."'), "strategy.toml")
    git("merge", "topic")
    assert git("mergetool", "--no-prompt", "--tool=canvas-tui").code == 0
    assert "vision-conflict" in tomllib.loads((repo / "strategy.toml").read_text())


def test_three_files_are_merged_where_o_says(tmp_path: Path, run: Run) -> None:
    for name, text in (("base", STRATEGY), ("ours", STRATEGY.replace(*CONFLICT)), ("theirs", STRATEGY + "# end\n")):
        (tmp_path / f"{name}.toml").write_text(text)
    done = run("merge", "base.toml", "ours.toml", "theirs.toml", "-o", "strategy.toml")
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "strategy.toml").read_text() == STRATEGY.replace(*CONFLICT) + "# end\n"
    assert (tmp_path / "ours.toml").read_text() == STRATEGY.replace(*CONFLICT)
    assert run("merge", "base.toml", "gone.toml", "theirs.toml").code == 129
    assert run("merge", "base.toml").code == 2


def test_a_driver_that_is_gone_or_broken_leaves_markers_and_never_ours_alone(repo: Path, git: Git, run: Run) -> None:
    run("merge", "--install", cwd=repo)
    commit(repo, {}, "attributes")
    branches(repo, git, CONFLICT, (CONFLICT[0], 'vision = "No habit survives."'), "strategy.toml")
    driver = git("config", "merge.canvas-tui.driver").out.rstrip("\n")
    _, _, rest = driver.partition(" merge %O ")
    for program in ("/nowhere/canvas-tui", f'{sys.executable} -c "import nothing_like_it"', 'sh -c "exit 2"'):
        git("config", "merge.canvas-tui.driver", f"{program} merge %O {rest}")
        assert git("merge", "topic").code == 1
        text = (repo / "strategy.toml").read_text()
        assert "<<<<<<< ours\n" in text
        assert "No habit survives." in text
        git("merge", "--abort")


def test_a_criss_cross_merge_of_two_choices_is_asked_again(repo: Path, git: Git, run: Run) -> None:
    run("merge", "--install", cwd=repo)
    commit(repo, {}, "attributes")
    choices = ('vision = "Some habits survive."', 'vision = "No habit survives."')
    branches(repo, git, CONFLICT, (CONFLICT[0], choices[1]), "strategy.toml")
    whole = (repo / "strategy.toml").read_text()
    tips = git("rev-parse", "main", "topic").out.split()
    for branch, other, choice in (("main", tips[1], choices[0]), ("topic", tips[0], choices[1])):
        git("checkout", "-q", branch)
        assert git("merge", other).code == 1
        commit(repo, {"strategy.toml": whole.replace(choices[0], choice)}, f"{branch} has chosen")
    git("checkout", "-q", "main")
    assert git("merge", "topic").code == 1
    found = tomllib.loads((repo / "strategy.toml").read_text())
    assert (found["vision"], found["vision-conflict"][0]["other"]) == ("Some habits survive.", "No habit survives.")


def test_a_result_without_a_name_and_a_file_that_cannot_be_read_whole_are_refused(tmp_path: Path, run: Run) -> None:
    files = [tmp_path / name for name in ("base.toml", "ours.toml", "theirs.toml")]
    for file in files:
        file.write_text('model = "lean-canvas"\n')
    assert run("merge", *map(str, files), "-o", "").code == 2
    os.truncate(files[2], 40 * 1024 * 1024)
    too_large = run("merge", *map(str, files))
    assert (too_large.code, "larger than" in too_large.err) == (129, True)
