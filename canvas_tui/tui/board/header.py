"""The line above a board: which workspace and canvas, how much of it is linked, what hangs in the air. Pure."""

from __future__ import annotations

from canvas_tui.core.cutting import beginning
from canvas_tui.core.text import clean, clip, counted, width
from canvas_tui.tui.board.contents import FILTER_WORDS, Contents
from canvas_tui.tui.board.signs import Figures
from canvas_tui.tui.paint.style import Line, Marks, Span


def board_header(
    workspace: str, contents: Contents, figures: Figures, columns: int, marks: Marks, *, is_read_only: bool
) -> Line:
    """The header as wide as the window: names at the left, figures at the right; the names give way first."""
    title, model = clean(beginning(contents.canvas.title)), clean(beginning(contents.template.title))
    name = clip(clean(beginning(workspace)), max(8, columns // 4))
    wanted = width(name) + width(title) + 6 + (7 if contents.canvas.is_draft else 0)
    spans: list[Span] = []
    for is_short, has_words in ((False, True), (True, True), (True, False)):
        spans = _figures(contents, figures, marks, is_read_only=is_read_only, is_short=is_short, has_words=has_words)
        if columns - _taken(spans) >= wanted:
            break
    taken = _taken(spans)
    room = columns - taken - 2
    stage = "  draft" if contents.canvas.is_draft else ""  # always shown: a draft is not checked
    shown = clip(title, room - width(name) - width(stage) - 3)
    left: list[Span] = [(f" {name}", "bar"), (f"  {shown}" if shown else "", ""), (stage, "draft")]
    used = 1 + width(name) + (2 + width(shown) if shown else 0) + width(stage)
    told = (
        clean(contents.file) if contents.is_doubled else "",
        "" if model == title else model,
        clean(beginning(contents.canvas.team)),
    )
    details = f" {marks.separator} ".join(part for part in told if part)
    if details and shown == title and used + 2 + width(details) <= room:
        left.append((f"  {details}", "dim"))
        used += 2 + width(details)
    return (*left, (" " * max(1, columns - used - taken - 1), ""), *spans, (" ", ""))


def _taken(spans: list[Span]) -> int:
    return sum(width(text) for text, _ in spans)


def _figures(
    contents: Contents, figures: Figures, marks: Marks, *, is_read_only: bool, is_short: bool, has_words: bool
) -> list[Span]:  # fmt: skip
    found: list[Span] = []
    if contents.signs.is_stale:
        found.append((f"{marks.error} file unreadable, shown as it was", "error"))
    elif contents.filter != "all":
        found.append((FILTER_WORDS[contents.filter], "draft"))
    elif figures.total or contents.signs.is_known:
        if figures.unread:
            found.append((f"{marks.error} {_unread(figures.unread, is_short=not has_words)}", "error"))
        # two canvases have this id, so a link to it is ambiguous
        is_doubled, twice = contents.is_doubled, f"{marks.error} id used twice"
        if is_doubled or figures.total:  # archived canvases are not counted
            found.append((twice, "error") if is_doubled else (_coverage(figures, is_short=is_short), ""))
        told = (
            (marks.error, figures.errors, "error", "error"), (marks.separator, figures.warnings, "warning", "warning"),
            (marks.separator, figures.infos, "info", "dim"),
        )  # fmt: skip
        found += [
            (f"{mark} {_counted(count, word) if has_words else count}", style)
            for mark, count, word, style in told
            if count
        ]
        if figures.orphans:  # in brackets: they are among the others
            words = counted(figures.orphans, "orphan") if has_words else str(figures.orphans)
            found.append((f"({marks.orphan} {words})", "dim"))
    if is_read_only:
        found.append(("read-only", "bar"))
    gap: Span = ("  " if is_short else "   ", "")
    spaced = [span for one in found for span in (gap, one)]
    return spaced[1:]


def _counted(count: int, word: str) -> str:
    return f"{count} info" if word == "info" else counted(count, word)


def _unread(files: tuple[str, ...], *, is_short: bool) -> str:
    """Name the file that cannot be read, since it may hold what this board lacks."""
    if is_short:
        return "file unread"
    name = clip(clean(files[0].rpartition("/")[2]), 20) if len(files) == 1 else f"{len(files)} files"
    return f"{name} unreadable"


def _coverage(figures: Figures, *, is_short: bool) -> str:
    """How many of the filled cells are linked, as the overview and `check` tell it; of an empty board, that it is."""
    cells = "" if is_short else "cells "
    if not figures.filled or figures.linked is None:
        return f"{figures.filled}/{figures.total} {cells}filled"
    return f"{figures.linked}/{figures.filled} {cells}linked"
