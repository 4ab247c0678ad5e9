"""A draft whose element is gone: its text, and what is to become of it.

Owns how that is asked; the choice is given back as by any question.
"""

from __future__ import annotations

from canvas_tui.core.text import counted
from canvas_tui.tui.dialogs.choice import ChoiceScreen, Option, Part


def gone_screen(was: str, text: str, into: str, more: int) -> ChoiceScreen:
    """Ask about one draft. Gives "put", "drop" or None.

    `was` is what it was written on, `into` where it can be put ("" for nowhere), `more` how many come after it.
    """
    sentence = f"It was written on {was}, which is gone: it was removed, or its file was deleted, renamed or switched."
    if more:
        sentence += f" {counted(more, 'more draft')} after this one."
    options = [Option("d", "throw it away", "drop")]
    if into.startswith("a new "):
        options.insert(0, Option("p", f"put it into the form of {into}", "put"))
    elif into:
        options.insert(0, Option("p", f"put it back as a new entry in {into}", "put"))
    parts = [Part("your text", text)]
    return ChoiceScreen("A draft whose place is gone", sentence, options, parts, leaving="keep it for later")
