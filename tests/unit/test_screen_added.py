"""A screen is one new module and one entry: a throw-away one, added to a copy of the program, is found everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

MODULE = '''
"""The owners: who has how much to do."""

from collections import Counter
from typing import ClassVar

from canvas_tui.tui.aside import GoOn
from canvas_tui.tui.input.deeds import Deed
from canvas_tui.tui.paint.style import Line
from canvas_tui.tui.screens.listing import Listing, ListingScreen
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.paint.parts import said
from canvas_tui.tui.worked_out import Recipe


class OwnersScreen(ListingScreen[str]):
    """One line a person."""

    screen_name: ClassVar[str] = "owners"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.offer({"open": Deed(lambda: shell.say(f"{said(self.here_key or '')} is busy"))})

    def header(self, columns: int) -> Line:
        return (("  Owners", "bar"),)

    def recipe(self, columns: int) -> Recipe[Listing[str]]:
        workspace = self.session.workspace

        def make(go_on: GoOn) -> Listing[str]:
            work = Counter(each.fields.get("owner", "nobody") for each in workspace.initiatives)
            lines = [((f"  {said(who)}: {count}", ""),) for who, count in work.most_common()]
            return Listing.of(lines, [who for who, _ in work.most_common()])

        return Recipe((workspace,), columns, workspace.size, make)
'''
ENTRY = """\
    ScreenEntry("owners", "the owners", "canvas_tui.tui.screens.owners:OwnersScreen",
                Action("go-owners", "Owners", "Who has how much to do", GO, ("g w",), label="owners"), "open", _LINES),
"""

PROBE = """
import asyncio, json, sys
from datetime import date
from pathlib import Path
from canvas_tui.session.session import Session
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.paint.style import plain

def shown(lines):
    return [plain(line) for line in lines]

async def main():
    app = CanvasApp(Session(read_workspace(Path(sys.argv[1])).workspace, date(2026, 11, 21)), environ={})
    loaded = "canvas_tui.tui.screens.owners" in sys.modules
    async with app.run_test(size=(100, 40)) as pilot:
        async def press(*keys):
            await pilot.press(*keys)
            await pilot.pause()
        await press("g")
        offered = shown(app.screen.view.lines)[-2]
        await press("w")
        screen = shown(app.screen.view.lines)
        await press("j", "enter")
        told = shown(app.screen.view.lines)[-1]
        await press("question_mark")
        keys = shown(app.screen._pane.lines)
        await press("escape", "colon")
        palette = shown(app.screen._pane.lines)
        await press("escape", "escape")
        back = app.navigator.here.screen_name
    print(json.dumps({"loaded": loaded, "offered": offered, "screen": screen, "told": told, "keys": keys,
                      "palette": palette, "back": back}))

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a session shows of the screen that was added to it."""
    copy = tmp_path_factory.mktemp("copy")
    program = copy / "canvas_tui"
    shutil.copytree(ROOT / "canvas_tui", program, ignore=shutil.ignore_patterns("__pycache__"))
    (program / "tui" / "screens" / "owners.py").write_text(MODULE)
    registry = program / "tui" / "input" / "actions.py"
    before, listed, after = registry.read_text().partition("SCREENS: tuple[ScreenEntry, ...] = (\n")
    assert listed
    registry.write_text(before + listed + after.replace("\n)\n", f"\n{ENTRY})\n", 1))
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", PROBE, str(ROOT / "samples" / "fieldnote")]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_its_key_is_offered_and_leads_there(told: dict[str, Any]) -> None:
    assert "w owners" in told["offered"]
    assert told["screen"][0].startswith("  Owners")
    assert any(line.strip(" ▌").startswith("bea: ") for line in told["screen"])


def test_it_is_loaded_when_it_is_opened(told: dict[str, Any]) -> None:
    assert not told["loaded"]


def test_what_can_be_done_there_is_in_its_footer_in_help_and_in_the_palette(told: dict[str, Any]) -> None:
    assert "enter open" in told["screen"][-2]
    assert told["keys"][0].startswith("─ Keys on the owners")
    assert any("The line above" in line for line in told["keys"]), "as on every list"
    assert any("Who has how much to do" in line for line in told["keys"])
    assert any("Open" in line for line in told["palette"])


def test_going_where_one_is_is_not_offered(told: dict[str, Any]) -> None:
    assert not any("Owners" in line for line in told["palette"])
    assert any("Findings" in line for line in told["palette"])


def test_its_actions_are_done_and_esc_goes_back(told: dict[str, Any]) -> None:
    assert "is busy" in told["told"]
    assert told["back"] == "board"
