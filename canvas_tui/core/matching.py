"""Which element of one version is which element of another: by id, by text, by a text much like it, by place.

Pure, and made for thousands. What changed is then for others to say: `diff` in words, `merge` three ways.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from canvas_tui.core.elements import Canvas, Entry, Kind
from canvas_tui.core.likeness import stems
from canvas_tui.core.workspace import Located

How = Literal["id", "text", "alike", "place"]

ALIKE = 0.5  # of the stems of both texts together, so many in common: "Late payment" and "Very late payment"
_RARE = 60  # stems that more texts have than this lead to no candidates: they say too little, and cost too much


class Thing(NamedTuple):
    """What one thing is known by. Only things of one `sort` are matched with each other.

    `home` is where it stands (a cell, a file), equal for the same place in both versions; `name` is its id, or "".
    `known` tells whether the name is written down: one that was made of the text may change with it.
    """

    sort: Hashable
    home: Hashable
    name: str
    text: str
    known: bool = True


class Match(NamedTuple):
    """Two things that are one, by their places in the two sequences, and how that was found."""

    before: int
    after: int
    by: How


@dataclass(frozen=True, slots=True)
class Pair:
    """An element in both versions."""

    before: Located
    after: Located
    by: How


@dataclass(frozen=True, slots=True)
class Matching:
    """Two versions held against each other: what both have, what is gone, what is new.

    `pairs` and `new` are in the order of the version after, `gone` in that of the version before.
    """

    pairs: tuple[Pair, ...]
    gone: tuple[Located, ...]
    new: tuple[Located, ...]


def match_elements(before: Iterable[Located], after: Iterable[Located]) -> Matching:
    """Match the elements of two versions of a document or a workspace: give `elements()` of both.

    Entries are found again in another cell, canvas or file; goals and initiatives in another file.
    """
    old, new = list(before), list(after)
    homes = _same_canvases(old, new)
    first, second = _things(old, homes[0]), _things(new, homes[1])
    found = sorted(match_things(first, second), key=lambda each: each.after)
    paired, still = {each.before for each in found}, {each.after for each in found}
    return Matching(
        tuple(Pair(old[each.before], new[each.after], each.by) for each in found),
        tuple(item for index, item in enumerate(old) if index not in paired),
        tuple(item for index, item in enumerate(new) if index not in still),
    )


def match_things(before: Sequence[Thing], after: Sequence[Thing]) -> list[Match]:
    """Match two sequences, the surest first. Of several that are equally likely, in their order."""
    matcher = _Matcher(before, after)
    matcher.by_key("id", lambda each: (each.sort, each.name) if each.name else None)
    matcher.by_key("text", lambda each: (each.sort, each.home, each.text) if each.text else None)
    matcher.by_key("text", lambda each: (each.sort, each.text) if each.text else None, may_rename=False)
    matcher.by_likeness()
    matcher.by_place()
    return matcher.found


class _Matcher:
    """Two sequences on their way to be matched; what is found once is not looked at again."""

    def __init__(self, before: Sequence[Thing], after: Sequence[Thing]) -> None:
        self._before, self._after = before, after
        self._old: dict[int, Thing] = dict(enumerate(before))  # what is still without a partner
        self._new: dict[int, Thing] = dict(enumerate(after))
        self.found: list[Match] = []

    def _pair(self, before: int, after: int, by: How) -> None:
        self.found.append(Match(before, after, by))
        del self._old[before], self._new[after]

    def by_key(self, by: How, key: Callable[[Thing], Hashable | None], *, may_rename: bool = True) -> None:
        """Pair what has the same key, in order; without `may_rename` not where two different ids are written down."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for index, each in self._old.items():
            if (wanted := key(each)) is not None:
                waiting[wanted].append(index)
        for places in waiting.values():
            places.reverse()
        for index, each in tuple(self._new.items()):
            left = waiting.get(wanted) if (wanted := key(each)) is not None else None
            if left and (may_rename or not _are_two(self._before[left[-1]], each)):
                self._pair(left.pop(), index, by)

    def by_likeness(self) -> None:
        """Pair what says much the same in one home, the most alike first. Two different ids are two things."""
        words = {index: stems(each.text) for index, each in self._old.items()}
        holders: dict[Hashable, list[int]] = defaultdict(list)
        for index, own in words.items():
            for stem in own:
                holders[(self._old[index].sort, self._old[index].home, stem)].append(index)
        scored = []
        for index, each in self._new.items():
            own = stems(each.text)
            lists = (holders.get((each.sort, each.home, stem), ()) for stem in sorted(own))
            for other in {other for held in lists if len(held) <= _RARE for other in held}:
                alike = len(own & words[other]) / len(own | words[other])
                if alike >= ALIKE and not _are_two(self._old[other], each):
                    scored.append((-alike, abs(other - index), other, index))
        for _, _, other, index in sorted(scored):
            if other in self._old and index in self._new:
                self._pair(other, index, "alike")

    def by_place(self) -> None:
        """Pair what has neither id nor text to be known by and stands between the same two neighbours, one for one."""
        partner = {each.before: each.after for each in self.found}
        old, new = _by_home(self._before), _by_home(self._after)
        for home, places in old.items():
            known = {index: place for place, index in enumerate(new.get(home, ()))}
            for run, lower, upper in _runs(places, partner, known):
                between = new[home][lower:upper] if home in new else []
                if len(between) == len(run) and all(self._is_nameless(a, b) for a, b in zip(run, between, strict=True)):
                    for one, other in zip(run, between, strict=True):
                        self._pair(one, other, "place")

    def _is_nameless(self, before: int, after: int) -> bool:
        is_free = before in self._old and after in self._new
        return is_free and not any(each.name and each.known for each in (self._before[before], self._after[after]))


