"""What the status line says: the last message and whether everything is saved. Plain values, no clock of its own.

Owns what happens to a message when the next one comes. An answer to a key replaces it at once. News that came by
itself never replaces an important message before the person has pressed a key.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import time
from typing import NamedTuple

_STANDING = frozenset({"error", "warning", "draft"})  # styles of important messages, which stay until they are read
_MOST = 20  # messages that may wait; the oldest go first


class _Message(NamedTuple):
    text: str
    style: str
    topic: str


@dataclass(eq=False, repr=False)  # no generated methods: there is one Status only, and each would slow the start
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

    _topic: str = ""  # what the message is about; a later one about the same takes its place
    _to_tell: list[_Message] = field(default_factory=list)

    def say(self, message: str, style: str = "") -> None:
        """Answer a key: show a message until the next one."""
        self.message, self.style, self._topic = message, style, ""

    def answer(self, message: str, style: str = "") -> None:
        """Like `say`, but an important message that it replaces is shown again afterwards."""
        if self._is_standing and self.message not in (message, self.unsaved):
            self._to_tell.insert(0, _Message(self.message, self.style, self._topic))
        self.say(message, style)

    def tell(self, message: str, style: str = "", *, topic: str = "") -> None:
        """Show news that no key asked for. An important message stays; then the news waits for a key.

        `topic` is what it is about, such as a file: an earlier message about the same is out of date. A message that
        is not important does not wait: there is no time when it would still be news.
        """
        self.outdate({topic} - {""})
        if not self._is_standing and self._to_tell and style not in _STANDING:
            self.message, self.style, self._topic = self._to_tell.pop(0)  # the message before it is out of date
        elif not self._is_standing or self.message == message:
            self.message, self.style, self._topic = message, style, topic
        elif style in _STANDING and all(each.text != message for each in self._to_tell):
            self._to_tell = [*self._to_tell, _Message(message, style, topic)][-_MOST:]

    def outdate(self, topics: Collection[str]) -> None:
        """Drop messages about these topics, read or not: they are no longer true."""
        self._to_tell = [each for each in self._to_tell if each.topic not in topics]
        if self._topic in topics:
            self.fade()

    def fade(self) -> None:
        """The person goes on: clear the message, unless it says that something is not saved."""
        self.say(*((self.unsaved, "error") if self.unsaved else ("", "")))

    def next(self) -> bool:
        """After a key: show the next waiting message, unless the key itself was answered. True where one was shown."""
        if not self._to_tell or self.message not in ("", self.unsaved):
            return False
        self.message, self.style, self._topic = self._to_tell.pop(0)
        return True

    @property
    def _is_standing(self) -> bool:
        return bool(self.message) and self.style in _STANDING

    @property
    def right(self) -> str:
        """Who else is here, and how the work is kept."""
        return f"{self.others} · {self._kept}" if self.others else self._kept

    @property
    def shorter(self) -> tuple[str, ...]:
        """Shorter texts for the right side, longest first, for when the message needs the room.

        Layers and times give way before people, people before the message; that nothing is saved is in the message.
        """
        brief = "read-only" if self.is_read_only else self._kept
        if self.is_confirmed and brief.startswith("saved "):
            brief = "saved"
        both = (f"{self.others} · {brief}",) if self.others else ()
        return (*both, brief, *(("",) if self.unsaved and self.message == self.unsaved else ()))

    @property
    def _kept(self) -> str:
        if self.is_read_only:
            return f"read-only: {self.fenced_by}" if self.fenced_by else "read-only"
        if self.unsaved:
            return "not saved"
        if not self.is_confirmed:
            return "saved, not confirmed by the disk"
        return f"saved {self.saved_at:%H:%M:%S}" if self.saved_at else "saved"
