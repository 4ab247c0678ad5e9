"""The scene, which every rule looks at: workspace, graph, day, settings, and lists that are made once for all rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from canvas_tui.core.cutting import beginning
from canvas_tui.core.elements import VISION, Canvas, Goal, Initiative, Kind, as_id
from canvas_tui.core.schema import PLANNED_TABLES
from canvas_tui.core.template import Template
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import Adjacency, Node, Relation, StrategyGraph
from canvas_tui.rules.closest import Names
from canvas_tui.rules.experiments import Experiment, experiments_of
from canvas_tui.rules.finding import ElementAt
from canvas_tui.rules.replaced import replacements
from canvas_tui.rules.schedule import Schedule
from canvas_tui.rules.unread import UnreadFiles

QUOTED = 60  # terminal cells of an element's own words in a message


class ConfigMistake(NamedTuple):
    """A mistake in [rules] of strategy.toml: what is wrong, and what to do."""

    message: str
    fix: str


@dataclass(frozen=True, eq=False)
class Scene:
    """A workspace on a day, as rules see it. Empty entries, and entries of archived canvases, are in no list here.

    Rules that miss something (links, answers, work) look at `asked` entries only: not at drafts, nor at entries that
    are marked as not true yet.
    """

    workspace: Workspace
    graph: StrategyGraph
    today: date
    settings: Mapping[str, int] = field(default_factory=dict)
    complaints: Sequence[ConfigMistake] = ()  # about [rules]

    @cached_property
    def goals(self) -> tuple[tuple[Node, Goal], ...]:
        """Every goal with its node; placeholders are left out."""
        return tuple(
            (node, node.element) for node in self.graph.in_order if isinstance(node.element, Goal) and not node.is_blank
        )

    def above(self, goals: Iterable[str]) -> set[str]:
        """All goals above these, at any distance. One of these is included only if it is above another."""
        return self._rolled(goals, self.graph.up)

    def below(self, goals: Iterable[str]) -> set[str]:
        """All goals below these, at any distance. One of these is included only if it is below another."""
        return self._rolled(goals, self.graph.down)

    def _rolled(self, goals: Iterable[str], along: Adjacency) -> set[str]:
        """The goals that can be reached from these along edges between goals, in one pass."""
        is_up = along is self.graph.up
        seen, front = set[str](), list(goals)
        while front:
            for edge in along.get(front.pop(), ()):
                other = edge.upper if is_up else edge.lower
                if edge.relation is Relation.ROLLS_UP and other not in seen:
                    seen.add(other)
                    front.append(other)
        return seen

    @cached_property
    def worked_on_itself(self) -> frozenset[str]:
        """Goals that an initiative reaches without going through a goal below them. Cancelled ones do not count."""
        graph = self.graph
        return frozenset(
            node.address
            for node, _ in self.goals
            if any(
                edge.relation is not Relation.ROLLS_UP and edge.lower in graph.worked_on
                for edge in graph.down.get(node.address, ())
            )
        )

    @cached_property
    def initiatives(self) -> tuple[tuple[Node, Initiative], ...]:
        """Every initiative with its node; placeholders are left out."""
        return tuple(
            (node, node.element)
            for node in self.graph.in_order
            if isinstance(node.element, Initiative) and not node.is_blank
        )

    @cached_property
    def schedule(self) -> Schedule:
        """When work begins and ends, and what waits for what."""
        return Schedule(self.graph, self.today, timedelta(days=self.settings.get("sold-ahead-days", 365)))

    @cached_property
    def entries(self) -> tuple[Node, ...]:
        """Every entry that says something, archived canvases left out."""
        entries = (node for node in self.graph.in_order if node.kind is Kind.ENTRY)
        archived = {canvas.id for canvas in self.workspace.canvases if canvas.is_archived}
        return tuple(node for node in entries if node.canvas and node.canvas.id not in archived and node.is_filled)

    @cached_property
    def replaced(self) -> Mapping[str, Canvas]:
        """The canvas that replaced an older one (which has an earlier year in its name), by the id of the older.

        Both are of one model, in use, and named alike but for the year.
        """
        in_use = [canvas for canvas in self.workspace.canvases if not canvas.is_archived and not canvas.is_draft]
        by_model: dict[str, list[Canvas]] = {}
        for canvas in in_use:
            by_model.setdefault(canvas.model, []).append(canvas)
        return {
            old.id: new
            for canvases in by_model.values()
            if len(canvases) > 1
            for old, new in replacements(canvases, self.today.year)
        }

    @cached_property
    def asked(self) -> tuple[Node, ...]:
        """The entries of which rules may ask something: not those of drafts or replaced canvases, nor future ones."""
        quiet = {canvas.id for canvas in self.workspace.canvases if canvas.is_draft} | self.replaced.keys()
        return tuple(
            node for node in self.entries if node.canvas and node.canvas.id not in quiet and not node.entry.is_future
        )

    @cached_property
    def _by_state(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.asked:
            state = node.element.fields.get("state")
            if isinstance(state, str):
                found.setdefault(state, []).append(node)
        return found

    def with_state(self, state: str) -> Sequence[Node]:
        """The asked entries that are a fact, an assumption, validated or refuted."""
        return self._by_state.get(state, ())

    @cached_property
    def asked_addresses(self) -> frozenset[str]:
        """The addresses of the asked entries."""
        return frozenset(node.address for node in self.asked)

    @cached_property
    def _by_role(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.asked:
            if node.spec is not None and node.spec.role is not None:
                found.setdefault(node.spec.role, []).append(node)
        return found

    def with_role(self, *roles: str) -> Iterator[Node]:
        """The asked entries whose cells have one of these roles."""
        for role in roles:
            yield from self._by_role.get(role, ())

    def is_minor(self, node: Node, key: str, setting: str) -> bool:
        """Whether the number under `key` of an entry is lower than a setting. An entry without it is not minor."""
        value = node.entry.int_field(key)
        return value is not None and value < self.settings.get(setting, 1)

    def joined_below(self, node: Node, *relations: Relation) -> Iterator[Node]:
        """The nodes directly below it by one of these relations. Archived canvases, cancelled work and placeholders are
        left out."""
        for edge in self.graph.down.get(node.address, ()):
            lower = self.graph.nodes[edge.lower]
            is_there = not lower.is_archived and not lower.is_blank and lower.element.status != "cancelled"
            if edge.relation in relations and is_there:
                yield lower

    def linked(self, node: Node) -> Iterator[Node]:
        """The nodes that are linked with it in any way, in either direction. Archived canvases and placeholders are
        left out."""
        graph, address = self.graph, node.address
        for edge in (*graph.up.get(address, ()), *graph.down.get(address, ()), *graph.beside.get(address, ())):
            other = graph.nodes[edge.upper if edge.lower == address else edge.lower]
            if not other.is_archived and not other.is_blank:
                yield other

    def beside(self, node: Node) -> Iterator[Node]:
        """The nodes that it only relates to, neither above nor below it. Archived canvases are left out."""
        for edge in self.graph.beside.get(node.address, ()):
            other = self.graph.nodes[edge.upper if edge.lower == node.address else edge.lower]
            if not other.is_archived:
                yield other

    def has_initiative(self, node: Node) -> bool:
        """Whether an initiative that is not cancelled works on it."""
        return any(True for _ in self.joined_below(node, Relation.WORKS_ON))

    @cached_property
    def filled_cells(self) -> Mapping[str, frozenset[str]]:
        """The ids of the cells in which something is written, by the id of their canvas."""
        found: dict[str, set[str]] = {}
        for node in self.entries:
            if node.canvas is not None and node.cell is not None:
                found.setdefault(node.canvas.id, set()).add(node.cell)
        return {canvas: frozenset(cells) for canvas, cells in found.items()}

    def is_begun_only(self, canvas: Canvas) -> bool:
        """Whether so little of a canvas is filled (setting `begun-percent`) that its gaps are not reported yet."""
        cells = self.workspace.template(canvas).cells
        filled = self.filled_cells.get(canvas.id, frozenset())
        answered = sum(spec.id in filled or bool(canvas.cell(spec.id).note.strip()) for spec in cells)
        return 100 * answered <= self.settings.get("begun-percent", 34) * len(cells)

    def has_nothing_in(self, canvas: Canvas | None, *roles: str) -> bool:
        """Whether the canvas has cells of these roles, and nothing is written in any of them.

        Then the empty cell is reported once, and not every entry elsewhere that lacks an answer from it.
        """
        if canvas is None:
            return False
        cells = [spec.id for spec in self.workspace.template(canvas).cells if spec.role in roles]
        return bool(cells) and self.filled_cells.get(canvas.id, frozenset()).isdisjoint(cells)

    def is_only_segment(self, node: Node) -> bool:
        """Whether its canvas has no other customer segment."""
        return self._segments_by_canvas.get(node.canvas.id if node.canvas else "", 0) == 1

    def is_unpaid(self, canvas: Canvas | None) -> bool:
        """Whether a canvas names customer segments and none of them pays: work inside an organisation, without
        rivals."""
        return canvas is not None and canvas.id in self._segments_by_canvas and canvas.id not in self._paid_for

    @cached_property
    def _paid_for(self) -> frozenset[str]:
        return frozenset(
            node.canvas.id for node in self.with_role("segment") if node.canvas is not None and node.entry.pays
        )

    @cached_property
    def _segments_by_canvas(self) -> Mapping[str, int]:
        return Counter(node.canvas.id for node in self.with_role("segment") if node.canvas is not None)

    @cached_property
    def experiments(self) -> tuple[Experiment, ...]:
        """Every experiment, dropped ones left out."""
        return tuple(each for each in experiments_of(self.workspace, self.graph) if each.status != "dropped")

    @cached_property
    def tested(self) -> frozenset[str]:
        """What an experiment tests."""
        return frozenset(node.address for each in self.experiments for node in each.tests)

    @cached_property
    def planned_ids(self) -> frozenset[str]:
        """Ids of experiments, decisions and the like: the format has them, and no rule reads them yet."""
        tables = (document.extra.get(key) for document in self.workspace.documents for key in PLANNED_TABLES)
        items = (item for table in tables if isinstance(table, list) for item in table if isinstance(item, dict))
        return frozenset(identity for item in items if isinstance(identity := item.get("id"), str))

    @cached_property
    def _wrong_fields(self) -> frozenset[tuple[str, str]]:
        """(address, field) of values that the reader found wrong. They are reported as wrong, not as missing too."""
        told = (each for document in self.workspace.documents for each in document.problems if each.field)
        return frozenset((as_id(each.element), each.field.partition(".")[0]) for each in told)

    def is_wrong(self, node: Node, *fields: str) -> bool:
        """Whether the reader found the value of one of these fields wrong."""
        return bool(self._wrong_fields) and any((node.address, field) in self._wrong_fields for field in fields)

    @cached_property
    def unread(self) -> UnreadFiles:
        """What may be in the files that could not be read."""
        return UnreadFiles(self.workspace, self.graph)

    @cached_property
    def names(self) -> Names:
        """Every id and cell address, to suggest the closest one for a misspelt name."""
        named = (node for node in self.graph.nodes.values() if node.kind is not Kind.ENTRY or node.entry.id)
        return Names(node.address for node in named)

    def names_for(self, key: str, kind: Kind) -> Names:
        """The names that may stand under a key of an element of a kind: a parent is of its own kind, and work waits
        for work."""
        wanted = kind if key == "parent" else Kind.INITIATIVE if key in ("depends-on", "promotes") else None
        return self.names if wanted is None else self._names_by_kind[wanted]

    @cached_property
    def _names_by_kind(self) -> Mapping[Kind, Names]:
        graph = self.graph
        return {kind: Names([node.address for node in graph.of_kind(kind)]) for kind in (Kind.GOAL, Kind.INITIATIVE)}

    @staticmethod
    def cell_names(template: Template) -> Names:
        """The ids of a model's cells, to suggest the closest one for a misspelt name."""
        return Names(template.cell_ids)


def at(node: Node) -> ElementAt:
    """The place of a node, for a finding."""
    return ElementAt(node.address, str(node.kind), node.file, node.line)


def whole(scene: Scene) -> ElementAt:
    """The place for a finding about the workspace as a whole: the vision, or the first file if there is none."""
    if (vision := scene.graph.node(VISION)) is not None:
        return at(vision)
    document = scene.workspace.documents[0]
    return ElementAt(document.path, "file", document.path, 1)


def quoted(text: str | Node) -> str:
    """An element's own words in “quotes”, clipped and safe to show; its address if it says nothing."""
    if isinstance(text, Node):
        text = text.text.strip() or text.address
    return f"“{clip(clean(' '.join(beginning(text).split())), QUOTED)}”"


def with_article(word: str) -> str:
    """The word with "a" or "an" before it."""
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
