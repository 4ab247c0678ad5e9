"""The keys of a screen as lines: grouped, in as many columns as the window has room for.

Pure, no textual; everything comes from the action registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from canvas_tui.core.text import clip, width
from canvas_tui.tui.actions import GROUPS, Action
from canvas_tui.tui.look import Line, Span
from canvas_tui.tui.views.parts import column, padded, wrapped

COLUMN = 38  # cells that one column of keys needs

WORDS_ON_SCREEN = {
    "board": "the board",
    "tree": "goals and initiatives",
    "findings": "the findings",
    "overview": "the overview",
    "search": "the search",
}


def help_lines(
    actions: Iterable[Action], columns: int, shown: Callable[[str], str], legend: Sequence[tuple[str, str]] = ()
) -> list[Line]:
    """Every action with its keys, group by group; the marks and what they mean at the end."""
    across = max(1, min(3, columns // COLUMN))
    each_width = (columns - 1) // across
    blocks = [_block(name, actions_of(actions, name), each_width, shown) for name in GROUPS]
    if legend:
        blocks.append([((" Marks", "title"),), *(_pair(key, words, each_width) for key, words in legend)])
    blocks = [block for block in blocks if len(block) > 1]
    return _side_by_side(blocks, across, each_width)


def actions_of(actions: Iterable[Action], group: str) -> list[Action]:
    """The actions of a group, in the order of the registry."""
    return [action for action in actions if action.group == group and action.keys]


def _block(name: str, actions: list[Action], columns: int, shown: Callable[[str], str]) -> list[Line]:
    lines: list[Line] = [((f" {name}", "title"),)]
    for action in actions:
        keys = action.keys if len(action.keys) < 4 else (action.keys[0], "-", action.keys[-1])
        lines += _entry("  ".join(shown(key) for key in keys).replace("  -  ", "-"), action.help, columns)
    return lines


def _entry(keys: str, words: str, columns: int) -> list[Line]:
    first, *rest = wrapped(words, columns - 14, "", indent="")
    lines: list[Line] = [((" ", ""), column(keys, 12, "key"), (" ", ""), *first)]
    return [*lines, *(((" " * 14, ""), *line) for line in rest)]


def _pair(key: str, words: str, columns: int) -> Line:
    return ((" ", ""), column(key, 12, "key"), (" ", ""), (clip(words, columns - 15), ""))


def _side_by_side(blocks: list[list[Line]], across: int, columns: int) -> list[Line]:
    """Blocks in columns of about the same height, in reading order: down, then across."""
    total = sum(len(block) + 1 for block in blocks)
    wanted = -(-total // across)
    stacks: list[list[Line]] = [[]]
    for block in blocks:
        if stacks[-1] and len(stacks[-1]) + len(block) // 2 > wanted and len(stacks) < across:
            stacks.append([])
        stacks[-1] += [*([()] if stacks[-1] else []), *block]
    lines: list[Line] = []
    for row in range(max(len(stack) for stack in stacks)):
        spans: list[Span] = []
        for stack in stacks:
            spans += padded(stack[row] if row < len(stack) else (), columns)
        lines.append(tuple(spans))
    return lines


def legend_of(marks_by_meaning: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The marks of the board with what they mean, those that are signs only."""
    return [(sign, words) for sign, words in marks_by_meaning if sign.strip() and width(sign) < 4]
