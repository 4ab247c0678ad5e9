"""Keys to actions: names of keys, sequences of two, and a person's own keymap.

Owns what a key is called here ("a", "?", "shift+tab"), which keys may be bound at all, and the state between the two
keys of a sequence. Knows no screen: it answers with actions. No textual at import, so `canvas-tui keys` can use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from canvas_tui.tui.input.actions import ACTIONS, BY_ID, SAFE_CONTROL_KEYS, SEQUENCE_TITLES, Action, actions_on

NAMED_KEYS = frozenset(
    "up down left right home end pageup pagedown enter escape tab shift+tab backspace delete insert space".split()
) | {f"f{number}" for number in range(1, 13)}
# A terminal sends these as something else, or keeps them for itself: Tab, Enter, Backspace, Esc, flow control, signals.
UNSAFE_CONTROL_KEYS = frozenset(f"ctrl+{letter}" for letter in "hijmqsz[c") - SAFE_CONTROL_KEYS
_SHOWN = {
    "escape": "esc", "pageup": "pgup", "pagedown": "pgdn", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "backspace": "backspace",
}  # fmt: skip


class KeyLike(Protocol):
    """A key event of the terminal."""

    @property
    def key(self) -> str:
        """Textual's name of the key, such as "a", "enter" or "ctrl+r"."""

    @property
    def character(self) -> str | None:
        """The character that the key types, or None."""

    @property
    def is_printable(self) -> bool:
        """Whether that character can be shown."""


def token_of(event: KeyLike) -> str:
    """What the key of an event is called here."""
    if event.is_printable and event.character and event.character != " ":
        return event.character
    return {"ctrl+m": "enter", "ctrl+i": "tab", "ctrl+h": "backspace"}.get(event.key, event.key)


def shown_key(key: str, *, ascii_only: bool = False) -> str:
    """A key as the footer writes it; a sequence without its space ("fa"), save where it would read as another key."""
    parts = key.split(" ")
    if len(parts) > 1 and all(len(part) == 1 for part in parts) and not parts[-1].isdigit():  # "f1" is a key
        return "".join(parts)
    return " ".join(part if ascii_only and not _SHOWN.get(part, "").isascii() else _SHOWN.get(part, part)
                    for part in parts)  # fmt: skip


def complaint_about_key(key: str) -> str | None:
    """Why a key cannot be bound, with what to use instead; None where it can."""
    parts = key.split(" ")
    if len(parts) > 2 or not all(parts):
        return f"'{key}' is no key - give one key, or two with a space between"
    for part in parts:
        if len(part) == 1 and part.isprintable():
            continue
        if part in NAMED_KEYS or part in SAFE_CONTROL_KEYS:
            continue
        if part in UNSAFE_CONTROL_KEYS:
            return f"'{part}' does not reach a program in every terminal - use a letter, a sign or a function key"
        if part.startswith("ctrl+") and len(part) == 6 and part[5].isalpha():
            continue
        return f"'{part}' is no key that every terminal sends - use a letter, a sign or a function key"
    return None


class Keymap(NamedTuple):
    """The actions with the keys they have in this session, and what was wrong with the person's own keymap."""

    actions: tuple[Action, ...] = ACTIONS
    problems: tuple[str, ...] = ()

    def on(self, screen: str, *, read_only: bool = False) -> tuple[Action, ...]:
        """The actions of a screen."""
        return actions_on(screen, self.actions, read_only=read_only)

    def action(self, action_id: str) -> Action:
        """The action with its keys as they are now."""
        return next((each for each in self.actions if each.id == action_id), BY_ID[action_id])

    def key_of(self, action_id: str) -> str:
        """The first key of an action as it is shown, or ""."""
        keys = self.action(action_id).keys
        return shown_key(keys[0]) if keys else ""


