"""One file's table to a Document: header, canvas, goals and initiatives, and every problem found on the way.

A wrong type of something vital (the shape of cells, goals, links, ids) makes the file unreadable. Any other mistake is
reported, and reading goes on. Elements of the usual shape have a fast path: most of a big workspace is that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from canvas_tui.core.elements import Canvas, Cell, Entry, Goal, Header, Initiative, Kind, Waiver, as_id
from canvas_tui.core.schema import PLANNED_TABLES
from canvas_tui.core.template import Template
from canvas_tui.core.text import is_valid_id, slug
from canvas_tui.core.unread import Unread, unread_text
from canvas_tui.core.workspace import Document, Problem
from canvas_tui.storage.read.blocks import Scan
from canvas_tui.storage.read.checks import Complaint, closest, complaints
from canvas_tui.storage.read.limits import MAX_BYTES
from canvas_tui.storage.read.ours import CANVAS_KEYS, LIST_KINDS, is_ours, is_ours_by_text
from canvas_tui.storage.read.places import Places
from canvas_tui.storage.read.syntax import NotToml, Parsed, parse_toml
from canvas_tui.storage.read.templates import is_broken

HEADER_KEYS = frozenset({"format", "name", "vision", "rules", "waivers", "vision-conflict", "ignore"})


def parse_document(
    path: str, data: bytes, *, is_header: bool, templates: Mapping[str, Template], near: Scan | None = None
) -> Document:
    """The document in a file's bytes. Never raises for what is in them: problems are in the document.

    `near`, the scan of a text that is nearly the same, makes it quicker.
    """
    try:
        parsed = parse_toml(path, data, near)
    except NotToml as problem:
        text = _text_of(data)
        ours, unread = is_header or is_ours_by_text(text), _guessed(path, text)
        return Document(path, problems=problem.problems, is_readable=False, is_ours=ours, unread=unread)
    return document_from(path, parsed, is_header=is_header, templates=templates)


def document_from(path: str, parsed: Parsed, *, is_header: bool, templates: Mapping[str, Template]) -> Document:
    """The document in a parsed file."""
    document = _Reader(path, parsed, is_header, templates).document()
    return document if is_header or is_ours(parsed.data, templates) else replace(document, is_ours=False)


def _guessed(path: str, text: str) -> Unread:
    return unread_text(text, PurePosixPath(path).stem)


def _text_of(data: bytes) -> str:
    """The text of a file in any encoding, with signs in place of what cannot be decoded; cut at the size limit."""
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data[:MAX_BYTES].decode("utf-16" if is_utf16 else "utf-8", errors="replace")


class _Reader:
    """The reading of one file."""

    def __init__(self, path: str, parsed: Parsed, is_header: bool, templates: Mapping[str, Template]) -> None:
        self._path = path
        self._data, self._text = parsed.data, parsed.text
        self._is_header = is_header
        self._is_canvas = "model" in parsed.data
        self._templates = templates
        self._template: Template | None = None
        self._places = Places(parsed.scan)
        self._problems: list[Problem] = []
        self._is_readable = True

    def document(self) -> Document:
        goals = tuple(Goal(*each) for each in self._listed("goals"))
        initiatives = tuple(Initiative(*each) for each in self._listed("initiatives"))
        header_fields, canvas_fields, lists, extra = self._sorted_keys()
        header = self._header(header_fields) if self._is_header else None
        canvas = self._canvas(canvas_fields, lists) if self._is_canvas else None
        for key, value in extra.items():
            self._tell_unknown(key, value, holds_something=bool(goals or initiatives or canvas))
        if not self._data and not self._is_header:
            self._tell(1, "the file holds nothing", "write a canvas, goals or initiatives into it, or delete it")
        problems = tuple(sorted(self._problems, key=lambda problem: problem.line))
        if not self._is_readable:
            unread = _guessed(self._path, self._text)
            return Document(self._path, problems=problems, is_readable=False, unread=unread)
        return Document(self._path, header, canvas, goals, initiatives, problems, extra=extra)

    def _sorted_keys(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, list[Any]], dict[str, Any]]:
        """The top-level keys: the header's, the canvas's own, its lists, and what nothing here knows."""
        header: dict[str, Any] = {}
        canvas: dict[str, Any] = {}
        lists: dict[str, list[Any]] = {}
        extra: dict[str, Any] = {}
        for key, value in self._data.items():
            if key in LIST_KINDS:
                continue
            if self._is_header and key in HEADER_KEYS:
                header[key] = value
            elif not self._is_canvas or self._is_planned(key):
                extra[key] = value
            elif key in CANVAS_KEYS or key == "cell":
                canvas[key] = value
            elif isinstance(value, list) and all(isinstance(item, (str, dict)) for item in value):
                lists[key] = value
            else:
                extra[key] = value
        return header, canvas, lists, extra

    def _is_planned(self, key: str) -> bool:
        """Whether a key is a table of the format that nothing reads yet. A cell of that name counts as a cell."""
        if key not in PLANNED_TABLES:
            return False
        model = self._data.get("model")
        template = self._templates.get(model) if isinstance(model, str) else None
        return template is None or template.cell(key) is None

    # goals, initiatives, waivers

    def _listed(self, key: str) -> list[tuple[str, dict[str, Any], int]]:
        """The tables of [[goals]] or [[initiatives]] as (id, fields, line)."""
        kind = LIST_KINDS[key]
        found: list[tuple[str, dict[str, Any], int]] = []
        for index, (fields, line) in enumerate(self._tables(key)):
            identity = fields.get("id")
            if not isinstance(identity, str) or not identity:
                identity = slug(fields["title"], fallback=kind) if isinstance(fields.get("title"), str) else str(kind)
            for complaint in complaints(kind, fields):
                self._complain(complaint, key, index, identity)
            found.append((as_id(identity), fields, line))
        return found

    def _tables(self, key: str) -> list[tuple[dict[str, Any], int]]:
        """The tables of a list that must hold tables only, each with its line."""
        if key not in self._data:
            return []
        value = self._data[key]
        if not isinstance(value, list):
            self._tell(self._places.line_of_key(key), f"{key} must be a list of tables", f"write [[{key}]]", vital=True)
            return []
        lines = self._places.lines_of_items(key)
        for line, item in zip(lines, value, strict=True):
            if not isinstance(item, dict):
                self._tell(line, f"{key} holds something that is no table", f"write [[{key}]]", vital=True)
        return [(item, line) for line, item in zip(lines, value, strict=True) if isinstance(item, dict)]

    def _header(self, fields: dict[str, Any]) -> Header:
        own = {key: value for key, value in fields.items() if key != "waivers"}
        for complaint in complaints(Kind.VISION, own):
            self._complain(complaint, "", 0, "vision")
        waivers = tuple(Waiver(table, line) for table, line in self._tables("waivers"))
        for waiver in waivers:
            if not waiver.rule or not waiver.element:
                self._tell(waiver.line, "a waiver needs a rule and an element", 'add rule = "..." and element = "..."')
            elif "until" in waiver.fields and waiver.until is None:
                self._tell(waiver.line, "until is no date", "write it like 2027-06-30, unquoted")
        self._check_rules(own.get("rules"))
        return Header(own, waivers, 1, self._places.line_of_key("vision") if "vision" in own else 0)

    def _check_rules(self, rules: object) -> None:
        if not isinstance(rules, dict):
            return
        wanted = {"off": list, "severity": dict, "settings": dict, "preview": bool}
        for key, value in rules.items():
            line = self._places.line_of_key("rules", key)
            if key not in wanted:
                near = closest(key, tuple(wanted))
                hint = f"did you mean '{near}'?" if near else f"[rules] knows: {', '.join(wanted)}"
                self._tell(line, f"[rules] has no '{key}'", hint)
            elif not isinstance(value, wanted[key]):
                what = {list: "a list of rule names", dict: "a table", bool: "true or false"}[wanted[key]]
                self._tell(line, f"{key} must be {what}", "look at `canvas-tui rules`")

    # the canvas

    def _canvas(self, fields: dict[str, Any], lists: dict[str, list[Any]]) -> Canvas:
        tables = fields.pop("cell", {})
        identity = fields.get("id")
        if not isinstance(identity, str) or not identity:
            stem = PurePosixPath(self._path).stem
            identity = stem if is_valid_id(stem) else slug(stem, fallback="canvas")
        identity = as_id(identity)
        for complaint in complaints(Kind.CANVAS, fields):
            self._complain(complaint, "", 0, identity)
        model = fields["model"] if isinstance(fields["model"], str) else ""
        self._find_template(model, identity)
        cells: dict[str, Cell] = {}
        for key, items in lists.items():
            if items:
                cells[key] = self._cell(identity, key, items)
        for key, table in self._cell_tables(tables).items():
            if not table:
                continue
            line = self._places.line_of_key("cell", key)
            address = f"{identity}/{key}"
            for complaint in complaints(Kind.CELL, table):
                self._complain(complaint, "cell", key, address)
            if key not in cells:
                self._check_cell(address, key, line)
            cells[key] = Cell(key, cells[key].entries if key in cells else (), table, line)
        return Canvas(identity, model, cells, fields, self._places.line_of_key("model"))

    def _find_template(self, model: str, identity: str) -> None:
        if model in self._templates:
            self._template = self._templates[model]
        elif model and not is_broken(self._templates, model):
            near = closest(model, tuple(self._templates))
            hint = f"did you mean '{near}'?" if near else "`canvas-tui models` lists them"
            line = self._places.line_of_key("model")
            self._tell(line, f"no model is called '{model}'", hint, element=identity)

    def _cell_tables(self, tables: object) -> dict[str, dict[str, Any]]:
        if not isinstance(tables, dict):
            self._tell(self._places.line_of_key("cell"), "cell must be a table", "write [cell.problem]", vital=True)
            return {}
        for key, table in tables.items():
            if not isinstance(table, dict):
                line = self._places.line_of_key("cell", key)
                self._tell(line, f"cell.{key} must be a table", f"write [cell.{key}]", vital=True)
        return {key: table for key, table in tables.items() if isinstance(table, dict)}

    def _check_cell(self, address: str, key: str, line: int) -> None:
        template = self._template
        if template is None or template.cell(key) is not None:
            return
        near = closest(key, (*template.cell_ids, *LIST_KINDS, *CANVAS_KEYS))
        hint = f"did you mean '{near}'?" if near else f"its cells are: {', '.join(template.cell_ids)}"
        self._tell(line, f"the model {template.id} has no cell '{key}'", hint, rule="unknown-cell", element=address)

    def _cell(self, canvas: str, key: str, items: list[Any]) -> Cell:
        lines = self._places.lines_of_items(key)
        address = f"{canvas}/{key}"
        self._check_cell(address, key, lines[0])
        spec = self._template.cell(key) if self._template else None
        also_known = spec.fields if spec else ()
        entries: list[Entry] = []
        for index, item in enumerate(items):
            fields = {"text": item} if type(item) is str else item
            found = complaints(Kind.ENTRY, fields, also_known=also_known)
            if found:
                identity = fields.get("id")
                name = as_id(identity) if isinstance(identity, str) and identity else f"{address}/{index + 1}"
                for complaint in found:
                    self._complain(complaint, key, index, name)
            entries.append(Entry(fields, lines[index]))
        return Cell(key, tuple(entries), {}, lines[0])

    # telling

    def _tell_unknown(self, key: str, value: Any, *, holds_something: bool) -> None:
        """Report a top-level key if it looks like a mistake. It is kept in any case."""
        line = self._places.line_of_key(key)
        if self._is_planned(key):
            return
        if self._is_canvas and self._template is not None and self._template.cell(key) is not None:
            self._tell_wrong_cell(key, value, line)
            return
        if key in HEADER_KEYS and not self._is_header:
            self._tell(line, f"'{key}' is only read in strategy.toml", "move it there")
            return
        known = (*LIST_KINDS, *(CANVAS_KEYS | {"cell"} if self._is_canvas else {"model"}))
        if self._is_header:
            known = (*known, *HEADER_KEYS)
        near = closest(key, known)
        if near is not None:
            self._tell(line, f"'{key}' means nothing here", f"did you mean '{near}'?")
        elif not self._is_canvas and isinstance(value, list) and any(isinstance(item, dict) for item in value):
            self._tell(line, f"[[{key}]] belongs to no canvas", 'say which model it is: model = "..." at the top')
        elif not holds_something and not self._is_header:
            self._tell(line, f"'{key}' means nothing here", 'add model = "..." for a canvas, or write [[goals]]')

    def _tell_wrong_cell(self, key: str, value: Any, line: int) -> None:
        if not isinstance(value, list):
            self._tell(line, f"{key} must be a list of texts or tables", f"write [[{key}]]", vital=True)
            return
        for at, item in zip(self._places.lines_of_items(key), value, strict=True):
            if not isinstance(item, (str, dict)):
                what = f"{key} holds something that is neither a text nor a table"
                self._tell(at, what, "put it in quotes, or take it out", vital=True)

    def _complain(self, complaint: Complaint, key: str, index: int | str, element: str) -> None:
        field = complaint.field.split(".")[0]
        line = self._places.line_of_field(key, index, field)
        rule, vital = complaint.rule, complaint.is_vital
        meant = complaint.meant or complaint.field
        self._tell(line, complaint.what, complaint.hint, rule=rule, element=element, field=meant, vital=vital)

    def _tell(
        self, line: int, what: str, hint: str, *, rule: str = "invalid-value", element: str = "", field: str = "",
        vital: bool = False,
    ) -> None:  # fmt: skip
        self._problems.append(Problem(self._path, line, what, hint, rule, element, field))
        if vital:
            self._is_readable = False
