"""Merges three versions of one stretch of text, statement by statement; the key tells which belong together.

A segment is a statement with what stands above it, a header with its comments, or what follows the last statement.
Line ends are LF here. Only the text is looked at: whether the result says what it should is for others to find out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from canvas_tui.core.ordering import merge_order
from canvas_tui.storage.read.blocks import Path, scan
from canvas_tui.storage.read.values import comments_in, statements

_NAMES = (("id",), ("title",), ("name",))  # what a table in a list below an element is known by


class Segment(NamedTuple):
    """Some whole lines, and what they are known by: ("head" | "key" | "tail", table, statement)."""

    key: tuple[str, Hashable, Path]
    text: str


def segments(text: str) -> Iterator[Segment]:
    """The segments of a root, a table, or an element with the tables below it; together they are the text."""
    heads = scan(text).heads
    seen: Counter[Path] = Counter()
    at = 0
    for index in range(-1, len(heads)):
        table: Hashable = ()
        end = heads[index + 1].start if index + 1 < len(heads) else len(text)
        if index >= 0:
            head = heads[index]
            path = head.path[1:] if heads[0].is_array and len(heads[0].path) == 1 else head.path
            own = statements(text, head.end, end)
            name = next((text[each.value_start : each.value_end] for each in own if each.key in _NAMES), "")
            name = name if head.is_array and path else ""
            seen[(*path, name)] += 1
            table = (path, name, seen[(*path, name)])
            yield Segment(("head", table, ()), text[at : head.end])
            at = head.end
        for each in own if index >= 0 else statements(text, at, end):
            yield Segment(("key", table, each.key), text[at : each.end])
            at = each.end
        if index + 1 == len(heads) and at < end:
            yield Segment(("tail", table, ()), text[at:end])


def merge_segments(base: str, ours: str, theirs: str, settled: Mapping[str, str | None] = {}) -> str:
    """The text of three: what one side changed counts; where both did, ours, with the comments they added.

    `settled` says what becomes of some keys of the root, whatever the three say.
    """
    before, mine, yours = ({each.key: each.text for each in segments(text)} for text in (base, ours, theirs))
    chosen: dict[tuple[str, Hashable, Path], str] = {}
    for key in {**mine, **yours}:
        if key[:2] == ("key", ()) and len(key[2]) == 1 and key[2][0] in settled:
            text = settled[key[2][0]]
        else:
            text = _choose(key[0], before.get(key), mine.get(key), yours.get(key))
        if text is not None:
            chosen[key] = text
    for key in [key for key in chosen if key[0] == "head" and key in before and not (key in mine and key in yours)]:
        if not any(each[:2] == ("key", key[1]) for each in chosen):
            del chosen[key]  # a table that one side took out, and the other said nothing more in
    order = merge_order(list(before), list(mine), list(yours), chosen)
    texts = [chosen[key] for key in order]
    return "".join(text if text.endswith("\n") else text + "\n" for text in texts[:-1]) + "".join(texts[-1:])


def _choose(what: str, base: str | None, ours: str | None, theirs: str | None) -> str | None:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if what == "head" and ours is not None and theirs is not None:
        return _merge_heads(base or "", ours, theirs)
    if what == "tail":
        return merge_lines(base or "", ours or "", theirs or "")
    if ours is None or theirs is None:
        return theirs if ours is None else ours  # taken out and changed: whether it stays is said by the values
    return with_comments(ours, missing_comments(base or "", ours, theirs, ours))


def _merge_heads(base: str, ours: str, theirs: str) -> str:
    """Comments above a header are lines of their own; of the header itself there is one."""
    leads, lines = zip(*(_parted(text) for text in (base, ours, theirs)), strict=True)
    line = lines[2] if lines[1] == lines[0] else lines[1]
    text = merge_lines(*leads) + line
    return with_comments(text, missing_comments(base, ours, theirs, text))


def _parted(text: str) -> tuple[str, str]:
    """What stands above the last line, and the last line."""
    at = text.removesuffix("\n").rfind("\n") + 1
    return text[:at], text[at:]


def merge_lines(base: str, ours: str, theirs: str) -> str:
    """Lines of comments and blank lines: what either side added is there, what either took out is not."""
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    before, mine, yours = (_numbered(text.split("\n")[:-1] if text.endswith("\n") else text.split("\n"))
                           for text in (base, ours, theirs))  # fmt: skip
    known, one, other = set(before), set(mine), set(yours)
    stays = (one & other) | (one - known) | (other - known)
    return "".join(line + "\n" for line, _ in merge_order(before, mine, yours, stays))


def _numbered(lines: Sequence[str]) -> list[tuple[str, int]]:
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        seen[line] += 1
        found.append((line, seen[line]))
    return found


def missing_comments(base: str, ours: str, theirs: str, merged: str) -> list[str]:
    """The comments that no side took out and that are not in the text made of the three."""
    if "#" not in ours and "#" not in theirs:
        return []
    before, mine, yours = (Counter(comments_in(text)) for text in (base, ours, theirs))
    there = Counter(comments_in(merged))
    found: list[str] = []
    for comment in dict.fromkeys((*mine, *yours)):
        counts = (mine[comment], yours[comment])
        was = before[comment]
        due = max(counts) if min(counts) >= was else min(counts) if max(counts) <= was else sum(counts) - was
        found += [comment] * (due - there[comment])
    return found


def with_comments(text: str, comments: Sequence[str]) -> str:
    """The text with comments on lines of their own above it."""
    return "".join(comment + "\n" for comment in comments) + text
