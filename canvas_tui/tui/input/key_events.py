"""From what was typed to events, by Textual's parser. It fails on some input, but no input may end the session.

Textual 8.2 raises for a malformed key report such as `ESC [ : 0 0 u`. Owns going on after it: that one sequence is
lost, what comes behind it is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual._xterm_parser import XTermParser
from textual.message import Message

_BREAKS = (ValueError, LookupError, OverflowError)


class KeyEvents:
    """Textual's parser. Where it fails, it is replaced by a new one."""

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)

    def feed(self, text: str) -> Iterator[Message]:
        """The events of some input, sign by sign, so that only the sequence that breaks it is lost."""
        for sign in text:
            try:
                yield from list(self._parser.feed(sign))
            except _BREAKS:
                self._parser = XTermParser(self._debug)

    def tick(self) -> Iterator[Message]:
        """The events that come only because time passed, such as a lone Esc."""
        try:
            yield from list(self._parser.tick())
        except _BREAKS:
            self._parser = XTermParser(self._debug)
