"""Runs the rules over a workspace, as its [rules] table and its waivers ask for. Pure: the day is passed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules.config import Config, read_config
from canvas_tui.rules.finding import Finding, Report
from canvas_tui.rules.registry import RULES, UNMATCHED, find_rule
from canvas_tui.rules.rule import Found, Rule
from canvas_tui.rules.scene import Scene
from canvas_tui.rules.waivers import split_waived, unmatched, waivers_of


def check(
    workspace: Workspace,
    graph: StrategyGraph,
    today: date,
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Report:
    """Every finding on that day. `select` runs these rules only (all, when empty), `ignore` leaves rules out.

    A selected rule is run even where the workspace has switched it off. Raises UnknownRule for a name in either that
    no rule has.
    """
    for name in (*select, *ignore):
        find_rule(name)
    config = read_config(workspace.header.rules if workspace.header is not None else {})
    wanted = [name for name in RULES if name not in ignore and (name in select if select else name not in config.off)]
    scene = Scene(workspace, graph, today, config.settings)
    found = {name: _findings(RULES[name], scene, config) for name in wanted if name != UNMATCHED}
    if UNMATCHED in wanted:
        found[UNMATCHED] = _unmatched(scene, config, found)
    every = [finding for name in wanted for finding in found[name]]
    standing, waived = split_waived(every, workspace, graph, today)
    return Report(today, _sorted(standing), _sorted(waived))


def _findings(rule: Rule, scene: Scene, config: Config) -> list[Finding]:
    return [_finding(rule, found, config) for found in rule.check(scene)]


def _finding(rule: Rule, found: Found, config: Config) -> Finding:
    severity = config.severity.get(rule.name, rule.severity)
    return Finding(rule.name, severity, found.message, found.fix, found.elements, found.path)


def _unmatched(scene: Scene, config: Config, found: dict[str, list[Finding]]) -> list[Finding]:
    """A waiver's rule is run for this even where it is not asked for, so that --select tells no untruth."""
    named = {waiver.rule for waiver in waivers_of(scene.workspace)} & RULES.keys() - config.off - {UNMATCHED}
    every = [
        finding
        for name in sorted(named)
        for finding in (found[name] if name in found else _findings(RULES[name], scene, config))
    ]
    return [_finding(RULES[UNMATCHED], each, config) for each in unmatched(scene, every, config.off)]


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))
