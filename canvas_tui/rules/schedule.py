"""When work begins and ends, and what waits for what. Several rules compare these dates. Pure.

An initiative without dates of its own takes those of the one it is part of, or of its own parts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from canvas_tui.core.elements import Initiative, Kind
from canvas_tui.graph import Edge, Relation, StrategyGraph

LAUNCHES = ("launch", "campaign")
LONG_WAY = 24  # the most addresses of a path in a finding


class Need(NamedTuple):
    """An initiative that another waits for, at any distance (`what`), and the first step on the path to it (`step`)."""

    what: str
    step: str


class Schedule:
    """The initiatives of a graph with their dates. Cancelled work waits for nothing, and nothing waits for it."""

    def __init__(self, graph: StrategyGraph, today: date, sold_ahead: timedelta) -> None:
        self._graph, self._today, self._sold_ahead = graph, today, sold_ahead
        nodes = (node for node in graph.in_order if node.kind is Kind.INITIATIVE)
        self._work = {node.address: node.element for node in nodes if isinstance(node.element, Initiative)}

    def work(self, address: str) -> Initiative:
        """The initiative at an address. Raises KeyError if there is none."""
        return self._work[address]

    def is_open(self, address: str) -> bool:
        """Whether an initiative there is neither done nor cancelled."""
        return address in self._work and self._work[address].is_open

    def is_launch(self, address: str) -> bool:
        """Whether it is an open launch or campaign that is more than an idea."""
        return self.is_planned(address) and self._work[address].kind in LAUNCHES

    def is_planned(self, address: str) -> bool:
        """Whether it is open and more than an idea."""
        return self.is_open(address) and self._work[address].status != "idea"

    def ready(self, address: str) -> date | None:
        """The earliest day on which it can be over: its end, or today if that is past and it is still open."""
        end = self.ends.get(address)
        return end and max(end, self._today)

    def is_dated(self, address: str) -> bool:
        """Whether it has a first or a last day."""
        return address in self.starts or address in self.ends

    @cached_property
    def has_dates(self) -> bool:
        """Whether any of the work has a date."""
        return bool(self.starts or self.ends)

    @cached_property
    def starts(self) -> dict[str, date]:
        """The first day of each initiative that has one."""
        return self._inherited(lambda work: work.start, min)

    @cached_property
    def ends(self) -> dict[str, date]:
        """The last day of each initiative that has one."""
        return self._inherited(lambda work: work.end, max)

    def _inherited(
        self, day_of: Callable[[Initiative], date | None], most: Callable[[Iterable[date]], date]
    ) -> dict[str, date]:
        found: dict[str, date | None] = {address: day for address, work in self._work.items() if (day := day_of(work))}
        for address in [each for each in self._work if each not in found]:
            parts = (edge.lower for edge in self._graph.down.get(address, ()) if edge.relation is Relation.PART_OF)
            days = [day for part in parts if part in self._work and (day := day_of(self._work[part]))]
            if days:
                found[address] = most(days)
        for address in self._work:
            way = dict[str, None]()
            above: str | None = address
            while above is not None and above not in found and above not in way:
                way[above] = None
                above = self.whole_of(above)
            found.update(dict.fromkeys(way, found.get(above) if above is not None else None))
        return {address: day for address, day in found.items() if day is not None}

    def whole_of(self, address: str) -> str | None:
        """What it is part of, or None."""
        edges = self._graph.up.get(address, ())
        return next((edge.upper for edge in edges if edge.relation is Relation.PART_OF), None)

    def needs(self, address: str) -> Iterator[str]:
        """The open work that it waits for directly: what it depends on, and product work that a launch promotes."""
        below = (edge.lower for edge in self._graph.down.get(address, ()) if self._is_need(edge))
        return (each for each in dict.fromkeys(below) if self.is_open(each))

    def waiting(self, address: str) -> Iterator[str]:
        """The open work that waits for it directly."""
        above = (edge.upper for edge in self._graph.up.get(address, ()) if self._is_need(edge))
        return (each for each in dict.fromkeys(above) if self.is_open(each))

    @cached_property
    def first_launches(self) -> dict[str, tuple[date, str]]:
        """For each initiative that a launch promotes: (the first day of the earliest such launch, its address)."""
        found = dict[str, tuple[date, str]]()
        for start, address in sorted((day, each) for each, day in self.starts.items() if self.is_launch(each)):
            for edge in self._graph.down.get(address, ()):
                if edge.relation is Relation.PROMOTES:
                    found.setdefault(edge.lower, (start, address))
        return found

    @cached_property
    def for_launches(self) -> frozenset[str]:
        """Everything that a launch waits for, any number of steps away, and the launches."""
        seen = {address for address in self._work if self.is_launch(address)}
        front = list(seen)
        while front:
            for lower in self.needs(front.pop()):
                if lower not in seen:
                    seen.add(lower)
                    front.append(lower)
        return frozenset(seen)

    def _is_need(self, edge: Edge) -> bool:
        if edge.relation is Relation.DEPENDS_ON:
            return True
        if edge.relation is not Relation.PROMOTES or not self.is_launch(edge.upper) or edge.lower not in self._work:
            return False
        return self._work[edge.lower].kind in ("product", "") and not self._is_sold_ahead(edge)

    def _is_sold_ahead(self, edge: Edge) -> bool:
        """Whether a campaign starts so long before its product is ready that it sells it ahead on purpose."""
        start, end = self.starts.get(edge.upper), self.ends.get(edge.lower)
        return start is not None and end is not None and end - start > self._sold_ahead

    @cached_property
    def last_needs(self) -> dict[str, Need]:
        """For each initiative, the last to be ready of all work that it waits for, at any distance.

        Work behind a launch with a date counts only for that launch. One pass over the edges, from the last work back.
        """
        found: dict[str, Need] = {}
        ready = {address: day for address in self._work if self.is_open(address) and (day := self.ready(address))}
        for last in sorted(ready, key=lambda each: (-ready[each].toordinal(), each)):
            front = deque([last])
            while front:
                step = front.popleft()
                for above in self.waiting(step):
                    if above in found or above == last:
                        continue
                    found[above] = Need(last, step)
                    if not (self.is_launch(above) and above in self.starts):
                        front.append(above)
        return found

    def way(self, address: str) -> tuple[str, ...]:
        """The path from an initiative to the last of its needs; the middle of a very long path is left out."""
        way, last = [address], self.last_needs[address].what
        while way[-1] != last and len(way) < LONG_WAY - 1:
            way.append(self.last_needs[way[-1]].step)
        return tuple(way) if way[-1] == last else (*way, last)


def days_between(first: date, second: date) -> str:
    """The time between two dates in words: "a day", "18 days"."""
    days = abs((second - first).days)
    return "a day" if days == 1 else f"{days} days"
