"""Random edits on files in many hand-written styles: what lossless writing promises, looked for by hypothesis."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from canvas_tui.core import edits
from canvas_tui.core.changes import Change
from canvas_tui.core.commands import AddEntry, Batch, Command, SetField
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import END, EditError, Place, ref_to
from canvas_tui.core.schema import SCHEMA
from canvas_tui.core.settling import keep
from canvas_tui.core.typed import set_typed
from canvas_tui.core.versions import Version
from canvas_tui.core.waiving import RemoveWaiver, waive
from canvas_tui.core.workspace import Located, UnknownElement, Workspace
from canvas_tui.storage.read import Loaded, read_workspace
from canvas_tui.storage.write.store import Done, Store
from canvas_tui.storage.write.text.layout import Layout
from canvas_tui.storage.write.text.verify import WriteMismatch, says_same
from tests.unit.store_styles import FOLDERS, encoded

TEXTS = st.one_of(
    st.sampled_from(
        [
            "Plain words",
            'He said "no"',
            "back\\slash",
            "it's",
            "both ' and \"",
            "two\nlines",
            "\nleading and trailing\n",
            'ends in a quote"',
            'three """ quotes',
            "# no comment",
            "a ] } , = b",
            "tab\there",
            "Grüße, 日本語 👩‍👩‍👧",
            "line one\r\nline two",
            "  spaces around  ",
            'many\n"""\nlines""',
        ]
    ),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**6), 10**20),
    st.floats(allow_nan=False),  # nan is not even itself, so nothing can expect it
    st.booleans(),
    st.dates(),
    st.datetimes().map(lambda each: each.replace(fold=0)),
    st.lists(TEXTS, max_size=3),
    st.lists(st.one_of(st.integers(), st.booleans(), st.floats(allow_nan=False)), max_size=3),
    st.dictionaries(st.sampled_from(["a", "b c", "d.e", "é"]), st.one_of(TEXTS, st.integers()), max_size=3),
)


@contextmanager
def workspace_on_disk(files: dict[str, str], **how: bool) -> Iterator[tuple[Path, Path]]:
    """The files in a folder of their own; gives what is to be read, and the folder."""
    shm = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=shm if shm.is_dir() else None))
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(encoded(text, **how))
        yield (folder if "strategy.toml" in files else folder / next(iter(files))), folder
    finally:
        shutil.rmtree(folder)


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def any_of(draw: st.DrawFn, workspace: Workspace, *kinds: Kind) -> Located | None:
    found = [item for item in workspace.elements() if not kinds or item.kind in kinds]
    return draw(st.sampled_from(found)) if found else None


def any_cell(draw: st.DrawFn, workspace: Workspace) -> str | None:
    found = [f"{canvas.id}/{cell}" for canvas in workspace.canvases
             for cell in dict.fromkeys((*workspace.template(canvas).cell_ids, *canvas.cells))]  # fmt: skip
    return draw(st.sampled_from(found)) if found else None


def any_place(draw: st.DrawFn, workspace: Workspace) -> Place:
    anchor = any_of(draw, workspace, Kind.ENTRY)
    if anchor is None or draw(st.booleans()):
        return END
    return Place(after=ref_to(anchor)) if draw(st.booleans()) else Place(before=ref_to(anchor))


def typed(draw: st.DrawFn, kind: Kind) -> tuple[str, str]:
    spec = draw(st.sampled_from([each for each in SCHEMA[kind] if each.type not in ("table", "tables")]))
    samples = {
        "choice": st.sampled_from(spec.choices or ("x",)),
        "date": st.dates().map(str),
        "integer": st.integers(spec.low or 0, spec.high or 5).map(str),
        "number": st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)).map(str),
        "list": st.sampled_from(["a; b", "profitable", "x; y; z", "paid; profitable"]),
        "id": st.sampled_from(["new-id", "other-id", "third"]),
    }
    return spec.name, draw(st.one_of(samples.get(spec.type, TEXTS), st.just("")))


FREE_FIELDS = ("note", "links", "evidence", "own", "own key", "metric.target", "metric.name", "metric", "x.y.z", "odd",
               "unknown-key.a", "unknown-key")  # fmt: skip


