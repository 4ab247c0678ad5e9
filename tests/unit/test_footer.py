"""The status line: what was said, and how to take it back."""

from __future__ import annotations

import pytest

from canvas_tui.core.text import width
from canvas_tui.tui.footer import status_line


def told(message: str, right: str = "saved 14:02:11", room: int = 80) -> str:
    return "".join(text for text, _ in status_line(message, "", right, room))


LINKED = "Linked “One-tap order to the suppliers you …” with “300 cafés order with us by autumn” · u undo"


@pytest.mark.parametrize("room", [60, 80, 100, 140])
def test_however_long_the_message_how_to_take_it_back_is_kept(room: int) -> None:
    line = told(LINKED, room=room)
    assert " · u undo " in line
    assert line.endswith("saved 14:02:11 ")
    assert width(line) == room


def test_a_message_that_is_only_a_sentence_is_cut_at_its_end() -> None:
    assert told("x" * 200).strip().startswith("xxx")
    assert "…" in told("x" * 200)


def test_a_tail_longer_than_half_the_line_is_no_tail() -> None:
    assert told("Said · " + "y" * 70).startswith(" Said · yyy")


def test_a_message_that_was_cut_before_is_not_marked_twice() -> None:
    for room in range(30, 60):
        line = "".join(
            text
            for text, _ in status_line(
                "Deleted \u201cClients pay on averag\u2026\u201d and 4 links \u00b7 u undo", "", "saved", room
            )
        )
        assert "\u2026\u2026" not in line
        assert "u undo" in line
