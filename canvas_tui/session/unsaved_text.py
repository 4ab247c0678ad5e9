"""Edits that are not in the files, in the words of the status line. Pure: counts, titles and the name of a key in.

`key` is what the person presses to see them, or to try again.
"""

from __future__ import annotations

from collections.abc import Sequence

from canvas_tui.core.text import clean, clip, counted


def unsaved_text(count: int, reason: str, key: str, *, is_safe: bool) -> str:
    """ "2 edits not saved yet: the disk is full · R retries"; "" where none waits."""
    if not count:
        return ""
    how = "not saved yet" if is_safe else "not saved, in memory only"
    return f"{counted(count, 'edit')} {how}: {clean(reason)} · {key} retries"


def saved_text(titles: Sequence[str], still: str) -> str:
    """ "Saved now: Added “Fairs”", "Saved now 2 edits", and what waits still."""
    what = f": {clean(titles[0])}" if len(titles) == 1 else f" {counted(len(titles), 'edit')}"
    return f"Saved now{what}{f' · {still}' if still else ''}"


def lost_text(titles: Sequence[str], key: str) -> str:
    """Edits that were shown as saved are gone again: "Written over: Added “Fairs” (+1) · R brings them back"."""
    more = f" (+{len(titles) - 1})" if len(titles) > 1 else ""
    return f"Written over: {clip(clean(titles[0]), 36)}{more} · {key} brings {'them' if more else 'it'} back"


def left_text(count: int, key: str) -> str:
    """What an earlier session could not save: "1 edit from before is kept, not saved · R shows it"."""
    are, them = ("is", "it") if count == 1 else ("are", "them")
    return f"{counted(count, 'edit')} from before {are} kept, not saved · {key} shows {them}"


def ended_text(count: int, *, is_safe: bool) -> str:
    """For the shell, when the screen is gone: "1 edit is not saved, it is kept - ..."."""
    what, they = ("1 edit is", "it is") if count == 1 else (f"{count} edits are", "they are")
    after = f"{they} kept - open the workspace again to save" if is_safe else f"{they} lost"
    return f"{what} not saved, {after}"
