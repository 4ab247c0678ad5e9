"""The block scan and the pieces of values, against tomllib, and on text made to hurt."""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import canvas_tui
from canvas_tui.storage.read.blocks import key_path, scan, scan_like
from canvas_tui.storage.read.limits import MAX_KEY_PARTS, MAX_NESTING, LimitExceeded
from canvas_tui.storage.read.values import array_at, pairs_at, statements
from tests.unit.store_styles import FOLDERS

ALL_FILES = sorted({text for files in FOLDERS.values() for text in files.values()})


def headers(text: str) -> list[tuple[tuple[str, ...], bool, int]]:
    return [(head.path, head.is_array, head.line) for head in scan(text).heads]


def test_headers_are_found_with_path_kind_and_line() -> None:
    text = "a = 1\n\n[one]\n# c\n  [[ two . \"three four\" ]]  # said\nx = 1\n['five'.six]"
    assert headers(text) == [(("one",), False, 3), (("two", "three four"), True, 5), (("five", "six"), False, 7)]


@pytest.mark.parametrize(
    "value",
    [
        '"""\n[no]\n"""',
        "'''\n[[no]]\n# '''",
        '[\n  "a", # [no]\n[1],\n]',
        '"[no]"',
        '{ a = "\\"[no]", b = [\n[1], 2] }',
        '"""a\\"""\n[no]\n""""',
        "''''\n[no]\n'''''",
    ],
)
def test_what_looks_like_a_header_within_a_value_is_none(value: str) -> None:
    text = f"a = {value}\n[yes]\n"
    assert headers(text) == [(("yes",), False, text.count("\n"))]
    tomllib.loads(text)


def test_line_ends_of_either_kind_count_the_same() -> None:
    for text in ALL_FILES:
        assert headers(text) == headers(text.replace("\n", "\r\n"))


@pytest.mark.parametrize("text", ALL_FILES)
def test_every_value_is_cut_out_whole(text: str) -> None:
    found = scan(text)
    ranges = [(0, found.root_end)] + [(head.end, found.end_of(i)) for i, head in enumerate(found.heads)]
    for start, end in ranges:
        body = tomllib.loads(text[start:end])
        for each in statements(text, start, end):
            value: Any = body
            for key in each.key:
                value = value[key]
            written = text[each.value_start : each.value_end]
            assert repr(tomllib.loads(f"x = {written}")["x"]) == repr(value)
            if written.startswith("["):
                items = array_at(text, each.value_start).items
                assert repr([tomllib.loads(f"x = {text[i.start : i.end]}")["x"] for i in items]) == repr(value)
            if written.startswith("{"):
                assert {pair.key[0] for pair in pairs_at(text, each.value_start)[0]} == set(value)


@given(st.sampled_from(ALL_FILES), st.sampled_from(ALL_FILES), st.data())
def test_a_scan_from_a_near_text_is_the_scan(one: str, other: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(one)))
    end = data.draw(st.integers(start, len(one)))
    piece = data.draw(st.sampled_from(["", "\n", '"""', "# c\n", "[[problem]]\n", "[", other[:40], "'''", "x = 1\n"]))
    changed = one[:start] + piece + one[end:]
    try:
        wanted = headers(changed)
    except LimitExceeded:
        return
    near = scan_like(changed, scan(one))
    assert [(head.path, head.is_array, head.line) for head in near.heads] == wanted
    for head in near.heads:
        assert changed[head.start : head.end].lstrip().startswith("[")


_KEYS = st.sampled_from(["a", "b-c", '"d e"', "'f'", "g.h", '"i".j'])
_VALUES = st.recursive(
    st.sampled_from(
        ["1", "true", '"x # y"', "'[z]'", "2027-01-01 10:00:00", '"""\nq\n"""', "1.5", '"\\"]"', "'''\n]\n'''"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ",\n # c ]\n".join(items) + "]"),
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(inner, max_size=2).map(
            lambda items: "{ " + ", ".join(f"k{i}.x = {item}" for i, item in enumerate(items)) + " }"
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, 30), st.lists(_VALUES, max_size=3)), max_size=6))
def test_any_tables_are_found_where_tomllib_finds_them(tables: list[tuple[int, list[str]]]) -> None:
    text, lines = "", []
    for number, values in tables:
        lines.append(text.count("\n") + 1)
        text += f"[[t{number}]]\n" + "".join(f"v{i} = {value}\n" for i, value in enumerate(values))
    data = tomllib.loads(text)
    found = scan(text)
    assert [head.line for head in found.heads] == lines
    for index, head in enumerate(found.heads):
        assert head.path[0] in data
        body = statements(text, head.end, found.end_of(index))
        assert [each.key[0] for each in body] == [f"v{i}" for i in range(len(tables[index][1]))]


