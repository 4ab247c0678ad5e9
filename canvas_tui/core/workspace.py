"""A workspace as it was read: documents (one a file), what is in them, and how an address finds its element.

An address is an id, `vision`, `canvas/cell`, or `canvas/cell/3` (1-based) for an entry without an id. Everything
here is frozen: an edit makes a new workspace that shares all documents but the changed one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from canvas_tui.core.closest import closest_of
from canvas_tui.core.elements import (
    VISION,
    Canvas,
    Cell,
    Element,
    Entry,
    Goal,
    Header,
    Initiative,
    Kind,
    as_id,
)
from canvas_tui.core.gone_through import LinkFrom, links_by_target, size_of, size_together
from canvas_tui.core.placeholder import is_placeholder, says_something
from canvas_tui.core.template import CellSpec, Template, fallback_template
from canvas_tui.core.told import told_place
from canvas_tui.core.unread import Unread


class Problem(NamedTuple):
    """Something wrong in a file, found while reading it. `line` is 1-based; 0 when it is about the whole file."""

    file: str
    line: int
    message: str
    hint: str
    rule: str = "invalid-value"  # the rule it is told under when the rest of the file could be read
    element: str = ""  # the address of the element it is about, where there is one
    field: str = ""  # the field of it that is wrong, or that was meant

    def __str__(self) -> str:
        return f"{told_place(self.file, self.line)}: {self.message} - {self.hint}"


class Copy(NamedTuple):
    """A file that a program left as a copy of another file. Its contents are ignored."""

    file: str
    original: str


class UnknownElement(LookupError):
    """No element has this address. `suggestion` is the closest existing address, or None.

    `unread` are the files that could not be read: the element may be in one of them.
    """

    def __init__(self, address: str, suggestion: str | None, unread: Sequence[str] = ()) -> None:
        hint = f"did you mean '{suggestion}'?" if suggestion else "`canvas-tui show` lists what there is"
        why = f" ({', '.join(unread[:3])} could not be read: `canvas-tui check` tells why)" if unread else ""
        super().__init__(f"nothing here is called '{address}' - {hint}{why}")
        self.address = address
        self.suggestion = suggestion


class Located(NamedTuple):
    """An element with its address and where it is. `index` is 0-based within its cell or its file's list."""

    kind: Kind
    address: str
    file: str
    element: Element
    line: int = 0
    canvas: Canvas | None = None
    cell: str | None = None
    index: int | None = None  # type: ignore[assignment]  # hides tuple.index on purpose

    @property
    def text(self) -> str:
        """The line a person knows it by: an entry's text, a title, the vision's text, a cell's id."""
        match self.element:
            case Entry() as entry:
                return entry.text
            case Header() as header:
                return header.vision
            case Goal() | Initiative() | Canvas() as titled:
                return titled.title
            case Cell() as cell:
                return cell.id.replace("-", " ").capitalize()
        return self.address

    @property
    def entry(self) -> Entry:
        """The element as an Entry. Raises TypeError for any other kind."""
        if not isinstance(self.element, Entry):
            raise TypeError(f"{self.address} is no entry")
        return self.element


