"""No function of the program calls itself, by itself or by way of others: no data can be too deep for it.

What walks a TOML value may: how deep one can be is limited before any parser sees it (`storage/read/limits.py`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

PACKAGE = Path(__file__).parents[2] / "canvas_tui"
VALUES = {
    # brackets within brackets of one value
    *(
        "core/toml_words.py:shown",
        "cli/output.py:_without_nan",
        "graph/nodes.py:_joined",
        "storage/read/syntax.py:_integers",
    ),
    *("core/toml_words.py:as_read", "core/toml_words.py:in_toml", "core/values.py:same", "core/values.py:with_one_nan"),
    *("storage/write/values.py:format_value", "core/values.py:same_values"),
    *(f"core/threeway.py:{name}" for name in ("_table", "_value", "_items", "_item")),
    # the same in a journal, and edits within edits
    *(f"storage/write/serial.py:{name}" for name in ("_encode", "_encode_table", "_encode_instance")),
    *(f"storage/write/serial.py:{name}" for name in ("_decode", "_decode_tagged", "_fits")),
    # the parts of a key
    *("core/field_paths.py:get_field", "core/field_paths.py:put_field"),
    *("storage/write/fields.py:_find_in", "storage/write/fields.py:_without"),
    # folders within folders, as deep as they are read; a second call with other arguments, once
    *("storage/read/folder.py:enter", "core/cells.py:clip", "tui/input/keymap.py:keymap_with"),
    # one question after another: each when the one before was answered, and nothing waits on the stack
    *("tui/flows/unsaved_edits.py:_settle", "tui/flows/unsaved_edits.py:done"),
    *("session/conflict.py:settled", "session/conflict.py:_settled_batch"),
    *("tui/flows/draft_recovery.py:_offer_gone", "tui/flows/draft_recovery.py:_answered_gone"),
}


def calls_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """The functions of its module, and the methods of its own object, that a function calls."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield called.id
            elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "self":
                yield f"self.{called.attr}"


def circles_in(source: str) -> set[str]:
    """Every function of a module that can come round to itself."""
    graph = nx.DiGraph()
    tree = ast.parse(source)
    owners: list[tuple[str, ast.AST]] = [("", tree)]
    owners += [("self.", node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for prefix, owner in owners:
        for node in ast.iter_child_nodes(owner) if prefix else ast.walk(owner):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (prefix or not _is_method(node, tree)):
                graph.add_edges_from((prefix + node.name, called) for called in calls_of(node))
    return {
        name.removeprefix("self.")
        for knot in nx.strongly_connected_components(graph)
        for name in knot
        if len(knot) > 1 or graph.has_edge(name, name)
    }


def _is_method(function: ast.AST, tree: ast.Module) -> bool:
    return any(function in each.body for each in ast.walk(tree) if isinstance(each, ast.ClassDef))


def test_nothing_recurses_but_what_walks_a_value() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}:{name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in circles_in(path.read_text(encoding="utf-8"))
    }
    assert found - VALUES == set()


def test_control_a_walk_by_way_of_another_is_seen() -> None:
    source = "class A:\n def down(self, n): self.each(n)\n def each(self, n):\n  for c in n: self.down(c)\n"
    assert circles_in(source) == {"down", "each"}
    assert circles_in("def f(n):\n return f(n - 1)\n") == {"f"}
    assert circles_in("def f(n):\n return g(n)\ndef g(n):\n return n\n") == set()
