"""What a link means follows from its two ends, whichever of them wrote it."""

from __future__ import annotations

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import Edge, Relation, StrategyGraph, neighbours
from tests.unit.strategy_factory import canvas, entry, goal, work, workspace

CELL_OF = {
    "solution": ("lean-canvas", "solution"),
    "problem": ("lean-canvas", "problem"),
    "value": ("lean-canvas", "unique-value-proposition"),
    "channel": ("lean-canvas", "channels"),
    "revenue": ("lean-canvas", "revenue-streams"),
    "segment": ("lean-canvas", "customer-segments"),
    "advantage": ("lean-canvas", "unfair-advantage"),
    "reliever": ("value-proposition-canvas", "pain-relievers"),
    "creator": ("value-proposition-canvas", "gain-creators"),
    "pain": ("value-proposition-canvas", "pains"),
    "gain": ("value-proposition-canvas", "gains"),
    "strength": ("swot", "strengths"),
    "weakness": ("swot", "weaknesses"),
    "opportunity": ("swot", "opportunities"),
    "threat": ("swot", "threats"),
    "tows-so": ("tows", "so"),
    "tows-wt": ("tows", "wt"),
    "message": ("creative-brief", "key-message"),
    "positioning": ("positioning", "best-fit-customers"),
    "market-category": ("positioning", "market-category"),
}


def two_entries(writer: str, target: str) -> Workspace:
    """An entry of the role `writer` with a link to one of the role `target`."""
    (model, cell), (other_model, other_cell) = CELL_OF[writer], CELL_OF[target]
    first = canvas(model, {cell: [entry("writer", "target")]}, id="one")
    second = canvas(other_model, {other_cell: [entry("target")]}, id="two")
    return workspace(first, second)


def edges(strategy: Workspace) -> list[Edge]:
    return sorted(edge for edge in StrategyGraph.of(strategy).counts)


@pytest.mark.parametrize(
    ("lower", "upper", "relation"),
    [
        ("solution", "problem", Relation.ANSWERS),
        ("value", "problem", Relation.ANSWERS),
        ("reliever", "pain", Relation.RELIEVES),
        ("creator", "gain", Relation.CREATES),
        ("channel", "segment", Relation.REACHES),
        ("revenue", "segment", Relation.IS_PAID_BY),
        ("tows-so", "strength", Relation.DRAWS_ON),
        ("tows-so", "opportunity", Relation.DRAWS_ON),
        ("tows-wt", "weakness", Relation.DRAWS_ON),
        ("tows-wt", "threat", Relation.DRAWS_ON),
        ("message", "positioning", Relation.RESTS_ON),
        ("message", "value", Relation.RESTS_ON),
        ("message", "market-category", Relation.RESTS_ON),
    ],
)
def test_roles_decide_which_entry_is_above_whichever_end_wrote_the_link(
    lower: str, upper: str, relation: Relation
) -> None:
    assert edges(two_entries(lower, upper)) == [Edge("writer", "target", relation)]
    assert edges(two_entries(upper, lower)) == [Edge("target", "writer", relation)]


@pytest.mark.parametrize(("one", "other"), [("strength", "advantage"), ("problem", "problem"), ("channel", "problem")])
def test_roles_that_say_nothing_of_each_other_are_related_and_never_climbed(one: str, other: str) -> None:
    graph = StrategyGraph.of(two_entries(one, other))
    assert list(graph.counts) == [Edge("target", "writer", Relation.RELATES)]
    assert not graph.up
    assert not graph.down
    assert [found[:3] for found in neighbours(graph, "target")][:1] == [(Relation.RELATES, "beside", "writer")]


@pytest.mark.parametrize("goal_writes", [True, False])
def test_an_entry_serves_the_goal_it_is_linked_with(goal_writes: bool) -> None:
    cells = {"problem": [entry("late") if goal_writes else entry("late", "growth")]}
    made = goal("growth", "late") if goal_writes else goal("growth")
    found = edges(workspace(canvas("lean-canvas", cells), goals=[made], vision=""))
    assert found == [Edge("late", "growth", Relation.SERVES)]


def test_a_metric_measures_its_goal() -> None:
    lean = canvas("lean-canvas", {"key-metrics": [entry("days", "growth")]})
    assert Edge("days", "growth", Relation.MEASURES) in edges(workspace(lean, goals=[goal("growth")]))


@pytest.mark.parametrize("entry_writes", [True, False])
def test_an_initiative_works_on_the_entry_it_is_linked_with(entry_writes: bool) -> None:
    cells = {"problem": [entry("late", "reminders") if entry_writes else entry("late")]}
    made = work("reminders") if entry_writes else work("reminders", "late")
    assert edges(workspace(canvas("lean-canvas", cells), works=[made])) == [
        Edge("reminders", "late", Relation.WORKS_ON)
    ]


