"""Findings that say the same of several elements, as one line with a count: "12 cells of “Kite” are empty".

The words for several at once are the rule's own. Pure, no textual.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.registry import RULES
from canvas_tui.rules.waivers import is_waivable
from canvas_tui.tui.paint.parts import quoted, said

FROM = 3  # so many of a kind are one line


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
        known = RULES.get(finding.rule)
        is_alone = known is not None and known.is_told_one_by_one
        place = str(number) if is_alone else _canvas_of(finding, workspace)
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
    known = RULES.get(rule)
    if known is not None and known.several:
        return known.several.format(count=count, of=of)
    summary = said(known.summary.rstrip(".")) if known is not None else rule
    return f"{count} times{of}: {summary[:1].lower()}{summary[1:]}"
