"""The overview: the front door of a workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import ClassVar

from canvas_tui.core.elements import Kind
from canvas_tui.tui.actions import Action
from canvas_tui.tui.aside import GoOn
from canvas_tui.tui.look import Line
from canvas_tui.tui.screens.listing import Listing, ListingScreen
from canvas_tui.tui.views.next_steps import EDIT, FIX, UNREADABLE, Step, next_steps
from canvas_tui.tui.views.overview import STEP, overview_header, overview_rows
from canvas_tui.tui.views.parts import said
from canvas_tui.tui.worked_out import Recipe

_ADD_HELP = "A new canvas, started from a model"


class OverviewScreen(ListingScreen[Step]):
    """All canvases, goals, and what to do next."""

    screen_name: ClassVar[str] = "overview"

    def header(self, columns: int) -> Line:
        return overview_header(self.controller.workspace, self.controller.known_report, columns, self.marks)

    def recipe(self, columns: int) -> Recipe[Listing[Step]]:
        controller, marks = self.controller, self.marks
        workspace, graph, report = controller.workspace, controller.known_graph, controller.known_report
        is_read_only = controller.is_read_only

        def make(go_on: GoOn) -> Listing[Step]:
            steps = next_steps(workspace, report, is_read_only=is_read_only)
            go_on()
            rows = overview_rows(workspace, graph, report, columns, marks, steps)
            # two canvases may have one id: each row needs a key of its own for the cursor to stay
            seen: Counter[str] = Counter()
            keys: list[str | None] = []
            for row in rows:
                key = row.target
                if key is not None:
                    seen[key] += 1
                    key = f"{key}#{seen[key]}" if seen[key] > 1 else key
                keys.append(key)
            return Listing.of([row.line for row in rows], keys, steps)

        return Recipe((workspace, graph, report), columns, workspace.size, make)

    def actions_here(self, *, only_ranked: bool = False) -> Iterable[Action]:
        """What is added here is a canvas, and is called so; of the findings the rows tell, and not the footer."""
        for action in super().actions_here(only_ranked=only_ranked):
            if only_ranked and action.id == "next-finding":
                continue
            is_add = action.id == "add"
            yield action._replace(title="Add canvas", help=_ADD_HELP, label="add canvas") if is_add else action

    def do_open(self) -> None:
        key = self.here_key
        if key is None:
            return
        if key.startswith(STEP):
            self._begin(int(key.removeprefix(STEP)))
        else:
            self._go(key.partition("#")[0])

    def _go(self, target: str) -> None:
        if target.startswith(UNREADABLE):
            name = said(target.removeprefix(UNREADABLE))
            self.show_message(f"{name} is never written to · mended in an editor, it shows here", "warning")
        else:
            self.canvas_app.goto(target)

    def label_open(self) -> str:
        """On a thing to do, what its number does too."""
        key = self.here_key or ""
        number = int(key.removeprefix(STEP)) if key.startswith(STEP) else 0
        steps = self.listing.rows
        return steps[number - 1].does or "open" if 0 < number <= len(steps) else "open"

    def can_do_next(self) -> bool:
        return bool(self.listing.rows)

    def do_do_next(self) -> None:
        """1, 2 or 3: the thing to do with that number."""
        key = self.canvas_app.keys.last_key
        if key.isdigit():
            self._begin(int(key))

    def _begin(self, number: int) -> None:
        """Go where a thing is to be done, and open what it is done in."""
        from canvas_tui.tui.dialogs.element_form import new_element
        from canvas_tui.tui.dialogs.fix import ask_fixes
        from canvas_tui.tui.fixing import FixingScreen

        steps, app = self.listing.rows, self.canvas_app
        if not 0 < number <= len(steps):
            return
        step = steps[number - 1]
        if step.target == "do:add":
            self.run_action_by_id("add")
        elif step.target == "screen:tree":
            new_element(app.open_screen("tree"), Kind.GOAL, {})
        elif step.target == "screen:findings" and step.finding is not None:
            screen = app.open_screen("findings")
            screen.put_cursor(step.finding.about.id)
            screen.refresh_all()
        else:
            self._go(step.target)
        here = app.here
        if step.does == FIX and step.finding is not None and isinstance(here, FixingScreen):
            ask_fixes(here, step.finding)
        elif step.does == EDIT and here is not None:
            here.run_action_by_id("edit")

    def can_add(self) -> bool:
        return not self.controller.is_read_only

    def do_add(self) -> None:
        """Start a canvas: its model is picked, its title asked for."""
        from canvas_tui.tui.dialogs.new_canvas import start_canvas

        start_canvas(self)
