"""What hangs in the air is one answer: every mark of an orphan stands where `check` tells one, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.cli.in_the_air import in_the_air
from canvas_tui.core.elements import Canvas
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import HANGING, IN_THE_AIR, RULES, Finding, check
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.board.contents import contents_of
from canvas_tui.tui.board.entries import sign_of
from canvas_tui.tui.board.facts import facts_of
from canvas_tui.tui.board.signs import figures_of, known_of
from canvas_tui.tui.findings.folding import folds_of
from canvas_tui.tui.findings.view import findings_rows
from canvas_tui.tui.flows.finding_stops import Stops
from canvas_tui.tui.overview.view import overview_rows
from canvas_tui.tui.paint.signs import findings_count
from canvas_tui.tui.paint.style import UNICODE, plain
from canvas_tui.tui.strategy.nodes import fitting, rows_of, tree_of
from canvas_tui.tui.strategy.view import tree_line
from canvas_tui.tui.why.view import how_rows, why_rows
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, work, workspace

ROOT = Path(__file__).parents[2]
WORKSPACES = sorted(each.parent for top in ("samples", "tests/corpus") for each in (ROOT / top).rglob("strategy.toml"))


def strategy() -> Workspace:
    """Two orphans in the lean canvas, a problem told by a sharper rule, work and a goal in the air, and a draft."""
    cells: Mapping[str, Iterable[Any]] = {
        "problem": [entry("late", "paid"), entry("begging")],
        "solution": [entry("easy", "late")],
        "unique-value-proposition": [entry("calm"), "Paid the day the work is done"],
        "channels": ["Word of mouth"],
    }
    lean = canvas("lean-canvas", cells)
    swot = canvas("swot", {"weaknesses": ["Small team"], "strengths": ["Trust"]}, status="draft")
    goals = [goal("paid"), goal("idle")]
    works = [work("on-it", "easy", "paid"), work("adrift"), work("over", status="done"), work("maybe", status="idea")]
    return workspace(lean, swot, goals=goals, works=works)


ORPHANS = {"calm", "lean-canvas/unique-value-proposition/2", "adrift"}


def test_orphans_are_what_findings_say_leads_to_no_goal() -> None:
    """Not channels, not drafts, not ideas and done work, not what a sharper rule tells."""
    plan = strategy()
    report = check(plan, StrategyGraph.of(plan), TODAY)
    assert {finding.about.id for finding in report.findings if finding.is_orphan} == ORPHANS
    assert report.in_the_air == ORPHANS | {"idle"}
    assert "begging" in report.by_element, "told by problem-unsolved"


def test_each_rule_that_marks_an_orphan_is_a_rule() -> None:
    assert HANGING < IN_THE_AIR
    assert RULES.keys() >= IN_THE_AIR


def test_a_waived_orphan_carries_no_mark() -> None:
    waiver = {"rule": "orphan-entry", "element": "calm", "reason": "For June"}
    lean = canvas("lean-canvas", {"unique-value-proposition": [entry("calm")]})
    plan = workspace(lean, goals=[goal("paid")], works=[work("w", "paid")], waivers=[waiver])
    graph = StrategyGraph.of(plan)
    report = check(plan, graph, TODAY)
    assert report.in_the_air == known_of(plan, graph, report).signs.orphans == set()
    assert [plain(row.line) for row in why_rows(plan, graph, report, "calm", 80, UNICODE)][1:] == [
        "   Nothing above this yet."
    ]


def test_a_key_metric_that_leads_to_a_goal_through_work_on_it_is_no_orphan() -> None:
    """That no goal measures it is told all the same; a metric that leads nowhere is one."""
    lean = canvas("lean-canvas", {"key-metrics": [entry("met"), entry("loose")]})
    plan = workspace(lean, goals=[goal("g")], works=[work("w", "g", "met")])
    graph = StrategyGraph.of(plan)
    report = check(plan, graph, TODAY)
    assert [finding.about.id for finding in report.by_rule("metric-orphan")] == ["met", "loose"]
    assert report.in_the_air == known_of(plan, graph, report).signs.orphans == {"loose"}
    facts = facts_of(plan, plan.get("met"), graph, report, UNICODE)
    assert facts.chains.why
    assert facts.chains.others == ""
    (said,) = facts.findings
    assert said.mark == UNICODE.separator
    assert "Nothing above" not in "".join(plain(row.line) for row in why_rows(plan, graph, report, "met", 80, UNICODE))


@pytest.mark.parametrize("root", WORKSPACES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_orphan_reaches_no_goal(root: Path) -> None:
    plan = read_workspace(root).workspace
    graph = StrategyGraph.of(plan)
    orphans = [each.about.id for each in check(plan, graph, TODAY).findings if each.is_orphan]
    assert not [each for each in orphans if graph.has_goal(each)]


def test_a_chain_marks_only_what_is_told() -> None:
    plan = strategy()
    graph = StrategyGraph.of(plan)
    report = check(plan, graph, TODAY)
    why = {each: plain(why_rows(plan, graph, report, each, 80, UNICODE)[-1].line) for each in ("calm", "begging")}
    assert why == {
        "calm": "   ·○ Nothing above this yet. fa links it with one.",
        "begging": "   Nothing above this yet.",
    }
    how = {each: plain(how_rows(plan, graph, report, each, 80, UNICODE)[-1].line) for each in ("idle", "calm")}
    assert how == {"idle": "   !○ Nothing works towards this yet.", "calm": "   Nothing works towards this yet."}


@pytest.mark.parametrize("root", WORKSPACES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_board_overview_tree_and_show_mark_what_check_tells(root: Path) -> None:
    plan = read_workspace(root).workspace
    graph = StrategyGraph.of(plan)
    report = check(plan, graph, TODAY)
    known = known_of(plan, graph, report)
    assert known.signs.orphans == report.in_the_air
    fits = fitting("orphans", plan, report.by_element) or frozenset()
    assert fits == {each for each in report.in_the_air if "/" not in each and plan.get(each).canvas is None}
    rows = {row.target: plain(row.line) for row in overview_rows(plan, graph, report, 140, UNICODE)}
    for canvas_shown in plan.canvases:
        figures = figures_of(contents_of(plan, canvas_shown, known.signs), known)
        told = [each for each in report.findings if _canvas_of(each, plan) is canvas_shown]
        assert figures.orphans == sum(finding.is_orphan for finding in told)
        assert figures.errors == sum(finding.severity == "error" for finding in told)
        assert figures.warnings == sum(finding.severity == "warning" for finding in told)
        assert figures.errors + figures.warnings + figures.infos == len(told)
        wanted = {f" ! {figures.errors} ": figures.errors, f" · {figures.warnings} ": figures.warnings}
        for words, count in {**wanted, f" (○ {figures.orphans}) ": figures.orphans}.items():
            assert (words in f"{rows[canvas_shown.id]} ") == bool(count)


@pytest.mark.parametrize("root", WORKSPACES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_headers_rows_and_the_walk_through_the_findings_count_alike(root: Path) -> None:
    """Parts of a header add up to the findings, and each sign stands in as many rows as the header says."""
    plan = read_workspace(root).workspace
    graph = StrategyGraph.of(plan)
    report = check(plan, graph, TODAY)
    told = plain(findings_count(report, plan, UNICODE))
    assert sum(map(int, re.findall(r"\d+", told))) == len(report.findings)
    folds = frozenset(fold.key for fold in folds_of(report.findings, plan))
    rows = [row for row in findings_rows(report, plan, 140, UNICODE, unfolded=folds) if row.finding is not None]
    assert len(rows) == len(report.findings)
    is_red = ["!" in plain(row.line)[:5] for row in rows]
    assert sum(is_red) == report.summary["error"]
    seen, stop = 0, Stops(plan, report).after(None, 1)
    while stop is not None and stop.first == seen + 1:
        assert stop.count == len(report.findings)
        seen, stop = stop.last, Stops(plan, report).after(stop.address, 1)
    assert seen == sum(plan.find(finding.about.id) is not None for finding in report.findings)


def test_a_row_shows_how_severe_and_whether_it_hangs() -> None:
    """An error looks like one though it hangs in the air too, on every screen; the vision has its sign as well."""
    plan = strategy()
    graph = StrategyGraph.of(plan)
    report = check(plan, graph, TODAY)
    known = known_of(plan, graph, report)
    assert sign_of("calm", known.signs, UNICODE) == ("·○", "warning")
    info = workspace(*plan.documents[1:], rules={"severity": {"orphan-entry": "info"}})
    signs = known_of(info, graph, check(info, StrategyGraph.of(info), TODAY)).signs
    assert sign_of("calm", signs, UNICODE) == ("·○", "dim")
    findings = report.by_element
    lines = {
        row.node.address: tree_line(row, 80, graph, findings, TODAY, UNICODE)
        for row in rows_of(tree_of(plan, graph), frozenset())
    }
    assert lines["idle"][-1] == (" !○", "error")
    assert [each.rule for each in findings["vision"]] == ["ownerless"]
    assert lines["vision"][-1] == (" · ", "warning")
    row, *_ = (row.line for row in overview_rows(plan, graph, report, 80, UNICODE) if row.target == "idle")
    assert "!○ no work" in plain(row)


def _canvas_of(finding: Finding, plan: Workspace) -> Canvas | None:
    """The canvas that a finding is about: that of the element, or of the file."""
    item, document = plan.find(finding.about.id), plan.document(finding.about.file)
    if item is not None:
        return item.canvas
    return document.canvas if document is not None and finding.about.kind == "file" else None


def test_show_marks_what_check_tells_today() -> None:
    plan = strategy()
    assert in_the_air(plan, StrategyGraph.of(plan)) >= ORPHANS


def test_show_marks_nothing_of_a_rule_that_is_off() -> None:
    plan = strategy()
    off = workspace(*plan.documents[1:], rules={"off": sorted(IN_THE_AIR)})
    assert in_the_air(off, StrategyGraph.of(off)) == set()
