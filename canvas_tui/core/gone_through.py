"""Facts about one document that take a walk through all its elements: who links to an address, and how large it is.

They are made once for a document and kept with it: an edit leaves all other documents as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from canvas_tui.core.elements import Goal, Initiative, Kind, split_link

if TYPE_CHECKING:
    from canvas_tui.core.workspace import Document, Located

_LINKS = ("links", "depends-on", "promotes")
_LETTERS = 300  # characters of text that take as long to go through as one element
MANY = 1_000  # elements; counting may stop here, because more make no difference


class LinkFrom(NamedTuple):
    """A link, seen from its target: the element that writes it, and the key it stands under ("links", "parent")."""

    source: Located
    key: str


def links_by_target(items: Iterable[Located]) -> Mapping[str, Sequence[LinkFrom]]:
    """The links of the elements, by the address that they lead to."""
    found: dict[str, list[LinkFrom]] = {}
    for item in items:
        if item.kind is Kind.VISION:
            continue
        for key in _LINKS:
            if key in item.element.fields:
                for target in {split_link(link)[0] for link in item.element.list_field(key)}:
                    found.setdefault(target, []).append(LinkFrom(item, key))
        if isinstance(item.element, (Goal, Initiative)) and item.element.parent:
            found.setdefault(item.element.parent, []).append(LinkFrom(item, "parent"))
    return found


def size_of(document: Document) -> int:
    """How long the document takes to go through: 1 for each element, and 1 for every 300 characters of its texts.

    Texts are not counted once there are MANY elements.
    """
    entries = [entry for _, _, entry in document.canvas.entries()] if document.canvas is not None else []
    count = len(document.goals) + len(document.initiatives) + len(entries)
    if count > MANY:
        return count
    return sum(1 + (len(item.text) + len(item.element.note)) // _LETTERS for item in document.elements())


def size_together(documents: Iterable[Document]) -> int:
    """The sizes of several documents added up. Counting stops at MANY."""
    size = 0
    for document in documents:
        size += document.size
        if size > MANY:
            break
    return size
