"""One document's part of the graph: its nodes, and its links as they are written.

A `Part` depends only on one document and the templates, so an edit of another document does not change it. What the
links mean is decided in `wiring`, where the nodes at their other ends are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from canvas_tui.core.elements import (
    VISION,
    Canvas,
    Cell,
    Element,
    Entry,
    Goal,
    Header,
    Initiative,
    Kind,
    as_id,
    split_link,
)
from canvas_tui.core.placeholder import is_placeholder
from canvas_tui.core.template import CellSpec
from canvas_tui.core.text import unsafe_characters
from canvas_tui.core.workspace import Document, Workspace

ROLL_UP = "(no parent)"  # the key of the link that nobody writes: a goal without a parent belongs to the vision


class Node(NamedTuple):
    """An element in the graph. `line` is 1-based, `position` 0-based in its cell; `spec` is the template's cell."""

    address: str
    kind: Kind
    file: str
    line: int
    element: Element
    canvas: Canvas | None = None
    spec: CellSpec | None = None
    cell: str | None = None
    position: int | None = None

    @property
    def role(self) -> str | None:
        """What an entry's cell stands for in its model (problem, solution, ...); None for anything else."""
        return self.spec.role if self.kind is Kind.ENTRY and self.spec is not None else None

    @property
    def text(self) -> str:
        """The line a person knows it by: an entry's text, a title, the vision's text."""
        match self.element:
            case Entry() as entry:
                return entry.text
            case Header() as header:
                return header.vision
            case Goal() | Initiative() | Canvas() as titled:
                return titled.title
        return self.spec.title if self.spec is not None else (self.cell or "").replace("-", " ").capitalize()

    @property
    def entry(self) -> Entry:
        """The element as an Entry. Raises TypeError for any other kind."""
        if not isinstance(self.element, Entry):
            raise TypeError(f"{self.address} is no entry")
        return self.element

    @property
    def is_archived(self) -> bool:
        """Whether it is in an archived canvas."""
        return self.canvas is not None and self.canvas.is_archived

    @property
    def is_filled(self) -> bool:
        """Whether it is an entry that says something."""
        return isinstance(self.element, Entry) and self.element.is_written

    @property
    def is_blank(self) -> bool:
        """Whether it is only a placeholder: an entry that says nothing, or a title in angle brackets."""
        if isinstance(self.element, (Goal, Initiative)):
            return is_placeholder(self.element.title)
        return isinstance(self.element, Entry) and not self.element.is_written


_CLAIMS = {Kind.VISION: 0, Kind.GOAL: 1, Kind.INITIATIVE: 2, Kind.CANVAS: 3, Kind.CELL: 3, Kind.ENTRY: 4}


def owner(first: Node, second: Node) -> Node:
    """The one of two elements with the same id that links mean: the one of the higher kind, else the first.

    So an entry that has a goal's id by mistake does not cut that goal off from its links.
    """
    return second if _CLAIMS[second.kind] < _CLAIMS[first.kind] else first


class Wire(NamedTuple):
    """A link as written: from which address, under which key, to which name (without its pin)."""

    source: str
    key: str
    target: str


class UnsafeText(NamedTuple):
    """A text of a node with characters that may mislead a terminal or a reader; `characters` are their names."""

    node: Node
    field: str
    characters: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Part:
    """One document's part of the graph. Of elements in it with the same id, `nodes` has the `owner`."""

    document: Document
    nodes: dict[str, Node]
    wires: tuple[Wire, ...]
    mentions: frozenset[str]  # every address that a wire starts from or names
    twins: tuple[Node, ...] = ()  # the other elements with an id that a node in the document has

    @cached_property
    def unsafe(self) -> tuple[UnsafeText, ...]:
        """The texts with control, escape or bidirectional-override characters.

        Kept with the part, because looking at every text takes longer than most rules together.
        """
        return tuple(_unsafe_texts(self.nodes.values()))


