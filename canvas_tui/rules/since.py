"""Compares two checks: which findings are new, which are gone, and which were there before. Pure.

Two findings are the same if they have the same rule and the same elements, even if those have other ids, files or
places now. Their words may differ (a date is nearer, a name was mended).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from canvas_tui.core.elements import Kind
from canvas_tui.core.matching import Matching
from canvas_tui.rules.finding import ElementAt, Finding, Report

Key = Callable[[Finding], Hashable]


@dataclass(frozen=True, slots=True)
class Since:
    """A later check compared with an earlier one: `new` and `still` are from the later, `gone` from the earlier."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    still: tuple[Finding, ...]


def since(before: Report, after: Report, matching: Matching) -> Since:
    """Compare the report `before` with the report `after`. `matching` matches the elements of both workspaces."""
    names = _Names(matching)
    keys: Sequence[tuple[Key, Key]] = (
        (lambda each: (_whole(each, names.then), each.message), lambda each: (_whole(each, names.now), each.message)),
        (lambda each: _whole(each, names.then), lambda each: _whole(each, names.now)),
    )
    old, new = list(before.findings), list(after.findings)
    for of_old, of_new in keys:
        old, new = _without_pairs(old, new, of_old, of_new)
    fresh = Counter(map(id, new))
    still = tuple(each for each in after.findings if id(each) not in fresh)
    return Since(tuple(new), tuple(old), still)


def _whole(finding: Finding, name: Callable[[ElementAt], Hashable]) -> Hashable:
    about, *others = finding.elements
    return finding.rule, name(about), frozenset(map(name, others))


def _without_pairs(
    old: Sequence[Finding], new: Sequence[Finding], of_old: Key, of_new: Key
) -> tuple[list[Finding], list[Finding]]:
    """Both lists without those that have one key; of several with one key as many as both have."""
    waiting: dict[Hashable, list[Finding]] = defaultdict(list)
    for each in old:
        waiting[of_old(each)].append(each)
    left = []
    for each in new:
        found = waiting.get(of_new(each))
        if found:
            found.pop(0)
        else:
            left.append(each)
    stay = {id(each) for found in waiting.values() for each in found}
    return [each for each in old if id(each) in stay], left


class _Names:
    """One name for each element, whichever of the two versions tells of it: what it is called in the later one."""

    def __init__(self, matching: Matching) -> None:
        pairs = matching.pairs
        self._elements = {
            (each.before.file, each.before.address): (each.after.file, each.after.address) for each in pairs
        }
        self._canvases = {
            each.before.address: each.after.address for each in pairs if each.before.kind is Kind.CANVAS
        }  # fmt: skip
        self._files = _files(matching)

    def now(self, element: ElementAt) -> Hashable:
        """Of an element of the later version."""
        return element.kind, element.file, element.id

    def then(self, element: ElementAt) -> Hashable:
        """Of an element of the earlier version."""
        file = self._files.get(element.file, element.file)
        found = self._elements.get((element.file, element.id))
        if found is not None:
            return element.kind, *found
        if element.id == element.file:
            return element.kind, file, file
        canvas, slash, rest = element.id.partition("/")  # a cell of which the file says nothing
        return element.kind, file, f"{self._canvases.get(canvas, canvas)}{slash}{rest}"


def _files(matching: Matching) -> Mapping[str, str]:
    """What each file is called later: where most of its elements are, unless it is still there."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in matching.pairs:
        counts[each.before.file][each.after.file] += 1
    return {
        file: file if file in count else max(sorted(count), key=lambda name: count[name])
        for file, count in counts.items()
    }
