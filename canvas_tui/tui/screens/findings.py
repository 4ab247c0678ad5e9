"""The findings: everything that is missing or wrong, and the way to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from canvas_tui.rules.finding import Finding, Report
from canvas_tui.tui.actions import Action
from canvas_tui.tui.deeds import Deed
from canvas_tui.tui.dialogs.fix import ask_fixes
from canvas_tui.tui.fixing import Fixing
from canvas_tui.tui.look import Line
from canvas_tui.tui.screens.listing import ListingScreen
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.views.findings import Row, finding_detail, findings_header, findings_rows, fold_detail
from canvas_tui.tui.views.rows import LazyLines


class FindingsScreen(ListingScreen):
    """One line a finding; below, the one under the cursor with its path."""

    screen_name: ClassVar[str] = "findings"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._fixing = Fixing(shell, lambda: self.findings_here, lambda: self.waivable_together)
        can_move = lambda: self.list.has_cursor  # noqa: E731
        own = {
            "next-finding": self.moving(lambda: self.list.move(1) or self.list.first())._replace(can=can_move),
            "previous-finding": self.moving(lambda: self.list.move(-1) or self.list.last())._replace(can=can_move),
            "open": Deed(self._open, can=lambda: self.here_key is not None, label=self._open_label),
            "cursor-right": Deed(self._unfold, can=lambda: self._row is not None),
            "cursor-left": Deed(self._fold, can=lambda: self._row is not None and self._row.fold is not None),
            "filter": Deed(self._turn_waived, can=lambda: self._shows_waived or bool(self.report.waived)),
            "back": Deed(self._back, can=lambda: self._shows_waived or shell.deeds["back"].can()),
        }
        self.offer(own, self._fixing.deeds)
        self._rows: dict[str, Row] = {}
        self._unfolded: set[str] = set()
        self._shows_waived = False

    @property
    def report(self) -> Report:
        """The findings as last made; none of them before the first."""
        return self.shell.report() or Report(self.session.today)

    def header(self, columns: int) -> Line:
        workspace = self.session.workspace
        return findings_header(self.report, workspace, columns, self.marks, waived=self._shows_waived)

    def rows_and_keys(self, columns: int) -> tuple[Sequence[Line], list[str | None]]:
        self._rows = {}
        controller, waived = self.session, self._shows_waived
        report = self.shell.report()
        if report is None:
            return self.waiting_rows()
        rows = findings_rows(
            report, controller.workspace, columns, self.marks, waived=waived, unfolded=self._unfolded
        )  # fmt: skip
        return LazyLines(len(rows), lambda at: rows[at].line), list(self._keys_of(rows))

    def _keys_of(self, rows: Iterable[Row]) -> Iterator[str | None]:
        """A key for each row, the same whenever the rows are made anew; None for a heading."""
        count: Counter[str] = Counter()
        for row in rows:
            key = row.key
            if key is not None:
                count[key] += 1
                key += f" {count[key]}" if count[key] > 1 else ""
                self._rows[key] = row
            yield key

    def detail_height(self, rows: int) -> int:
        return 6 if rows < 24 else 8

    def detail(self, columns: int, rows: int) -> list[Line]:
        row = self._row
        if row is not None and row.finding is None and row.fold is not None:
            return fold_detail(row.fold, self.session.workspace, columns, rows, self.marks)
        return finding_detail(self.here, self.session.workspace, columns, rows, self.marks)

    @property
    def _row(self) -> Row | None:
        key = self.here_key
        return self._rows.get(key) if key is not None else None

    @property
    def here(self) -> Finding | None:
        """The finding under the cursor; None on a line that stands for several."""
        row = self._row
        return row.finding if row is not None else None

    @property
    def findings_here(self) -> tuple[Finding, ...]:
        finding = self.here
        return (finding,) if finding is not None and not self._shows_waived else ()

    @property
    def waivable_together(self) -> tuple[Finding, ...]:
        row = self._row
        if row is None or row.finding is not None or row.fold is None or self._shows_waived:
            return ()
        if self.session.is_read_only:
            return ()
        from canvas_tui.rules.waivers import is_waivable

        return tuple(each for each in row.fold.findings if is_waivable(each, self.session.workspace))

    def actions_here(self, *, only_ranked: bool = False) -> Iterable[Action]:
        """The next finding is the next line: no word in the footer for that."""
        for action in super().actions_here(only_ranked=only_ranked):
            if not (only_ranked and action.id == "next-finding"):
                yield action

    @property
    def selected(self) -> str | None:
        finding = self.here
        if finding is None:
            return None
        item = self.session.workspace.find(finding.about.id)
        return item.address if item is not None else None

    def put_cursor(self, address: str) -> bool:
        if not self._made_for:
            self._make(self.app.size.width)
        for row, key in enumerate(self.keys_of_rows):
            finding = self._rows[key].finding if key is not None else None
            if finding is not None and finding.about.id == address:
                self.list.go(row)
                return True
        return False

    def _open_label(self) -> str:
        row = self._row
        if row is not None and row.finding is None and row.fold is not None:
            return "fold" if row.fold.key in self._unfolded else "unfold"
        return "what to do" if self._is_asked else "open"

    @property
    def _is_asked(self) -> bool:
        """Whether something can be done about the finding under the cursor, and be it to go there."""
        is_asked = bool(self.findings_here) and (self.selected is not None or bool(self._fixing.offers))
        return is_asked and not self.session.is_read_only

    def _open(self) -> None:
        """What can be done about the finding; of several in one line, show each; else go there."""
        row = self._row
        if row is not None and row.finding is None and row.fold is not None:
            self._unfolded ^= {row.fold.key}
            self.remake()
        elif self._is_asked:
            ask_fixes(self.shell, self.findings_here[0])
        else:
            self._unfold()

    def _unfold(self) -> None:
        """Go where the finding is; of several in one line, show each."""
        row, finding = self._row, self.here
        if row is not None and row.fold is not None and finding is None:
            self._unfolded.add(row.fold.key)
            self.remake()
            return
        if finding is None:
            return
        if self.selected is not None:
            self.shell.goto(self.selected)
        else:
            at = finding.about
            self.shell.say(f"This is about the file {at.file}, line {at.line}: mend it in an editor", "warning")

    def _turn_waived(self) -> None:
        """Show what is waived, and back."""
        self._shows_waived = not self._shows_waived
        self.remake()

    def _back(self) -> None:
        if self._shows_waived:
            self._turn_waived()
        else:
            self.shell.deeds["back"].do()

    def _fold(self) -> None:
        """Fold what says the same into one line again."""
        if (row := self._row) is not None and row.fold is not None and row.fold.key in self._unfolded:
            self._unfolded.discard(row.fold.key)
            self.remake()
            if row.fold.key in self.keys_of_rows:
                self.list.go(self.keys_of_rows.index(row.fold.key))
            self.repaint()
