"""Errors as the status line says them: short enough that what to do is not cut off. Pure."""

from __future__ import annotations

from pathlib import PurePath

from canvas_tui.core.text import clean

_GONE = " is gone"


def words_of(error: Exception) -> str:
    """What is wrong and what to do; a file by its own name, since the folder is the one that is open."""
    path, message, hint = (getattr(error, name, None) for name in ("path", "message", "hint"))
    if path and message and hint:
        return clean(f"{PurePath(path).name} {message} - {hint}")
    head, gone, rest = str(error).partition(_GONE)
    return clean(f"{PurePath(head).name if gone and head.startswith('/') else head}{gone}{rest}")


def sentence_of(error: Exception) -> str:
    """The same as a sentence of its own; the name of a file or folder that begins it stays as it is written."""
    text = words_of(error)
    first = text.partition(" ")[0]
    begins_with_name = text != clean(str(error)) or "." in first or "/" in first
    return text if begins_with_name else text[:1].upper() + text[1:]
