"""Small boards for unit tests: a template and a canvas, as values."""

from __future__ import annotations

import tomllib
from pathlib import Path

from canvas_tui.core.elements import Canvas, Cell, Entry
from canvas_tui.core.template import Template, template_from
from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.tui.board.contents import Contents, Filter, Signs, contents_of

MODELS = Path(__file__).parents[2] / "canvas_tui" / "models"


def template(model: str) -> Template:
    """A built-in model's template."""
    return template_from(tomllib.loads((MODELS / f"{model}.toml").read_text(encoding="utf-8")))


def board(
    model: str = "lean-canvas", signs: Signs | None = None, shown: Filter = "all", **cells: list[str]
) -> Contents:
    """The contents of a canvas `c` with these entries; `unfair_advantage` stands for the cell unfair-advantage."""
    filled = {
        name.replace("_", "-"): Cell(name.replace("_", "-"), tuple(Entry({"text": text}) for text in texts))
        for name, texts in cells.items()
    }
    canvas = Canvas("c", model, filled, {"model": model, "id": "c"})
    workspace = Workspace((Document("c.toml", canvas=canvas),), {model: template(model)})
    return contents_of(workspace, canvas, signs or Signs(), shown)
