"""A graph brought up to date is the graph built anew, whatever changed."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.graph import StrategyGraph, build
from canvas_tui.graph.nodes import part_of
from canvas_tui.graph.wiring import wired
from tests.unit.strategy_factory import canvas, entry, goal, header, listed, templates
from tests.unit.strategy_random import documents, workspaces

PATHS = ["lean.toml", "swot.toml", "z.toml", "goals.toml", "more.toml"]
edits = st.one_of(documents, st.sampled_from([*PATHS, "again"]))


def applied(workspace: Workspace, edit: Document | str) -> Workspace:
    if isinstance(edit, Document):
        return workspace.with_document(edit)
    if edit == "again":  # the same bytes read again: equal documents that are other objects
        return replace(workspace, documents=tuple(replace(document) for document in workspace.documents))
    return workspace.without_document(edit)


@settings(max_examples=250, deadline=None)
@given(workspace=workspaces(), then=st.lists(edits, min_size=1, max_size=6))
def test_updated_equals_built_anew(workspace: Workspace, then: list[Document | str]) -> None:
    graph = StrategyGraph.of(workspace)
    for edit in then:
        workspace = applied(workspace, edit)
        graph = graph.updated(workspace)
        anew = StrategyGraph.of(workspace)
        assert graph == anew
        assert graph.with_goal == anew.with_goal
        assert [node.address for node in graph.in_order] == [node.address for node in anew.in_order]


def many() -> Workspace:
    lean = [canvas("lean-canvas", {"problem": [entry(f"p{n}", "g")]}, id=f"lean-{n}") for n in range(20)]
    workspace = Workspace((header(), listed("goals.toml", [goal("g")])), templates())
    for document in lean:
        workspace = workspace.with_document(document)
    return workspace


def test_only_documents_that_changed_are_looked_at_again() -> None:
    workspace = many()
    graph = StrategyGraph.of(workspace)
    edited = workspace.with_document(canvas("lean-canvas", {"problem": [entry("p3", "nothing")]}, id="lean-3"))
    with (
        patch.object(build, "part_of", wraps=part_of) as read,
        patch.object(build, "wired", wraps=wired) as wiring,
    ):
        updated = graph.updated(edited)
    assert [call.args[0].path for call in read.call_args_list] == ["lean-3.toml"]
    assert [call.args[0].document.path for call in wiring.call_args_list] == ["lean-3.toml"]
    assert updated.dangling
    assert not graph.dangling  # the graph before is as it was


def test_documents_that_link_to_what_is_gone_are_looked_at_too() -> None:
    workspace = many()
    graph = StrategyGraph.of(workspace)
    updated = graph.updated(workspace.without_document("goals.toml"))
    assert len(updated.dangling) == 20
    assert updated == StrategyGraph.of(workspace.without_document("goals.toml"))


def test_the_same_workspace_gives_the_same_graph() -> None:
    workspace = many()
    graph = StrategyGraph.of(workspace)
    assert graph.updated(workspace) is graph


def test_graphs_of_different_strategies_differ() -> None:
    workspace = many()
    other = workspace.with_document(canvas("lean-canvas", {"problem": [entry("p3")]}, id="lean-3"))
    assert StrategyGraph.of(workspace) != StrategyGraph.of(other)
