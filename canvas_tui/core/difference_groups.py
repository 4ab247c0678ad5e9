"""Differences in the order a person reads them: grouped by canvas, plan and files, each with its words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from canvas_tui.core.difference_words import SentencePart, Sign, Told, Words
from canvas_tui.core.differences import Difference, Differences, What
from canvas_tui.core.elements import Kind
from canvas_tui.core.told import told_path
from canvas_tui.core.workspace import Workspace

_SIGNS: Mapping[What, tuple[Sign, str]] = {
    "added": ("+", "is new"), "removed": ("-", "is gone"), "changed": ("~", "is another now"),
}  # fmt: skip
WHOLE, PLAN, FILES = "The whole", "Goals and initiatives", "Files"


@dataclass(frozen=True, slots=True)
class DifferenceGroup:
    """The differences under one heading. `file` is the canvas's file, "" if the heading is not about one canvas."""

    title: str
    file: str
    told: tuple[Told, ...]

    @property
    def counts(self) -> Counter[str]:
        """The number of differences with each sign."""
        return Counter(each.sign for each in self.told)


def groups(
    found: Differences, before: Workspace, after: Workspace, laid_out: tuple[str, ...] = ()
) -> list[DifferenceGroup]:
    """All differences, in groups. `laid_out` are the files in which only the layout or the comments changed."""
    words = Words(before, after)
    whole = [*map(words.header, found.header), *(words.waiver(*each) for each in found.waivers)]
    plan = [words.element(each) for each in found.elements if each.item.kind in (Kind.GOAL, Kind.INITIATIVE)]
    files = list(_files(found, laid_out))
    every = [
        DifferenceGroup(WHOLE, "", tuple(whole)),
        DifferenceGroup(PLAN, "", tuple(plan)),
        *_canvases(found, words, after),
    ]
    return [group for group in (*every, DifferenceGroup(FILES, "", tuple(files))) if group.told]


def _canvases(found: Differences, words: Words, after: Workspace) -> Iterator[DifferenceGroup]:
    """A group for each canvas, as it is now; one that is gone or new as a whole is one line."""
    now = {(each.before.file, each.before.address): each.after for each in found.matching.pairs}
    by_canvas: dict[str, list[Difference]] = {}
    titles: dict[str, str] = {}
    for each in found.elements:
        item = each.item
        if item.canvas is None:
            continue
        file = item.file
        if each.after is None and (still := now.get((file, item.canvas.id))) is not None:
            item, file = still, still.file
        by_canvas.setdefault(file, []).append(each)
        titles.setdefault(file, item.canvas.title if item.canvas else file)
    for file, differences in by_canvas.items():
        yield DifferenceGroup(titles[file], file, tuple(_of_canvas(differences, words)))


def _of_canvas(differences: list[Difference], words: Words) -> Iterator[Told]:
    whole = next((each for each in differences if each.item.kind is Kind.CANVAS and each.what != "changed"), None)
    if whole is None:
        yield from map(words.element, differences)
        return
    told = words.element(whole)
    entries = sum(each.item.kind is Kind.ENTRY and each.what == whole.what for each in differences)
    verb = "is new" if whole.what == "added" else "is gone"
    count = f"{verb}, with {entries} {'entry' if entries == 1 else 'entries'}"
    yield Told(told.sign, told.subject, ((SentencePart("plain", count),), *told.sentences))
    yield from (words.element(each) for each in differences if each.what not in (whole.what,))


def _files(found: Differences, laid_out: tuple[str, ...]) -> Iterator[Told]:
    for was, now in found.files:
        renamed = (
            SentencePart("plain", "is called "),
            SentencePart("now", told_path(now)),
            SentencePart("plain", " now"),
        )
        yield Told(">", (SentencePart("plain", told_path(was)),), (renamed,))
    for what, name in found.models:
        sign, words = _SIGNS[what]
        yield Told(
            sign, (SentencePart("plain", "Model "), SentencePart("name", name)), ((SentencePart("plain", words),),)
        )
    for file, change in found.others:
        sign, words = _SIGNS["added" if change.before is None else "removed" if change.after is None else "changed"]
        said = (SentencePart("plain", f"{change.name} {words}; nothing reads it"),)
        yield Told(sign, (SentencePart("plain", told_path(file)),), (said,))
    for file in laid_out:
        yield Told(
            "~",
            (SentencePart("plain", told_path(file)),),
            ((SentencePart("plain", "only comments and layout changed"),),),
        )
