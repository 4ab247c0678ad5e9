"""The tree of commands: names, groups and one-line summaries, and the top-level help.

Light on purpose: opening the screen needs no more than this. How a command's arguments are read is in `parser.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Spec(NamedTuple):
    """A command as the help lists it. `reads`: it answers with data, so it takes --json, --color and --ascii."""

    name: str
    usage: str
    group: str
    summary: str
    reads: bool = False
    on_elements: bool = False  # takes -w/--workspace

    @property
    def module(self) -> str:
        """Where the command lives."""
        return f"canvas_tui.cli.commands.{self.name}"


WORKSPACES, ELEMENTS, LISTS = "On a workspace", "On its elements", "Lists"

COMMANDS: tuple[Spec, ...] = (
    Spec("open", "[open] [PATH]", WORKSPACES, "edit it on the screen (the default)"),
    Spec("view", "view [PATH]", WORKSPACES, "look at it on the screen, read-only"),
    Spec("new", "new PATH", WORKSPACES, "start one from a template"),
    Spec("check", "check [PATH]", WORKSPACES, "tell gaps, orphans and mistakes", reads=True),
    Spec("diff", "diff [A] [B]", WORKSPACES, "what changed between two versions, in words", True, True),
    Spec("merge", "merge BASE OURS THEIRS", WORKSPACES, "merge three versions of a file by element"),
    Spec("show", "show [ELEMENT]", ELEMENTS, "the whole strategy, or one element, as text", True, True),
    Spec("why", "why ELEMENT", ELEMENTS, "what it is for: the chains up to the vision", True, True),
    Spec("how", "how ELEMENT", ELEMENTS, "what answers it: the tree down to the work", True, True),
    Spec("add", "add CELL TEXT", ELEMENTS, "write an entry, or a new goal or initiative", False, True),
    Spec("set", "set ELEMENT FIELD=VALUE...", ELEMENTS, "change fields of an element", False, True),
    Spec("link", "link FROM TO", ELEMENTS, "link two elements", False, True),
    Spec("unlink", "unlink FROM TO", ELEMENTS, "take the link between two elements out", False, True),
    Spec("move", "move ELEMENT CELL", ELEMENTS, "put an entry into another cell or place", False, True),
    Spec("rm", "rm ELEMENT", ELEMENTS, "take an element out, and the links to it", False, True),
    Spec("models", "models", LISTS, "the kinds of canvas", reads=True),
    Spec("rules", "rules [NAME]", LISTS, "what `check` looks at; NAME tells all about one", reads=True),
    Spec("keys", "keys", LISTS, "the keys of the screen", reads=True),
)
BY_NAME = {spec.name: spec for spec in COMMANDS}
SCREENS = frozenset({"open", "view"})

_HEAD = "canvas-tui: strategy as text. Canvases, goals and initiatives in TOML,\nedited and checked in a terminal."
_FOOT = """\
PATH is a folder with strategy.toml, a folder inside one, or a single TOML file;
by default the nearest at or above the current folder. ELEMENT is an id,
`vision`, a cell `canvas/cell`, or an entry `canvas/cell/3`.
`canvas-tui COMMAND --help` tells all about a command.

Exit codes: 0 fine, 1 findings, 2 bad arguments or input that cannot be read,
3 a conflict or a place that may not be written, 4 a mistake in canvas-tui
itself, 128+n ended by signal n."""


def overview() -> str:
    """The help of the program as a whole."""
    lines = [_HEAD, ""]
    width = max(len(spec.usage) for spec in COMMANDS) + 2
    for group in (WORKSPACES, ELEMENTS, LISTS):
        lines.append(f"{group}:")
        lines += [f"  {spec.usage:{width}}{spec.summary}" for spec in COMMANDS if spec.group == group]
        lines.append("")
    lines += [f"  {'--version':{width}}the version", f"  {'-h, --help':{width}}this help", "", _FOOT]
    return "\n".join(lines)


def closest(word: str, words: Iterable[str]) -> str | None:
    """The word most like this one, or None."""
    import difflib

    return next(iter(difflib.get_close_matches(word.lower(), list(words), 1, 0.6)), None)
