"""Words for errors on the status line: short, so that the advice is not cut off. Pure."""

from __future__ import annotations

from pathlib import PurePath

from canvas_tui.core.places import Ambiguous
from canvas_tui.core.text import clean

# Why an edit is queued, by the kind of error, short enough for a status line.
_REASONS = {
    "read-only": "you may not write there",
    "full": "the disk is full",
    "gone": "the file is gone",
    "busy": "another program holds it",
    "refused": "that is no regular file",
    "io": "the disk gave an error",
    "changed": "somebody changed it too",
}
LOCKED, CHANGED = _REASONS["busy"], _REASONS["changed"]
_GONE = " is gone"


def reason_of(problem: Exception) -> str:
    """Why a save did not happen, in a few words."""
    return _REASONS.get(getattr(problem, "kind", "")) or str(problem).partition(" - ")[0]


def words_of(error: Exception) -> str:
    """What is wrong and what to do. A file is called by its name without the folder, since that folder is open."""
    if isinstance(error, Ambiguous):  # it names two files: put the short part first, since the end may be cut off
        return clean(f"{error.doubt.cure}: {error.doubt.why}")
    path, message, hint = (getattr(error, name, None) for name in ("path", "message", "hint"))
    if path and message and hint:
        return clean(f"{PurePath(path).name} {message} - {hint}")
    head, gone, rest = str(error).partition(_GONE)
    return clean(f"{PurePath(head).name if gone and head.startswith('/') else head}{gone}{rest}")


def sentence_of(error: Exception) -> str:
    """As `words_of`, but as a sentence with a capital letter, unless it begins with the name of a file or folder."""
    text = words_of(error)
    first = text.partition(" ")[0]
    is_in_other_words = text != clean(str(error)) and not isinstance(error, Ambiguous)
    begins_with_name = is_in_other_words or "." in first or "/" in first
    return text if begins_with_name else text[:1].upper() + text[1:]
