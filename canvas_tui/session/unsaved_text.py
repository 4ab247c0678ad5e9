"""Words for the status line about edits that are not in the files. Pure.

`key` is the key that the person presses to see the edits, or to try again.
"""

from __future__ import annotations

from collections.abc import Sequence

from canvas_tui.core.text import clean, clip, counted


def unsaved_text(count: int, reason: str, key: str, *, is_safe: bool) -> str:
    """About queued edits: "2 edits not saved yet: the disk is full · R retries"; "" if there are none."""
    if not count:
        return ""
    how = "not saved yet" if is_safe else "not saved, in memory only"
    return f"{counted(count, 'edit')} {how}: {clean(reason)} · {key} retries"


def saved_text(titles: Sequence[str], still: str) -> str:
    """About edits that a retry saved: "Saved now: Added “Fairs”". `still` is the text about those still queued."""
    what = f": {clean(titles[0])}" if len(titles) == 1 else f" {counted(len(titles), 'edit')}"
    return f"Saved now{what}{f' · {still}' if still else ''}"


def lost_text(titles: Sequence[str], key: str) -> str:
    """About saved edits that were lost: "Written over: Added “Fairs” (+1) · R brings them back"."""
    more = f" (+{len(titles) - 1})" if len(titles) > 1 else ""
    return f"Written over: {clip(clean(titles[0]), 36)}{more} · {key} brings {'them' if more else 'it'} back"


def left_text(count: int, key: str) -> str:
    """About edits of an earlier session: "1 edit from before is kept, not saved · R shows it"."""
    are, them = ("is", "it") if count == 1 else ("are", "them")
    return f"{counted(count, 'edit')} from before {are} kept, not saved · {key} shows {them}"


def ended_text(count: int, *, is_safe: bool) -> str:
    """What is printed after the screen is closed: "1 edit is not saved, it is kept - ..."."""
    what, they = ("1 edit is", "it is") if count == 1 else (f"{count} edits are", "they are")
    after = f"{they} kept - open the workspace again to save" if is_safe else f"{they} lost"
    return f"{what} not saved, {after}"
