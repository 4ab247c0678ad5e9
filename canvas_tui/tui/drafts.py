"""The drafts of this session: what was typed and not yet saved, by field. In memory, and on disk where there is a
keeper (never in a read-only session). Owns no file: that is storage's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from canvas_tui.core.elements import Cell
from canvas_tui.core.places import EditError, Ref, locate
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import UnknownElement, Workspace


class KeeperLike(Protocol):
    """Keeps drafts where a crash cannot reach them."""

    def keep(self, key: str, text: str, base: str) -> None:
        """Note what a field holds now."""

    def drop(self, key: str) -> None:
        """The field is saved or given up."""


class Shelf:
    """Drafts by key ("late-payment:text", "lean/problem:new")."""

    def __init__(self, keeper: KeeperLike | None = None, left: Iterable[tuple[str, str, str]] = ()) -> None:
        """`left` are the drafts of earlier sessions: key, text, and what the field held when typing began."""
        self._keeper = keeper
        self._texts: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        for key, text, base in left:
            self._texts[key], self._bases[key] = text, base

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

    def base_of(self, key: str, now: str) -> str:
        """What the field held when its draft was begun; `now`, what it holds now, where there is no draft.

        A draft is saved against this: what somebody else wrote since is never overwritten unseen.
        """
        return self._bases.get(key, now)

    def move(self, key: str, to: str) -> None:
        """The element of a draft has another address now."""
        text, base = self._texts[key], self._bases.get(key, "")
        self.drop(key)
        self.keep(to, text, base)

    def keep(self, key: str, text: str, base: str) -> None:
        """Remember what is typed; `base` is what the field held when typing began."""
        self._texts[key], self._bases[key] = text, base
        if self._keeper is not None:
            self._keeper.keep(key, text, base)

    def drop(self, key: str) -> None:
        """The field is saved, or given up on purpose."""
        self._texts.pop(key, None)
        self._bases.pop(key, None)
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


def key_now(workspace: Workspace, key: str, base: str) -> str:
    """The key of a draft as its element is called now: an entry without an id may stand elsewhere in its cell."""
    address, _, field = key.rpartition(":")
    if field not in ("text", "note", "fields") or address.count("/") != 2:
        return key
    try:
        return f"{locate(workspace, Ref(address, base if field == 'text' else None)).address}:{field}"
    except (EditError, UnknownElement):
        return key


def draft_place(workspace: Workspace, key: str, text: str = "") -> str:
    """Where a draft belongs, in words: "on “Word of mouth”", "in Channels"; of what is gone, what it says."""
    address, _, field = key.rpartition(":")
    item = workspace.find(address)
    if item is None:
        if address.startswith("new "):
            return f"of a {clean(address)}"
        return f"of “{clip(clean(address), 24)}”, which is gone: “{clip(clean(text), 40)}”"
    if field == "new" and item.canvas is not None and item.cell is not None:
        spec = workspace.cell_spec(item.canvas, item.cell)
        return f"in {clean(spec.title) if spec else clean(item.cell)}"
    return f"on “{clip(clean(item.text), 24)}”"


def action_of(key: str) -> str:
    """The action that opens the field of a draft again."""
    address, _, field = key.rpartition(":")
    if address.startswith("new "):
        return "add"
    return {"new": "add", "note": "note", "fields": "details"}.get(field, "edit")
