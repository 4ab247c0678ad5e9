"""What holds for any strategy, checked against the definitions as they are written, with networkx as the judge."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given, settings

from canvas_tui.core.elements import Initiative, Kind
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import Relation, StrategyGraph, coverage, goals_of, how_tree, why_paths
from canvas_tui.rules import check
from tests.unit.strategy_factory import TODAY
from tests.unit.strategy_random import workspaces


def goals_above(graph: StrategyGraph, address: str) -> set[str]:
    """The goals in UP, as the rule book defines it."""
    above = nx.descendants(graph.digraph, address)
    return {each for each in above if graph.nodes[each].kind is Kind.GOAL}


def taken_goals(graph: StrategyGraph, address: str) -> set[str]:
    """The goals of work on an element or on an entry that is below it, or below something above it."""
    found = set[str]()
    for upper in (address, *nx.descendants(graph.digraph, address)):
        for each in (upper, *nx.ancestors(graph.digraph, upper)):
            if each != upper and graph.nodes[each].kind is not Kind.ENTRY:
                continue
            for worker in graph.digraph.predecessors(each):
                element = graph.nodes[worker].element
                if isinstance(element, Initiative) and element.status != "cancelled":
                    found |= goals_above(graph, worker)
    return found


@settings(max_examples=150, deadline=None)
@given(workspaces())
def test_the_goals_of_an_entry_are_its_own_or_those_of_work_near_it(workspace: Workspace) -> None:
    graph = StrategyGraph.of(workspace)
    for node in graph.in_order:
        if node.kind is not Kind.ENTRY:
            continue
        own, goals = goals_above(graph, node.address), set(goals_of(graph, node.address))
        assert graph.has_goal(node.address) == bool(goals)
        if own:
            assert goals == own
        else:
            assert goals <= taken_goals(graph, node.address)


@settings(max_examples=150, deadline=None)
@given(workspaces())
def test_an_entry_that_work_with_a_goal_is_done_on_has_that_goal(workspace: Workspace) -> None:
    graph = StrategyGraph.of(workspace)
    for node in graph.in_order:
        for worker in graph.digraph.predecessors(node.address):
            element = graph.nodes[worker].element
            if node.kind is Kind.ENTRY and isinstance(element, Initiative) and element.status != "cancelled":
                assert graph.has_goal(node.address) or not goals_above(graph, worker)


@settings(max_examples=150, deadline=None)
@given(workspaces())
def test_every_way_up_is_made_of_edges_and_ends_where_nothing_new_is_above(workspace: Workspace) -> None:
    graph = StrategyGraph.of(workspace)
    for address in graph.nodes:
        paths = why_paths(graph, address, limit=50)
        assert paths
        assert len({path.addresses for path in paths}) == len(paths)
        for path in paths:
            assert path.addresses[0] == address
            assert len(set(path.addresses)) == len(path.addresses) == len(path.relations) + 1
            steps = list(pairwise(path.addresses))
            worker = path.addresses.index(path.through) if path.through else 0
            assert all(graph.digraph.has_edge(*step) for step in steps[worker:])
            assert all(graph.digraph.has_edge(*step) or graph.digraph.has_edge(*step[::-1]) for step in steps[:worker])
            assert set(graph.digraph.successors(path.addresses[-1])) <= set(path.addresses)
        if graph.nodes[address].kind is Kind.ENTRY and graph.nodes[address].is_filled:
            assert paths[0].has_goal == graph.has_goal(address)


@settings(max_examples=100, deadline=None)
@given(workspaces())
def test_how_is_why_turned_round(workspace: Workspace) -> None:
    graph = StrategyGraph.of(workspace)
    for address in graph.nodes:
        found, front = set(), list(how_tree(graph, address, depth=20).children)
        while front:
            node = front.pop()
            found.add(node.address)
            front.extend(node.children)
        assert found == nx.ancestors(graph.digraph, address)


@settings(max_examples=100, deadline=None)
@given(workspaces())
def test_loops_are_found_exactly_where_there_are_some(workspace: Workspace) -> None:
    graph = StrategyGraph.of(workspace)
    for relation in (Relation.ROLLS_UP, Relation.PART_OF, Relation.DEPENDS_ON):
        written = nx.DiGraph([(edge.lower, edge.upper) for edge in graph.counts if edge.relation is relation])
        found = [loop for loop in graph.loops if loop.relation is relation]
        assert bool(found) == (not nx.is_directed_acyclic_graph(written))
        for loop in found:
            turned = [*loop.addresses, loop.addresses[0]]
            if relation is Relation.DEPENDS_ON:
                turned.reverse()
            assert all(written.has_edge(*step) for step in pairwise(turned))


@settings(max_examples=150, deadline=None)
@given(workspaces())
def test_any_strategy_can_be_checked(workspace: Workspace) -> None:
    graph = StrategyGraph.of(workspace)
    report = check(workspace, graph, TODAY)
    for finding in report.findings:
        assert finding.elements
        assert finding.message
        assert finding.fix
        assert set(finding.path) <= graph.nodes.keys()
    assert report == check(workspace, StrategyGraph.of(workspace), TODAY)
    # a key metric may have a goal by the work on it, and still be measured by none
    adrift = [finding for finding in report.findings if finding.is_orphan and finding.rule != "metric-orphan"]
    assert not any(graph.has_goal(finding.about.id) for finding in adrift)
    for count in (*coverage(graph).canvases.values(), coverage(graph).goals, coverage(graph).initiatives):
        assert 0 <= (count.linked or 0) <= count.filled <= count.total
