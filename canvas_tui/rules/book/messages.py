"""Rules on messages to customers: they are true when they go out, and rest on how the product is positioned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from canvas_tui.core.elements import Initiative, Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node, Relation
from canvas_tui.rules.book.launches import SOLD_AHEAD_DAYS
from canvas_tui.rules.finding import Advised, Finding, Severity
from canvas_tui.rules.fix import Act, Fix, Wants
from canvas_tui.rules.offers import WORK, fill_in, for_later
from canvas_tui.rules.rule import BROKEN_LINK, ORPHANS, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted, whole

_ANCHORS = (
    "positioning", "value", "market-category", "proof", "advantage", "strength", "solution", "reliever", "creator",
)  # fmt: skip


def promises_without_product(scene: Scene) -> Iterator[Found]:
    """A message goes out before the product work that is to make it true is ready, or all that work is cancelled."""
    for node in scene.with_role("message"):
        works = [each for each, work in _linked_work(scene, node) if work.kind in ("product", "")]
        if not works or any(each.element.status == "done" for each in works):
            continue
        if all(each.element.status == "cancelled" for each in works):
            message = f"{quoted(node)} promises what nobody makes: {quoted(works[0])} is cancelled."
            fix = "Take the promise back, or link the work that will keep it."
            yield Found(message, fix, (at(node), *map(at, works)), (node.address, works[0].address))
            continue
        open_works = [each.address for each in works if each.element.status != "cancelled"]
        yield from _told_too_early(scene, node, open_works)


def _told_too_early(scene: Scene, node: Node, works: list[str]) -> Iterator[Found]:
    schedule = scene.schedule
    linked = (each.address for each, _ in _linked_work(scene, node))
    starts = [(schedule.starts[each], each) for each in linked if schedule.is_launch(each) and each in schedule.starts]
    starts += [schedule.first_launches[each] for each in works if each in schedule.first_launches]
    ready = [schedule.ready(each) for each in works]
    first = min((day for day in ready if day is not None), default=None)
    if not starts or first is None or None in ready:
        return
    start, user = min(starts)
    if first <= start or first - start > timedelta(days=scene.settings.get("sold-ahead-days", 365)):
        return
    work = works[ready.index(first)]
    product, launch = quoted(scene.graph.nodes[work]), quoted(scene.graph.nodes[user])
    message = f"{quoted(node)} is told from {start} on by {launch}, and {product} makes it true only on {first}."
    fix = f"Leave it out until {first}, say what is true by then, or have {product} ready sooner."
    elements = (at(scene.graph.nodes[each]) for each in (node.address, work, user))
    yield Found(message, fix, tuple(elements), (node.address, work), (Advised(work, "end", start),))


def _linked_work(scene: Scene, node: Node) -> Iterator[tuple[Node, Initiative]]:
    """The initiatives that are linked with it, cancelled ones too; ideas are nobody's work yet."""
    for edge in scene.graph.down.get(node.address, ()):
        lower = scene.graph.nodes[edge.lower]
        work = lower.element
        if edge.relation is Relation.WORKS_ON and isinstance(work, Initiative) and work.status != "idea":
            yield lower, work


def messages_unanchored(scene: Scene) -> Iterator[Found]:
    """A message is linked with nothing that the product is positioned for. Told once where no message is.

    Where nothing is positioned, or in a draft only, there is nothing to link with. A message that rests on one that is
    anchored is so too, and that of a brief which has a proof of its own.
    """
    if not any(node.role in _ANCHORS[:3] for node in scene.asked):
        return
    messages = {node.address: node for node in scene.with_role("message")}
    front = [node for node in messages.values() if _is_anchored(scene, node)]
    anchored = {node.address for node in front}
    while front:
        for other in scene.linked(front.pop()):
            if other.address in messages and other.address not in anchored:
                anchored.add(other.address)
                front.append(other)
    bare = [node for address, node in messages.items() if address not in anchored]
    fix = "Link it to the value or the capability that it tells of; if there is none, it is a promise out of the blue."
    if len(bare) > 1 and not anchored:
        message = f"None of the {len(bare)} messages, such as {quoted(bare[0])}, is linked with what the product is "
        yield Found(message + "positioned for.", fix.replace("it ", "each ", 1), (whole(scene), *map(at, bare)))
        return
    for node in bare:
        yield Found(f"The message {quoted(node)} stands on nothing that is positioned.", fix, (at(node),))


