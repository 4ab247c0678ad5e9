"""Rules on where links lead: to something that is there, and not round in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from canvas_tui.core.cutting import and_more, ends_of
from canvas_tui.core.elements import VISION, Kind, split_link
from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node, Relation
from canvas_tui.graph.nodes import Wire
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix, Wants
from canvas_tui.rules.gone import FLOOD, gone_in, is_loose, is_slip, told_gone
from canvas_tui.rules.offers import WORK, fill_in
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted

_KEYS = {
    "links": "links to",
    "parent": "names as its parent",
    "depends-on": "depends on",
    "promotes": "promotes",
}


def dangling_links(scene: Scene) -> Iterator[Found]:
    """A link, parent, depends-on or promotes names no element. The element that was perhaps meant is the second one."""
    is_flood = len(scene.graph.dangling) > FLOOD
    gone = gone_in(scene)
    if gone.wires:
        yield told_gone(scene, gone)
    told = set(gone.wires)
    for part, wiring in zip(scene.graph.parts, scene.graph.wirings, strict=True):
        for wire in dict.fromkeys(wiring.dangling):
            if wire not in told and is_loose(scene, wire):
                yield _dangling(scene, part.nodes[wire.source], wire, is_flood=is_flood)
    yield from _lost_links(scene)


def _dangling(scene: Scene, node: Node, wire: Wire, *, is_flood: bool) -> Found:
    name = clean(wire.target)
    message = f"{quoted(node)} {_KEYS[wire.key]} '{name}', and nothing has that id."
    closest = None if is_flood else _meant(scene, node, wire)
    if closest is not None:
        fix = f"Write '{clean(closest)}' instead, or the id that is meant."
    else:
        fix = f"Write the id that is meant, or add what '{name}' stands for."
    meant = scene.graph.node(closest) if closest is not None else None
    elements = (at(node),) if meant is None else (at(node), at(meant))
    return Found(message, fix, elements, (node.address,))


def _meant(scene: Scene, node: Node, wire: Wire) -> str | None:
    """The name that was perhaps meant: of the kind that may stand there, unless another is nearly the same."""
    near = scene.names.closest(wire.target, but=node.address)
    if near is not None and is_slip(near, wire.target):
        return near
    return scene.names_for(wire.key, node.kind).closest(wire.target, but=node.address)


def _lost_links(scene: Scene) -> Iterator[Found]:
    """Links whose targets may be in a file that could not even be read as text."""
    known = scene.planned_ids
    wires = [each for each in scene.graph.dangling if not (each.target in known or scene.unread.names(each.target))]
    if not wires or not scene.unread.without_text:
        return
    places = tuple(at(scene.graph.nodes[source]) for source in dict.fromkeys(wire.source for wire in wires))
    files = ", ".join(map(clean, scene.unread.without_text[:3]))
    count = "A link names" if len(wires) == 1 else f"{len(wires)} links name"
    message = f"{count} what is in no file that could be read; it may be in {files}, which could not."
    yield Found(message, f"Mend {files} first, then look again.", places)


_SHOWN = 9  # addresses of a loop that its message has; its path has all

_LOOPS = {
    Relation.ROLLS_UP: ("is its own parent goal", "go round in a circle as parents of each other", "parent"),
    Relation.PART_OF: ("is a part of itself", "go round in a circle as parts of each other", "parent"),
    Relation.DEPENDS_ON: ("depends on itself", "each wait for the next, so that none can begin", "depends-on"),
}


def cycles(scene: Scene) -> Iterator[Found]:
    """A loop in parent or depends-on."""
    for loop in scene.graph.loops:
        nodes = [scene.graph.nodes[address] for address in loop.addresses]
        alone, together, key = _LOOPS[loop.relation]
        path = (*loop.addresses, loop.addresses[0])
        begin, left_out, end = ends_of(path, _SHOWN + 1)
        names = " → ".join([*map(clean, begin), *([and_more(left_out)] if left_out else []), *map(clean, end)])
        if len(nodes) == 1:
            message = f"{quoted(nodes[0])} {alone}."
        else:
            message = f"{len(nodes):,} {nodes[0].kind}s {together}: {names}."
        fix = f"Take '{clean(path[1])}' out of {key} of {quoted(nodes[0])}, or break the circle at another place."
        yield Found(message, fix, tuple(map(at, nodes)), path)


def _dangling_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """The link that names nothing: written anew, or taken out where no file is unread that may have its other end."""
    loose = [
        (key, link)
        for key in ("links", "parent", "depends-on", "promotes")
        for link in _written_under(item, key)
        if workspace.find(split_link(link)[0]) is None and f"'{clean(split_link(link)[0])}'" in finding.message
    ]
    if len(loose) != 1 or not finding.path:  # one finding about many links, whose targets disappeared together
        return
    key, link = loose[0]
    if len(finding.elements) > 1 and workspace.uses_of(finding.elements[1].id) < 2:
        meant = finding.elements[1].id
        yield Fix(Act.RELINK, f"link {meant}", item.address, value=link, key=key, wants_id=meant)
    else:
        wants = {"parent": Wants((item.kind,)), "links": Wants((Kind.GOAL, Kind.INITIATIVE, Kind.ENTRY))}.get(key, WORK)
        yield Fix(Act.LINK, "link what is meant", item.address, wants, value=link, key=key)
    if all(document.is_readable for document in workspace.documents):
        yield Fix(Act.UNLINK, "take the link out", item.address, value=link, key=key)


def _written_under(item: Located, key: str) -> Sequence[str]:
    if key == "parent":
        parent = item.element.text_field("parent") if item.kind in (Kind.GOAL, Kind.INITIATIVE) else ""
        return (parent,) if parent and parent != VISION else ()
    return item.element.list_field(key)


def _circle_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    is_parent = item.kind is Kind.GOAL or not item.element.list_field("depends-on")
    words, field = ("change its parent", "parent") if is_parent else ("change what it needs", "depends-on")
    if item.kind in (Kind.GOAL, Kind.INITIATIVE):
        yield fill_in(words, item.address, field)


RULES = (
    Rule(
        name="dangling-link",
        family="structure",
        group=Group.MEND,
        severity=Severity.ERROR,
        summary="A link, parent, depends-on or promotes names no element.",
        is_told_one_by_one=True,
        check=dangling_links,
        asks=Asks.NOTHING,
        is_about_all=True,
        fixes=_dangling_fixes,
        page=Page(
            means=(
                "A link, a parent, depends-on or promotes names an id that nothing has: a slip of the pen, or "
                "something that was removed. Until it is mended the element counts as not linked."
            ),
            wrong="""
