"""The findings: everything that is missing or wrong, and the way to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from canvas_tui.rules.finding import Finding
from canvas_tui.tui.controller import Controller
from canvas_tui.tui.look import Line
from canvas_tui.tui.screens.listing import Listed, ListingScreen
from canvas_tui.tui.views.findings import finding_detail, findings_header, findings_rows


class FindingsScreen(ListingScreen):
    """One line a finding; below, the one under the cursor with its path."""

    screen_name: ClassVar[str] = "findings"

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._findings: dict[str, Finding] = {}
        self._shows_waived = False
        self._reasons: dict[str, str] = {}  # typed for a waiver and not written yet

    def header(self, columns: int) -> Line:
        controller = self.controller
        waived = self._shows_waived
        return findings_header(controller.report, controller.workspace, columns, self.marks, waived=waived)

    def make_rows(self, columns: int) -> Sequence[Listed]:
        self._findings = {}
        listed: list[Listed] = []
        for row in findings_rows(self.controller.report, columns, self.marks, waived=self._shows_waived):
            key = None
            if (finding := row.finding) is not None:
                key = f"{finding.rule} {finding.about.id} {finding.about.line}"
                while key in self._findings:
                    key += "'"
                self._findings[key] = finding
            listed.append((row.line, key))
        return listed

    def detail_height(self, rows: int) -> int:
        return 6 if rows < 24 else 8

    def detail(self, columns: int, rows: int) -> list[Line]:
        return finding_detail(self.here, self.controller.workspace, columns, rows, self.marks)

    @property
    def here(self) -> Finding | None:
        """The finding under the cursor."""
        key = self.here_key
        return self._findings.get(key) if key is not None else None

    @property
    def selected(self) -> str | None:
        finding = self.here
        if finding is None:
            return None
        item = self.controller.workspace.find(finding.about.id)
        return item.address if item is not None else None

    def put_cursor(self, address: str) -> bool:
        if not self._made_for:
            self._make(self.app.size.width)
        for row, key in enumerate(self.keys_of_rows):
            if key is not None and self._findings[key].about.id == address:
                self.list.go(row)
                return True
        return False

    def do_open(self) -> None:
        finding = self.here
        if finding is None:
            return
        if self.selected is not None:
            self.canvas_app.goto(self.selected)
        else:
            at = finding.about
            self.show_message(f"This is about the file {at.file}, line {at.line}: mend it in an editor", "warning")

    def can_filter(self) -> bool:
        return self._shows_waived or bool(self.controller.report.waived)

    def do_filter(self) -> None:
        """Show what is waived, and back."""
        self._shows_waived = not self._shows_waived
        self.remake()

    def can_back(self) -> bool:
        return self._shows_waived or self.canvas_app.can_back()

    def do_back(self) -> None:
        if self._shows_waived:
            self.do_filter()
        else:
            self.canvas_app.do_back()

    def can_waive(self) -> bool:
        return self.here is not None and not self._shows_waived and not self.controller.is_read_only

    def do_waive(self) -> None:
        from canvas_tui.tui.dialogs.waive import ask_waiver

        if (finding := self.here) is not None:
            ask_waiver(self, finding, self._reasons)
