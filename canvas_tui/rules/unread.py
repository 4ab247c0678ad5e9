"""Which elements may be linked with something in a file that could not be read. Asked before something is reported
as missing."""

from __future__ import annotations

from functools import cached_property

from canvas_tui.core.elements import Kind
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph


class UnreadFiles:
    """The unread files of a workspace. False as a truth value if there are none."""

    def __init__(self, workspace: Workspace, graph: StrategyGraph) -> None:
        self._graph = graph
        self._files = tuple(workspace.unread.values())
        self.without_text = tuple(path for path, file in workspace.unread.items() if file.words is None)
        lacks_header = workspace.header is None
        self._header = next((document.unread for document in workspace.documents[:1] if lacks_header), None)

    def __bool__(self) -> bool:
        return bool(self._files)

    def names(self, address: str) -> bool:
        """Whether the text of one of them names this address."""
        return any(file.names(address) for file in self._files)

    def may_have(self, address: str) -> bool:
        """Whether an element of this address may be in one of them."""
        return bool(self.without_text) or self.names(address)

    @property
    def may_hold_goals(self) -> bool:
        """Whether one of them may hold a goal."""
        return any(file.may_hold_goals for file in self._files)

    def may_configure(self, rule: str) -> bool:
        """Whether the header is among them, and may switch the rule off or waive what it finds."""
        return self._header is not None and (self._header.words is None or self._header.names(rule))

    def touches(self, address: str) -> bool:
        """Whether an element is, perhaps, linked with something in one of them."""
        return bool(self.without_text) or address in self._near

    def touches_far(self, address: str) -> bool:
        """Whether an element is, perhaps, linked with something in one of them over any number of links."""
        return bool(self.without_text) or address in self._far

    @cached_property
    def _near(self) -> frozenset[str]:
        """Elements whose links may lead into an unread file, and those that its text names."""
        sources = {wire.source for wire in self._graph.dangling if self.may_have(wire.target)}
        named = (self._graph.node(word) for file in self._files for word in file.words or ())
        return frozenset(sources | {node.address for node in named if node is not None})

    @cached_property
    def _far(self) -> frozenset[str]:
        """What is above or below one of the near, and what is below that: it may reach a goal, or work, through them.

        From the vision, and from goals that lie above, the way does not lead down again: everything is below them.
        """
        nodes, near = self._graph.nodes, self._near
        above = self._graph.spread(near)
        turning = (address for address in above if address in near or nodes[address].kind is not Kind.GOAL)
        starts = (address for address in turning if nodes[address].kind is not Kind.VISION)
        return above | self._graph.spread(starts, upward=False)
