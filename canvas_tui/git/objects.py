"""The objects of a repository, read one by one: files as they were, and the folders that name them.

Two git processes serve all reads: one gives kind and size, so that a large object is not read by accident, the other
gives the bytes. Nothing is checked out and no file is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from canvas_tui.git.process import Conversation, GitError, Refused, run_git

_MAX_FOLDER = 8 * 1024 * 1024  # bytes of one tree: some 200 000 names


class Object(NamedTuple):
    """Something in a repository: `id` in hexadecimal, `kind` (blob, tree, commit, tag), `size` in bytes."""

    id: str
    kind: str
    size: int


class Named(NamedTuple):
    """One name in a folder of a revision."""

    name: bytes
    kind: Literal["file", "folder", "link", "repository"]  # the last: of a submodule
    id: str


class TooLarge(GitError):
    """An object is larger than whoever asked wants to read."""


class Objects:
    """Reads objects. Made by `opened`, which closes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kinds = Conversation(folder, ["cat-file", "--batch-check"])
        self._bytes: Conversation | None = None

    def find(self, name: str) -> Object | None:
        """The object of this name: an id, or `:2:path` of the index. None where there is none.

        Raises GitError for a name that git could take for two lines, and where the repository is damaged.
        """
        if "\n" in name or "\0" in name:
            return None
        answer = self._kinds.ask(name.encode("utf-8", "surrogateescape"))
        if answer is None:
            raise self._is_lost(name)
        words = answer.rsplit(b" ", 2)
        if len(words) != 3 or not words[2].isdigit():  # "... missing", "... ambiguous"
            return None
        return Object(words[0].decode("ascii"), words[1].decode("ascii"), int(words[2]))

    def get(self, identity: str) -> Object:
        """The object of this id. Raises GitError where it is not here."""
        found = self.find(identity)
        if found is None:
            raise self._is_lost(identity)
        return found

    def read(self, wanted: Object, limit: int) -> bytes:
        """All bytes of an object. Raises TooLarge above the limit, GitError where it cannot be read."""
        if wanted.size > limit:
            raise TooLarge(f"{wanted.id} has {wanted.size} bytes, which is too much - make it smaller")
        if self._bytes is None:
            self._bytes = Conversation(self._folder, ["cat-file", "--batch"])
        head = self._bytes.ask(wanted.id.encode("ascii"))
        if head is None or head.split() != [wanted.id.encode(), wanted.kind.encode(), b"%d" % wanted.size]:
            raise self._is_lost(wanted.id)
        data = self._bytes.rest(wanted.size + 1)
        if data is None:
            raise self._is_lost(wanted.id)
        return data[:-1]

    def folder(self, identity: str) -> list[Named]:
        """What a tree holds, in its own order. Raises GitError where it is none, or is damaged."""
        tree = self.get(identity)
        if tree.kind != "tree":
            raise _is_damaged(identity)
        return list(_names(self.read(tree, _MAX_FOLDER), len(identity) // 2, identity))

    def close(self) -> None:
        """End both processes."""
        self._kinds.close()
        if self._bytes is not None:
            self._bytes.close()

    def _is_lost(self, name: str) -> GitError:
        """Why an object that is named somewhere cannot be had."""
        try:
            is_partial = bool(run_git(self._folder, ["config", "--get-regexp", r"^remote\..*\.promisor$"]))
        except Refused:
            is_partial = False
        if is_partial:
            what = "this clone is partial and lacks what the revision holds; nothing is fetched from here"
            return GitError(f"{what} - `git checkout` the revision once, or clone without --filter")
        return _is_damaged(name)


@contextmanager
def opened(folder: Path) -> Iterator[Objects]:
    """The objects of the repository at this folder. Raises GitError where git cannot be run."""
    objects = Objects(folder)
    try:
        yield objects
    finally:
        objects.close()


_KINDS: dict[bytes, Literal["file", "folder", "link", "repository"]] = {
    b"100644": "file", b"100755": "file", b"100664": "file", b"120000": "link", b"40000": "folder",
    b"040000": "folder", b"160000": "repository",
}  # fmt: skip


def _names(data: bytes, length: int, identity: str) -> Iterator[Named]:
    """`MODE NAME NUL ID` again and again. A name that no folder can have is damage, or meant to mislead."""
    at = 0
    while at < len(data):
        space, end = data.find(b" ", at), data.find(b"\0", at)
        name, kind = data[space + 1 : end], _KINDS.get(data[at:space])
        if not at < space < end or kind is None or b"/" in name or name in (b"", b".", b".."):
            raise _is_damaged(identity)
        at = end + 1 + length
        if at > len(data):
            raise _is_damaged(identity)
        yield Named(name, kind, data[end + 1 : at].hex())


def _is_damaged(name: str) -> GitError:
    return GitError(f"the repository is damaged ({name[:100]} cannot be read) - `git fsck` tells more")
