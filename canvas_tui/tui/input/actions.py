"""Everything a person can do, listed once, and the full screens with what each of them has.

Keys, footer, help, palette, `canvas-tui keys` and the README's table are made from this.

Pure data, no textual. A key is a Textual key token as `keymap.py` names it ("a", "?", "enter", "shift+tab", "ctrl+r");
a sequence has a space between two ("g n"). The code of an action is in `deeds`: tables of the screens and of the app.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

BOARD, TREE, FINDINGS, OVERVIEW, SEARCH = "board", "tree", "findings", "overview", "search"
MOVE, EDIT, LINK, LOOK, GO, OTHER = "Moving", "Editing", "Links", "Looking", "Screens", "Everything else"
GROUPS = (MOVE, EDIT, LINK, LOOK, GO, OTHER)


class Action(NamedTuple):
    """One thing a person can do. `label` is the word in the footer; `rank` orders the footer, 0 stays out of it.

    `screens` are the names of those that have it: all, unless `SCREENS` names it for some.
    """

    id: str
    title: str
    help: str
    group: str
    keys: tuple[str, ...]
    mutates: bool = False
    label: str = ""
    rank: int = 0
    screens: frozenset[str] = frozenset()


class Words(NamedTuple):
    """What an action is called on one screen. Without `label`, the footer uses the usual word."""

    title: str
    help: str
    label: str = ""


class ScreenEntry(NamedTuple):
    """A full screen. Beside its own module, which `path` names with the class, it needs nothing but this.

    `go` is the action of going there, `actions` are those that it has and not every screen, `says` is what some of all
    its actions are called there. `words` follows "Keys on".
    """

    name: str
    words: str
    path: str
    go: Action
    actions: str
    says: Mapping[str, Words] = {}


_LINES = {
    "cursor-up": Words("Up", "The line above"),
    "cursor-down": Words("Down", "The line below"),
    "first": Words("First", "The first line"),
    "last": Words("Last", "The last line"),
}
_ELEMENT = "settle link-follow link-back why how"  # of whatever is under the cursor
_CHANGE = "edit details note delete link-add link-remove"
_FOUND = "next-finding previous-finding"
_FIX = f"{_FOUND} fix waive filter cursor-left cursor-right"

# fmt: off
SCREENS: tuple[ScreenEntry, ...] = (
    ScreenEntry(
        BOARD, "the board", "canvas_tui.tui.board.screen:BoardScreen",
        Action("go-board", "Board", "The board of the canvas", GO, ("g b",), label="board"),
        f"{_ELEMENT} {_CHANGE} {_FIX} add add-before move-down move-up move-to make-active canvas-details"
        " next-cell previous-cell go-to-cell zoom",
    ),
    ScreenEntry(
        TREE, "goals and initiatives", "canvas_tui.tui.strategy.screen:TreeScreen",
        Action("go-strategy", "Strategy", "Goals and initiatives as a tree", GO, ("g s",), label="strategy", rank=38),
        f"{_ELEMENT} {_CHANGE} {_FIX} add",
        {
            **_LINES,
            "cursor-left": Words("Fold", "Fold what is below; folded already, up to what is above"),
            "cursor-right": Words("Unfold", "Unfold what is below, or down to it"),
            "edit": Words("Edit", "All fields of the goal or initiative"),
            "add": Words("Add", "A goal or an initiative below this"),
        },
    ),
    ScreenEntry(
        FINDINGS, "the findings", "canvas_tui.tui.findings.screen:FindingsScreen",
        Action("go-findings", "Findings", "Everything that is missing or wrong", GO, ("g f",),
               label="findings", rank=37),
        f"{_ELEMENT} {_FIX} open",
        {
            **_LINES,
            "cursor-left": Words("Fold", "Findings that say the same in one line again"),
            "cursor-right": Words("Go there", "Go where the finding is; unfold what stands for several"),
            "open": Words("What to do", "What can be done about it; unfold what stands for several"),
            "filter": Words("Waived", "Show what is waived, and back"),
        },
    ),
    ScreenEntry(
        OVERVIEW, "the overview", "canvas_tui.tui.overview.screen:OverviewScreen",
        Action("go-overview", "Overview", "All canvases, goals, and what to do next", GO, ("g o",), label="overview"),
        f"{_FOUND} open do-next add",
        {**_LINES, "add": Words("Add canvas", "A new canvas, started from a model", "add canvas")},
    ),
    ScreenEntry(
        SEARCH, "the search", "canvas_tui.tui.search.screen:SearchScreen",
        Action("search", "Search", "Find any text in the workspace", LOOK, ("/",), label="search", rank=40),
        f"{_ELEMENT} open",
        _LINES,
    ),
)
# fmt: on
EVERYWHERE = frozenset(each.name for each in SCREENS)
_BY_NAME = {each.name: each for each in SCREENS}
_NAMED = {each.name: frozenset(each.actions.split()) for each in SCREENS}


def _going(group: str) -> tuple[Action, ...]:
    """The actions of going to a screen that stand in this group."""
    return tuple(each.go for each in SCREENS if each.go.group == group)


def _on_its_screens(action: Action) -> Action:
    named = frozenset(name for name, ids in _NAMED.items() if action.id in ids)
    return action._replace(screens=named or EVERYWHERE)


# fmt: off
_LISTED: tuple[Action, ...] = (
    Action("cursor-up", "Up", "The entry above; at the top, the cell above", MOVE, ("up", "k")),
    Action("cursor-down", "Down", "The entry below; at the foot, the cell below", MOVE, ("down", "j")),
    Action("cursor-left", "Left", "The neighbouring cell to the left", MOVE, ("left", "h")),
    Action("cursor-right", "Right", "The neighbouring cell to the right", MOVE, ("right", "l")),
    Action("first", "First", "The first entry of the cell, or the first line", MOVE, ("g g", "home")),
    Action("last", "Last", "The last entry of the cell, or the last line", MOVE, ("G", "end")),
    Action("page-up", "Page up", "A screenful up", MOVE, ("pageup", "ctrl+b")),
    Action("page-down", "Page down", "A screenful down", MOVE, ("pagedown", "ctrl+f")),
    Action("next-cell", "Next cell", "The next cell in fill order", MOVE, ("tab",), label="cell", rank=55),
    Action("previous-cell", "Previous cell", "The cell before in fill order", MOVE, ("shift+tab",)),
    Action("go-to-cell", "Go to cell", "The cell with this number", MOVE, tuple("123456789")),
    Action(
        "edit", "Edit", "Edit what is under the cursor; in an empty cell, write its first entry", EDIT,
        ("enter", "e"), True, "edit", 100,
    ),
    Action("open", "Open", "Go to what is under the cursor", GO, ("enter",), label="open", rank=100),
    Action("do-next", "Next", "Begin with the thing to do next of this number", GO, ("1", "2", "3")),
    Action("add", "Add", "A new one after this", EDIT, ("a", "o"), True, "add", 95),
    Action("add-before", "Add before", "A new entry before this", EDIT, ("O",), True),
    Action("details", "Details", "All fields: state, importance, evidence, dates, owner", EDIT, ("i",), True,
           "details", 72),
    Action("note", "Note", "Write a note, over as many lines as it needs", EDIT, ("n",), True, "note", 60),
    Action("delete", "Delete", "Delete what is under the cursor, and the links to it", EDIT, ("d",), True,
           "delete", 50),
    Action("move-down", "Move down", "Move the entry down in its cell", EDIT, ("J",), True),
    Action("move-up", "Move up", "Move the entry up in its cell", EDIT, ("K",), True),
    Action("move-to", "Move to", "Move the entry to another cell", EDIT, ("m",), True, "move", 58),
    Action("make-active", "Make active", "The draft counts from now on: what is missing in it is told", EDIT,
           ("A",), True, "make active", 93),
    Action("canvas-details", "Canvas details", "All fields of the canvas: title, team, status, owner", EDIT,
           ("I",), True, "canvas details"),
    Action("settle", "Settle", "Choose what stays where two people changed the same thing", EDIT, ("c",), True,
           "settle", 96),
    Action("undo", "Undo", "Take the last edit back", EDIT, ("u",), True, "undo", 65),
    Action("redo", "Redo", "Do again what was taken back", EDIT, ("U", "ctrl+r"), True, "redo", 64),
    Action("fix", "Fix", "What is offered for the finding here, by its number", EDIT,
           tuple(f"f {number}" for number in range(1, 10)), True, "fix", 97),
    Action("link-follow", "Follow link", "Go to what this is linked with", LINK, ("f f",), label="follow"),
    Action("link-add", "Link", "Link this with a goal, an initiative or anything else", LINK, ("f a",), True,
           "link", 90),
    Action("link-remove", "Unlink", "Take a link out", LINK, ("f d",), True, "unlink"),
    Action("link-back", "What links here", "List what is linked with this", LINK, ("f b",), label="links here"),
    Action("back-jump", "Back", "Back to where the last jump began", LINK, ("backspace",), label="back", rank=30),
    Action("why", "Why", "The whole chain from this up to the vision", LOOK, ("y",), label="why", rank=80),
    Action("how", "How", "What answers and serves this, down to the work", LOOK, ("Y",)),
    Action("next-finding", "Next finding", "The next finding on this canvas, then on the others", LOOK, ("]", "g n"),
           label="next finding", rank=75),
    Action("previous-finding", "Previous finding", "The finding before", LOOK, ("[", "g N")),
    *_going(LOOK),
    Action("filter", "Filter", "Show all, only orphans, only what has findings", LOOK, ("&",), label="filter", rank=45),
    Action("zoom", "Zoom", "Give the cell the whole window, and back", LOOK, ("z",), label="zoom", rank=42),
    Action("waive", "Waive", "Accept on purpose what is found here, with a reason", EDIT, ("W",), True, "waive", 70),
    Action("next-canvas", "Next canvas", "The next canvas", GO, ("v",), label="canvas", rank=48),
    Action("previous-canvas", "Previous canvas", "The canvas before", GO, ("V",)),
    *_going(GO),
    Action("help", "Keys", "The keys of this screen", OTHER, ("?", "f1"), label="keys", rank=20),
    Action("commands", "Commands", "Everything that can be done, by name", OTHER, (":", "ctrl+p"), label="commands"),
    Action("retry-save", "Save again", "Try again what could not be saved; else go on with a draft, wherever it is",
           OTHER, ("R",), True, "save again", 98),
    Action("redraw", "Redraw", "Paint the screen again, after something else wrote on it", OTHER, ("ctrl+l",)),
    Action("back", "Back", "Close this, or back to the screen before", OTHER, ("escape",), label="back", rank=25),
    Action("quit", "Quit", "Leave; everything is saved already", OTHER, ("q",), label="quit", rank=10),
)
# fmt: on

ACTIONS = tuple(_on_its_screens(each) for each in _LISTED)
BY_ID = {action.id: action for action in ACTIONS}
SEQUENCE_TITLES = {"g": "Go to", "f": "Links"}
SAFE_CONTROL_KEYS = frozenset({"ctrl+r", "ctrl+p", "ctrl+s", "ctrl+b", "ctrl+f", "ctrl+l"})


def actions_on(screen: str, actions: Iterable[Action] = ACTIONS, *, read_only: bool = False) -> tuple[Action, ...]:
    """Those of some actions that a screen has, as they are called there; without what changes something, in a
    read-only session."""
    says = _BY_NAME[screen].says if screen in _BY_NAME else {}
    there = (each for each in actions if screen in each.screens and not (read_only and each.mutates))
    return tuple(_called(each, says[each.id]) if each.id in says else each for each in there)


def _called(action: Action, words: Words) -> Action:
    return action._replace(title=words.title, help=words.help, label=words.label or action.label)


def screen_entry(name: str) -> ScreenEntry:
    """The full screen of this name."""
    return _BY_NAME[name]
