"""One version of a file, cut into the stretches of text that belong to one thing each.

The stretches are: the root, every table, and every element of a list with the tables below it. Together with the gaps
between them (blank lines, and comments that belong to nobody) they make up the text again, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.core.schema import PLANNED_TABLES, SCHEMA
from canvas_tui.storage.read.blocks import Path, Scan
from canvas_tui.storage.read.document import HEADER_KEYS
from canvas_tui.storage.read.syntax import Parsed
from canvas_tui.storage.read.values import statements
from canvas_tui.storage.write.text import arrays
from canvas_tui.storage.write.text.arrays import Piece
from canvas_tui.storage.write.text.elements import NAMES, Lifted

_FIELDS = frozenset(spec.name for kind in (Kind.CANVAS, Kind.VISION) for spec in SCHEMA[kind]) | HEADER_KEYS

Form = Literal["block", "item"]


@dataclass(slots=True, eq=False)
class Member:
    """An element of a list: a goal, an entry, a waiver, a table of the future. `text` is its block."""

    list: str
    fields: dict[str, Any]
    block: str = ""
    item: Piece | None = None

    @property
    def form(self) -> Form:
        """How it is written: as a `[[block]]`, or as an item of an array."""
        return "block" if self.item is None else "item"

    @property
    def written(self) -> object:
        """Its text and comments: equal where nobody touched it."""
        return self.block if self.item is None else self.item

    def lifted(self) -> Lifted:
        """It as the writer carries it to another place."""
        return Lifted(self.fields, self.list, self.block or None, self.item)


@dataclass(slots=True, eq=False)
class Stretch:
    """What stands between two gaps: the root (path ()), a table, or an element. `gap` is what stands above it."""

    path: Path
    text: str
    gap: str = ""
    member: Member | None = None


class Shape(NamedTuple):
    """What kind of file it is, in all three versions together: whether a canvas, and which keys of the root are lists
    of elements. In one version alone `x = []` could be a list of either kind."""

    is_canvas: bool
    lists: frozenset[str]

    def is_cell(self, name: str) -> bool:
        """Whether a list holds entries, which may move to other cells."""
        return self.is_canvas and name not in NAMES and name not in PLANNED_TABLES

    def fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The root's fields: everything that is no list of elements."""
        return {key: value for key, value in data.items() if key not in self.lists}


def shape_of(versions: Iterable[Mapping[str, Any]]) -> Shape:
    """The shape of a file that has these versions."""
    tables = list(versions)
    is_canvas = any("model" in data for data in tables)
    names = dict.fromkeys(key for data in tables for key in data)
    found = [name for name in names if _is_list(name, [data[name] for data in tables if name in data], is_canvas)]
    return Shape(is_canvas, frozenset(found))


def _is_list(name: str, values: Sequence[Any], is_canvas: bool) -> bool:
    """Whether a key of the root is a list of elements: of tables, or in a canvas of texts as well."""
    if name in _FIELDS and name not in NAMES:
        return False
    may_be_texts = is_canvas and name not in NAMES
    if not all(isinstance(value, list) and all(_is_element(item, may_be_texts) for item in value) for value in values):
        return False
    return any(values) or name in NAMES or is_canvas


def _is_element(item: Any, may_be_text: bool) -> bool:
    return isinstance(item, dict) or (may_be_text and isinstance(item, str))


@dataclass(slots=True)
class Sheet:
    """A version. `stretches` begin with the root; `tail` is what stands below the last."""

    text: str
    data: dict[str, Any]
    shape: Shape
    stretches: list[Stretch]
    tail: str
    lists: dict[str, list[Member]] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        """The root's fields: everything that is no list of elements."""
        return self.shape.fields(self.data)


