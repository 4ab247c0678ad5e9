"""What the built-in models ask of a canvas: which cells must link, and which may stay empty."""

from __future__ import annotations

import pytest

from canvas_tui.core.template import Template
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from tests.unit.strategy_factory import TODAY, canvas, goal, templates, workspace

MODELS = sorted({template.id for template in templates().values()})

# Of every other cell no strategist would miss the link to a goal.
MUST_LINK = {
    "lean-canvas": {"problem", "key-metrics", "unique-value-proposition", "unfair-advantage"},
    "business-model-canvas": {"value-propositions"},
    "creative-brief": {"objective"},
    "go-to-market": {"objective"},
    "marketing-mix-4p": {"promotion"},
    "marketing-mix-7p": {"promotion"},
    "tows": {"so", "wo", "st", "wt"},
}
# Good canvases leave these empty.
OPTIONAL = {
    "lean-canvas": {"existing-alternatives", "high-level-concept", "early-adopters", "unfair-advantage"},
    "persona": {"likes", "dislikes", "quote", "background", "behaviors", "buying-behavior", "preferred-channels"},
    "positioning": {"trends", "mission", "tagline"},
    "creative-brief": {"budget", "tone", "mandatories", "exclusions", "approvers", "believes-now", "should-respond"},
    "go-to-market": {"plan-budget", "review", "rollback"},
    "competitor": {"positioning", "market-status", "segments-served", "size", "threat-scores"},
    "marketing-mix-7p": {"physical-evidence"},
    "tows": {"so", "wo", "st", "wt"},
}


def model(name: str) -> Template:
    return templates()[name]


@pytest.mark.parametrize("name", MODELS)
def test_only_cells_whose_link_would_be_missed_must_link(name: str) -> None:
    assert {cell.id for cell in model(name).cells if cell.must_link} == MUST_LINK.get(name, set())


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_cells_that_good_canvases_leave_empty_are_optional(name: str) -> None:
    assert {cell.id for cell in model(name).cells if cell.optional} == OPTIONAL[name]


@pytest.mark.parametrize("name", MODELS)
def test_a_cell_asked_for_after_another_one_names_a_cell_before_it(name: str) -> None:
    ids = [cell.id for cell in model(name).cells]
    for cell in model(name).cells:
        assert cell.after is None or ids.index(cell.after) < ids.index(cell.id)


@pytest.mark.parametrize("name", MODELS)
def test_a_canvas_full_of_unlinked_lines_has_orphans_in_must_link_cells_only(name: str) -> None:
    cells = {cell.id: [f"A line in {cell.id}"] for cell in model(name).cells}
    strategy = workspace(canvas(name, cells), goals=[goal("far", status="proposed")])
    report = check(strategy, StrategyGraph.of(strategy), TODAY)
    at = {finding.about.id.split("/")[1] for finding in report.by_rule("orphan-entry")}
    assert at <= MUST_LINK.get(name, set())
    assert report.by_rule("empty-cell") == ()
