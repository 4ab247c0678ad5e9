"""Errors as the status line says them: short enough that what to do is not cut off. Pure."""

from __future__ import annotations

from pathlib import PurePath

from canvas_tui.core.places import Ambiguous
from canvas_tui.core.text import clean

_GONE = " is gone"


def words_of(error: Exception) -> str:
    """What is wrong and what to do; a file by its own name, since the folder is the one that is open."""
    if isinstance(error, Ambiguous):  # two files are in it: the long part may be cut off
        return clean(f"{error.doubt.cure}: {error.doubt.why}")
    path, message, hint = (getattr(error, name, None) for name in ("path", "message", "hint"))
    if path and message and hint:
        return clean(f"{PurePath(path).name} {message} - {hint}")
    head, gone, rest = str(error).partition(_GONE)
    return clean(f"{PurePath(head).name if gone and head.startswith('/') else head}{gone}{rest}")


def sentence_of(error: Exception) -> str:
    """The same as a sentence of its own; the name of a file or folder that begins it stays as it is written."""
    text = words_of(error)
    first = text.partition(" ")[0]
    is_in_other_words = text != clean(str(error)) and not isinstance(error, Ambiguous)
    begins_with_name = is_in_other_words or "." in first or "/" in first
    return text if begins_with_name else text[:1].upper() + text[1:]
