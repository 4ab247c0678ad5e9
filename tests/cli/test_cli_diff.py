"""`diff` as a process: what it compares, in which form, and the same bytes wherever it runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run, files_of
from tests.hostile import PAYLOADS, foreign_sequences, toml_string
from tests.unit.git_repositories import LEAN, STRATEGY, commit, git, repository

CHANGED = LEAN.replace("A third of the bread", "Half of the bread").replace("sell-out", "sold-out")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """One commit, a second on a branch, and on disk a comment more than the first."""
    root = repository(tmp_path / "r")
    git(root, "checkout", "-q", "-b", "side")
    commit(root, {"lean.toml": CHANGED})
    git(root, "checkout", "-q", "main")
    (root / "lean.toml").write_text("# a note\n" + LEAN)
    return root


def test_without_words_the_last_commit_is_compared_with_the_disk(run: Run, repo: Path) -> None:
    before = files_of(repo)
    ran = run("diff", "--exit-code", cwd=repo)
    assert ran.code == 1
    assert ran.lines[:5] == [
        "From HEAD to the working tree", "", "Files", "  ~ lean.toml: only comments and layout changed", "",
    ]  # fmt: skip
    assert ran.lines[5].startswith("Findings: 0 new, 0 gone, ")
    git(repo, "checkout", "-q", "lean.toml")
    assert run("diff", "--exit-code", cwd=repo).lines[0] == "Nothing changed from HEAD to the working tree."
    git(repo, "checkout", "-q", "side")
    assert [line for line in run("diff", "HEAD", "-w", str(repo)).lines if "changed" in line]
    assert {name for name in files_of(repo) if not name.startswith(".git/")} == {
        name for name in before if not name.startswith(".git/")
    }


def test_two_revisions_in_words_as_data_and_as_numbers(run: Run, repo: Path) -> None:
    ran = run("diff", "main..side", cwd=repo)
    assert ran.code == 0
    assert ran.lines[2:6] == [
        "Bakeries (lean.toml)",
        "  ~ Problem “Half of the bread is thrown away”",
        "      now reads: [-A third-]{+Half+} of the bread is thrown away",
        "      is no longer linked with “Nothing is left at noon”",
    ]
    assert "[dangling-link]" in ran.out
    data = run("diff", "main", "side", "--json", cwd=repo).data("diff")
    assert [each["id"] for each in data["changes"]] == ["leftovers"]
    assert [each["rule"] for each in data["findings"]["new"]] == ["dangling-link"]
    assert run("diff", "main", "side", "--stat", cwd=repo).lines[0] == "Bakeries (lean.toml): 1 changed"
    assert run("diff", "side..", "--stat", cwd=repo).lines[0] == "Bakeries (lean.toml): 1 changed"
    assert run("diff", "side...", "--stat", cwd=repo).lines[0] == "Files: 1 changed"
    page = run("diff", "main...side", "--markdown", cwd=repo).out
    assert "- **changed** Problem *Half of the bread is thrown away*\n  - now reads: ~~A third~~**Half** of" in page


def test_folders_and_files_need_no_git(run: Run, tmp_path: Path, fieldnote: Path) -> None:
    other = Path(shutil.copytree(fieldnote, tmp_path / "other"))
    (other / "swot.toml").unlink()
    ran = run("diff", "fieldnote", "other")
    assert (ran.code, ran.lines[0]) == (0, "From fieldnote to other")
    assert any(line.startswith("  - Canvas ") for line in ran.lines)
    (tmp_path / "a.toml").write_text(LEAN)
    (tmp_path / "b.toml").write_text(CHANGED)
    assert run("diff", "a.toml", "b.toml", "--stat").lines[0] == "Bakeries (b.toml): 1 changed"


def test_a_word_that_could_be_both_is_asked_back(run: Run, repo: Path) -> None:
    (repo / "side").mkdir()
    ran = run("diff", "side", cwd=repo)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "canvas-tui: 'side' is a revision and a folder - write ./side for the folder, or -w ./side\n"
    )  # fmt: skip


def test_bytes_are_the_same_wherever_it_runs(run: Run, repo: Path) -> None:
    places: list[dict[str, str]] = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "2", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr", "GIT_DIR": "/nonexistent", "COLUMNS": "40"},
    ]
    day = ("--today", "2026-11-21")
    for command in (("diff", "main", "side"), ("check", "--base", "side")):
        answers = {run(*command, *day, cwd=repo, env=env).stdout for env in places}
        assert len(answers) == 1


def test_no_text_of_a_revision_reaches_the_terminal_or_the_page(run: Run, tmp_path: Path) -> None:
    texts = [text for text in PAYLOADS if text.isprintable() or text.encode("utf-8", "ignore").decode() == text]
    entries = "".join(f"[[problem]]\ntext = {toml_string(text)}\n" for text in texts)
    page = "@ana #1 [x](http://e) <img src=x> ![i](j) www.e.com"
    entries += f"[[problem]]\ntext = {toml_string(page)}\n"
    root = repository(tmp_path / "r", {"strategy.toml": STRATEGY})
    (root / "lean.toml").write_text('model = "lean-canvas"\nid = "lean"\n')
    commit(root, {})
    (root / "lean.toml").write_text(f'model = "lean-canvas"\nid = "lean"\n{entries}', encoding="utf-8")
    for form in ((), ("--markdown",), ("--json",)):
        ran = run("diff", *form, cwd=root)
        assert ran.code == 0
        assert not foreign_sequences(ran.stdout)
    shown = run("diff", "--markdown", cwd=root).out
    assert "<img" not in shown
    assert not {"@ana", "[x](http:", "www.e.com"} & set(shown.split())
    assert "@&#8203;ana" in shown


def test_git_itself_compares_outlines(run: Run, repo: Path) -> None:
    ran = run("diff", "--textconv", "lean.toml", cwd=repo)
    assert ran.lines == [
        "", "canvas Bakeries", "  model: lean-canvas", "", "  cell Problem",
        "    - A third of the bread is thrown away", "      id: leftovers", "      links: sell-out",
    ]  # fmt: skip
    (repo / "Cargo.toml").write_text("[package]\nname = 'x'\n")
    assert run("diff", "--textconv", "Cargo.toml", cwd=repo).out == "[package]\nname = 'x'\n"
