"""Edits that could not be saved, as a diff, and what is to become of them.

Owns how they look; the choice is given back as by any question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from canvas_tui.core.text import clean, counted, wrap
from canvas_tui.tui.dialogs.choice import ChoiceScreen, Option
from canvas_tui.tui.paint.style import Line

if TYPE_CHECKING:
    from canvas_tui.session.saving import Offer

_STYLES = {"- ": "warning", "+ ": "good"}


def _asked(
    title: str, sentence: str, options: Sequence[Option], offers: Sequence[Offer], leaving: str = "later"
) -> ChoiceScreen:
    """The question what shall become of edits, above each of them: its title, why it waits, what it would change."""
    shown = tuple(offers)
    return ChoiceScreen(title, sentence, options, more=lambda columns: offer_lines(shown, columns), leaving=leaving)


def offer_lines(offers: Sequence[Offer], columns: int) -> list[Line]:
    """Each edit as a few lines, an empty one between them."""
    found: list[Line] = []
    for offer in offers:
        found += [(), *_wrapped(clean(offer.pending.title), columns, 1, "chosen")]
        found += _wrapped(_why(clean(offer.pending.reason)), columns, 3, "dim")
        for line in offer.lines:
            found += _wrapped(line, columns, 3, _STYLES.get(line[:2], "dim"))
    return found


def _why(reason: str) -> str:
    return f"it {reason}" if reason.startswith("was saved") else f"not saved: it {reason}"


def _wrapped(text: str, columns: int, indent: int, style: str) -> list[Line]:
    return [((" " * indent, ""), (part, style)) for part in wrap(text, max(10, columns - indent - 1))]


def left_screen(offers: Sequence[Offer], *, is_lost: bool = False) -> ChoiceScreen:
    """What an earlier session left, or (`is_lost`) what was saved and is gone again. Gives "save", "drop" or None."""
    count = len(offers)
    them = "it" if count == 1 else "them"
    if is_lost:
        return _asked(
            f"{counted(count, 'edit')} of yours {'was' if count == 1 else 'were'} written over",
            f"Another program saved an older version of the file, or somebody took {them} out by hand.",
            [Option("s", f"bring {them} back", "save"), Option("d", f"drop {them}", "drop")],
            offers,
        )
    return _asked(
        f"{counted(count, 'edit')} from before {'is' if count == 1 else 'are'} not saved",
        f"An earlier session could not save {them}, and kept {them}. The files are as they were before.",
        [Option("s", f"save {them} now", "save"), Option("d", f"drop {them}", "drop")],
        offers,
    )


def stuck_screen(offer: Offer, why: str) -> ChoiceScreen:
    """An edit that can no longer be made. Gives "drop" or None."""
    sentence = f"This edit can no longer be made: {clean(why)}"
    options = [Option("d", "drop it", "drop")]
    return _asked("An edit that waits", sentence, options, [offer])


def leaving_screen(offers: Sequence[Offer], *, is_safe: bool) -> ChoiceScreen:
    """Before the session ends with edits that are not saved. Gives "leave", "retry" or None."""
    count = len(offers)
    them = "it" if count == 1 else "them"
    if is_safe:
        they = "it is" if count == 1 else "they are"
        sentence = f"You may leave: {they} kept, and offered when this workspace is opened again."
        leave = Option("q", "leave", "leave")
    else:
        sentence = f"There is no room to keep {them} for later either: who leaves now loses {them}."
        leave = Option("L", f"leave and lose {them}", "leave")
    options = [Option("R", "save again", "retry"), leave]
    return _asked(f"{counted(count, 'edit')} not saved yet", sentence, options, offers, leaving="stay")
