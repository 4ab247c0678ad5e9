"""Decides by its contents whether a TOML file belongs to the strategy, or to some other program.

The name does not tell (`config.toml` may be anybody's). A file with misspelt keys is ours too, so that its mistakes are
reported; only a file without any trace of a strategy is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from canvas_tui.core.elements import Kind
from canvas_tui.core.schema import PLANNED_TABLES, SCHEMA
from canvas_tui.core.template import Template
from canvas_tui.storage.read.checks import closest

LIST_KINDS = {"goals": Kind.GOAL, "initiatives": Kind.INITIATIVE}
CANVAS_KEYS = frozenset(spec.name for spec in SCHEMA[Kind.CANVAS])
_REVIEWS = frozenset(("notes", "signed"))  # tables of a reviewer's own file, which alone does not make it a strategy's
_TABLES = ("waivers", *sorted(PLANNED_TABLES - _REVIEWS))
_OF_RULES = frozenset(("off", "severity", "settings", "preview"))

_HEAD = r"(?m)^[ \t]*\[\[?[ \t]*([\w-]+)"  # compiled when a file is not TOML; `re` keeps them
_KEY = r"(?m)^[ \t]*([\w-]+)[ \t]*="


def is_ours(data: Mapping[str, Any], templates: Mapping[str, Template]) -> bool:
    """Whether a parsed file is, or was meant to be, a part of a strategy. An empty file counts as one."""
    if not data or _has_model(data, templates):
        return True
    return any(_is_trace(key, value) for key, value in data.items()) or _has_plain_cell(data, templates)


def _has_model(data: Mapping[str, Any], templates: Mapping[str, Template]) -> bool:
    """Whether it names a model of a canvas, perhaps misspelt. Other tools have a `model` too (`model = "large"`)."""
    for key, value in data.items():
        if not _is_like(key, ("model",)) or isinstance(value, (dict, list)):
            continue
        if not isinstance(value, str):
            return key == "model"
        if value in templates or closest(value, tuple(templates)) is not None:
            return True
        if key == "model" and all(name in CANVAS_KEYS or isinstance(data[name], list) for name in data):
            return True  # an unknown model, and nothing else in the file
    return False


def _is_trace(key: str, value: object) -> bool:
    """Whether only a strategy has such a top-level key: a list of elements, the vision, the rules."""
    if key in LIST_KINDS or key in _TABLES:
        return isinstance(value, (list, dict))
    if key == "vision":
        return isinstance(value, str)
    if key == "rules":
        return isinstance(value, dict) and not _OF_RULES.isdisjoint(value)
    if key == "cell":
        return isinstance(value, dict) and any(isinstance(each, dict) for each in value.values())
    tables = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    if any(isinstance(item.get("text"), str) or isinstance(item.get("links"), list) for item in tables):
        return True
    return bool(tables) and _is_like(key, LIST_KINDS) and any("title" in item for item in tables)


def _has_plain_cell(data: Mapping[str, Any], templates: Mapping[str, Template]) -> bool:
    """Whether a list of texts has the name of a cell. Asked last, because it loads every model."""
    lists = [key for key, value in data.items() if value and isinstance(value, list) and _are_texts(value)]
    return bool(lists) and any(template.cell(key) for template in templates.values() for key in lists)


def _are_texts(items: Iterable[object]) -> bool:
    return all(isinstance(item, str) for item in items)


def _is_like(key: str, names: Iterable[str]) -> bool:
    return key in names or closest(key, tuple(names)) is not None


def is_ours_by_text(text: str) -> bool:
    """As `is_ours`, for a file that is not valid TOML. If no keys can be recognised it counts as ours, to be safe."""
    heads = re.findall(_HEAD, text)
    start = re.search(_HEAD, text)
    keys = re.findall(_KEY, text[: start.start()] if start else text)
    if not heads and not keys:
        return True
    names = ("model", "vision", "cell", "rules", *LIST_KINDS, *_TABLES)
    return any(_is_like(name, names) for name in (*heads[:200], *keys[:200])) or "text" in re.findall(_KEY, text)
