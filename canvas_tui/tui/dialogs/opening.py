"""Dialogs that every screen opens alike: why and how, the keys, the palette.

Owns what these dialogs are made of; works for any CanvasScreen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas_tui.tui.dialogs.listing import Listed, ListingDialog, Page
from canvas_tui.tui.dialogs.picker import Choice, PickerScreen
from canvas_tui.tui.keys import shown_key
from canvas_tui.tui.look import Marks
from canvas_tui.tui.views.choices import action_items
from canvas_tui.tui.views.help import WORDS_ON_SCREEN, help_lines
from canvas_tui.tui.views.parts import quoted, title_of
from canvas_tui.tui.views.picker import Wording
from canvas_tui.tui.views.why import how_rows, why_rows

if TYPE_CHECKING:
    from canvas_tui.tui.screens.base import CanvasScreen


def show_chains(
    screen: CanvasScreen, address: str, *, is_how: bool = False, spot: tuple[int, int] | None = None
) -> None:
    """Why something is there, up to the vision; Y turns to how it is carried out. Enter goes to a row."""
    controller = screen.controller
    item = controller.workspace.find(address)
    if item is None:
        return
    name = quoted(title_of(item, controller.workspace), 40)

    def made(make: Callable[..., list]) -> Callable[[int], list[Listed]]:  # type: ignore[type-arg]
        def rows(columns: int) -> list[Listed]:
            found = make(controller.workspace, controller.graph, address, columns, controller.today, screen.marks)
            return [(row.line, row.address) for row in found]

        return rows

    why = Page(f"Why {name}", made(why_rows), "go there", "Y", "how")
    how = Page(f"How {name}", made(how_rows), "go there", "y", "why")
    pages = (how, why) if is_how else (why, how)

    def chosen(key: str | None) -> None:
        if key is not None and key != address:
            screen.canvas_app.goto(key)

    screen.app.push_screen(ListingDialog(pages, marks=screen.marks, spot=spot), chosen)


def show_help(screen: CanvasScreen) -> None:
    """The keys of a screen, all of them, over the whole window."""
    app = screen.canvas_app
    actions = app.keys.keymap.on(screen.screen_name, read_only=screen.controller.is_read_only)

    def shown(key: str) -> str:
        return shown_key(key, ascii_only=app.is_ascii)

    def rows(columns: int) -> list[Listed]:
        return [(line, None) for line in help_lines(actions, columns, shown, legend(screen.marks))]

    title = f"Keys on {WORDS_ON_SCREEN.get(screen.screen_name, 'this screen')}"
    screen.app.push_screen(
        ListingDialog((Page(title, rows),), marks=screen.marks, is_whole=True, closing_keys=("?", "f1"))
    )


def show_palette(screen: CanvasScreen) -> None:
    """Everything that does something here, by name; Enter does it."""
    app = screen.canvas_app

    def shown(key: str) -> str:
        return shown_key(key, ascii_only=app.is_ascii)

    def chosen(choice: Choice | None) -> None:
        if choice is not None:
            screen.run_action_by_id(choice.value)

    wording = Wording("What to do", enter="do it", placeholder="type what you want to do")
    items = action_items(screen.actions_here(), shown)
    screen.app.push_screen(PickerScreen(items, wording, marks=screen.marks), chosen)


def legend(marks: Marks) -> list[tuple[str, str]]:
    """The marks of the board and what they mean."""
    return [
        ("3", "how many links an entry has"),
        (marks.orphan, "orphan: no trace up to a goal"),
        (marks.error, "a finding that is an error"),
        (marks.assumption, "an assumption"),
        (marks.validated, "validated"),
        (marks.refuted, "refuted"),
        (f"{marks.full}{marks.empty}", "how far, or how full"),
    ]
