"""Views are pure: a process that imports all of them has loaded no screen and no writer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import canvas_tui

TUI = Path(canvas_tui.__file__).parent / "tui"
# What is a view: the `view.py` of a screen, the `..._view.py` of a dialog, and what they are made of.
PATTERNS = (
    *("*/view.py", "*/*_view.py", "strategy/nodes.py", "findings/folding.py", "overview/next_steps.py"),
    *("dialogs/choices.py", "dialogs/form_state.py", "dialogs/matching.py", "paint/[!l]*.py"),
)
_LOOK = """
import importlib, sys
for name in sys.argv[1:]: importlib.import_module(name)
tops = {name.partition(".")[0] for name in sys.modules}
print(*sorted(tops & {"textual", "rich", "tomlkit", "networkx"}))
print(*(name for name in sys.modules if name.startswith("canvas_tui.storage")))
"""


def modules(pattern: str) -> list[str]:
    """The names of the modules of the screen whose files match."""
    found = (each.relative_to(TUI).with_suffix("") for each in TUI.glob(pattern))
    return [f"canvas_tui.tui.{'.'.join(each.parts)}" for each in found if each.name != "__init__"]


def loaded(*names: str) -> list[str]:
    """What a process loads with these modules that no view may: a line for libraries, and one for storage."""
    command = [sys.executable, "-c", _LOOK, *names]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[:2]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_view_is_looked_at(pattern: str) -> None:
    assert modules(pattern)


def test_no_view_loads_textual_a_writer_or_networkx() -> None:
    assert loaded(*(name for pattern in PATTERNS for name in modules(pattern))) == ["", ""]


def test_control_a_screen_loads_textual() -> None:
    assert "textual" in loaded("canvas_tui.tui.strategy.screen")[0]
