"""One cause is one finding: which findings say again, more bluntly, what another one says of the same element.

Owns the order of the rules among each other, and which of them wait while a file cannot be read; nothing of what they
look for. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from canvas_tui.rules.finding import Finding
from canvas_tui.rules.unread import UnreadFiles

_BROKEN_LINK = frozenset({"dangling-link", "duplicate-id", "unknown-cell"})
_CIRCLE = frozenset({"cycle"})
# what a broken link perhaps means, what goes round in a circle, the options that nobody carries out, the messages of a
# plan in which none is anchored, the work that rests on what is refuted
_SPEAK_OF_ALL = (
    _BROKEN_LINK | _CIRCLE | {"threat-unanswered", "opportunity-idle", "message-unanchored", "refuted-in-use"}
)
_SHARPER = frozenset(
    """problem-unsolved threat-unanswered opportunity-idle fit-gap metric-orphan solution-unmotivated tows-half
    undecided message-unanchored advantage-doubtful advantage-unfunded""".split()
)

_NOT_THERE = _BROKEN_LINK | {"undecided"}

# rule -> the rules that tell the same of an element, only nearer to its cause
SILENCED_BY: Mapping[str, frozenset[str]] = {
    "orphan-entry": _BROKEN_LINK | _SHARPER,
    "no-goals": frozenset({"dangling-link"}),  # where the goals are what is gone
    "empty-cell": frozenset({"unknown-cell"}),
    "metric-orphan": _NOT_THERE,
    "solution-unmotivated": _NOT_THERE,
    "problem-unsolved": _NOT_THERE,
    "fit-gap": _NOT_THERE,
    "segment-unreachable": _NOT_THERE,
    "threat-unanswered": _NOT_THERE,
    "opportunity-idle": _NOT_THERE,
    "tows-half": _NOT_THERE,
    "initiative-without-goal": _BROKEN_LINK | _CIRCLE,
    "goal-without-initiative": _BROKEN_LINK | _CIRCLE | {"undecided", "overdue"},
    "goal-unmeasured": _CIRCLE | {"undecided", "overdue"},
    "goal-detached": _BROKEN_LINK | _CIRCLE,
    "launch-before-ready": _CIRCLE,
    "work-before-ready": _CIRCLE | {"refuted-in-use"},
    "undated-dependency": _CIRCLE,
    "ownerless": frozenset({"overdue", "goal-unmeasured"}),
    "message-unanchored": _BROKEN_LINK | {"promise-without-product", "undecided"},
    "advantage-doubtful": frozenset({"undecided"}),
    "advantage-unfunded": _BROKEN_LINK | {"undecided"},
    "fact-unbacked": frozenset({"undecided", "threat-unanswered"}),
    "risky-untested": frozenset({"undecided"}),
}
# rule -> the rules that, told of an element further up its path, tell of the same missing link
SILENCED_FROM_ABOVE: Mapping[str, frozenset[str]] = {
    "orphan-entry": _BROKEN_LINK | _SHARPER | {"orphan-entry", "initiative-without-goal"},
    "initiative-without-goal": _BROKEN_LINK | _SHARPER | {"orphan-entry", "initiative-without-goal"},
}

# rule -> the rules whose waiver accepts its finding too: the same missing link, told more bluntly
ACCEPTED_WITH: Mapping[str, frozenset[str]] = {
    "solution-unmotivated": frozenset({"orphan-entry"}),
    "metric-orphan": frozenset({"orphan-entry"}),
}

# A workspace without a goal: nothing can lead to one, and that is told once.
NO_GOALS = "no-goals"
HELD_BACK_WITHOUT_GOALS = frozenset({"orphan-entry", "metric-orphan", "initiative-without-goal"})

# Rules that tell what stands in a file that was read. Every other one tells what is missing, and while a file cannot be
# read that may be in it.
TELL_WHAT_STANDS = frozenset(
    """duplicate-id dangling-link cycle unknown-cell invalid-value unsafe-text conflict-open copied-file waiver-expired
    waiver-unmatched half-saved foreign-leftover doubled-canvas overdue launch-before-ready goal-before-work
    work-before-ready contradiction refuted-in-use evidence-old""".split()
)
# Rules that ask for something any number of steps away, and not only right beside the element.
ASK_FAR = frozenset(
    "orphan-entry metric-orphan initiative-without-goal goal-without-initiative goal-unmeasured goal-detached".split()
)

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

    That is the one a finding is about, and with some rules the others too.
    """
    return {
        element.id
        for rule in sorted(rules)
        for finding in of(rule)
        for element in (finding.elements if rule in _SPEAK_OF_ALL else finding.elements[:1])
    }


def held_back(finding: Finding, unread: UnreadFiles) -> bool:
    """Whether what a finding misses may stand in a file that could not be read, or that file may have waived it."""
    rule = finding.rule
    if rule in TELL_WHAT_STANDS:
        return False
    if rule == NO_GOALS:
        return unread.may_hold_goals
    if unread.may_configure(rule):
        return True
    about = finding.about
    if about.kind in ("file", "vision"):
        return bool(unread)  # it speaks of the workspace as a whole
    return unread.touches_far(about.id) if rule in ASK_FAR else unread.touches(about.id)
