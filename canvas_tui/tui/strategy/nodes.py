"""The strategy as a tree: the vision, goals nested below it, initiatives below the goals they serve.

Pure. Owns what stands below what, and what a filter leaves; how a row looks is in `view.py`. Safe against loops of
parents: a goal that no way down reaches stands at the end, as its own root.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from canvas_tui.core.cutting import LEVELS
from canvas_tui.core.elements import VISION, Goal, Initiative, Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules.finding import Finding

FILTERS = ("all", "orphans", "findings")


@dataclass(frozen=True, slots=True)
class TreeNode:
    """An element and its level in the tree. Where `item` is None, it is the heading of initiatives without a goal.

    A tree is a list of these, each right before the `below` nodes that stand below it.
    """

    address: str
    item: Located | None
    level: int = 0
    below: int = 0
    is_again: bool = False  # the element also stands further up, and what is below it is shown there


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One line of the tree. `branches` says for the last levels down to it whether more follows there."""

    node: TreeNode
    branches: tuple[bool, ...] = ()
    is_folded: bool = False
    is_context: bool = False  # shown only because something below fits the filter

    @property
    def depth(self) -> int:
        """How many levels below the top the row stands; 0 at the top."""
        return self.node.level

    @property
    def is_cut(self) -> bool:
        """Whether the tree stops here unless the person unfolds it: no window is wide enough for more levels."""
        return _is_cut(self.node)


NO_GOAL = "(no goal)"
UNREAD_GOAL = "(no goal that can be read)"  # which may be in a file that cannot


@dataclass
class _Builder:
    workspace: Workspace
    graph: StrategyGraph
    seen: set[str] = field(default_factory=set)
    items: dict[str, Located] = field(default_factory=dict)
    goals_below: dict[str, list[str]] = field(default_factory=dict)
    work_below: dict[str, list[str]] = field(default_factory=dict)
    hung: list[tuple[str, int, bool]] = field(default_factory=list)  # address, level, whether it stands elsewhere too

    def build(self) -> tuple[TreeNode, ...]:
        """The whole tree, from the vision down. What stands below nothing comes last."""
        for item in self.workspace.elements():
            if item.kind in (Kind.VISION, Kind.GOAL, Kind.INITIATIVE):
                self.items.setdefault(item.address, item)
        if VISION not in self.items and (place := self.workspace.find(VISION)) is not None:
            self.items = {VISION: place, **self.items}  # where the first one is written
        homeless = self._gather()
        if VISION in self.items:
            self._hang(VISION, 0)
        goals = [address for address, item in self.items.items() if item.kind is Kind.GOAL]
        # first those without a parent, then what hangs in a loop or below nothing
        top = self.goals_below.get(VISION, []) if VISION not in self.items else []
        for address in (*top, *goals):
            if address not in self.seen:
                self._hang(address, 0)
        left = [address for address in homeless if address not in self.seen]
        if left:
            self.hung.append((UNREAD_GOAL if self.workspace.unread else NO_GOAL, 0, False))
            for address in left:
                self._hang(address, 1)
        return self._nodes()

    def _gather(self) -> list[str]:
        """Sort every goal below its parent and every initiative below its goals; those without any are given back."""
        homeless = []
        tops = {address for address, item in self.items.items() if item.kind in (Kind.GOAL, Kind.VISION)}
        for address, item in self.items.items():
            element = item.element
            if isinstance(element, Goal):
                parent = element.parent or VISION
                self.goals_below.setdefault(parent if parent in tops else VISION, []).append(address)
            elif isinstance(element, Initiative):
                goals = [edge.upper for edge in self.graph.up.get(address, ()) if edge.upper in tops]
                whole = element.parent if element.parent in self.items and element.parent != address else None
                places = [whole] if whole and not goals else list(dict.fromkeys(goals)) or self._through(address)
                for place in places:
                    self.work_below.setdefault(place, []).append(address)
                if not places:
                    homeless.append(address)
        return homeless

    def _through(self, address: str) -> list[str]:
        """The nearest goal an initiative reaches through the entries or the work it is for."""
        goal = self.graph.nearest_goal.get(address)
        return [goal] if goal is not None and goal in self.items else []

    def _hang(self, root: str, level: int) -> None:
        """Add a root and all below it. An element that stands in two places has its children only in the first."""
        line: list[str] = []  # the elements from the root down to the one that is hung up
        above: set[str] = set()
        front = [(root, 0)]
        while front:
            address, depth = front.pop()
            above.difference_update(line[depth:])
            del line[depth:]
            is_again = address in self.seen
            self.seen.add(address)
            self.hung.append((address, level + depth, is_again))
            if not is_again:
                line.append(address)
                above.add(address)
                below = (*self.goals_below.get(address, ()), *self.work_below.get(address, ()))
                front += [(each, depth + 1) for each in reversed(below) if each not in above]

    def _nodes(self) -> tuple[TreeNode, ...]:
        """What was hung up as nodes that know how many stand below them."""
        nodes: list[TreeNode] = []
        counts: list[int] = []  # by level, how many nodes stood there and below since one stood above
        for address, level, is_again in reversed(self.hung):
            counts += [0] * (level + 2 - len(counts))
            below, counts[level + 1] = counts[level + 1], 0
            counts[level] += 1 + below
            nodes.append(TreeNode(address, self.items.get(address), level, below, is_again))
        nodes.reverse()
        return tuple(nodes)


