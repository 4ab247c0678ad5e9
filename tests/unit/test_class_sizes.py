"""Classes of the screen stay small, and are made of parts: no tower of classes that inherit from each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

TUI = Path(__file__).parents[2] / "canvas_tui" / "tui"
MOST, HIGHEST = 42, 2  # members of its own; classes of ours that one stands on
DOORS = {"SafeApp"}  # a member for each door that it shuts


def classes() -> dict[str, ast.ClassDef]:
    """Every class of the screen by name."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in TUI.rglob("*.py"))
    return {node.name: node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def members_of(owner: ast.ClassDef) -> set[str]:
    """What a class itself has: methods, names in its body, and attributes that it gives to itself."""
    return set(_members_of(owner))


def _members_of(owner: ast.ClassDef) -> Iterator[str]:
    for node in owner.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (each.id for each in targets if isinstance(each, ast.Name))
    for each in ast.walk(owner):
        match each:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name


def height_of(name: str, known: Mapping[str, ast.ClassDef]) -> int:
    """How many classes of ours stand below a class, one on the other."""
    below = [each for base in known[name].bases for each in _names(base) if each in known]
    return max((1 + height_of(each, known) for each in below), default=0)


def _names(base: ast.AST) -> Iterator[str]:
    yield from (node.id for node in ast.walk(base) if isinstance(node, ast.Name))


def test_no_class_has_more_members_than_a_person_can_keep_in_mind() -> None:
    known = classes()
    assert len(known) > 80
    assert {name: len(members_of(each)) for name, each in known.items() if len(members_of(each)) > MOST}.keys() == DOORS


def test_no_class_stands_on_a_tower_of_others() -> None:
    known = classes()
    assert [name for name in known if height_of(name, known) > HIGHEST] == []


def test_no_class_asks_its_own_subclass_for_a_method() -> None:
    asking = [name for name, owner in classes().items() if "NotImplementedError" in set(_names(owner))]
    assert asking == []


def test_nothing_of_the_screen_is_taken_for_another_type_than_it_has() -> None:
    files = sorted(TUI.rglob("*.py"))
    assert len(files) > 80
    assert [file.name for file in files if "cast" in set(_names(ast.parse(file.read_text(encoding="utf-8"))))] == []


def test_only_the_start_of_a_session_knows_the_app() -> None:
    files = {file.name: ast.parse(file.read_text(encoding="utf-8")) for file in TUI.rglob("*.py")}
    knowing = {name for name, tree in files.items() if "CanvasApp" in set(_names(tree))}
    assert knowing == {"launch.py"}


def test_members_and_heights_are_counted() -> None:
    source = (
        "class A:\n    x = 1\n    y: int\n    def f(self):\n        self.z = 1\nclass B(A): ...\nclass C(B[int]): ..."
    )
    tree = ast.parse(source)
    known = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    assert members_of(known["A"]) == {"x", "y", "f", "z"}
    assert [height_of(name, known) for name in "ABC"] == [0, 1, 2]
