"""What the status line says of edits that are not in the files, and of files that changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core.text import width
from canvas_tui.session.disk_text import changed_text, troubles
from canvas_tui.session.unsaved_text import ended_text, left_text, lost_text, saved_text, unsaved_text
from tests.unit.session.plan import LEAN, Begin


@pytest.mark.parametrize(
    ("count", "is_safe", "sentence"),
    [
        (0, True, ""),
        (1, True, "1 edit not saved yet: the disk is full · R retries"),
        (2, False, "2 edits not saved, in memory only: the disk is full · R retries"),
    ],
)
def test_edits_that_wait_say_why_and_where_they_are(count: int, is_safe: bool, sentence: str) -> None:
    assert unsaved_text(count, "the disk is full", "R", is_safe=is_safe) == sentence


@pytest.mark.parametrize(
    ("titles", "still", "sentence"),
    [
        (["Added A"], "", "Saved now: Added A"),
        (["Added A", "Added B"], "", "Saved now 2 edits"),
        (["Added A"], "1 edit not saved yet", "Saved now: Added A · 1 edit not saved yet"),
        (["Added \x1b[31m"], "", "Saved now: Added ␛[31m"),
    ],
)
def test_what_was_saved_late_is_named_and_what_still_waits(titles: list[str], still: str, sentence: str) -> None:
    assert saved_text(titles, still) == sentence


def test_what_was_written_over_is_named_and_cut_before_the_key() -> None:
    assert lost_text(["Added A"], "R") == "Written over: Added A · R brings it back"
    assert lost_text(["Added A", "Added B"], "R") == "Written over: Added A (+1) · R brings them back"
    assert lost_text(["A" * 99], "R").endswith("… · R brings it back")


def test_what_an_earlier_session_left_and_what_this_one_leaves() -> None:
    assert left_text(1, "R") == "1 edit from before is kept, not saved · R shows it"
    assert left_text(2, "R") == "2 edits from before are kept, not saved · R shows them"
    assert ended_text(1, is_safe=True) == "1 edit is not saved, it is kept - open the workspace again to save"
    assert ended_text(2, is_safe=False) == "2 edits are not saved, they are lost"


def test_a_file_that_cannot_be_read_any_more_is_shown_as_it_last_was(begin: Begin, root: Path) -> None:
    session = begin()
    session.prepare()
    assert session.workspace.canvases
    (root / "lean.toml").write_text("<<<<<<< ours\n", encoding="utf-8")
    changed = session.refresh()
    (trouble,) = troubles(session.workspace, changed)
    assert trouble.path == "lean.toml"
    assert trouble.sentence.startswith("Shown as it last was · lean.toml:1: ")
    assert session.workspace.find("late") is not None


def test_a_new_file_that_cannot_be_read_was_never_anything_else(begin: Begin, root: Path) -> None:
    session = begin()
    session.prepare()
    (root / "swot.toml").write_text('model = "swot"\n<<<<<<<\n', encoding="utf-8")
    changed = session.refresh()
    (trouble,) = troubles(session.workspace, changed)
    assert trouble.sentence.startswith("swot.toml:2: ")


def test_a_file_that_lost_most_of_itself_is_told(begin: Begin, root: Path) -> None:
    more = "".join(f'\n[[problem]]\ntext = "Problem number {number}"\n' for number in range(20))
    (root / "lean.toml").write_text(LEAN + more, encoding="utf-8")
    session = begin()
    session.prepare()
    (root / "lean.toml").write_text("\n".join(LEAN.splitlines()[:5]) + "\n", encoding="utf-8")
    changed = session.refresh()
    (trouble,) = troubles(session.workspace, changed)
    assert "the file lost" in trouble.sentence


def test_of_files_in_order_only_their_change_is_told(begin: Begin, root: Path) -> None:
    session = begin()
    session.prepare()
    (root / "lean.toml").write_text(LEAN.replace("late", "soon"), encoding="utf-8")
    changed = session.refresh()
    assert list(troubles(session.workspace, changed)) == []
    assert changed_text(changed) == "lean.toml changed on disk; shown as it is now"
    many = changed_text({f"file-{number}.toml" for number in range(9)})
    assert many.endswith("… changed on disk; shown as it is now")
    assert width(many) <= 40 + len(" changed on disk; shown as it is now")
    assert list(troubles(session.workspace, {"away.toml"})) == [], "it is not there any more"
