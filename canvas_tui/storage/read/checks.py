"""Checks the fields of an element against the schema. A fast path handles tables of the usual shape.

Pure: fields in, complaints out. The caller decides where they are reported, and what they mean for the file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from canvas_tui.core.closest import same_but_for_case
from canvas_tui.core.elements import Kind
from canvas_tui.core.field_paths import get_field
from canvas_tui.core.placeholder import is_undecided
from canvas_tui.core.schema import PLANNED_FIELDS, SCHEMA, FieldSpec, complaint_about
from canvas_tui.core.text import is_valid_id
from canvas_tui.core.toml_words import in_sentence

_ALIKE = 0.75


class Complaint(NamedTuple):
    """What is wrong with one field. `is_vital`: the file's shape cannot be trusted. `rule` is the rule that reports it.

    `meant` is the field that a misspelt name probably stands for.
    """

    field: str
    what: str
    hint: str
    is_vital: bool = False
    rule: str = "invalid-value"
    meant: str = ""


_Usual = Mapping[str, tuple[type, Any]]


def _usual_of(kind: Kind) -> _Usual:
    """Key -> the type that needs no closer look, and the values it may have (None: any)."""
    found: dict[str, tuple[type, Any]] = {}
    for spec in SCHEMA[kind]:
        match spec.type:
            case "id" | "line" | "text":
                found[spec.name] = (str, None)
            case "choice":
                found[spec.name] = (str, frozenset(spec.choices))
            case "flag":
                found[spec.name] = (bool, None)
            case "date":
                found[spec.name] = (date, None)
            case "integer":
                low, high = spec.low, spec.high
                found[spec.name] = (int, range(low, high + 1) if low is not None and high is not None else None)
            case "list" | "evidence":
                found[spec.name] = (list, None)
    return found


_DECIDED = ("date", "integer", "number")  # types of fields where people write "TBD"
_USUAL = {kind: _usual_of(kind) for kind in SCHEMA}
_UNUSUAL = (None, None)  # for a key that always needs a closer look
_TEXTS = frozenset((str,))
_TITLED = (Kind.GOAL, Kind.INITIATIVE)


def complaints(kind: Kind, fields: Mapping[str, Any], *, also_known: Iterable[str] = ()) -> list[Complaint]:
    """Everything wrong with an element's table. `also_known` are keys that are allowed besides those of the schema."""
    usual = _USUAL[kind]
    for name, value in fields.items():
        expected, allowed = usual.get(name, _UNUSUAL)
        if type(value) is not expected or (allowed is not None and value not in allowed):
            break
        if isinstance(value, list) and not _TEXTS.issuperset(map(type, value)):
            break
    else:
        identity = fields.get("id")
        if (identity is None or is_valid_id(identity)) and _is_named(kind, fields):
            return []
    return _all_complaints(kind, fields, tuple(also_known))


def _is_named(kind: Kind, fields: Mapping[str, Any]) -> bool:
    if kind is Kind.ENTRY:
        return bool(fields.get("text"))
    return kind not in _TITLED or bool(fields.get("title") and fields.get("id"))


def _all_complaints(kind: Kind, fields: Mapping[str, Any], also_known: tuple[str, ...]) -> list[Complaint]:
    found: list[Complaint] = []
    for spec in SCHEMA[kind]:
        value = get_field(fields, spec.name)
        if value is None:
            continue
        said = complaint_about(spec, value)
        if said is None and spec.name == "id":
            said = _complaint_about_id(value)
            if said:
                found.append(_complaint(spec, said, is_vital=False))
        elif said is not None and spec.type in _DECIDED and isinstance(value, str) and is_undecided(value):
            what, hint = f"{spec.name} only says '{value.strip()}'", "write it when it is decided, or leave it out"
            found.append(Complaint(spec.name, what, hint, rule="undecided"))
        elif said is not None:
            found.append(_complaint(spec, said, is_vital=spec.is_vital))
    found += [unknown(kind, name, also_known) for name in fields if _is_slip(kind, name, also_known)]
    if not _is_named(kind, fields):
        found += _missing(kind, fields)
    return found


def _missing(kind: Kind, fields: Mapping[str, Any]) -> list[Complaint]:
    if kind is Kind.ENTRY:
        text = fields.get("text", "")
        return [Complaint("text", "an entry has no text", 'add text = "..."')] if text == "" else []
    found = []
    if fields.get("title", "") == "":
        found.append(Complaint("title", f"this {kind} has no title", 'add title = "..."'))
    if "id" not in fields:
        found.append(Complaint("id", f"this {kind} has no id", 'add id = "..." so that others can link to it'))
    return found


def _complaint(spec: FieldSpec, said: str, *, is_vital: bool) -> Complaint:
    what, _, hint = said.rpartition(" - ")
    return Complaint(spec.name, what, hint, is_vital)


def _complaint_about_id(value: str) -> str | None:
    if is_valid_id(value):
        return None
    return f"{in_sentence(value)} is no id - use letters and digits joined by -, _ or ."


def _is_slip(kind: Kind, name: str, also_known: tuple[str, ...]) -> bool:
    if name in _names(kind) or name in also_known or name in PLANNED_FIELDS.get(kind, ()):
        return False
    return closest(name, _names(kind) + also_known) is not None


def unknown(kind: Kind, name: str, also_known: tuple[str, ...] = ()) -> Complaint:
    """The complaint about a key that looks misspelt."""
    near = closest(name, _names(kind) + also_known)
    return Complaint(
        name,
        f"'{name}' is no field of {'an' if kind in (Kind.ENTRY, Kind.INITIATIVE) else 'a'} {kind}",
        f"did you mean '{near}'?",
        meant=near or "",
    )


@lru_cache(maxsize=32)
def _names(kind: Kind) -> tuple[str, ...]:
    return tuple(spec.name for spec in SCHEMA[kind] if "." not in spec.name)


@lru_cache(maxsize=512)
def closest(name: str, known: tuple[str, ...]) -> str | None:
    """The known name that is most like this one, or None if none is near."""
    name = name[:80]
    if (same := same_but_for_case(name, known)) is not None:
        return same
    letters = set(name)
    # difflib is slow, and a file may hold thousands of names: first drop names with too many different letters
    near = [each for each in known if len(letters ^ set(each)) <= (1 - _ALIKE) * (len(name) + len(each))]
    return next(iter(difflib.get_close_matches(name, near, 1, _ALIKE)), None)
