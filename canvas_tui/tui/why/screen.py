"""Why something is there, up to the vision; and how it is carried out, down to the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from canvas_tui.tui.aside import GoOn
from canvas_tui.tui.dialogs.listing import Listed, ListingDialog, Page
from canvas_tui.tui.paint.parts import quoted, title_of
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.why.view import Row, how_rows, why_rows
from canvas_tui.tui.worked_out import Recipe, WorkedOut


class WhyScreen(ListingDialog):
    """Over the screen that is shown. `y` and `Y` turn between why and how; Enter goes to a row."""

    def __init__(self, shell: Shell, address: str, *, is_how: bool = False) -> None:
        self._shell = shell
        self._address = address
        self._made: dict[tuple[object, int], WorkedOut[Sequence[Listed]]] = {}
        workspace = shell.session.workspace
        item = workspace.find(address)
        name = quoted(title_of(item, workspace), 40) if item is not None else address
        why = Page(f"Why {name}", self._why, "go there", "Y", "how")
        how = Page(f"How {name}", self._how, "go there", "y", "why")
        super().__init__((how, why) if is_how else (why, how), chosen=self._go_to)

    def _go_to(self, address: str) -> None:
        if address != self._address:
            self._shell.later(self._shell.goto, address)

    def analysis_changed(self) -> None:
        """Graph and findings are there now, or other ones; or what was made of them."""
        if self.is_attached:
            self._arrange(*self.app.size)

    def _why(self, columns: int) -> Sequence[Listed]:
        return self._rows(why_rows, columns)

    def _how(self, columns: int) -> Sequence[Listed]:
        return self._rows(how_rows, columns)

    def _rows(self, make: Callable[..., list[Row]], columns: int) -> Sequence[Listed]:
        """The rows of one of the two pages; kept for each width, since a dialog asks for them to find its height."""
        graph, report, rows = self._shell.graph(), self._shell.report(), None
        if graph is not None and report is not None:
            workspace, address, marks = self._shell.session.workspace, self._address, self.marks

            def work_out(go_on: GoOn) -> Sequence[Listed]:
                return [(row.line, row.address) for row in make(workspace, graph, report, address, columns, marks)]

            if (made := self._made.get((make, columns))) is None:
                run = self.app.run_worker
                made = self._made[make, columns] = WorkedOut(lambda work: run(work), self.analysis_changed)
            rows = made.of(Recipe((workspace, graph, report), None, workspace.size, work_out))
        return rows or [((("  Working it out ", "dim"), (self.marks.ellipsis, "dim")), None)]
