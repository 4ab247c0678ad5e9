"""Puts differences into words: a subject, and sentences about it. Pure; a screen or a page lays them out.

A sentence is a tuple of parts, so that a screen can give names a style and mark words that were taken out or put in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from canvas_tui.core.cutting import beginning
from canvas_tui.core.differences import Difference, FieldChange, LinkChange, Whereabouts
from canvas_tui.core.elements import Kind, Waiver
from canvas_tui.core.schema import LINK_KEYS, FieldSpec, field_spec
from canvas_tui.core.toml_words import evidence_as_read, shown
from canvas_tui.core.versions import kept_key
from canvas_tui.core.word_marks import MarkedPiece, marked
from canvas_tui.core.workspace import Located, Workspace

_NAMING = ("text", "title", "vision")  # what an element is known by
_LONGEST = 100  # characters of a name in a sentence
_MOST = 300  # characters shown of an unchanged stretch of text
Sign = Literal["+", "-", "~", ">"]  # added, removed, changed, moved


class SentencePart(NamedTuple):
    """A part of a sentence: plain words, a name, a value before (`was`) or after (`now`), or words that were taken out
    of a text (`cut`) or put into it (`put`). The last two cannot be understood without a mark."""

    kind: Literal["plain", "name", "was", "now", "cut", "put"]
    text: str


Sentence = tuple[SentencePart, ...]


class Told(NamedTuple):
    """What is said of one element or file. Without sentences the sign says it all: `+` it is new, `-` it is gone."""

    sign: Sign
    subject: Sentence
    sentences: tuple[Sentence, ...] = ()


_LINK_WORDS: Mapping[str, tuple[str, str]] = {
    "links": ("is now linked with ", "is no longer linked with "),
    "parent": ("is now part of ", "is no longer part of "),
    "depends-on": ("now depends on ", "no longer depends on "),
    "promotes": ("now promotes ", "no longer promotes "),
}
_HEADER = {"vision": "The vision", "name": "The name", "format": "The format", "ignore": "What is passed over"}


class Words:
    """Puts into words what is different between two versions of a workspace."""

    def __init__(self, before: Workspace, after: Workspace) -> None:
        self._before, self._after = before, after

    def element(self, found: Difference) -> Told:
        """What is said of one element."""
        subject = self._subject(found.item, self._after if found.after else self._before)
        if found.before is None or found.after is None:
            return Told("+" if found.before is None else "-", subject, self._links_of_new(found))
        sentences = [
            *self._identity(found), *self._whereabouts(found),
            *(_field(found.item.kind, each) for each in found.fields), *map(self._link, found.links),
        ]  # fmt: skip
        only_moved = (found.moved or found.is_reordered) and len(sentences) == 1
        return Told(">" if only_moved else "~", subject, tuple(sentences))

    def header(self, change: FieldChange) -> Told:
        """What is said of a field of the workspace as a whole."""
        subject = _HEADER.get(change.name, change.name)
        return Told(_sign(change), (_plain(subject),), (_field(Kind.VISION, change, is_subject=True),))

    def waiver(self, what: str, waiver: Waiver) -> Told:
        """What is said of a waiver that was added or removed."""
        item = self._after.find(waiver.element) or self._before.find(waiver.element)
        name = self._name(item) if item else SentencePart("name", waiver.element)
        sign: Sign = "+" if what == "added" else "-" if what == "removed" else "~"
        return Told(sign, (_plain(f"Waiver of {waiver.rule} for "), name))

    def _subject(self, item: Located, workspace: Workspace) -> Sentence:
        if item.kind is Kind.ENTRY and item.canvas is not None:
            return _plain(f"{cell_title(workspace, item)} "), self._name(item)
        if item.kind is Kind.CELL:
            return _plain("Cell "), SentencePart("name", cell_title(workspace, item))
        return _plain(f"{item.kind.value.capitalize()} "), self._name(item)

    def _name(self, item: Located) -> SentencePart:
        return SentencePart("name", beginning(" ".join(beginning(item.text).split()), _LONGEST) or item.address)

    def _target(self, address: str) -> SentencePart:
        item = self._after.find(address) or self._before.find(address)
        return self._name(item) if item is not None else SentencePart("name", address)

    def _links_of_new(self, found: Difference) -> tuple[Sentence, ...]:
        """Sentences about the links of a new element; none for an element that is gone."""
        if found.after is None:
            return ()
        element = found.after.element
        links = (
            LinkChange(key, "added", link.partition("@")[0]) for key in LINK_KEYS for link in element.list_field(key)
        )
        return tuple(map(self._link, links))

    def _link(self, change: LinkChange) -> Sentence:
        if change.what == "pinned":
            return _plain("its link with "), self._target(change.target), _plain(" has another pin")
        return _plain(_LINK_WORDS[change.key][change.what == "removed"]), self._target(change.target)

    def _identity(self, found: Difference) -> Iterator[Sentence]:
        if found.new_id is not None:
            was, now = found.new_id
            if was and now:
                yield _plain("its id changed from "), SentencePart("was", was), _plain(" to "), SentencePart("now", now)
            elif now:
                yield _plain("has the id "), SentencePart("now", now), _plain(" now")
            else:
                yield _plain("has no id any more, it was "), SentencePart("was", was)

    def _whereabouts(self, found: Difference) -> Iterator[Sentence]:
        if found.before is None or found.after is None:
            return
        if found.moved is not None:
            was, now = found.moved
            with_canvas = was.canvas != now.canvas
            yield (
                _plain("moved from "), SentencePart("was", self._place(was, found.before, with_canvas, self._before)),
                _plain(" to "), SentencePart("now", self._place(now, found.after, with_canvas, self._after)),
            )  # fmt: skip
        elif found.is_reordered and found.before.index is not None and found.after.index is not None:
            yield (_plain(f"moved from place {found.before.index + 1} to place {found.after.index + 1}"),)

    def _place(self, place: Whereabouts, item: Located, with_canvas: bool, workspace: Workspace) -> str:
        if not place.cell:
            return place.file
        title = cell_title(workspace, item)
        return f"{place.canvas}, {title}" if with_canvas else title


def cell_title(workspace: Workspace, item: Located) -> str:
    """The title of the cell that an entry is in, or that this is."""
    spec = workspace.cell_spec(item.canvas, item.cell) if item.canvas is not None and item.cell else None
    return spec.title if spec is not None else (item.cell or "").replace("-", " ").capitalize()


_MARKS = {"name": ("“", "”"), "cut": ("[-", "-]"), "put": ("{+", "+}")}


def plain(sentence: Iterable[SentencePart]) -> str:
    """A sentence in one line of text: names in quotes, words that were cut as `[-old-]` and put in as `{+new+}`."""
    return "".join(f"{before}{part.text}{after}" for part in sentence for before, after in [marks_of(part)])


def marks_of(part: SentencePart) -> tuple[str, str]:
    """The marks before and after a part, so that no colour is needed to read it."""
    return _MARKS.get(part.kind, ("", ""))


def _field(kind: Kind, change: FieldChange, *, is_subject: bool = False) -> Sentence:
    """What is said of a field; its name is left out where it is the subject already."""
    spec = field_spec(kind, change.name)
    label = "" if is_subject else f"{_label(kind, change.name, spec)} "
    was, now = change.before, change.after
    if change.name == kept_key(kind):
        return (_plain("has another version that somebody has to settle" if now else "its other version is settled"),)
    if change.name in LINK_KEYS:
        return (_plain(f"{label}stand in another order"),)
    if was is None or was == "":
        return _plain(f"{label}is now "), SentencePart("now", _shown(now))
    if now is None or now == "":
        return _plain(f"{label}is gone, it was "), SentencePart("was", _shown(was))
    if isinstance(was, list) and isinstance(now, list):
        return _plain(label), *_list(was, now)
    if isinstance(was, str) and isinstance(now, str) and (_is_prose(spec) or " " in was + now):
        pieces = marked(was, now)
        if any(piece.kind == "same" and piece.text.strip() for piece in pieces):
            begins = "now reads: " if is_subject or change.name in _NAMING else f"{label}now reads: "
            return _plain(begins), *map(_piece, pieces)
    verb = "moved" if isinstance(was, date) and isinstance(now, date) else "changed"
    return (
        _plain(f"{label}{verb} from "),
        SentencePart("was", _shown(was)),
        _plain(" to "),
        SentencePart("now", _shown(now)),
    )


def _piece(piece: MarkedPiece) -> SentencePart:
    if piece.kind == "same":
        text = piece.text
        return _plain(text if len(text) <= _MOST else f"{text[: _MOST // 2]} … {text[-_MOST // 2 :]}")
    return SentencePart("cut" if piece.kind == "was" else "put", beginning(piece.text))


def _is_prose(spec: FieldSpec | None) -> bool:
    """Whether a field holds sentences, of which single words are marked."""
    return spec is not None and spec.type in ("text", "line")


def _label(kind: Kind, name: str, spec: FieldSpec | None) -> str:
    """A field's label in the middle of a sentence; the key where the schema has none."""
    if spec is None or "." in name:
        return name.replace(".", " ")
    return spec.label[0].lower() + spec.label[1:]


def _list(was: Sequence[Any], now: Sequence[Any]) -> Iterator[SentencePart]:
    old, new = (Counter(map(_item, each)) for each in (was, now))
    changes = [("has lost ", "was", each) for each in (old - new).elements()]
    changes += [("has got ", "now", each) for each in (new - old).elements()]
    if not changes:
        yield _plain("stands in another order")
    for number, (verb, kind, text) in enumerate(changes):
        yield _plain(f"{', ' if number else ''}{verb}")
        yield SentencePart("was" if kind == "was" else "now", text)


def _item(value: Any) -> str:
    return evidence_as_read(value) if isinstance(value, Mapping) else shown(value)


def _shown(value: object) -> str:
    return beginning("; ".join(map(_item, value)) if isinstance(value, (list, tuple)) else shown(value))


def _sign(change: FieldChange) -> Sign:
    return "+" if change.before is None else "-" if change.after is None else "~"


def _plain(text: str) -> SentencePart:
    return SentencePart("plain", text)
