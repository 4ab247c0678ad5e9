"""A new canvas, step by step: which model, then what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_tui.core.edits import add_canvas
from canvas_tui.core.places import EditError
from canvas_tui.tui.dialogs.ask import AskScreen
from canvas_tui.tui.dialogs.choices import model_items
from canvas_tui.tui.dialogs.pick import pick
from canvas_tui.tui.dialogs.picker_view import Wording
from canvas_tui.tui.paint.parts import quoted, said

if TYPE_CHECKING:
    from canvas_tui.tui.shell import Shell


def start_canvas(shell: Shell) -> None:
    """Ask for the model and the title, write the canvas, and show it."""
    workspace = shell.session.workspace
    if not workspace.is_folder:
        shell.say("One file holds one canvas · a folder (canvas-tui new) holds many", "warning")
        return

    wording = Wording("New canvas: which model", enter="start it", placeholder="lean canvas, SWOT, marketing mix ...")
    pick(shell, model_items(workspace), wording, lambda choice: _ask_title(shell, choice.value))


def _ask_title(shell: Shell, model: str) -> None:
    template = shell.session.workspace.templates[model]
    title = said(template.title)

    def typed(text: str | None) -> None:
        if text is None:
            return
        try:
            command = add_canvas(shell.session.workspace, model, text or template.title)
        except EditError as error:
            shell.say(str(error), "error")
            return
        made = shell.edit(command, f"Added the canvas {quoted(text or title)}")
        if made:
            shell.goto(made)

    asked = AskScreen(f"What is this {title} called?", "", placeholder=title, enter="write it")
    shell.ask(asked, typed)
