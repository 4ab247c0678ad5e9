"""The few signs that plain text uses beside words, and their ASCII stand-ins.

The stand-ins are used with `--ascii`, and on a terminal that cannot show UTF-8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from canvas_tui.core.charset import has_only_ascii_signs


class Signs(NamedTuple):
    """One sign each; `branch`, `last`, `pipe` and `blank` draw a tree and are three characters wide."""

    why: str = "▸"
    how: str = "◂"
    dot: str = "·"
    bullet: str = "•"
    ellipsis: str = "…"
    assumption: str = "?"
    validated: str = "✓"
    refuted: str = "✗"
    orphan: str = "○"
    arrow: str = "→"
    branch: str = "├─ "
    last: str = "└─ "
    pipe: str = "│  "
    blank: str = "   "

    def state(self, word: str) -> str:
        """The mark of an entry's state; "" for a fact, or no state."""
        marks = {"assumption": self.assumption, "validated": self.validated, "refuted": self.refuted}
        return marks.get(word, "")


FANCY = Signs()
ASCII = Signs(
    ">", "<", "-", "-", "...", "?", "v", "x", "o", "->",
    branch="|- ", last="`- ", pipe="|  ",
)  # fmt: skip


def signs_for(encoding: str | None, environ: Mapping[str, str], *, ascii_only: bool = False) -> Signs:
    """ASCII where it is asked for, where the stream cannot hold more, and where the locale says so.

    Python itself turns a C locale into UTF-8, so the encoding alone does not tell.
    """
    return ASCII if ascii_only or has_only_ascii_signs(environ, encoding) else FANCY
