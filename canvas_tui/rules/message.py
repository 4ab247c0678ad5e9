"""Rules on what is said: one fact has one value, and a message stands on what the product is positioned for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from canvas_tui.core.elements import Initiative
from canvas_tui.core.text import clean, clip
from canvas_tui.graph import Node, Relation
from canvas_tui.rules.finding import Advised
from canvas_tui.rules.rule import Found
from canvas_tui.rules.same_value import Reading, disagreement, reading_of
from canvas_tui.rules.scene import QUOTED, Scene, at, quoted, whole

_ANCHORS = (
    "positioning", "value", "market-category", "proof", "advantage", "strength", "solution", "reliever", "creator",
)  # fmt: skip


def contradictions(scene: Scene) -> Iterator[Found]:
    """Entries with one subject give it different values; told once for each subject."""
    by_subject: dict[str, list[tuple[Node, Reading]]] = {}
    for node in scene.asked:
        subject = " ".join(node.entry.text_field("subject").casefold().split())
        reading = reading_of(node.entry.fields.get("value")) if subject else None
        if reading is not None:
            by_subject.setdefault(subject, []).append((node, reading))
    for said in by_subject.values():
        places = disagreement([reading for _, reading in said])
        if places is None:
            continue
        (first, reading), (second, _) = (said[place] for place in places)
        rest = (each for place, each in enumerate(said) if place not in places)
        others = [node for node, each in rest if not each.agrees_with(reading)]
        subject = clip(clean(first.entry.text_field("subject")), QUOTED)
        message = f"{quoted(first)} gives {subject} as {_value(first)}, and {quoted(second)} as {_value(second)}."
        if others:
            message += f" {len(others)} more {'says' if len(others) == 1 else 'say'} otherwise too."
        fix = "Settle which is right, and write that one everywhere."
        yield Found(message, fix, tuple(map(at, (first, second, *others))))


def _value(node: Node) -> str:
    return clip(clean(" ".join(str(node.entry.fields.get("value")).split())), QUOTED)


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
