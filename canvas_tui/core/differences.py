"""What is different between two versions of a workspace, element by element. Pure; the words for it are elsewhere.

Elements are found again by `matching`. Where a field's value is a table, each of its keys is a field of its own, such
as `metric.current`. The order of keys, comments and layout are no difference. Of a file that one of the versions could
not read, nothing is said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from canvas_tui.core.elements import Header, Kind, Waiver, split_link
from canvas_tui.core.matching import Matching, Pair, match_elements
from canvas_tui.core.schema import LINK_KEYS
from canvas_tui.core.template import Template
from canvas_tui.core.values import same
from canvas_tui.core.workspace import Document, Located, Workspace

What = Literal["added", "removed", "changed"]


class FieldChange(NamedTuple):
    """A field with its value before and after; None where there is none."""

    name: str
    before: Any
    after: Any


class LinkChange(NamedTuple):
    """A link that was added or removed, or whose pin is another. `target` is the address in the version that has it."""

    key: str
    what: Literal["added", "removed", "pinned"]
    target: str


class Whereabouts(NamedTuple):
    """Where an element stands: its file, and for an entry its canvas's title and its cell."""

    file: str
    canvas: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One element that is not what it was. An element that was added or removed is on one side only."""

    before: Located | None
    after: Located | None
    fields: tuple[FieldChange, ...] = ()
    links: tuple[LinkChange, ...] = ()
    new_id: tuple[str, str] | None = None  # what it was called, what it is called; "" for no id
    moved: tuple[Whereabouts, Whereabouts] | None = None
    is_reordered: bool = False

    @property
    def what(self) -> What:
        """Whether it was added, removed, or changed in any way."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def item(self) -> Located:
        """The element as it is now, or as it was last."""
        item = self.after or self.before
        assert item is not None
        return item


@dataclass(frozen=True, slots=True)
class Differences:
    """All of it. `header` are fields of the workspace as a whole; `files` are names a file had and has."""

    matching: Matching
    header: tuple[FieldChange, ...] = ()
    waivers: tuple[tuple[What, Waiver], ...] = ()
    elements: tuple[Difference, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, FieldChange], ...] = ()  # keys of a file that nothing here knows
    models: tuple[tuple[What, str], ...] = ()  # the workspace's own models

    def __bool__(self) -> bool:
        return bool(self.header or self.waivers or self.elements or self.files or self.others or self.models)


def differences(before: Workspace, after: Workspace) -> Differences:
    """What is different, in the order of the version after; what is gone comes where it stood before."""
    if not before.is_folder and not after.is_folder:
        before = _named_as(before, after)
    matching = match_elements(before.elements(), after.elements())
    files = _renamed_files(before, after, matching)
    comparison = _Comparison(matching, dict(files))
    olds, news = (each.header or Header({}) for each in (before, after))
    return Differences(
        matching,
        tuple(_fields(olds.fields, news.fields, ())),
        tuple(_waivers(olds.waivers, news.waivers)),
        tuple(_in_order(comparison.all(_unread(before), _unread(after)), before, after)),
        files,
        tuple(_others(before, after, dict(files))),
        tuple(_models(before.templates, after.templates)),
    )


class _Comparison:
    def __init__(self, matching: Matching, files: Mapping[str, str]) -> None:
        self._matching, self._files = matching, files
        self._ids = {each.before.address: each.after.address for each in matching.pairs}
        self._canvases = {
            id(each.before.canvas): id(each.after.canvas) for each in matching.pairs if each.before.kind is Kind.CANVAS
        }
        self._out_of_order = set(self._reordered())

    def all(self, unread_before: Container[str], unread_after: Container[str]) -> Iterator[Difference]:
        """Every difference, save of what stands in a file that only one version could read."""
        for number, pair in enumerate(self._matching.pairs):
            if pair.before.kind is not Kind.VISION and (found := self._of(number, pair)) is not None:
                yield found
        for item in self._matching.gone:
            if _counts(item) and self._files.get(item.file, item.file) not in unread_after:
                yield Difference(item, None)
        for item in self._matching.new:
            if _counts(item) and item.file not in unread_before:
                yield Difference(None, item)

    def _of(self, number: int, pair: Pair) -> Difference | None:
        old, new = pair.before, pair.after
        fields = tuple(_fields(old.element.fields, new.element.fields, ("id", *LINK_KEYS)))
        links, reordered = self._links(old, new)
        ids = tuple(each.element.text_field("id") for each in (old, new))
        found = Difference(
            old, new, fields + reordered, links,
            (ids[0], ids[1]) if ids[0] != ids[1] else None,
            None if self._is_at_home(pair) else (_place(old), _place(new)),
            number in self._out_of_order,
        )  # fmt: skip
        is_any = found.fields or found.links or found.new_id or found.moved or found.is_reordered
        return found if is_any else None

    def _links(self, old: Located, new: Located) -> tuple[tuple[LinkChange, ...], tuple[FieldChange, ...]]:
        """Links that changed, and lists of links that are in another order. A link follows what it names."""
        changes: list[LinkChange] = []
        reordered: list[FieldChange] = []
        for key in LINK_KEYS:
            was, now = (list(map(split_link, each.element.list_field(key))) for each in (old, new))
            was = [(self._ids.get(target, target), pin) for target, pin in was]
            then, here = Counter(target for target, _ in was), Counter(target for target, _ in now)
            changes += [LinkChange(key, "removed", target) for target in (then - here).elements()]
            changes += [LinkChange(key, "added", target) for target in (here - then).elements()]
            pins = dict(was)
            changes += [
                LinkChange(key, "pinned", target) for target, pin in now if target in pins and pin != pins[target]
            ]
            if then == here and [target for target, _ in was] != [target for target, _ in now]:
                reordered.append(FieldChange(key, old.element.list_field(key), new.element.list_field(key)))
        return tuple(changes), tuple(reordered)

    def _home(self, item: Located, *, is_before: bool) -> Hashable:
        """Where an element stands, the same for the same place in both versions."""
        if item.kind is Kind.ENTRY:
            canvas = id(item.canvas)
            return self._canvases.get(canvas, canvas) if is_before else canvas, item.cell
        if item.kind is Kind.CELL:
            return None
        return self._files.get(item.file, item.file) if is_before else item.file

    def _is_at_home(self, pair: Pair) -> bool:
        return self._home(pair.before, is_before=True) == self._home(pair.after, is_before=False)

    def _reordered(self) -> Iterator[int]:
        """The numbers of the pairs that another order has moved: as few as can be."""
        homes: dict[Hashable, list[int]] = defaultdict(list)
        for number, pair in enumerate(self._matching.pairs):
            if pair.before.index is not None and self._is_at_home(pair):
                homes[(pair.after.kind, self._home(pair.after, is_before=False))].append(number)
        for numbers in homes.values():
            yield from _outside_longest_run(numbers, [self._matching.pairs[each].before.index or 0 for each in numbers])


