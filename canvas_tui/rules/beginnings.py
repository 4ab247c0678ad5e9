"""What a strategy needs first: a vision, a goal, a canvas with something in it.

Both *Next* (which says what to write) and the verdict (which praises only what has begun) ask here. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from canvas_tui.core.elements import VISION, Canvas
from canvas_tui.core.placeholder import is_placeholder, says_something
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Workspace

_TITLE = 40  # cells of a canvas's title in a sentence


class Beginning(NamedTuple):
    """Something that is missing at the beginning. `address` is where to write it, "" if there is no place yet."""

    what: Literal["vision", "goal", "canvas", "entries"]
    address: str = ""
    canvas: Canvas | None = None

    @property
    def words(self) -> str:
        """What is missing, in a few words: "no goal yet"."""
        return "a canvas is not begun" if self.canvas is not None else f"no {self.what} yet"

    @property
    def sentence(self) -> str:
        """What is missing, as a part of a sentence: "no goal is written yet"."""
        if self.canvas is not None:
            return f"nothing is written in “{clip(clean(self.canvas.title), _TITLE)}” yet"
        return f"no {self.what} is {'started' if self.what == 'canvas' else 'written'} yet"


def to_begin(workspace: Workspace) -> Iterator[Beginning]:
    """What is still to be begun, in order. Leaves out what may be in a file that cannot be read."""
    if not workspace.vision and workspace.header is not None:
        yield Beginning("vision", VISION)
    if not workspace.may_lack_goals and not any(says_something(goal.title) for goal in workspace.goals):
        yield Beginning("goal", workspace.goals[0].id if workspace.goals else "")
    if not workspace.canvases and not workspace.unread:
        yield Beginning("canvas")
    for canvas in workspace.canvases:
        if not canvas.is_archived and not any(entry.is_written for _, _, entry in canvas.entries()):
            yield Beginning("entries", _place_in(canvas, workspace), canvas)


def _place_in(canvas: Canvas, workspace: Workspace) -> str:
    """Where to begin a canvas: at its first placeholder, in the order it is filled in, or in its first cell."""
    order = {cell: number for number, cell in enumerate(workspace.template(canvas).cell_ids)}
    waiting = [each for each in canvas.entries() if is_placeholder(each[2].text)]
    if waiting:
        cell, index, entry = min(waiting, key=lambda each: (order.get(each[0], len(order)), each[1]))
        return entry.id or f"{canvas.id}/{cell}/{index + 1}"
    return f"{canvas.id}/{next(iter(order))}" if order else canvas.id
