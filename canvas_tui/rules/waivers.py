"""Rules on waivers: a finding accepted on purpose, past its date or matching nothing, is a finding itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from canvas_tui.core.elements import Waiver
from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules.config import closest_rule
from canvas_tui.rules.finding import ElementAt, Finding
from canvas_tui.rules.names import PLANNED, PREVIEW, RULE_NAMES
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, quoted
from canvas_tui.rules.silence import ACCEPTED_WITH

EXPIRED = "waiver-expired"
# What a waiver cannot accept: that a waiver is wrong, and that two versions wait for somebody to choose.
_NEVER = frozenset({EXPIRED, "waiver-unmatched", "conflict-open"})


def waivers_of(workspace: Workspace) -> Sequence[Waiver]:
    """Every waiver of the workspace."""
    return workspace.header.waivers if workspace.header is not None else ()


def is_expired(waiver: Waiver, today: date) -> bool:
    """Whether its last day is past; on the day itself it still holds."""
    return waiver.until is not None and waiver.until < today


def waived_element(waiver: Waiver, graph: StrategyGraph) -> str:
    """The address of the element it names; as written where no element has it (a file, or nothing at all)."""
    node = graph.node(waiver.element)
    return waiver.element if node is None else node.address


def is_waivable(finding: Finding, workspace: Workspace) -> bool:
    """Whether a waiver can accept the finding, and be written: not where it tells of a file that cannot be read, since
    all that may be in that file is held back for it."""
    if finding.rule in _NEVER or workspace.header is None:
        return False
    document = workspace.document(finding.about.file) if finding.about.kind == "file" else None
    return document is None or document.is_readable


def split_waived(
    findings: Iterable[Finding], workspace: Workspace, graph: StrategyGraph, today: date
) -> tuple[list[Finding], list[Finding]]:
    """The findings that stand, and those that a waiver of the day accepts."""
    accepted = {
        (waiver.rule, waived_element(waiver, graph))
        for waiver in waivers_of(workspace)
        if not is_expired(waiver, today)
    }
    standing: list[Finding] = []
    waived: list[Finding] = []
    for finding in findings:
        is_waived = not accepted.isdisjoint(_accepted_by(finding)) and is_waivable(finding, workspace)
        (waived if is_waived else standing).append(finding)
    return standing, waived


def _accepted_by(finding: Finding) -> set[tuple[str, str]]:
    """Rule and element of the waivers that accept it."""
    rules = {finding.rule, *ACCEPTED_WITH.get(finding.rule, ())}
    return {(rule, finding.about.id) for rule in rules}


def told_by_waivers(
    findings: Iterable[Finding], workspace: Workspace, graph: StrategyGraph, today: date
) -> list[Finding]:
    """The findings, those whose waiver is past told by that waiver only: once, and as serious as they are."""
    every = list(findings)
    past = {waiver.line: (waiver.rule, waived_element(waiver, graph))
            for waiver in waivers_of(workspace) if is_expired(waiver, today)}  # fmt: skip
    told = {past[each.about.line] for each in every if each.rule == EXPIRED and each.about.line in past}
    again = {key: each for each in every for key in _accepted_by(each) & told}
    kept = [each for each in every if told.isdisjoint(_accepted_by(each))]
    return [
        _with(each, again.get(past.get(each.about.line, ("", "")))) if each.rule == EXPIRED else each for each in kept
    ]


def _with(ended: Finding, again: Finding | None) -> Finding:
    """The finding on a waiver that is past, with what it no longer accepts."""
    if again is None:
        return ended
    severity = min(ended.severity, again.severity, key=lambda each: each.rank)
    fix = f"{again.fix} Or write a later date, and the reason why it may still wait."
    return replace(ended, severity=severity, message=f"{ended.message} {again.message}", fix=fix, path=again.path)


def expired(scene: Scene) -> Iterator[Found]:
    """A waiver's date is past."""
    for waiver in waivers_of(scene.workspace):
        if is_expired(waiver, scene.today):
            what = f"The waiver of {_rule(waiver)} for {_element(scene, waiver)}"
            message = f"{what} ended on {waiver.until}{_by(waiver)}."
            fix = "Mend what it was about, or write a later date and the reason why it may still wait."
            yield Found(message, fix, (_place(scene, waiver),))


def unmatched(scene: Scene, found: Iterable[Finding], off: frozenset[str]) -> Iterator[Found]:
    """A waiver matches nothing. `found` holds every finding, before waivers, of the rules that waivers name.

    A waiver of a preview rule is let be: it is needed where the rule is asked for.
    """
    about = {key for finding in found for key in _accepted_by(finding)}
    for waiver in waivers_of(scene.workspace):
        if is_expired(waiver, scene.today) or waiver.rule in PLANNED | PREVIEW or not waiver.rule or not waiver.element:
            continue  # the reader tells a waiver without a rule or an element
        if (waiver.rule, waived_element(waiver, scene.graph)) in about:
            continue
        if why := _why_unmatched(scene, waiver, off):
            yield Found(*why, (_place(scene, waiver),))


def _why_unmatched(scene: Scene, waiver: Waiver, off: frozenset[str]) -> tuple[str, str] | None:
    if waiver.rule not in RULE_NAMES:
        near = closest_rule(waiver.rule)
        fix = f"Write '{near}' instead, or take the waiver out." if near else "Take the waiver out."
        return f"A waiver names the rule '{_rule(waiver)}', which there is not.", fix
    if waiver.rule in off:
        return f"A waiver names {waiver.rule}, and that rule is switched off.", "Take the waiver out."
    element = waived_element(waiver, scene.graph)
    if scene.unread and (scene.unread.may_have(element) or scene.unread.touches_far(element)):
        return None  # once that file can be read the rule may find something there
    if scene.graph.node(waiver.element) is None:
        near = scene.names.closest(waiver.element)
        fix = f"Write '{clean(near)}' instead, or take the waiver out." if near else "Take the waiver out."
        return f"A waiver of {waiver.rule} names '{clean(waiver.element)}', and nothing has that id.", fix
    message = f"The waiver of {waiver.rule} for {_element(scene, waiver)} is not needed: the rule finds nothing there."
    return message, "Take the waiver out."


def _rule(waiver: Waiver) -> str:
    return clean(waiver.rule) or "no rule"


def _element(scene: Scene, waiver: Waiver) -> str:
    node = scene.graph.node(waiver.element)
    return quoted(waiver.element if node is None else node)


def _by(waiver: Waiver) -> str:
    who = clean(waiver.text_field("who"))
    return f" ({who} accepted it)" if who else ""


def _place(scene: Scene, waiver: Waiver) -> ElementAt:
    file = next(document.path for document in scene.workspace.documents if document.header is not None)
    return ElementAt(waived_element(waiver, scene.graph) or file, "waiver", file, waiver.line or 1)