def tree_of(workspace: Workspace, graph: StrategyGraph) -> tuple[TreeNode, ...]:
    """From the top: the vision first, then goals that nothing carries, then the initiatives without a goal."""
    return _Builder(workspace, graph).build()


def rows_of(
    nodes: Sequence[TreeNode],
    folded: frozenset[str] | set[str],
    fits: frozenset[str] | None = None,
    opened: frozenset[str] | set[str] = frozenset(),
) -> list[TreeRow]:
    """The lines in order. `fits` are the addresses that a filter leaves (None: all); what is above them stays.

    `opened` are the addresses that somebody unfolded where the tree would be cut.
    """
    shown = _unfolded(nodes, folded, opened) if fits is None else _fitting(nodes, fits)
    found: list[TreeRow] = []
    follows: list[bool] = []  # whether another one follows, by level; read from the last row up
    for node, is_folded in reversed(shown):
        level = node.level
        follows += [False] * (level + 1 - len(follows))
        del follows[level + 1 :]
        branches = tuple(follows[level + 1 - indent_of(level) :])
        follows[level] = True
        found.append(TreeRow(node, branches, is_folded, fits is not None and node.address not in fits))
    found.reverse()
    return found


def indent_of(level: int) -> int:
    """How many levels a row is indented: below a cut it begins at the left again."""
    return level if level < LEVELS else 1 + (level - LEVELS) % (LEVELS - 1)


def _is_cut(node: TreeNode) -> bool:
    return node.below > 0 and node.level > 0 and indent_of(node.level) == LEVELS - 1


def _unfolded(
    nodes: Sequence[TreeNode], folded: frozenset[str] | set[str], opened: frozenset[str] | set[str]
) -> list[tuple[TreeNode, bool]]:
    """The nodes that no fold hides, and whether each is folded itself."""
    shown: list[tuple[TreeNode, bool]] = []
    number = 0
    while number < len(nodes):
        node = nodes[number]
        is_folded = node.below > 0 and (node.address in folded or (_is_cut(node) and node.address not in opened))
        shown.append((node, is_folded))
        number += 1 + (node.below if is_folded else 0)
    return shown


def above(nodes: Sequence[TreeNode], address: str) -> set[str]:
    """The addresses above the first place of this one; none where it does not stand in the tree."""
    at = next((number for number, node in enumerate(nodes) if node.address == address), 0)
    found, level = set(), nodes[at].level if nodes else 0
    for node in reversed(nodes[:at]):
        if node.level < level:
            found.add(node.address)
            level = node.level
    return found


def _fitting(nodes: Sequence[TreeNode], fits: frozenset[str]) -> list[tuple[TreeNode, bool]]:
    """The nodes that fit, and those above them."""
    shown: list[tuple[TreeNode, bool]] = []
    wanted = -1  # the level of the last node kept, to keep the one above it
    for node in reversed(nodes):
        if node.level < wanted or node.address in fits:
            shown.append((node, False))
            wanted = node.level
        elif node.level == 0:
            wanted = -1
    shown.reverse()
    return shown


def fitting(name: str, workspace: Workspace, findings: Mapping[str, tuple[Finding, ...]]) -> frozenset[str] | None:
    """The goals and initiatives that a filter of FILTERS leaves; None for all."""
    if name == "all":
        return None
    items = [item for item in workspace.elements() if item.kind in (Kind.GOAL, Kind.INITIATIVE)]
    if name == "orphans":
        return frozenset(item.address for item in items if hangs(findings.get(item.address, ())))
    return frozenset(item.address for item in (*items, *_vision(workspace)) if item.address in findings)


def _vision(workspace: Workspace) -> tuple[Located, ...]:
    place = workspace.find(VISION)
    return (place,) if place is not None else ()


def hangs(found: Iterable[Finding]) -> bool:
    """Whether one of an element's findings says that it hangs in the air."""
    return any(finding.is_in_the_air for finding in found)
