"""Fuzz targets: any text in any field, and rows of edits on files as somebody may have written them.

Each takes the bytes and raises where an edit says something else than was asked, touches what it was not about, or
cannot be taken back to the byte. Owns no parser: what a file says is told by two that are not ours.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import tomli

from canvas_tui.core import edits
from canvas_tui.core.commands import AddEntry, Command, SetField
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import END, EditError, Place, ref_to
from canvas_tui.core.text import clean_input
from canvas_tui.core.typed import set_typed
from canvas_tui.core.workspace import Located, UnknownElement, Workspace
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.store import Done, Store
from canvas_tui.storage.write.text.verify import WriteMismatch
from tests.hostile import toml_string
from tests.promises.hostile.fuzz_painting import look_at
from tests.unit.test_store_properties import check_on_disk, check_second_opinion, check_untouched

SMALL = """\
# Written by hand.
name = "Plan"
vision = "All is well"   # said at the offsite
model = "swot"
id = "lean"

# the first
[[strengths]]
id = "one"
text = "One"   # we counted
note = 'a note'

[[strengths]]
text = "Two"

# theirs
[[weaknesses]]
text = "Three"
[cell.threats]
note = "none"   # yet

[[goals]]
id = "goal"
title = "A goal"
# the end
"""
_LONGEST = 4_000  # bytes of a file for rows of edits


def a_text(data: bytes, folder: Path) -> None:
    """The first byte says where the rest, a text, is put: in a file by hand, and by typing, pasting and scripts."""
    if not data:
        return
    text = data[1:].decode("utf-8", "surrogatepass" if data[0] & 0x80 else "replace") if _decodes(data) else ""
    path = folder / "one.toml"
    try:
        if data[0] & 7:
            _put_in(text, path, (data[0] & 7) - 1, has_id=bool(data[0] & 64))
        elif not any("\ud800" <= character <= "\udfff" for character in text):
            _written_by_hand(text, path)
    finally:
        path.unlink(missing_ok=True)


def _decodes(data: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        data[1:].decode("utf-8", "surrogatepass" if data[0] & 0x80 else "replace")
        return True
    return False


def _written_by_hand(text: str, path: Path) -> None:
    value = toml_string(text)
    path.write_text(
        f"name = {value}\nvision = {value}\nmodel = 'swot'\nid = {value}\ntitle = {value}\nteam = {value}\n"
        f"threats = [{value}]\n[[strengths]]\nid = {value}\ntext = {value}\nnote = {value}\nowner = {value}\n"
        f"evidence = [{value}]\nlinks = [{value}]\nstate = {value}\n{value} = {value}\n"
        f"[cell.threats]\nnote = {value}\n[[goals]]\nid = 'g'\ntitle = {value}\n"
        f"metric = {{ name = {value}, unit = {value} }}\n[[waivers]]\nrule = {value}\nelement = {value}\n"
        f"reason = {value}\nwho = {value}\n[rules.settings]\n{value} = {value}\n",
        encoding="ascii",
    )
    loaded = read_workspace(path)
    entry = next((entry for canvas in loaded.workspace.canvases for entry in canvas.cell("strengths").entries), None)
    assert entry is None or not entry.text or entry.text == text, "another text was read"
    look_at(loaded.workspace, path)


def _put_in(text: str, path: Path, way: int, *, has_id: bool) -> None:
    """By typing (cleaned as keys and pastes are), or by a script, which may hand over anything."""
    path.write_bytes(SMALL.encode())
    store = Store(read_workspace(path))
    item = store.workspace.get("one" if has_id else "lean/strengths/2")
    goal, cell = store.workspace.get("goal"), store.workspace.get("lean/threats")
    ways: tuple[tuple[Callable[[], Command], str], ...] = (
        (lambda: edits.change_text(item, text), edits.tidy(text)),
        (lambda: edits.add_entry("lean/threats", text), edits.tidy(text)),
        (lambda: edits.change_text(goal, text), edits.tidy(text)),
        (lambda: set_typed(store.workspace, cell, {"note": text}), clean_input(text, multiline=True).strip()),
        (lambda: AddEntry("lean/weaknesses", {"text": text, "note": text}), text),
        (lambda: SetField(ref_to(goal), "own key", text), text),
        (lambda: edits.add_goal(store.workspace, text), edits.tidy(text)),
    )
    make, meant = ways[way]
    with suppress(EditError):
        _do_and_undo(store, path, make(), meant)


def _do_and_undo(store: Store, path: Path, command: Command, meant: str) -> None:
    before = path.read_bytes()
    try:
        done = store.apply(command)
    except (EditError, UnknownElement):
        assert path.read_bytes() == before
        return
    except WriteMismatch:
        assert path.read_bytes() == before
        assert any("\ud800" <= character <= "\udfff" for character in meant), "a text of whole characters was refused"
        return
    after = path.read_bytes()
    check_second_opinion({"one.toml": after})
    check_untouched({"one.toml": before}, {"one.toml": after}, done)
    if done.changes:
        assert not meant or meant in list(_texts(tomli.loads(after.decode()))), f"{meant!r} is not in the file"
    look_at(store.workspace)
    store.apply(done.inverse, done.hint)
    assert path.read_bytes() == before, "undo did not restore the bytes"


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(each)


# rows of edits


def a_row(data: bytes, folder: Path) -> None:
    """The first four bytes are a seed of the edits; the rest is the file, used where it can be read."""
    chance, text = random.Random(data[:4]), _readable(data[4:])
    plan = folder / "row"
    plan.mkdir(exist_ok=True)
    path = plan / "one.toml"
    path.write_bytes(text)
    try:
        store = Store(read_workspace(path))
        if not any(document.is_readable for document in store.workspace.documents) or _is_odd(text):
            return
        row: list[tuple[Done, bytes]] = []
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            if row and chance.random() < 0.2:
                _take_back(store, path, *row.pop())
            elif (done := _one_edit(store, path, chance)) is not None:
                row.append(done)
        while row:
            _take_back(store, path, *row.pop())
        assert path.read_bytes() == text, "taking all of it back did not restore the bytes"
    finally:
        shutil.rmtree(plan)


def _readable(text: bytes) -> bytes:
    """The text without the tables and lines that make it no TOML: of what is left, an edit can be made."""
    kept = b""
    for part in re.split(rb"(?m)^(?=[ \t]*[\[#])", text[:_LONGEST]):
        for piece in (part, *part.splitlines(keepends=True)):
            try:
                tomli.loads((kept + piece).decode("utf-8-sig").replace("\r\n", "\n"))
            except (ValueError, RecursionError):
                continue
            kept += piece
            if piece is part:
                break
    return kept


def _is_odd(text: bytes) -> bool:
    """Whether the other parser has its own troubles with the file, or it holds nan, which is not even itself."""
    if len(text) > _LONGEST:  # it takes seconds for some
        return True
    try:
        check_second_opinion({"one.toml": text})
    except Exception:
        return True
    return b"nan" in text


def _take_back(store: Store, path: Path, done: Done, before: bytes) -> None:
    store.apply(done.inverse, done.hint)
    assert path.read_bytes() == before, "undo did not restore the bytes"


def _one_edit(store: Store, path: Path, chance: random.Random) -> tuple[Done, bytes] | None:
    before = path.read_bytes()
    try:
        command = _command(store.workspace, chance)
        if command is None:
            return None
        done = store.apply(command)
    except (EditError, UnknownElement):
        assert path.read_bytes() == before
        return None
    except WriteMismatch:  # told, and nothing written: what hand-written styles may not meet is tests/unit's
        assert path.read_bytes() == before
        return None
    if not path.exists():
        return done, before
    after = path.read_bytes()
    check_on_disk(store, path)
    check_second_opinion({"one.toml": after})
    if b'"""' not in before and b"'''" not in before:  # lines in a long text may look like comments
        check_untouched({"one.toml": before}, {"one.toml": after}, done)
    return done, before


