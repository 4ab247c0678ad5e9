"""What a link means. That follows from its two ends; it does not matter in which of them it is written.

The levels from the top are vision, goal, entry, initiative. A link between two levels leads from the lower up to the
upper. Between two entries the roles of their cells decide (a solution answers a problem). Other roles only "relate to"
one another: that is shown, but leads nowhere, so it does not turn an orphan into a linked entry. Cells and canvases are
on the level of entries. Their links do not count for the entries in them, so that one link on a canvas cannot hide all
orphans in it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.graph.nodes import ROLL_UP, Node


class Relation(StrEnum):
    """Names of relations; `up` reads from the lower element to the upper, `down` the other way."""

    ROLLS_UP = "rolls up to"
    SERVES = "serves"
    MEASURES = "measures"
    ANSWERS = "answers"
    RELIEVES = "relieves"
    CREATES = "creates"
    REACHES = "reaches"
    IS_PAID_BY = "is paid by"
    DRAWS_ON = "draws on"
    RESTS_ON = "rests on"
    WORKS_ON = "works on"
    PART_OF = "part of"
    DEPENDS_ON = "depends on"
    PROMOTES = "promotes"
    IN = "in"
    RELATES = "relates to"

    @property
    def up(self) -> str:
        """The words from the lower element to the upper: "serves", "is needed by"."""
        return _UPWARD.get(self, str(self))

    @property
    def down(self) -> str:
        """The words from the upper element to the lower: "is served by", "depends on"."""
        return _DOWNWARD[self]


_UPWARD = {
    Relation.DEPENDS_ON: "is needed by",
    Relation.PROMOTES: "is promoted by",
    Relation.PART_OF: "is part of",
    Relation.IN: "is in",
}
_DOWNWARD = {
    Relation.ROLLS_UP: "is above",
    Relation.SERVES: "is served by",
    Relation.MEASURES: "is measured by",
    Relation.ANSWERS: "is answered by",
    Relation.RELIEVES: "is relieved by",
    Relation.CREATES: "is created by",
    Relation.REACHES: "is reached by",
    Relation.IS_PAID_BY: "pays",
    Relation.DRAWS_ON: "is used by",
    Relation.RESTS_ON: "carries",
    Relation.WORKS_ON: "is worked on by",
    Relation.PART_OF: "has the part",
    Relation.DEPENDS_ON: "depends on",
    Relation.PROMOTES: "promotes",
    Relation.IN: "holds",
    Relation.RELATES: "relates to",
}


class Edge(NamedTuple):
    """`lower` is there because of `upper`. Relation.RELATES has no direction: the two are in alphabetical order."""

    lower: str
    upper: str
    relation: Relation


_LEVEL = {Kind.VISION: 0, Kind.GOAL: 1, Kind.CANVAS: 2, Kind.CELL: 2, Kind.ENTRY: 2, Kind.INITIATIVE: 3}

FACTORS = ("strength", "weakness", "opportunity", "threat")

# (role of the lower entry, role of the upper entry): the relation
BY_ROLES: dict[tuple[str, str], Relation] = {
    ("solution", "problem"): Relation.ANSWERS,
    ("solution", "pain"): Relation.ANSWERS,
    ("solution", "job"): Relation.ANSWERS,
    ("value", "problem"): Relation.ANSWERS,
    ("value", "pain"): Relation.ANSWERS,
    ("value", "gain"): Relation.ANSWERS,
    ("value", "job"): Relation.ANSWERS,
    ("reliever", "pain"): Relation.RELIEVES,
    ("reliever", "problem"): Relation.RELIEVES,
    ("creator", "gain"): Relation.CREATES,
    ("channel", "segment"): Relation.REACHES,
    ("revenue", "segment"): Relation.IS_PAID_BY,
    ("message", "positioning"): Relation.RESTS_ON,
    ("message", "value"): Relation.RESTS_ON,
    ("message", "market-category"): Relation.RESTS_ON,
    **{(f"tows-{cross}", factor): Relation.DRAWS_ON for cross in ("so", "st", "wo", "wt") for factor in FACTORS},
}


def edge_between(source: Node, target: Node, key: str) -> Edge | None:
    """The edge that a link written at `source` under `key` stands for; None for a link of an element to itself.

    If a `parent`, `depends-on` or `promotes` names the wrong kind of element, the edge only says that the two relate.
    """
    if key == "links":
        return _by_levels(source, target)
    kinds = source.kind, target.kind
    if kinds == (Kind.INITIATIVE, Kind.INITIATIVE):
        if key == "parent":
            return Edge(source.address, target.address, Relation.PART_OF)
        return Edge(target.address, source.address, Relation.DEPENDS_ON if key == "depends-on" else Relation.PROMOTES)
    if key in ("parent", ROLL_UP) and source.kind is Kind.GOAL and target.kind in (Kind.GOAL, Kind.VISION):
        return Edge(source.address, target.address, Relation.ROLLS_UP)
    return None if key == ROLL_UP or source.address == target.address else _beside(source, target)


def _by_levels(source: Node, target: Node) -> Edge | None:
    if source.address == target.address:
        return None
    first, second = _LEVEL[source.kind], _LEVEL[target.kind]
    if first == second:
        return _by_roles(source, target)
    lower, upper = (source, target) if first > second else (target, source)
    return Edge(lower.address, upper.address, _between_levels(lower, upper))


def _between_levels(lower: Node, upper: Node) -> Relation:
    if lower.kind is Kind.GOAL:
        return Relation.ROLLS_UP
    if upper.kind in (Kind.GOAL, Kind.VISION):
        return Relation.MEASURES if lower.role == "metric" and upper.kind is Kind.GOAL else Relation.SERVES
    return Relation.WORKS_ON


def _by_roles(source: Node, target: Node) -> Edge:
    if source.role and target.role:
        if relation := BY_ROLES.get((source.role, target.role)):
            return Edge(source.address, target.address, relation)
        if relation := BY_ROLES.get((target.role, source.role)):
            return Edge(target.address, source.address, relation)
    return _beside(source, target)


def _beside(source: Node, target: Node) -> Edge:
    first, second = sorted((source.address, target.address))
    return Edge(first, second, Relation.RELATES)
