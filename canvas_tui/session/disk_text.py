"""Words for the status line about files that changed on disk. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Workspace
from canvas_tui.session.last_good import has_content, has_shrunk


class Trouble(NamedTuple):
    """What is wrong with one file."""

    path: str
    sentence: str


def troubles(workspace: Workspace, changed: Collection[str]) -> Iterator[Trouble]:
    """A Trouble for each changed file that cannot be read now, or lost most of what it held, in order of path."""
    for path in sorted(changed):
        document = workspace.document(path)
        if document is not None and not document.is_readable:
            told = clean(str(next(iter(document.problems), path)))
            yield Trouble(path, f"Shown as it last was · {told}" if has_content(document) else told)
        elif document is not None and has_shrunk(document):
            yield Trouble(path, clean(str(document.problems[0])))


def changed_text(changed: Collection[str]) -> str:
    """A sentence that these files changed, for files with which nothing is wrong."""
    return f"{clip(', '.join(sorted(clean(path) for path in changed)), 40)} changed on disk; shown as it is now"
