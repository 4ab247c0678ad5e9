"""An error in the words of the status line: short, with what to do, and no folders that everybody knows."""

from __future__ import annotations

from pathlib import Path

from canvas_tui.core.places import EditError
from canvas_tui.session.error_text import sentence_of, words_of
from canvas_tui.storage.read.folder import ReadError
from canvas_tui.storage.write.save.errors import save_error


def test_an_error_names_its_file_and_not_the_folders_above() -> None:
    path = Path("/srv/plans/of/a/department/with/a/long/name/lean-canvas.toml")
    told = words_of(save_error(path, "full", "no space left on device"))
    assert told.startswith("lean-canvas.toml cannot be saved, the disk or your quota is full")


def test_a_sentence_begins_with_a_capital_but_a_name_stays_as_it_is_written() -> None:
    path = Path("/srv/plans/ws/lean-canvas.toml")
    assert (
        sentence_of(ReadError(f"{path.parent} is gone - bring the folder back")) == "ws is gone - bring the folder back"
    )
    assert sentence_of(save_error(path, "busy")).startswith("lean-canvas.toml is locked")
    assert sentence_of(EditError("goals.toml cannot be read, so nothing is written to it - mend it first")).startswith(
        "g"
    )
    assert sentence_of(EditError("the id 'Q3-NPS' is taken - choose another")).startswith("The id 'Q3-NPS' is taken")
    assert sentence_of(ReadError("there is no such thing")) == "There is no such thing"