@given(st.text(st.sampled_from("\"'[]{}#=.,\n\r\\ aé"), max_size=60))
def test_no_text_breaks_the_scan(text: str) -> None:
    found = scan(text)
    assert all(0 <= head.start < head.end <= len(text) for head in found.heads)


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".a" * MAX_KEY_PARTS + " = 1",
        "[" + ".".join("a" * (MAX_KEY_PARTS + 1)) + "]",
        "x = { " + ".".join("a" * (MAX_KEY_PARTS + 1)) + " = 1 }",
        "x = [{ " + ".".join('"a"' for _ in range(MAX_KEY_PARTS + 1)) + " = 1 }]",
        "x = " + "[" * (MAX_NESTING + 1),
        "[" * 500,
    ],
)
def test_what_would_choke_a_parser_is_refused(text: str) -> None:
    with pytest.raises(LimitExceeded):
        scan(f"ok = 1\n{text}\n")


def test_a_long_text_with_many_dots_is_no_deep_key() -> None:
    dots = "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v"
    assert headers(f'x = {{ text = "{dots}" }}\ny = ["{dots}"]\nz = "{dots}" # {dots}\n[t]\n') == [(("t",), False, 4)]


@pytest.mark.parametrize("unit", ['"', "'", '"""', "'''", '\\"', '"\\"', "[", "a.", "a=", "{", "# ", "[[a]]\n", '"a".'])
def test_work_grows_with_the_length_and_no_faster(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in characters the scan steps over again, not in seconds: a quadratic scan would take a million."""
    import canvas_tui.storage.read.blocks as blocks

    steps = 0

    def counting(pattern: Any) -> Any:
        class Counting:
            def match(self, text: str, position: int = 0) -> Any:
                nonlocal steps
                found = pattern.match(text, position)
                steps += 1 + (found.end() - position if found else 0)
                return found

        return Counting()

    for name in ("_PLAIN_LINES", "_HEADER", "_TOKEN"):
        monkeypatch.setattr(blocks, name, counting(getattr(blocks, name)))
    text = "x = " + unit * (6000 // len(unit))
    with contextlib.suppress(LimitExceeded):
        scan(text)
    assert steps < 6 * len(text)


def test_key_paths_are_unquoted() -> None:
    assert key_path('a . "b.c" .\'d e\'."\\u00e9"') == ("a", "b.c", "d e", "é")


def test_no_pattern_keeps_what_a_failed_repeat_has_eaten() -> None:
    """Python before 3.11.5, which is many a server's, goes on behind a body of `(?:...)*+` that matched in part.

    An atomic body means the same and gives back what it took.
    """
    package = Path(canvas_tui.__file__).parent
    careless = [
        f"{path.name}: {body}"
        for path in package.rglob("*.py")
        for body in possessive_bodies(path.read_text(encoding="utf-8"))
        if not body.startswith("(?>")
    ]
    assert careless == []


def test_control_a_careless_repeat_is_seen() -> None:
    assert list(possessive_bodies(r"x(?:ab?c(?>d)*+[)(]\)){0,7}+")) == ["(?>d)", r"(?:ab?c(?>d)*+[)(]\))"]


def possessive_bodies(source: str) -> Iterator[str]:
    """Every group of a regular expression that is repeated possessively."""
    opened: list[int] = []
    for token in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\\n])*\]|[()]", source):
        if token[0] == "(":
            opened.append(token.start())
        elif token[0] == ")" and opened:
            start = opened.pop()
            if re.match(r"(?:[*+?]|\{\{?[\d,]+\}\}?)\+", source[token.end() : token.end() + 12]):
                yield source[start : token.end()]
