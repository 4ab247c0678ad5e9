"""A git repository that would run something at every chance it gets: each chance writes its name into one file.

Used against every command of ours that reads revisions, and against git itself, which has to run some of them: a
canary that nothing can make sing proves nothing.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.unit.git_repositories import LEAN, STRATEGY, commit, git, repository

_HOOKS = """
    applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit prepare-commit-msg commit-msg post-commit
    pre-rebase post-checkout post-merge pre-push pre-receive update post-receive post-update reference-transaction
    push-to-checkout pre-auto-gc post-rewrite sendemail-validate fsmonitor-watchman post-index-change
    """.split()
# Settings that name a program, each with its own canary. `{}` is that program.
_SETTINGS = {
    "core.fsmonitor": "{}", "core.pager": "{}", "core.editor": "{}", "core.sshCommand": "{}", "core.askPass": "{}",
    "core.gitProxy": "{}", "core.alternateRefsCommand": "{}", "sequence.editor": "{}", "credential.helper": "!{}",
    "diff.external": "{}", "diff.canary.textconv": "{}", "diff.canary.command": "{}", "diff.tool": "canary",
    "difftool.canary.cmd": "{}", "interactive.diffFilter": "{}", "merge.canary.driver": "{} %A", "gpg.program": "{}",
    "gpg.ssh.program": "{}", "gpg.ssh.defaultKeyCommand": "{}", "filter.canary.clean": "{}",
    "filter.canary.smudge": "{}",
    "filter.canary.process": "{}", "filter.canary.required": "true", "log.showSignature": "true", "log.mailmap": "true",
    "trailer.canary.command": "{}", "uploadpack.packObjectsHook": "{}", "remote.origin.uploadpack": "{}",
    "remote.origin.vcs": "canary", "remote.origin.promisor": "true", "remote.origin.url": "ext::{}",
    "protocol.ext.allow": "always", "protocol.allow": "always", "extensions.partialClone": "origin",
    "pager.log": "{}", "pager.cat-file": "{}", "pager.rev-parse": "{}", "pager.show": "true", "help.browser": "canary",
    "alias.rev-parse": "!{}", "alias.cat-file": "!{}", "alias.merge-base": "!{}", "alias.config": "!{}",
    "browser.canary.cmd": "{}", "web.browser": "canary", "init.templateDir": "/nonexistent", "maintenance.auto": "true",
    "gc.auto": "1", "core.untrackedCache": "true", "feature.manyFiles": "true", "submodule.recurse": "true",
}  # fmt: skip


class Nest:
    """The repository, a bare one with the same settings, and the file that the canaries sing into."""

    def __init__(self, folder: Path) -> None:
        self._log, self._number = folder / "sung", 0
        self.root = repository(folder / "nest", {"strategy.toml": STRATEGY, "lean.toml": LEAN})
        commit(self.root, {".gitattributes": "*.toml filter=canary diff=canary merge=canary\n"})
        git(self.root, "tag", "old")
        self._sign()
        commit(self.root, {"lean.toml": LEAN.replace("third", "half")})
        git(self.root, "branch", "side")
        git(folder, "clone", "-q", "--bare", "nest", "nest.git")
        self.bare = folder / "nest.git"
        self.lost = git(self.root, "rev-parse", "HEAD~1:lean.toml")
        for git_folder in (self.root / ".git", self.bare):
            self._set(git_folder)
        (self.root / "lean.toml").write_text(LEAN.replace("A third", "Most"))

    @property
    def sung(self) -> set[str]:
        """Which canaries have sung so far."""
        return set(self._log.read_text().split()) if self._log.exists() else set()

    @property
    def canaries(self) -> int:
        """How many there are."""
        return self._number

    def lose_an_object(self) -> None:
        """Take away a file of an old revision: git fetches it, where it may, from whatever the remote names."""
        for git_folder in (self.root / ".git", self.bare):
            path = git_folder / "objects" / self.lost[:2] / self.lost[2:]
            path.unlink(missing_ok=True)

    def by_git(self, *arguments: str) -> None:
        """Let git itself do something there, as a person without our care would. What comes of it does not matter."""
        environ = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_PAGER_IN_USE": "1"}
        subprocess.run(
            ["git", *arguments], cwd=self.root, env=environ, capture_output=True, timeout=30, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def _canary(self, name: str) -> str:
        self._number += 1
        path = self._log.parent / f"canary{self._number}"
        path.write_text(f"#!/bin/sh\necho '{name}' >> '{self._log}'\nexit 1\n")
        path.chmod(0o755)
        return str(path)

    def _set(self, git_folder: Path) -> None:
        for name in _HOOKS:
            hook = git_folder / "hooks" / name
            hook.parent.mkdir(exist_ok=True)
            hook.unlink(missing_ok=True)
            hook.symlink_to(self._canary(f"hook:{name}"))
        hooks = self._log.parent / "more-hooks"
        hooks.mkdir(exist_ok=True)
        for name in _HOOKS:
            (hooks / name).unlink(missing_ok=True)
            (hooks / name).symlink_to(self._canary(f"hook:{name}"))
        settings = {"core.hooksPath": str(hooks), **_SETTINGS}
        sections = [f"[core]\n\trepositoryFormatVersion = 1\n\tbare = {str(git_folder.suffix == '.git').lower()}\n"]
        for name, value in settings.items():
            section, _, key = name.rpartition(".")
            top, dot, sub = section.partition(".")
            head = f'{top} "{sub}"' if dot else top
            sections.append(f'[{head}]\n\t{key} = "{value.replace("{}", self._canary(name))}"\n')
        (git_folder / "config").write_text("".join(sections))

    def _sign(self) -> None:
        """A commit with a signature, which git would have checked by a program of the repository's choice."""
        raw = git(self.root, "cat-file", "commit", "HEAD")
        signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n"
        head, _, rest = raw.partition("\n\n")
        signed = f"{head}\n{signature}\n{rest}\n"
        identity = git(self.root, "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed.encode())
        git(self.root, "reset", "-q", "--soft", identity)
