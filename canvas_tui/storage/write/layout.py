"""Which lines of a text belong to which table: a header owns the comment lines directly above it.

Between two blocks is a gap: blank lines, and comments that stand alone and belong to no block. Comments directly below
a block's last line belong to the block, unless they are directly above the next header.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache

from canvas_tui.storage.read.blocks import Scan, scan
from canvas_tui.storage.read.values import Statement, statements

_COMMENTS = re.compile(r"(?>[ \t]*+#[^\n]*+(?:\n|\Z))*+")
_COMMENT_ABOVE = re.compile(r"[ \t]*#")
_BLANK = re.compile(r"(?>[ \t]*+\r?\n)*+")


@lru_cache(maxsize=4)
def layout_of(text: str) -> Layout:
    """The layout of a text. The last few are cached."""
    return Layout(text)


class Layout:
    """The blocks of one text, by the index of their header."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.scan: Scan = scan(text)

    def __len__(self) -> int:
        return len(self.scan.heads)

    @cached_property
    def root(self) -> list[Statement]:
        """The statements before the first header."""
        return statements(self.text, 0, self.scan.root_end)

    def body(self, index: int) -> list[Statement]:
        """The statements of a block."""
        return statements(self.text, self.scan.heads[index].end, self.scan.end_of(index))

    def start(self, index: int) -> int:
        """Where a block begins: its header, or the first comment line that belongs to it."""
        floor, start = self._floor(index), self.scan.heads[index].start
        while start > floor:
            above = self.text.rfind("\n", 0, start - 1) + 1
            if above < floor or not _COMMENT_ABOVE.match(self.text, above, start):
                break
            start = above
        return start

    def end(self, index: int) -> int:
        """Where a block ends: behind its last line, or behind the comments directly below that."""
        body = self.body(index)
        end = body[-1].end if body else self.scan.heads[index].end
        return self._with_comments(end, index)

    def root_end(self) -> int:
        """Where the root's own lines end; 0 if it has no statement."""
        return self._with_comments(self.root[-1].end, -1) if self.root else 0

    def _with_comments(self, end: int, index: int) -> int:
        found = _COMMENTS.match(self.text, end)
        below = found.end() if found else end
        return min(below, self.start(index + 1)) if index + 1 < len(self) else below

    def _floor(self, index: int) -> int:
        """The end of the last statement before a block: lines above that do not belong to the block."""
        if index == 0:
            return self.root[-1].end if self.root else 0
        body = self.body(index - 1)
        return body[-1].end if body else self.scan.heads[index - 1].end

    @cached_property
    def lists(self) -> dict[str, list[int]]:
        """Name -> the indexes of its [[name]] headers."""
        found: dict[str, list[int]] = {}
        for index, head in enumerate(self.scan.heads):
            if head.is_array and len(head.path) == 1:
                found.setdefault(head.path[0], []).append(index)
        return found

    def blocks_of(self, name: str, number: int) -> list[int]:
        """The blocks of element `number` of a list: its own, and those of its sub-tables."""
        first = self.lists[name][number]
        found = [first]
        for index in range(first + 1, len(self)):
            path = self.scan.heads[index].path
            if path[0] == name:
                if len(path) == 1:
                    break
                found.append(index)
        return found

    @cached_property
    def blank_lines(self) -> int:
        """The usual number of blank lines between tables."""
        counted: Counter[int] = Counter()
        for index in range(1, min(len(self), 60)):
            start = self.start(index)
            above = self.text[self._floor(index) : start]
            if not above.strip():
                counted[above.count("\n")] += 1
        return counted.most_common(1)[0][0] if counted else 1

    def content_end(self) -> int:
        """The offset behind the last line that is not blank."""
        stripped = self.text.rstrip(" \t\r\n")
        newline = self.text.find("\n", len(stripped))
        return (newline + 1 if newline >= 0 else len(self.text)) if stripped else 0
