"""Finds the repository of a folder, and the object that a name for a revision means."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from canvas_tui.git.process import GitError, Refused, run_git

_DAMAGE = re.compile("corrupt|bad object|unable to|inflate|missing|malformed|promisor")
_OWNER = re.compile(r"dubious ownership in repository at '(.*?)'")


@dataclass(frozen=True)
class Repository:
    """A repository as seen from one of its folders.

    `folder` is where git is run. `inside` is where that is within the repository, "" or with a slash at its end;
    in a bare repository it is "".
    """

    folder: Path
    inside: str

    @classmethod
    def around(cls, path: Path) -> Repository:
        """The repository that holds this path, which need not exist any more. Raises GitError where there is none."""
        folder, gone = path.absolute(), []
        while not folder.is_dir() and folder != folder.parent:
            gone.append(folder.name)
            folder = folder.parent
        try:
            said = run_git(folder, ["rev-parse", "--is-inside-git-dir", "--show-prefix"])
        except Refused as error:
            raise _no_repository(path, folder, error) from None
        prefix = os.fsdecode(said.partition(b"\n")[2].removesuffix(b"\n"))
        below = "".join(f"{name}/" for name in gone[:0:-1])  # the last one gone may have been a file
        return cls(folder, prefix + below)

    def resolve(self, revision: str) -> str:
        """The id of what a revision means: `HEAD`, `main~2`, `v1.0`, `HEAD:folder`. Raises GitError."""
        if not revision or revision.startswith("-") or not revision.isprintable():
            raise self._unknown(revision)
        try:
            found = self._parsed(revision)
            return self._parsed(f"{found}^{{}}")  # of a tag: what it stands on
        except Refused as error:
            raise self._unknown(revision, error) from None

    def _parsed(self, name: str) -> str:
        return run_git(self.folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", name]).decode().strip()

    def merge_base(self, one: str, other: str) -> str:
        """The id of the commit that both revisions come from. Raises GitError where there is none."""
        ids = [self.resolve(one), self.resolve(other)]
        try:
            return run_git(self.folder, ["merge-base", *ids]).decode().strip().split("\n")[0]
        except Refused as error:
            if error.said:
                raise
            what = f"'{one}' and '{other}' have no commit in common"
            raise GitError(f"{what} - {self._if_shallow('compare them with A..B')}") from None

    def _unknown(self, revision: str, error: Refused | None = None) -> GitError:
        if error is not None and "ambiguous" in error.said:
            return GitError(f"'{revision}' may mean more than one commit here - write more of its id")
        if error is not None and _DAMAGE.search(error.said):
            return error
        if revision == "HEAD" or revision.startswith("HEAD:"):
            try:
                run_git(self.folder, ["rev-parse", "--verify", "--quiet", "HEAD"])
            except Refused:
                return GitError("this repository has no commit yet - commit the workspace first")
        hint = self._if_shallow("`git log --oneline` lists the commits, `git branch` the branches")
        return GitError(f"there is no revision '{revision}' in this repository - {hint}")

    def _if_shallow(self, otherwise: str) -> str:
        is_shallow = run_git(self.folder, ["rev-parse", "--is-shallow-repository"]).strip() == b"true"
        return "this clone is shallow: `git fetch --unshallow` brings the rest" if is_shallow else otherwise


def _no_repository(path: Path, folder: Path, error: Refused) -> GitError:
    if match := _OWNER.search(error.said):
        what = f"the repository at {match[1]} belongs to somebody else, so git does not read it"
        return GitError(f"{what} - if you trust it, `git config --global --add safe.directory {match[1]}`")
    if "not a git repository" not in error.said:
        return error
    if any((each / ".jj").is_dir() for each in (folder, *folder.parents)):
        return GitError(f"{path} is in a jj repository without .git - `jj git colocation enable` adds it")
    return GitError(f"{path} is in no git repository, so it has no revisions - `git init` starts one")
