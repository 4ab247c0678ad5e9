"""What a killed save in place leaves beside the file is cleared by its maker, at the next start, and by no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal, get_args

import pytest

from canvas_tui.storage.read.leftovers import is_leftover
from tests.promises.app import COMMAND, copy_of_sample, opened

When = Literal["before", "half way", "after"]
_DYING = """
import os, sys
from pathlib import Path
from canvas_tui.core.commands import SetField
from canvas_tui.core.places import Ref
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.save import inplace
from canvas_tui.storage.write.store import Store
def cut(fd, old, new):
    os.pwrite(fd, new[:{"before": 0, "half way": len(new) // 2, "after": len(new)}[sys.argv[2]]], 0)
    os._exit(9)
inplace.overwrite = cut
Store(read_workspace(Path(sys.argv[1]))).apply(SetField(Ref("late-payment"), "text", "Paid" + " late" * 40))
"""


def killed_save(plan: Path, state: Path, when: When) -> Path:
    """A save into the file itself, since it has a second name, killed at that moment; the image that it left."""
    os.link(plan / "lean-canvas.toml", plan.parent / "other-name")
    env = {**os.environ, "XDG_STATE_HOME": str(state)}
    assert subprocess.run([sys.executable, "-c", _DYING, plan, when], env=env, check=False).returncode == 9
    (image,) = leftovers_in(plan)
    return image


def leftovers_in(plan: Path) -> list[Path]:
    return [path for path in plan.iterdir() if is_leftover(path.name)]


def visit(command: str, plan: Path, state: Path) -> None:
    """Open the workspace, look, and quit."""
    with opened(command, str(plan), state=state) as session:
        session.settle(2)
        session.send("q")
        session.wait()


def rules_told(plan: Path, state: Path) -> set[str]:
    env = {**os.environ, "XDG_STATE_HOME": str(state)}
    done = subprocess.run([*COMMAND, "check", str(plan)], env=env, capture_output=True, text=True, check=False)
    return {rule for rule in ("half-saved", "foreign-leftover") if f"[{rule}]" in done.stdout}


@pytest.mark.parametrize("when", get_args(When))
def test_the_image_of_a_killed_save_goes_when_its_maker_opens_the_workspace(tmp_path: Path, when: When) -> None:
    plan, mine, other = copy_of_sample(tmp_path / "plan"), tmp_path / "mine", tmp_path / "other"
    image = killed_save(plan, mine, when)
    cut = (plan / "lean-canvas.toml").read_bytes()
    visit("view", plan, mine)
    assert rules_told(plan, mine) == {"half-saved"}
    visit("open", plan, other)
    assert rules_told(plan, other) == {"foreign-leftover"}
    assert image.exists(), "who reads, and who did not make it, lets it be"
    assert (plan / "lean-canvas.toml").read_bytes() == cut
    visit("open", plan, mine)
    assert leftovers_in(plan) == []
    assert list((mine / "canvas-tui" / "saves").iterdir()) == []
    assert rules_told(plan, mine) == set()
    assert ("Paid late late" in (plan / "lean-canvas.toml").read_text()) == (when != "before")
