"""Small pieces that every view is made of: fitted and padded lines, dates, bars, and what elements are called.

Pure text and no textual. Everything that comes from a file goes through `said` first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from canvas_tui.core.cutting import beginning
from canvas_tui.core.elements import Cell, Kind
from canvas_tui.core.text import clean, clip, width
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.tui.paint.style import STYLES, Line, Marks, Span

if TYPE_CHECKING:  # rules are loaded after the first paint
    from canvas_tui.rules.finding import Finding

KIND_WORDS = {
    Kind.VISION: "vision", Kind.GOAL: "goal", Kind.INITIATIVE: "initiative",
    Kind.CANVAS: "canvas", Kind.CELL: "cell", Kind.ENTRY: "entry",
}  # fmt: skip
_NO_VISION = "No vision is written yet: one sentence on what it is all for"
_UNREAD_VISION = "The vision may be in a file that cannot be read"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def said(text: str) -> str:
    """Text of a file as it may be shown on one line."""
    text = beginning(text)
    return clean(" ".join(text.split()) if ("\n" in text or "\t" in text) else text)


def no_vision(workspace: Workspace) -> str:
    """What stands where the vision would."""
    return _UNREAD_VISION if workspace.may_lack_vision else _NO_VISION


def sentence_of(finding: Finding) -> str:
    """What a finding says, on one line; one about a file names it, since no element in it does."""
    where = f"{said(finding.about.file)}: " if finding.about.kind == "file" else ""
    return where + said(finding.message)


def quoted(text: str, limit: int = 40) -> str:
    """The text in quotes, shortened, for sentences."""
    return f"“{clip(said(text), limit)}”"


def title_of(item: Located, workspace: Workspace) -> str:
    """What a person calls an element: its text or title; a cell by its title in the model."""
    if item.kind is Kind.CELL and item.canvas is not None and isinstance(item.element, Cell):
        spec = workspace.cell_spec(item.canvas, item.element.id)
        return said(spec.title if spec else item.text)
    return said(item.text)


def place_of(item: Located, workspace: Workspace) -> str:
    """Where an element stands: "Problem, Fieldnote for consultants" for an entry, the kind for all else."""
    if item.canvas is None or item.cell is None:
        return KIND_WORDS[item.kind]
    canvas = said(item.canvas.title)
    return f"{cell_title(item, workspace)}, {canvas}" if item.kind is Kind.ENTRY else canvas


def cell_title(item: Located, workspace: Workspace) -> str:
    """The title of the cell an entry stands in; "" for what stands in none."""
    if item.canvas is None or item.cell is None:
        return ""
    spec = workspace.cell_spec(item.canvas, item.cell)
    return said(spec.title if spec else item.cell)


def line_width(line: Iterable[Span]) -> int:
    """The cells a line takes."""
    return sum(width(text) for text, _ in line)


def fitted(line: Line, columns: int) -> Line:
    """The line, cut with an ellipsis where it is longer than `columns` cells."""
    if line_width(line) <= columns:
        return line
    kept: list[Span] = []
    left = columns
    for index, (text, style) in enumerate(line):
        taken = width(text)
        more = any(part for part, _ in line[index + 1 :])
        if taken > left or (taken == left and more):
            short = clip(text if taken > left else text + " ", left)
            kept.append((short, style))
            break
        kept.append((text, style))
        left -= taken
    return tuple(kept)


def padded(line: Line, columns: int) -> Line:
    """The line, filled with spaces to `columns` cells."""
    missing = columns - line_width(line)
    return (*line, (" " * missing, "")) if missing > 0 else line


def spread(left: Line, right: Line, columns: int) -> Line:
    """Two parts on one line, at its left and right edge; the left one is cut where both do not fit."""
    room = max(0, columns - line_width(right))
    return (*padded(fitted(left, room - 1), room), *right) if right else fitted(left, columns)


def column(text: str, cells: int, style: str = "", *, right: bool = False) -> Span:
    """A text cut or filled to exactly `cells` cells."""
    text = clip(text, cells)
    space = " " * (cells - width(text))
    return (space + text if right else text + space), style


def wrapped(text: str, columns: int, style: str = "", indent: str = " ") -> list[Line]:
    """A text over as many lines as it takes, each behind `indent`."""
    from canvas_tui.core.text import wrap

    return [((indent, ""), (part, style)) for part in wrap(text, max(8, columns - width(indent)))]


def bar(share: float, cells: int, marks: Marks) -> str:
    """A bar of `cells` signs, filled to `share` (0.0 to 1.0); a start shows as one, and only all as all."""
    filled = round(share * cells)
    if share > 0:
        filled = max(1, filled)
    if share < 1:
        filled = min(cells - 1, filled)
    return marks.full * filled + marks.empty * (cells - filled)


def percent(share: float) -> str:
    """A share as "38 %"."""
    return f"{int(share * 100 + 0.5)} %"


def day(when: date) -> str:
    """A day as "31 Dec 2027"."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def span_of_days(start: date | None, end: date | None, today: date, marks: Marks) -> str:
    """Two days as "1 Sep – 30 Nov", with the year where it is not this one."""
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"from {_short_day(start, today)}" if start else f"to {_short_day(end, today)}" if end else ""
    return f"{_short_day(start, today, end)} {marks.dash} {_short_day(end, today)}"


def last_day(when: date, today: date) -> str:
    """A day in few cells: "30 Nov" this year, "Apr 2027" in another."""
    month = _MONTHS[when.month - 1]
    return f"{when.day} {month}" if when.year == today.year else f"{month} {when.year}"


def _short_day(when: date, today: date, other: date | None = None) -> str:
    same = when.year == today.year or (other is not None and other.year == when.year != today.year)
    return f"{when.day} {_MONTHS[when.month - 1]}" + ("" if same else f" {when.year}")


def number(value: float | int) -> str:
    """A number as people write it: "21 000", "0.5"."""
    return f"{value:,}".replace(",", " ") if isinstance(value, int) else f"{value:g}"


def is_bold(style: str) -> bool:
    """Whether a style name, or a `+` of several, is bold already."""
    return any("bold" in STYLES.get(part, "") for part in style.split("+"))


def rule_line(title: str, columns: int, marks: Marks, note: str = "") -> Line:
    """A horizontal line with a title in it: the edge of a dialog."""
    edge = marks.box[0]
    room = max(0, columns - 2 - width(note) - (2 if note else 0))
    head = clip(f" {title} ", room)
    tail = f" {note} {edge}" if note else edge
    fill = edge * max(0, columns - 1 - width(head) - width(tail))
    return ((edge, "border-here"), (head, "title"), (fill, "border-here"), (tail, "dim" if note else "border-here"))


def keys_line(pairs: Iterable[tuple[str, str]], columns: int) -> Line:
    """ "enter link  esc close": keys and what they do here, as many as fit, the first first."""
    spans: list[Span] = [(" ", "")]
    left = columns - 1
    for key, word in pairs:
        needed = width(key) + 1 + width(word)
        if needed > left:
            break
        spans += [(key, "key"), (f" {word}  ", "dim")]
        left -= needed + 2
    return tuple(spans)


def keys_lines(pairs: Iterable[tuple[str, str]], columns: int) -> list[Line]:
    """The same for a question, where no answer may be left out: on as many lines as that takes."""
    lines: list[list[tuple[str, str]]] = [[]]
    left = columns - 1
    for key, word in pairs:
        needed = width(key) + 1 + width(word)
        if needed > left and lines[-1]:
            lines.append([])
            left = columns - 1
        lines[-1].append((key, word))
        left -= needed + 2
    return [keys_line(each, columns) for each in lines]
