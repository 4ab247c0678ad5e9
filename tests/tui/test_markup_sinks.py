"""No text of a file is ever read as markup: the code is looked through for every way Textual has of doing so.

Textual reads `[@click=...]`, `[link=...]` and `[/]` in most of its widgets; in our screens it must find none.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import canvas_tui

ROOT = Path(canvas_tui.__file__).parent
SINKS = {"from_markup", "Markdown", "MarkdownViewer", "Link", "render_markup", "RichLog", "escape_markup"}
TITLES = {"border_title", "border_subtitle", "tooltip"}
READS_MARKUP = {"Static", "Label", "OptionList", "SelectionList"}
READS_MARKUP_ALWAYS = {"Button", "Checkbox", "RadioButton", "Collapsible", "TabPane", "Tab", "Select", "Tooltip"}


def sinks(source: str) -> list[str]:
    """Every place in the source where text might be read as markup, as `line: what`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.ImportFrom):
            found += [f"{line}: imports {each.name}" for each in node.names if each.name in SINKS]
        elif isinstance(node, ast.Attribute) and node.attr in SINKS:
            found.append(f"{line}: uses {node.attr}")
        elif isinstance(node, ast.Attribute) and node.attr in TITLES and isinstance(node.ctx, ast.Store):
            found.append(f"{line}: sets {node.attr}")
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            keywords = {each.arg: each.value for each in node.keywords}
            has_text = any(not isinstance(each, ast.Constant) for each in node.args)
            markup = keywords.get("markup")
            is_off = isinstance(markup, ast.Constant) and markup.value is False
            if name in READS_MARKUP and not is_off:
                found.append(f"{line}: {name} without markup=False")
            if name in READS_MARKUP_ALWAYS and has_text and not is_off:
                found.append(f"{line}: {name} of a text")
            if markup is not None and not is_off:
                found.append(f"{line}: {name} with markup")
    return found


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_read_as_markup(path: Path) -> None:
    assert sinks(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        "Static(text)",
        "Label('x')",
        "OptionList(*texts)",
        "Static(text, markup=True)",
        "Static(text, markup=maybe)",
        "widgets.Button(entry.text)",
        "Content.from_markup(text)",
        "from textual.widgets import Markdown",
        "self.border_title = entry.text",
        "self.notify(text, markup=True)",
    ],
)
def test_control_every_way_is_seen(code: str) -> None:
    assert sinks(code)


@pytest.mark.parametrize("code", ["Static(text, markup=False)", "Content(text)", "Button('Save')", "self.notify(text)"])
def test_plain_ways_are_left_alone(code: str) -> None:
    assert sinks(code) == []
