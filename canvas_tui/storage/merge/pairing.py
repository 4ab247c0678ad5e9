"""Which elements of three versions are one element, and under which id it goes in the end.

Works on sheets. Where ids differ, the versions are brought to one id, links and all, before anything is merged: then
an id that was changed, and one that both sides gave to two things, are no differences any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from canvas_tui.core.elements import Kind, as_id, split_link
from canvas_tui.core.matching import Thing, match_things
from canvas_tui.core.schema import LINK_KEYS
from canvas_tui.core.text import slug
from canvas_tui.storage.merge.members import differences, with_fields
from canvas_tui.storage.merge.sheet import Member, Sheet, sheet_of
from canvas_tui.storage.read.syntax import parse_toml
from canvas_tui.storage.write.patch import with_item_field, with_root_field


class Triple(NamedTuple):
    """One element in three versions, each by its place among all elements of its sheet; None where it is not."""

    base: int | None
    ours: int | None
    theirs: int | None


@dataclass(slots=True)
class Names:
    """What each version's ids become; the ids that both sides had given to two things, and what theirs has instead; and
    the ids of theirs for what has another by ours."""

    base: dict[str, str] = field(default_factory=dict)
    ours: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, str] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)


def members(sheet: Sheet) -> list[Member]:
    """All elements of a sheet, list by list."""
    return [each for listed in sheet.lists.values() for each in listed]


def triples(base: Sheet, ours: Sheet, theirs: Sheet) -> list[Triple]:
    """Every element of the three versions, once."""
    before, mine, yours = (_things(sheet) for sheet in (base, ours, theirs))
    in_ours = {each.before: each.after for each in match_things(before, mine)}
    in_theirs = {each.before: each.after for each in match_things(before, yours)}
    found = [Triple(index, in_ours.get(index), in_theirs.get(index)) for index in range(len(before))]
    known, others = set(in_ours.values()), set(in_theirs.values())
    added = [index for index in range(len(mine)) if index not in known]
    more = [index for index in range(len(yours)) if index not in others]
    same = _added_twice(mine, added, yours, more)
    found += [Triple(None, index, same.get(index)) for index in added]
    twice = set(same.values())
    return found + [Triple(None, None, index) for index in more if index not in twice]


def _things(sheet: Sheet) -> list[Thing]:
    return [_thing(sheet, each) for each in members(sheet)]


def _thing(sheet: Sheet, member: Member) -> Thing:
    fields = member.fields
    sort = "entry" if sheet.shape.is_cell(member.list) else member.list
    name, text = fields.get("id"), fields.get("text", fields.get("title", fields.get("name")))
    if member.list == "waivers":
        name, text = f"{fields.get('rule')} {fields.get('element')}", fields.get("reason")
    told = text if isinstance(text, str) and text else "" if name else repr(sorted(fields.items(), key=str))
    return Thing(sort, member.list, as_id(name) if isinstance(name, str) else "", told)


def _added_twice(
    ours: Sequence[Thing], added: Sequence[int], theirs: Sequence[Thing], more: Sequence[int]
) -> dict[int, int]:
    """What both sides added alike: of one text in one list, not under two ids; waivers by what they waive."""
    found: dict[int, int] = {}
    waiting: dict[tuple[object, ...], list[int]] = {}
    for index in reversed(more):
        waiting.setdefault(_alike(theirs[index]), []).append(index)
    for index in added:
        for place in reversed(waiting.get(_alike(ours[index]), [])):
            one, other = ours[index].name, theirs[place].name
            if not (one and other and one != other):
                waiting[_alike(ours[index])].remove(place)
                found[index] = place
                break
    return found


def _alike(thing: Thing) -> tuple[object, ...]:
    return (thing.home, thing.name if thing.home == "waivers" else thing.text)


# ids


def names_of(found: Sequence[Triple], base: Sheet, ours: Sheet, theirs: Sheet) -> Names:
    """What every id becomes: a changed one counts, ours before theirs; of two with one id, theirs gets another."""
    names = Names()
    lists = (members(base), members(ours), members(theirs))
    fresh = _Fresh(found, lists, [_canvas_id(sheet) for sheet in (base, ours, theirs)])
    for each in found:
        before, mine, yours = (_id(listed, index) for listed, index in zip(lists, each, strict=True))
        is_gone = None in each[1:] or (before and not (mine and yours))  # the id, or all of it: no id leads to it
        last = "" if is_gone else mine if mine != before else yours
        if yours and yours != before and last in ("", yours) and (not mine or mine == before) and fresh.is_held(yours):
            last = names.fresh[yours] = fresh.name(yours)
        elif mine and yours and before not in (mine, yours) and mine != yours:
            names.given_up[yours] = mine
        for identity, renamed in ((before, names.base), (mine, names.ours), (yours, names.theirs)):
            if identity and last and identity != last:
                renamed[identity] = last
    return names


class _Fresh:
    """The ids that ours has and theirs gave to something else, and new ones for these."""

    def __init__(self, found: Sequence[Triple], lists: Sequence[Sequence[Member]], roots: Sequence[str]) -> None:
        _, mine, yours = lists
        partner = {each.ours: each.theirs for each in found if each.ours is not None}
        self._held = {roots[1]: roots[2]} if roots[1] else {}  # by ids of ours: the same element's id in theirs
        self._held |= {name: _id(yours, partner.get(index)) for index in range(len(mine)) if (name := _id(mine, index))}
        self._taken = {*roots, *(str(each.fields.get("id")) for listed in lists for each in listed)}

    def is_held(self, name: str) -> bool:
        """Whether something in ours has an id that is another element's in theirs."""
        return self._held.get(name, name) != name

    def name(self, name: str) -> str:
        """An id much like it that nothing has."""
        found = slug(name, self._taken)
        self._taken.add(found)
        return found


