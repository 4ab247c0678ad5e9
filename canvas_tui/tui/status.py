"""What the status line says: the last message and whether everything is saved. Plain values, no clock of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(slots=True)
class Status:
    """The state behind the status line, one for the whole session."""

    is_read_only: bool = False
    fenced_by: str = ""  # the layers that keep a read-only session from writing
    message: str = ""
    style: str = ""
    others: str = ""  # who else is here
    saved_at: time | None = None
    is_confirmed: bool = True  # the disk said that the last edit is on it
    unsaved: str = ""  # which edits are not on disk and why, where there are any

    def say(self, message: str, style: str = "") -> None:
        """Show a message until the next one."""
        self.message, self.style = message, style

    def fade(self) -> None:
        """The person goes on: what was said is said, save that something is not saved."""
        self.message, self.style = (self.unsaved, "error") if self.unsaved else ("", "")

    @property
    def right(self) -> str:
        """Who else is here, and how the work is kept."""
        return f"{self.others} · {self._kept}" if self.others else self._kept

    @property
    def _kept(self) -> str:
        if self.is_read_only:
            return f"read-only: {self.fenced_by}" if self.fenced_by else "read-only"
        if self.unsaved:
            return "not saved"
        if not self.is_confirmed:
            return "saved, not confirmed by the disk"
        return f"saved {self.saved_at:%H:%M:%S}" if self.saved_at else "saved"
