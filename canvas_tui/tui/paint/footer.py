"""The two lines at the foot of every screen: keys that do something here, and what was done and saved.

Pure: text in, Lines out. Which actions those are is the screen's business.
"""

from __future__ import annotations

from collections.abc import Iterable

from canvas_tui.core.text import clip, width
from canvas_tui.tui.input.actions import Action
from canvas_tui.tui.input.keymap import FirstKey, shown_key
from canvas_tui.tui.paint.style import Line, Span

_GAP = 2
_NEXT, _HINT = " \u00b7 ", " - "  # what stands before the key that takes a thing back, and before what to do


def keys_line(actions: Iterable[Action], room: int, *, ascii_only: bool = False) -> Line:
    """The most useful keys that fit into `room` cells, by rank; quit and help always have their place."""
    ranked = sorted((each for each in actions if each.rank and each.keys), key=lambda each: -each.rank)
    items = [(shown_key(each.keys[0], ascii_only=ascii_only), each.label, each.id) for each in ranked]
    kept: list[tuple[str, str]] = []
    anchor = next((item for item in items if item[2] == "help"), None)
    left = room - 1 - (_cost(anchor) if anchor else 0)
    for item in items:
        if item is not anchor and _cost(item) <= left:
            kept.append(item[:2])
            left -= _cost(item)
    if anchor:
        kept.append(anchor[:2])
    spans: list[Span] = [(" ", "")]
    for key, label in kept:
        spans += [(key, "key"), (f" {label}{' ' * _GAP}", "dim")]
    return tuple(spans)


def sequence_line(first: FirstKey, room: int, *, ascii_only: bool = False) -> Line:
    """What may follow the first key of a sequence."""
    spans: list[Span] = [(f" {first.title}: ", "bar")]
    used = width(spans[0][0])
    more = " ..." if ascii_only else " …"
    for number, (key, action) in enumerate(first.may_follow, 1):
        item = (shown_key(key, ascii_only=ascii_only), action.label or action.title.lower(), "")
        is_last = number == len(first.may_follow)
        if used + _cost(item) - _GAP + (0 if is_last else width(more)) > room:
            spans[-1] = (spans[-1][0].rstrip(), spans[-1][1])
            spans.append((more, "dim"))  # the rest is in the list of all keys
            break
        spans += [(item[0], "key"), (f" {item[1]}{' ' * _GAP}", "dim")]
        used += _cost(item)
    return tuple(spans)


def typing_line(keys: Iterable[tuple[str, str]], room: int) -> Line:
    """The keys that count in an editor."""
    spans: list[Span] = [(" ", "")]
    used = 1
    for key, words in keys:
        if used + _cost((key, words, "")) <= room:
            spans += [(key, "key"), (f" {words}{' ' * _GAP}", "dim")]
            used += _cost((key, words, ""))
    return tuple(spans)


def status_line(message: str, style: str, right: str, room: int, *, shorter: Iterable[str] = ()) -> Line:
    """What was said last, at the left; how the work is kept, at the right.

    Where there is no room for both, the right shows the first of `shorter` that leaves the message whole, or the last.
    """
    fitting = (right, *shorter)
    right = next((each for each in fitting if _taken(message) + _taken(each) <= room), fitting[-1])
    right = clip(right, room - 2 if not message else max(0, room // 2))
    left = _with_tail(message, max(0, room - 2 - _taken(right)))
    gap = max(0, room - 2 - width(left) - width(right))
    return ((f" {left}", style), (" " * gap, ""), (f"{right} ", "dim"))


def _taken(text: str) -> int:
    """The cells of one end of the line, with a blank at its edge and one before what is beside it."""
    return width(text) + 2 if text else 0


def _with_tail(message: str, room: int) -> str:
    """The message cut to `room` cells; what to do now, behind the last " · " or " - ", is kept."""
    said, dot, tail = message.rpartition(max(_NEXT, _HINT, key=message.rfind))
    if width(message) <= room or not dot or width(tail) > room // 2:
        return clip(message, room)
    return clip(said, room - width(dot) - width(tail)).replace("……", "…") + dot + tail


def _cost(item: tuple[str, str, str]) -> int:
    return width(item[0]) + 1 + width(item[1]) + _GAP
