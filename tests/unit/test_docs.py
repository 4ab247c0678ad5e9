"""The pages for people who change the code name what is there: paths, modules, functions, and every folder."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAP = ROOT / "docs" / "architecture.md"
PAGES = (MAP, ROOT / "CONTRIBUTING.md")

_PATH = re.compile(r"(?<![\w./-])(?:canvas_tui|docs|samples|tests|\.ci)/[\w./-]*|\b(?:[A-Z]{5,}\.md|pyproject\.toml)")
_MODULE = re.compile(r"\b(?:canvas_tui|tests)(?:\.\w+)+")
_NAME = re.compile(r"`(?:(\w+)\(\)|([A-Z][a-z]\w*)\.(\w+)|(_?[A-Z]{2}[A-Z_]*))`")


def not_there(page: str) -> list[str]:
    """What a page names and the repository does not have. `NAME` stands for a name that a reader chooses."""
    paths = (path.rstrip(".") for path in _PATH.findall(page))
    gone = [path for path in paths if not (ROOT / (str(Path(path).parent) if "NAME" in path else path)).exists()]
    gone += [module for module in _MODULE.findall(page) if not _is_module(module)]
    for function, owner, member, constant in _NAME.findall(page):
        wanted = f"{owner}.{member}" if owner else function or constant
        if wanted not in names():
            gone.append(wanted)
    return gone


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


@cache
def names() -> frozenset[str]:
    """Every function, constant and `Class.member` of the program, and of the tests that press keys."""
    files = [*(ROOT / "canvas_tui").rglob("*.py"), *(ROOT / "tests" / "tui").glob("*.py")]
    return frozenset(name for file in files for name in _names_in(ast.parse(file.read_text(encoding="utf-8"))))


def _names_in(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=owner, body=members):
                functions = (each for each in members if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
                yield from (f"{owner}.{each.name}" for each in functions)
            case ast.Assign(targets=targets):
                yield from (each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def folders() -> set[str]:
    """The folders of the program that hold something, as the map names them."""
    files = (file for kind in ("*.py", "*.toml") for file in (ROOT / "canvas_tui").rglob(kind))
    return {f"{file.parent.relative_to(ROOT).as_posix()}/" for file in files}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_everything_that_a_page_names_is_there(page: Path) -> None:
    assert not_there(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_folder_of_the_program_is_in_the_map() -> None:
    rows = set(re.findall(r"^\| `([^`]+/)` \|", MAP.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(folders()) > 10
    assert folders() - rows == set()


def test_each_word_of_the_glossary_stands_there_once_and_in_order() -> None:
    glossary = MAP.read_text(encoding="utf-8").partition("## Glossary")[2].partition("\n## ")[0]
    words = re.findall(r"^\| ([a-z][a-z ]+) \| (?!meaning)", glossary, re.MULTILINE)
    assert len(words) > 30
    assert words == sorted(set(words))


def test_the_readme_leads_to_both_pages() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"]({page.relative_to(ROOT).as_posix()})" not in readme] == []


@pytest.mark.parametrize(
    "named",
    [
        "canvas_tui/core/nothing.py", "canvas_tui/nowhere/NAME.py", "canvas_tui.core.nothing", "tests.nowhere",
        "HISTORY.md", "`nothing_like_this()`", "`CanvasScreen.do_nothing`", "`NO_SUCH_LIST`",
    ],
)  # fmt: skip
def test_what_is_gone_is_found(named: str) -> None:
    assert not_there(f"See {named}, and `canvas_tui/core/text.py` with `clean()`.") == [
        named.strip("`").removesuffix("()")
    ]
