"""The line above a board: which workspace and canvas, how much of it is linked, what hangs in the air. Pure."""

from __future__ import annotations

from canvas_tui.core.text import clean, clip, width
from canvas_tui.tui.board.contents import FILTER_WORDS, Contents
from canvas_tui.tui.board.signs import Figures
from canvas_tui.tui.look import Line, Marks, Span


def board_header(
    workspace: str, contents: Contents, figures: Figures, columns: int, marks: Marks, *, is_read_only: bool
) -> Line:
    """The header as wide as the window: names at the left, figures at the right; the names give way first."""
    right = _figures(contents, figures, marks)
    if is_read_only:
        right.append(("read-only", "bar"))
    spans: list[Span] = []
    for text, style in right:
        spans += [("   ", ""), (text, style)] if spans else [(text, style)]
    taken = sum(width(text) for text, _ in spans)
    room = columns - taken - 3
    title, model = clean(contents.canvas.title), clean(contents.template.title)
    name = clip(clean(workspace), max(8, room // 3))
    left: list[Span] = [(f" {name}", "bar")]
    used = width(name) + 1
    shown = clip(title, max(0, room - used - 2))
    left.append((f"  {shown}", ""))
    used += 2 + width(shown)
    details = f"  {marks.separator} ".join(part for part in (model, clean(contents.canvas.team)) if part)
    if shown == title and used + 2 + width(details) <= room:
        left.append((f"  {details}", "dim"))
        used += 2 + width(details)
    return (*left, (" " * max(1, columns - used - taken - 1), ""), *spans, (" ", ""))


def _figures(contents: Contents, figures: Figures, marks: Marks) -> list[Span]:
    if contents.filter != "all":
        return [(FILTER_WORDS[contents.filter], "draft")]
    if figures.linked is None:
        return []
    found: list[Span] = [(f"{figures.linked}/{figures.total} cells linked", "")]
    if figures.wrong:
        found.append((f"{marks.error} {_counted(figures.wrong, 'error')}", "error"))
    if figures.gaps:
        found.append((f"{marks.error} {_counted(figures.gaps, 'gap')}", "error"))
    if figures.orphans:
        found.append((f"{marks.orphan} {_counted(figures.orphans, 'orphan')}", "orphan"))
    return found


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
