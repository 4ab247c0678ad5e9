"""Keys: what they are called, which may be bound, what two in a row mean, and a person's own keymap."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from canvas_tui.tui.config import config_from, config_path, read_config
from canvas_tui.tui.input.actions import ACTIONS, BY_ID, EVERYWHERE
from canvas_tui.tui.input.keymap import (
    FirstKey,
    Keymap,
    KeyReader,
    complaint_about_key,
    keymap_with,
    shown_key,
    token_of,
)
from canvas_tui.tui.paint.footer import keys_line, sequence_line
from canvas_tui.tui.paint.style import plain


@dataclass
class Pressed:
    key: str
    character: str | None = None

    @property
    def is_printable(self) -> bool:
        return self.character is not None and self.character.isprintable()


@pytest.mark.parametrize(
    ("event", "token"),
    [
        (Pressed("a", "a"), "a"),
        (Pressed("question_mark", "?"), "?"),
        (Pressed("G", "G"), "G"),
        (Pressed("ctrl+i", "\t"), "tab"),
        (Pressed("ctrl+m", "\r"), "enter"),
        (Pressed("ctrl+h", "\x08"), "backspace"),
        (Pressed("escape", "\x1b"), "escape"),
        (Pressed("space", " "), "space"),
        (Pressed("shift+tab"), "shift+tab"),
        (Pressed("é", "é"), "é"),
    ],
)
def test_keys_have_one_name_each(event: Pressed, token: str) -> None:
    assert token_of(event) == token


def test_every_key_of_the_registry_can_be_bound_and_none_clashes() -> None:
    assert all(complaint_about_key(key) is None for action in ACTIONS for key in action.keys)
    assert keymap_with({}).problems == ()
    assert keymap_with({"add": BY_ID["add"].keys}).problems == ()


def test_no_action_hangs_on_a_key_that_not_every_terminal_sends() -> None:
    for action in ACTIONS:
        plain_keys = [key for key in action.keys if not key.startswith(("ctrl+", "f1", "f2", "shift+"))]
        assert plain_keys or action.id in ("previous-cell", "redraw"), action.id


@pytest.mark.parametrize(
    "key", ["ctrl+h", "ctrl+i", "ctrl+m", "ctrl+[", "alt+x", "shift+enter", "ctrl+space", "a b c", "", "f99"]
)
def test_an_unsafe_key_is_told(key: str) -> None:
    assert complaint_about_key(key) is not None
    told = keymap_with({"add": [key]})
    assert any(problem.startswith("keys: add: ") for problem in told.problems)
    assert told.action("add").keys == BY_ID["add"].keys


def test_a_persons_own_key_takes_the_place_of_the_standard_one() -> None:
    keymap = keymap_with({"add": ["+"], "undo": ["ctrl+u"]})
    assert keymap.problems == ()
    reader = KeyReader(keymap)
    assert reader.feed("board", "+").id == "add"  # type: ignore[union-attr]
    assert reader.feed("board", "a") is None
    assert reader.feed("board", "ctrl+u").id == "undo"  # type: ignore[union-attr]


@pytest.mark.parametrize("key", ["d", "g", "f", "enter"])
def test_a_clash_is_told_and_the_standard_key_stays(key: str) -> None:
    keymap = keymap_with({"add": [key]})
    assert any(f"'{key}'" in problem or "'f " in problem or "'g " in problem for problem in keymap.problems)
    assert keymap.action("add").keys == BY_ID["add"].keys
    assert any("until then add keeps a and o" in problem for problem in keymap.problems)
    assert KeyReader(keymap).feed("board", "d").id == "delete"  # type: ignore[union-attr]


def test_two_keys_may_be_swapped() -> None:
    keymap = keymap_with({"delete": ["n"], "note": ["d"]})
    assert keymap.problems == ()
    assert KeyReader(keymap).feed("board", "n").id == "delete"  # type: ignore[union-attr]


def test_an_action_nobody_knows_is_told() -> None:
    assert "no action is called 'dance'" in keymap_with({"dance": ["x"]}).problems[0]


def test_a_sequence_shows_what_may_follow_and_ends_with_the_next_key() -> None:
    reader = KeyReader(Keymap())
    first = reader.feed("board", "g")
    assert isinstance(first, FirstKey)
    assert {"g", "b", "s", "f", "o", "n", "N"} <= {key for key, _ in first.may_follow}
    links = KeyReader(Keymap()).feed("board", "f")
    assert isinstance(links, FirstKey)
    assert [key for key, _ in links.may_follow] == [*"123456789", "f", "a", "d", "b"], "in the order of the registry"
    assert reader.feed("board", "s").id == "go-strategy"  # type: ignore[union-attr]
    reader.feed("board", "g")
    assert reader.feed("board", "z") is None
    assert reader.feed("board", "z").id == "zoom"  # type: ignore[union-attr]
    reader.feed("board", "g")
    reader.forget()
    assert reader.prefix == ""
    assert plain(sequence_line(first, 30)).startswith(" Go to: ")


def test_a_read_only_session_knows_no_key_that_changes_anything() -> None:
    reader = KeyReader(Keymap(), read_only=True)
    for screen in EVERYWHERE:
        for action in ACTIONS:
            for key in action.keys:
                meant = None
                for token in key.split(" "):
                    meant = reader.feed(screen, token)
                reader.forget()
                assert not (hasattr(meant, "mutates") and meant.mutates), (screen, key)  # type: ignore[union-attr]


@pytest.mark.parametrize("room", [40, 60, 80, 140])
def test_the_footer_fits_and_keeps_the_most_useful_keys(room: int) -> None:
    line = plain(keys_line([each for each in ACTIONS if "board" in each.screens], room)).rstrip()
    assert len(line) <= room
    assert line.startswith(" enter edit")
    assert line.endswith("? keys")


def test_keys_are_shown_as_people_say_them() -> None:
    assert shown_key("f a") == "fa"
    assert shown_key("escape") == "esc"
    assert shown_key("up") == "↑"
    assert shown_key("up", ascii_only=True) == "up"


def test_settings_are_read_from_the_persons_own_file(tmp_path: object) -> None:
    assert str(config_path({"XDG_CONFIG_HOME": "/x"})) == "/x/canvas-tui/config.toml"
    assert str(config_path({"HOME": "/h", "XDG_CONFIG_HOME": "relative"})) == "/h/.config/canvas-tui/config.toml"
    config = config_from({"ascii": True, "keys": {"add": "+", "undo": 3}, "colour": "blue"})
    assert config.is_ascii
    assert config.keymap.action("add").keys == ("+",)
    assert [problem.split(" - ")[0] for problem in config.problems] == [
        "config.toml: nothing is called 'colour'",
        "keys: undo must be a key or a list of keys",
    ]


def test_one_problem_is_told_in_full_and_of_several_the_first_with_where_the_others_are() -> None:
    assert config_from({"keys": {"add": ["+"]}}).told == ""
    assert config_from({"keys": {"undo": "ctrl+z"}}).told.startswith("keys: undo: 'ctrl+z' does not reach")
    told = config_from({"keys": {"undo": "ctrl+z", "dance": "x", "add": "d"}}).told
    assert told.startswith("config.toml: 3 problems, `canvas-tui keys` tells all · keys: ")


def test_a_settings_file_that_is_wrong_leaves_the_standard_keys(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "config.toml"
    assert read_config(path).problems == ()
    for content in (b"keys = [", b"\xff\xfe", b"x" * 200_000, b"keys = 3\n"):
        path.write_bytes(content)
        config = read_config(path)
        assert len(config.problems) == 1
        assert config.keymap.actions == ACTIONS
