"""What somebody wrote while a save was cut off is told wherever a workspace is looked at, until it is taken care of."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.__main__ import main
from canvas_tui.core.commands import SetField
from canvas_tui.core.places import Ref
from canvas_tui.storage.read.state_folder import state_folder
from canvas_tui.storage.read.workspace import read_workspace, refresh
from canvas_tui.storage.write.drafts import Drafts
from canvas_tui.storage.write.queue.journal import Journal
from canvas_tui.storage.write.save.inplace import Image
from canvas_tui.storage.write.save.recovery import recover_all
from canvas_tui.tui.overview.view import overview_rows
from canvas_tui.tui.paint.style import UNICODE, plain
from tests.unit.left_saves import left_image, left_rescued, planted

SAMPLE = Path(__file__).parents[2] / "samples" / "fieldnote"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Path(shutil.copytree(SAMPLE, tmp_path / "plan", ignore=shutil.ignore_patterns(".canvas-tui")))


def rescued_in(folder: Path, name: str) -> Path:
    """A version as the writer half leaves it."""
    return left_rescued(folder / name, b'model = "swot"\n')


def test_the_overview_says_which_file_and_what_to_do(plan: Path) -> None:
    rescued_in(plan, "swot.toml")
    space = read_workspace(plan).workspace
    text = " ".join(" ".join(plain(row.line).split()) for row in overview_rows(space, None, None, 100, UNICODE))
    assert "somebody wrote to swot.toml while a save was cut off" in text
    assert "then delete it" in text


def test_check_fails_on_it_and_the_other_commands_go_on(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(plan), "--fail-on", "never"]) == 0
    path = rescued_in(plan, "swot.toml")
    assert main(["check", str(plan), "--fail-on", "error"]) == 1
    assert path.name in capsys.readouterr().out
    assert main(["show", "late-payment", "-w", str(plan)]) == 0
    assert path.name in capsys.readouterr().err


def test_it_is_told_of_a_workspace_of_one_file_too(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    shutil.copy(SAMPLE.parent / "one-file.toml", path)
    rescued_in(tmp_path, "plan.toml")
    shutil.copy(path, tmp_path / "other.toml")
    rescued_in(tmp_path, "other.toml")
    assert [problem.message for problem in read_workspace(path).workspace.problems] == [
        "this is what somebody wrote to plan.toml while a save was cut off"
    ]


def test_check_tells_of_drafts_and_edits_that_came_with_a_home(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drafts = Drafts(state_folder() / "drafts", plan)
    drafts.keep("a#text", "planted", "")
    drafts.close()
    Journal(state_folder() / "pending", plan).keep(SetField(Ref("a"), "text", "planted"), "planted", "")
    main(["check", str(plan)])
    assert "[foreign-leftover]" not in capsys.readouterr().out, "the control: where they were written"
    shutil.move(tmp_path / "state", tmp_path / "made")
    shutil.copytree(tmp_path / "made", tmp_path / "state")
    assert main(["check", str(plan)]) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if "[foreign-leftover]" in line]
    assert ["looks like a draft" in told[0], "looks like an edit that waits" in told[1], len(told)] == [True, True, 2]


def test_a_living_save_of_somebody_is_not_told(plan: Path) -> None:
    path = planted(plan / "swot.toml", b"")
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert read_workspace(plan).workspace.problems == ()
    assert [each.rule for each in read_workspace(plan).workspace.problems] == ["foreign-leftover"]


def test_nobody_can_be_made_to_wait_by_many_names(plan: Path) -> None:
    for number in range(3000):
        (plan / f".swot.toml.canvas-tui-{number:016x}").touch()
    assert len(read_workspace(plan).workspace.problems) == 200


def test_a_session_sees_it_come_and_go(plan: Path) -> None:
    loaded = read_workspace(plan)
    path = rescued_in(plan, "swot.toml")
    loaded, changed = refresh(loaded)
    assert (changed, len(loaded.workspace.problems)) == (frozenset({path.name}), 1)
    assert refresh(loaded)[1] == frozenset()
    path.unlink()
    loaded, changed = refresh(loaded)
    assert (changed, len(loaded.workspace.problems)) == (frozenset({path.name}), 0)


def test_opening_finishes_a_write_in_place_that_was_cut(plan: Path) -> None:
    path = plan / "lean-canvas.toml"
    old = path.read_bytes()
    new = old.replace(b"Clients pay", b"All clients pay")
    image = left_image(path, Image(old, new).encode())
    path.write_bytes(new[:200] + old[200:] + new[len(old) :])
    loaded = read_workspace(plan)
    assert recover_all(loaded) == (path.name,)
    assert path.read_bytes() == new
    assert not image.exists()
    assert recover_all(loaded) == ()


def test_a_healthy_workspace_is_opened_without_touching_a_file(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = read_workspace(plan)
    opened: list[object] = []
    real = os.open

    def seen(*arguments: Any, **options: Any) -> int:
        opened.append(arguments[0])
        return real(*arguments, **options)

    monkeypatch.setattr(os, "open", seen)
    assert recover_all(loaded) == ()
    assert opened == []
    left_image(plan / "goals.toml", b"")
    opened.clear()
    recover_all(loaded)
    assert opened, "a save of this file was cut: then it is looked at"