@dataclass(frozen=True)
class Document:
    """One file. `path` is relative to the workspace root, with forward slashes.

    A file that could not be read has `is_readable` False, holds nothing, and is never written to.
    """

    path: str
    header: Header | None = None
    canvas: Canvas | None = None
    goals: tuple[Goal, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    is_readable: bool = True
    extra: Mapping[str, object] = field(default_factory=dict)  # top-level keys that nothing here knows
    is_ours: bool = field(default=True, compare=False)  # False: a file of something else in the same folder
    unread: Unread | None = field(default=None, compare=False)  # for a file that could not be read: what it may hold

    @cached_property
    def _by_id(self) -> dict[str, Located]:
        found: dict[str, Located] = {}
        for item in self.elements():
            found.setdefault(item.address, item)
        return found

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id is written in this file."""
        counted = Counter(goal.id for goal in self.goals)
        counted.update(initiative.id for initiative in self.initiatives)
        if self.canvas is not None:
            counted[self.canvas.id] += 1
            for cell in self.canvas.cells.values():
                counted.update([name for entry in cell.entries if (name := entry.id)])
        return counted

    @cached_property
    def size(self) -> int:
        """How long this file takes to go through, in elements (see `gone_through.size_of`)."""
        return size_of(self)

    @cached_property
    def links_by_target(self) -> Mapping[str, Sequence[LinkFrom]]:
        """The links that this file writes, by the address that they lead to."""
        return links_by_target(self.elements())

    def find(self, address: str) -> Located | None:
        """The element with this id in this file, or None. For `canvas/cell/3` ask the workspace."""
        return self._by_id.get(address)

    def elements(self) -> Iterator[Located]:
        """Everything written in this file, in the order goals, initiatives, canvas, its cells and entries."""
        if self.header is not None and self.header.vision:
            yield Located(Kind.VISION, VISION, self.path, self.header, self.header.vision_line)
        for index, goal in enumerate(self.goals):
            yield Located(Kind.GOAL, goal.id, self.path, goal, goal.line, index=index)
        for index, initiative in enumerate(self.initiatives):
            yield Located(Kind.INITIATIVE, initiative.id, self.path, initiative, initiative.line, index=index)
        if (canvas := self.canvas) is not None:
            yield Located(Kind.CANVAS, canvas.id, self.path, canvas, canvas.line, canvas)
            for cell in canvas.cells.values():
                yield Located(Kind.CELL, f"{canvas.id}/{cell.id}", self.path, cell, cell.line, canvas, cell.id)
                for index, entry in enumerate(cell.entries):
                    address = entry.id or f"{canvas.id}/{cell.id}/{index + 1}"
                    yield Located(Kind.ENTRY, address, self.path, entry, entry.line, canvas, cell.id, index)


def place_number(text: str) -> int:
    """The number in the last part of `canvas/cell/3`; 0 if that is no number, or too long for one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@dataclass(frozen=True)
class Workspace:
    """All documents of a workspace, in path order with the header's first, and the templates they use.

    `is_folder` is False where one TOML file is the whole workspace.
    """

    documents: tuple[Document, ...] = ()
    templates: Mapping[str, Template] = field(default_factory=dict)
    is_folder: bool = True
    folder_name: str = ""  # what the folder or the file is called, for a workspace without a name
    problems: tuple[Problem, ...] = ()  # of the workspace as a whole, such as an invalid model file
    unread_folders: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    left_out: frozenset[str] = frozenset()  # files in the folder that do not belong to it, such as copies

    @property
    def header(self) -> Header | None:
        """What strategy.toml says, or None."""
        return next((document.header for document in self.documents if document.header is not None), None)

    @cached_property
    def unread(self) -> Mapping[str, Unread]:
        """What may stand in each file or folder that could not be read, and was not read earlier either."""
        files = {document.path: document.unread for document in self.documents if document.unread is not None}
        return {**files, **dict.fromkeys(self.unread_folders, Unread())}

    @property
    def may_lack_goals(self) -> bool:
        """Whether a goal may stand in a file that could not be read: then "there is no goal" is not certain."""
        return any(file.may_hold_goals for file in self.unread.values())

    @property
    def may_lack_vision(self) -> bool:
        """Whether the vision may stand in a file that could not be read."""
        return self.header is None and any(file.words is None or file.names(VISION) for file in self.unread.values())

    @property
    def name(self) -> str:
        """What the workspace calls itself, or what its folder is called."""
        return (self.header.name if self.header else "") or self.folder_name

    @property
    def vision(self) -> str:
        """The vision's text, or "" where there is none, or only a placeholder for one."""
        text = self.header.vision if self.header else ""
        return "" if is_placeholder(text) else text

    @cached_property
    def size(self) -> int:
        """How long all files take to go through, in elements. Counting stops at `gone_through.MANY`."""
        return size_together(self.documents)

    @cached_property
    def is_blank(self) -> bool:
        """Whether nobody has written anything yet: no vision, no goal, no work, no entry in words of their own."""
        titles = [goal.title for goal in self.goals] + [each.title for each in self.initiatives]
        entries = (entry for canvas in self.canvases for _, _, entry in canvas.entries())
        is_begun = bool(self.vision) or any(map(says_something, titles)) or any(each.is_written for each in entries)
        return not is_begun

    @cached_property
    def canvases(self) -> tuple[Canvas, ...]:
        """Every canvas, in file order."""
        return tuple(document.canvas for document in self.documents if document.canvas is not None)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Every goal, in file order."""
        return tuple(goal for document in self.documents for goal in document.goals)

    @cached_property
    def initiatives(self) -> tuple[Initiative, ...]:
        """Every initiative, in file order."""
        return tuple(initiative for document in self.documents for initiative in document.initiatives)

    @cached_property
    def canvas_keys(self) -> Mapping[str, str]:
        """A unique name for each canvas, by its file: its id, or the file's path if another canvas has that id too."""
        files = {document.path: document.canvas.id for document in self.documents if document.canvas is not None}
        counts = Counter(files.values())
        return {file: identity if counts[identity] == 1 else file for file, identity in files.items()}

    def document(self, path: str) -> Document | None:
        """The document at this path, or None."""
        return next((document for document in self.documents if document.path == path), None)

    def with_document(self, document: Document) -> Workspace:
        """This workspace with that document in place of (or beside) the one at its path."""
        if self.document(document.path) is None:
            head, rest = self.documents[:1], self.documents[1:]
            if not head or head[0].header is None:
                head, rest = (), self.documents
            return replace(self, documents=(*head, *sorted((*rest, document), key=lambda each: each.path)))
        return replace(
            self, documents=tuple(document if each.path == document.path else each for each in self.documents)
        )

    def without_document(self, path: str) -> Workspace:
        """This workspace without the document at that path."""
        return replace(self, documents=tuple(each for each in self.documents if each.path != path))

    def template(self, canvas: Canvas) -> Template:
        """The canvas's model; for an unknown model a plain grid of the cells that the canvas has."""
        known = self.templates.get(canvas.model)
        return known if known is not None else fallback_template(canvas.model, tuple(canvas.cells))

    def cell_spec(self, canvas: Canvas, cell_id: str) -> CellSpec | None:
        """What the canvas's model says of a cell, or None for a cell it does not know."""
        return self.template(canvas).cell(cell_id)

    def elements(self) -> Iterator[Located]:
        """Everything written in the workspace."""
        for document in self.documents:
            yield from document.elements()

    def find(self, address: str) -> Located | None:
        """The element at this address, or None. Of elements that share an id, the first.

        The vision is found even if none is written yet, so that it can be set. A canvas is also found by its file, and
        its entries by `file/cell/3`: that reaches both of two canvases with one id.
        """
        found = self._by_address.get(address) or self._by_address.get(as_id(address))
        if found is not None:
            return found
        if address == VISION:
            return self._place_of_vision()
        if ".toml" in address and (found := self._find_by_file(address)) is not None:
            return found
        return self.find_by_position(address) if "/" in address else None

    def _find_by_file(self, address: str) -> Located | None:
        for document in self.documents:
            canvas, rest = document.canvas, address.removeprefix(document.path)
            if canvas is None or rest == address:
                continue
            if not rest:
                return Located(Kind.CANVAS, canvas.id, document.path, canvas, canvas.line, canvas)
            if rest[0] == "/":
                return self.find_by_position(f"{canvas.id}{rest}", document.path)
        return None

    @cached_property
    def _by_address(self) -> dict[str, Located]:
        found: dict[str, Located] = {}
        for document in reversed(self.documents):  # of elements that share an id, the first stays
            found.update(document._by_id)
        return found

    def _place_of_vision(self) -> Located | None:
        for document in self.documents:
            if document.header is not None:
                return Located(Kind.VISION, VISION, document.path, document.header, document.header.line)
        return None

    def find_by_position(self, address: str, file: str = "") -> Located | None:
        """The element at `canvas/cell` or `canvas/cell/3`, even if another has that text as its id; or None.

        With `file` only the canvas of that file is looked at.
        """
        canvas_id, cell_id, *rest = address.split("/")
        for document in self.documents:
            canvas = document.canvas
            if canvas is None or canvas.id != as_id(canvas_id) or (file and document.path != file):
                continue
            if cell_id not in canvas.cells and self.cell_spec(canvas, cell_id) is None:
                continue
            cell = canvas.cell(cell_id)
            if not rest:
                return Located(Kind.CELL, address, document.path, cell, cell.line or canvas.line, canvas, cell_id)
            number = place_number(rest[0]) if len(rest) == 1 else 0
            if 1 <= number <= len(cell.entries):
                entry = cell.entries[number - 1]
                return Located(
                    Kind.ENTRY, entry.id or address, document.path, entry, entry.line, canvas, cell_id, number - 1
                )
        return None

    def get(self, address: str) -> Located:
        """The element at this address. Raises UnknownElement, with the closest existing address."""
        found = self.find(address)
        if found is None:
            raise self.unknown(address)
        return found

    def unknown(self, address: str) -> UnknownElement:
        """The error to raise for an address that no element has, with the closest existing address."""
        unread = [document.path for document in self.documents if not document.is_readable]
        return UnknownElement(address, self.closest(address), (*unread, *self.unread_folders))

    def closest(self, address: str) -> str | None:
        """The existing address most like this one, or None if none is near."""
        names = [item.address for item in self.elements()]
        for canvas in self.canvases:
            cells = self.template(canvas).cell_ids
            if address in cells:  # the cell alone: the canvas is what is missing
                return f"{canvas.id}/{address}"
            names += [f"{canvas.id}/{cell}" for cell in cells]
        return closest_of(address, names)

    def __contains__(self, address: object) -> bool:
        return isinstance(address, str) and self.find(address) is not None

    def uses_of(self, identity: str) -> int:
        """How many goals, initiatives, canvases and entries have this id: more than one is a mistake."""
        identity = as_id(identity)
        return sum(document.ids[identity] for document in self.documents)

    def links_to(self, address: str) -> Iterator[LinkFrom]:
        """The links to this address."""
        address = as_id(address)
        for document in self.documents:
            yield from document.links_by_target.get(address, ())
