"""Small workspaces in a few words, for tests of everything above the core. No files: the model is built directly.

Keys are written with underscores (`depends_on`) and become kebab-case. Every element gets a line of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

from canvas_tui.core.elements import Canvas, Cell, Entry, Goal, Header, Initiative, Waiver
from canvas_tui.core.template import Template, template_from
from canvas_tui.core.workspace import Document, Workspace

TODAY = date(2026, 11, 21)
VISION_TEXT = "Every consultant is paid the day the work is done."

Words = str | Mapping[str, Any]


@cache
def templates() -> Mapping[str, Template]:
    """The built-in models, by id and alias."""
    found: dict[str, Template] = {}
    for file in files("canvas_tui").joinpath("models").iterdir():
        if file.name.endswith(".toml"):
            template = template_from(tomllib.loads(file.read_text(encoding="utf-8")))
            found.update(dict.fromkeys((template.id, *template.aliases), template))
    return found


def kebab(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with TOML's names."""
    return {key.replace("_", "-"): value for key, value in fields.items()}


def goal(identity: str, *links: str, **fields: Any) -> dict[str, Any]:
    """A measured, active goal; a field given as None is left out."""
    metric = {"name": "a number", "baseline": 0, "current": 1, "target": 10}
    usual = {"id": identity, "title": f"Goal {identity}", "metric": metric, "due": date(2027, 6, 30)}
    return _fields(usual, links, fields)


def work(identity: str, *links: str, **fields: Any) -> dict[str, Any]:
    """An active initiative."""
    return _fields({"id": identity, "title": f"Work {identity}", "status": "active"}, links, fields)


def entry(text: str, *links: str, **fields: Any) -> dict[str, Any]:
    """An entry whose id is its text, where that is one word."""
    usual = {"text": text} if " " in text else {"id": text, "text": text}
    return _fields(usual, links, fields)


def factor(identity: str, *links: str, **fields: Any) -> dict[str, Any]:
    """An entry of a SWOT: more than a catchword, so that something may be asked of it."""
    return entry(f"Something of {identity}", *links, **{"id": identity, **fields})


def _fields(usual: dict[str, Any], links: Iterable[str], fields: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**usual, **({"links": list(links)} if links else {}), **kebab(fields)}
    return {key: value for key, value in merged.items() if value is not None}


def canvas(
    model: str, cells: Mapping[str, Iterable[Words]] = {}, *, said: Mapping[str, Any] = {}, **fields: Any
) -> Document:
    """A canvas in a file of its own. `cells`: id -> entries; `said`: what `[cell.<id>]` says; `fields`: the canvas's.

    The id is the model's unless given.
    """
    own = {"model": model, "id": model, "status": "active", **kebab(fields)}
    lines = count(10)
    built = {
        cell: Cell(
            cell,
            tuple(
                Entry({"text": item} if isinstance(item, str) else item, next(lines)) for item in cells.get(cell, ())
            ),
            said.get(cell, {}),
            next(lines),
        )
        for cell in {**cells, **said}
    }
    return Document(f"{own['id']}.toml", canvas=Canvas(own["id"], model, built, own, line=1))


def listed(path: str, goals: Iterable[Mapping[str, Any]] = (), works: Iterable[Mapping[str, Any]] = ()) -> Document:
    """A file of goals and initiatives."""
    lines = count(1, 10)
    return Document(
        path,
        goals=tuple(Goal(fields["id"], fields, next(lines)) for fields in goals),
        initiatives=tuple(Initiative(fields["id"], fields, next(lines)) for fields in works),
    )


def header(
    vision: str = VISION_TEXT, *, rules: Mapping[str, Any] = {}, waivers: Iterable[Mapping[str, Any]] = ()
) -> Document:
    """strategy.toml."""
    fields: dict[str, Any] = {"format": 1, "name": "Fieldnote"}
    if vision:
        fields["vision"] = vision
    if rules:
        fields["rules"] = rules
    lines = count(10)
    held = tuple(Waiver(kebab(waiver), next(lines)) for waiver in waivers)
    return Document("strategy.toml", header=Header(fields, held, line=1, vision_line=3))


def workspace(
    *documents: Document,
    goals: Iterable[Mapping[str, Any]] = (),
    works: Iterable[Mapping[str, Any]] = (),
    vision: str = VISION_TEXT,
    rules: Mapping[str, Any] = {},
    waivers: Iterable[Mapping[str, Any]] = (),
) -> Workspace:
    """A workspace of strategy.toml, goals.toml (with the initiatives) and the documents given."""
    rest = sorted((listed("goals.toml", goals, works), *documents), key=lambda document: document.path)
    return Workspace((header(vision, rules=rules, waivers=waivers), *rest), templates())


def lean(*goals: Mapping[str, Any], works: Iterable[Mapping[str, Any]] = (), **cells: Iterable[Words]) -> Workspace:
    """A workspace of one lean canvas; `key_metrics` and such become cells."""
    return workspace(canvas("lean-canvas", kebab(cells)), goals=goals, works=works)