def _are_two(one: Thing, other: Thing) -> bool:
    return bool(one.name and other.name) and one.known and other.known and one.name != other.name


def _by_home(things: Sequence[Thing]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index, each in enumerate(things):
        found[(each.sort, each.home)].append(index)
    return found


def _runs(
    places: Sequence[int], partner: dict[int, int], known: dict[int, int]
) -> Iterator[tuple[list[int], int, int]]:
    """The runs of things without a partner, each with where it would stand in the other version: (run, from, to)."""
    run: list[int] = []
    lower = 0
    for index in places:
        where = known.get(partner[index]) if index in partner else None
        if index not in partner:
            run.append(index)
        elif where is not None:
            if run:
                yield run, lower, where
            run, lower = [], where + 1
    if run:
        yield run, lower, len(known)


def _same_canvases(old: Sequence[Located], new: Sequence[Located]) -> tuple[dict[int, int], dict[int, int]]:
    """A number for every canvas of both versions, by the identity of the Canvas; the same number is the same canvas."""
    olds, news = ([each for each in items if each.kind is Kind.CANVAS] for items in (old, new))
    rounds = (
        lambda each: (each.file, each.address), lambda each: each.address, lambda each: each.file,
        lambda each: (each.element.text_field("model"), each.text),  # an id made of the file's name went with it
    )  # fmt: skip
    first = {id(each.element): number for number, each in enumerate(olds)}
    second: dict[int, int] = {}
    taken: set[int] = set()
    for key in rounds:
        waiting: dict[Hashable, int] = {}
        for each in reversed(olds):
            if first[id(each.element)] not in taken:
                waiting[key(each)] = first[id(each.element)]
        for each in news:
            number = waiting.pop(key(each), None) if id(each.element) not in second else None
            if number is not None:
                second[id(each.element)] = number
                taken.add(number)
    for number, each in enumerate(news, len(olds)):
        second.setdefault(id(each.element), number)
    return first, second


def _things(items: Sequence[Located], numbers: dict[int, int]) -> list[Thing]:
    return [_thing(item, numbers) for item in items]


def _thing(item: Located, numbers: dict[int, int]) -> Thing:
    canvas = numbers[id(item.canvas)] if item.canvas is not None else None
    match item.element:
        case Entry() as entry:
            return Thing(Kind.ENTRY, (canvas, item.cell), entry.id or "", entry.text)
        case Canvas():
            return Thing(Kind.CANVAS, None, str(canvas), "")
    if item.kind is Kind.CELL:
        return Thing(Kind.CELL, None, f"{canvas}/{item.cell}", "")
    if item.kind is Kind.VISION:
        return Thing(Kind.VISION, None, item.address, "")
    return Thing(item.kind, item.file, item.address, item.text, "id" in item.element.fields)
