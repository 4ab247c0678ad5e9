"""Every rule there is, by name, in the order of the rule book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from canvas_tui.rules import (
    clash,
    conflicts,
    evidence,
    horizon,
    message,
    pages_clash,
    pages_evidence,
    pages_horizon,
    pages_message,
    pages_resources,
    pages_structure,
    pages_visibility,
    pages_why,
    resources,
    structure,
    undecided,
    values,
    visibility,
    waiting,
    waivers,
    why_entries,
    why_goals,
)
from canvas_tui.rules.config import closest_rule
from canvas_tui.rules.finding import Severity
from canvas_tui.rules.names import FAMILIES, RULE_NAMES, RULE_SETTINGS, SETTINGS
from canvas_tui.rules.rule import Found, Rule
from canvas_tui.rules.scene import Scene
from canvas_tui.rules.silence import NO_GOALS

E, W, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
Check = Callable[[Scene], Iterable[Found]]

UNMATCHED = "waiver-unmatched"  # the one rule that looks at what the others found


def _nothing(_: Scene) -> Iterable[Found]:
    """waiver-unmatched is worked out by `check`, from the findings of the other rules."""
    return ()


_CHECKS: Mapping[str, tuple[Severity, str, Check]] = {
    "duplicate-id": (E, "An id is used twice in the workspace.", structure.duplicate_ids),
    "dangling-link": (E, "A link, parent, depends-on or promotes names no element.", structure.dangling_links),
    "cycle": (E, "Parents or dependencies go round in a circle.", structure.cycles),
    "unknown-cell": (E, "A canvas file has a table that its model does not know.", values.unknown_cells),
    "invalid-value": (E, "A field has the wrong type or an unknown word.", values.invalid_values),
    "unsafe-text": (W, "A text has control, escape or direction-changing characters.", values.unsafe_texts),
    "conflict-open": (E, "Two people changed the same thing, and nobody has settled it yet.", conflicts.conflicts_open),
    "copied-file": (W, "A file is a copy of another one, left by a sync or a merge.", structure.copied_files),
    "half-saved": (E, "A save was cut off, and something of it waits for a person.", values.half_saved),
    "foreign-leftover": (W, "A file looks like a leftover of ours, and was not made on this machine.",
                         values.foreign_leftovers),
    waivers.EXPIRED: (W, "The date of a waiver is past.", waivers.expired),
    UNMATCHED: (W, "A waiver matches no finding.", _nothing),
    NO_GOALS: (W, "Nothing has a goal to serve yet.", why_goals.no_goals),
    "initiative-without-goal": (E, "An open initiative leads to no goal.", why_goals.initiatives_without_goal),
    "goal-without-initiative": (E, "No open or done initiative leads to an active goal.",
                                why_goals.goals_without_initiative),
    "goal-detached": (W, "A goal leads to neither a parent goal nor the vision.", why_goals.goals_detached),
    "goal-unmeasured": (E, "An active goal has no metric, no target or no due date.", why_goals.goals_unmeasured),
    "orphan-entry": (W, "An entry that should lead to a goal reaches none.", why_entries.orphan_entries),
    "empty-cell": (W, "A cell of an active canvas has no entry, and no note says why.", why_entries.empty_cells),
    "undecided": (W, "A text only says that it is to be decided.", undecided.undecided),
    "doubled-canvas": (INFO, "A canvas of an earlier year is in use beside a newer one.", why_entries.doubled_canvases),
    "problem-unsolved": (E, "No solution and no initiative answers a problem.", why_entries.problems_unsolved),
    "solution-unmotivated": (W, "A solution answers no problem.", why_entries.solutions_unmotivated),
    "fit-gap": (W, "No reliever or creator is linked to a pain or a gain.", why_entries.fit_gaps),
    "segment-unreachable": (W, "A customer segment has no channel or no revenue stream.",
                            why_entries.segments_unreachable),
    "threat-unanswered": (W, "No initiative or TOWS option deals with a threat or a weakness.",
                          why_entries.threats_unanswered),
    "opportunity-idle": (W, "No initiative or TOWS option takes up an opportunity.", why_entries.opportunities_idle),
    "tows-half": (E, "A TOWS option does not cite both of its sides.", why_entries.tows_halves),
    "metric-orphan": (W, "No goal measures a key metric.", why_entries.metrics_orphan),
    "launch-before-ready": (E, "A launch starts before what it waits for is ready.", clash.launches_before_ready),
    "goal-before-work": (W, "A goal is due before work ends that it rests on.", clash.goals_before_work),
    "undated-dependency": (W, "What waits for other work cannot be planned: a date is missing.",
                           waiting.undated_dependencies),
    "work-before-ready": (W, "Planned work starts before something ends that it depends on.",
                          waiting.works_before_ready),
    "contradiction": (E, "One subject has two values.", message.contradictions),
    "promise-without-product": (E, "A message goes out before it is true.", message.promises_without_product),
    "message-unanchored": (W, "A message stands on nothing that is positioned.", message.messages_unanchored),
    "advantage-doubtful": (W, "Nothing says why an advantage is hard to copy.", resources.advantages_doubtful),
    "advantage-unfunded": (W, "No work uses what is hard to copy.", resources.advantages_unfunded),
    "overdue": (W, "A day is past by which something was to be done, and it is still open.", horizon.overdue),
    "fact-unbacked": (E, "An entry is called a fact and has no evidence.", evidence.facts_unbacked),
    "risky-untested": (E, "Much rests on an assumption that nothing tests.", evidence.risky_untested),
    "refuted-in-use": (E, "Something still rests on what is refuted.", evidence.refuted_in_use),
    "evidence-old": (W, "The newest evidence is more than a year old.", evidence.evidence_old),
    "test-without-criterion": (W, "An experiment does not say what would count as success.",
                               evidence.tests_without_criterion),
    "ownerless": (W, "Nobody answers for a goal or for work that is near.", visibility.ownerless),
}  # fmt: skip


class UnknownRule(LookupError):
    """No rule has this name. `suggestion` is the closest name there is, or None."""

    def __init__(self, name: str) -> None:
        near = closest_rule(name)
        self.suggestion = near if near in RULE_NAMES else None
        hint = f"did you mean '{self.suggestion}'?" if self.suggestion else "`canvas-tui rules` lists them"
        super().__init__(f"no rule is called '{name}' - {hint}")


_PAGES = {
    name: page
    for pages in (
        pages_structure,
        pages_why,
        pages_clash,
        pages_message,
        pages_resources,
        pages_horizon,
        pages_evidence,
        pages_visibility,
    )
    for name, page in pages.PAGES.items()
}


def _rule(name: str) -> Rule:
    severity, summary, check = _CHECKS[name]
    family = next(family for family, names in FAMILIES.items() if name in names)
    page = _PAGES[name]
    settings = {setting: SETTINGS[setting] for setting in RULE_SETTINGS.get(name, ())}
    return Rule(name, family, severity, summary, page, check, settings)


RULES: Mapping[str, Rule] = {name: _rule(name) for name in RULE_NAMES}


def find_rule(name: str) -> Rule:
    """The rule of that name. Raises UnknownRule, with the closest name there is."""
    if name not in RULES:
        raise UnknownRule(name)
    return RULES[name]
