"""Acting on a finding where it stands: its fixes by `f` and a number, and waiving it, on board, tree and findings.

Owns which findings are meant and which number is which fix. What a fix is, is `rules.fixes`; the dialogs that it needs
are in `dialogs.fix`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from canvas_tui.tui.input.deeds import Deed, Deeds

if TYPE_CHECKING:
    from canvas_tui.rules.finding import Finding
    from canvas_tui.rules.fix import Fix
    from canvas_tui.session.session import Session
    from canvas_tui.tui.shell import Shell

_MOST = 9  # as many as there are digits
_MOST_AT_ONCE = 50  # more waivers at once would make the file hard to read


def findings_by_element(session: Session) -> Mapping[str, tuple[Finding, ...]]:
    """Address to its findings, the most serious first; as last made, so they may be a moment old."""
    report = session.known_report
    return report.by_element if report is not None else {}


class Fixing:
    """What can be done to findings. `here` gives those under the cursor, the most serious first.

    `together` gives those that the line under the cursor stands for, where it stands for several: they are waived with
    one reason.
    """

    def __init__(
        self,
        shell: Shell,
        here: Callable[[], tuple[Finding, ...]],
        together: Callable[[], tuple[Finding, ...]] = lambda: (),
    ) -> None:
        self._shell, self._here, self._together = shell, here, together
        self.deeds: Deeds = {
            "fix": Deed(self._fix, can=self._can_fix, label=self._first_fix, numbered=self._numbered),
            "waive": Deed(self._waive, can=self._can_waive, label=self._waive_label),
        }

    @property
    def offers(self) -> list[tuple[Finding, Fix]]:
        """What can be done here, by number; what several findings offer alike stands once."""
        findings = () if self._shell.session.is_read_only else self._here()
        if not findings:
            return []
        from canvas_tui.rules.fixes import fixes_of

        found: dict[tuple[str, str], tuple[Finding, Fix]] = {}
        for finding in findings:
            for fix in fixes_of(finding, self._shell.session.workspace):
                found.setdefault((fix.words, fix.element), (finding, fix))
        ranked = sorted(found.values(), key=lambda each: each[1].act == "waive")
        return ranked[:_MOST]

    def _can_fix(self) -> bool:
        return bool(self.offers)

    def _first_fix(self) -> str:
        return self.offers[0][1].words

    def _numbered(self, key: str) -> str:
        offers, number = self.offers, int(key) if key.isdigit() else 0
        return offers[number - 1][1].words if 1 <= number <= len(offers) else ""

    def _fix(self) -> None:
        """`f` and a number: the fix with that number."""
        from canvas_tui.tui.dialogs.fix import carry_out

        offers, key = self.offers, self._shell.keys.last_key
        if key.isdigit() and 1 <= int(key) <= len(offers):
            carry_out(self._shell, *offers[int(key) - 1])
        else:
            self._shell.say(f"There is no fix {key} here")

    @property
    def _waivable(self) -> tuple[Finding, ...]:
        """Those of the findings here that can be accepted."""
        findings = () if self._shell.session.is_read_only else self._here()
        if not findings:
            return ()
        from canvas_tui.rules.waivers import is_waivable

        return tuple(each for each in findings if is_waivable(each, self._shell.session.workspace))

    def _can_waive(self) -> bool:
        return bool(self._waivable or self._together())

    def _waive_label(self) -> str:
        together = self._together()
        return f"waive all {len(together)}" if together else "waive"

    def _waive(self) -> None:
        """Accept a finding on purpose; where there are several, ask which; of a fold, all of them."""
        from canvas_tui.tui.dialogs.fix import which_finding
        from canvas_tui.tui.dialogs.waive import ask_waiver

        together = self._together()
        if len(together) > _MOST_AT_ONCE:
            rule = together[0].rule
            self._shell.say(f"{len(together)} waivers say less than off = ['{rule}'] under [rules] in strategy.toml")
        elif together:
            ask_waiver(self._shell, together)
        else:
            which_finding(self._shell, self._waivable, lambda finding: ask_waiver(self._shell, (finding,)))
