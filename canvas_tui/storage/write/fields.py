"""Sets or takes out one field of an element in a TOML text, in whatever form its table is written.

A table may be a `[[block]]`, a `{}` in a list, or the root. A dotted field may stand in an inline table, under a dotted
key, or in a table of its own (`[goals.metric]`). Only the value, or its line, is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from canvas_tui.storage.read.blocks import Path
from canvas_tui.storage.read.values import Statement, pairs_at, statements
from canvas_tui.storage.write.arrays import replace_list
from canvas_tui.storage.write.layout import layout_of
from canvas_tui.storage.write.splice import cut_block, cut_lines, put_lines
from canvas_tui.storage.write.values import FileStyle, format_key, format_value, style_of


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of text with statements: a block's body, the root, or (`is_inline`) the table whose `{` is at `start`.

    `path` is the key of its table within the element, () for the element's own table.
    """

    path: Path
    start: int
    end: int
    is_inline: bool = False
    block: int = -1  # the index of the header, -1 for the root and inline tables

    def statements(self, text: str) -> list[Statement]:
        """The `key = value` statements in it."""
        return pairs_at(text, self.start)[0] if self.is_inline else statements(text, self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Hit:
    """What a search for a field found: the field itself, a part of it, or a table or value that should contain it."""

    kind: Literal["exact", "part", "table", "value", "block"]
    scope: Scope
    statement: Statement | None = None
    inline: int = -1  # the `{` that the statement stands in; -1 for a line of its own
    rest: Path = ()


Locate = Callable[[str], Sequence[Scope]]


@dataclass(frozen=True, slots=True)
class Field:
    """A field to write: how to find its element's table in a text, its path, and the order of keys in that table."""

    locate: Locate
    path: Path
    order: Sequence[str]


def set_field(text: str, field: Field, value: Any) -> str:
    """The text with the field set to `value`; None takes it out."""
    if value is None:
        return _without(text, field)
    hits = _find(text, field)
    style = _style(text, field)
    for hit in hits:
        if hit.kind == "exact" and hit.statement is not None and len(hits) == 1:
            return _with_value(text, hit, value, style)
        if hit.kind == "table" and hit.statement is not None:
            return _with_pair(text, hit.statement.value_start, hit.rest, value, style, field.order)
        if hit.kind == "value" and hit.statement is not None:
            inner = format_value(_nested(hit.rest, value), style)
            return text[: hit.statement.value_start] + inner + text[hit.statement.value_end :]
    if hits:
        text = _without(text, field)
    return _with_new(text, field, value, _style(text, field))


def _find(text: str, field: Field) -> list[_Hit]:
    found: list[_Hit] = []
    for scope in field.locate(text):
        depth = len(scope.path)
        if depth < len(field.path) and scope.path == field.path[:depth]:
            inline = scope.start if scope.is_inline else -1
            found += _find_in(text, scope, scope.statements(text), field.path[depth:], inline)
        elif depth and scope.path[: len(field.path)] == field.path:
            found.append(_Hit("block", scope))
    return found


def _find_in(text: str, scope: Scope, where: list[Statement], path: Path, inline: int) -> list[_Hit]:
    found: list[_Hit] = []
    for each in where:
        key, shared = each.key, len(each.key)
        if key == path:
            found.append(_Hit("exact", scope, each, inline))
        elif key == path[:shared]:
            rest = path[shared:]
            if text[each.value_start] == "{":
                inner = _find_in(text, scope, pairs_at(text, each.value_start)[0], rest, each.value_start)
                found += inner or [_Hit("table", scope, each, inline, rest)]
            else:
                found.append(_Hit("value", scope, each, inline, rest))
        elif key[: len(path)] == path:
            found.append(_Hit("part", scope, each, inline))
    return found


def _style(text: str, field: Field) -> FileStyle:
    scopes = field.locate(text)
    around = ""
    if scopes:
        first = scopes[0]
        around = text[first.start : pairs_at(text, first.start)[1] if first.is_inline else first.end]
    return style_of(text, around[:4000])


def _with_value(text: str, hit: _Hit, value: Any, style: FileStyle) -> str:
    statement = hit.statement
    assert statement is not None
    old = text[statement.value_start : statement.value_end]
    if old.startswith("[") and isinstance(value, (list, tuple)):
        return replace_list(text, statement.value_start, value, style)
    if old[0] in "\"'":
        style = replace(style, is_literal=old[0] == "'")
    new = format_value(value, style, is_inline=hit.inline >= 0)
    return text[: statement.value_start] + new + text[statement.value_end :]


def _with_pair(text: str, brace: int, path: Path, value: Any, style: FileStyle, order: Sequence[str]) -> str:
    """The text with one more `key = value` in the inline table whose `{` is at `brace`."""
    pairs, close = pairs_at(text, brace)
    key = ".".join(map(format_key, path[:1]))
    pair = f"{key}{style.equals}{format_value(_nested(path[1:], value), style)}"
    if not pairs:
        return f"{text[:brace]}{{{style.brace}{pair}{style.brace}}}{text[close + 1 :]}"
    before = _predecessor(pairs, path[0], order)
    if before is None:
        return f"{text[: pairs[0].start]}{pair}, {text[pairs[0].start :]}"
    return f"{text[: before.value_end]}, {pair}{text[before.value_end :]}"


def _nested(path: Path, value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value


def _predecessor(where: Sequence[Statement], key: str, order: Sequence[str]) -> Statement | None:
    """The statement after which a new key belongs; None if it belongs first."""
    if key not in order:
        return where[-1]
    place = order.index(key)
    before = [each for each in where if each.key[0] in order and order.index(each.key[0]) <= place]
    if before:
        return max(before, key=lambda each: (order.index(each.key[0]), each.start))
    return None


def _with_new(text: str, field: Field, value: Any, style: FileStyle) -> str:
    """The text with a field that is not in it yet."""
    path = field.path
    scopes = [scope for scope in field.locate(text) if scope.path == path[: len(scope.path)]]
    scope = max(scopes, key=lambda each: len(each.path))
    rest = path[len(scope.path) :]
    order = field.order if not scope.path else ()
    if scope.is_inline:
        return _with_pair(text, scope.start, rest, value, style, order)
    where = scope.statements(text)
    # TOML allows no other form for a table that dotted keys began
    dotted = [each for each in where if len(each.key) > 1 and len(rest) > 1 and each.key[0] == rest[0]]
    dotted = [each for each in dotted if each.key[:-1] == rest[:-1]] or dotted
    key = ".".join(map(format_key, rest if dotted else rest[:1]))
    written = format_value(value if dotted else _nested(rest[1:], value), style, is_inline=False)
    before = dotted[-1] if dotted else _predecessor(where, rest[0], order) if where else None
    beside = before or (where[0] if where else None)
    line = _like(text, beside, where, key, style) + written
    if before is not None:
        return put_lines(text, before.end, line, style.newline)
    if where and where[0].start >= scope.start:
        at = where[0].start if scope.block < 0 else scope.start
        return put_lines(text, at, line, style.newline)
    return _into_empty(text, scope, line, style)


def _into_empty(text: str, scope: Scope, line: str, style: FileStyle) -> str:
    if scope.block >= 0:
        return put_lines(text, scope.start, line, style.newline)
    # the root has no line yet: the field goes between the file's first comment and its first table
    layout = layout_of(text)
    if not len(layout):
        return put_lines(text, len(text), line, style.newline)
    gap = style.newline
    return put_lines(text, layout.start(0), f"{line}{style.newline}{gap}".removesuffix(style.newline), style.newline)


def _like(text: str, beside: Statement | None, where: Sequence[Statement], key: str, style: FileStyle) -> str:
    """`key = `, indented and aligned as its neighbours are."""
    if beside is None:
        return key + style.equals
    indent = text[beside.start : beside.key_start]
    between = text[beside.key_end : beside.value_start]
    columns = {each.value_start - each.key_start for each in where}
    if (
        len(columns) == 1
        and len(where) > 1
        and len({len(each.key) and each.key_end - each.key_start for each in where}) > 1
    ):
        width = columns.pop() - len(between.lstrip(" \t"))
        return indent + key.ljust(max(width, len(key) + 1)) + between.lstrip(" \t")
    if re.fullmatch(r" ?= ?", between):
        return indent + key + between
    return indent + key + style.equals


def _without(text: str, field: Field) -> str:
    """The text without the field, and without its table if that is then empty."""
    for _ in range(100):
        hits = [hit for hit in _find(text, field) if hit.kind in ("exact", "part", "block")]
        if not hits:
            break
        text = _cut(text, hits[-1])
    parent = field.path[:-1]
    if not parent:
        return text
    left = _find(text, replace(field, path=parent))
    if left and all(_is_empty(text, hit) for hit in left):
        return _without(text, replace(field, path=parent))
    return text


def _is_empty(text: str, hit: _Hit) -> bool:
    if hit.kind == "block":
        return not hit.scope.statements(text)
    if hit.kind == "exact" and hit.statement is not None:
        start = hit.statement.value_start
        return text[start] == "{" and not pairs_at(text, start)[0]
    return False


def _cut(text: str, hit: _Hit) -> str:
    statement = hit.statement
    if statement is None:
        layout = layout_of(text)
        return cut_block(text, layout.start(hit.scope.block), layout.end(hit.scope.block))
    if hit.inline < 0:
        return cut_lines(text, statement.start, statement.end)
    pairs, close = pairs_at(text, hit.inline)
    index = next(i for i, each in enumerate(pairs) if each.start == statement.start)
    if index + 1 < len(pairs):
        return text[: statement.start] + text[pairs[index + 1].start :]
    if index:
        return text[: pairs[index - 1].value_end] + text[statement.value_end :]
    return f"{text[: hit.inline]}{{}}{text[close + 1 :]}"
