"""Puts whole lines into a text and takes them out, with blank lines around them as is usual in the file."""

from __future__ import annotations

import re

_LEADING_BLANKS = re.compile(r"(?>[ \t]*+\r?\n)++")
_TRAILING_BLANKS = re.compile(r"(?:(?<=\n)|\A)(?:[ \t]*\r?\n)+\Z")


def put_lines(text: str, at: int, lines: str, newline: str) -> str:
    """The text with whole lines at an offset where a line begins (or where the text ends without a newline)."""
    before, after = text[:at], text[at:]
    lines = lines.removesuffix("\n").removesuffix("\r") + newline
    if before and not before.endswith("\n"):
        before += newline
        if not after:
            lines = lines.removesuffix(newline)
    return before + lines + after


def put_block(text: str, at: int, block: str, newline: str, blank_lines: int) -> str:
    """The text with a block of lines at an offset, and `blank_lines` blank lines before and behind it."""
    before, after = text[:at], text[at:]
    gap = newline * blank_lines
    lead = gap if before.strip() else ""
    if not lead and _ends_in_comment(before):
        lead = newline  # without it the comment above would belong to the new table
    if before.strip() and _TRAILING_BLANKS.search(before):
        lead = ""
    follows = bool(after.strip())
    tail = gap if follows and not _LEADING_BLANKS.match(after) else ""
    return put_lines(text, at, lead + block.removesuffix("\n").removesuffix("\r") + newline + tail, newline)


def _ends_in_comment(text: str) -> bool:
    last = text.removesuffix("\n")
    return last[last.rfind("\n") + 1 :].lstrip().startswith("#")


def cut_block(text: str, start: int, end: int) -> str:
    """The text without a block of lines. Of the blank lines before and behind it, the larger number stays."""
    before, after = text[:start], text[end:]
    if not after.strip():
        blanks = _TRAILING_BLANKS.search(before)
        before = before[: blanks.start()] if blanks else before
        if not text.endswith("\n"):
            before = before.removesuffix("\n").removesuffix("\r")
        return before + after if before.strip() else before.lstrip()
    gap = _TRAILING_BLANKS.search(before)
    leading = _LEADING_BLANKS.match(after)
    if leading and (gap or not before.strip()):
        above = gap.group().count("\n") if gap else 0
        if not before.strip() or leading.group().count("\n") <= above:
            after = after[leading.end() :]
        else:
            before = before[: gap.start()] if gap else before
    return before + after


def cut_lines(text: str, start: int, end: int) -> str:
    """The text without some whole lines. A text without a newline at its end stays without."""
    before, after = text[:start], text[end:]
    if not after and not text.endswith("\n"):
        before = before.removesuffix("\n").removesuffix("\r")
    return before + after