def _named_as(before: Workspace, after: Workspace) -> Workspace:
    """Two files that were named are two versions of one: their names, and the ids made of them, are no difference."""
    old, new = before.documents[0], after.documents[0]
    canvas = old.canvas
    if canvas is not None and new.canvas is not None and not (canvas.text_field("id") or new.canvas.text_field("id")):
        canvas = replace(canvas, id=new.canvas.id)
    return replace(before, documents=(replace(old, path=new.path, canvas=canvas),))


def _unread(workspace: Workspace) -> frozenset[str]:
    return frozenset(document.path for document in workspace.documents if not document.is_readable)


def _counts(item: Located) -> bool:
    """Whether an element that came or went is worth a word: a cell of which only its entries are written is none."""
    return item.kind is not Kind.VISION and (item.kind is not Kind.CELL or bool(item.element.fields))


def _outside_longest_run(numbers: Sequence[int], places: Sequence[int]) -> Iterator[int]:
    """Those of `numbers` whose place is not in the longest rising run of places."""
    tails: list[int] = []  # places of the ends of the best runs so far, and at which index each is
    ends: list[int] = []
    back: list[int] = []
    for index, place in enumerate(places):
        at = bisect_left(tails, place)
        back.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [index]
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = back[index]
    yield from (number for index, number in enumerate(numbers) if index not in kept)


def _place(item: Located) -> Whereabouts:
    if item.kind is Kind.ENTRY and item.canvas is not None:
        return Whereabouts(item.file, item.canvas.title, item.cell or "")
    return Whereabouts(item.file)


def _fields(before: Mapping[str, Any], after: Mapping[str, Any], but: Iterable[str]) -> Iterator[FieldChange]:
    old, new = _flat(before), _flat(after)
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        if name not in but and not same(one, other):
            yield FieldChange(name, one, other)


def _flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a table in a field beside the others: `metric.current`."""
    found: dict[str, Any] = {}
    for key, value in fields.items():
        if isinstance(value, Mapping):
            found.update({f"{key}.{part}": each for part, each in value.items()})
        else:
            found[key] = value
    return found


def _waivers(before: Sequence[Waiver], after: Sequence[Waiver]) -> Iterator[tuple[What, Waiver]]:
    left: dict[tuple[str, str], list[Waiver]] = defaultdict(list)
    for each in before:
        left[(each.rule, each.element)].append(each)
    for each in after:
        same_place = left.get((each.rule, each.element))
        if not same_place:
            yield "added", each
        elif not same(same_place.pop(0).fields, each.fields):
            yield "changed", each
    for rest in left.values():
        yield from (("removed", each) for each in rest)


def _renamed_files(before: Workspace, after: Workspace, matching: Matching) -> tuple[tuple[str, str], ...]:
    """Files that are gone, with the new ones in which most of what they held stands."""
    olds, news = ({each.path for each in workspace.documents} for workspace in (before, after))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in matching.pairs:
        if each.before.file not in news and each.after.file not in olds:
            counts[each.before.file][each.after.file] += 1
    return tuple((file, max(sorted(count), key=count.__getitem__)) for file, count in sorted(counts.items()))


def _others(before: Workspace, after: Workspace, files: Mapping[str, str]) -> Iterator[tuple[str, FieldChange]]:
    olds = {files.get(each.path, each.path): each for each in before.documents}
    news = {each.path: each for each in after.documents}
    for path in sorted(olds.keys() | news.keys()):
        old, new = (each.get(path, Document(path)).extra for each in (olds, news))
        for name in dict.fromkeys((*old, *new)):
            if not same(old.get(name), new.get(name)):
                yield path, FieldChange(name, old.get(name), new.get(name))


def _models(before: Mapping[str, Template], after: Mapping[str, Template]) -> Iterator[tuple[What, str]]:
    if before is after:  # the built-in ones, on both sides
        return
    for name in sorted({*before, *after}):
        if name not in before or name not in after:
            yield "removed" if name in before else "added", name
        elif before[name] != after[name]:
            yield "changed", name


def _in_order(found: Iterable[Difference], before: Workspace, after: Workspace) -> list[Difference]:
    """By file, kind and place in the version after; of what is gone, in the version before."""
    documents = [each.path for each in after.documents]
    documents += [each.path for each in before.documents if each.path not in set(documents)]
    order = {path: number for number, path in enumerate(documents)}

    def key(each: Difference) -> tuple[int, int, int, bool]:
        item = each.item
        return order[item.file], item.line, item.index or 0, each.after is not None

    return sorted(found, key=key)
