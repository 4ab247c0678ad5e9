"""What a check finds: one place where a rule holds, told so that anyone understands it, with one thing to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from canvas_tui.core.told import told_path


class Severity(StrEnum):
    """How much a finding matters; `rank` sorts the most serious first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for an info."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}

# What is marked as an orphan, everywhere: what one of these rules tells of, where it leads to no goal by another way.
HANGING = frozenset({"orphan-entry", "metric-orphan", "initiative-without-goal"})
OVERDUE = "overdue"  # the rule that tells of a date that is past
# What hangs in the air: orphans, and the goals that nothing works towards.
IN_THE_AIR = HANGING | {"goal-without-initiative"}


class ElementAt(NamedTuple):
    """An element of a finding and where it is: a Kind, or a "file", "waiver" or "experiment"; `line` is 1-based."""

    id: str
    kind: str
    file: str
    line: int

    def as_dict(self) -> dict[str, Any]:
        """The shape `check --json` has."""
        return {**self._asdict(), "file": told_path(self.file)}


class Advised(NamedTuple):
    """A field of an element that the advice of a finding means, and the day that it names for it, if any."""

    element: str
    field: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `elements[0]` is the one it is about; `path` holds addresses, from that one on.

    `advised` are the fields that `fix` speaks of, for whoever opens a form on them.
    """

    rule: str
    severity: Severity
    message: str
    fix: str
    elements: tuple[ElementAt, ...]
    path: tuple[str, ...] = ()
    has_goal: bool = False  # what it is about leads to a goal by a way that the rule does not ask for
    advised: tuple[Advised, ...] = ()

    @property
    def is_orphan(self) -> bool:
        """Whether it says of its element that it leads to no goal."""
        return self.rule in HANGING and not self.has_goal

    @property
    def is_in_the_air(self) -> bool:
        """Whether its element hangs in the air: an orphan, or a goal that nothing works towards."""
        return self.rule in IN_THE_AIR and not self.has_goal

    @property
    def about(self) -> ElementAt:
        """The element the finding is about."""
        return self.elements[0]

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Most serious first, then by place."""
        about = self.about
        return self.severity.rank, about.file, about.line, self.rule, about.id, self.message, self.elements, self.path

    def as_dict(self) -> dict[str, Any]:
        """The shape `check --json` has."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "message": self.message,
            "fix": self.fix,
            "elements": [element.as_dict() for element in self.elements],
            "path": list(self.path),
        }


@dataclass(frozen=True)
class Report:
    """Every finding of one check, sorted, and apart from them those that a waiver accepts.

    What is asked at every key is worked out once, and kept.
    """

    today: date
    findings: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()

    @cached_property
    def summary(self) -> dict[str, int]:
        """How many errors, warnings, infos and waived findings there are."""
        counts = {str(severity): 0 for severity in Severity}
        for finding in self.findings:
            counts[finding.severity] += 1
        return {**counts, "waived": len(self.waived)}

    @cached_property
    def in_the_air(self) -> frozenset[str]:
        """The addresses of all that hangs in the air: orphans, and goals that nothing works towards."""
        return frozenset(finding.about.id for finding in self.findings if finding.is_in_the_air)

    def by_rule(self, name: str) -> tuple[Finding, ...]:
        """The findings of one rule."""
        return tuple(finding for finding in self.findings if finding.rule == name)

    @cached_property
    def by_element(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings about each element, by its address, most serious first."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.about.id, []).append(finding)
        return {address: tuple(findings) for address, findings in found.items()}
