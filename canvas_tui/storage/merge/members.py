"""Merges three versions of one element of a list into one text, in whatever form they are written.

What the element must say is known beforehand (`core.threeway`); the text is made of the three as far as that leads,
and then corrected field by field until it says just that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import tomli

from canvas_tui.core.values import same_values, with_one_nan
from canvas_tui.storage.merge.segments import merge_lines, merge_segments, missing_comments, with_comments
from canvas_tui.storage.merge.sheet import Member
from canvas_tui.storage.read.blocks import Path
from canvas_tui.storage.write import arrays
from canvas_tui.storage.write.arrays import Piece
from canvas_tui.storage.write.elements import as_block, as_item
from canvas_tui.storage.write.patch import with_item_field
from canvas_tui.storage.write.values import format_key, style_of

Put = Callable[[str, Path, Any], str]


def merge_member(base: Member | None, ours: Member, theirs: Member, wanted: Mapping[str, Any]) -> Member:
    """The element in our form and list, saying `wanted`."""
    if base is not None:
        base = in_form_of(base, ours)
    theirs = in_form_of(theirs, ours)
    if ours.item is None:
        return _merge_blocks(base.block if base else "", ours, theirs.block, wanted)
    assert theirs.item is not None
    return _merge_items(base.item if base else None, ours, theirs.item, wanted)


def in_form_of(member: Member, other: Member) -> Member:
    """The element as it would be written beside another one: in its form, and in its list."""
    if member.form == other.form and member.list == other.list:
        return member
    if other.item is None:
        block = as_block(member.lifted(), other.list, style_of(member.block or other.block), "")
        return Member(other.list, member.fields, block)
    return Member(other.list, member.fields, item=as_item(member.lifted(), style_of(other.item.value)))


def with_fields(member: Member, wanted: Mapping[str, Any]) -> Member:
    """The element with other fields; only what differs is written anew."""
    if same_values(member.fields, wanted):
        return member
    if member.item is None:
        block = corrected(member.block, member.fields, wanted, _put_in(member.list))
        return Member(member.list, dict(wanted), block)
    return Member(member.list, dict(wanted), item=_item_with(member, member.item, member.fields, wanted))


def _merge_blocks(base: str, ours: Member, theirs: str, wanted: Mapping[str, Any]) -> Member:
    text = merge_segments(base, ours.block, theirs)
    now = read_block(text, ours.list)
    if now is None:  # one of the tables in it is written in two ways
        text, now = ours.block, ours.fields
    text = corrected(text, now, wanted, _put_in(ours.list))
    return Member(ours.list, dict(wanted), with_comments(text, missing_comments(base, ours.block, theirs, text)))


def read_block(text: str, name: str) -> dict[str, Any] | None:
    """The table that a block alone says; None where it is no single valid one."""
    try:
        found = tomli.loads(text)
    except (ValueError, RecursionError):
        return None
    tables = found.get(name)
    return with_one_nan(tables[0]) if len(found) == 1 and isinstance(tables, list) and len(tables) == 1 else None


def _merge_items(base: Piece | None, ours: Member, theirs: Piece, wanted: Mapping[str, Any]) -> Member:
    mine = ours.item
    assert mine is not None
    value = theirs.value if base is not None and mine.value == base.value else mine.value
    before, behind = base or Piece(""), mine.behind
    if behind == before.behind:
        behind = theirs.behind
    lines = merge_lines(*("".join(f"{line}\n" for line in each.comments) for each in (before, mine, theirs)))
    piece = Piece(value, tuple(lines.split("\n")[:-1]), behind)
    piece = _item_with(ours, piece, _said(value), wanted)
    texts = [_whole(each) for each in (before, mine, theirs, piece)]
    lost = missing_comments(texts[0], texts[1], texts[2], texts[3])
    return Member(ours.list, dict(wanted), item=replace(piece, comments=(*lost, *piece.comments)))


def _whole(piece: Piece) -> str:
    return "\n".join((*piece.comments, piece.value + piece.behind)) + "\n"


def _said(value: str) -> dict[str, Any]:
    said = with_one_nan(tomli.loads(f"x = {value}"))["x"]
    return said if isinstance(said, dict) else {"text": said}


def _item_with(member: Member, piece: Piece, now: Mapping[str, Any], wanted: Mapping[str, Any]) -> Piece:
    """An item with other fields, written as it is written."""
    if same_values(now, wanted):
        return piece
    name = format_key(member.list)
    text = corrected(f"{name} = [{piece.value}]\n", now, wanted, _put_in(member.list))
    return replace(piece, value=arrays.pieces(text, text.index("[", len(name)))[0].value)


def _put_in(name: str) -> Put:
    return lambda text, path, value: with_item_field(text, name, 0, path, value)


def corrected(text: str, now: Mapping[str, Any], wanted: Mapping[str, Any], put: Put) -> str:
    """The text with every field that says something else than wanted written anew."""
    for path, value in differences(now, wanted):
        text = put(text, path, value)
    return text


def differences(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """The fields by which one table differs from another, and what they should be (None: absent)."""
    waiting: list[tuple[Path, Any, Any]] = [((), now, wanted)]
    while waiting:
        path, one, other = waiting.pop()
        if same_values(one, other):
            continue
        is_within = isinstance(one, Mapping) and isinstance(other, Mapping) and bool(other or not path)
        if not is_within:
            yield path, other
            continue
        for key in reversed([*other, *(key for key in one if key not in other)]):
            waiting.append(((*path, key), one.get(key), other.get(key)))
