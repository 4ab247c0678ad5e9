"""What stands in the status line goes when it was read, and not before."""

from __future__ import annotations

from canvas_tui.core.text import width
from canvas_tui.tui.paint.footer import status_line
from canvas_tui.tui.paint.status import Status


def test_an_error_is_not_hidden_by_what_happens_on_the_disk() -> None:
    status = Status()
    status.say("Not saved: the disk is full", "error")
    status.tell("goals.toml changed on disk; shown as it is now")
    assert status.message == "Not saved: the disk is full"
    status.fade()
    assert not status.next(), "what was no more than news is old by now"


def test_two_errors_that_came_by_themselves_are_told_one_after_the_other() -> None:
    status = Status()
    status.tell("config.toml is wrong", "warning")
    status.tell("A draft was left", "draft")
    status.tell("goals.toml is empty", "error", topic="goals.toml")
    said = [status.message]
    for _ in range(3):
        status.fade()
        status.next()
        said.append(status.message)
    assert said == ["config.toml is wrong", "A draft was left", "goals.toml is empty", ""]


def test_good_news_does_not_stand_before_what_waits() -> None:
    status = Status()
    status.tell("The canvas is gone", "warning", topic="canvas lean")
    status.tell("Written over: Added “Brand new”", "error")
    status.tell("The canvas is back", "good", topic="canvas lean")
    assert (status.message, status.style) == ("Written over: Added “Brand new”", "error")


def test_a_key_that_says_something_itself_does_not_swallow_what_waits() -> None:
    status = Status()
    status.tell("config.toml is wrong", "warning")
    status.tell("A draft was left", "draft")
    status.fade()
    status.say("Deleted “x” · u undo")
    assert not status.next()
    assert status.message == "Deleted “x” · u undo"
    status.fade()
    assert status.next()
    assert status.message == "A draft was left"


def test_a_later_word_about_the_same_file_takes_the_place_of_the_earlier() -> None:
    status = Status()
    status.tell("goals.toml is empty", "error", topic="goals.toml")
    status.tell("lean.toml is empty", "error", topic="lean.toml")
    status.outdate({"lean.toml"})
    assert status.message == "goals.toml is empty"
    status.tell("goals.toml lost most of it", "error", topic="goals.toml")
    assert status.message == "goals.toml lost most of it"
    status.outdate({"goals.toml"})
    assert status.message == ""
    assert not status.next(), "nothing of what is mended is told"


def test_an_answer_given_in_a_dialog_is_shown_before_what_stood_under_it() -> None:
    status = Status()
    status.tell("config.toml is wrong", "warning")
    status.answer("1 edit from before is kept", "draft")
    assert status.message == "1 edit from before is kept"
    status.fade()
    assert status.next()
    assert status.message == "config.toml is wrong"


def test_what_is_not_saved_comes_back_after_everything_else() -> None:
    status = Status()
    status.unsaved = "1 edit not saved yet"
    status.tell("A draft was left", "draft")
    status.tell("goals.toml is empty", "error", topic="goals.toml")
    status.fade()
    assert status.next()
    assert status.message == "goals.toml is empty"
    status.fade()
    assert not status.next()
    assert status.message == "1 edit not saved yet"


def test_what_to_do_is_never_cut_off_in_a_narrow_window() -> None:
    error = (
        "Not saved: lean-canvas.toml cannot be saved, the disk or your quota is full - free some space · R tries again"
    )
    told = "Shown as it last was · lean-canvas.toml:0: may not be read by you - ask its owner"
    for columns in (60, 80, 100, 140):
        line = "".join(text for text, _ in status_line(error, "error", "saved 14:02:11", columns))
        assert "R tries again" in line
        assert line.startswith(" Not saved: lean-")
        assert width(line) == columns
        line = "".join(text for text, _ in status_line(told, "error", "bea · saved", columns))
        assert "- ask its owner" in line
