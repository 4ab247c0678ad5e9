"""One element as text: its title, its fields in the order people fill them, and its links both ways.

Fields are shown with the schema's labels; a field that the schema does not know is shown with its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from canvas_tui.cli.describe import title_of
from canvas_tui.cli.output import Output
from canvas_tui.core.cutting import LISTED, and_more
from canvas_tui.core.field_paths import get_field
from canvas_tui.core.schema import LINK_KEYS, SCHEMA, FieldSpec, has_tables
from canvas_tui.core.told import told_place
from canvas_tui.core.toml_words import evidence_as_read, shown
from canvas_tui.core.workspace import Located

_TITLES = ("id", "text", "title", "vision", "rules", "format", "ignore")
_KEY_WORDS = {"links": "links to", "parent": "part of", "depends-on": "depends on", "promotes": "promotes"}


def write_head(item: Located, out: Output) -> None:
    """The element's title; below it its kind, address and place."""
    out.paragraph(title_of(item), style="bold")
    place = told_place(item.file, item.line or None)
    out.paragraph(f" {out.signs.dot} ".join((str(item.kind), item.address, place)), style="dim")


def write_fields(item: Located, out: Output) -> None:
    """Every field that says something, one a line."""
    fields = item.element.fields
    known = [spec for spec in SCHEMA[item.kind] if spec.type not in ("table", "tables")]
    rows = [(spec.label, _value(fields, spec)) for spec in known if _is_told(spec.name)]
    heads = {spec.name.partition(".")[0] for spec in SCHEMA[item.kind]}
    if item.kind != "vision":
        rows += [(key, value) for key, value in fields.items() if key not in heads]
    rows = [(label, value) for label, value in rows if value not in (None, "", [], ())]
    width = max((len(label) for label, _ in rows), default=0)
    for label, value in rows:
        out.paragraph(shown(value), first=f"  {label:{width}}  ")


def write_links(title: str, links: Iterable[Mapping[str, Any]], out: Output) -> None:
    """A list of links (as `describe.links_from` gives them) under a title; nothing where there are none."""
    left_out = 0
    for number_of, each in enumerate(links):
        if number_of == 0:
            out.line()
            out.line(title)
        if number_of >= LISTED:
            left_out += 1
            continue
        text = each["text"] if each["kind"] is not None else "nothing here has this id"
        words = "" if each["key"] == "links" else f" ({_KEY_WORDS.get(each['key'], each['key'])})"
        out.paragraph(f"{text}{words}", first=f"  {out.signs.bullet} ")
        out.paragraph(str(each["id"]), first="    ", style="dim")
    if left_out:
        out.line(f"  {out.signs.bullet} {and_more(left_out)} - --json has all of them")


def _value(fields: Mapping[str, Any], spec: FieldSpec) -> Any:
    value = get_field(fields, spec.name)
    return list(map(evidence_as_read, value)) if spec.type == "evidence" and has_tables(value) else value


def _is_told(name: str) -> bool:
    return name not in _TITLES and name not in LINK_KEYS
