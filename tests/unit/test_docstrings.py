"""Every module, and every public class, function and method, has a docstring. Asked of the syntax tree."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "canvas_tui"
NOT_YET = "tui/"  # it is being rebuilt: take this out once its classes have their docstrings
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


def test_every_public_name_has_a_docstring() -> None:
    lacking = []
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        if not file.startswith(NOT_YET):
            lacking += [f"{file}: {name}" for name in undocumented(ast.parse(path.read_text("utf-8")).body)]
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