@st.composite
def commands(draw: st.DrawFn, workspace: Workspace) -> Command | None:
    """A command that may well make sense here; None where there is nothing for it."""
    what = draw(st.sampled_from(["add", "text", "typed", "raw", "link", "unlink", "remove", "move", "shift", "goal",
                                 "initiative", "canvas", "waive", "cell", "batch", "list", "unwaive",
                                 "keep"]))  # fmt: skip
    event(what)
    item = any_of(draw, workspace)
    if item is None:
        return None
    match what:
        case "add":
            cell = any_cell(draw, workspace)
            fields: dict[str, Any] = {"text": draw(TEXTS)}
            if draw(st.booleans()):
                fields |= {"importance": 3, "links": ["profitable"], "note": draw(TEXTS)}
            return AddEntry(cell, fields, any_place(draw, workspace)) if cell else None
        case "text":
            return edits.change_text(item, draw(TEXTS)) if item.kind is not Kind.CELL else None
        case "keep":
            return keep(item, Version(draw(st.sampled_from(["text", "note", "title", "vision"])), draw(TEXTS), "bea"))
        case "typed":
            name, text = typed(draw, item.kind)
            return set_typed(workspace, item, {name: text})
        case "raw":
            if item.kind in (Kind.CANVAS, Kind.VISION):
                return None
            name = draw(st.sampled_from(FREE_FIELDS))
            value = draw(st.lists(TEXTS, max_size=3) if name == "links" else VALUES)
            return SetField(ref_to(item), name, value)
        case "list":
            name = draw(st.sampled_from(["links", "evidence"]))
            old = [*item.element.list_field(name)]
            if item.kind is Kind.VISION or (item.kind is Kind.CANVAS and name == "evidence"):
                return None
            is_less = draw(st.booleans())
            if old and is_less:
                old.pop(draw(st.integers(0, len(old) - 1)))
            else:
                old.insert(draw(st.integers(0, len(old))), draw(TEXTS))
            return SetField(ref_to(item), name, old)
        case "link":
            target = any_of(draw, workspace)
            return edits.link(workspace, item, target) if target else None
        case "unlink":
            target = any_of(draw, workspace)
            return edits.unlink(workspace, item, target) if target else None
        case "remove":
            return edits.remove(workspace, item) if item.kind not in (Kind.CELL, Kind.VISION) else None
        case "move":
            cell, entry = any_cell(draw, workspace), any_of(draw, workspace, Kind.ENTRY)
            return edits.move(entry, cell, any_place(draw, workspace)) if cell and entry else None
        case "shift":
            entry = any_of(draw, workspace, Kind.ENTRY)
            return edits.shift(entry, draw(st.sampled_from([-2, -1, 1, 2]))) if entry else None
        case "goal":
            return edits.add_goal(workspace, draw(TEXTS), {"due": date(2027, 1, 1)} if draw(st.booleans()) else None)
        case "initiative":
            return edits.add_initiative(workspace, draw(TEXTS), {"links": [item.address]})
        case "canvas":
            return edits.add_canvas(workspace, draw(st.sampled_from(["tows", "swot"])), draw(TEXTS))
        case "waive":
            if any(each.element == item.address for each in (workspace.header.waivers if workspace.header else ())):
                return None  # two that are the same cannot be told apart
            return waive("orphan-entry", item.address, draw(TEXTS), "ana", None)
        case "unwaive":
            waivers = workspace.header.waivers if workspace.header else ()
            return RemoveWaiver(draw(st.sampled_from(waivers)).fields) if waivers else None
        case "cell":
            cell = any_cell(draw, workspace)
            return set_typed(workspace, workspace.get(cell), dict([typed(draw, Kind.CELL)])) if cell else None
        case "batch":
            one, other = draw(commands(workspace)), draw(commands(workspace))
            return Batch((one, other)) if one and other else None
    return None


def touched(done: Done) -> set[str]:
    """Addresses, list names and texts that the edit was about."""
    found: set[str] = set()
    for change in done.changes:
        for name in ("cell", "to_cell"):
            if getattr(change, name, None):
                found.add(getattr(change, name))
        kind = getattr(change, "kind", None)
        if kind in (Kind.GOAL, Kind.INITIATIVE):
            found.add("goals" if kind is Kind.GOAL else "initiatives")
        if kind in (Kind.CANVAS, Kind.VISION):
            found.add("")
        if type(change).__name__.startswith("Waiver"):
            found.add("waivers")
    return found