def _is_anchored(scene: Scene, node: Node) -> bool:
    cells = scene.workspace.template(node.canvas).cells if node.canvas is not None else ()
    filled = scene.filled_cells.get(node.canvas.id, ()) if node.canvas is not None else ()
    has_proof = any(spec.role == "proof" and spec.id in filled for spec in cells)
    return has_proof or any(each.role in _ANCHORS for each in scene.linked(node))


def _promise_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """What is promised, or the work that makes it true; other work where that is cancelled."""
    yield Fix(Act.TEXT, "say what is true by then" if finding.advised else "write it anew", item.address)
    if finding.advised:
        yield fill_in("end its work sooner", finding.path[-1], "end", finding)
    else:
        yield Fix(Act.LINK, "link the work on it", item.address, WORK)
    if item.kind is Kind.ENTRY:
        yield for_later(item)


def _unanchored_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield Fix(Act.LINK, "link what it tells of", item.address, Wants(roles=("value", "positioning", "proof")))
        yield for_later(item)


RULES = (
    Rule(
        name="promise-without-product",
        family="message",
        group=Group.DATES,
        severity=Severity.ERROR,
        summary="A message goes out before it is true.",
        check=promises_without_product,
        settings={"sold-ahead-days": SOLD_AHEAD_DAYS},
        fixes=_promise_fixes,
        page=Page(
            means=(
                "A message is linked with product work, and a launch or campaign tells it before any of that work is "
                "ready; or all of that work is cancelled. A campaign tells what it is linked with, and the messages "
                "on the work that it promotes. What is sold a year ahead is sold so on purpose."
            ),
            wrong="""
[[messages]]
text = "On PC and Switch from day one"
links = ["switch-port"]        # ends on 12 November; the launch that promotes it is in October
""",
            right="""
[[messages]]
text = "On PC from day one"
links = ["pc-build"]           # ends in September
""",
            beside="""
[[initiatives]]
id = "pc-build"
title = "The game on PC"
kind = "product"
end = 2027-09-10

[[initiatives]]
id = "switch-port"
title = "The game on Switch"
kind = "product"
end = 2027-11-12

[[initiatives]]
id = "launch"
title = "Launch"
kind = "launch"
start = 2027-10-05
promotes = ["pc-build", "switch-port"]
""",
            mend="Leave it out until it is true, say what is true by then, or have the work ready sooner.",
        ),
    ),
    Rule(
        name="message-unanchored",
        family="message",
        group=Group.LINK,
        severity=Severity.WARNING,
        summary="A message stands on nothing that is positioned.",
        check=messages_unanchored,
        is_preview=True,
        silenced_by=BROKEN_LINK | {"promise-without-product", "undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        is_about_all=True,
        fixes=_unanchored_fixes,
        page=Page(
            means=(
                "A message is linked with no value, capability, proof, strength or solution, nor with a message that "
                "is, and its canvas has no proof of its own: nobody can tell what makes it true. Where no message is "
                "linked with anything of the kind, that is told once, and where nothing is positioned it is not "
                "asked."
            ),
            wrong="""
[[messages]]
text = "The AI co-pilot for revenue"
links = ["head-of-data"]       # for whom; but what backs it?
""",
            right="""
[[messages]]
text = "Forecasts that explain themselves"
links = ["explained"]          # the value that it tells of
""",
            beside="""
[[value]]
id = "explained"
text = "Every number can be followed to its source"

[[role]]
id = "head-of-data"
text = "Head of data"
""",
            mend="Link it to what it tells of. If the product has nothing of the kind, say something else.",
        ),
    ),
)
