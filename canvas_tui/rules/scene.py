"""What every rule looks at: the workspace, its graph, the day, the settings, and lists gathered once for all rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from canvas_tui.core.elements import Goal, Initiative, Kind
from canvas_tui.core.template import Template
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import Node, Relation, StrategyGraph
from canvas_tui.rules.closest import Names
from canvas_tui.rules.finding import ElementAt

QUOTED = 60  # terminal cells of an element's own words in a message


@dataclass(frozen=True, eq=False)
class Scene:
    """A workspace on a day, as rules see it. Entries of archived canvases and empty ones are in no list here."""

    workspace: Workspace
    graph: StrategyGraph
    today: date
    settings: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def goals(self) -> tuple[tuple[Node, Goal], ...]:
        """Every goal with its node."""
        return tuple((node, node.element) for node in self.graph.in_order if isinstance(node.element, Goal))

    @cached_property
    def initiatives(self) -> tuple[tuple[Node, Initiative], ...]:
        """Every initiative with its node."""
        return tuple((node, node.element) for node in self.graph.in_order if isinstance(node.element, Initiative))

    @cached_property
    def entries(self) -> tuple[Node, ...]:
        """Every entry that says something, archived canvases left out."""
        entries = (node for node in self.graph.in_order if node.kind is Kind.ENTRY)
        archived = {canvas.id for canvas in self.workspace.canvases if canvas.is_archived}
        return tuple(node for node in entries if node.canvas and node.canvas.id not in archived and node.is_filled)

    @cached_property
    def _by_role(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.entries:
            if node.spec is not None and node.spec.role is not None:
                found.setdefault(node.spec.role, []).append(node)
        return found

    def with_role(self, *roles: str) -> Iterator[Node]:
        """The entries whose cells have one of these roles."""
        for role in roles:
            yield from self._by_role.get(role, ())

    def below(self, node: Node, *relations: Relation) -> Iterator[Node]:
        """What is joined to it from below by one of the relations, archived canvases and cancelled work left out."""
        for edge in self.graph.down.get(node.address, ()):
            lower = self.graph.nodes[edge.lower]
            if edge.relation in relations and not lower.is_archived and lower.element.status != "cancelled":
                yield lower

    def linked(self, node: Node) -> Iterator[Node]:
        """Every element joined to it by a link of either, whatever the link means; archived canvases left out."""
        graph, address = self.graph, node.address
        for edge in (*graph.up.get(address, ()), *graph.down.get(address, ()), *graph.beside.get(address, ())):
            other = graph.nodes[edge.upper if edge.lower == address else edge.lower]
            if not other.is_archived:
                yield other

    def has_initiative(self, node: Node) -> bool:
        """Whether an initiative that is not cancelled works on it."""
        return any(True for _ in self.below(node, Relation.WORKS_ON))

    @cached_property
    def names(self) -> Names:
        """Every id and cell address, to suggest the closest one to a slip of the pen."""
        named = (node for node in self.graph.nodes.values() if node.kind is not Kind.ENTRY or node.entry.id)
        return Names(node.address for node in named)

    @staticmethod
    def cell_names(template: Template) -> Names:
        """The cells of a model, to suggest the closest one from."""
        return Names(template.cell_ids)


def at(node: Node) -> ElementAt:
    """Where a node is, as findings tell it."""
    return ElementAt(node.address, str(node.kind), node.file, node.line)


def quoted(text: str | Node) -> str:
    """An element's own words in “quotes”, clipped and safe to show; its address where it says nothing."""
    if isinstance(text, Node):
        text = text.text.strip() or text.address
    return f"“{clip(clean(' '.join(text.split())), QUOTED)}”"
