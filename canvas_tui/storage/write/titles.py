"""Makes a title for an edit that has none. Pure."""

from __future__ import annotations

from canvas_tui.core.commands import Batch, Command


def title_of(command: Command) -> str:
    """A title for the edit, made from the kind of its command."""
    while isinstance(command, Batch) and command.commands:  # a batch may hold batches
        command = command.commands[-1]
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in type(command).__name__)
    return words.strip().capitalize()
