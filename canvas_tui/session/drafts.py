"""The drafts of this session: what was typed and is not saved yet, by field.

They are in memory, and on disk if there is a keeper (never in a read-only session). The keeper is storage's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from canvas_tui.core.cutting import beginning
from canvas_tui.core.elements import Cell, Kind
from canvas_tui.core.places import EditError, Ref, locate
from canvas_tui.core.text import clean, clip
from canvas_tui.core.workspace import UnknownElement, Workspace


class KeeperLike(Protocol):
    """Keeps drafts on disk, so that they survive a crash."""

    def keep(self, key: str, text: str, base: str, home: str = "", about: str = "") -> None:
        """Keep the text of a field; see `storage.write.drafts.Draft` for the arguments."""

    def drop(self, key: str) -> None:
        """Forget the draft of a field that was saved or given up."""


class Home(NamedTuple):
    """Where a draft belongs, to be used if its element is removed.

    `place` is the address of the element's cell, or the element's kind if it is in no cell. `about` is the element's
    text when typing began.
    """

    place: str = ""
    about: str = ""


class Shelf:
    """Drafts by key ("late-payment:text", "lean/problem:new")."""

    def __init__(self, keeper: KeeperLike | None = None, left: Iterable[tuple[str, ...]] = ()) -> None:
        """`left` are the drafts of earlier sessions: (key, text, the field's text when typing began) and, if known,
        the `place` and `about` of a Home."""
        self._keeper = keeper
        self._texts: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._homes: dict[str, Home] = {}
        self._in_memory: set[str] = set()  # keys of drafts whose edits are in memory only
        self.whereabouts: Callable[[str], Home] = lambda key: Home()
        """Where the element of a key is now; the app knows."""
        for key, text, base, *home in left:
            self._texts[key], self._bases[key], self._homes[key] = text, base, Home(*home)

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that have a draft."""
        return tuple(self._texts)

    def items(self) -> tuple[tuple[str, str], ...]:
        """(key, text) of each draft."""
        return tuple(self._texts.items())

    def text_of(self, key: str) -> str | None:
        """The draft of a field, or None."""
        return self._texts.get(key)

    def base_of(self, key: str, now: str) -> str:
        """What the field held when its draft was begun; without a draft `now`, which is what it holds now.

        A draft is saved with this as the expected value, so that nobody's change is overwritten unseen.
        """
        return self._bases.get(key, now)

    def home_of(self, key: str) -> Home:
        """Where the element of a draft was when it was begun."""
        return self._homes.get(key, Home())

    def move(self, key: str, to: str) -> None:
        """Put a draft under another key, because its element has another address now."""
        text, base, home = self._texts[key], self._bases.get(key, ""), self._homes.get(key)
        self.drop(key)
        if home is not None:
            self._homes[to] = home
        self.keep(to, text, base)

    def keep(self, key: str, text: str, base: str) -> None:
        """Keep what is typed in a field; `base` is what the field held when typing began."""
        home = self._homes.get(key)
        if home is None or not home.place:
            home = self._homes[key] = self.whereabouts(key)
        self._texts[key], self._bases[key] = text, base
        self._in_memory.discard(key)  # a new text, which is in no edit yet
        if self._keeper is not None:
            self._keeper.keep(key, text, base, *home)

    def drop(self, key: str) -> None:
        """Forget the draft of a field that was saved, or given up on purpose."""
        self._texts.pop(key, None)
        self._bases.pop(key, None)
        self._homes.pop(key, None)
        self._in_memory.discard(key)
        if self._keeper is not None:
            self._keeper.drop(key)

    def edit_made(self, key: str, *, is_safe: bool) -> None:
        """Note that a draft became an edit: the draft goes. If the edit would not survive the session (`is_safe`
        False), the draft stays until `all_saved`."""
        if is_safe:
            self.drop(key)
        else:
            self._in_memory.add(key)

    def all_saved(self) -> None:
        """Note that no edit is queued any more: drafts that were kept for edits in memory go."""
        for key in tuple(self._in_memory):
            self.drop(key)


def form_text(fields: Mapping[str, str]) -> str:
    """The fields of a form as the text of one draft."""
    import json  # imported late, for a quick start

    return json.dumps(dict(fields), ensure_ascii=False)


def form_fields(text: str) -> dict[str, str]:
    """The fields of a form from the text of its draft; none if that is not such a text."""
    import json

    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def was_saved(workspace: Workspace, key: str, text: str) -> bool:
    """Whether a draft's text is in the workspace already: its session ended before it could remove the draft."""
    address, _, field = key.rpartition(":")
    item = workspace.find(address)
    if not text.strip():
        return True
    if item is None:
        return False
    if field == "new" and isinstance(item.element, Cell):
        return any(entry.text.strip() == text.strip() for entry in item.element.entries)
    return field in ("text", "note") and item.element.text_field(field).strip() == text.strip()


def whereabouts(workspace: Workspace, key: str) -> Home:
    """The Home of the element that a draft's key names: where it is, and what it says."""
    item = workspace.find(key.rpartition(":")[0])
    if item is None:
        return Home()
    if item.canvas is None or item.cell is None:
        return Home(item.kind, item.text)
    return Home(f"{item.canvas.id}/{item.cell}", "" if item.kind is Kind.CELL else item.text)


def key_now(workspace: Workspace, key: str, base: str, about: str = "") -> str:
    """The key of a draft with its element's present address: an entry without an id may have moved in its cell.

    `about` is the entry's text when typing began, "" if unknown.
    """
    address, _, field = key.rpartition(":")
    if field not in ("text", "note", "fields") or address.count("/") != 2:
        return key
    try:
        return f"{locate(workspace, Ref(address, base if field == 'text' else about or None)).address}:{field}"
    except (EditError, UnknownElement):
        return key


def is_gone(workspace: Workspace, key: str, about: str = "") -> bool:
    """Whether the element of a draft is gone, and no other could be mistaken for it."""
    address, _, field = key.rpartition(":")
    if address.startswith("new "):
        return False
    item = workspace.find(address)
    if item is None:
        return True
    is_nameless = address.count("/") == 2 and field in ("note", "fields")
    return is_nameless and bool(about) and item.text != about


def gone_keys(workspace: Workspace, shelf: Shelf) -> list[str]:
    """The keys of drafts whose element is gone."""
    return [key for key in shelf.keys if is_gone(workspace, key, shelf.home_of(key).about)]


def take_over(workspace: Workspace, shelf: Shelf) -> None:
    """Sort out the drafts that earlier sessions left: drop those that were saved, and update the keys of the others."""
    for key, text in shelf.items():
        now = key_now(workspace, key, shelf.base_of(key, ""), shelf.home_of(key).about)
        if was_saved(workspace, key, text):
            shelf.drop(key)
        elif now != key and now not in shelf.keys:
            shelf.move(key, now)


def draft_place(workspace: Workspace, key: str) -> str:
    """Where a draft belongs, in words: "on “Word of mouth”", "in Channels", "of a new goal"."""
    address, _, field = key.rpartition(":")
    item = workspace.find(address)
    if item is None:
        return f"of {'a ' if address.startswith('new ') else ''}{clip(clean(address), 24)}"
    if field == "new" and item.canvas is not None and item.cell is not None:
        spec = workspace.cell_spec(item.canvas, item.cell)
        return f"in {clean(spec.title) if spec else clean(item.cell)}"
    return f"on “{clip(clean(beginning(item.text)), 24)}”"
