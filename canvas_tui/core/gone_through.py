"""What would otherwise be looked for by going through all elements of a file: who links where, and how much there is.

Made once for a document and kept with it, since an edit leaves all other documents as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from canvas_tui.core.elements import Goal, Initiative, Kind, split_link

if TYPE_CHECKING:
    from canvas_tui.core.workspace import Document, Located

_LINKS = ("links", "depends-on", "promotes")
_LETTERS = 300  # of a text; so many take as long as an element
MANY = 1_000  # elements; how many more there are makes no difference


def links_by_target(items: Iterable[Located]) -> Mapping[str, Sequence[tuple[Located, str]]]:
    """Every element that writes a link, and the key it is written under, by the address it leads to."""
    found: dict[str, list[tuple[Located, str]]] = {}
    for item in items:
        if item.kind is Kind.VISION:
            continue
        for key in _LINKS:
            if key in item.element.fields:
                for target in {split_link(link)[0] for link in item.element.list_field(key)}:
                    found.setdefault(target, []).append((item, key))
        if isinstance(item.element, (Goal, Initiative)) and item.element.parent:
            found.setdefault(item.element.parent, []).append((item, "parent"))
    return found


def size_of(document: Document) -> int:
    """How much there is to go through: each element is 1, and so are every 300 characters of its texts.

    Of many elements the texts are not looked at.
    """
    entries = [entry for _, _, entry in document.canvas.entries()] if document.canvas is not None else []
    count = len(document.goals) + len(document.initiatives) + len(entries)
    if count > MANY:
        return count
    return sum(1 + (len(item.text) + len(item.element.note)) // _LETTERS for item in document.elements())


def size_together(documents: Iterable[Document]) -> int:
    """The same of several documents, counted until they are many."""
    size = 0
    for document in documents:
        size += document.size
        if size > MANY:
            break
    return size
