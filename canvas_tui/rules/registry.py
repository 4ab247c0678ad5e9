"""Every rule there is, by name, in the order of the rule book; all lists and tables of rules are made from it.

A rule is declared in its module in `canvas_tui/rules/book/`. A new module is one line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from canvas_tui.core.closest import closest_of
from canvas_tui.rules.rule import Rule, Setting

BOOK = (
    "ids",
    "links",
    "values",
    "conflicts",
    "files",
    "waivers",
    "work",
    "goals",
    "orphans",
    "cells",
    "undecided",
    "doubled",
    "answers",
    "customers",
    "tows",
    "metrics",
    "launches",
    "goal_dates",
    "waiting",
    "contradictions",
    "messages",
    "advantages",
    "overdue",
    "evidence",
    "outdated",
    "experiments",
    "owners",
)

RULES: Mapping[str, Rule] = {
    rule.name: rule for module in BOOK for rule in import_module(f"canvas_tui.rules.book.{module}").RULES
}
PREVIEW = frozenset(rule.name for rule in RULES.values() if rule.is_preview)
SETTINGS: Mapping[str, Setting] = {name: setting for rule in RULES.values() for name, setting in rule.settings.items()}

# Rules of the book that this version does not check. A workspace may name them already.
PLANNED = frozenset(
    """missing-dependency silent-ship one-sided-goal late-go-to-market launch-collision persona-one-sided persona-unused
    audience-mismatch persona-duplicate journey-hole message-stale category-split restated-fact off-strategy-effort
    overbooked value-effort-inversion short-termism no-long-bet stale goal-closed-without-learning""".split()
)


class UnknownRule(LookupError):
    """No rule has this name. `suggestion` is the closest name there is, or None."""

    def __init__(self, name: str) -> None:
        near = closest_rule(name)
        self.suggestion = near if near in RULES else None
        hint = f"did you mean '{self.suggestion}'?" if self.suggestion else "`canvas-tui rules` lists them"
        super().__init__(f"no rule is called '{name}' - {hint}")


def find_rule(name: str) -> Rule:
    """The rule of that name. Raises UnknownRule, with the closest name there is."""
    if name not in RULES:
        raise UnknownRule(name)
    return RULES[name]


def closest_rule(name: str) -> str | None:
    """The rule whose name is most like this one, planned ones among them, or None."""
    return closest_of(name, (*RULES, *PLANNED))
