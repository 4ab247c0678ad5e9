"""What somebody wrote while a save was cut off is told wherever a workspace is looked at, until it is taken care of."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.__main__ import main
from canvas_tui.storage.read.rescued import is_rescued
from canvas_tui.storage.read.workspace import read_workspace, refresh
from canvas_tui.storage.write.inplace import Image, own_images
from canvas_tui.storage.write.leftovers import image_name, rescued_name, swap_name, temporary_name
from canvas_tui.storage.write.recovery import recover_all
from canvas_tui.tui.look import UNICODE, plain
from canvas_tui.tui.views.overview import overview_rows

SAMPLE = Path(__file__).parents[2] / "samples" / "fieldnote"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Path(shutil.copytree(SAMPLE, tmp_path / "plan"))


def rescued_in(folder: Path, name: str) -> Path:
    """A version as the writer half leaves it."""
    path = folder / rescued_name(temporary_name(name))
    path.write_text('model = "swot"\n')
    return path


def test_names_that_the_writer_gives_are_known_to_the_reader() -> None:
    assert is_rescued(rescued_name(temporary_name("swot.toml")))
    assert is_rescued("sub/" + rescued_name(swap_name(temporary_name("swot.toml"), "0" * 16, "1" * 16)))
    assert not is_rescued(temporary_name("swot.toml"))
    assert not is_rescued("swot.toml.rescued")


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
    rescued_in(tmp_path, "other.toml")
    assert [problem.message for problem in read_workspace(path).workspace.problems] == [
        "this is what somebody wrote to plan.toml while a save was cut off"
    ]


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
    image = plan / image_name(temporary_name(path.name))
    image.write_bytes(Image(old, new).encode())
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
    own_images().mkdir(parents=True)
    (own_images() / "1-1.image").write_bytes(b"")
    recover_all(loaded)
    assert opened, "an image of our own may be of any file: then each is looked at"
