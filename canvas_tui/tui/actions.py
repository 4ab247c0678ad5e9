"""Everything a person can do, listed once: keys, footer, help, palette, `canvas-tui keys` and the README's table.

Pure data, no textual. A key is a Textual key token as `keys.py` names it ("a", "?", "enter", "shift+tab", "ctrl+r");
a sequence has a space between two ("g n"). The code of an action is in `deeds`: tables of the screens and of the app.
"""

from __future__ import annotations

from typing import NamedTuple

BOARD, TREE, FINDINGS, OVERVIEW, SEARCH = "board", "tree", "findings", "overview", "search"
LISTS = frozenset({TREE, FINDINGS, OVERVIEW, SEARCH})
EVERYWHERE = LISTS | {BOARD}


class Action(NamedTuple):
    """One thing a person can do. `label` is the word in the footer; `rank` orders the footer, 0 stays out of it."""

    id: str
    title: str
    help: str
    group: str
    keys: tuple[str, ...]
    screens: frozenset[str] = EVERYWHERE
    mutates: bool = False
    label: str = ""
    rank: int = 0


def _on(*screens: str) -> frozenset[str]:
    return frozenset(screens)


MOVE, EDIT, LINK, LOOK, GO, OTHER = "Moving", "Editing", "Links", "Looking", "Screens", "Everything else"
GROUPS = (MOVE, EDIT, LINK, LOOK, GO, OTHER)
_TEXTS = _on(BOARD, TREE)
_SIDES = _on(BOARD, TREE, FINDINGS)
_ITEMS = _on(BOARD, TREE, FINDINGS, SEARCH)
_FOUND = _on(BOARD, TREE, FINDINGS, OVERVIEW)

# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("cursor-up", "Up", "The entry above; at the top, the cell above", MOVE, ("up", "k")),
    Action("cursor-down", "Down", "The entry below; at the foot, the cell below", MOVE, ("down", "j")),
    Action("cursor-left", "Left", "The neighbouring cell to the left", MOVE, ("left", "h"), _SIDES),
    Action("cursor-right", "Right", "The neighbouring cell to the right", MOVE, ("right", "l"), _SIDES),
    Action("first", "First", "The first entry of the cell, or the first line", MOVE, ("g g", "home")),
    Action("last", "Last", "The last entry of the cell, or the last line", MOVE, ("G", "end")),
    Action("page-up", "Page up", "A screenful up", MOVE, ("pageup", "ctrl+b")),
    Action("page-down", "Page down", "A screenful down", MOVE, ("pagedown", "ctrl+f")),
    Action("next-cell", "Next cell", "The next cell in fill order", MOVE, ("tab",), _on(BOARD), label="cell", rank=55),
    Action("previous-cell", "Previous cell", "The cell before in fill order", MOVE, ("shift+tab",), _on(BOARD)),
    Action(
        "go-to-cell", "Go to cell", "The cell with this number", MOVE, tuple("123456789"), _on(BOARD)
    ),
    Action(
        "edit", "Edit", "Edit what is under the cursor; in an empty cell, write its first entry", EDIT,
        ("enter", "e"), _TEXTS, True, "edit", 100,
    ),
    Action("open", "Open", "Go to what is under the cursor", GO, ("enter",), _on(FINDINGS, OVERVIEW, SEARCH),
           label="open", rank=100),
    Action("do-next", "Next", "Begin with the thing to do next of this number", GO, ("1", "2", "3"), _on(OVERVIEW)),
    Action("add", "Add", "A new one after this", EDIT, ("a", "o"), _on(BOARD, TREE, OVERVIEW), True, "add", 95),
    Action("add-before", "Add before", "A new entry before this", EDIT, ("O",), _on(BOARD), True),
    Action("details", "Details", "All fields: state, importance, evidence, dates, owner", EDIT, ("i",),
           _on(BOARD, TREE), True, "details", 72),
    Action("note", "Note", "Write a note, over as many lines as it needs", EDIT, ("n",), _TEXTS, True, "note", 60),
    Action("delete", "Delete", "Delete what is under the cursor, and the links to it", EDIT, ("d",), _TEXTS, True,
           "delete", 50),
    Action("move-down", "Move down", "Move the entry down in its cell", EDIT, ("J",), _on(BOARD), True),
    Action("move-up", "Move up", "Move the entry up in its cell", EDIT, ("K",), _on(BOARD), True),
    Action("move-to", "Move to", "Move the entry to another cell", EDIT, ("m",), _on(BOARD), True, "move", 58),
    Action("make-active", "Make active", "The draft counts from now on: what is missing in it is told", EDIT,
           ("A",), _on(BOARD), True, "make active", 93),
    Action("canvas-details", "Canvas details", "All fields of the canvas: title, team, status, owner", EDIT, ("I",),
           _on(BOARD), True, "canvas details"),
    Action("settle", "Settle", "Choose what stays where two people changed the same thing", EDIT, ("c",), _ITEMS, True,
           "settle", 96),
    Action("undo", "Undo", "Take the last edit back", EDIT, ("u",), EVERYWHERE, True, "undo", 65),
    Action("redo", "Redo", "Do again what was taken back", EDIT, ("U", "ctrl+r"), EVERYWHERE, True, "redo", 64),
    Action("fix", "Fix", "What is offered for the finding here, by its number", EDIT,
           tuple(f"f {number}" for number in range(1, 10)), _on(BOARD, TREE, FINDINGS), True, "fix", 97),
    Action("link-follow", "Follow link", "Go to what this is linked with", LINK, ("f f",), _ITEMS, label="follow"),
    Action("link-add", "Link", "Link this with a goal, an initiative or anything else", LINK, ("f a",), _TEXTS, True,
           "link", 90),
    Action("link-remove", "Unlink", "Take a link out", LINK, ("f d",), _TEXTS, True, "unlink"),
    Action("link-back", "What links here", "List what is linked with this", LINK, ("f b",), _ITEMS, label="links here"),
    Action("back-jump", "Back", "Back to where the last jump began", LINK, ("backspace",), label="back", rank=30),
    Action("why", "Why", "The whole chain from this up to the vision", LOOK, ("y",), _ITEMS, label="why", rank=80),
    Action("how", "How", "What answers and serves this, down to the work", LOOK, ("Y",), _ITEMS),
    Action("next-finding", "Next finding", "The next finding on this canvas, then on the others", LOOK, ("]", "g n"),
           _FOUND, label="next finding", rank=75),
    Action("previous-finding", "Previous finding", "The finding before", LOOK, ("[", "g N"), _FOUND),
    Action("search", "Search", "Find any text in the workspace", LOOK, ("/",), label="search", rank=40),
    Action("filter", "Filter", "Show all, only orphans, only what has findings", LOOK, ("&",),
           _on(BOARD, TREE, FINDINGS), label="filter", rank=45),
    Action("zoom", "Zoom", "Give the cell the whole window, and back", LOOK, ("z",), _on(BOARD), label="zoom", rank=42),
    Action("waive", "Waive", "Accept on purpose what is found here, with a reason", EDIT, ("W",),
           _on(BOARD, TREE, FINDINGS), True, "waive", 70),
    Action("next-canvas", "Next canvas", "The next canvas", GO, ("v",), label="canvas", rank=48),
    Action("previous-canvas", "Previous canvas", "The canvas before", GO, ("V",)),
    Action("go-board", "Board", "The board of the canvas", GO, ("g b",), label="board"),
    Action("go-strategy", "Strategy", "Goals and initiatives as a tree", GO, ("g s",), label="strategy", rank=38),
    Action("go-findings", "Findings", "Everything that is missing or wrong", GO, ("g f",), label="findings", rank=37),
    Action("go-overview", "Overview", "All canvases, goals, and what to do next", GO, ("g o",), label="overview"),
    Action("help", "Keys", "The keys of this screen", OTHER, ("?", "f1"), label="keys", rank=20),
    Action("commands", "Commands", "Everything that can be done, by name", OTHER, (":", "ctrl+p"), label="commands"),
    Action("retry-save", "Save again", "Try again what could not be saved; else go on with a draft, wherever it is",
           OTHER, ("R",), EVERYWHERE, True, "save again", 98),
    Action("redraw", "Redraw", "Paint the screen again, after something else wrote on it", OTHER, ("ctrl+l",)),
    Action("back", "Back", "Close this, or back to the screen before", OTHER, ("escape",), label="back", rank=25),
    Action("quit", "Quit", "Leave; everything is saved already", OTHER, ("q",), label="quit", rank=10),
)
# fmt: on

BY_ID = {action.id: action for action in ACTIONS}
SEQUENCE_TITLES = {"g": "Go to", "f": "Links"}
SAFE_CONTROL_KEYS = frozenset({"ctrl+r", "ctrl+p", "ctrl+s", "ctrl+b", "ctrl+f", "ctrl+l"})


def actions_on(screen: str, *, read_only: bool = False) -> tuple[Action, ...]:
    """The actions of a screen, those that change something left out in a read-only session."""
    return tuple(each for each in ACTIONS if screen in each.screens and not (read_only and each.mutates))
