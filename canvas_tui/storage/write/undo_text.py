"""Remembers the text of a file before an edit, so that undo restores every byte.

A record is small (it holds only what differs), and only a proposal: its text is used if it says exactly what core has
computed; else the undo is patched in like any other edit.
"""

from __future__ import annotations

from dataclasses import dataclass

from canvas_tui.storage.read.blocks import common_start


@dataclass(frozen=True, slots=True)
class Record:
    """One file's way from `now` back to `before`, at `at` bytes from the start and `behind` bytes from the end.

    `now` is None if the file does not exist now, `before` if it did not exist before.
    """

    file: str
    at: int
    behind: int
    now: bytes | None
    before: bytes | None

    def texts(self, data: bytes) -> list[bytes]:
        """What the file may have been before, given its bytes now: counted from its start, and from its end."""
        if self.now is None or self.before is None:
            return []
        found: list[bytes] = []
        for at in dict.fromkeys((self.at, len(data) - self.behind - len(self.now))):
            if at >= 0 and data[at : at + len(self.now)] == self.now:
                found.append(data[:at] + self.before + data[at + len(self.now) :])
        return found


Hint = tuple[Record, ...]


def record(file: str, before: bytes | None, now: bytes | None) -> Record:
    """The record that leads from `now` back to `before`."""
    if before is None or now is None:
        return Record(file, 0, 0, now, before)
    head = common_start(before, now)
    tail = common_start(before[head:][::-1], now[head:][::-1])
    return Record(file, head, tail, now[head : len(now) - tail], before[head : len(before) - tail])