def comments_of(data: bytes) -> Counter[str]:
    """Whole-line comments outside of the one text that looks like it has some."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return Counter(line.strip() for line in text.split("\n") if line.strip().startswith("#"))


def blocks_of(data: bytes) -> list[tuple[str, str]]:
    """Every table of a file as (first part of its path, its lines)."""
    layout = Layout(data.decode("utf-8-sig"))
    return [(head.path[0], layout.text[layout.start(i) : layout.end(i)].rstrip("\r\n"))
            for i, head in enumerate(layout.scan.heads)]  # fmt: skip


def check_on_disk(store: Store, read: Path) -> Loaded:
    """What the store holds is what anybody reads, lines and all."""
    again = read_workspace(read)
    mine = {document.path: document for document in store.workspace.documents}
    theirs = {document.path: document for document in again.workspace.documents}
    assert mine.keys() == theirs.keys()
    for path, document in mine.items():
        assert says_same(document, theirs[path]), path
        assert document.problems == theirs[path].problems
        assert [each.line for each in document.elements()] == [each.line for each in theirs[path].elements()]
        assert store.loaded.files[path].data == again.files[path].data
    return again


def _takes_lines_out(change: Change) -> bool:
    """Whether comments may go along with what is removed, moved, or replaced as a whole table."""
    if "Removed" in type(change).__name__ or "Moved" in type(change).__name__:
        return True
    return getattr(change, "new", 0) is None or isinstance(getattr(change, "old", None), dict)


def check_untouched(before: dict[str, bytes], after: dict[str, bytes], done: Done) -> None:
    """Tables that the edit was not about are in the file byte for byte, and no comment of theirs is gone."""
    about = touched(done)
    files = {change.file for change in done.changes}
    for name, data in before.items():
        if name not in files:
            assert after[name] == data
            continue
        if name not in after:
            continue
        text = after[name].decode("utf-8-sig")
        for table, lines in blocks_of(data):
            if table not in about and table != "cell" and not (table == "rules" and "" in about):
                assert lines in text, (table, lines, text)
        if not any(_takes_lines_out(change) for change in done.changes):
            gone = comments_of(data) - comments_of(after[name])
            of_items = ("like a comment", "# no", "# above")  # what stands above or behind an item goes with it
            assert not [line for line in gone if not any(words in line for words in of_items)], gone


SETTINGS = settings(
    max_examples=int(os.environ.get("STORE_EXAMPLES", "120")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def hand_written(draw: st.DrawFn) -> str:
    """A file as nobody in particular would write it: tables in any order, form and spacing."""
    number = iter(range(1000))
    comment = st.sampled_from(["", "", "# said\n", "# one\n# two\n", "# free\n\n", "\n# free\n\n"])
    blank = st.sampled_from(["", "\n", "\n", "\n\n"])
    behind = st.sampled_from(["", "", "  # behind", " "])
    equals = draw(st.sampled_from([" = ", "=", "  = "]))
    quote = draw(st.sampled_from(['"', "'"]))
    indent = draw(st.sampled_from(["", "", "  ", "\t"]))

    def text() -> str:
        long = draw(st.sampled_from(["", "", "", '"""', "'''"]))
        words = f"text {next(number)}"
        return f"{long}\n{words}\n[[strengths]]\n# no{long}" if long else f"{quote}{words}{quote}"

    def pair(key: str, value: str) -> str:
        return f"{indent}{key}{equals}{value}{draw(behind)}\n"

    def array(items: list[str]) -> str:
        form = draw(st.sampled_from(["line", "tall", "tall", "loose", "odd"]))
        comma = draw(st.sampled_from([",", ""])) if items else ""
        if form == "line":
            return f"[{', '.join(items)}{comma}]"
        if form == "loose":
            return f"[ {' , '.join(items)} ]"
        if form == "odd":
            return "[" + ",\n  ".join(items) + comma + "]"
        parts = [f"    {each}{',' if i < len(items) - 1 else comma}{draw(behind)}\n" for i, each in enumerate(items)]
        parts = [draw(st.sampled_from(["", "", "    # above\n", "\n"])) + part for part in parts]
        return "[" + draw(behind) + "\n" + "".join(parts) + "]"

    def entry_keys() -> str:
        keys = [pair("text", text())]
        if draw(st.booleans()):
            keys.append(pair("id", f'"e{next(number)}"'))
        if draw(st.booleans()):
            keys.append(pair("links", array([f'"l{next(number)}"' for _ in range(draw(st.integers(0, 3)))])))
        if draw(st.booleans()):
            keys.append(pair("own", draw(st.sampled_from(["1", "{ a = 1, b.c = 2 }", "0x1F", "2027-01-01", "1e3"]))))
        if draw(st.booleans()):
            keys.insert(draw(st.integers(0, len(keys))), "# within\n")
        return "".join(draw(st.permutations(keys)))

    def item() -> str:
        if draw(st.booleans()):
            return f"{quote}item {next(number)}{quote}"
        own = draw(st.sampled_from(["", f', id = "i{next(number)}"', ', links = ["x", "y"]']))
        return f"{{ text = {quote}item {next(number)}{quote}{own} }}"

    cells = draw(st.permutations(["strengths", "weaknesses", "opportunities", "threats", "unknown"]))
    split = draw(st.integers(0, 3))
    root = [pair("model", '"swot"'), pair("vision", '"All"'), pair("odd", "[1, 2]")]
    root += [pair(cell, array([item() for _ in range(draw(st.integers(0, 3)))])) for cell in cells[:split]]
    blocks = []
    for cell in cells[split:]:
        for _ in range(draw(st.integers(0, 3))):
            blocks.append(f"{indent}[[{cell}]]{draw(behind)}\n{entry_keys()}")
    for cell in draw(st.sets(st.sampled_from(cells), max_size=2)):
        blocks.append(f"[cell.{cell}]\n{pair('note', text())}")
    for _ in range(draw(st.integers(0, 3))):
        name = f"g{next(number)}"
        metric = draw(
            st.sampled_from(["", "metric = { target = 1 }\n", "metric.target = 2\n", "[goals.metric]\ntarget=3\n"])
        )
        blocks.append(f"[[goals]]\n{pair('id', repr(name))}{pair('title', text())}{metric}")
    if draw(st.booleans()):
        blocks.append("[own.table]\nx = 1\n")
    whole = draw(comment) + "".join(
        draw(blank) * draw(st.integers(0, 1)) + each for each in draw(st.permutations(root))
    )
    whole += "".join(draw(blank) + draw(comment) + each for each in draw(st.permutations(blocks)))
    whole += draw(st.sampled_from(["", "", "# the end", "\n# the end\n", "\n\n"]))
    return whole.rstrip("\n") if draw(st.booleans()) else whole


