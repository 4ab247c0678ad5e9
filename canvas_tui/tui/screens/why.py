"""Why something is there, up to the vision; and how it is carried out, down to the work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from canvas_tui.tui.controller import Controller
from canvas_tui.tui.dialogs.listing import Listed, ListingDialog, Page
from canvas_tui.tui.views.parts import quoted, title_of
from canvas_tui.tui.views.why import how_rows, why_rows

if TYPE_CHECKING:
    from canvas_tui.tui.app import CanvasApp


class WhyScreen(ListingDialog):
    """Over the screen that is shown. `y` and `Y` turn between why and how; Enter goes to a row."""

    def __init__(self, controller: Controller, address: str, *, is_how: bool = False) -> None:
        self._controller = controller
        self._address = address
        item = controller.workspace.find(address)
        name = quoted(title_of(item, controller.workspace), 40) if item is not None else address
        why = Page(f"Why {name}", self._why, "go there", "Y", "how")
        how = Page(f"How {name}", self._how, "go there", "y", "why")
        super().__init__((how, why) if is_how else (why, how))

    def chosen(self, key: str) -> None:
        app = cast("CanvasApp", self.app)
        if key != self._address:
            app.call_later(app.goto, key)

    def _why(self, columns: int) -> Sequence[Listed]:
        known = self._controller
        rows = why_rows(known.workspace, known.graph, known.report, self._address, columns, self.marks)
        return [(row.line, row.address) for row in rows]

    def _how(self, columns: int) -> Sequence[Listed]:
        known = self._controller
        rows = how_rows(known.workspace, known.graph, known.report, self._address, columns, self.marks)
        return [(row.line, row.address) for row in rows]
