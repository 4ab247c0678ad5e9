"""The rule on facts: one fact has one value, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Fix
from canvas_tui.rules.offers import fill_in
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule
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


def _either_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """Either of the two that do not agree."""
    other = workspace.find(finding.elements[1].id)
    for words, each in (("change this one", item), ("change the other", other)):
        if each is not None:
            yield fill_in(words, each.address, "value" if "value" in each.element.fields else "text")


RULES = (
    Rule(
        name="contradiction",
        family="message",
        group=Group.MEND,
        severity=Severity.ERROR,
        summary="One subject has two values.",
        check=contradictions,
        asks=Asks.NOTHING,
        fixes=_either_fixes,
        page=Page(
            means=(
                "Entries that give the value of the same thing (`subject`) give it differently (`value`). Customers "
                "will hear both. Written differently is not different: 19,99 € and EUR 19.99 agree, and so do 240 EUR "
                "and 240 EUR a month. Archived canvases, drafts and what is not true yet are passed over."
            ),
            wrong="""
[[price]]
text = "119 in the shop"
subject = "price.two"
value = "119 EUR"

[[promotion]]
text = "Poster: yours for 129"
subject = "price.two"
value = "129 EUR"              # which of the two is it?
""",
            right="""
[[price]]
text = "119 in the shop"
subject = "price.two"
value = "119 EUR"

[[promotion]]
text = "Poster: yours for 119"
subject = "price.two"
value = "€ 119"                # the same, written differently
""",
            mend=(
                "Settle which value is right and write it in every place. Where both are, they are two subjects: "
                "price.shop and price.online."
            ),
        ),
    ),
)