@SETTINGS
@given(st.data(), hand_written(), st.booleans(), st.booleans())
def test_any_edits_of_any_file_are_lossless(data: st.DataObject, text: str, is_crlf: bool, has_mark: bool) -> None:
    edit_and_take_back(data, {"one.toml": text}, is_crlf, has_mark)


@SETTINGS
@given(st.data(), st.sampled_from(sorted(FOLDERS)), st.booleans(), st.booleans())
def test_any_edits_are_written_losslessly_and_taken_back_to_the_byte(
    data: st.DataObject, style: str, is_crlf: bool, has_mark: bool
) -> None:
    edit_and_take_back(data, FOLDERS[style], is_crlf, has_mark)


def check_second_opinion(files: dict[str, bytes]) -> None:
    """Another parser reads what we wrote as the standard library's does."""
    for data in files.values():
        text = data.decode("utf-8-sig").replace("\r\n", "\n")  # which only one of the two does by itself
        theirs, ours = tomlkit.parse(text).unwrap(), tomllib.loads(text)
        assert json.dumps(theirs, default=str, sort_keys=True) == json.dumps(ours, default=str, sort_keys=True), text


def edit_and_take_back(data: st.DataObject, files: dict[str, str], is_crlf: bool, has_mark: bool) -> None:
    """Some edits, each checked; then all of them back, and forth again."""
    with workspace_on_disk(files, is_crlf=is_crlf, has_mark=has_mark) as (read, folder):
        store = Store(read_workspace(read))
        first = bytes_in(folder)
        done: list[Done] = []
        states = [first]
        for _ in range(data.draw(st.integers(1, 6))):
            try:
                command = data.draw(commands(store.workspace))
                if command is None:
                    continue
                one = store.apply(command)
            except (EditError, UnknownElement):
                assert bytes_in(folder) == states[-1]
                continue
            except WriteMismatch as mismatch:
                raise AssertionError(f"{command}\n{mismatch}\n{mismatch.text}") from mismatch
            check_on_disk(store, read)
            states.append(bytes_in(folder))
            check_untouched(states[-2], states[-1], one)
            check_second_opinion(states[-1])
            done.append(one)
        redo: list[Done] = []
        for one, state in zip(reversed(done), reversed(states[:-1]), strict=True):
            redo.append(store.apply(one.inverse, one.hint))
            assert bytes_in(folder) == state
            check_on_disk(store, read)
        assert bytes_in(folder) == first
        for one, state in zip(reversed(redo), states[1:], strict=True):
            store.apply(one.inverse, one.hint)
            assert bytes_in(folder) == state
