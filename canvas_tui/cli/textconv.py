"""Prints one file as an outline, for `git diff` with canvas-tui as its textconv driver.

Each field has a line of its own, in the order of the file, so that a changed line is a changed field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from canvas_tui.cli.exits import FINE, Failure
from canvas_tui.cli.loading import path_from
from canvas_tui.cli.output import Output
from canvas_tui.core.elements import Kind
from canvas_tui.core.toml_words import evidence_as_read, shown
from canvas_tui.core.workspace import Document, Located
from canvas_tui.storage.read.safe_open import FileProblem, read_file
from canvas_tui.storage.read.sourced import workspace_of_file

_INDENTS = {Kind.ENTRY: "    ", Kind.CELL: "  "}


def write_outline(file: str, out: Output) -> int:
    """Print the outline of a file; a file that is no strategy, or invalid, is printed as it is. Raises Failure."""
    path = path_from(file)
    try:
        data = read_file(path, path.absolute().parent).data
    except FileProblem as problem:
        raise Failure(str(problem)) from None
    workspace, _ = workspace_of_file(path.name, data)
    document = workspace.documents[0]
    if not document.is_readable or not any(document.elements()):
        out.text(data.decode("utf-8", "replace"))
        return FINE
    for line in _lines(document):
        out.line(line)
    return FINE


def _lines(document: Document) -> Iterator[str]:
    if document.header is not None:
        yield from _fields("", document.header.fields, ())
        for waiver in document.header.waivers:
            yield from ("", "waiver", *_fields("  ", waiver.fields, ()))
    for item in document.elements():
        if item.kind is not Kind.VISION:
            yield from _element(item)
    yield from _fields("", document.extra, ())


def _element(item: Located) -> Iterator[str]:
    indent = _INDENTS.get(item.kind, "")
    if item.kind is Kind.ENTRY:
        yield f"{indent}- {item.text}"
        yield from _fields(f"{indent}  ", item.element.fields, ("text",))
        return
    yield ""
    yield f"{indent}{item.kind} {item.text}"
    yield from _fields(f"{indent}  ", item.element.fields, ("title",))


def _fields(indent: str, fields: Mapping[str, Any], but: tuple[str, ...]) -> Iterator[str]:
    """A line for each field, and for each piece of one that is a list or a table."""
    for key, value in fields.items():
        if key in but:
            continue
        if isinstance(value, Mapping):
            yield from (f"{indent}{key}.{part}: {shown(each)}" for part, each in value.items())
        elif isinstance(value, list):
            yield from (f"{indent}{key}: {_piece(each)}" for each in value)
        else:
            yield from (f"{indent}{key}: {line}" for line in shown(value).split("\n"))


def _piece(value: Any) -> str:
    return evidence_as_read(value) if isinstance(value, Mapping) else shown(value)
