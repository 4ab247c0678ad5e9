"""The overview: the front door of a workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import ClassVar

from canvas_tui.core.elements import Kind
from canvas_tui.tui.aside import GoOn
from canvas_tui.tui.input.actions import Action
from canvas_tui.tui.input.deeds import Deed
from canvas_tui.tui.overview.next_steps import EDIT, FIX, UNREADABLE, Step, next_steps
from canvas_tui.tui.overview.view import STEP, overview_header, overview_rows
from canvas_tui.tui.paint.parts import said
from canvas_tui.tui.paint.style import Line
from canvas_tui.tui.screens.listing import Listing, ListingScreen
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.worked_out import Recipe


class OverviewScreen(ListingScreen[Step]):
    """All canvases, goals, and what to do next."""

    screen_name: ClassVar[str] = "overview"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        own = {
            "open": Deed(self._open, can=lambda: self.here_key is not None, label=self._open_label),
            "do-next": Deed(self._do_next, can=lambda: bool(self.listing.rows)),
            "add": Deed(self._add, can=lambda: not self.session.is_read_only),
        }
        self.offer(own)

    def header(self, columns: int) -> Line:
        """The line on top: the name of the workspace and its findings."""
        return overview_header(self.session.workspace, self.session.known_report, columns, self.marks)

    def recipe(self, columns: int) -> Recipe[Listing[Step]]:
        """How to make the rows for `columns`."""
        session, marks = self.session, self.marks
        workspace, graph, report = session.workspace, session.known_graph, session.known_report
        is_read_only = session.is_read_only

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
        """The actions here. Those on findings are left out of the footer, since the rows show them."""
        for action in super().actions_here(only_ranked=only_ranked):
            if not (only_ranked and action.id == "next-finding"):
                yield action

    def _open(self) -> None:
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
            self.shell.say(f"{name} is never written to · mended in an editor, it shows here", "warning")
        else:
            self.shell.goto(target)

    def _open_label(self) -> str:
        """The footer word for Enter. On a next step, Enter does what its number key does."""
        key = self.here_key or ""
        number = int(key.removeprefix(STEP)) if key.startswith(STEP) else 0
        steps = self.listing.rows
        return steps[number - 1].does or "open" if 0 < number <= len(steps) else "open"

    def _do_next(self) -> None:
        """1, 2 or 3: the thing to do with that number."""
        key = self.shell.keys.last_key
        if key.isdigit():
            self._begin(int(key))
        else:  # chosen from the palette
            self.shell.say("Press the number of a thing to do")

    def _begin(self, number: int) -> None:
        """Go to the place of a step, and open the field or dialog for it."""
        from canvas_tui.tui.dialogs.element_form import new_element
        from canvas_tui.tui.dialogs.fix import ask_fixes

        steps, shell = self.listing.rows, self.shell
        if not 0 < number <= len(steps):
            return
        step = steps[number - 1]
        if step.target == "do:add":
            self.run_action_by_id("add")
        elif step.target == "screen:tree":
            shell.open_screen("tree")
            new_element(shell, Kind.GOAL, {})
        elif step.target == "screen:findings" and step.finding is not None:
            shell.open_screen("findings", step.finding.about.id)
        else:
            self._go(step.target)
        if step.does == FIX and step.finding is not None:
            ask_fixes(shell, step.finding)
        elif step.does == EDIT:
            shell.do("edit")

    def _add(self) -> None:
        """Start a canvas: its model is picked, its title asked for."""
        from canvas_tui.tui.dialogs.new_canvas import start_canvas

        start_canvas(self.shell)