def positions(canvas: Canvas) -> dict[str, str]:
    """`canvas/cell/3` -> the entry's address, for every entry of a canvas."""
    places = ((f"{canvas.id}/{cell}/{index + 1}", entry) for cell, index, entry in canvas.entries())
    return {place: entry.id or place for place, entry in places}


def part_of(document: Document, workspace: Workspace) -> Part:
    """The part of a document. Of the workspace only the templates are used."""
    nodes: dict[str, Node] = {}
    wires: list[Wire] = []
    twins: list[Node] = []
    for node in _nodes(document, workspace):
        before = nodes.setdefault(node.address, node)
        if before is not node:
            nodes[node.address] = kept = owner(before, node)
            twins.append(before if kept is node else node)
        if node.kind is not Kind.ENTRY or "links" in node.element.fields:
            wires.extend(_wires(node))
    mentions = frozenset(wire.source for wire in wires) | frozenset(wire.target for wire in wires)
    return Part(document, nodes, tuple(wires), mentions, tuple(twins))


def _nodes(document: Document, workspace: Workspace) -> Iterator[Node]:
    path = document.path
    if document.header is not None and document.header.vision and not is_placeholder(document.header.vision):
        yield Node(VISION, Kind.VISION, path, document.header.vision_line or 1, document.header)
    for goal in document.goals:
        yield Node(goal.id, Kind.GOAL, path, goal.line or 1, goal)
    for initiative in document.initiatives:
        yield Node(initiative.id, Kind.INITIATIVE, path, initiative.line or 1, initiative)
    if document.canvas is not None:
        yield from _canvas_nodes(document.canvas, path, workspace)


def _canvas_nodes(canvas: Canvas, path: str, workspace: Workspace) -> Iterator[Node]:
    top = canvas.line or 1
    yield Node(canvas.id, Kind.CANVAS, path, top, canvas, canvas)
    specs = {spec.id: spec for spec in workspace.template(canvas).cells}
    for cell_id in {**specs, **canvas.cells}:
        cell = canvas.cells.get(cell_id) or Cell(cell_id)
        spec = specs.get(cell_id)
        address = f"{canvas.id}/{cell_id}"
        yield Node(address, Kind.CELL, path, cell.line or top, cell, canvas, spec, cell_id)
        for index, entry in enumerate(cell.entries):
            name = entry.id if "id" in entry.fields else None
            name = name or f"{address}/{index + 1}"
            yield Node(name, Kind.ENTRY, path, entry.line or top, entry, canvas, spec, cell_id, index)


def _wires(node: Node) -> Iterator[Wire]:
    element, address = node.element, node.address
    links = element.fields.get("links")
    if links and node.kind is not Kind.VISION:
        for link in element.links:
            yield Wire(address, "links", split_link(link)[0] if "@" in link else as_id(link))
    if isinstance(element, Goal):
        if element.parent:
            yield Wire(address, "parent", split_link(element.parent)[0])
        else:
            yield Wire(address, ROLL_UP, VISION)
    elif isinstance(element, Initiative):
        if element.parent:
            yield Wire(address, "parent", split_link(element.parent)[0])
        for key in ("depends-on", "promotes"):
            for link in element.list_field(key):
                yield Wire(address, key, split_link(link)[0])


def _unsafe_texts(nodes: Iterable[Node]) -> Iterator[UnsafeText]:
    for node in nodes:
        for key, value in node.element.fields.items():
            text = value if isinstance(value, str) else _joined(value)
            if text.isascii() and text.isprintable():
                continue  # the usual case
            if hidden := unsafe_characters(text, multiline=True):
                yield UnsafeText(node, key, hidden)


def _joined(value: object) -> str:
    """The texts of a list or a table, also of tables in a list; "" for anything else."""
    parts = value.values() if isinstance(value, Mapping) else value
    if not isinstance(parts, Iterable):
        return ""
    return " ".join(part if isinstance(part, str) else _joined(part) for part in parts)
