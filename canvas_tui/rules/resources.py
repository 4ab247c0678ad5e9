"""Rules on whether effort is where the advantage is: what is hard to copy says why, and somebody works with it."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.graph import Node, Relation
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, quoted


def advantages_doubtful(scene: Scene) -> Iterator[Found]:
    """An unfair advantage says nowhere why it is hard to copy: by a note, by the cell's note, or by the mark for it.

    Where nobody pays, there is no rival to copy it.
    """
    for node in scene.with_role("advantage"):
        if not _is_explained(node) and not scene.is_unpaid(node.canvas):
            message = f"{quoted(node)} is called an advantage, and nothing says why it is hard to copy."
            fix = "Write a note: why a rival with money could not have it in a year. If one could, look for another."
            yield Found(message, fix, (at(node),))


def _is_explained(node: Node) -> bool:
    cell = node.canvas.cell(node.cell or "") if node.canvas is not None else None
    return _is_marked(node) or bool(node.entry.note.strip() or (cell is not None and cell.note.strip()))


def _is_marked(node: Node) -> bool:
    return node.element.fields.get("hard-to-copy") is True


def advantages_unfunded(scene: Scene) -> Iterator[Found]:
    """What is said to be hard to copy, and no work uses it: none on it, and none on what it is linked with."""
    if not any(work.is_open for _, work in scene.initiatives):
        return
    used = {
        edge.upper
        for node, work in scene.initiatives
        if work.status != "cancelled"
        for edge in scene.graph.up.get(node.address, ())
        if edge.relation is Relation.WORKS_ON
    }
    said = {node.address: node for node in scene.with_role("advantage") if _is_explained(node)}
    said.update((node.address, node) for node in scene.asked if _is_marked(node))
    for node in said.values():
        if node.address in used or any(other.address in used for other in scene.linked(node)):
            continue
        message = f"{quoted(node)} is said to be hard to copy, and no work uses it."
        fix = "Link the initiative that makes use of it, or plan one: nothing else here is so much yours alone."
        yield Found(message, fix, (at(node),))