[[problem]]
text = "Clients pay on average 34 days late"
links = ["paid-in-10-day"]     # the goal is called paid-in-10-days
""",
            right="""
[[problem]]
text = "Clients pay on average 34 days late"
links = ["paid-in-10-days"]
""",
            beside="""
[[goals]]
id = "paid-in-10-days"
title = "Our customers are paid within 10 days"
""",
            mend=(
                "Write the id that is meant; the finding suggests the closest there is. Or write down what the id "
                "stands for. While a file cannot be read, links to what may be in it are told once, with its name, or "
                "not at all."
            ),
        ),
    ),
    Rule(
        name="cycle",
        family="structure",
        group=Group.MEND,
        severity=Severity.ERROR,
        summary="Parents or dependencies go round in a circle.",
        is_told_one_by_one=True,
        check=cycles,
        asks=Asks.NOTHING,
        is_about_all=True,
        fixes=_circle_fixes,
        page=Page(
            means=(
                "Goals roll up to parent goals, and initiatives wait for those they depend on. Where this goes round "
                "in a circle nothing is on top and nothing can begin. The finding shows one way round."
            ),
            wrong="""
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
depends-on = ["bank-feed"]

[[initiatives]]
id = "bank-feed"
title = "Feeds from the five largest banks"
depends-on = ["reminders"]     # each waits for the other
""",
            right="""
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
depends-on = ["bank-feed"]

[[initiatives]]
id = "bank-feed"
title = "Feeds from the five largest banks"
""",
            mend="Take out the one that does not hold: usually the work can begin without it.",
        ),
    ),
)
