"""Applies waivers to findings: which they accept, and which are reported again once the waiver has expired. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules.book.waivers import EXPIRED, is_expired, waived_element, waivers_of
from canvas_tui.rules.finding import Finding
from canvas_tui.rules.registry import RULES


def is_waivable(finding: Finding, workspace: Workspace) -> bool:
    """Whether a waiver can accept the finding. Not if it is about a file that cannot be read: for the sake of that
    finding others are held back."""
    rule = RULES.get(finding.rule)
    if workspace.header is None or (rule is not None and not rule.can_be_waived):
        return False
    document = workspace.document(finding.about.file) if finding.about.kind == "file" else None
    return document is None or document.is_readable


def split_waived(
    findings: Iterable[Finding], workspace: Workspace, graph: StrategyGraph, today: date
) -> tuple[list[Finding], list[Finding]]:
    """(the findings that stand, the findings that a waiver accepts on the day `today`)."""
    accepted = {
        (waiver.rule, waived_element(waiver, graph))
        for waiver in waivers_of(workspace)
        if not is_expired(waiver, today)
    }
    standing: list[Finding] = []
    waived: list[Finding] = []
    for finding in findings:
        is_waived = not accepted.isdisjoint(accepting(finding)) and is_waivable(finding, workspace)
        (waived if is_waived else standing).append(finding)
    return standing, waived


def accepting(finding: Finding) -> set[tuple[str, str]]:
    """(rule, element) of every waiver that would accept a finding."""
    return {(rule, finding.about.id) for rule in (finding.rule, *RULES[finding.rule].accepted_with)}


def told_by_waivers(
    findings: Iterable[Finding], workspace: Workspace, graph: StrategyGraph, today: date
) -> list[Finding]:
    """The findings, without those that an expired waiver had accepted: the finding about that waiver reports them, with
    their severity."""
    every = list(findings)
    past = {waiver.line: (waiver.rule, waived_element(waiver, graph))
            for waiver in waivers_of(workspace) if is_expired(waiver, today)}  # fmt: skip
    told = {past[each.about.line] for each in every if each.rule == EXPIRED and each.about.line in past}
    again = {key: each for each in every for key in accepting(each) & told}
    kept = [each for each in every if told.isdisjoint(accepting(each))]
    return [
        _with(each, again.get(past.get(each.about.line, ("", "")))) if each.rule == EXPIRED else each for each in kept
    ]


def _with(ended: Finding, again: Finding | None) -> Finding:
    """The finding about an expired waiver, with the finding that it no longer accepts."""
    if again is None:
        return ended
    severity = min(ended.severity, again.severity, key=lambda each: each.rank)
    fix = f"{again.fix} Or write a later date, and the reason why it may still wait."
    return replace(ended, severity=severity, message=f"{ended.message} {again.message}", fix=fix, path=again.path)
