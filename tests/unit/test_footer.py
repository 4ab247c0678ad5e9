"""The status line: what was said, and how to take it back."""

from __future__ import annotations

from datetime import time

import pytest

from canvas_tui.core.text import width
from canvas_tui.tui.input.actions import BY_ID
from canvas_tui.tui.input.keymap import FirstKey
from canvas_tui.tui.paint.footer import sequence_line, status_line
from canvas_tui.tui.paint.status import Status


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


def at_foot(status: Status, room: int) -> str:
    parts = status_line(status.message, status.style, status.right, room, shorter=status.shorter)
    return "".join(text for text, _ in parts)


def test_why_something_is_not_saved_is_read_before_who_else_is_here() -> None:
    status = Status(others="2 others are here", saved_at=time(14, 2, 11))
    status.unsaved = "1 edit not saved yet: you may not write there · R retries"
    status.say(status.unsaved, "error")
    assert status.unsaved in at_foot(status, 80)
    assert at_foot(status, 80).endswith(" not saved ")
    assert "2 others are here · not saved" in at_foot(status, 140)
    assert at_foot(status, 60).rstrip() == f" {status.unsaved}", "also where the window is small"


def test_times_give_way_before_people_and_people_before_what_is_said() -> None:
    status = Status(others="2 others are here", saved_at=time(14, 2, 11))
    for said, right in (
        ("x" * 40, "2 others are here · saved 14:02:11"),
        ("x" * 48, "2 others are here · saved"),
        ("x" * 60, "  saved"),
        ("x" * 99, "…  saved"),
    ):
        status.say(said)
        assert at_foot(status, 80).rstrip().endswith(right)
        assert width(at_foot(status, 80)) == 80


def test_the_layers_of_a_read_only_session_give_way_before_people_do() -> None:
    status = Status(True, fenced_by="Landlock, seccomp, audit", others="2 others are here")
    assert at_foot(status, 80).endswith("  2 others are here · read-only: Landlock, seccomp, audit ")
    assert at_foot(status, 60).endswith(" 2 others are here · read-only: Landlock, seccomp, audit ")
    status.say("x" * 40)
    assert at_foot(status, 80).endswith(" 2 others are here · read-only ")
    status.say("x" * 60)
    assert at_foot(status, 80).endswith("x         read-only ")


def test_what_may_follow_and_has_no_room_is_not_left_out_without_a_sign() -> None:
    numbered = tuple((str(number), BY_ID["fix"]._replace(label="make an initiative")) for number in range(1, 7))
    for room in range(60, 160):
        line = "".join(text for text, _ in sequence_line(FirstKey("Fix", numbered), room))
        assert width(line) <= room + 2, "two blanks at most stand beyond the last word"
        assert "6 make an initiative" in line or line.endswith("…")
    short = "".join(text for text, _ in sequence_line(FirstKey("Fix", numbered), 60, ascii_only=True))
    assert short.endswith("...")