def test_what_is_needed_or_promoted_is_below_what_needs_or_promotes_it() -> None:
    works = [work("campaign", depends_on=["feature"], promotes=["feature"]), work("feature", parent="platform")]
    assert edges(workspace(works=[*works, work("platform")])) == [
        Edge("feature", "campaign", Relation.DEPENDS_ON),
        Edge("feature", "campaign", Relation.PROMOTES),
        Edge("feature", "platform", Relation.PART_OF),
    ]


def test_a_goal_without_a_parent_belongs_to_the_vision_and_others_to_their_parent() -> None:
    goals = [goal("top"), goal("below", parent="top"), goal("lost", parent="nothing"), goal("said", parent="vision")]
    assert edges(workspace(goals=goals)) == [
        Edge("below", "top", Relation.ROLLS_UP),
        Edge("said", "vision", Relation.ROLLS_UP),
        Edge("top", "vision", Relation.ROLLS_UP),
    ]
    assert edges(workspace(goals=[goal("top")], vision="")) == []


def test_goals_linked_otherwise_are_only_related() -> None:
    found = edges(workspace(goals=[goal("a", "b"), goal("b")], vision=""))
    assert found == [Edge("a", "b", Relation.RELATES)]


def test_a_link_written_at_both_ends_is_one_edge() -> None:
    lean = canvas("lean-canvas", {"problem": [entry("late", "easy")], "solution": [entry("easy", "late")]})
    graph = StrategyGraph.of(workspace(lean))
    assert graph.up == {"easy": (Edge("easy", "late", Relation.ANSWERS),)}


def test_a_pin_and_a_place_in_a_cell_name_the_same_entry() -> None:
    lean = canvas("lean-canvas", {"problem": [entry("late"), entry("no id here")]})
    swot = canvas("swot", {"threats": [entry("one", "late@9f3ac1"), entry("two", "lean-canvas/problem/1")]})
    other = canvas("tows", {"wt": [entry("three", "lean-canvas/problem/2"), entry("four", "lean-canvas/problem/3")]})
    graph = StrategyGraph.of(workspace(lean, swot, other))
    assert {edge.lower for edge in graph.counts} | {edge.upper for edge in graph.counts} == {
        "late", "one", "two", "three", "lean-canvas/problem/2",
    }  # fmt: skip
    assert [wire.source for wire in graph.dangling] == ["four"]


def test_cells_of_the_model_can_be_linked_to_before_anything_is_written_in_them() -> None:
    lean = canvas("lean-canvas")
    graph = StrategyGraph.of(workspace(lean, works=[work("research", "lean-canvas/problem")]))
    assert not graph.dangling
    assert graph.up["research"] == (Edge("research", "lean-canvas/problem", Relation.WORKS_ON),)


def test_an_element_linked_to_itself_has_no_edge() -> None:
    assert edges(workspace(goals=[goal("a", "a")], works=[work("b", "b")], vision="")) == []


def test_parent_and_depends_on_of_the_wrong_kind_give_no_direction() -> None:
    found = edges(workspace(goals=[goal("a")], works=[work("b", depends_on=["a"])], vision=""))
    assert found == [Edge("a", "b", Relation.RELATES)]


def test_a_goal_keeps_its_id_where_an_entry_took_it_too() -> None:
    swot = canvas("swot", {"threats": [entry("growth")]}, id="a-swot")  # read before goals.toml
    graph = StrategyGraph.of(workspace(swot, goals=[goal("growth")], works=[work("w", "growth")]))
    assert graph.nodes["growth"].kind == "goal"
    assert [node.file for node in graph.shadowed] == ["a-swot.toml"]


def test_every_relation_reads_both_ways() -> None:
    for relation in Relation:
        assert relation.up
        assert relation.down


def test_neighbours_tell_direction_words_and_the_cell_around() -> None:
    lean = canvas("lean-canvas", {"problem": [entry("late", "growth")], "solution": [entry("easy", "late")]})
    graph = StrategyGraph.of(workspace(lean, goals=[goal("growth")]))
    assert [(found.direction, found.address, found.words) for found in neighbours(graph, "late")] == [
        ("up", "growth", "serves"),
        ("down", "easy", "is answered by"),
        ("up", "lean-canvas/problem", "is in"),
    ]
    assert neighbours(graph, "nothing") == []


def test_the_networkx_graph_has_every_node_and_climbing_edge() -> None:
    works = [work("campaign", depends_on=["feature"], promotes=["feature"]), work("feature")]
    strategy = StrategyGraph.of(workspace(works=works, goals=[goal("a")]))
    graph = strategy.digraph
    assert set(graph.nodes) == set(strategy.nodes)
    assert graph.nodes["a"] == {"kind": "goal"}
    assert dict(graph.edges) == {
        ("feature", "campaign"): {"relations": (Relation.DEPENDS_ON, Relation.PROMOTES)},
        ("a", "vision"): {"relations": (Relation.ROLLS_UP,)},
    }
