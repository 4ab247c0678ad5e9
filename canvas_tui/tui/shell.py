"""What a screen, a dialog or an action is handed: the session, and the few things that it may ask the app to do.

Owns no decision: each call goes to whoever was named when the app was built. Tests hand in their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from canvas_tui.core.text import clean, clip
from canvas_tui.tui.paint.style import ASCII, Marks

if TYPE_CHECKING:
    from textual.screen import Screen

    from canvas_tui.core.commands import Command
    from canvas_tui.graph.build import StrategyGraph
    from canvas_tui.rules import Report
    from canvas_tui.session.drafts import Shelf
    from canvas_tui.session.session import Session
    from canvas_tui.tui.flows.finding_stops import Stops
    from canvas_tui.tui.input.deeds import Deeds
    from canvas_tui.tui.input.keymap import KeyReader
    from canvas_tui.tui.paint.status import Status

Answer = TypeVar("Answer")


class Edit(Protocol):
    """Carries out an edit, and tells the person what became of it."""

    def __call__(self, command: Command, title: str, *, draft: str = "") -> str | None:
        """The address it made or changed; None where it could not be done.

        `title` names it for undo. `draft` is the key of the draft that it came from, which goes once it is on disk.
        """


class Ask(Protocol):
    """Shows a dialog above the screen."""

    def __call__(self, dialog: Screen[Answer], done: Callable[[Answer | None], object] | None = None) -> object:
        """`done` is given the answer, or None where the dialog was closed without one."""


class GoTo(Protocol):
    """Shows an element on the screen it belongs to."""

    def __call__(self, address: str, *, remember: bool = True) -> object:
        """`remember`: Backspace comes back to where the cursor is now."""


class OpenScreen(Protocol):
    """Shows a full screen."""

    def __call__(self, name: str, address: str = "") -> object:
        """By its name; with the cursor on the element of this address, if it shows that."""


class Shell(NamedTuple):
    """All that a screen, dialog or action knows of the session and the app. One for the whole session."""

    session: Session
    keys: KeyReader
    status: Status
    shelf: Shelf
    marks: Marks  # the signs of this session: Unicode or ASCII
    deeds: Deeds  # what can be done on every screen

    edit: Edit
    ask: Ask
    goto: GoTo
    open_screen: OpenScreen
    later: Callable[..., object]  # call something, with its arguments, after the current event is handled
    graph: Callable[[], StrategyGraph | None]  # up to date where that is quick, else the last one made
    report: Callable[[], Report | None]  # the findings, as `graph`
    with_stops: Callable[[Callable[[Stops, Report], None]], None]  # go through the findings, as soon as they are known
    key_again: Callable[[str], str]  # the key that goes on with a draft
    seen_at: Callable[[str], str]  # the name of whoever was seen at an element last, or ""
    tell_place: Callable[[str, bool], None]  # tell the others where one is, and whether one types there

    # of the full screen that is shown, perhaps under a dialog
    do: Callable[[str], object]  # do an action there
    show: Callable[[str], object]  # put its cursor on an element, if it shows that
    repaint: Callable[[], None]  # paint it, with what the status line says now

    typed: dict[str, str]  # text that was typed as an answer and not sent, by question

    @property
    def is_ascii(self) -> bool:
        """Whether the terminal has ASCII signs only."""
        return self.marks is ASCII

    def say(self, text: str, style: str = "") -> None:
        """Answer a key in the status line of whatever is shown."""
        self.status.say(text, style)
        self.repaint()

    def key_of(self, action_id: str) -> str:
        """The first key of an action, as it is shown."""
        return self.keys.keymap.key_of(action_id)

    def who_was_at(self, address: str) -> str:
        """Who most likely changed this element: the last person seen there. A guess, never a fact."""
        name = self.seen_at(address)
        return clip(clean(name), 20) if name else "Somebody else"
