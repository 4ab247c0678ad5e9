"""Which board is shown first: the one that was left last time, or else the workspace's main canvas. Pure.

Asks only what is written, since the first picture waits for it and the graph is made after that.
"""

from __future__ import annotations

from canvas_tui.core.elements import Canvas
from canvas_tui.core.workspace import Workspace
from canvas_tui.tui.board.contents import written_links

_WHOLE_PLAN = frozenset({"lean-canvas", "business-model-canvas"})
# models with one file for each person, rival or segment: many links lead to them, but none is the plan itself
_ONE_OF_MANY = frozenset({"persona", "competitor", "segment-profile", "customer-journey", "creative-brief"})


def first_canvas(workspace: Workspace, left: str = "") -> str:
    """The id of the canvas to begin with, "" where there is none. `left` is the one that was left last time.

    The main one is active, of a model that is a plan of the whole, and of those the one with the most links. A draft
    is shown only where it was left, or where all there is are drafts.
    """
    canvases = workspace.canvases
    if any(each.id == left and not each.is_archived for each in canvases):
        return left
    if len(canvases) < 2:
        return canvases[0].id if canvases else ""
    links = written_links(workspace)

    def rank(canvas: Canvas) -> tuple[bool, bool, bool, int, bool]:
        return (
            canvas.is_archived,
            canvas.is_draft,
            canvas.model in _ONE_OF_MANY,
            -_links_of(canvas, links),
            canvas.model not in _WHOLE_PLAN,
        )

    return min(canvases, key=rank).id


def _links_of(canvas: Canvas, links: dict[str, int]) -> int:
    """How many links the canvas, its cells and its entries have, both ways."""
    own = len(canvas.links) + links.get(canvas.id, 0)
    for cell in canvas.cells.values():
        address = f"{canvas.id}/{cell.id}"
        own += len(cell.links) + links.get(address, 0)
        own += sum(links.get(entry.id or f"{address}/{index}", 0) for index, entry in enumerate(cell.entries, 1))
    return own
