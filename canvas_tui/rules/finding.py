"""A finding: one place where a rule holds, with a message that anyone understands and one thing to do."""

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

# An element is marked as an orphan if one of these rules finds it, and it does not lead to a goal in another way.
HANGING = frozenset({"orphan-entry", "metric-orphan", "initiative-without-goal"})
OVERDUE = "overdue"  # the rule about dates that are past
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
    """A field that the advice of a finding is about, and the date that it advises for it, if any."""

    element: str
    field: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `elements[0]` is the element it is about; `path` are addresses along links, from that element on.

    `fix` is the advice in words, and `advised` are the fields that it means, so that a form can open on them.
    """

    rule: str
    severity: Severity
    message: str
    fix: str
    elements: tuple[ElementAt, ...]
    path: tuple[str, ...] = ()
    has_goal: bool = False  # its element leads to a goal, in a way that does not satisfy the rule
    advised: tuple[Advised, ...] = ()

    @property
    def is_orphan(self) -> bool:
        """Whether it says that its element is an orphan: it leads to no goal."""
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
        """The key that sorts findings: the most serious first, then by file and line."""
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
    """The findings of one check, sorted. Those that a waiver accepts are in `waived`.

    Answers that screens need at every key press are computed once and kept.
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