def keymap_with(own: Mapping[str, Iterable[str]]) -> Keymap:
    """The standard keymap with a person's own keys (action id to keys) in place of those it names.

    A key that cannot be bound, an action nobody knows and a clash are told in `problems`, and left as they were.
    """
    problems: list[str] = []
    changed: dict[str, tuple[str, ...]] = {}
    for identity, keys in own.items():
        if identity not in BY_ID:
            problems.append(f"keys: no action is called '{identity}' - `canvas-tui keys --json` has the ids")
            continue
        complaints = [complaint for key in keys if (complaint := complaint_about_key(key))]
        problems += [f"keys: {identity}: {complaint}" for complaint in complaints]
        if not complaints:
            changed[identity] = tuple(keys)
    actions = [each._replace(keys=changed.get(each.id, each.keys)) for each in ACTIONS]
    clashes = list(_clashes(actions))
    for own_action, other, key in clashes:
        culprit = own_action if own_action.id in changed else other
        problems.append(
            f"keys: '{key}' stands for both {own_action.id} and {other.id} - give one of them another key; "
            f"until then {culprit.id} keeps {_listed(BY_ID[culprit.id].keys)}"
        )
        changed.pop(culprit.id, None)
    if clashes:  # undoing one change may cause another clash, so repeat until there is none
        rest = keymap_with(changed)
        return Keymap(rest.actions, (*problems, *rest.problems))
    return Keymap(tuple(actions) if changed else ACTIONS, tuple(problems))


def _listed(keys: Iterable[str]) -> str:
    return " and ".join(shown_key(key) for key in keys)


def _clashes(actions: Iterable[Action]) -> Iterable[tuple[Action, Action, str]]:
    """Pairs of actions that share a screen and a key, or of which one's key begins the other's sequence."""
    listed = list(actions)
    for index, one in enumerate(listed):
        for other in listed[index + 1 :]:
            if not one.screens & other.screens:
                continue
            for key in one.keys:
                heads = {each.split(" ")[0] for each in other.keys if " " in each}
                if key in other.keys or key in heads or (" " in key and key.split(" ")[0] in other.keys):
                    yield one, other, key


class FirstKey(NamedTuple):
    """The first key of a sequence was pressed; `may_follow` is what can come now, as (key, action)."""

    title: str
    may_follow: tuple[tuple[str, Action], ...]


class KeyReader:
    """Turns the keys of a session into actions, one key at a time. Remembers a sequence that has begun."""

    def __init__(self, keymap: Keymap, *, read_only: bool = False) -> None:
        self.keymap = keymap
        self.last_key = ""
        self._read_only = read_only
        self._prefix = ""
        self._tables: dict[str, dict[str, Action]] = {}

    @property
    def prefix(self) -> str:
        """The first key of a sequence that has begun, or ""."""
        return self._prefix

    def forget(self) -> None:
        """Give up a sequence that has begun."""
        self._prefix = ""

    def feed(self, screen: str, token: str) -> Action | FirstKey | None:
        """What this key means on this screen now: an action, the beginning of a sequence, or nothing."""
        table = self._table(screen)
        prefix, self._prefix = self._prefix, ""
        self.last_key = token
        if prefix:
            return table.get(f"{prefix} {token}")
        if token in table:
            return table[token]
        follow = tuple((key.split(" ")[1], action) for key, action in table.items() if key.startswith(f"{token} "))
        if not follow:
            return None
        self._prefix = token
        return FirstKey(SEQUENCE_TITLES.get(token, token), follow)

    def is_withheld(self, screen: str, token: str) -> bool:
        """Whether this key has an action that only a session with write access can do."""
        return self._read_only and any(token in action.keys for action in self.keymap.on(screen) if action.mutates)

    def _table(self, screen: str) -> dict[str, Action]:
        if screen not in self._tables:
            actions = self.keymap.on(screen, read_only=self._read_only)
            table: dict[str, Action] = {}
            for action in actions:
                for key in action.keys:
                    table.setdefault(key, action)  # in the order of the registry, which the hints keep
            self._tables[screen] = table
        return self._tables[screen]
