"""Reads and sets fields of a table by name, plain or dotted: "due", "metric.target"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def get_field(fields: Mapping[str, Any], name: str) -> Any:
    """The value of a field, dotted or not; None where it is absent."""
    head, _, rest = name.partition(".")
    value = fields.get(head)
    if not rest:
        return value
    return get_field(value, rest) if isinstance(value, Mapping) else None


def put_field(fields: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """A copy of the fields with one of them set; None takes it out, and an inner table that is left empty goes too."""
    head, _, rest = name.partition(".")
    if rest:
        inner = fields.get(head)
        if value is None and not isinstance(inner, Mapping):
            return dict(fields)  # nothing to take out; what stands there instead stays
        value = put_field(inner if isinstance(inner, Mapping) else {}, rest, value) or None
    changed = dict(fields)
    if value is None:
        changed.pop(head, None)
    else:
        changed[head] = list(value) if isinstance(value, tuple) else value
    return changed
