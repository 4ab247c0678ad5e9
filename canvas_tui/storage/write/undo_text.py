"""How the text of a file stood before an edit, so that taking the edit back restores every byte.

A record is small (only what differs), opaque to whoever keeps it, and only ever a proposal: the text it leads to
counts when it says exactly what the core computed, and else the edit is patched in like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

from canvas_tui.storage.read.blocks import common_start


@dataclass(frozen=True, slots=True)
class Record:
    """One file's step from `now` back to `before`, at `at` bytes from the start and `behind` from the end.

    `now` None: the file is not there now; `before` None: it was not there before.
    """

    file: str
    at: int
    behind: int
    now: bytes | None
    before: bytes | None

    def texts(self, data: bytes) -> list[bytes]:
        """What the file may have been before, given what it is now: at the same distance from its start or end."""
        if self.now is None or self.before is None:
            return []
        found: list[bytes] = []
        for at in dict.fromkeys((self.at, len(data) - self.behind - len(self.now))):
            if at >= 0 and data[at : at + len(self.now)] == self.now:
                found.append(data[:at] + self.before + data[at + len(self.now) :])
        return found


Hint = tuple[Record, ...]


def record(file: str, before: bytes | None, now: bytes | None) -> Record:
    """What leads from `now` back to `before`."""
    if before is None or now is None:
        return Record(file, 0, 0, now, before)
    head = common_start(before, now)
    tail = common_start(before[head:][::-1], now[head:][::-1])
    return Record(file, head, tail, now[head : len(now) - tail], before[head : len(before) - tail])
