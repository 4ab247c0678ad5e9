"""Makes sure that pasted text is never taken for keys.

Textual's parser takes an escape inside a bracketed paste for a key: what follows is then typed, and a letter of it may
delete or quit. Owns the one pass over the input that makes such escapes visible before the parser sees them.
"""

from __future__ import annotations

_BEGINS, _ENDS = "\x1b[200~", "\x1b[201~"
_SHOWN = "␛"  # in place of an escape, as core.text shows one


class PasteGuard:
    """Lets input through as it comes; between the marks of a paste no other escape is left."""

    def __init__(self) -> None:
        self._is_pasting = False
        self._seen = ""  # the last characters that were let through, since a paste mark may be split between two reads
        self._held = ""  # within a paste: characters that may begin its end mark

    def passed(self, text: str) -> str:
        """The input without escapes inside pastes. Nothing outside of one waits for what comes next."""
        kept: list[str] = []
        while text:
            part, text = self._of_paste(text) if self._is_pasting else self._of_keys(text)
            kept.append(part)
        return "".join(kept)

    def _of_keys(self, text: str) -> tuple[str, str]:
        """The keys up to the begin of a paste, with its mark; and what is left."""
        whole = self._seen + text
        at = whole.find(_BEGINS)
        if at < 0:
            self._seen = whole[-len(_BEGINS) + 1 :]
            return text, ""
        self._is_pasting = True
        used = at + len(_BEGINS) - len(self._seen)
        self._seen = ""
        return text[:used], text[used:]

    def _of_paste(self, text: str) -> tuple[str, str]:
        """The paste up to the next escape, or with the mark of its end; and what is left."""
        text, self._held = self._held + text, ""
        at = text.find("\x1b")
        if at < 0:
            return text, ""
        if text.startswith(_ENDS, at):
            self._is_pasting = False
            return text[: at + len(_ENDS)], text[at + len(_ENDS) :]
        if _ENDS.startswith(text[at:]):
            self._held = text[at:]
            return text[:at], ""
        return text[:at] + _SHOWN, text[at + 1 :]
