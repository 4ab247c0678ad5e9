"""The overview: the front door of a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from canvas_tui.tui.actions import Action
from canvas_tui.tui.look import Line
from canvas_tui.tui.screens.listing import Listed, ListingScreen
from canvas_tui.tui.views.next_steps import UNREADABLE, Step, next_steps
from canvas_tui.tui.views.overview import overview_header, overview_rows
from canvas_tui.tui.views.parts import said

_ADD_HELP = "A new canvas, started from a model"


class OverviewScreen(ListingScreen):
    """All canvases, goals, and what to do next."""

    screen_name: ClassVar[str] = "overview"

    def header(self, columns: int) -> Line:
        return overview_header(self.controller.workspace, self.controller.known_report, columns, self.marks)

    def make_rows(self, columns: int) -> Sequence[Listed]:
        controller = self.controller
        rows = overview_rows(
            controller.workspace,
            controller.known_graph,
            controller.known_report,
            columns,
            self.marks,
            is_read_only=controller.is_read_only,
        )
        # a goal may stand among the goals and under Next: each row needs a key of its own for the cursor to stay
        seen: dict[str, int] = {}
        listed: list[Listed] = []
        for row in rows:
            key = row.target
            if key is not None:
                seen[key] = seen.get(key, 0) + 1
                key = f"{key}#{seen[key]}" if seen[key] > 1 else key
            listed.append((row.line, key))
        return listed

    def actions_here(self, *, only_ranked: bool = False) -> Iterable[Action]:
        """What is added here is a canvas, and is called so."""
        for action in super().actions_here(only_ranked=only_ranked):
            is_add = action.id == "add"
            yield action._replace(title="Add canvas", help=_ADD_HELP, label="add canvas") if is_add else action

    def do_open(self) -> None:
        key = self.here_key
        if key is not None:
            self._go(key.partition("#")[0])

    def can_do_next(self) -> bool:
        return bool(self._steps())

    def do_do_next(self) -> None:
        """1, 2 or 3: the thing to do with that number."""
        key = self.canvas_app.keys.last_key
        steps = self._steps()
        if key.isdigit() and 1 <= int(key) <= len(steps):
            self._go(steps[int(key) - 1].target)

    def can_add(self) -> bool:
        return not self.controller.is_read_only

    def do_add(self) -> None:
        """Start a canvas: its model is picked, its title asked for."""
        from canvas_tui.tui.dialogs.new_canvas import start_canvas

        start_canvas(self)

    def _steps(self) -> list[Step]:
        controller = self.controller
        return next_steps(controller.workspace, controller.known_report, is_read_only=controller.is_read_only)

    def _go(self, target: str) -> None:
        if target.startswith("screen:"):
            self.canvas_app.open_screen(target.removeprefix("screen:"))
        elif target.startswith("do:"):
            self.run_action_by_id(target.removeprefix("do:"))
        elif target.startswith(UNREADABLE):
            name = said(target.removeprefix(UNREADABLE))
            self.show_message(f"{name} is never written to · mended in an editor, it shows here", "warning")
        else:
            self.canvas_app.goto(target)
