"""Realistic strategies with every finding labelled: how often a strategist agrees, and what is missed.

Each folder holds a strategy under `plan/` and its `labels.toml`: the day it is checked on, the faults that a good
strategist would tell its owner (`[[faults]]`), and every finding with a verdict (`[[findings]]`). Whoever wrote and
labelled a strategy did not tune the rules. `python -m tests.corpus` prints the figures.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import RULES, Finding, Report, check
from canvas_tui.rules.registry import PREVIEW
from canvas_tui.storage.read.workspace import read_workspace

FOLDER = Path(__file__).parent


class Fault(NamedTuple):
    """Something that should be told: the rule that would tell it, and the elements of which any one will do."""

    rule: str
    elements: frozenset[str]
    why: str
    is_late: bool  # written down only after the program's findings were seen


@dataclass(frozen=True)
class Strategy:
    """One labelled strategy, and what `check` finds in it on its day."""

    name: str
    today: date
    faults: tuple[Fault, ...]
    verdicts: Mapping[tuple[str, str], bool]  # rule and first element -> whether a strategist agrees
    found: tuple[Finding, ...]

    def is_told(self, fault: Fault) -> bool:
        """Whether a finding of the fault's rule speaks of one of its elements."""
        return any(
            finding.rule == fault.rule and not fault.elements.isdisjoint(element.id for element in finding.elements)
            for finding in self.found
        )


@dataclass
class Tally:
    """The counts of one rule over the whole corpus."""

    agreed: int = 0
    disagreed: int = 0
    told: int = 0
    missed: int = 0
    unlabelled: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """The share of labelled findings that a strategist agrees with; None where there is none."""
        return _share(self.agreed, self.disagreed)

    @property
    def recall(self) -> float | None:
        """The share of faults that are told; None where there is none."""
        return _share(self.told, self.missed)


def _share(good: int, bad: int) -> float | None:
    return good / (good + bad) if good + bad else None


@cache
def strategies() -> tuple[Strategy, ...]:
    """Every labelled strategy, read and checked."""
    return tuple(_strategy(path.parent) for path in sorted(FOLDER.glob("*/labels.toml")))


def _strategy(folder: Path) -> Strategy:
    labels = tomllib.loads((folder / "labels.toml").read_text(encoding="utf-8"))
    workspace = read_workspace(folder / "plan" / labels.get("path", "")).workspace
    graph = StrategyGraph.of(workspace)
    report = check(workspace, graph, labels["today"])
    more = check(workspace, graph, labels["today"], select=PREVIEW) if PREVIEW else Report(labels["today"])
    return Strategy(
        folder.name,
        labels["today"],
        tuple(_faults(labels.get("faults", ()))),
        {(each["rule"], each["element"]): each["verdict"] == "agree" for each in labels.get("findings", ())},
        (*report.findings, *more.findings),
    )


def _faults(tables: Iterable[Mapping[str, Any]]) -> Iterator[Fault]:
    for table in tables:
        yield Fault(table["rule"], frozenset(table["elements"]), table["why"], table.get("late", False))


def tallies() -> dict[str, Tally]:
    """The counts of every rule that found something or should have, in the order of the rule book."""
    found: dict[str, Tally] = {name: Tally() for name in RULES}
    for strategy in strategies():
        for finding in strategy.found:
            tally, verdict = found[finding.rule], strategy.verdicts.get((finding.rule, finding.about.id))
            if verdict is None:
                tally.unlabelled.append(f"{strategy.name}: {finding.about.id}: {finding.message}")
            elif verdict:
                tally.agreed += 1
            else:
                tally.disagreed += 1
        for fault in strategy.faults:
            if fault.rule in found:
                is_told = strategy.is_told(fault)
                found[fault.rule].told += is_told
                found[fault.rule].missed += not is_told
    return {name: tally for name, tally in found.items() if tally != Tally()}


def faults_without_rule() -> Counter[str]:
    """The faults for which the program has no rule yet: how many by the name the labels give them."""
    return Counter(fault.rule for strategy in strategies() for fault in strategy.faults if fault.rule not in RULES)


def overall(every: Mapping[str, Tally]) -> Tally:
    """All rules together that are run unasked."""
    whole = Tally()
    for tally in (tally for name, tally in every.items() if name not in PREVIEW):
        whole.agreed += tally.agreed
        whole.disagreed += tally.disagreed
        whole.told += tally.told
        whole.missed += tally.missed
        whole.unlabelled += tally.unlabelled
    return whole


def table() -> str:
    """The figures as a Markdown table, one row a rule."""
    every = tallies()
    rows = ["| rule | findings | agreed | precision | faults | told | recall |", "|---|---|---|---|---|---|---|"]
    rows += [_row(f"`{name}`" + (" (preview)" if name in PREVIEW else ""), tally) for name, tally in every.items()]
    rows.append(_row("**all**", overall(every)))
    return "\n".join(rows)


def _row(name: str, tally: Tally) -> str:
    findings, faults = tally.agreed + tally.disagreed, tally.told + tally.missed
    cells = (findings, tally.agreed, _percent(tally.precision), faults, tally.told, _percent(tally.recall))
    return f"| {name} | " + " | ".join(map(str, cells)) + " |"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
