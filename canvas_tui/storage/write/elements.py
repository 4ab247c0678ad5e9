"""Puts elements of a list into a text and takes them out: entries of a cell, goals, initiatives, waivers.

A list is written as `[[name]]` blocks, or as an array in the root (the short form). An element that is taken out keeps
its text and comments, and can be put into a list of either form, in this file or another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from canvas_tui.storage.read.values import Statement, array_at, pairs_at
from canvas_tui.storage.write import arrays
from canvas_tui.storage.write.arrays import Piece
from canvas_tui.storage.write.fields import Scope
from canvas_tui.storage.write.layout import Layout, layout_of
from canvas_tui.storage.write.splice import cut_block, put_block, put_lines
from canvas_tui.storage.write.values import FileStyle, format_key, format_value, style_of

NAMES = ("goals", "initiatives", "waivers")


@dataclass(frozen=True, slots=True)
class Lifted:
    """An element taken out of a text: its table, and its text as a block (`block`, under `name`) or as an item."""

    fields: Mapping[str, Any]
    name: str = ""
    block: str | None = None
    item: Piece | None = None


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Names a list in a text, and says where it belongs if it is not there yet."""

    name: str
    order: Sequence[str] = field(default=())  # the ids of the model's cells: a new list stands in this order


def scopes_of(text: str, name: str, index: int) -> list[Scope]:
    """The stretches of text in which the table of one element is written. Empty for an entry that is a bare text."""
    layout = layout_of(text)
    if name in layout.lists:
        heads = layout.scan.heads
        found = []
        for block in layout.blocks_of(name, index):
            path = heads[block].path[1:]
            found.append(Scope(path, heads[block].end, layout.scan.end_of(block), block=block))
        return found
    item = array_at(text, _array(layout, name)).items[index]
    return [Scope((), item.start, item.end, is_inline=True)] if text[item.start] == "{" else []


def item_span(text: str, name: str, index: int) -> tuple[int, int]:
    """(start, end) of an element in the short form."""
    item = array_at(text, _array(layout_of(text), name)).items[index]
    return item.start, item.end


def _array(layout: Layout, name: str) -> int:
    """The offset of the `[` of a list in the short form; -1 if there is none."""
    for each in layout.root:
        if each.key == (name,) and layout.text[each.value_start] == "[":
            return each.value_start
    return -1


def lift(text: str, name: str, index: int, fields: Mapping[str, Any]) -> tuple[str, Lifted]:
    """(the text without the element at `index` of a list, the element). `fields` is its table."""
    layout = layout_of(text)
    if name not in layout.lists:
        text, piece = arrays.take(text, _array(layout, name), index)
        return text, Lifted(fields, name, item=piece)
    spans = _spans(layout, layout.blocks_of(name, index))
    newline = style_of(text).newline
    block = newline.join(text[start:end] if text[start:end].endswith("\n") else text[start:end] + newline
                         for start, end in spans)  # fmt: skip
    for start, end in reversed(spans):
        text = cut_block(text, start, end)
    return text, Lifted(fields, name, block=block)


def _spans(layout: Layout, blocks: Sequence[int]) -> list[tuple[int, int]]:
    """The (start, end) of some blocks; blocks that follow each other directly are one."""
    spans: list[tuple[int, int]] = []
    last = -2
    for block in blocks:
        start, end = layout.start(block), layout.end(block)
        if block == last + 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = block
    return spans


def put(text: str, place: ListPlace, index: int, element: Lifted) -> str:
    """The text with one more element, at `index` of a list."""
    layout = layout_of(text)
    array = _array(layout, place.name)
    if array >= 0:
        style = style_of(text, text[array : array_at(text, array).close + 1])
        return arrays.insert(text, array, index, as_item(element, style), style)
    if place.name in layout.lists:
        return _put_beside(layout, place.name, index, element)
    if _prefers_short(layout) and place.name not in NAMES and _fits_short(element):
        return _put_short(layout, place, element)
    return _put_first(layout, place, element)


def _put_beside(layout: Layout, name: str, index: int, element: Lifted) -> str:
    text, heads = layout.text, layout.lists[name]
    neighbour = layout.body(heads[min(index, len(heads) - 1)])
    first = layout.scan.heads[heads[min(index, len(heads) - 1)]]
    end = neighbour[-1].end if neighbour else first.end
    style = style_of(text, text[first.start : end])
    margin = text[first.start : len(text[first.start :]) - len(text[first.start :].lstrip(" \t")) + first.start]
    block = as_block(element, name, style, margin)
    if index == 0:
        at = layout.start(heads[0])
        lines = put_block("", 0, block, style.newline, 0)
        return text[:at] + lines + style.newline * max(layout.blank_lines, 0) + text[at:]
    last = layout.blocks_of(name, index - 1)[-1]
    return put_block(text, layout.end(last), block, style.newline, layout.blank_lines)


