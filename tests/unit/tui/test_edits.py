"""Carrying out edits without a screen: what is said of each, and what becomes of its draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core import edits
from canvas_tui.core.commands import Command
from canvas_tui.session.outcome import Refused
from canvas_tui.storage.write.verify import WriteMismatch
from canvas_tui.tui.flows.edits import Edits
from canvas_tui.tui.flows.unsaved_edits import FailedEdit
from tests.refusing_disk import Disk
from tests.unit.session.plan import LEAN, lean, somebody_else
from tests.unit.tui.conftest import Stand
from tests.unit.tui.test_unsaved_edits import unsaved_in

NEW = edits.add_entry("lean/problem", "A third problem")


class Scene:
    """The edits of a session, and what they need; the person stands on the last entry of the cell."""

    def __init__(self, stand: Stand) -> None:
        note = stand.asked.noting
        self.stand, self.unsaved = stand, unsaved_in(stand)
        self.edits = Edits(
            stand.shell,
            self.unsaved,
            selected=lambda: "lean/problem/2",
            changed=note("changed"),
            follow=note("follow"),
            with_draft=lambda sentence, draft: f"{sentence} [{draft}]",
        )

    def changed_text(self, text: str) -> Command:
        """The command that gives the first entry another text."""
        return edits.change_text(self.stand.session.workspace.get("late"), text)


@pytest.fixture
def scene(stand: Stand) -> Scene:
    return Scene(stand)


def test_an_edit_gives_the_address_of_what_it_made_and_says_how_it_is_taken_back(scene: Scene, root: Path) -> None:
    assert scene.edits.carry_out(NEW, "Added it") == "lean/problem/3"
    assert "A third problem" in lean(root)
    assert scene.stand.said == "Added it · u undo"
    assert scene.stand.asked.names() == ["changed"]
    assert scene.stand.shell.status.saved_at is not None


def test_the_draft_of_an_edit_goes_with_it(scene: Scene) -> None:
    scene.stand.shell.shelf.keep("lean/problem:new", "A third problem", "")
    scene.edits.carry_out(NEW, "Added it", draft="lean/problem:new")
    assert len(scene.stand.shell.shelf) == 0


def test_an_edit_that_is_queued_is_told_as_unsaved(scene: Scene, disk: Disk) -> None:
    disk.kind = "full"
    assert scene.edits.carry_out(NEW, "Added it") == "lean/problem/3"
    assert scene.stand.said == scene.stand.shell.status.unsaved
    assert scene.stand.said.startswith("1 edit not saved yet")


def test_undo_shows_where_the_person_stood_and_redo_what_is_made_again(scene: Scene, root: Path) -> None:
    scene.edits.carry_out(NEW, "Added it")
    scene.edits.undo()
    assert lean(root) == LEAN
    assert scene.stand.said == "Undone: Added it · U redo"
    assert scene.stand.asked.calls[-1] == ("show", "lean/problem/2")
    scene.edits.redo()
    assert "A third problem" in lean(root)
    assert scene.stand.said == "Redone: Added it · u undo"
    assert scene.stand.asked.calls[-1] == ("show", "lean/problem/3")


def test_with_nothing_to_take_back_or_to_do_again_that_is_said(scene: Scene) -> None:
    scene.edits.undo()
    assert scene.stand.said == "Nothing to undo"
    scene.edits.redo()
    assert scene.stand.said == "Nothing to redo"


def test_somebody_elses_change_of_the_same_is_asked_about_after_a_look_at_the_files(scene: Scene, root: Path) -> None:
    mine = scene.changed_text("Clients pay later")
    somebody_else(root, "Clients pay late", "Clients never pay")
    assert scene.edits.carry_out(mine, "Changed it") is None
    assert scene.stand.asked.names() == ["follow", "ask"]
    scene.stand.answer("theirs")
    assert "Clients never pay" in lean(root)


def test_an_edit_that_is_not_possible_says_why_and_what_becomes_of_its_draft(scene: Scene) -> None:
    gone = scene.changed_text("Clients pay later")
    workspace = scene.stand.session.workspace
    scene.edits.carry_out(edits.remove(workspace, workspace.get("late")), "Deleted it")
    assert scene.edits.carry_out(gone, "Changed it", draft="late:text") is None
    assert scene.stand.said.endswith(" [late:text]")
    assert scene.stand.shell.status.style == "error"


def test_the_next_edit_forgets_one_that_failed(scene: Scene) -> None:
    scene.unsaved.failed = FailedEdit(NEW, "Added it", "")
    scene.edits.carry_out(NEW, "Added it")
    assert scene.unsaved.failed is None


def test_an_edit_that_could_not_even_be_queued_can_be_tried_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = WriteMismatch("lean.toml")
    monkeypatch.setattr(scene.stand.session, "do", lambda *_: Refused(problem, can_try_again=True))
    assert scene.edits.carry_out(NEW, "Added it", draft="lean/problem:new") is None
    assert scene.unsaved.failed == FailedEdit(NEW, "Added it", "lean/problem:new")
    assert scene.stand.said.startswith("Not saved: ")
    assert scene.stand.said.endswith(" · R tries again")


def test_an_edit_beside_somebody_elses_says_so(scene: Scene, root: Path) -> None:
    somebody_else(root, "Word of mouth", "Accountants")
    scene.edits.carry_out(NEW, "Added it")
    assert scene.stand.said == "Added it · u undo · beside somebody else's change"


def test_an_edit_that_finds_an_earlier_one_written_over_says_which(scene: Scene, root: Path) -> None:
    scene.edits.carry_out(NEW, "Added it")
    (root / "lean.toml").write_text(LEAN.replace("Word of mouth", "Accountants"), encoding="utf-8")
    scene.edits.carry_out(scene.changed_text("Clients pay later"), "Changed it")
    assert scene.stand.said == "Written over: Added it · R brings it back"


def test_the_draft_of_an_edit_that_is_in_memory_only_stays(scene: Scene, disk: Disk, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder for the journal")
    disk.kind = "full"
    scene.stand.shell.shelf.keep("lean/problem:new", "A third problem", "")
    scene.edits.carry_out(NEW, "Added it", draft="lean/problem:new")
    assert not scene.stand.session.is_safe
    assert len(scene.stand.shell.shelf) == 1
