"""Random strategies for property tests: few names for many elements, so that ids clash, come, go and change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from canvas_tui.core.workspace import Document, Workspace
from tests.unit.strategy_factory import canvas, entry, goal, header, listed, templates, work

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
        work(
            draw(st.sampled_from(IDS)),
            *draw(links),
            status=draw(st.sampled_from(["active", "done", "cancelled"])),
            depends_on=draw(links),
            promotes=draw(links),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    return listed(draw(st.sampled_from(["goals.toml", "more.toml"])), goals, works)


headers = st.sampled_from([header(), header("")])
documents = st.one_of(canvases, lists(), headers)


@st.composite
def workspaces(draw: st.DrawFn) -> Workspace:
    """A workspace of up to six random documents."""
    workspace = Workspace((), templates())
    for document in draw(st.lists(documents, max_size=6)):
        workspace = workspace.with_document(document)
    return workspace
