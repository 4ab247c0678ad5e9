"""One cause is one finding: which findings say again, more bluntly, what another one says of the same element.

Owns the order of the rules among each other, and nothing of what they look for. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from canvas_tui.rules.finding import Finding

_BROKEN_LINK = frozenset({"dangling-link", "duplicate-id", "unknown-cell"})
_CIRCLE = frozenset({"cycle"})
_SPEAK_OF_ALL = _BROKEN_LINK | _CIRCLE
_SHARPER = frozenset(
    """problem-unsolved threat-unanswered opportunity-idle fit-gap metric-orphan solution-unmotivated tows-half
    undecided""".split()
)

_NOT_THERE = _BROKEN_LINK | {"undecided"}

# rule -> the rules that tell the same of an element, only nearer to its cause
SILENCED_BY: Mapping[str, frozenset[str]] = {
    "orphan-entry": _BROKEN_LINK | _SHARPER,
    "metric-orphan": _NOT_THERE,
    "solution-unmotivated": _NOT_THERE,
    "problem-unsolved": _NOT_THERE,
    "fit-gap": _NOT_THERE,
    "segment-unreachable": _NOT_THERE,
    "threat-unanswered": _NOT_THERE,
    "opportunity-idle": _NOT_THERE,
    "tows-half": _NOT_THERE,
    "initiative-without-goal": _BROKEN_LINK | _CIRCLE,
    "goal-without-initiative": _BROKEN_LINK | _CIRCLE | {"undecided"},
    "goal-unmeasured": _CIRCLE | {"undecided"},
    "goal-detached": _BROKEN_LINK | _CIRCLE,
}
# rule -> the rules that, told of an element further up its path, tell of the same missing link
SILENCED_FROM_ABOVE: Mapping[str, frozenset[str]] = {
    "orphan-entry": _BROKEN_LINK | _SHARPER | {"orphan-entry", "initiative-without-goal"},
    "initiative-without-goal": _BROKEN_LINK | _SHARPER | {"orphan-entry", "initiative-without-goal"},
}

# A workspace without a goal: nothing can lead to one, and that is told once.
NO_GOALS = "no-goals"
HELD_BACK_WITHOUT_GOALS = frozenset({"orphan-entry", "metric-orphan", "initiative-without-goal"})

Findings = Callable[[str], Sequence[Finding]]


def silenced(rule: str, findings: Iterable[Finding], of: Findings) -> list[Finding]:
    """Those findings of a rule that no sharper rule tells already. `of` gives every finding of another rule.

    Where there are none, no other rule is asked.
    """
    findings = list(findings)
    if not findings or (rule in HELD_BACK_WITHOUT_GOALS and of(NO_GOALS)):
        return []
    told = _elements_told(SILENCED_BY.get(rule, frozenset()), of)
    above = _elements_told(SILENCED_FROM_ABOVE.get(rule, frozenset()), of)
    return [finding for finding in findings if finding.about.id not in told and above.isdisjoint(finding.path[1:])]


def _elements_told(rules: frozenset[str], of: Findings) -> set[str]:
    """The elements that findings of these rules speak of.

    That is the one a finding is about, every one of a circle, and what a broken link perhaps means.
    """
    return {
        element.id
        for rule in sorted(rules)
        for finding in of(rule)
        for element in (finding.elements if rule in _SPEAK_OF_ALL else finding.elements[:1])
    }
