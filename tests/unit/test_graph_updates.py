"""A graph brought up to date is the graph built anew, whatever changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.graph import StrategyGraph, build
from tests.unit.strategy_factory import canvas, entry, goal, header, listed, templates, work

# Few names for many elements, so that ids clash, come, go, and change what they mean.
IDS = ["a", "b", "c", "d", "lean", "swot"]
NAMES = [*IDS, "vision", "lean/problem", "lean/problem/1", "lean/solution/2", "swot/threats/1", "nothing"]

links = st.lists(st.sampled_from(NAMES), max_size=3)


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    made = entry("something said", *draw(links))
    return {**made, "id": draw(st.sampled_from(IDS))} if draw(st.booleans()) else made


def _cells(*names: str) -> st.SearchStrategy[dict[str, list[dict[str, Any]]]]:
    return st.fixed_dictionaries({name: st.lists(entries(), max_size=3) for name in names})


canvases = st.one_of(
    st.builds(lambda cells: canvas("lean-canvas", cells, id="lean"), _cells("problem", "solution", "key-metrics")),
    st.builds(lambda cells: canvas("swot", cells, id="swot"), _cells("threats", "unknown")),
    st.builds(lambda cells: replace(canvas("tows", cells, id="lean"), path="z.toml"), _cells("so", "problem")),
)


@st.composite
def lists(draw: st.DrawFn) -> Document:
    goals = [
        goal(draw(st.sampled_from(IDS)), *draw(links), parent=draw(st.sampled_from([None, *NAMES])))
        for _ in range(draw(st.integers(0, 2)))
    ]
    works = [
        work(draw(st.sampled_from(IDS)), *draw(links), depends_on=draw(links), promotes=draw(links))
        for _ in range(draw(st.integers(0, 2)))
    ]
    return listed(draw(st.sampled_from(["goals.toml", "more.toml"])), goals, works)


headers = st.sampled_from([header(), header("")])
documents = st.one_of(canvases, lists(), headers)
edits = st.one_of(documents, st.sampled_from(["lean.toml", "swot.toml", "z.toml", "goals.toml", "more.toml", "again"]))


def applied(workspace: Workspace, edit: Document | str) -> Workspace:
    if isinstance(edit, Document):
        return workspace.with_document(edit)
    if edit == "again":  # the same bytes read again: equal documents that are other objects
        return replace(workspace, documents=tuple(replace(document) for document in workspace.documents))
    return workspace.without_document(edit)


@settings(max_examples=250, deadline=None)
@given(start=st.lists(documents, max_size=5), then=st.lists(edits, min_size=1, max_size=6))
def test_updated_equals_built_anew(start: list[Document], then: list[Document | str]) -> None:
    workspace = Workspace((), templates())
    for document in start:
        workspace = workspace.with_document(document)
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
        patch.object(build, "part_of", wraps=build.part_of) as read,
        patch.object(build, "wired", wraps=build.wired) as wired,
    ):
        updated = graph.updated(edited)
    assert [call.args[0].path for call in read.call_args_list] == ["lean-3.toml"]
    assert [call.args[0].document.path for call in wired.call_args_list] == ["lean-3.toml"]
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
