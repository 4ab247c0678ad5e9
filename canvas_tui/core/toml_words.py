"""TOML values as words in a sentence: as they would stand in a file, or as a person reads them. Pure.

No message may show a value as Python writes it: `true`, `10:00:00` and `{ name = "days" }` are what people wrote.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, time
from typing import Any

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LIMIT = 40  # characters of a value in a sentence


def in_toml(value: object) -> str:
    """The value as a file would have it, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case float() if not math.isfinite(value):
            return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(in_toml, value))}]"
        case Mapping():
            return f"{{ {', '.join(f'{key} = {in_toml(part)}' for key, part in value.items())} }}" if value else "{}"
    return str(value)


def in_sentence(value: object) -> str:
    """The value for a sentence that complains of it: a text in single quotes, anything else as in a file; clipped."""
    text = f"'{value}'" if isinstance(value, str) else in_toml(value)
    return text if len(text) <= _LIMIT else text[: _LIMIT - 1] + "…"


def as_read(value: object) -> str:
    """The value as a person reads it: texts without quotes, lists with commas, tables as "name: days"; "" for none."""
    match value:
        case None:
            return ""
        case str():
            return value
        case list() | tuple():
            return ", ".join(map(as_read, value))
        case Mapping():
            return ", ".join(f"{key}: {as_read(part)}" for key, part in value.items())
    return in_toml(value)


def evidence_as_read(item: Any) -> str:
    """One piece of evidence: a text, or `{ text, date, url, kind }` as "text (kind, 2026-03-12, url)"."""
    if not isinstance(item, Mapping):
        return as_read(item)
    behind = [as_read(item[key]) for key in ("kind", "date", "url") if item.get(key)]
    behind += [f"{key}: {as_read(part)}" for key, part in item.items() if key not in ("text", "kind", "date", "url")]
    text = as_read(item.get("text"))
    return f"{text} ({', '.join(behind)})" if text and behind else text or ", ".join(behind)


def day(value: date) -> str:
    """A date as people read it: 30 Jun 2027."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def number(value: float) -> str:
    """A number without a needless fraction."""
    return str(int(value)) if isinstance(value, int) or value.is_integer() else str(value)


def shown(value: object) -> str:
    """A value of a field as a person reads it: dates and numbers in words, lists with semicolons."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return day(value)
        case int() | float():
            return number(value)
        case list() | tuple():
            return "; ".join(shown(part) for part in value)
        case Mapping():
            return ", ".join(f"{key}: {shown(part)}" for key, part in value.items())
    return str(value)
