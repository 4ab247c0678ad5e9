"""Traces as text: the chains that lead up from an element, and the tree of what answers it.

The same words as on the screen: `why ▸` climbs to the vision, `how ◂` descends to the work.
"""

from __future__ import annotations

from collections.abc import Sequence

from canvas_tui.cli.in_the_air import in_the_air
from canvas_tui.cli.output import Output, Styled
from canvas_tui.core.cutting import and_more, ends_of
from canvas_tui.core.elements import Initiative, Kind
from canvas_tui.core.workspace import Located
from canvas_tui.graph import HowLine, Path, StrategyGraph, how_tree, lines_of, why_paths


def is_known_as(graph: StrategyGraph, item: Located) -> bool:
    """Whether links with the element's address mean this one, and not another that has the address too."""
    node = graph.nodes.get(item.address)
    return node is None or node.file == item.file


def write_why(graph: StrategyGraph, address: str, out: Output) -> None:
    """Print every chain up from the element, one below the other; if there is none, a sentence with what to do.

    An element is marked as an orphan if `check` reports it as one.
    """
    paths = [path for path in why_paths(graph, address) if len(path) > 1]
    for path in paths:
        _write_path(graph, path, out)
    if paths and any(path.has_goal for path in paths):
        return
    node = graph.nodes.get(address)
    if node is None:
        out.paragraph(_UNREAD if graph.workspace.may_lack_vision else _NO_VISION_YET)
    elif node.kind in (Kind.VISION, Kind.GOAL):
        if not paths:
            is_top = node.kind is Kind.VISION
            missing = _UNREAD if graph.workspace.may_lack_vision else _NO_VISION
            out.paragraph("it is the vision itself: everything else is there for it" if is_top else missing)
    elif address in in_the_air(graph.workspace, graph):
        out.paragraph(f"{out.signs.orphan} it reaches no goal - {_advice(node.kind, address)}")
    elif not paths:
        out.paragraph(_UNREAD if graph.workspace.unread else f"nothing above it - {_advice(node.kind, address)}")


_NO_VISION_YET = "no vision is written yet - write it into strategy.toml"  # what is in no graph and has an address
_UNREAD = "nothing above it that could be read"
_NO_VISION = "nothing above it - write a vision into strategy.toml, or give the goal a parent"


def _advice(kind: Kind, address: str) -> str:
    what = "the goal it works towards" if kind is Kind.INITIATIVE else "what it is for, a goal or an entry that has one"
    return f"link it with {what}: `canvas-tui link {address} ID`"


def _write_path(graph: StrategyGraph, path: Path, out: Output) -> None:
    sign = out.signs.why
    begin, left_out, end = ends_of(path.addresses[1:])
    gap = [and_more(left_out)] if left_out else []
    words = [*(_titled(graph, each) for each in begin), *gap, *(_titled(graph, each) for each in end)]
    if path.through is not None:
        words[0] = f"(through) {words[0]}"
    out.paragraph(f" {sign} ".join(words), first=f"why {sign} ", rest="      ")
    out.paragraph(f" {sign} ".join((*begin, *gap, *end)), first="      ", style="dim")


def _titled(graph: StrategyGraph, address: str) -> str:
    node = graph.nodes[address]
    if node.kind is Kind.VISION:
        return "the vision"
    if node.kind is Kind.CELL and node.canvas is not None:
        return f"{node.canvas.title}: {node.text}"
    return node.text


def write_how(graph: StrategyGraph, address: str, out: Output) -> None:
    """Print the tree below an element, each with its relation and id. What stands in two places is drawn out once."""
    if address not in graph.nodes:
        out.paragraph(_NO_VISION_YET)
        return
    tree = how_tree(graph, address)
    out.paragraph(graph.nodes[address].text, style="bold")
    out.line(Styled(address, "dim"))
    if not tree.children:
        out.paragraph(f"nothing {'that could be read' if graph.workspace.unread else 'below'} answers it yet")
        return
    drawn: set[str] = set()
    skipped = 0  # the level from which on everything is drawn already; 0 for none
    for line in lines_of(tree):
        level = len(line.branches)
        if skipped and level > skipped:
            continue
        skipped = 0
        if line.is_more:
            words = f"{and_more(line.node.more)} - `canvas-tui how {line.node.address}` shows them"
            out.paragraph(words, first=f"{_lead(line.branches[:-1], out)}{out.signs.last}")
            continue
        is_again = line.node.address in drawn and bool(line.node.children or line.node.more)
        drawn.add(line.node.address)
        _write_node(graph, line, out, is_again=is_again)
        skipped = level if is_again else 0


def _lead(branches: Sequence[bool], out: Output) -> str:
    return "".join(out.signs.pipe if more else out.signs.blank for more in branches)


def _write_node(graph: StrategyGraph, line: HowLine, out: Output, *, is_again: bool) -> None:
    """One element of a how-tree: its title, and below that its relation, id and status."""
    signs, node = out.signs, line.node
    lead = _lead(line.branches[:-1], out)
    first, rest = (signs.branch, signs.pipe) if line.branches[-1] else (signs.last, signs.blank)
    has_below = not is_again and bool(node.children or node.more)
    below = lead + rest + (signs.pipe if has_below else signs.blank)
    out.paragraph(_titled(graph, node.address), first=lead + first, rest=below)
    element = graph.nodes[node.address].element
    status = element.status if isinstance(element, Initiative) else ""
    words = [word for word in (str(node.relation), node.address, status, "see above" if is_again else "") if word]
    out.paragraph(f" {signs.dot} ".join(words), first=below, rest=below + "  ", style="dim")
