"""Rules on what is said: one fact has one value, and a message stands on what the product is positioned for."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.text import clean, clip
from canvas_tui.graph import Node
from canvas_tui.rules.rule import Found
from canvas_tui.rules.same_value import Reading, disagreement, reading_of
from canvas_tui.rules.scene import QUOTED, Scene, at, quoted


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
