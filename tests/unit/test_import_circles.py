"""No modules of the screen know each other in a circle, not for types either: one can be read after the other."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = "canvas_tui.tui"


def circles(modules: dict[str, str]) -> list[list[str]]:
    """The groups of modules that import each other, however far round; `modules` are sources by name."""
    graph: nx.DiGraph[str] = nx.DiGraph(
        (name, other) for name, source in modules.items() for other in imported(source) if other in modules
    )
    return sorted(sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1)


def imported(source: str) -> Iterable[str]:
    """Every name that may be a module in the imports of a source, those in functions and for types included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def sources(package: str) -> dict[str, str]:
    """The sources of a package by module."""
    folder = ROOT.joinpath(*package.split("."))
    names = {file: ".".join(file.relative_to(ROOT).with_suffix("").parts) for file in folder.rglob("*.py")}
    return {name.removesuffix(".__init__"): file.read_text(encoding="utf-8") for file, name in names.items()}


def test_no_module_of_the_screen_is_in_a_circle() -> None:
    modules = sources(PACKAGE)
    assert len(modules) > 50
    assert circles(modules) == []


@pytest.mark.parametrize(
    "back",
    ["from p import a", "from p.a import x", "if TYPE_CHECKING:\n    from p.a import x", "def f():\n    import p.a"],
)
def test_a_circle_is_found_whichever_way_it_is_closed(back: str) -> None:
    assert circles({"p.a": "import p.b", "p.b": "from p.c import y", "p.c": back}) == [["p.a", "p.b", "p.c"]]