def _put_first(layout: Layout, place: ListPlace, element: Lifted) -> str:
    """Put the first element of a list: the list goes where the model's order has it, else to the end."""
    text = layout.text
    style = style_of(text)
    block = as_block(element, place.name, style, "")
    if place.name in place.order:
        number = place.order.index(place.name)
        for name in reversed(place.order[:number]):
            if name in layout.lists:
                last = layout.blocks_of(name, len(layout.lists[name]) - 1)[-1]
                return put_block(text, layout.end(last), block, style.newline, layout.blank_lines)
        for name in place.order[number + 1 :]:
            if name in layout.lists:
                at = layout.start(layout.lists[name][0])
                return text[:at] + block + style.newline * layout.blank_lines + text[at:]
    return put_block(text, layout.content_end(), block, style.newline, layout.blank_lines if len(layout) else 1)


def _prefers_short(layout: Layout) -> bool:
    """Whether most cells of this file are in the short form."""
    blocks = sum(1 for name in layout.lists if name not in NAMES)
    return len(_short_lists(layout)) > blocks


def _short_lists(layout: Layout) -> list[Statement]:
    return [each for each in layout.root if layout.text[each.value_start] == "[" and len(each.key) == 1
            and each.key[0] not in (*NAMES, "links")]  # fmt: skip


def _fits_short(element: Lifted) -> bool:
    return element.block is None


def _put_short(layout: Layout, place: ListPlace, element: Lifted) -> str:
    """Put the first entry of a cell in the short form, among the other cells in the model's order."""
    text, lists = layout.text, _short_lists(layout)
    rank = {name: number for number, name in enumerate(place.order)}
    mine = rank.get(place.name, len(rank))
    before = [each for each in lists if rank.get(each.key[0], -1) < mine]
    beside = before[-1] if before else lists[0]
    style = style_of(text, text[beside.start : beside.end])
    equals = text[beside.key_end : beside.value_start]
    line = f"{format_key(place.name)}{equals if equals.strip(' ') == '=' and len(equals) < 4 else style.equals}[]"
    at = beside.end if before else beside.start
    text = put_lines(text, at, line, style.newline)
    array = _array(layout_of(text), place.name)
    return arrays.insert(text, array, 0, as_item(element, style), style)


def as_item(element: Lifted, style: FileStyle) -> Piece:
    """The element as an item of an array."""
    piece = _piece_of(element, style)
    return replace(piece, value=piece.value.replace("\r\n", "\n").replace("\n", style.newline))


def _piece_of(element: Lifted, style: FileStyle) -> Piece:
    if element.item is not None:
        return element.item
    if element.block is None:
        keys = set(element.fields)
        return Piece(format_value(element.fields["text"] if keys == {"text"} else element.fields, style))
    layout = layout_of(element.block)
    body = layout.body(0)
    comments = _comments(layout, body)
    if len(layout) == 1 and len({each.key[0] for each in body}) == len(element.fields):
        if [each.key for each in body] == [("text",)]:
            raw = element.block[body[0].value_start : body[0].value_end]
            return Piece(raw, comments)
        pairs = ", ".join(f"{element.block[each.key_start : each.key_end]} = "
                          f"{element.block[each.value_start : each.value_end]}" for each in body)  # fmt: skip
        return Piece(f"{{{style.brace}{pairs}{style.brace}}}", comments)
    return Piece(format_value(element.fields, style), comments)


def _comments(layout: Layout, body: Sequence[Statement]) -> tuple[str, ...]:
    """All comments of a block that are not inside values."""
    text, found, at = layout.text, [], 0
    for each in body:
        found.append(text[at : each.key_start])
        at = each.value_end
    found.append(text[at:])
    lines = "\n".join(found).splitlines()
    return tuple("#" + line.partition("#")[2].rstrip() for line in lines if "#" in line)


def as_block(element: Lifted, name: str, style: FileStyle, margin: str) -> str:
    """The element as a `[[name]]` block, with a newline at its end."""
    newline = style.newline
    if element.block is not None:
        return _renamed(element.block, element.name, name).replace("\r\n", "\n").replace("\n", newline)
    comments: tuple[str, ...] = ()
    if element.item is not None:
        comments = element.item.all_comments
        lines = [line.replace("\r\n", "\n").replace("\n", newline) for line in _item_lines(element.item.value)]
    else:
        lines = [f"{format_key(key)}{style.equals}{format_value(value, style, is_inline=False)}"
                 for key, value in element.fields.items()]  # fmt: skip
    return newline.join(margin + line for line in (*comments, f"[[{format_key(name)}]]", *lines)) + newline


def _item_lines(value: str) -> list[str]:
    if not value.startswith("{"):
        return [f"text = {value}"]
    return [f"{value[each.key_start : each.key_end]} = {value[each.value_start : each.value_end]}"
            for each in pairs_at(value, 0)[0]]  # fmt: skip


def _renamed(block: str, old: str, new: str) -> str:
    """The block with `new` in place of `old` as the first part of every header in it."""
    if old == new:
        return block
    layout = layout_of(block)
    for head in reversed(layout.scan.heads):
        line = block[head.start : head.end]
        opening = len(line) - len(line.lstrip(" \t["))
        closing = line.index("]", opening + (len(format_key(old)) if line[opening] in "\"'" else 0))
        parts = [format_key(new), *map(format_key, head.path[1:])]
        block = block[: head.start] + line[:opening] + ".".join(parts) + line[closing:] + block[head.end :]
    return block
