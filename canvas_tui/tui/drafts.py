"""The drafts of this session: what was typed and not yet saved, by field. In memory, and on disk where there is a
keeper (never in a read-only session). Owns no file: that is storage's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from canvas_tui.core.elements import Cell
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import Workspace


class KeeperLike(Protocol):
    """Keeps drafts where a crash cannot reach them."""

    def keep(self, key: str, text: str, base: str) -> None:
        """Note what a field holds now."""

    def drop(self, key: str) -> None:
        """The field is saved or given up."""


class Shelf:
    """Drafts by key ("late-payment:text", "lean/problem:new")."""

    def __init__(self, keeper: KeeperLike | None = None, left: Iterable[tuple[str, str]] = ()) -> None:
        self._keeper = keeper
        self._texts: dict[str, str] = dict(left)

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that have a draft."""
        return tuple(self._texts)

    def items(self) -> tuple[tuple[str, str], ...]:
        """Key and text of each."""
        return tuple(self._texts.items())

    def text_of(self, key: str) -> str | None:
        """The draft of a field, or None."""
        return self._texts.get(key)

    def keep(self, key: str, text: str, base: str) -> None:
        """Remember what is typed; `base` is what the field held when typing began."""
        self._texts[key] = text
        if self._keeper is not None:
            self._keeper.keep(key, text, base)

    def drop(self, key: str) -> None:
        """The field is saved, or given up on purpose."""
        self._texts.pop(key, None)
        if self._keeper is not None:
            self._keeper.drop(key)


def was_saved(workspace: Workspace, key: str, text: str) -> bool:
    """Whether a draft's text is in the workspace already: the session ended between the save and the tidying up."""
    address, _, field = key.rpartition(":")
    item = workspace.find(address)
    if not text.strip():
        return True
    if item is None:
        return False
    if field == "new" and isinstance(item.element, Cell):
        return any(entry.text.strip() == text.strip() for entry in item.element.entries)
    return field in ("text", "note") and item.element.text_field(field).strip() == text.strip()


def draft_place(workspace: Workspace, key: str) -> str:
    """Where a draft belongs, in words: "on “Word of mouth”", "in Channels", or what it begins with."""
    address, _, field = key.rpartition(":")
    item = workspace.find(address)
    if item is None:
        return clip(clean(address), 30)
    if field == "new" and item.canvas is not None and item.cell is not None:
        spec = workspace.cell_spec(item.canvas, item.cell)
        return f"in {clean(spec.title) if spec else clean(item.cell)}"
    return f"on “{clip(clean(item.text), 24)}”"
