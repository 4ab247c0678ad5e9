"""Every module, and every public class, function and method, has a docstring. Asked of the syntax tree."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "canvas_tui"
# Methods in tui/ that Textual calls by these names, and documents itself: handlers of events, actions, painting.
TEXTUAL_FOLDER = "tui/"
TEXTUAL_HOOK = re.compile(r"\w[\w.]*\.(on_\w+|action_\w+|compose|render_line)")
MAY_BE_EMPTY = "__init__.py"  # a package whose modules need no introduction
# Public names without a docstring, as "graph/build.py: StrategyGraph.of", each with the reason beside it.
EXEMPT: frozenset[str] = frozenset()


def undocumented(body: Sequence[ast.stmt], prefix: str = "") -> Iterator[str]:
    """The public names among these statements that have no docstring. Names inside a function are not public."""
    for each in body:
        if isinstance(each, ast.If):  # `if TYPE_CHECKING` or a platform
            yield from undocumented([*each.body, *each.orelse], prefix)
        if not isinstance(each, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or each.name.startswith("_"):
            continue
        if not ast.get_docstring(each):
            yield f"{prefix}{each.name}"
        if isinstance(each, ast.ClassDef):
            yield from undocumented(each.body, f"{prefix}{each.name}.")


def is_textual_hook(file: str, name: str) -> bool:
    """Whether Textual documents this method: only a method of a class can be a hook, and only in the screen's layer."""
    return file.startswith(TEXTUAL_FOLDER) and TEXTUAL_HOOK.fullmatch(name) is not None


def test_every_public_name_has_a_docstring() -> None:
    lacking = []
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        names = undocumented(ast.parse(path.read_text("utf-8")).body)
        lacking += [f"{file}: {name}" for name in names if not is_textual_hook(file, name)]
    assert set(lacking) == EXEMPT


def test_every_module_has_a_docstring() -> None:
    texts = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    lacking = [file for file, text in texts.items() if not ast.get_docstring(ast.parse(text))]
    assert [file for file in lacking if texts[file] or not file.endswith(MAY_BE_EMPTY)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def show(): pass", ["show"]),
        ("async def show(): pass", ["show"]),
        ("class Board:\n    def show(self): pass", ["Board", "Board.show"]),
        ("class Board:\n    'A board.'\n    def show(self): pass", ["Board.show"]),
        ("if True:\n    def show(): pass\nelse:\n    def hide(): pass", ["show", "hide"]),
        ("def _show(): pass", []),
        ("class _Board:\n    def show(self): pass", []),
        ("def show():\n    'Show it.'\n    def inner(): pass", []),
    ],
)
def test_a_name_without_a_docstring_is_found(text: str, found: list[str]) -> None:
    assert list(undocumented(ast.parse(text).body)) == found


@pytest.mark.parametrize(
    ("file", "name", "is_hook"),
    [
        ("tui/app.py", "App.on_mount", True),
        ("tui/app.py", "App.action_quit", True),
        ("tui/app.py", "App.compose", True),
        ("tui/app.py", "App.composed", False),
        ("tui/app.py", "App.header", False),
        ("tui/app.py", "on_mount", False),
        ("core/edits.py", "Edits.on_mount", False),
    ],
)
def test_only_methods_that_textual_calls_need_no_docstring(file: str, name: str, is_hook: bool) -> None:
    assert is_textual_hook(file, name) == is_hook
