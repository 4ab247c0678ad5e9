"""A Shell without an app, for tests of screens and of their parts: what they ask for is written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from canvas_tui.core.commands import Command
from canvas_tui.core.workspace import Workspace
from canvas_tui.session.drafts import Shelf
from canvas_tui.session.saving import Saving
from canvas_tui.session.session import Session
from canvas_tui.tui.input.keymap import Keymap, KeyReader
from canvas_tui.tui.paint.status import Status
from canvas_tui.tui.paint.style import UNICODE
from canvas_tui.tui.shell import Shell


@dataclass
class Asked:
    """What was asked of the app: the name of the call, and its arguments. `disk` is what the files hold now."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    disk: Workspace | None = None

    def noting(self, name: str) -> Any:
        """A call that does nothing but be written down."""

        def note(*arguments: Any, **options: Any) -> None:
            self.calls.append((name, *arguments, *options.values()))

        return note

    def names(self) -> list[str]:
        """The names of the calls."""
        return [call[0] for call in self.calls]


def _no_saving() -> Saving:
    raise AssertionError("nothing is written in this test")


def fake_shell(workspace: Workspace, today: date, asked: Asked | None = None, *, can_edit: bool = False) -> Shell:
    """A Shell over a workspace in memory. Edits change nothing: they are written down in `asked`, and refused."""
    asked = asked or Asked()
    session = Session(
        workspace,
        today,
        opening=_no_saving if can_edit else None,
        follow=lambda: (asked.disk or workspace, frozenset({"c.toml"})),
    )

    def edit(command: Command, title: str, *, draft: str = "") -> str | None:
        asked.calls.append(("edit", command, title, draft))
        return None

    return Shell(
        session=session,
        keys=KeyReader(Keymap()),
        status=Status(),
        shelf=Shelf(),
        marks=UNICODE,
        deeds={},
        edit=edit,
        ask=asked.noting("ask"),
        goto=asked.noting("goto"),
        open_screen=asked.noting("open_screen"),
        later=asked.noting("later"),
        graph=lambda: session.known_graph,
        report=lambda: session.known_report,
        with_stops=asked.noting("with_stops"),
        key_again=lambda key: "R",
        seen_at=lambda address: "",
        tell_place=asked.noting("tell_place"),
        do=asked.noting("do"),
        show=asked.noting("show"),
        repaint=asked.noting("repaint"),
        typed={},
    )
