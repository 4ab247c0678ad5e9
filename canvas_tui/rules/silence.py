"""One cause gives one finding: drops findings that only repeat what a more exact finding says of the same element.

It also holds back findings while a file cannot be read. The rules themselves declare which rule silences which. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from canvas_tui.rules.finding import HANGING, Finding
from canvas_tui.rules.registry import RULES
from canvas_tui.rules.rule import Asks
from canvas_tui.rules.unread import UnreadFiles


def _both_ends(gives_way: Mapping[str, Set[str]], silences: Mapping[str, Set[str]]) -> Mapping[str, frozenset[str]]:
    """rule -> the rules that silence it, from the declarations of both sides. Raises KeyError for an unknown rule."""
    found = {rule: set(sharper) for rule, sharper in gives_way.items()}
    for rule, blunter in silences.items():
        for each in blunter:
            found[each].add(rule)
    return {rule: frozenset(sharper) for rule, sharper in found.items() if sharper}


# rule -> the rules that silence it: they report the same element, nearer to the cause
SILENCED_BY = _both_ends(
    {rule.name: rule.silenced_by for rule in RULES.values()},
    {rule.name: rule.silences for rule in RULES.values()},
)
# rule -> the rules that silence it if they report an element further up its path: it is the same missing link
SILENCED_FROM_ABOVE = _both_ends(
    {rule.name: rule.silenced_from_above for rule in RULES.values()},
    {rule.name: rule.silences_below for rule in RULES.values()},
)

NO_GOALS = "no-goals"  # without any goal nothing can lead to one: only this rule reports that

Findings = Callable[[str], Sequence[Finding]]


def silenced(rule: str, findings: Iterable[Finding], of: Findings) -> list[Finding]:
    """The findings of a rule that no other rule silences. `of` gives all findings of a rule by its name.

    If there are no findings, no other rule is run.
    """
    findings = list(findings)
    if not findings or (rule in HANGING and of(NO_GOALS)):
        return []
    told = _elements_told(SILENCED_BY.get(rule, frozenset()), of)
    above = _elements_told(SILENCED_FROM_ABOVE.get(rule, frozenset()), of)
    return [finding for finding in findings if finding.about.id not in told and above.isdisjoint(finding.path[1:])]


def _elements_told(rules: frozenset[str], of: Findings) -> set[str]:
    """The elements that findings of these rules silence: the first of each finding, for some rules all
    (`is_about_all`)."""
    return {
        element.id
        for rule in sorted(rules)
        for finding in of(rule)
        for element in (finding.elements if RULES[rule].is_about_all else finding.elements[:1])
    }


def held_back(finding: Finding, unread: UnreadFiles) -> bool:
    """Whether the thing that a finding misses, or a waiver for it, may be in a file that could not be read."""
    asks = RULES[finding.rule].asks
    if asks is Asks.NOTHING:
        return False
    if asks is Asks.GOALS:
        return unread.may_hold_goals
    if unread.may_configure(finding.rule):
        return True
    about = finding.about
    if about.kind in ("file", "vision"):
        return bool(unread)  # it speaks of the workspace as a whole
    return unread.touches_far(about.id) if asks is Asks.FAR else unread.touches(about.id)
