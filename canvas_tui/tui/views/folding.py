"""Findings that say the same of several elements, as one line with a count: "12 cells of “Kite” are empty".

Owns the words for several at once. Pure, no textual.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.registry import RULES
from canvas_tui.rules.waivers import is_waivable
from canvas_tui.tui.views.parts import quoted, said

FROM = 3  # so many of a kind are one line

# Rules whose findings are each another mistake, and are read one by one.
_EACH = frozenset("duplicate-id dangling-link cycle unknown-cell invalid-value conflict-open waiver-expired".split())

# {count} of them; {of} is " of “Kite”" where all stand on one canvas, else "".
_WORDS: Mapping[str, str] = {
    "empty-cell": "{count} cells{of} are empty",
    "orphan-entry": "{count} entries{of} lead to no goal",
    "problem-unsolved": "Nothing answers {count} problems{of}",
    "solution-unmotivated": "{count} solutions{of} answer no problem",
    "fit-gap": "Nothing takes up {count} pains and gains{of}",
    "segment-unreachable": "{count} customer segments{of} lack a channel or a revenue stream",
    "threat-unanswered": "Nobody does anything about {count} threats and weaknesses{of}",
    "opportunity-idle": "Nobody takes up {count} opportunities{of}",
    "tows-half": "{count} options{of} do not cite both of their sides",
    "metric-orphan": "No goal measures {count} key metrics{of}",
    "initiative-without-goal": "{count} initiatives lead to no goal",
    "goal-without-initiative": "Nothing works towards {count} active goals",
    "goal-unmeasured": "Nobody can tell when {count} goals are reached",
    "overdue": "{count} dates are past, and what was due is still open",
    "undecided": "{count} entries{of} only say that they are to be decided",
    "unsafe-text": "{count} texts have characters that are no letters",
}


@dataclass(frozen=True, slots=True)
class Fold:
    """Findings of one rule and severity on one canvas, or on none. One alone, or two, are no fold but a line each."""

    key: str
    findings: tuple[Finding, ...]
    sentence: str = ""
    waivable: tuple[Finding, ...] = ()  # of several in one line, those that can be accepted together

    @property
    def is_one_line(self) -> bool:
        """Whether they are told as one."""
        return bool(self.sentence)


def folds_of(findings: Iterable[Finding], workspace: Workspace) -> list[Fold]:
    """The findings in their order, those of a kind together where the first of them stands."""
    kinds: dict[tuple[str, Severity, str], list[Finding]] = {}
    for number, finding in enumerate(findings):
        place = str(number) if finding.rule in _EACH else _canvas_of(finding, workspace)
        kinds.setdefault((finding.rule, finding.severity, place), []).append(finding)
    found = []
    for (rule, severity, place), alike in kinds.items():
        sentence = _sentence(rule, len(alike), place, workspace) if len(alike) >= FROM else ""
        waivable = tuple(each for each in alike if is_waivable(each, workspace)) if sentence else ()
        found.append(Fold(f"{rule} {severity} {place}", tuple(alike), sentence, waivable))
    return found


def _canvas_of(finding: Finding, workspace: Workspace) -> str:
    item = workspace.find(finding.about.id)
    return item.canvas.id if item is not None and item.canvas is not None else ""


def _sentence(rule: str, count: int, canvas: str, workspace: Workspace) -> str:
    item = workspace.find(canvas) if canvas else None
    of = f" of {quoted(item.text, 30)}" if item is not None else ""
    if rule in _WORDS:
        return _WORDS[rule].format(count=count, of=of)
    summary = said(RULES[rule].summary.rstrip(".")) if rule in RULES else rule
    return f"{count} times{of}: {summary[:1].lower()}{summary[1:]}"
