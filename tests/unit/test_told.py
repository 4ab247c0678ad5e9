"""Names and texts that pretend are told so that they cannot, and all others as they are."""

from __future__ import annotations

import json

import pytest

from canvas_tui.core.told import harmless_json, harmless_line, told_path, told_place


@pytest.mark.parametrize(
    "path", ["goals.toml", "mein/Plan (2).toml", "ä.toml", "戦略.toml", "2027.toml", "_x.toml", "./a.toml"]
)
def test_a_plain_path_is_told_as_it_is(path: str) -> None:
    assert told_path(path) == path
    assert told_place(path, 3) == f"{path}:3"


@pytest.mark.parametrize(
    "path", ["-rf.toml", "::error::a.toml", "##[x].toml", " a.toml", "\u2003a.toml", "@a.toml", "~.toml"]
)
def test_any_other_beginning_gets_the_folder_in_front(path: str) -> None:
    assert told_path(path) == f"./{path}"


def test_a_name_like_a_place_has_its_colons_escaped() -> None:
    assert told_place("a.toml:1:2: well.toml", 7) == "a.toml\\:1\\:2\\: well.toml:7"
    assert told_place("v2: plan.toml", None) == "v2: plan.toml"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("::error::x", ": :error::x"),
        ("   ::error::x", "   : :error::x"),
        ("\x1b[1m::error::x", "\x1b[1m: :error::x"),
        ("a ::error::x", "a ::error::x"),
        ("said ##[error]x", "said # #[error]x"),
        ("###vso[a]b", "## #vso[a]b"),
        ("## a heading, and [a link]", "## a heading, and [a link]"),
        ("--- x", " --- x"),
        (": a colon", ": a colon"),
    ],
)
def test_a_line_is_no_command_of_a_ci_host(line: str, told: str) -> None:
    assert harmless_line(line) == told
    assert harmless_line(told) == told


def test_json_means_the_same() -> None:
    text = json.dumps({"##[error]": "###vso[x]"})
    assert "##" not in harmless_json(text)
    assert json.loads(harmless_json(text)) == json.loads(text)
