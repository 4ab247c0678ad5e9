"""The versions of a file that git keeps in its index while a merge is open, and the merge that git would make."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from canvas_tui.git.objects import Objects, opened
from canvas_tui.git.process import GitError, answer_of
from canvas_tui.git.repository import Repository
from canvas_tui.storage.read.limits import MAX_BYTES

_ERROR = 128  # git merge-file says how many conflicts there are, up to 127


class Stages(NamedTuple):
    """The versions of a file in an open merge; a side that has none is None, an absent base is b""."""

    base: bytes
    ours: bytes | None
    theirs: bytes | None


def stages_of(path: Path) -> Stages | None:
    """What the index holds of a file that git could not merge; None where it is not so, or git has no say here."""
    try:
        repository = Repository.around(path.parent)
        with opened(repository.folder) as objects:
            base, ours, theirs = (_stage(objects, number, repository.inside + path.name) for number in (1, 2, 3))
    except GitError:
        return None
    return None if base is None and ours is None and theirs is None else Stages(base or b"", ours, theirs)


def _stage(objects: Objects, number: int, name: str) -> bytes | None:
    found = objects.find(f":{number}:{name}")
    return objects.read(found, MAX_BYTES) if found is not None and found.kind == "blob" else None


def merged_by_lines(files: tuple[Path, Path, Path], options: tuple[str, ...] = ()) -> tuple[bytes, bool]:
    """The files ours, base and theirs merged line by line, as git does it, and whether that went without conflict.

    Raises GitError where git cannot.
    """
    ours, base, theirs = (str(path.absolute()) for path in files)
    command = ["merge-file", "-p", *options, "-L", "ours", "-L", "base", "-L", "theirs", ours, base, theirs]
    code, text = answer_of(files[0].absolute().parent, command)
    if code >= _ERROR:
        raise GitError("git cannot merge these files line by line - look at whether they are text")
    return text, code == 0
