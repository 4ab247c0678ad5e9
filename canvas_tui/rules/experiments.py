"""The experiments of a workspace, as far as rules need them: what they test, and what counts as success. Pure.

They are `[[experiments]]` tables. No screen edits them yet, so they are read from a document's other keys (`extra`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import Node, StrategyGraph
from canvas_tui.rules.finding import ElementAt


class Experiment(NamedTuple):
    """One table of `[[experiments]]`, and the entries that it tests."""

    file: str
    fields: Mapping[str, Any]
    tests: tuple[Node, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return self._text("title") or self._text("id") or "an experiment"

    @property
    def status(self) -> str:
        """planned, running, done, dropped, or ""."""
        return self._text("status")

    @property
    def has_criterion(self) -> bool:
        """Whether it says which result would count as success."""
        return self.fields.get("success") not in (None, "", [], {})

    @property
    def place(self) -> ElementAt:
        """Where it is. The line is always the file's first, because the real one is not known."""
        return ElementAt(self._text("id") or self.file, "experiment", self.file, 1)

    def _text(self, key: str) -> str:
        value = self.fields.get(key)
        return value.strip() if isinstance(value, str) else ""


def experiments_of(workspace: Workspace, graph: StrategyGraph) -> Iterator[Experiment]:
    """Every experiment, in the order of the documents."""
    for document in workspace.documents:
        tables = document.extra.get("experiments")
        for table in tables if isinstance(tables, list) else ():
            if isinstance(table, dict):
                named = table.get("tests")
                links = (named,) if isinstance(named, str) else named if isinstance(named, list) else ()
                nodes = (graph.node(link) for link in links if isinstance(link, str))
                yield Experiment(document.path, table, tuple(node for node in nodes if node is not None))
