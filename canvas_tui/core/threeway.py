"""Three versions of a table made one, field by field: what only one side changed counts, and lists go item by item.

Pure, on plain TOML values. What both changed to two values is a clash: ours stands in the result, and the clash says
what theirs was, so that nothing is lost. What one side took out and the other changed stays as it was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from canvas_tui.core.elements import split_link
from canvas_tui.core.ordering import merge_order
from canvas_tui.core.schema import LINK_KEYS
from canvas_tui.core.values import same_values
from canvas_tui.core.versions import KEPT_KEYS, is_version

Path = tuple[str, ...]

_NAMES = ("id", "title", "text", "name", "url")  # what an item of a list of tables is known by


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that the two sides gave two values."""

    path: Path
    ours: Any
    theirs: Any
    base: Any = field(default=None, compare=False)


@dataclass(slots=True)
class Merged:
    """The table made of three, the clashes in it, and the fields that one side took out and the other changed.

    `by_ours` and `by_theirs` are the fields whose conflict in the base that side has settled.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    stayed: list[Path] = field(default_factory=list)
    by_ours: set[str] = field(default_factory=set)
    by_theirs: set[str] = field(default_factory=set)


class Rescued(NamedTuple):
    """The ids of elements that stay although one side took them out: what we took out, and what they did."""

    ours: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()


NOBODY = Rescued()


def merge_fields(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], rescued: Rescued = NOBODY
) -> Merged:
    """One table of three. A link that went because its target was taken out stays where the target is rescued."""
    found = Merged()
    found.fields = _table(found, (), _Three(base, ours, theirs), rescued)
    return found


def chosen(base: Mapping[str, Any], side: Mapping[str, Any]) -> set[str]:
    """The fields for which one side settled what the base kept as a conflict, as that names them (`metric.current`).

    Such a side has decided, even where its value is that of the base.
    """
    found: set[str] = set()
    for key in KEPT_KEYS & base.keys():
        kept, left = base[key], side.get(key)
        still = [repr(each) for each in left] if isinstance(left, list) else []
        for each in kept if isinstance(kept, list) else ():
            if is_version(each) and repr(each) not in still:
                found.add(each["field"])
    return found


class _Three(NamedTuple):
    """One value in three versions; None where it is absent."""

    base: Any
    ours: Any
    theirs: Any


def _table(found: Merged, path: Path, three: _Three, rescued: Rescued) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for side, choices in ((three.ours, found.by_ours), (three.theirs, found.by_theirs)):
        choices |= {".".join((*path, name)) for name in chosen(three.base, side)}
    for key in dict.fromkeys((*three.ours, *three.theirs)):
        each = _Three(three.base.get(key), three.ours.get(key), three.theirs.get(key))
        value = _value(found, (*path, key), each, rescued)
        if value is not None:
            merged[key] = value
    return merged


def _value(found: Merged, path: Path, three: _Three, rescued: Rescued) -> Any:
    base, ours, theirs = three
    if _are_two_choices(found, path, three):
        found.clashes.append(Clash(path, ours, theirs, base))
        return ours
    may_be_rescued = rescued != NOBODY and path[-1] in LINK_KEYS
    below = ".".join((*path, ""))
    is_chosen_within = any(each.startswith(below) for each in found.by_ours | found.by_theirs)
    if not may_be_rescued and not is_chosen_within and (only := _one_sided(three)) is not None:
        return only[0]
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        before = base if isinstance(base, Mapping) else {}
        return _table(found, path, _Three(before, ours, theirs), rescued)
    if (items := _items(found, path, three, rescued)) is not None:
        return items or (ours if ours == [] else None)
    if may_be_rescued and isinstance(base, str) and (stays := _rescued(base, three, rescued)) is not None:
        return stays
    if (only := _one_sided(three)) is not None:
        return only[0]
    if ours is None or theirs is None:
        found.stayed.append(path)
        return theirs if ours is None else ours
    found.clashes.append(Clash(path, ours, theirs, base))
    return ours


def _are_two_choices(found: Merged, path: Path, three: _Three) -> bool:
    """Whether a conflict that the base kept of this value was settled by one side, and otherwise by the other."""
    base, ours, theirs = three
    name = ".".join(path)
    if name not in found.by_ours | found.by_theirs or ours is None or theirs is None or same_values(ours, theirs):
        return False
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return False  # field by field
    has_ours = name in found.by_ours or not same_values(ours, base)
    return has_ours and (name in found.by_theirs or not same_values(theirs, base))


def _one_sided(three: _Three) -> tuple[Any] | None:
    """The value, where both have the same or only one side changed it."""
    base, ours, theirs = three
    if same_values(ours, theirs) or same_values(theirs, base):
        return (ours,)
    return (theirs,) if same_values(ours, base) else None


def _items(found: Merged, path: Path, three: _Three, rescued: Rescued) -> list[Any] | None:
    """A list, item by item; None where these are no lists of texts or tables."""
    if not any(isinstance(each, list) for each in three[1:]):
        return None
    lists = [[] if each is None else each for each in three]
    if any(not isinstance(each, list) or not all(isinstance(item, (str, Mapping)) for item in each) for each in lists):
        return None
    key_of = _key_of(path[-1])
    base, ours, theirs = (dict(_numbered(items, key_of)) for items in lists)
    stays: dict[Hashable, Any] = {}
    inner = Merged()
    for key in {**ours, **theirs}:
        each = _Three(base.get(key), ours.get(key), theirs.get(key))
        value = _item(inner, path, each)
        if value is None and path[-1] in LINK_KEYS:
            value = _rescued(str(each.base), each, rescued)
        if value is not None:
            stays[key] = value
    if inner.clashes:
        found.clashes.append(Clash(path, three.ours, three.theirs, three.base))
    return [stays[key] for key in merge_order(list(base), list(ours), list(theirs), stays)]


def _rescued(link: str, three: _Three, rescued: Rescued) -> Any:
    """A link that one side took out along with its target, which stays; None where it is no such link."""
    target = split_link(link)[0]
    if three.ours is None and target in rescued.ours:
        return three.theirs
    return three.ours if three.theirs is None and target in rescued.theirs else None


def _item(found: Merged, path: Path, three: _Three) -> Any:
    """One item; what was taken out and changed stays, and of two new pins of one link ours counts."""
    if (only := _one_sided(three)) is not None:
        return only[0]
    if isinstance(three.ours, Mapping) and isinstance(three.theirs, Mapping):
        below = three.base if isinstance(three.base, Mapping) else {}
        return _table(found, path, _Three(below, three.ours, three.theirs), NOBODY)
    return three.theirs if three.ours is None else three.ours


def _numbered(items: Sequence[Any], key_of: Callable[[Any], Hashable]) -> Iterator[tuple[Hashable, Any]]:
    seen: dict[Hashable, int] = {}
    for item in items:
        key = key_of(item)
        seen[key] = seen.get(key, 0) + 1
        yield (key, seen[key]), item


def _key_of(name: str) -> Callable[[Any], Hashable]:
    if name in LINK_KEYS:
        return lambda item: split_link(item)[0] if isinstance(item, str) else repr(item)
    if name in KEPT_KEYS:
        return repr
    return lambda item: item if isinstance(item, str) else _table_key(item)


def _table_key(table: Mapping[str, Any]) -> Hashable:
    for name in _NAMES:
        if isinstance(value := table.get(name), str) and value:
            return (name, value)
    return repr(table)
