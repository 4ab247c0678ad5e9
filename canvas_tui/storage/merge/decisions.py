"""What becomes of every element and of the root: which stays, in which list, and what it says. Told in sentences.

Values decide here; how that is written is the business of `members` and `assembly`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from canvas_tui.core.elements import as_id
from canvas_tui.core.text import clean, clip
from canvas_tui.core.threeway import Clash, Merged, Rescued, chosen, merge_fields
from canvas_tui.core.toml_words import as_read
from canvas_tui.core.values import same_values
from canvas_tui.core.versions import CELL, Version, is_version
from canvas_tui.storage.merge.members import in_form_of, merge_member
from canvas_tui.storage.merge.pairing import Triple, links_of, members
from canvas_tui.storage.merge.sheet import Member, Sheet
from canvas_tui.storage.read.document import HEADER_KEYS
from canvas_tui.storage.read.values import comments_in

_OF_HEADERS = frozenset(("format", "vision"))  # a canvas with one of these is a whole strategy in one file
_TOLD = 60  # terminal cells of a text in a sentence


@dataclass(slots=True)
class Decided:
    """What the merge comes to. `stays` holds, by the number of its triple, each element as it is written at last."""

    triples: Sequence[Triple]
    stays: dict[int, Member] = field(default_factory=dict)
    root: dict[str, Any] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    conflicts: int = 0


class Decisions:
    """Three sheets on their way to be one."""

    def __init__(self, triples: Sequence[Triple], sheets: tuple[Sheet, Sheet, Sheet], who: str) -> None:
        self._sheets, self._who = sheets, who
        self._base, self._ours, self._theirs = (members(sheet) for sheet in sheets)
        self._triples = triples
        self._found = Decided(triples)

    def decide(self) -> Decided:
        """Everything, in the order of the triples."""
        rescued = self._rescued()
        base, ours, theirs = (sheet.fields for sheet in self._sheets)
        merged = merge_fields(base, ours, theirs, rescued)
        self._found.root = merged.fields
        for clash in merged.clashes:
            self._clash_of_root(clash)
        self._tell_stayed("", merged)
        for number, triple in enumerate(self._triples):
            member = self._member(triple, rescued)
            if member is not None:
                self._found.stays[number] = member
        return self._found

    def _three(self, triple: Triple) -> tuple[Member | None, Member | None, Member | None]:
        return (
            self._base[triple.base] if triple.base is not None else None,
            self._ours[triple.ours] if triple.ours is not None else None,
            self._theirs[triple.theirs] if triple.theirs is not None else None,
        )

    # taken out by one side

    def _rescued(self) -> Rescued:
        """The ids of what one side took out and the other changed, or linked to anew: these stay."""
        by_ours: set[str] = set()
        by_theirs: set[str] = set()
        gone = [triple for triple in self._triples if triple.base is not None and None in triple[1:]]
        if not gone:
            return Rescued()
        new_links = [self._new_links(side) for side in (1, 2)]
        for triple in gone:
            base, ours, theirs = self._three(triple)
            assert base is not None
            left, links, found = (theirs, new_links[1], by_ours) if ours is None else (ours, new_links[0], by_theirs)
            if left is None or not (identity := left.fields.get("id")) or not isinstance(identity, str):
                continue
            if as_id(identity) in links or is_changed(base, left):
                found.add(as_id(identity))
        return Rescued(frozenset(by_ours), frozenset(by_theirs))

    def _new_links(self, side: int) -> set[str]:
        """The ids that one side links to, from where the base does not."""
        sheet, listed = self._sheets[side], self._ours if side == 1 else self._theirs
        found: Counter[str] = Counter(_links_of_root(sheet))
        found.subtract(_links_of_root(self._sheets[0]))
        for triple in self._triples:
            index = triple[side]
            if index is not None:
                before = self._base[triple.base].fields if triple.base is not None else {}
                found.update(set(links_of(listed[index].fields)) - set(links_of(before)))
        return {identity for identity, count in found.items() if count > 0}

    def _left(self, base: Member, left: Member, rescued: frozenset[str], *, is_ours: bool) -> Member | None:
        """What one side took out: None where it goes."""
        where = ("there", "here") if is_ours else ("here", "there")
        if is_changed(base, left):
            self._tell(f"{_quoted(left)} was taken out {where[0]} and changed {where[1]}: it stays.")
            return left
        identity = left.fields.get("id")
        if isinstance(identity, str) and as_id(identity) in rescued:
            self._tell(f"{_quoted(left)} was taken out {where[0]} and linked to {where[1]}: it stays.")
            return left
        return None

    # what both have

    def _member(self, triple: Triple, rescued: Rescued) -> Member | None:
        base, ours, theirs = self._three(triple)
        if ours is None or theirs is None:
            left = theirs if ours is None else ours
            if base is None or left is None:
                return left
            mine = ours is not None
            return self._left(base, left, rescued.theirs if mine else rescued.ours, is_ours=mine)
        listed = self._list_of(base, ours, theirs)
        if base is not None and self._is_open_waiver(base):
            base = None  # what the base says of it was not decided yet
        if base is None or not _links_to(base, rescued):
            if ours.written == theirs.written or (base is not None and theirs.written == base.written):
                return ours if ours.list == listed else in_list(ours, listed)
            if base is not None and ours.written == base.written and ours.form == theirs.form:
                return theirs
        merged = merge_fields(base.fields if base else {}, ours.fields, theirs.fields, rescued)
        if (
            base is not None
            and listed == ours.list != theirs.list
            and (theirs.list != base.list or CELL in chosen(base.fields, theirs.fields))
        ):
            merged.clashes.append(Clash((CELL,), ours.list, theirs.list))
        self._keep_clashes(ours, theirs, merged)
        self._tell_stayed(_quoted(ours), merged)
        made = merge_member(base, ours, theirs, merged.fields)
        return made if made.list == listed else in_list(made, listed)

    def _list_of(self, base: Member | None, ours: Member, theirs: Member) -> str:
        is_free = base is not None and ours.list == base.list and CELL not in chosen(base.fields, ours.fields)
        return theirs.list if is_free else ours.list

    def _is_open_waiver(self, base: Member) -> bool:
        """Whether the base keeps two versions of a waiver of which both sides have chosen one."""
        if base.list != "waivers":
            return False
        kept = self._sheets[0].fields.get("vision-conflict")
        others = [each.get("other") for each in kept if is_version(each)] if isinstance(kept, list) else []
        if not any(isinstance(each, Mapping) and _waived(each) == _waived(base.fields) for each in others):
            return False
        return all("waivers" in chosen(self._sheets[0].fields, sheet.fields) for sheet in self._sheets[1:])

    # two values of one field

    def _keep_clashes(self, ours: Member, theirs: Member, merged: Merged) -> None:
        for clash in merged.clashes:
            self._tell_clash(_quoted(ours), clash)
            if ours.list != "waivers":
                self._keep(
                    merged.fields, "conflict", Version(".".join(clash.path), clash.theirs, self._who), clash.base
                )
        if merged.clashes and ours.list == "waivers":  # a waiver has no room for it
            self._keep(self._found.root, "vision-conflict", Version("waivers", theirs.fields, self._who))

    def _clash_of_root(self, clash: Clash) -> None:
        root, head, name = self._found.root, clash.path[0], ".".join(clash.path)
        self._tell_clash("", clash)
        if head == "cell" and len(clash.path) > 2:
            table = dict(root["cell"][clash.path[1]])
            self._keep(table, "conflict", Version(".".join(clash.path[2:]), clash.theirs, self._who), clash.base)
            root["cell"] = {**root["cell"], clash.path[1]: table}
        elif head in HEADER_KEYS and not (self._sheets[1].shape.is_canvas and _OF_HEADERS.isdisjoint(root)):
            self._keep(root, "vision-conflict", Version(name, clash.theirs, self._who), clash.base)
        elif self._sheets[1].shape.is_canvas:
            self._keep(root, "canvas-conflict", Version(name, clash.theirs, self._who), clash.base)
        else:
            self._keep(root, "conflict", Version(name, clash.theirs, self._who), clash.base)

    def _keep(self, fields: dict[str, Any], key: str, version: Version, before: Any = None) -> None:
        """Beside the field in the file's own form; what else a person wrote under that key is theirs.

        In a rebase one commit after the other changes the field: a version that this one replaced goes.
        """
        there = fields.get(key)
        if there is None or isinstance(there, list):
            gone = (before, version.other)
            kept = [each for each in there or () if not _is_one_of(each, version.field, gone)]
            fields[key] = [*kept, version.table]

    # sentences

    def _tell(self, sentence: str) -> None:
        self._found.told.append(sentence)

    def _tell_clash(self, what: str, clash: Clash) -> None:
        self._found.conflicts += 1
        name = clean(".".join(clash.path))
        of = f"{what}: " if what else ""
        self._tell(f"{of}{name} is {_shown(clash.ours)} here and {_shown(clash.theirs)} there: both are kept, "
                   "choose one.")  # fmt: skip

    def _tell_stayed(self, what: str, merged: Merged) -> None:
        for path in merged.stayed:
            self._tell(f"{what + ': ' if what else ''}{clean('.'.join(path))} was taken out on one side and changed "
                       "on the other: it stays.")  # fmt: skip


def is_changed(base: Member, left: Member) -> bool:
    """Whether an element says something else, stands elsewhere, or has a comment that it had not."""
    if base.list != left.list or not same_values(base.fields, left.fields):
        return True
    if base.written == left.written:
        return False
    return bool(Counter(_comments(left)) - Counter(_comments(base)))


def _comments(member: Member) -> list[str]:
    if member.item is None:
        return comments_in(member.block)
    return [*member.item.all_comments, *comments_in(member.item.value)]


def in_list(member: Member, name: str) -> Member:
    """The element under the name of another list."""
    return in_form_of(member, Member(name, {}, item=member.item))


def _links_to(base: Member, rescued: Rescued) -> bool:
    """Whether it linked to something that stays although one side took it out."""
    if not rescued.ours and not rescued.theirs:
        return False
    return any(link in rescued.ours or link in rescued.theirs for link in links_of(base.fields))


def _links_of_root(sheet: Sheet) -> Iterator[str]:
    yield from links_of(sheet.fields)
    cells = sheet.fields.get("cell")
    for each in cells.values() if isinstance(cells, Mapping) else ():
        if isinstance(each, Mapping):
            yield from links_of(each)


def _is_one_of(kept: Any, name: str, values: Sequence[Any]) -> bool:
    is_of_field = is_version(kept) and kept["field"] == name and "other" in kept
    return is_of_field and any(same_values(kept["other"], value) for value in values)


def _waived(waiver: Mapping[str, Any]) -> tuple[Any, Any]:
    return waiver.get("rule"), waiver.get("element")


def _quoted(member: Member) -> str:
    for key in ("text", "title", "name", "id", "element"):
        if isinstance(value := member.fields.get(key), str) and value.strip():
            return f'"{clip(clean(value), _TOLD)}"'
    return f"An element of {clean(member.list)}"


def _shown(value: Any) -> str:
    said = clip(clean(as_read(value)), _TOLD)
    return f'"{said}"' if isinstance(value, str) else said
