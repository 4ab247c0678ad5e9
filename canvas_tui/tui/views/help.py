"""The keys of a screen as lines: grouped, in as many columns as the window has room for.

Pure, no textual; everything comes from the action registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from canvas_tui.core.text import width
from canvas_tui.tui.actions import GROUPS, Action
from canvas_tui.tui.look import Line, Span
from canvas_tui.tui.views.parts import column, padded, wrapped

WORDS_ON_SCREEN = {
    "board": "the board",
    "tree": "goals and initiatives",
    "findings": "the findings",
    "overview": "the overview",
    "search": "the search",
}

# What an action means on one screen only: (title, help) in place of the registry's.
_ELSEWHERE = {
    ("tree", "cursor-left"): ("Fold", "Fold what is below; folded already, up to what is above"),
    ("tree", "cursor-right"): ("Unfold", "Unfold what is below, or down to it"),
    ("tree", "edit"): ("Edit", "All fields of the goal or initiative"),
    ("tree", "add"): ("Add", "A goal or an initiative below this"),
    ("findings", "cursor-left"): ("Fold", "Findings that say the same in one line again"),
    ("findings", "cursor-right"): ("Go there", "Go where the finding is; unfold what stands for several"),
    ("findings", "open"): ("What to do", "What can be done about it; unfold what stands for several"),
    ("findings", "filter"): ("Waived", "Show what is waived, and back"),
    ("overview", "add"): ("Add", "A new canvas of a model"),
}
for _name in ("tree", "findings", "overview", "search"):
    _ELSEWHERE[_name, "cursor-up"] = ("Up", "The line above")
    _ELSEWHERE[_name, "cursor-down"] = ("Down", "The line below")
    _ELSEWHERE[_name, "first"] = ("First", "The first line")
    _ELSEWHERE[_name, "last"] = ("Last", "The last line")


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


def help_lines(
    actions: Iterable[Action],
    columns: int,
    rows: int,
    shown: Callable[[str], str],
    legend: Sequence[tuple[str, str, str]] = (),
    screen: str = "",
) -> list[Line]:
    """Every action with its keys, group by group, then the marks
    (sign, short words, words): with help where all of it fits into `rows`, else
    with titles, else with help to scroll through."""
    listed = list(actions)
    made = [_arranged(listed, columns, style, shown, legend, screen) for style in (_FULL, _SHORT)]
    return next((lines for lines in made if len(lines) <= rows), made[-1])


def _arranged(
    actions: list[Action],
    columns: int,
    style: _Style,
    shown: Callable[[str], str],
    legend: Sequence[tuple[str, str, str]],
    screen: str,
) -> list[Line]:
    across = max(1, min(4, columns // style.column))
    each_width = (columns - 1) // across
    blocks = [
        _block(name, [each for each in actions if each.group == name and each.keys], each_width, style, shown, screen)
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


def _block(
    name: str, actions: list[Action], columns: int, style: _Style, shown: Callable[[str], str], screen: str
) -> list[Line]:
    lines: list[Line] = [((f" {name}", "title"),)]
    by_id = {action.id: action for action in actions}
    for action in actions:
        title, words = _ELSEWHERE.get((screen, action.id), (action.title, action.help))
        keys = action.keys
        if not style.has_help:
            if action.id in _SECOND:
                continue
            if (pair := _PAIRS.get(action.id)) and (second := by_id.get(pair[0])):
                folds = (screen, action.id) in _ELSEWHERE and action.id == "cursor-left"
                title = "Fold, unfold" if folds else pair[1]
                keys = tuple(key for both in zip(keys, second.keys, strict=False) for key in both)
        lines += _entry(
            _keys_text([shown(key) for key in keys], style), words if style.has_help else title, columns, style
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
