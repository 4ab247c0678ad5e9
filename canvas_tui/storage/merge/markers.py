"""A file with conflict markers in it, taken apart into the versions it was made of. Text only.

Understands what git writes (`merge`, `diff3` and `zdiff3`) and what jj writes (diffs and snapshots). Markers may be
longer than seven signs, where a file has such lines of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPENING = re.compile(r"^(<{7,})(?: [^\n]*)?\r?$", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LABELLED = r"(?: [^\n]*)?\r?\n?"


class Versions(NamedTuple):
    """The texts before and on both sides. `has_base` is False where the markers do not say what was there before."""

    base: str
    ours: str
    theirs: str
    has_base: bool


class NotTwoSides(ValueError):
    """A conflict that has no two sides, or does not end. The message is a sentence."""


def has_markers(text: str) -> bool:
    """Whether a line in a text opens a conflict."""
    return _OPENING.search(text) is not None


def take_apart(text: str) -> Versions:
    """The versions that a file with markers was made of. Raises NotTwoSides where it cannot be told."""
    base: list[str] = []
    ours: list[str] = []
    theirs: list[str] = []
    has_base = True
    lines = iter(enumerate(_LINE.findall(text), 1))
    for number, line in lines:
        opening = re.match(r"(<{7,})" + _LABELLED + r"\Z", line)
        if opening is None:
            for each in (base, ours, theirs):
                each.append(line)
            continue
        before, one, other = _conflict(list(_inside(lines, len(opening[1]), number)), len(opening[1]), number)
        has_base = has_base and before is not None
        base += before or ()
        ours += one
        theirs += other
    return Versions("".join(base), "".join(ours), "".join(theirs), has_base)


def _inside(lines: Iterator[tuple[int, str]], length: int, number: int) -> Iterator[str]:
    """The lines of a conflict up to its end."""
    for _, line in lines:
        if re.match(rf">{{{length}}}" + _LABELLED + r"\Z", line):
            return
        yield line
    raise NotTwoSides(f"the conflict that begins in line {number} does not end - put the >>>>>>> line back")


_Sides = tuple[list[str] | None, list[str], list[str]]


def _conflict(lines: list[str], length: int, number: int) -> _Sides:
    """Base (None: not told), ours and theirs of one conflict."""
    mark = re.compile(rf"([%+|=\\-])\1{{{length - 1}}}" + _LABELLED + r"\Z")
    marks = [(match[1], index) for index, line in enumerate(lines) if (match := mark.match(line))]
    if marks and marks[0][0] in "%+-" and marks[0][1] == 0:
        return _jj(lines, marks, number)
    signs = [sign for sign, _ in marks if sign in "|="]
    if signs not in (["="], ["|", "="]):
        raise NotTwoSides(f"the conflict in line {number} has no two sides - merge it by hand, or from the start")
    at = {sign: index for sign, index in marks if sign in "|="}
    end = at["="]
    before = lines[at["|"] + 1 : end] if "|" in at else None
    return before, lines[: at.get("|", end)], lines[end + 1 :]


def _jj(lines: list[str], marks: list[tuple[str, int]], number: int) -> _Sides:
    """jj tells a conflict as diffs and snapshots: `%` what one side did to the base, `+` a side, `-` the base."""
    parts = [(sign, at) for sign, at in marks if sign in "%+-"]
    sides: list[list[str]] = []
    base: list[str] | None = None
    for place, (sign, at) in enumerate(parts):
        end = parts[place + 1][1] if place + 1 < len(parts) else len(lines)
        own = [line for line in lines[at + 1 : end] if not line.startswith("\\" * 7)]
        if sign == "%":
            base = [line[1:] for line in own if line[:1] in " -"]
            sides.append([line[1:] for line in own if line[:1] in " +"])
        elif sign == "+":
            sides.append(own)
        else:
            base = own
    if len(sides) != 2 or base is None:
        raise NotTwoSides(f"the conflict in line {number} has more than two sides - let jj settle all but one")
    return base, sides[0], sides[1]


def without_labels(text: str) -> str:
    """The text with nothing behind its markers: what is written there says only who made them."""
    return re.sub(r"^((?:<{7,}|>{7,}|\|{7,}|={7,})) [^\n]*$", r"\1", text, flags=re.MULTILINE)
