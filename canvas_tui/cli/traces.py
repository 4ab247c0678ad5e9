"""Traces as text: the chains that lead up from an element, and the tree of what answers it.

The same words as on the screen: `why ▸` climbs to the vision, `how ◂` descends to the work.
"""

from __future__ import annotations

from canvas_tui.cli.in_the_air import in_the_air
from canvas_tui.cli.output import Output, Styled
from canvas_tui.core.elements import Initiative, Kind
from canvas_tui.graph import HowNode, Path, StrategyGraph, how_tree, why_paths


def write_why(graph: StrategyGraph, address: str, out: Output) -> None:
    """Every chain up from the element, one below the other; a sentence with what to do where there is none.

    The mark of an orphan stands where `check` tells of one.
    """
    paths = [path for path in why_paths(graph, address) if len(path) > 1]
    for path in paths:
        _write_path(graph, path, out)
    if paths and any(path.has_goal for path in paths):
        return
    node = graph.nodes.get(address)
    if node is None:
        out.paragraph(_NO_VISION_YET)
    elif node.kind in (Kind.VISION, Kind.GOAL):
        if not paths:
            is_top = node.kind is Kind.VISION
            out.paragraph("it is the vision itself: everything else is there for it" if is_top else _NO_VISION)
    elif address in in_the_air(graph.workspace, graph):
        out.paragraph(f"{out.signs.orphan} it reaches no goal - {_advice(node.kind, address)}")
    elif not paths:
        out.paragraph(f"nothing above it - {_advice(node.kind, address)}")


_NO_VISION_YET = "no vision is written yet - write it into strategy.toml"  # what is in no graph and has an address
_NO_VISION = "nothing above it - write a vision into strategy.toml, or give the goal a parent"


def _advice(kind: Kind, address: str) -> str:
    what = "the goal it works towards" if kind is Kind.INITIATIVE else "what it is for, a goal or an entry that has one"
    return f"link it with {what}: `canvas-tui link {address} ID`"


def _write_path(graph: StrategyGraph, path: Path, out: Output) -> None:
    sign = out.signs.why
    words = [_titled(graph, address) for address in path.addresses[1:]]
    if path.through is not None:
        words[0] = f"(through) {words[0]}"
    out.paragraph(f" {sign} ".join(words), first=f"why {sign} ", rest="      ")
    out.paragraph(f" {sign} ".join(path.addresses[1:]), first="      ", style="dim")


def _titled(graph: StrategyGraph, address: str) -> str:
    node = graph.nodes[address]
    if node.kind is Kind.VISION:
        return "the vision"
    if node.kind is Kind.CELL and node.canvas is not None:
        return f"{node.canvas.title}: {node.text}"
    return node.text


def write_how(graph: StrategyGraph, address: str, out: Output) -> None:
    """The tree below an element, each line with its relation and id; what answers two things is drawn out once."""
    if address not in graph.nodes:
        out.paragraph(_NO_VISION_YET)
        return
    tree = how_tree(graph, address)
    out.paragraph(graph.nodes[address].text, style="bold")
    out.line(Styled(address, "dim"))
    if not tree.children:
        out.paragraph("nothing below answers it yet")
        return
    _Tree(graph, out).write_below(tree, "")


class _Tree:
    """Writes how-trees, remembering what it has drawn."""

    def __init__(self, graph: StrategyGraph, out: Output) -> None:
        self._graph, self._out = graph, out
        self._drawn: set[str] = set()

    def write_below(self, tree: HowNode, lead: str) -> None:
        """Everything below one node, each line beginning with `lead`."""
        signs = self._out.signs
        for number, child in enumerate(tree.children, 1):
            is_last = number == len(tree.children) and not tree.more
            branch, trunk = (signs.last, signs.blank) if is_last else (signs.branch, signs.pipe)
            self._write(child, lead + branch, lead + trunk)
        if tree.more:
            self._out.line(f"{lead}{signs.last}{tree.more} more - `canvas-tui how {tree.address}` shows them")

    def _write(self, node: HowNode, first: str, rest: str) -> None:
        signs, has_below = self._out.signs, bool(node.children or node.more)
        is_again = has_below and node.address in self._drawn
        self._drawn.add(node.address)
        below = rest + (signs.pipe if has_below and not is_again else signs.blank)
        self._out.paragraph(_titled(self._graph, node.address), first=first, rest=below)
        element = self._graph.nodes[node.address].element
        status = element.status if isinstance(element, Initiative) else ""
        words = [word for word in (str(node.relation), node.address, status, "see above" if is_again else "") if word]
        self._out.paragraph(f" {signs.dot} ".join(words), first=below, rest=below + "  ", style="dim")
        if not is_again:
            self.write_below(node, rest)
