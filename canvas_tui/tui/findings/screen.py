"""The findings: everything that is missing or wrong, and the way to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import ClassVar

from canvas_tui.rules.finding import Finding, Report
from canvas_tui.tui.aside import GoOn
from canvas_tui.tui.dialogs.fix import ask_fixes
from canvas_tui.tui.findings.view import Row, finding_detail, findings_header, findings_rows, fold_detail
from canvas_tui.tui.flows.finding_actions import Fixing
from canvas_tui.tui.input.actions import Action
from canvas_tui.tui.input.deeds import Deed
from canvas_tui.tui.paint.rows import LazyLines
from canvas_tui.tui.paint.style import Line
from canvas_tui.tui.screens.listing import Listing, ListingScreen
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.worked_out import Recipe


class FindingsScreen(ListingScreen[Row]):
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
        self._unfolded: set[str] = set()
        self._shows_waived = False

    @property
    def report(self) -> Report:
        """The findings as last made; none of them before the first."""
        return self.shell.report() or Report(self.session.today)

    def header(self, columns: int) -> Line:
        """The line on top: how many findings there are."""
        workspace = self.session.workspace
        return findings_header(self.report, workspace, columns, self.marks, waived=self._shows_waived)

    def recipe(self, columns: int) -> Recipe[Listing[Row]]:
        """How to make the rows for `columns`; a waiting line while no findings are known."""
        report, workspace, marks = self.shell.report(), self.session.workspace, self.marks
        if report is None:
            return self.not_yet()
        waived, unfolded = self._shows_waived, frozenset(self._unfolded)

        def make(go_on: GoOn) -> Listing[Row]:
            rows = findings_rows(report, workspace, columns, marks, waived=waived, unfolded=unfolded)
            go_on()
            found: dict[str, int] = {}
            for number, row in enumerate(rows):
                if row.finding is not None:
                    found.setdefault(row.finding.about.id, number)
                elif row.fold is not None:
                    found.setdefault(row.fold.key, number)
            return Listing.of(LazyLines(len(rows), lambda at: rows[at].line), list(_keys_of(rows)), rows, found)

        return Recipe((report, workspace), (columns, waived, unfolded), len(report.findings) + len(report.waived), make)

    def detail_height(self, rows: int) -> int:
        """How many lines tell of the finding under the cursor, out of `rows` on the screen."""
        return 6 if rows < 24 else 8

    def detail(self, columns: int, rows: int) -> list[Line]:
        """The finding under the cursor, or the several that its line stands for."""
        row = self._row
        if row is not None and row.finding is None and row.fold is not None:
            return fold_detail(row.fold, self.session.workspace, columns, rows, self.marks)
        return finding_detail(self.here, self.session.workspace, columns, rows, self.marks)

    @property
    def _row(self) -> Row | None:
        return self.listing.rows[self.list.cursor] if self.here_key is not None else None

    @property
    def here(self) -> Finding | None:
        """The finding under the cursor; None on a line that stands for several."""
        row = self._row
        return row.finding if row is not None else None

    @property
    def findings_here(self) -> tuple[Finding, ...]:
        """The finding that actions are about: a tuple of one, or empty where there is none or it is waived."""
        finding = self.here
        return (finding,) if finding is not None and not self._shows_waived else ()

    @property
    def waivable_together(self) -> tuple[Finding, ...]:
        """The findings that the line under the cursor stands for and that one reason can waive."""
        row = self._row
        if row is None or row.finding is not None or row.fold is None:
            return ()
        return () if self._shows_waived or self.session.is_read_only else row.fold.waivable

    def actions_here(self, *, only_ranked: bool = False) -> Iterable[Action]:
        """The next finding is the next line: no word in the footer for that."""
        for action in super().actions_here(only_ranked=only_ranked):
            if not (only_ranked and action.id == "next-finding"):
                yield action

    @property
    def selected(self) -> str | None:
        """The address of the element that the finding is about, or None."""
        finding = self.here
        if finding is None:
            return None
        item = self.session.workspace.find(finding.about.id)
        return item.address if item is not None else None

    def _open_label(self) -> str:
        row = self._row
        if row is not None and row.finding is None and row.fold is not None:
            return "fold" if row.fold.key in self._unfolded else "unfold"
        return "what to do" if self._is_asked else "open"

    @property
    def _is_asked(self) -> bool:
        """Whether anything can be done about the finding under the cursor, if only going there."""
        is_asked = bool(self.findings_here) and (self.selected is not None or bool(self._fixing.offers))
        return is_asked and not self.session.is_read_only

    def _open(self) -> None:
        """Enter: ask what to do about a finding, fold or unfold a line of several, or go to the element."""
        row = self._row
        if row is not None and row.finding is None and row.fold is not None:
            self._unfolded ^= {row.fold.key}
            self.remake()
        elif self._is_asked:
            ask_fixes(self.shell, self.findings_here[0])
        else:
            self._unfold()

    def _unfold(self) -> None:
        """Go to the finding's element, or unfold a line of several."""
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
            self.put_cursor(row.fold.key)
            self.repaint()


def _keys_of(rows: Iterable[Row]) -> Iterator[str | None]:
    """A key for each row, the same whenever the rows are made anew; None for a heading."""
    count: Counter[str] = Counter()
    for row in rows:
        key = row.key
        if key is not None:
            count[key] += 1
            key += f" {count[key]}" if count[key] > 1 else ""
        yield key