def _id(listed: Sequence[Member], index: int | None) -> str:
    identity = listed[index].fields.get("id") if index is not None else None
    is_waiver = index is not None and listed[index].list == "waivers"
    return as_id(identity) if isinstance(identity, str) and not is_waiver else ""


def _canvas_id(sheet: Sheet) -> str:
    identity = sheet.data.get("id")
    return as_id(identity) if sheet.shape.is_canvas and isinstance(identity, str) else ""


def renamed(sheet: Sheet, names: Mapping[str, str]) -> Sheet:
    """The sheet with other ids, and every link of it following them."""
    if not names:
        return sheet
    text = _renamed_blocks(sheet, names)
    is_done = text != ""
    text = text or sheet.text
    for name, listed in sheet.lists.items():
        for index, each in enumerate(listed):
            if is_done and each.item is None:
                continue
            for path, value in differences(each.fields, _renamed(each.fields, names)):
                text = with_item_field(text, name, index, path, value)
    for path, value in differences(sheet.fields, _renamed_root(sheet.fields, names)):
        text = with_root_field(text, path, value, Kind.CANVAS)
    return sheet if text == sheet.text else sheet_of(parse_toml("", text.encode()), sheet.shape)


def _renamed_blocks(sheet: Sheet, names: Mapping[str, str]) -> str:
    """The text with other ids in every block, each looked at alone: thousands of them in the whole text take minutes.

    "" where the stretches are not the text any more, because a table was brought home to its element.
    """
    parts: list[str] = []
    before: list[str] = []
    for each in sheet.stretches:
        before += (each.gap, each.text)
        block = each.text
        if each.member is not None:
            block = with_fields(each.member, _renamed(each.member.fields, names)).block
        parts += (each.gap, block)
    return "".join((*parts, sheet.tail)) if "".join((*before, sheet.tail)) == sheet.text else ""


def _renamed(fields: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found = dict(fields)
    for key in ("id", "element", *LINK_KEYS):
        value = found.get(key)
        if isinstance(value, str):
            found[key] = _link(value, names)
        elif isinstance(value, list) and key in LINK_KEYS:
            found[key] = [_link(each, names) if isinstance(each, str) else each for each in value]
    return found


def _renamed_root(fields: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found = _renamed({key: value for key, value in fields.items() if key != "id"}, names)
    cells = fields.get("cell")
    if isinstance(cells, dict):
        found["cell"] = {key: _renamed(each, names) if isinstance(each, dict) else each for key, each in cells.items()}
    return ({"id": fields["id"]} if "id" in fields else {}) | found


def _link(link: str, names: Mapping[str, str]) -> str:
    target, pin = split_link(link)
    new = names.get(target)
    return link if new is None else f"{new}@{pin}" if pin else new


def links_of(fields: Mapping[str, Any]) -> Iterator[str]:
    """The ids that a table links to."""
    for key in ("element", *LINK_KEYS):
        value = fields.get(key)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str):
                yield split_link(each)[0]
