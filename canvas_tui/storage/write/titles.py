"""A title for an edit that came without one. Pure."""

from __future__ import annotations

from canvas_tui.core.commands import Batch, Command


def title_of(command: Command) -> str:
    """What the edit is called, from the kind of command."""
    while isinstance(command, Batch) and command.commands:  # as deep as batches stand in each other
        command = command.commands[-1]
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in type(command).__name__)
    return words.strip().capitalize()
