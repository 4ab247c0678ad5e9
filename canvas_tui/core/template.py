"""Model templates as data: cells, their places on the grid, fill order and prompts.

A template comes from a TOML file (the package's or a workspace's `models/` folder); this module holds the
parsed shape and checks it. It never reads files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

ROLES = frozenset(
    """problem solution metric value advantage channel segment revenue cost strength weakness opportunity threat
    tows-so tows-st tows-wo tows-wt pain gain job reliever creator positioning market-category message persona
    alternative proof""".split()
)


class TemplateError(ValueError):
    """An invalid template; the message says what is wrong and what to do."""


class CellSpec(NamedTuple):
    """One cell of a model. `columns` and `rows` are (first, last), 1-based and inclusive; None for a sub-cell."""

    id: str
    title: str
    short: str
    prompt: str = ""
    help: str = ""
    columns: tuple[int, int] | None = None
    rows: tuple[int, int] | None = None
    inside: str | None = None  # the cell at whose foot this sub-cell stands
    must_link: bool = False
    optional: bool = False  # good canvases may leave it empty: it is never reported as a gap
    after: str | None = None  # while that cell is empty, nothing is asked of this one
    limit: int | None = None
    role: str | None = None
    fields: tuple[str, ...] = ()


class Template(NamedTuple):
    """A kind of canvas. `order` is the fill order of the top-level cells: the number typed is its index + 1."""

    id: str
    title: str
    cells: tuple[CellSpec, ...]
    order: tuple[str, ...]
    columns: int
    rows: int
    summary: str = ""
    attribution: str = ""
    aliases: tuple[str, ...] = ()
    column_weights: tuple[int, ...] = ()
    row_weights: tuple[int, ...] = ()

    def cell(self, cell_id: str) -> CellSpec | None:
        """The cell with this id, or None."""
        return next((cell for cell in self.cells if cell.id == cell_id), None)

    def number(self, cell_id: str) -> int | None:
        """The number typed to go to a top-level cell (1-based), or None for a sub-cell."""
        return self.order.index(cell_id) + 1 if cell_id in self.order else None

    @property
    def cell_ids(self) -> tuple[str, ...]:
        """Every cell in fill order, each followed by the sub-cells at its foot."""
        found: list[str] = []
        for top in self.order:
            found.append(top)
            found.extend(cell.id for cell in self.cells if cell.inside == top)
        return tuple(found)


def template_from(data: Mapping[str, Any]) -> Template:
    """The template written in `data` (a parsed TOML table).

    Raises TemplateError with every problem found, one a line.
    """
    problems: list[str] = []
    cells = tuple(_cell_from(raw, position, problems) for position, raw in enumerate(_list(data, "cells", problems), 1))
    top = [cell.id for cell in cells if cell.inside is None]
    order = _texts(data, "order", problems) if "order" in data else tuple(top)
    if sorted(order) != sorted(top):
        problems.append("order must name every cell of the grid once - list each top-level cell id in order")
    ids = [cell.id for cell in cells]
    for cell in cells:
        if ids.count(cell.id) > 1:
            problems.append(f"cell '{cell.id}' stands twice - give each cell an id of its own")
        if cell.inside is not None and cell.inside not in top:
            problems.append(f"cell '{cell.id}' is inside '{cell.inside}', no cell of the grid - name one that is")
    columns, rows = _size(data, "columns", cells, problems), _size(data, "rows", cells, problems)
    identity = data.get("id")
    if not isinstance(identity, str) or not identity:
        problems.append('a model needs an id - add id = "my-model"')
    _check_overlap(cells, columns, rows, problems)
    aliases = _texts(data, "aliases", problems)
    if problems:
        raise TemplateError("\n".join(problems))
    return Template(
        id=str(identity), title=str(data.get("title", identity)), cells=cells, order=order, columns=columns, rows=rows,
        summary=str(data.get("summary", "")), attribution=str(data.get("attribution", "")),
        aliases=aliases,
        column_weights=_weights(data, "column-weights", columns), row_weights=_weights(data, "row-weights", rows),
    )  # fmt: skip


def fallback_template(model: str, cell_ids: tuple[str, ...]) -> Template:
    """A plain grid, three cells a row, for a canvas whose model is unknown."""
    across = max(1, min(3, len(cell_ids)))
    cells = tuple(
        CellSpec(cell, _title(cell), _title(cell)[:10], columns=(i % across + 1,) * 2, rows=(i // across + 1,) * 2)
        for i, cell in enumerate(cell_ids)
    )
    return Template(model, _title(model), cells, cell_ids, across, max(1, -(-len(cell_ids) // across)))


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _list(data: Mapping[str, Any], key: str, problems: list[str]) -> list[Mapping[str, Any]]:
    value = data.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        problems.append(f"a model needs [[{key}]] tables - add one for each cell")
        return []
    return value


def _texts(data: Mapping[str, Any], key: str, problems: list[str]) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        problems.append(f'{key} must be a list of texts - write {key} = ["..."]')
        return ()
    return tuple(value)


def _cell_from(raw: Mapping[str, Any], position: int, problems: list[str]) -> CellSpec:
    identity = raw.get("id")
    if not isinstance(identity, str) or not identity:
        problems.append(f"cell {position} has no id - add one")
        identity = f"cell-{position}"
    role = raw.get("role")
    if role is not None and role not in ROLES:
        problems.append(f"cell '{identity}' has the unknown role '{role}' - use one of: {', '.join(sorted(ROLES))}")
    columns, rows, inside = _span(raw.get("columns")), _span(raw.get("rows")), raw.get("inside")
    if inside is None and (columns is None or rows is None):
        problems.append(f"cell '{identity}' has no place - give columns = [first, last] and rows = [first, last]")
    title = str(raw.get("title", _title(identity)))
    limit, after = raw.get("limit"), raw.get("after")
    return CellSpec(
        id=identity, title=title, short=str(raw.get("short", title))[:14], prompt=str(raw.get("prompt", "")),
        help=str(raw.get("help", "")), columns=columns, rows=rows, inside=inside if isinstance(inside, str) else None,
        must_link=raw.get("must-link") is True, optional=raw.get("optional") is True,
        after=after if isinstance(after, str) else None,
        limit=limit if isinstance(limit, int) else None, role=role if isinstance(role, str) else None,
        fields=_texts(raw, "fields", problems),
    )  # fmt: skip


def _span(value: object) -> tuple[int, int] | None:
    match value:
        case [int(first), int(last)] if 1 <= first <= last:
            return first, last
    return None


def _size(data: Mapping[str, Any], key: str, cells: tuple[CellSpec, ...], problems: list[str]) -> int:
    spans = [cell.columns if key == "columns" else cell.rows for cell in cells]
    needed = max((span[1] for span in spans if span), default=1)
    value = data.get(key, needed)
    if not isinstance(value, int) or value < needed or value > 100:
        problems.append(f"{key} must be a number from {needed} to 100 - the cells reach that far")
        return needed
    return value


def _check_overlap(cells: tuple[CellSpec, ...], columns: int, rows: int, problems: list[str]) -> None:
    taken: dict[tuple[int, int], str] = {}
    for cell in cells:
        if not cell.columns or not cell.rows or cell.columns[1] > columns or cell.rows[1] > rows:
            continue
        for x in range(cell.columns[0], cell.columns[1] + 1):
            for y in range(cell.rows[0], cell.rows[1] + 1):
                other = taken.setdefault((x, y), cell.id)
                if other != cell.id:
                    problems.append(f"cells '{other}' and '{cell.id}' overlap - move one of them")
                    return


def _weights(data: Mapping[str, Any], key: str, count: int) -> tuple[int, ...]:
    value = data.get(key)
    if isinstance(value, list) and len(value) == count and all(isinstance(part, int) and part > 0 for part in value):
        return tuple(value)
    return (1,) * count
