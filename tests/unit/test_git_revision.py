"""A workspace at a revision is the one that stood on disk: the same documents, problems and files left out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.git import tree
from canvas_tui.git.process import GitError
from canvas_tui.git.revision import workspace_at, workspace_if_any
from canvas_tui.storage.read.folder import ReadError
from canvas_tui.storage.read.limits import MAX_BYTES
from canvas_tui.storage.read.workspace import read_workspace
from tests.unit.git_repositories import LEAN, STRATEGY, commit, git, repository, write

SAMPLES = Path(__file__).parents[2] / "samples"
GOAL = '[[goals]]\nid = "{0}"\ntitle = "Goal {0}"\n'


def agree(root: Path, revision: str = "HEAD") -> Workspace:
    """The workspace at the revision, which must be what is on disk."""
    disk, then = read_workspace(root).workspace, workspace_at(root, revision).workspace
    for one, other in zip(disk.documents, then.documents, strict=True):
        assert one == other
        assert (one.problems, one.is_ours, one.unread) == (other.problems, other.is_ours, other.unread)
    assert disk.templates.keys() == then.templates.keys()
    for name in ("name", "is_folder", "folder_name", "problems", "unread_folders", "copies", "left_out"):
        assert getattr(disk, name) == getattr(then, name)
    return then


def odd_names(root: Path) -> None:
    write(root, {"a b/ü é.toml": GOAL.format("g1"), "-x.toml": GOAL.format("g2"), "deep/1/2/3/4.toml": LEAN})
    (root / os.fsdecode(b"latin-\xe9.toml")).write_text(GOAL.format("g3"))
    for depth in range(20):
        path = root.joinpath(*"d" * depth, "x.toml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOAL.format(f"d{depth}"))


def links(root: Path) -> None:
    write(root, {"real/goals.toml": GOAL.format("g1"), ".hidden/kept.toml": GOAL.format("g2"), "plain.txt": "x = 1\n"})
    targets = {
        "same.toml": "real/goals.toml", "kept.toml": ".hidden/kept.toml", "text.toml": "./real/../plain.txt",
        "nowhere.toml": "gone.toml", "out.toml": "../../../etc/hostname", "absolute.toml": "/etc/hostname",
        "circle.toml": "circle.toml", "folder.toml": "real", "folder": "real", "chain.toml": "kept.toml",
        "long.toml": "a/" * 2000 + "b",
    }  # fmt: skip
    for name, target in targets.items():
        (root / name).symlink_to(target)


def passed_over(root: Path) -> None:
    write(root, {
        "strategy.toml": 'ignore = ["mine/"]\n' + STRATEGY, "mine/x.toml": LEAN, ".gitignore": "*.draft.toml\n/out\n",
        "a.draft.toml": LEAN, "out/x.toml": LEAN, "sub/.gitignore": "!a.draft.toml\n", "sub/a.draft.toml": LEAN,
        "sub/b.draft.toml": GOAL.format("b"), "sub/out/x.toml": GOAL.format("o"), "node_modules/x.toml": "a = 1\n",
        "package.json": "{}", "dist/x.toml": "a = 1\n", "env2/pyvenv.cfg": "", "env2/x.toml": "a = 1\n",
        "nested/strategy.toml": STRATEGY, "nested/x.toml": LEAN, ".h/x.toml": LEAN, "pyproject.toml": "[project]\n",
    })  # fmt: skip


def models_and_copies(root: Path) -> None:
    swot = (Path(tree.__file__).parents[1] / "models" / "swot.toml").read_text(encoding="utf-8")
    mine = swot.replace('id = "swot"', 'id = "mine"', 1)
    write(root, {
        "models/mine.toml": mine, "models/mine (1).toml": mine, "models/bad.toml": "id = [",
        "x.toml": 'model = "mine"\n',
        "lean (1).toml": LEAN, "lean.sync-conflict-20260301-120000-ABCDEFG.toml": LEAN,
    })  # fmt: skip


def unreadable(root: Path) -> None:
    write(root, {"bad.toml": 'a = "', "empty.toml": "", "deep.toml": "a = " + "[" * 400, "crlf.toml": LEAN})
    (root / "crlf.toml").write_bytes(LEAN.replace("\n", "\r\n").encode())
    (root / "latin.toml").write_bytes(LEAN.encode() + b"# \xe9\n")
    (root / "big.toml").write_bytes(b"#" * (MAX_BYTES + 1))


@pytest.mark.parametrize("make", [odd_names, links, passed_over, models_and_copies, unreadable])
@pytest.mark.parametrize("inside", ["", "plans/strategy"])
def test_a_revision_is_read_as_the_folder_was(tmp_path: Path, make: Callable[[Path], None], inside: str) -> None:
    top = repository(tmp_path / "r", {".gitignore": "old-*.toml\n", "strategy.toml": STRATEGY})
    root = top / inside
    write(root, {"strategy.toml": STRATEGY, "lean.toml": LEAN, "old-lean.toml": LEAN})
    make(root)
    git(top, "add", "-A", "-f", ".")
    git(top, "commit", "-q", "-m", "all")
    assert agree(root).documents


@pytest.mark.parametrize("sample", ["fieldnote", "broken"])
def test_samples_are_the_same_at_a_revision(tmp_path: Path, sample: str) -> None:
    root = tmp_path / sample
    shutil.copytree(SAMPLES / sample, root, ignore=shutil.ignore_patterns(".canvas-tui"))
    repository(root, {})
    agree(root)


def test_one_file_is_a_workspace_too(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"strategy.toml": STRATEGY, "sub/lean.toml": LEAN})
    path = root / "sub" / "lean.toml"
    assert not agree(path).is_folder
    path.unlink()
    assert workspace_at(path, "HEAD").workspace.canvases[0].title == "Bakeries"
    assert workspace_at(root, "HEAD:sub/lean.toml").workspace.canvases[0].title == "Bakeries"
    assert workspace_at(root / "strategy.toml", "HEAD").workspace.is_folder


def test_the_nearest_workspace_is_looked_for_in_the_revision(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"old/strategy.toml": STRATEGY, "old/sub/lean.toml": LEAN, "x.txt": ""})
    commit(root, {"old/strategy.toml": None, "old/sub/lean.toml": None, "new/strategy.toml": STRATEGY})
    assert len(workspace_at(root / "old" / "sub" / "deeper", "HEAD~1").workspace.documents) == 2
    assert len(workspace_at(root, "HEAD~1:old").workspace.documents) == 2
    assert workspace_if_any(root / "old", "HEAD") is None
    assert workspace_if_any(root / "new", "HEAD~1") is None
    with pytest.raises(
        GitError, match=r"there is no workspace at or above .*/r in HEAD - if it was .*, as HEAD:FOLDER"
    ):
        workspace_at(root, "HEAD")


def test_bare_repositories_have_workspaces(tmp_path: Path) -> None:
    repository(tmp_path / "r", {"strategy.toml": STRATEGY, "plans/strategy.toml": LEAN})
    git(tmp_path, "clone", "-q", "--bare", "r", "acme.git")
    assert workspace_at(tmp_path / "acme.git", "main").workspace.name == "Acme"
    assert workspace_at(tmp_path / "acme.git", "main:plans").workspace.folder_name == "plans"


def test_a_submodule_is_another_repository(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    git(root, "submodule", "add", "-q", str(root), "sub")
    git(root, "commit", "-q", "-m", "sub")
    assert [each.path for each in workspace_at(root, "HEAD").workspace.documents] == ["strategy.toml", "lean.toml"]


def test_folders_that_name_each_other_again_and_again_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_MAX_FOLDERS", 200)
    root = repository(tmp_path / "r")
    identity = git(root, "rev-parse", "HEAD^{tree}")
    for _ in range(9):
        lines = "".join(f"040000 tree {identity}\t{name}\n" for name in "abcdefgh")
        identity = git(root, "mktree", stdin=lines.encode())
    header = git(root, "rev-parse", "HEAD:strategy.toml")
    lines = f"040000 tree {identity}\tbomb\n100644 blob {header}\tstrategy.toml\n"
    bomb = git(root, "mktree", stdin=lines.encode())
    with pytest.raises(ReadError, match="holds more than 200 folders"):
        workspace_at(root, bomb)
