"""Three versions of a file made one: the way in. Bytes in, bytes out; the result says just what was decided, or fails.

The result is parsed and compared with what was decided before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from canvas_tui.core.elements import Kind
from canvas_tui.core.text import clean
from canvas_tui.core.values import same_values
from canvas_tui.storage.merge.assembly import Assembly
from canvas_tui.storage.merge.decisions import Decided, Decisions
from canvas_tui.storage.merge.members import differences
from canvas_tui.storage.merge.pairing import Names, names_of, renamed, triples
from canvas_tui.storage.merge.segments import missing_comments
from canvas_tui.storage.merge.sheet import Shape, Sheet, shape_of, sheet_of
from canvas_tui.storage.read.blocks import Path
from canvas_tui.storage.read.ours import is_ours
from canvas_tui.storage.read.syntax import BOM, NotToml, Parsed, parse_toml
from canvas_tui.storage.read.templates import builtin_templates
from canvas_tui.storage.write.patch import with_cell_field, with_root_field

_BOM = BOM.encode()


class CannotMerge(Exception):
    """The versions cannot be merged by element, and why: one is no TOML, or none is a part of a strategy."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a merge came to: the file, what was decided in sentences, and how many fields have two versions now."""

    data: bytes
    told: tuple[str, ...] = ()
    conflicts: int = 0


def merge_files(base: bytes, ours: bytes, theirs: bytes, who: str = "", *, is_header: bool = False) -> Outcome:
    """Merge three versions of one file; an absent base is b"". `who` is written beside what is kept of theirs.

    A file that is no header, and has nothing of a strategy in it, is somebody else's: it is not merged.

    Raises CannotMerge, with a sentence for each reason.
    """
    if ours == theirs or theirs == base:
        return Outcome(_valid("ours", ours))
    if ours == base:
        return Outcome(_valid("theirs", theirs))
    is_crlf = _is_crlf(ours)
    one, two, three = (_plain(data, is_needed=is_crlf) for data in (base, ours, theirs))
    if two in (three, one) or three == one:
        text, told, conflicts = (three if two == one else two).decode(), list[str](), 0
        _valid("theirs", text.encode())
    else:
        versions = (_parsed("base", one), _parsed("ours", two), _parsed("theirs", three))
        said = [each.data for each in versions if each.data]
        if said and not is_header and not any(is_ours(data, builtin_templates()) for data in said):
            raise CannotMerge("this file is no part of a strategy")
        shape = shape_of(each.data for each in versions)
        base_sheet, *sides = (sheet_of(each, shape) for each in versions)
        text, told, conflicts = _merged(base_sheet, sides[0], sides[1], who)
    data = text.replace("\n", "\r\n").encode() if is_crlf else text.encode()
    return Outcome((_BOM if ours.startswith(_BOM) else b"") + data, tuple(told), conflicts)


def _is_crlf(data: bytes) -> bool:
    """Whether every line ends in CRLF."""
    return b"\r\n" in data and data.count(b"\n") == data.count(b"\r\n")


def _plain(data: bytes, *, is_needed: bool) -> bytes:
    """Without byte order mark, and with LF at the end of lines where all lines of it or of ours end in CRLF."""
    data = data.removeprefix(_BOM)
    return data.replace(b"\r\n", b"\n") if is_needed or _is_crlf(data) else data


def _valid(which: str, data: bytes) -> bytes:
    _parsed(which, data)
    return data


def _parsed(which: str, data: bytes) -> Parsed:
    try:
        return parse_toml(which, data)
    except NotToml as problem:
        raise CannotMerge(str(problem)) from None


def _merged(base: Sheet, ours: Sheet, theirs: Sheet, who: str) -> tuple[str, list[str], int]:
    found = triples(base, ours, theirs)
    names = names_of(found, base, ours, theirs)
    before = [sheet.text for sheet in (base, ours, theirs)]
    base, ours, theirs = renamed(base, names.base), renamed(ours, names.ours), renamed(theirs, names.theirs)
    decided = Decisions(found, (base, ours, theirs), who).decide()
    decided.told += _told_of(names)
    text = _written(base, ours, theirs, decided)
    lost = missing_comments(before[0], before[1], before[2], text)
    if lost:
        end = "" if text.endswith("\n") or not text else "\n"
        text += end + "".join(f"{comment}\n" for comment in lost)
    return text, decided.told, decided.conflicts


def _told_of(names: Names) -> Iterator[str]:
    look = "and the links to it in this file follow; links to it in other files need a look."
    for old, new in names.fresh.items():
        yield f"Both sides gave something the id '{clean(old)}': theirs is '{clean(new)}' now, {look}"
    for theirs, ours in names.given_up.items():
        yield f"One element has the id '{clean(ours)}' here and '{clean(theirs)}' there: it keeps the first, {look}"


def _written(base: Sheet, ours: Sheet, theirs: Sheet, decided: Decided) -> str:
    assembly = Assembly(base, ours, theirs, decided)
    wanted = {name: [decided.stays[number].fields for number in order] for name, order in assembly.orders.items()}
    why = "the merge would not say what was meant - merge this file by hand"
    for is_plain in (False, True):
        text = assembly.text(is_plain=is_plain)
        try:
            now = parse_toml("merged", text.encode()).data
            text = _corrected(text, ours.shape.fields(now), decided.root)
            now = parse_toml("merged", text.encode()).data
        except (NotToml, LookupError, AssertionError) as problem:
            why = f"the merge would be no file that can be read: {problem}" if isinstance(problem, NotToml) else why
            continue
        if _says(now, ours.shape, decided.root, wanted):
            return text
    raise CannotMerge(why)


def _says(now: dict[str, Any], shape: Shape, root: dict[str, Any], lists: dict[str, list[dict[str, Any]]]) -> bool:
    said = {key: [{"text": each} if isinstance(each, str) else each for each in value]
            for key, value in now.items() if key in shape.lists and value}  # fmt: skip
    return same_values(_filled(shape.fields(now)), _filled(root)) and same_values(said, lists)


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty: a table that lost its last field may stand or go."""
    found: dict[str, Any] = {}
    waiting: list[tuple[dict[str, Any], Mapping[str, Any]]] = [(found, fields)]
    made: list[tuple[dict[str, Any], str]] = []
    while waiting:
        into, table = waiting.pop()
        for key, value in table.items():
            if isinstance(value, Mapping):
                into[key] = {}
                made.append((into, key))
                waiting.append((into[key], value))
            elif value != []:
                into[key] = value
    for into, key in reversed(made):
        if not into[key]:
            del into[key]
    return found


def _corrected(text: str, now: dict[str, Any], wanted: dict[str, Any]) -> str:
    """The text with every field of the root, and of the tables, that says something else than wanted written anew."""
    for path, value in _leaves(_filled(now), _filled(wanted)):
        if path[0] == "cell" and len(path) > 2:
            text = with_cell_field(text, path[1], path[2:], value)
        else:
            text = with_root_field(text, path, value, Kind.CANVAS if "model" in wanted else Kind.VISION)
    return text


def _leaves(now: dict[str, Any], wanted: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """As `differences`, with the fields of each cell one by one."""
    for path, value in differences(now, wanted):
        if path[0] == "cell" and len(path) < 3 and isinstance(value, dict):
            cells = value if len(path) == 1 else {path[1]: value}
            yield from ((("cell", cell, key), each) for cell, table in cells.items() for key, each in table.items())
        else:
            yield path, value
