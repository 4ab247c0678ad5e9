"""Acting on a finding where it stands: its fixes by `f` and a number, and waiving it, on board, tree and findings.

Owns which findings are meant and which number is which fix. What a fix is, is `rules.fixes`; the dialogs that it needs
are in `dialogs.fix`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from canvas_tui.tui.actions import Action
from canvas_tui.tui.element_actions import ElementScreen

if TYPE_CHECKING:
    from canvas_tui.rules.finding import Finding
    from canvas_tui.rules.fix import Fix
    from canvas_tui.session.session import Session

_MOST = 9  # as many as there are digits
_MOST_AT_ONCE = 50  # waivers that a reader of the file can still be asked to read


class FixingScreen(ElementScreen):
    """A screen whose cursor is on elements with findings, or on findings."""

    def __init__(self, controller: Session) -> None:
        super().__init__(controller)
        self.typed_for: dict[str, str] = {}  # reasons and words that were typed for a finding and not written yet

    @property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings by element, as last made: they may be a moment old."""
        report = self.controller.known_report
        return report.by_element if report is not None else {}

    @property
    def findings_here(self) -> tuple[Finding, ...]:
        """The findings under the cursor, the most serious first."""
        address = self.selected
        return self.findings.get(address, ()) if address is not None else ()

    @property
    def offers(self) -> list[tuple[Finding, Fix]]:
        """What can be done here, by number; what several findings offer alike stands once."""
        if self.controller.is_read_only or not self.findings_here:
            return []
        from canvas_tui.rules.fixes import fixes_of

        found: dict[tuple[str, str], tuple[Finding, Fix]] = {}
        for finding in self.findings_here:
            for fix in fixes_of(finding, self.controller.workspace):
                found.setdefault((fix.words, fix.element), (finding, fix))
        ranked = sorted(found.values(), key=lambda each: each[1].act == "waive")
        return ranked[:_MOST]

    def can_fix(self) -> bool:
        return bool(self.offers)

    def label_fix(self) -> str:
        """The first of them: what its key does."""
        return self.offers[0][1].words

    def do_fix(self) -> None:
        """`f` and a number: the fix with that number."""
        from canvas_tui.tui.dialogs.fix import carry_out

        offers, key = self.offers, self.canvas_app.keys.last_key
        if key.isdigit() and 1 <= int(key) <= len(offers):
            carry_out(self, *offers[int(key) - 1])
        else:
            self.show_message(f"There is no fix {key} here")

    def following(self, key: str, action: Action) -> Action | None:
        if action.id != "fix":
            return super().following(key, action)
        offers = self.offers
        number = int(key) if key.isdigit() else 0
        return action._replace(label=offers[number - 1][1].words) if 1 <= number <= len(offers) else None

    @property
    def waivable(self) -> tuple[Finding, ...]:
        """Those of the findings here that can be accepted."""
        if self.controller.is_read_only or not self.findings_here:
            return ()
        from canvas_tui.rules.waivers import is_waivable

        return tuple(each for each in self.findings_here if is_waivable(each, self.controller.workspace))

    @property
    def waivable_together(self) -> tuple[Finding, ...]:
        """The findings that the line under the cursor stands for, where it stands for several: they have one reason."""
        return ()

    def can_waive(self) -> bool:
        return bool(self.waivable or self.waivable_together)

    def label_waive(self) -> str:
        return f"waive all {len(self.waivable_together)}" if self.waivable_together else "waive"

    def do_waive(self) -> None:
        """Accept a finding on purpose; where there are several, ask which; of a fold, all of them."""
        from canvas_tui.tui.dialogs.fix import which_finding
        from canvas_tui.tui.dialogs.waive import ask_waiver

        together = self.waivable_together
        if len(together) > _MOST_AT_ONCE:
            rule = together[0].rule
            self.show_message(f"{len(together)} waivers say less than off = ['{rule}'] under [rules] in strategy.toml")
        elif together:
            ask_waiver(self, together, self.typed_for)
        else:
            which_finding(self, self.waivable, lambda finding: ask_waiver(self, (finding,), self.typed_for))