_WORDS = (
    "Plain words",
    'He said "no"',
    "back\\slash",
    "# no comment",
    "a ] } , = b",
    "Grüße 日本語",
    "two\nlines",
    "'''",
    '"""',
)


def _command(workspace: Workspace, chance: random.Random) -> Command | None:
    items = list(workspace.elements())
    if not items:
        return edits.add_goal(workspace, chance.choice(_WORDS))
    item, other, word = chance.choice(items), chance.choice(items), chance.choice(_WORDS)
    cells = [each for each in items if each.kind is Kind.CELL]
    cells += [workspace.get(f"{each.id}/{cell}") for each in workspace.canvases if workspace.uses_of(each.id) == 1
              for cell in workspace.template(each).cell_ids]  # fmt: skip
    place = chance.choice((END, Place(after=ref_to(other)), Place(before=ref_to(other))))
    entry = item.kind is Kind.ENTRY
    match chance.randrange(10):
        case 0 | 1 if cells:
            fields: dict[str, Any] = {"text": word}
            if chance.random() < 0.4:
                fields |= {"links": ["goal"], "importance": 3}
            return AddEntry(chance.choice(cells).address, fields, place)
        case 2 if item.kind is not Kind.CELL:
            return edits.change_text(item, word)
        case 3 if entry and cells:
            return edits.move(item, chance.choice(cells).address, place)
        case 4 if entry:
            return edits.shift(item, chance.choice((-1, 1, 2)))
        case 5 if item.kind not in (Kind.CELL, Kind.VISION):
            return edits.remove(workspace, item)
        case 6:
            return edits.link(workspace, item, other)
        case 7:
            return edits.unlink(workspace, item, other)
        case 8:
            return _field(item, word, chance)
        case 9:
            return edits.add_goal(workspace, word)
    return None


def _field(item: Located, word: str, chance: random.Random) -> Command | None:
    if item.kind in (Kind.CANVAS, Kind.VISION):
        return None
    name = chance.choice(("note", "own", "metric.target", "own key", "x.y", "links"))
    value = chance.choice(([word], None, [])) if name == "links" else chance.choice((word, None, 7, True, [word, "b"]))
    return SetField(ref_to(item), name, value)
