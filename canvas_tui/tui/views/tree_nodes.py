"""The strategy as a tree: the vision, goals nested below it, initiatives below the goals they serve.

Pure. Owns what stands below what, and what a filter leaves; how a row looks is in `tree.py`. Safe against loops of
parents: a goal that no way down reaches stands at the end, as its own root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from canvas_tui.core.elements import VISION, Goal, Initiative, Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import StrategyGraph, goals_of
from canvas_tui.rules.finding import IN_THE_AIR, Finding

FILTERS = ("all", "orphans", "findings")


@dataclass(frozen=True)
class TreeNode:
    """An element with what stands below it. `item` None: the heading of initiatives without a goal."""

    address: str
    item: Located | None
    children: tuple[TreeNode, ...] = ()
    is_again: bool = False  # it stands in another place too, further up


@dataclass(frozen=True)
class TreeRow:
    """One line of the tree. `branches` says for each level above whether more follows there; the last is its own."""

    node: TreeNode
    branches: tuple[bool, ...] = ()
    is_folded: bool = False
    is_context: bool = False  # shown only because something below fits the filter

    @property
    def depth(self) -> int:
        return len(self.branches)


NO_GOAL = "(no goal)"


@dataclass
class _Builder:
    workspace: Workspace
    graph: StrategyGraph
    seen: set[str] = field(default_factory=set)
    items: dict[str, Located] = field(default_factory=dict)
    goals_below: dict[str, list[str]] = field(default_factory=dict)
    work_below: dict[str, list[str]] = field(default_factory=dict)

    def build(self) -> tuple[TreeNode, ...]:
        for item in self.workspace.elements():
            if item.kind in (Kind.VISION, Kind.GOAL, Kind.INITIATIVE):
                self.items.setdefault(item.address, item)
        if VISION not in self.items and (place := self.workspace.find(VISION)) is not None:
            self.items = {VISION: place, **self.items}  # where the first one is written
        homeless = self._gather()
        roots: list[TreeNode] = []
        if VISION in self.items:
            roots.append(self._node(VISION, ()))
        goals = [address for address, item in self.items.items() if item.kind is Kind.GOAL]
        # first those without a parent, then what hangs in a loop or below nothing
        top = self.goals_below.get(VISION, []) if VISION not in self.items else []
        for address in (*top, *goals):
            if address not in self.seen:
                roots.append(self._node(address, ()))
        if homeless:
            children = tuple(self._node(address, (NO_GOAL,)) for address in homeless if address not in self.seen)
            if children:
                roots.append(TreeNode(NO_GOAL, None, children))
        return tuple(roots)

    def _gather(self) -> list[str]:
        """Sort every goal below its parent and every initiative below its goals; those without any are given back."""
        homeless = []
        for address, item in self.items.items():
            element = item.element
            if isinstance(element, Goal):
                parent = element.parent or VISION
                above = self.items.get(parent)
                is_goal = above is not None and above.kind in (Kind.GOAL, Kind.VISION)
                self.goals_below.setdefault(parent if is_goal else VISION, []).append(address)
            elif isinstance(element, Initiative):
                uppers = [edge.upper for edge in self.graph.up.get(address, ())]
                above_all = [each for each in uppers if each in self.items and each != address]
                goals = [each for each in above_all if self.items[each].kind in (Kind.GOAL, Kind.VISION)]
                whole = element.parent if element.parent in self.items and element.parent != address else None
                places = [whole] if whole and not goals else list(dict.fromkeys(goals)) or self._through(address)
                for place in places:
                    self.work_below.setdefault(place, []).append(address)
                if not places:
                    homeless.append(address)
        return homeless

    def _through(self, address: str) -> list[str]:
        """The nearest goal an initiative reaches through the entries or the work it is for."""
        return [goal for goal in goals_of(self.graph, address) if goal in self.items][:1]

    def _node(self, address: str, above: tuple[str, ...]) -> TreeNode:
        is_again = address in self.seen
        self.seen.add(address)
        line = (*above, address)
        below = [*self.goals_below.get(address, ()), *self.work_below.get(address, ())]
        children = tuple(self._node(each, line) for each in below if each not in line) if len(line) < 60 else ()
        return TreeNode(address, self.items[address], children, is_again)


def tree_of(workspace: Workspace, graph: StrategyGraph) -> tuple[TreeNode, ...]:
    """The roots: the vision first, then goals that nothing carries, then the initiatives without a goal."""
    return _Builder(workspace, graph).build()


def rows_of(
    roots: tuple[TreeNode, ...],
    folded: frozenset[str] | set[str],
    fits: frozenset[str] | None = None,
) -> list[TreeRow]:
    """The lines in order. `fits` (None: all) are the addresses a filter leaves; what is above them stays as context."""
    found: list[TreeRow] = []
    for root in roots:
        found.extend(_rows(root, (), folded, fits))
    return found


def _rows(
    node: TreeNode, branches: tuple[bool, ...], folded: frozenset[str] | set[str], fits: frozenset[str] | None
) -> Iterator[TreeRow]:
    if fits is not None and not _has_any(node, fits):
        return
    is_folded = node.address in folded and bool(node.children)
    yield TreeRow(node, branches, is_folded, fits is not None and node.address not in fits)
    if is_folded and fits is None:
        return
    children = [child for child in node.children if fits is None or _has_any(child, fits)]
    for number, child in enumerate(children):
        yield from _rows(child, (*branches, number + 1 < len(children)), folded, fits)


def _has_any(node: TreeNode, fits: frozenset[str]) -> bool:
    return node.address in fits or any(_has_any(child, fits) for child in node.children)


def fitting(name: str, workspace: Workspace, findings: Mapping[str, tuple[Finding, ...]]) -> frozenset[str] | None:
    """The goals and initiatives that a filter of FILTERS leaves; None for all."""
    if name == "all":
        return None
    items = [item for item in workspace.elements() if item.kind in (Kind.GOAL, Kind.INITIATIVE)]
    if name == "orphans":
        return frozenset(item.address for item in items if hangs(findings.get(item.address, ())))
    return frozenset(item.address for item in items if item.address in findings)


def hangs(found: Iterable[Finding]) -> bool:
    """Whether one of an element's findings says that it hangs in the air."""
    return any(finding.rule in IN_THE_AIR for finding in found)
