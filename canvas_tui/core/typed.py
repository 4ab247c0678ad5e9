"""Turns fields that people type, in a form or as FIELD=VALUE, into one edit command.

Besides the type of each value it checks that an id can be used in an address and does not change once something links
to it, and that a link names an element that exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from canvas_tui.core.closest import closest_of
from canvas_tui.core.commands import Batch, Command, SetField
from canvas_tui.core.edits import change_text, tidy
from canvas_tui.core.elements import VISION, Kind, as_id, split_link
from canvas_tui.core.field_paths import get_field, put_field
from canvas_tui.core.places import EditError, ref_to, sure
from canvas_tui.core.schema import LINK_KEYS, SCHEMA, FieldSpec, field_spec, has_tables, parse_value
from canvas_tui.core.text import clean_input, is_valid_id
from canvas_tui.core.twins import doubt_about
from canvas_tui.core.workspace import Located, Workspace


def spec_for(kind: Kind, name: str) -> FieldSpec:
    """The field of that name, for that kind of element. Raises EditError with the closest name, or all names, if there
    is none that can be typed."""
    spec = field_spec(kind, name)
    if spec is not None and spec.type not in ("table", "tables"):
        return spec
    if spec is not None and (parts := [each.name for each in SCHEMA[kind] if each.name.startswith(f"{name}.")]):
        raise EditError(f"{name} has parts - set one of: {', '.join(parts)}")
    names = [each.name for each in SCHEMA[kind] if each.type not in ("table", "tables")]
    near = closest_of(name, names)
    hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(names)}"
    raise EditError(f"{kind.named} has no field '{name}' - {hint}")


def typed_value(workspace: Workspace, kind: Kind, name: str, typed: str, own: str = "") -> Any:
    """The TOML value that was typed for a field; None for an empty text. `own` is the element's address, or "".

    Raises EditError if the text does not fit the field.
    """
    spec = spec_for(kind, name)
    try:
        value = parse_value(spec, tidy(typed) if spec.type == "text" else clean_input(typed))
    except ValueError as error:
        raise EditError(str(error)) from None
    if name == "id" and value is not None and (not is_valid_id(value) or value == VISION):
        raise EditError(f"'{value}' is no id - use letters and digits, joined by - or _ or .")
    if name in LINK_KEYS and value is not None:
        for link in [value] if isinstance(value, str) else value:
            _check_link(workspace, kind, name, split_link(link)[0], own)
    return value


def _check_link(workspace: Workspace, kind: Kind, key: str, identity: str, own: str) -> None:
    target = workspace.find(identity)
    if target is None:
        raise EditError(str(workspace.unknown(identity)))
    if target.kind is Kind.ENTRY and not target.entry.id:
        raise EditError(f"'{identity}' has no id yet - link to it, which gives it one")
    if key != "links" and target.kind is not kind:
        raise EditError(f"'{identity}' is {target.kind.named} - name {kind.named}")
    sure(doubt_about(workspace, target))
    if target.address == own:
        raise EditError(f"'{identity}' is this {kind} itself - name another one")


def new_fields(workspace: Workspace, kind: Kind, typed: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a new element as typed. Raises EditError at the first that does not fit."""
    fields: dict[str, Any] = {}
    for name, text in typed.items():
        fields = put_field(fields, name, typed_value(workspace, kind, name, text))
    return fields


def set_typed(workspace: Workspace, item: Located, typed: Mapping[str, str]) -> Command:
    """One command that sets fields of an element as typed; "" takes a field out. Raises EditError as typed_value."""
    commands = [_set_one(workspace, item, name, typed[name]) for name in sorted(typed, key=_order(item))]
    return commands[0] if len(commands) == 1 else Batch(tuple(commands))


def _set_one(workspace: Workspace, item: Located, name: str, typed: str) -> Command:
    value = typed_value(workspace, item.kind, name, typed, item.address)
    if name == "id" and (value is None or as_id(value) != item.address):
        user = next((each.source.address for each in workspace.links_to(item.address)), None)
        if user is not None:
            raise EditError(f"'{item.address}' is linked from {user} - an id never changes once something links to it")
    old = get_field(item.element.fields, name)
    if name == "evidence" and value is not None and has_tables(old):
        raise EditError(f"evidence has dates or addresses that one line cannot hold - change it in {item.file}")
    if item.kind is Kind.ENTRY and name == "text":
        return change_text(item, typed)
    return SetField(ref_to(item), name, value, old)


def _order(item: Located) -> Callable[[str], int]:
    """Plain fields first. An entry is found again by its id, or by its place and text, so these come last."""
    has_id = item.kind is Kind.ENTRY and item.entry.id is not None
    last = ("text", "id") if has_id else ("id", "text")
    return lambda name: last.index(name) + 1 if name in last else 0
