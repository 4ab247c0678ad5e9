"""What the board of a canvas holds: its cells in fill order, the entries a filter lets through, and their signs.

Pure: made from a workspace, and from graph and findings where they are known. Says what is there, not how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from canvas_tui.core.elements import Canvas, Entry, split_link
from canvas_tui.core.placeholder import is_placeholder
from canvas_tui.core.template import CellSpec, Template
from canvas_tui.core.workspace import Workspace

Filter = Literal["all", "orphans", "findings"]
FILTERS: tuple[Filter, ...] = ("all", "orphans", "findings")
FILTER_WORDS: Mapping[Filter, str] = {"all": "all", "orphans": "only orphans", "findings": "only with findings"}


class Signs(NamedTuple):
    """What graph and findings say about each address. Until they are known, only link counts are there.

    `orphans` is what a finding says hangs in the air; each has an error, a warning or an info too.
    """

    links: Mapping[str, int] = {}
    orphans: frozenset[str] = frozenset()
    errors: frozenset[str] = frozenset()
    warnings: frozenset[str] = frozenset()
    infos: frozenset[str] = frozenset()
    is_known: bool = False
    unsaved: frozenset[str] = frozenset()  # shown, and not on disk yet
    is_stale: bool = False  # the file cannot be read now, so its last readable contents are shown

    def has_finding(self, address: str) -> bool:
        """Whether anything is said of this element."""
        return any(address in found for found in (self.errors, self.warnings, self.infos, self.orphans))


class EntryView(NamedTuple):
    """An entry as the board shows it. `index` is its place in the cell, hidden ones counted."""

    entry: Entry
    address: str
    index: int  # type: ignore[assignment]  # instead of the method of a tuple


class CellView(NamedTuple):
    """A cell with the entries that are shown. `hidden` more are held back by the filter.

    `blank` counts the entries that are only placeholders, where somebody is still to write.
    """

    spec: CellSpec
    address: str
    number: int | None
    shown: tuple[EntryView, ...]
    count: int  # type: ignore[assignment]  # instead of the method of a tuple
    note: str = ""
    blank: int = 0

    @property
    def id(self) -> str:
        """The cell's id."""
        return self.spec.id

    @property
    def hidden(self) -> int:
        """How many entries the filter holds back."""
        return self.count - len(self.shown)

    def place_of(self, address: str) -> int | None:
        """The place of an entry among those that are shown; of several with one id, the last."""
        places = reversed(range(len(self.shown)))
        return next((place for place in places if self.shown[place].address == address), None)


class Contents(NamedTuple):
    """A canvas as its board shows it. `order` has every cell, sub-cells after their parent."""

    canvas: Canvas
    template: Template
    cells: Mapping[str, CellView]
    signs: Signs
    filter: Filter = "all"
    file: str = ""
    is_doubled: bool = False  # another canvas has the same id; the file tells them apart

    @property
    def order(self) -> tuple[str, ...]:
        """Cells in fill order."""
        return tuple(self.cells)

    def chain(self, top: str) -> tuple[str, ...]:
        """A top-level cell and the sub-cells at its foot."""
        return (top, *(cell.id for cell in self.template.cells if cell.inside == top))


def contents_of(workspace: Workspace, canvas: Canvas, signs: Signs, shown: Filter = "all", file: str = "") -> Contents:
    """The board's contents; cells that the file has and the model does not know come last."""
    template = with_strays(workspace.template(canvas), canvas)
    cells: dict[str, CellView] = {}
    for identity in template.cell_ids:
        spec = template.cell(identity)
        assert spec is not None
        cell = canvas.cell(identity)
        address = f"{canvas.id}/{identity}"
        views = tuple(_views(cell.entries, address, signs, shown))
        blank = sum(is_placeholder(entry.text) for entry in cell.entries)
        number, count = template.number(identity), len(cell.entries)
        cells[identity] = CellView(spec, address, number, views, count, cell.note, blank)
    return Contents(canvas, template, cells, signs, shown, file, workspace.canvas_keys.get(file) == file)


def with_strays(template: Template, canvas: Canvas) -> Template:
    """The template with a row at its foot for cells of the file that it does not know, so nothing written is unseen."""
    strays = [cell for cell in canvas.cells.values() if cell.entries and template.cell(cell.id) is None]
    if not strays:
        return template
    row = template.rows + 1
    width = template.columns
    specs = []
    for number, cell in enumerate(strays):
        first, last = number * width // len(strays) + 1, (number + 1) * width // len(strays)
        title = cell.id.replace("-", " ").capitalize()
        specs.append(CellSpec(cell.id, title, title[:14], columns=(first, max(first, last)), rows=(row, row)))
    if len(strays) > width:  # more strays than columns: one below another
        specs = [
            CellSpec(cell.id, cell.id, cell.id[:14], columns=(1, width), rows=(row + n, row + n))
            for n, cell in enumerate(strays)
        ]
    rows = max(spec.rows[1] for spec in specs if spec.rows)
    return Template(
        template.id, template.title, (*template.cells, *specs), (*template.order, *(spec.id for spec in specs)),
        template.columns, rows, template.summary, template.attribution, template.aliases,
        template.column_weights, (*template.row_weights, *[1] * (rows - template.rows)),
    )  # fmt: skip


def _views(entries: tuple[Entry, ...], address: str, signs: Signs, shown: Filter) -> Iterator[EntryView]:
    views = (EntryView(entry, entry.id or f"{address}/{index + 1}", index) for index, entry in enumerate(entries))
    match shown:
        case "all":
            return views
        case "orphans":
            return (view for view in views if view.address in signs.orphans)
        case "findings":
            return (view for view in views if signs.has_finding(view.address))


def written_links(workspace: Workspace, file: str = "") -> dict[str, int]:
    """How many links each element has, in both directions. Counted from the files, so no graph is needed.
    With `file` only those that are written there."""
    counts: dict[str, int] = {}
    for document in workspace.documents:
        if file and document.path != file:
            continue
        if document.canvas is not None:
            for cell, index, entry in document.canvas.entries():
                if "links" in entry.fields:
                    links = entry.links
                    name = entry.id or f"{document.canvas.id}/{cell}/{index + 1}"
                    counts[name] = counts.get(name, 0) + len(links)
                    for link in links:
                        target = split_link(link)[0]
                        counts[target] = counts.get(target, 0) + 1
        for item in (*document.goals, *document.initiatives):
            for link in item.links:
                target = split_link(link)[0]
                counts[target] = counts.get(target, 0) + 1
    return counts
