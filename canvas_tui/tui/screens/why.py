"""Why something is there, up to the vision; and how it is carried out, down to the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from canvas_tui.session.session import Session
from canvas_tui.tui.dialogs.listing import Listed, ListingDialog, Page
from canvas_tui.tui.views.parts import quoted, title_of
from canvas_tui.tui.views.why import Row, how_rows, why_rows

if TYPE_CHECKING:
    from canvas_tui.tui.app import CanvasApp


class WhyScreen(ListingDialog):
    """Over the screen that is shown. `y` and `Y` turn between why and how; Enter goes to a row."""

    def __init__(self, controller: Session, address: str, *, is_how: bool = False) -> None:
        self._controller = controller
        self._address = address
        self._made: dict[tuple[object, int], Sequence[Listed]] = {}
        item = controller.workspace.find(address)
        name = quoted(title_of(item, controller.workspace), 40) if item is not None else address
        why = Page(f"Why {name}", self._why, "go there", "Y", "how")
        how = Page(f"How {name}", self._how, "go there", "y", "why")
        super().__init__((how, why) if is_how else (why, how))

    def chosen(self, key: str) -> None:
        if key != self._address:
            self._app.call_later(self._app.goto, key)

    def marks_changed(self) -> None:
        """Graph and findings are there now, or other ones."""
        self._made.clear()
        self._arrange(*self.app.size)

    def _why(self, columns: int) -> Sequence[Listed]:
        return self._rows(why_rows, columns)

    def _how(self, columns: int) -> Sequence[Listed]:
        return self._rows(how_rows, columns)

    def _rows(self, make: Callable[..., list[Row]], columns: int) -> Sequence[Listed]:
        """The rows of one of the two pages; made once for a width, since a dialog asks for them to find its height."""
        graph, report = self._app.graph_to_show, self._app.report_to_show
        if graph is None or report is None:
            return [((("  Working it out ", "dim"), (self.marks.ellipsis, "dim")), None)]
        key = make, columns
        if key not in self._made:
            workspace = self._controller.workspace
            rows = make(workspace, graph, report, self._address, columns, self.marks)
            self._made[key] = [(row.line, row.address) for row in rows]
        return self._made[key]

    @property
    def _app(self) -> CanvasApp:
        return cast("CanvasApp", self.app)
