"""What to say if nothing was found: that nothing is missing, or that there is too little yet to judge.

The app and `check` both ask here. They praise only if nothing was found and nothing is left to begin.
"""

from __future__ import annotations

from typing import NamedTuple

from canvas_tui.core.placeholder import says_something
from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.beginnings import to_begin
from canvas_tui.rules.finding import Report


class Verdict(NamedTuple):
    """What to say of a report without findings, in a few words and in a sentence; `is_whole` if it is praise."""

    words: str
    sentence: str
    is_whole: bool = False


WHOLE = Verdict("nothing is missing", "Nothing is missing or wrong", is_whole=True)
_UNREAD = Verdict("not every file could be read", "Not every file could be read; nothing is missing in the others")
_BLANK = Verdict("nothing is written yet", "Nothing is written yet, so nothing is asked")
_DRAFTS = Verdict("only drafts yet", "Only drafts are written yet, and nothing is asked of them")
_VISION = Verdict("only a vision yet", "Only the vision is written yet, so nothing is asked")


def verdict(workspace: Workspace, report: Report) -> Verdict | None:
    """What to say of a workspace in which nothing was found; None if something was."""
    if report.findings:
        return None
    if not all(document.is_readable for document in workspace.documents):
        return _UNREAD
    if workspace.is_blank:
        return _BLANK
    if _is_begun(workspace):
        first = next(to_begin(workspace), None)  # praise for what is there would hide what is not
        if first is None:
            return WHOLE
        return Verdict(first.words, f"Nothing is wrong in what is written, and {first.sentence}")
    return _DRAFTS if any(each.is_draft for each in workspace.canvases) else _VISION


def _is_begun(workspace: Workspace) -> bool:
    """Whether something is written of which something could be asked: a goal, work, an entry of a canvas in use."""
    titles = [goal.title for goal in workspace.goals] + [each.title for each in workspace.initiatives]
    used = (each for each in workspace.canvases if not each.is_draft and not each.is_archived)
    return any(map(says_something, titles)) or any(
        entry.is_written for canvas in used for _, _, entry in canvas.entries()
    )
