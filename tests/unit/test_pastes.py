"""A paste is text: no letter of it is a key, however the bytes come in and whatever they are."""

from __future__ import annotations

import random

import pytest
from textual.events import Key, Paste

from canvas_tui.tui.input.pastes import PasteGuard

HOSTILE = "one \x1b[31mred\x07\rq\x1b\x1b[20\x1b]0;t\x07 d\x1b"


def events(chunks: list[str], guard: PasteGuard | None) -> list[object]:
    """What Textual's parser makes of the input."""
    from textual._xterm_parser import XTermParser

    parser = XTermParser()
    through = [guard.passed(chunk) if guard else chunk for chunk in chunks]
    return [event for chunk in through if chunk for event in parser.feed(chunk)]


def cut(text: str, seed: int) -> list[str]:
    """The text in pieces of one to seven characters."""
    dice, pieces = random.Random(seed), []
    while text:
        size = dice.randint(1, 7)
        pieces.append(text[:size])
        text = text[size:]
    return pieces


@pytest.mark.parametrize("seed", range(40))
def test_nothing_of_a_paste_is_a_key(seed: int) -> None:
    typed = f"a\x1b[200~{HOSTILE}\x1b[201~b\x1b[200~two\x1b[201~c"
    found = events(cut(typed, seed) if seed else [typed], PasteGuard())
    assert [each.text if isinstance(each, Paste) else each.character for each in found] == [  # type: ignore[attr-defined]
        "a", HOSTILE.replace("\x1b", "␛"), "b", "two", "c"
    ]  # fmt: skip


def test_without_the_guard_pasted_letters_are_keys() -> None:
    found = events([f"\x1b[200~{HOSTILE}\x1b[201~"], None)
    assert any(isinstance(each, Key) and each.character == "q" for each in found)


def test_keys_go_through_as_they_come() -> None:
    guard = PasteGuard()
    for key in ("\x1b", "j", "\x1b[A", "\x1b[20", "~", "\x1b[<0;4;5M", "é"):
        assert guard.passed(key) == key
