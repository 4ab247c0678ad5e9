"""How the version that lost a conflict is kept at its element, and read from there.

It stands under a key of its own, `conflict = [{ field = "text", other = "...", who = "bea" }]`, until somebody settles
it. Pure, and no commands: those that write and settle it are in `settling`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.core.values import same

ENTRY = "entry"  # the field of a version that stands as an entry of its own
CELL = "cell"  # the field of a version that stood in another cell; its value is the id of that cell

# At the root of a file the word alone could be a cell, and vision and canvas may share that root.
_OF_ROOTS = {Kind.VISION: "vision-conflict", Kind.CANVAS: "canvas-conflict"}
KEPT_KEYS = frozenset(("conflict", *_OF_ROOTS.values()))


class Version(NamedTuple):
    """The value that one field has in the version that lost. `other` is None if it was absent, `who` "" if unknown."""

    field: str
    other: Any = None
    who: str = ""

    @property
    def table(self) -> dict[str, Any]:
        """The TOML table that a file keeps for this version."""
        found: dict[str, Any] = {"field": self.field}
        if self.other is not None:
            found["other"] = list(self.other) if isinstance(self.other, tuple) else self.other
        if self.who:
            found["who"] = self.who
        return found


def kept_key(kind: Kind) -> str:
    """The key under which an element of that kind keeps versions."""
    return _OF_ROOTS.get(kind, "conflict")


def versions_of(kind: Kind, fields: Mapping[str, Any]) -> tuple[Version, ...]:
    """The versions that an element keeps; malformed ones are skipped."""
    value = fields.get(kept_key(kind))
    if value is None:
        return ()
    found = (_version(each) for each in value) if isinstance(value, list) else ()
    return tuple(each for each in found if each is not None)


def _version(value: object) -> Version | None:
    if not is_version(value):
        return None
    assert isinstance(value, Mapping)
    return Version(value["field"], value.get("other"), value.get("who", ""))


def is_version(value: object) -> bool:
    """Whether this is a table with `field`, and perhaps `other` and `who`, each of the right type."""
    if not isinstance(value, Mapping):
        return False
    name, who = value.get("field"), value.get("who", "")
    return isinstance(name, str) and bool(name.strip()) and isinstance(who, str)


def same_words(one: object, other: object) -> bool:
    """Whether two values say the same: space around a text does not count, and an empty text equals None."""
    return same(_bare(one), _bare(other))


def _bare(value: object) -> object:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (list, tuple)):
        return [*value]
    return "" if value is None else value
