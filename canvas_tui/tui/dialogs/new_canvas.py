"""A new canvas, step by step: which model, then what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_tui.core.edits import add_canvas
from canvas_tui.core.places import EditError
from canvas_tui.tui.dialogs.ask import AskScreen
from canvas_tui.tui.dialogs.picker import Choice, PickerScreen
from canvas_tui.tui.views.choices import model_items
from canvas_tui.tui.views.parts import quoted, said
from canvas_tui.tui.views.picker import Wording

if TYPE_CHECKING:
    from canvas_tui.tui.screens.base import CanvasScreen


def start_canvas(screen: CanvasScreen) -> None:
    """Ask for the model and the title, write the canvas, and show it."""
    workspace = screen.controller.workspace
    if not workspace.is_folder:
        screen.show_message("One file holds one canvas · a folder (canvas-tui new) holds many", "warning")
        return

    def picked(choice: Choice | None) -> None:
        if choice is not None:
            _ask_title(screen, choice.value)

    wording = Wording("New canvas: which model", enter="start it", placeholder="lean canvas, SWOT, marketing mix ...")
    screen.app.push_screen(PickerScreen(model_items(workspace), wording, marks=screen.marks), picked)


def _ask_title(screen: CanvasScreen, model: str) -> None:
    template = screen.controller.workspace.templates[model]
    title = said(template.title)

    def typed(text: str | None) -> None:
        if text is None:
            return
        try:
            command = add_canvas(screen.controller.workspace, model, text or template.title)
        except EditError as error:
            screen.show_message(str(error), "error")
            return
        made = screen.canvas_app.edit(command, f"Added the canvas {quoted(text or title)}")
        if made:
            screen.canvas_app.goto(made)

    asked = AskScreen(f"What is this {title} called?", "", placeholder=title, enter="write it", marks=screen.marks)
    screen.app.push_screen(asked, typed)
