"""Runs the rules over a workspace, as its [rules] table and its waivers ask for. Pure: the day is passed in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules.book.waivers import UNMATCHED, WaiverNames, unmatched, waivers_of
from canvas_tui.rules.config import Config, read_config
from canvas_tui.rules.finding import Finding, Report
from canvas_tui.rules.registry import PLANNED, PREVIEW, RULES, closest_rule, find_rule
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene
from canvas_tui.rules.silence import held_back, silenced
from canvas_tui.rules.waivers import accepting, split_waived, told_by_waivers


def check(
    workspace: Workspace,
    graph: StrategyGraph,
    today: date,
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    preview: bool = False,
    before_each: Callable[[], None] = lambda: None,
) -> Report:
    """The findings on the day `today`. `select` runs these rules only (all, if empty), `ignore` leaves rules out.

    A selected rule runs even if the workspace has switched it off. A preview rule runs if it is selected, with
    `preview`, or if the workspace asks for it. Raises UnknownRule for a name in `select` or `ignore` that no rule has.
    `before_each` is called before each rule; it may raise to end the check.
    """
    for name in (*select, *ignore):
        find_rule(name)
    config = read_config(workspace.header.rules if workspace.header is not None else {})
    off = config.off if preview or config.preview else config.off | PREVIEW
    wanted = [name for name in RULES if name not in ignore and (name in select if select else name not in off)]
    scene = Scene(workspace, graph, today, config.settings, config.complaints)
    found = _Found(scene, config, off=off - set(select), before_each=before_each)
    every = [finding for name in wanted if name != UNMATCHED for finding in silenced(name, found.of(name), found.of)]
    if scene.unread:
        every = [finding for finding in every if not held_back(finding, scene.unread)]
    if UNMATCHED in wanted:
        every += _unmatched(scene, config, found)
    standing, waived = split_waived(told_by_waivers(every, workspace, graph, today), workspace, graph, today)
    return Report(today, _sorted(standing), _sorted(waived))


class _Found:
    """The findings by rule. A rule runs when it is first asked for: by `check`, or to silence another rule."""

    def __init__(self, scene: Scene, config: Config, *, off: Collection[str], before_each: Callable[[], None]) -> None:
        self._scene, self._config, self._off, self._before_each = scene, config, off, before_each
        self._found: dict[str, list[Finding]] = {}

    def of(self, name: str) -> list[Finding]:
        """The findings of a rule, silenced ones included; none of a rule that is off or that there is not yet."""
        if name not in self._found:
            self._before_each()
            rule = None if name in self._off else RULES.get(name)
            found = () if rule is None else rule.check(self._scene)
            self._found[name] = [_finding(name, each, self._config) for each in found]
        return self._found[name]


def _finding(name: str, found: Found, config: Config) -> Finding:
    severity = config.severity.get(name, RULES[name].severity)
    return Finding(name, severity, found.message, found.fix, found.elements, found.path, found.has_goal, found.advised)


def _unmatched(scene: Scene, config: Config, found: _Found) -> list[Finding]:
    """The findings about waivers that match nothing. The rule that a waiver names runs for this even if --select leaves
    it out, because its waiver may match.

    A waiver of a silenced finding matches too: it will be needed once the finding that silences it is mended.
    """
    named = {waiver.rule for waiver in waivers_of(scene.workspace)}
    asked = named | {rule.name for rule in RULES.values() if rule.accepted_with & named}
    every = [finding for name in sorted(asked & RULES.keys() - {UNMATCHED}) for finding in found.of(name)]
    accepted = {key for finding in every for key in accepting(finding)}
    names = WaiverNames(frozenset(RULES), config.off, PLANNED | PREVIEW, closest_rule)
    return [_finding(UNMATCHED, each, config) for each in unmatched(scene, accepted, names)]


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))
