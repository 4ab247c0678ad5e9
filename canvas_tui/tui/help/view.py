"""The keys of a screen as lines: grouped, in as many columns as the window has room for.

Pure, no textual; everything comes from the action registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from canvas_tui.core.text import width
from canvas_tui.tui.input.actions import BY_ID, GROUPS, Action
from canvas_tui.tui.paint.parts import column, padded, wrapped
from canvas_tui.tui.paint.style import Line, Marks, Span

# Where there is little room, two actions that belong together share a line.
_PAIRS = {
    "cursor-up": ("cursor-down", "Up, down"),
    "cursor-left": ("cursor-right", "Left, right"),
    "page-up": ("page-down", "Page up, down"),
    "fix": ("waive", "Fix, waive"),
    "move-down": ("move-up", "Move down, up"),
    "next-finding": ("previous-finding", "Findings"),
    "next-canvas": ("previous-canvas", "Canvases"),
    "first": ("last", "First, last"),
    "details": ("canvas-details", "Details, canvas"),
    "undo": ("redo", "Undo, redo"),
}
_SECOND = {second for second, _ in _PAIRS.values()}


@dataclass(frozen=True, slots=True)
class _Style:
    """How wide one column is, how much of it the keys take, and whether it has help or only titles."""

    column: int
    keys: int
    has_help: bool


_FULL, _SHORT = _Style(46, 12, True), _Style(26, 10, False)


def legend_of_lists(marks: Marks) -> list[tuple[str, str, str]]:
    """The marks of a list: the sign, what it means in a word, and in a few."""
    return [*_legend(marks), (f"{marks.full}{marks.empty}", "how far", "how far, or how full")]


def legend_of_boards(marks: Marks) -> list[tuple[str, str, str]]:
    """The marks of a board, as `legend_of_lists`."""
    return [
        ("3", "links it has", "how many links the entry has"),
        *_legend(marks),
        (marks.assumption, "assumption", "an assumption"),
        (marks.future, "not so yet", "future: not so yet"),
        (marks.validated, "validated", "validated"),
        (marks.refuted, "refuted", "refuted"),
    ]


def _legend(marks: Marks) -> list[tuple[str, str, str]]:
    return [
        (marks.orphan, "orphan", "orphan: leads to no goal"),
        (marks.error, "error", "an error: look at the findings"),
        (marks.separator, "warning", "a warning"),
    ]


def help_lines(
    actions: Iterable[Action],
    columns: int,
    rows: int,
    shown: Callable[[str], str],
    legend: Sequence[tuple[str, str, str]] = (),
) -> list[Line]:
    """Every action with its keys, group by group, then the marks
    (sign, short words, words): with help where all of it fits into `rows`, else
    with titles, else with help to scroll through."""
    listed = list(actions)
    made = [_arranged(listed, columns, style, shown, legend) for style in (_FULL, _SHORT)]
    return next((lines for lines in made if len(lines) <= rows), made[-1])


def _arranged(
    actions: list[Action],
    columns: int,
    style: _Style,
    shown: Callable[[str], str],
    legend: Sequence[tuple[str, str, str]],
) -> list[Line]:
    across = max(1, min(4, columns // style.column))
    each_width = (columns - 1) // across
    blocks = [
        _block(name, [each for each in actions if each.group == name and each.keys], each_width, style, shown)
        for name in GROUPS
    ]
    if legend:
        pairs = [
            line
            for sign, short, words in legend
            for line in _entry(sign, words if style.has_help else short, each_width, style)
        ]
        blocks.append([((" Marks", "title"),), *pairs])
    return _side_by_side([block for block in blocks if len(block) > 1], across, each_width)


def _block(name: str, actions: list[Action], columns: int, style: _Style, shown: Callable[[str], str]) -> list[Line]:
    lines: list[Line] = [((f" {name}", "title"),)]
    by_id = {action.id: action for action in actions}
    for action in actions:
        title, keys = action.title, action.keys
        if not style.has_help:
            if action.id in _SECOND:
                continue
            if (pair := _PAIRS.get(action.id)) and (second := by_id.get(pair[0])):
                is_usual = title == BY_ID[action.id].title
                title = pair[1] if is_usual else f"{title}, {second.title.lower()}"
                keys = tuple(key for both in zip(keys, second.keys, strict=False) for key in both)
        lines += _entry(
            _keys_text([shown(key) for key in keys], style), action.help if style.has_help else title, columns, style
        )
    return lines


def _keys_text(keys: list[str], style: _Style) -> str:
    """As many of the keys as their column holds; digits as a range."""
    ends = [key[-1] for key in keys if key[-1].isdigit()]
    if len(ends) > 4:  # the digits of a range, with whatever else does the same
        return " ".join([f"{keys[0]}-{ends[-1]}", *(key for key in keys if not key[-1].isdigit())])
    for count in range(len(keys), 0, -1):
        for gap in ("  ", " "):
            text = gap.join(keys[:count])
            if width(text) < style.keys:
                return text
    return keys[0]


def _entry(keys: str, words: str, columns: int, style: _Style) -> list[Line]:
    first, *rest = wrapped(words, columns - style.keys - (2 if style.has_help else 1), "", indent="")
    lines: list[Line] = [((" ", ""), column(keys, style.keys, "key"), *first)]
    return [*lines, *(((" " * (style.keys + 1), ""), *line) for line in rest)]


def _side_by_side(blocks: list[list[Line]], across: int, columns: int) -> list[Line]:
    """Blocks in columns, in reading order: down, then across; as low as they can be."""
    heights = [len(block) for block in blocks]
    height = max(max(heights, default=0), -(-sum(heights) // across))
    while len(_stacked(heights, height)) > across:
        height += 1
    stacks = [
        [line for number in stack for line in ([()] if number != stack[0] else []) + blocks[number]]
        for stack in _stacked(heights, height)
    ]
    lines: list[Line] = []
    for row in range(max((len(stack) for stack in stacks), default=0)):
        spans: list[Span] = []
        for stack in stacks:
            spans += padded(stack[row] if row < len(stack) else (), columns)
        lines.append(tuple(spans))
    return lines


def _stacked(heights: Sequence[int], limit: int) -> list[list[int]]:
    """The numbers of blocks, one list a column, when no column may be higher than `limit` lines."""
    stacks: list[list[int]] = [[]]
    used = 0
    for number, height in enumerate(heights):
        needed = height + (1 if stacks[-1] else 0)
        if stacks[-1] and used + needed > limit:
            stacks.append([])
            used, needed = 0, height
        stacks[-1].append(number)
        used += needed
    return stacks