def sheet_of(parsed: Parsed, shape: Shape) -> Sheet:
    """A parsed version as a sheet."""
    found, text, data = parsed.scan, parsed.text, parsed.data
    ends = _root_end(text, found)
    stretches = [Stretch((), text[:ends])]
    lists: dict[str, list[Member]] = {key: [] for key in data if key in shape.lists}
    apart: list[tuple[Member, Stretch]] = []  # tables of an element that stand elsewhere
    latest: dict[str, Member] = {}
    for index, head in enumerate(found.heads):
        end = _end(text, found, index)
        start = _start(text, found, index, ends)
        each = Stretch(head.path, text[start:end], text[ends:start])
        ends = end
        name = head.path[0]
        owner = latest.get(name)
        if head.is_array and len(head.path) == 1 and name in lists:
            each.member = Member(name, data[name][len(lists[name])], each.text)
            lists[name].append(each.member)
            latest[name] = each.member
        elif owner is not None and stretches[-1].member is owner:
            stretches[-1].text += each.gap + each.text
            owner.block = stretches[-1].text
            continue
        elif owner is not None:
            apart.append((owner, each))
            continue
        elif head.is_array and stretches[-1].path[:1] == (name,):
            stretches[-1].text += each.gap + each.text  # a list below a table goes with it
            continue
        stretches.append(each)
    _bring_home(stretches, apart)
    for name, piece, fields in _items(text, found, data, lists):
        lists[name].append(Member(name, fields, item=piece))
    return Sheet(text, data, shape, stretches, text[ends:], lists)


def _bring_home(stretches: list[Stretch], apart: list[tuple[Member, Stretch]]) -> None:
    homes = {id(each.member): each for each in stretches if each.member is not None}
    for owner, each in apart:
        home = homes[id(owner)]
        home.text = f"{home.text.rstrip()}\n{each.gap}{each.text}"
        owner.block = home.text


def _items(
    text: str, found: Scan, data: dict[str, Any], lists: dict[str, list[Member]]
) -> Iterator[tuple[str, Piece, dict[str, Any]]]:
    """The items of every list that is written as an array of the root."""
    for each in statements(text, 0, found.root_end):
        name = each.key[0]
        if len(each.key) != 1 or name not in lists or text[each.value_start] != "[":
            continue
        for piece, value in zip(arrays.pieces(text, each.value_start), data[name], strict=True):
            yield name, piece, {"text": value} if isinstance(value, str) else value


def _root_end(text: str, found: Scan) -> int:
    """Where the root ends: behind its last statement and the comments directly below it."""
    own = statements(text, 0, found.root_end)
    return _with_comments(text, own[-1].end, _lead(text, found, 0)) if own else 0


def _start(text: str, found: Scan, index: int, floor: int) -> int:
    return max(_lead(text, found, index), floor)


def _end(text: str, found: Scan, index: int) -> int:
    """Where a block ends: behind its last line, and the comments directly below that."""
    upper = _lead(text, found, index + 1)
    lower = found.heads[index].end
    end = _last_line(text, lower, upper)
    if end is None:
        own = statements(text, lower, found.end_of(index))
        end = _with_comments(text, own[-1].end if own else lower, max(upper, own[-1].end if own else lower))
    return end


def _lead(text: str, found: Scan, index: int) -> int:
    """Where the comment lines directly above a header begin; the end of the text where there is no such header."""
    if index >= len(found.heads):
        return len(text)
    start = found.heads[index].start
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        line = text[above:start].lstrip(" \t")
        if not line.startswith("#") or '"""' in line or "'''" in line:
            break
        start = above
    return start


def _last_line(text: str, lower: int, upper: int) -> int | None:
    """Behind the last line of a block, found from below: what follows is blank lines and loose comments.

    None where the lines alone do not tell: a `#` may stand within a long text.
    """
    body = text[lower:upper]
    if "#" in body:
        return None
    stripped = body.rstrip(" \t\r\n")
    if not stripped:
        return lower
    newline = text.find("\n", lower + len(stripped))
    return newline + 1 if 0 <= newline < upper else upper


def _with_comments(text: str, end: int, upper: int) -> int:
    while end < upper:
        newline = text.find("\n", end)
        below = newline + 1 if newline >= 0 else len(text)
        if not text[end:below].lstrip(" \t").startswith("#"):
            break
        end = below
    return min(end, upper) if upper >= end else end
