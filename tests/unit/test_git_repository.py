"""What git is asked: where a folder lies, what a revision means, what an object holds; what is said when it fails."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest

from canvas_tui.git import process
from canvas_tui.git.objects import Objects, TooLarge, opened
from canvas_tui.git.process import Conversation, GitError, git_program, run_git
from canvas_tui.git.repository import Repository
from tests.unit.git_repositories import STRATEGY, commit, git, repository


def text_at(repo: Repository, revision: str) -> bytes:
    with opened(repo.folder) as objects:
        return objects.read(objects.get(repo.resolve(revision)), 1000)


def said(repo: Repository, revision: str) -> str:
    with pytest.raises(GitError) as raised:
        repo.resolve(revision)
    return str(raised.value)


def test_a_folder_knows_where_it_lies(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"a b/ü/strategy.toml": STRATEGY})
    assert Repository.around(root).inside == ""
    assert Repository.around(root / "a b" / "ü").inside == "a b/ü/"
    assert Repository.around(root / "a b" / "ü" / "strategy.toml").inside == "a b/ü/"
    assert Repository.around(root / "a b" / "gone" / "x" / "y.toml").inside == "a b/gone/x/"


def test_bare_repositories_worktrees_and_submodules_are_read(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    git(tmp_path, "clone", "-q", "--bare", "r", "bare.git")
    git(root, "worktree", "add", "-q", str(tmp_path / "tree"), "-b", "side")
    git(root, "submodule", "add", "-q", str(root), "sub")
    (tmp_path / "tree" / ".jj").mkdir()  # jj beside git
    for folder in (tmp_path / "bare.git", tmp_path / "tree", root / "sub", root / ".git"):
        repo = Repository.around(folder)
        assert (repo.inside, text_at(repo, "HEAD:strategy.toml")) == ("", STRATEGY.encode())


def test_revisions_are_what_git_says_they_are(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    first = git(root, "rev-parse", "HEAD")
    git(root, "tag", "-a", "v1", "-m", "one")
    second = commit(root, {"x.toml": "a = 1\n"})
    repo = Repository.around(root)
    for revision in ("HEAD~1", "v1", first[:10], ":/first", "v1^{commit}"):
        assert repo.resolve(revision) == first
    assert repo.resolve("main") == second
    assert repo.resolve("v1:") == git(root, "rev-parse", "v1^{tree}")


@pytest.mark.parametrize("revision", ["nope", "", "--help", "-", "HEAD:nope", "HEAD~7", "a\nb", "\x1b[31m", "HEAD^{/x"])
def test_an_unknown_revision_is_one_sentence(tmp_path: Path, revision: str) -> None:
    words = said(Repository.around(repository(tmp_path / "r")), revision)
    assert words.startswith(f"there is no revision '{revision}' in this repository - `git log")


def test_a_repository_without_a_commit_says_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert said(Repository.around(tmp_path), "HEAD").startswith("this repository has no commit yet - ")


def test_what_two_branches_come_from(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    first = git(root, "rev-parse", "HEAD")
    git(root, "branch", "side")
    commit(root, {"x.toml": "a = 1\n"})
    git(root, "checkout", "-q", "side")
    commit(root, {"y.toml": "a = 1\n"})
    repo = Repository.around(root)
    assert repo.merge_base("main", "side") == first
    git(root, "checkout", "-q", "--orphan", "other")
    commit(root, {})
    with pytest.raises(GitError, match="'main' and 'other' have no commit in common - "):
        repo.merge_base("main", "other")


def test_a_shallow_clone_says_what_it_lacks(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    commit(root, {"x.toml": "a = 1\n"})
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    repo = Repository.around(tmp_path / "shallow")
    assert text_at(repo, "HEAD:x.toml") == b"a = 1\n"
    assert said(repo, "HEAD~1").endswith(" - this clone is shallow: `git fetch --unshallow` brings the rest")


def test_a_partial_clone_fetches_nothing_and_says_so(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", "--no-checkout", f"file://{root}", "part")
    repo = Repository.around(tmp_path / "part")
    with opened(repo.folder) as objects:
        blob = next(each for each in objects.folder(repo.resolve("HEAD:")) if each.name == b"lean.toml")
        with pytest.raises(GitError, match=r"this clone is partial .* nothing is fetched from here - "):
            objects.get(blob.id)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_another_owner_is_left_to_git(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    for path in (root, root / ".git"):
        os.chown(path, 4242, 4242)
    with pytest.raises(GitError, match="belongs to somebody else, so git does not read it - if you trust it, `git con"):
        Repository.around(root)


def test_no_repository_is_told_and_jj_without_git_too(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="is in no git repository, so it has no revisions - "):
        Repository.around(tmp_path)
    (tmp_path / ".jj").mkdir()
    with pytest.raises(GitError, match=r"is in a jj repository without \.git - "):
        Repository.around(tmp_path)


def test_damage_is_one_sentence(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    for name in ("strategy.toml", ""):
        at = git(root, "rev-parse", f"HEAD:{name}")
        path = root / ".git" / "objects" / at[:2] / at[2:]
        path.chmod(0o644)
        path.write_bytes(b"broken")
        repo = Repository.around(root)
        with pytest.raises(GitError, match=r"^(the repository is damaged|git cannot read).* - `git fsck` [^\n]*$"):
            text_at(repo, f"HEAD:{name}")


@pytest.mark.parametrize("name", [b"a/b", b"..", b".", b""])
def test_a_name_that_no_folder_has_is_damage(tmp_path: Path, name: bytes) -> None:
    root = repository(tmp_path / "r")
    blob = bytes.fromhex(git(root, "rev-parse", "HEAD:lean.toml"))
    raw = b"100644 " + name + b"\0" + blob
    tree = git(root, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw)
    with opened(root) as objects, pytest.raises(GitError, match="the repository is damaged"):
        objects.folder(tree)


def test_nothing_large_is_unpacked(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"big.toml": "#" * 5000})
    with opened(root) as objects, pytest.raises(TooLarge):
        objects.read(objects.get(Repository.around(root).resolve("HEAD:big.toml")), 4999)


def test_an_object_that_lies_about_its_size_keeps_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "TIMEOUT", 0.3)  # git 2.39 works on such a one for ever
    root = repository(tmp_path / "r")
    identity = git(root, "hash-object", "-w", "--stdin", stdin=b"x" * 100)
    path = root / ".git" / "objects" / identity[:2] / identity[2:]
    path.chmod(0o644)
    path.write_bytes(zlib.compress(b"blob 100\0" + b"x" * 3))
    with opened(root) as objects, pytest.raises(GitError):
        objects.read(objects.get(identity), 1000)


def test_sha256_repositories_are_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    commit(tmp_path, {"strategy.toml": STRATEGY})
    repo = Repository.around(tmp_path)
    with opened(repo.folder) as objects:
        assert [each.name for each in objects.folder(repo.resolve("HEAD:"))] == [b"strategy.toml"]


def test_the_index_gives_the_versions_of_a_conflict(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"a.toml": "a = 1\n"})
    blobs = [git(root, "hash-object", "-w", "--stdin", stdin=b"a = %d\n" % number) for number in (1, 2, 3)]
    lines = "".join(f"100644 {blob} {stage}\ta b.toml\n" for stage, blob in enumerate(blobs, 1))
    git(root, "update-index", "--index-info", stdin=lines.encode())
    with opened(root) as objects:
        found = [objects.find(f":{stage}:a b.toml") for stage in (1, 2, 3)]
        assert [objects.read(each, 100) for each in found if each] == [b"a = 1\n", b"a = 2\n", b"a = 3\n"]
        assert objects.find(":0:a b.toml") is objects.find("a\nHEAD") is None


def test_git_that_is_not_there_or_slow_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(process, "TIMEOUT", 0.2)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(GitError, match="git did not answer within"):
        run_git(tmp_path, ["rev-parse"])
    conversation = Conversation(tmp_path, ["cat-file"])
    with pytest.raises(GitError, match="git did not answer within"):
        conversation.ask(b"HEAD")
    conversation.close()
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(GitError, match="there is no git on this machine - "):
        Objects(tmp_path)


def test_git_is_never_looked_for_in_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".::{'/usr/bin'}")
    assert git_program() == "/usr/bin/git"
